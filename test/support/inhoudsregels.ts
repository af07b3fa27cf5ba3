import { describe, expect, it } from 'vitest'
import { isEigenRegel } from '../../src/domains/istandaard/inhoudsregels/datums.ts'
import type { Inhoudsregel, Opties } from '../../src/domains/istandaard/inhoudsregels/inhoudsregel.ts'
import { makeToets } from '../../src/domains/istandaard/inhoudsregels/toetsen.ts'
import type {
  Bericht,
  Bericht301,
  Bericht305,
  Bericht307,
  Bericht323,
  Bericht325,
} from '../../src/domains/istandaard/model/bericht.ts'
import { checkBytes } from '../../src/domains/istandaard/xml/controleer.ts'
import { writeBericht } from '../../src/domains/istandaard/xml/schrijven.ts'

/** Messages without fault to start a case from, and the way to run a table of cases. */

const VERSIES = { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '1.0.0' }
const header = (berichtCode: string, afzender: string, ontvanger: string) => ({
  berichtCode,
  berichtVersie: 3,
  berichtSubversie: 2,
  afzender,
  ontvanger,
  berichtIdentificatie: { identificatie: 'TEST1', dagtekening: '2025-05-06' },
  xsdVersie: VERSIES,
})

export type Product = Bericht301['client']['toegewezenProducten'][number]

export const PRODUCT: Product = {
  toewijzingNummer: 1,
  product: { categorie: '45', code: '45A04' },
  toewijzingsdatum: '2025-05-01',
  toewijzingstijd: '12:00:00',
  ingangsdatum: '2025-05-01',
  einddatum: '2025-12-31',
  omvang: { volume: 4, eenheid: '04', frequentie: '2' },
}
export const ADRES = { huis: { huisnummer: 1 }, postcode: '1234AB', landCode: 'NL' }

export const toewijzing = (): Bericht301 => ({
  bericht: 'JW301',
  domein: 'jw',
  header: header('436', '0384', '42420001'),
  client: {
    bsn: '999900006',
    geboortedatum: { datum: '2010-05-06' },
    geslacht: '1',
    naam: { geslachtsnaam: { achternaam: 'Test' }, naamGebruik: '1' },
    contactgegevens: [{ soort: '01', adres: ADRES }],
    toegewezenProducten: [structuredClone(PRODUCT)],
  },
})

export const start = (): Bericht305 => ({
  bericht: 'JW305',
  domein: 'jw',
  header: header('438', '42420001', '0384'),
  client: {
    bsn: '999900006',
    geboortedatum: { datum: '2010-05-06' },
    geslacht: '1',
    naam: { geslachtsnaam: { achternaam: 'Test' } },
    startProducten: [
      {
        toewijzingNummer: 1,
        product: { categorie: '45', code: '45A04' },
        begindatum: '2025-05-01',
        statusAanlevering: '1',
      },
    ],
  },
})

export const stop = (): Bericht307 => ({
  ...start(),
  bericht: 'JW307',
  header: header('440', '42420001', '0384'),
  client: {
    bsn: '999900006',
    geboortedatum: { datum: '2010-05-06' },
    geslacht: '1',
    naam: { geslachtsnaam: { achternaam: 'Test' } },
    stopProducten: [
      {
        toewijzingNummer: 1,
        begindatum: '2025-05-01',
        redenBeeindiging: '31',
        einddatum: '2025-05-06',
        statusAanlevering: '1',
      },
    ],
  },
})

export type Regel = Bericht323['declaratie']['clienten'][number]['prestaties'][number]

export const REGEL: Regel = {
  productReferentie: { referentieNummer: 'R1' },
  toewijzingNummer: 1,
  productCategorie: '45',
  productCode: '45A04',
  productPeriode: { begindatum: '2025-04-01', einddatum: '2025-04-30' },
  geleverdVolume: 4,
  eenheid: '04',
  productTarief: 1250,
  ingediendBedrag: { bedrag: 5000, debetCredit: 'D' },
}
export const CREDIT: Regel = {
  ...REGEL,
  productReferentie: { referentieNummer: 'R2', vorigReferentieNummer: 'R0' },
  ingediendBedrag: { bedrag: 2000, debetCredit: 'C' },
}

export const declaratie = (): Bericht323 => ({
  bericht: 'JW323',
  domein: 'jw',
  header: header('490', '65656055', '0384'),
  declaratie: {
    declaratieNummer: 'D1',
    declaratiePeriode: { begindatum: '2025-04-01', einddatum: '2025-04-30' },
    declaratieDagtekening: '2025-05-06',
    totaalIngediendBedrag: { totaalBedrag: 3000, debetCredit: 'D' },
    clienten: [{ bsn: '999900006', prestaties: [structuredClone(REGEL), structuredClone(CREDIT)] }],
  },
})

export const antwoord = (): Bericht325 => ({
  bericht: 'JW325',
  domein: 'jw',
  header: {
    ...header('491', '0384', '65656055'),
    declaratieIdentificatie: { identificatie: 'TEST0', dagtekening: '2025-05-06' },
    xsdVersieDeclaratie: VERSIES,
    retourCodes: ['0200'],
  },
  declaratieAntwoord: {
    declaratieNummer: 'D1',
    totaalIngediendBedrag: { totaalBedrag: 8000, debetCredit: 'D' },
    totaalToegekendBedrag: { totaalBedrag: 3000, debetCredit: 'D' },
    clienten: [
      {
        bsn: '999900006',
        prestaties: [{ ...structuredClone(REGEL), retourCodes: ['9321'] }],
        retourCodes: ['0200'],
      },
    ],
    retourCodes: ['0200'],
  },
})

export interface Geval<B extends Bericht> {
  readonly regel: string
  readonly titel: string
  readonly maak: (bericht: B) => void
  /** Places of the findings of this rule; none when the case is lawful. */
  readonly paden: readonly string[]
  readonly opties?: Opties
}

export const goed = <B extends Bericht>(
  regel: string,
  titel: string,
  maak: (bericht: B) => void,
  opties?: Opties,
): Geval<B> => ({
  regel,
  titel,
  maak,
  paden: [],
  ...(opties === undefined ? {} : { opties }),
})
export const fout = <B extends Bericht>(
  regel: string,
  titel: string,
  maak: (bericht: B) => void,
  paden: string | readonly string[],
  opties?: Opties,
): Geval<B> => ({
  ...goed(regel, titel, maak, opties),
  paden: typeof paden === 'string' ? [paden] : paden,
})

/** What follows needs a first item; a base message always has one. */
export function eerste<T>(lijst: readonly T[]): T {
  const [item] = lijst
  if (item === undefined) throw new Error('lege lijst')
  return item
}

/** The message with one relation added, which it answers. */
export const relatie = (b: Bericht301) => {
  b.client.relaties = [
    {
      nummer: '1',
      soort: '10',
      geboortedatum: { datum: '1980-01-01' },
      naam: { geslachtsnaam: { achternaam: 'Test' }, naamGebruik: '1' },
      contact: { soort: '01', adres: structuredClone(ADRES) },
    },
  ]
  return eerste(b.client.relaties)
}

/**
 * Runs a table of cases: every case finds exactly its places, through XML and both levels, and names nothing
 * of a person; and of every rule there is a lawful and an unlawful case.
 */
export function describeRegels<B extends Bericht>(
  titel: string,
  maak: () => B,
  gevallen: readonly Geval<B>[],
  regels: readonly Inhoudsregel[],
): void {
  describe(titel, () => {
    it('het uitgangsbericht is zonder bevindingen', () => {
      expect(makeToets(maak())).toEqual([])
    })

    it.each(gevallen.map(geval => ({ ...geval, verdict: geval.paden.length === 0 ? 'goed' : 'fout' })))(
      '$regel $verdict: $titel',
      ({ regel: code, maak: bederf, paden, opties }) => {
        const bericht = maak()
        bederf(bericht)
        const gevonden = checkBytes(Buffer.from(writeBericht(bericht)), opties).bevindingen
        expect(gevonden.filter(({ regel }) => regel === code).map(({ pad }) => pad)).toEqual(paden)
        expect(gevonden.every(({ retourcode }) => retourcode === '0001')).toBe(true)
        expect(JSON.stringify(gevonden)).not.toMatch(/999900006|123456789|Test/)
      },
    )

    // What a date can be is tested for every date of every message at once, in datums.test.ts.
    it.each(regels.filter(regel => !isEigenRegel(regel)))(
      '$code heeft een goed en een fout geval',
      ({ code }) => {
        const verdicten = new Set(
          gevallen.filter(({ regel }) => regel === code).map(({ paden }) => paden.length === 0),
        )
        expect(verdicten).toEqual(new Set([true, false]))
      },
    )
  })
}
