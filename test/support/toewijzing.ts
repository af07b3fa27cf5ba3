import { type ToegewezenProduct, toVersie, type Versie } from '../../src/domains/toegang/toewijzen/rules.ts'

/** A ToegewezenProduct without fault, and the state it describes, to start a case from. */

/** Also with an optional part left out. */
export type Afwijking = { [K in keyof ToegewezenProduct]?: ToegewezenProduct[K] | undefined }

export const product = (deel: Afwijking = {}): ToegewezenProduct =>
  ({
    toewijzingNummer: 1,
    product: { categorie: '45', code: '45A04' },
    toewijzingsdatum: '2025-01-01',
    toewijzingstijd: '09:00:00',
    ingangsdatum: '2025-01-10',
    einddatum: '2025-03-31',
    omvang: { volume: 4, eenheid: '04', frequentie: '2' },
    ...deel,
  }) as ToegewezenProduct

export const versie = (deel: Partial<Versie> = {}): Versie => ({
  ...toVersie(product(), 1, { productId: 1, eenheid: '04', tarief: 7000, tariefVanaf: '2025-01-01' }),
  ...deel,
})
