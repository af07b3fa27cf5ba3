import { addDays, type Datum, LAATSTE_DAG } from '../../../platform/dates.ts'
import { divideRounded, type Eurocent } from '../../../platform/money.ts'
import { type Bevinding, bevinding, type Regel } from '../../istandaard/index.ts'
import { isVerwijderd, type Omvang, VERWIJDERD } from '../waarde/rules.ts'

/** A ToegewezenProduct as the 301 brings it (iJw 3.2 § ToegewezenProduct). */
export interface ToegewezenProduct {
  toewijzingNummer: number
  referentieAanbieder?: string
  product?: { categorie: string; code?: string }
  toewijzingsdatum: Datum
  toewijzingstijd: string
  ingangsdatum: Datum
  einddatum?: Datum
  redenWijziging?: string
  omvang?: { volume: number; eenheid: string; frequentie: string }
  budget?: number
}

/** One state of a toewijzing. `tarief`: what a unit cost on its first day, in eurocents, as known when it was recorded. */
export interface Versie extends Omvang {
  toegewezenOp: string
  categorie: string | null
  code: string | null
  productId: number | null
  tarief: Eurocent | null
  tariefVanaf: Datum | null
}

export interface Feiten {
  /** The toewijzing that carries this number now, if any. */
  bestaand:
    | {
        clientId: number
        aanbiederId: number
        actueel: Versie
        /** False when its 301 came back as not processed: then its product is nobody's yet (OP286). */
        geldt: boolean
        hasGoedgekeurdeRegels: boolean
      }
    | undefined
  clientId: number | undefined
  aanbiederId: number
  /** Categorie of the code in the catalogue on the Ingangsdatum; undefined when the catalogue does not know it. */
  catalogusCategorie: string | undefined
  /** Whether a request with this ReferentieAanbieder is known; undefined while requests are not recorded here. */
  verzoekBekend: boolean | undefined
}

export interface ToewijzingRegel extends Regel {
  breekt(product: ToegewezenProduct, feiten: Feiten): boolean
}

/** Levels 3 and 4 for a ToegewezenProduct. Grondslag: iJw/iWmo 3.2, rule numbers per row. */
export const TOEWIJZING_REGELS: readonly ToewijzingRegel[] = [
  {
    code: 'TR332',
    titel: 'Dit toewijzingnummer is al in gebruik',
    grond: 'iJw/iWmo 3.2 TR332, OP275, OP257',
    niveau: 3,
    retourcode: '9332',
    watTeDoen: 'Gebruik voor een andere cliënt, aanbieder of een ander product een nieuw nummer.',
    breekt: (product, { bestaand, clientId, aanbiederId }) =>
      bestaand !== undefined &&
      (bestaand.clientId !== clientId ||
        bestaand.aanbiederId !== aanbiederId ||
        (bestaand.geldt &&
          (bestaand.actueel.categorie !== (product.product?.categorie ?? null) ||
            bestaand.actueel.code !== (product.product?.code ?? null)))),
  },
  {
    code: 'TR379',
    titel: 'De referentie van de aanbieder hoort niet bij een bekend verzoek',
    grond: 'iJw/iWmo 3.2 TR379, IV097',
    niveau: 3,
    retourcode: '9379',
    watTeDoen: 'Vul de referentie alleen in als de toewijzing een verzoek van de aanbieder inwilligt.',
    breekt: (product, { verzoekBekend }) =>
      product.referentieAanbieder !== undefined && verzoekBekend === false,
  },
  {
    code: 'TR385',
    titel: 'Deze toewijzing kan niet worden verwijderd: er zijn goedgekeurde prestaties op gedeclareerd',
    grond: 'iJw/iWmo 3.2 TR385, OP362',
    niveau: 3,
    retourcode: '9385',
    watTeDoen: 'Laat de aanbieder eerst crediteren, of trek de toewijzing in met een einddatum.',
    breekt: (product, { bestaand }) =>
      product.redenWijziging === VERWIJDERD && bestaand?.hasGoedgekeurdeRegels === true,
  },
  {
    code: 'TR381',
    titel: 'De productcode past niet bij de productcategorie',
    grond: 'iJw/iWmo 3.2 TR381, productcatalogus van de regio',
    niveau: 4,
    retourcode: 'S329',
    watTeDoen: 'Gebruik een code die op de ingangsdatum in de productcatalogus bij deze categorie staat.',
    breekt: (product, { catalogusCategorie }) =>
      product.product?.code !== undefined && catalogusCategorie !== product.product.categorie,
  },
]

/** Of what was decided and sent before it came here: only that its number is not somebody else's. */
export const OVERNAME_REGELS = TOEWIJZING_REGELS.filter(({ code }) => code === 'TR332')

/** Every reason to refuse this ToegewezenProduct; empty means it can be recorded. */
export function checkToewijzing(
  product: ToegewezenProduct,
  feiten: Feiten,
  pad: string,
  regels: readonly ToewijzingRegel[] = TOEWIJZING_REGELS,
): Bevinding[] {
  return regels.filter(regel => regel.breekt(product, feiten)).map(regel => bevinding(regel, pad))
}

/** The state that this product describes, with the tarief agreed on its Ingangsdatum. */
export function toVersie(
  product: ToegewezenProduct,
  segmentId: number | null,
  afspraak:
    | { productId: number; eenheid: string; tarief: Eurocent | null; tariefVanaf: Datum | null }
    | undefined,
): Versie {
  const tarief = afspraak?.tarief ?? null
  const eenheid = product.omvang?.eenheid ?? null
  return {
    toegewezenOp: momentVan(product),
    categorie: product.product?.categorie ?? null,
    code: product.product?.code ?? null,
    productId: afspraak?.productId ?? null,
    segmentId,
    tarief:
      tarief === null || !afspraak || eenheid === null
        ? tarief
        : convertTarief(tarief, afspraak.eenheid, eenheid),
    tariefVanaf: afspraak?.tariefVanaf ?? null,
    ingang: product.ingangsdatum,
    eind: product.einddatum === LAATSTE_DAG ? null : (product.einddatum ?? null),
    redenWijziging: product.redenWijziging ?? null,
    volume: product.omvang?.volume ?? null,
    eenheid,
    frequentie: product.omvang?.frequentie ?? null,
    budget: product.budget ?? null,
  }
}

/** Toewijzingsdatum and -tijd as one moment (IV013), in the form in which the database gives it back. */
function momentVan({ toewijzingsdatum, toewijzingstijd }: ToegewezenProduct): string {
  const [tijd = '', deel = ''] = toewijzingstijd.split('.')
  const fractie = deel.slice(0, 6).replace(/0+$/, '')
  if (tijd === '24:00:00') return `${addDays(toewijzingsdatum, 1)}T00:00:00`
  return `${toewijzingsdatum}T${tijd}${fractie === '' ? '' : `.${fractie}`}`
}

/** True when both are the same decision with the same content: a toewijzing that was sent again (OP087, IV013). */
export function isHerhaling(a: Versie, b: Versie): boolean {
  return a.toegewezenOp === b.toegewezenOp && isSameVersie(a, b)
}

/** The state that was decided last; of one moment the last that was recorded. `toestanden`: in the order in which they were recorded. */
export function latest<T extends { versie: Versie }>(toestanden: readonly T[]): T | undefined {
  return toestanden.reduce<T | undefined>(
    (laatste, t) => (laatste && laatste.versie.toegewezenOp > t.versie.toegewezenOp ? laatste : t),
    undefined,
  )
}

/** What stands of the decision of one day, of which a file does not know the hour; `op`: that day, or a moment in it. */
export function latestOfDay<T extends { versie: Versie; geldt: boolean }>(
  toestanden: readonly T[],
  op: string,
): T | undefined {
  return latest(toestanden.filter(t => t.geldt && t.versie.toegewezenOp.slice(0, 10) === op.slice(0, 10)))
}

/**
 * Whether a row of a file leaves what stands of its decision as it is: because it says the same, or because a message said otherwise, which
 * a file does not overrule. What stood before that is no matter: who brings in a file says how it is now.
 */
export function staysBeside(
  staand: { versie: Versie; berichtId: string | null } | undefined,
  versie: Versie,
): boolean {
  return staand !== undefined && (staand.berichtId !== null || isSameVersie(staand.versie, versie))
}

/** True when nothing that matters differs, whenever it was decided. */
export function isSameVersie(a: Versie, b: Versie): boolean {
  return (
    a.ingang === b.ingang &&
    a.eind === b.eind &&
    a.volume === b.volume &&
    a.eenheid === b.eenheid &&
    a.frequentie === b.frequentie &&
    a.budget === b.budget &&
    isVerwijderd(a) === isVerwijderd(b)
  )
}

/** A tarief agreed per `van`, expressed per `naar`: only hours and minutes can differ (iJw 3.2 IV081). */
export function convertTarief(tarief: Eurocent, van: string, naar: string): Eurocent {
  if (van === '04' && naar === '01') return divideRounded(tarief, 60)
  if (van === '01' && naar === '04') return tarief * 60
  return tarief
}
