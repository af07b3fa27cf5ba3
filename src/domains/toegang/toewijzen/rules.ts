import {
  addDays,
  addMonths,
  type Datum,
  dayNumber,
  daysIn,
  LAATSTE_DAG,
  lastOfMonth,
  maandenVan,
} from '../../../platform/dates.ts'
import { apportion, divideRounded, type Eurocent } from '../../../platform/money.ts'
import { type Bevinding, bevinding, type Regel } from '../../istandaard/index.ts'

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

/** One state of a toewijzing. `volume` in units (cents when eenheid is 83), `budget` in eurocents, `tarief` in eurocents per unit. */
export interface Versie {
  toegewezenOp: string
  categorie: string | null
  code: string | null
  productId: number | null
  segmentId: number | null
  ingang: Datum
  eind: Datum | null
  redenWijziging: string | null
  volume: number | null
  eenheid: string | null
  frequentie: string | null
  budget: Eurocent | null
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

const VERWIJDERD = '13'

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

/** The same for what was decided at an hour that one of both does not know. */
export function isHerhalingOpDag(a: Versie, b: Versie): boolean {
  return a.toegewezenOp.slice(0, 10) === b.toegewezenOp.slice(0, 10) && isSameVersie(a, b)
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

export function isVerwijderd(versie: Pick<Versie, 'redenWijziging'>): boolean {
  return versie.redenWijziging === VERWIJDERD
}

/**
 * The value of a toewijzing per month of care, in eurocents, gross of what will not be used: volume × tarief at the
 * Ingangsdatum, spread over the days it is valid; a total or a budget is spread evenly over its term and sums to it
 * exactly. An open-ended one counts up to and including `horizon`, any other at most LANGSTE_JAREN longer: what lies
 * later is no commitment that anybody steers on. Months without value are left out.
 * Grondslag: sturing I02 (verplichting).
 */
export function waardePerMaand(versie: Versie, horizon: Datum): { maand: Datum; waarde: Eurocent }[] {
  if (isVerwijderd(versie) || versie.segmentId === null) return []
  const uiterste = addMonths(horizon, LANGSTE_JAREN * 12)
  const eind = versie.eind ?? horizon
  const tot = eind < uiterste ? eind : uiterste
  const maanden = listMaanden(versie.ingang, tot)
  const totaal = totalValue(versie)
  const verdeeld =
    totaal === undefined
      ? maanden.map(m => monthValue(versie, m))
      : apportion(totaal, [...maanden.map(m => m.dagen), dayNumber(eind) - dayNumber(tot)])
  return maanden
    .map((m, i) => ({ maand: m.maand, waarde: Math.min(verdeeld[i] ?? 0, MEESTE_PER_MAAND) }))
    .filter(m => m.waarde !== 0)
}

/**
 * More than € 999.999,99 cannot be claimed for one month: a prestatie lies within a month (CS337) and its bedrag is
 * bounded (LDT_Bedrag). A volume that comes to more, which the schema allows, commits no more than that; else a few of
 * them would make the figures of a region larger than any number we can keep.
 */
const MEESTE_PER_MAAND: Eurocent = 99_999_999

/** To which day an open-ended toewijzing counts: 31 December of the year after the one in which it was recorded. */
export function horizonOf(vastgelegd: Datum): Datum {
  return `${+vastgelegd.slice(0, 4) + 1}-12-31`
}

/** How many years after the horizon a toewijzing with an end still counts. */
const LANGSTE_JAREN = 10

interface Maand {
  maand: Datum
  dagen: number
  dagenInMaand: number
}

function listMaanden(begin: Datum, eind: Datum): Maand[] {
  return [...maandenVan(begin, eind)].map(maand => {
    const laatste = lastOfMonth(maand)
    const dagen = daysIn(maand < begin ? begin : maand, laatste < eind ? laatste : eind)
    return { maand, dagen, dagenInMaand: daysIn(maand, laatste) }
  })
}

/** Budget, or a volume for the whole term; undefined when the volume is per day, week or month. */
function totalValue(versie: Versie): Eurocent | undefined {
  if (versie.budget !== null) return versie.budget
  return versie.frequentie === '6' ? price(versie, versie.volume ?? 0, 1) : undefined
}

function monthValue(versie: Versie, maand: Maand): Eurocent {
  const volume = versie.volume ?? 0
  if (versie.frequentie === '1') return price(versie, volume * maand.dagen, 1)
  if (versie.frequentie === '2') return price(versie, volume * maand.dagen, 7)
  return price(versie, volume * maand.dagen, maand.dagenInMaand)
}

/** volume × tarief ÷ deler, rounded once; euros are their own price. */
function price(versie: Versie, volume: number, deler: number): Eurocent {
  return divideRounded(versie.eenheid === '83' ? volume : volume * (versie.tarief ?? 0), deler)
}

/** A tarief agreed per `van`, expressed per `naar`: only hours and minutes can differ (iJw 3.2 IV081). */
export function convertTarief(tarief: Eurocent, van: string, naar: string): Eurocent {
  if (van === '04' && naar === '01') return divideRounded(tarief, 60)
  if (van === '01' && naar === '04') return tarief * 60
  return tarief
}
