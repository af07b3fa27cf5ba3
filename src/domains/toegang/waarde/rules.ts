import {
  addDays,
  addMonths,
  contains,
  type Datum,
  dayNumber,
  daysIn,
  lastOfMonth,
  maandenVan,
  type Periode,
} from '../../../platform/dates.ts'
import { apportion, divideRounded, type Eurocent } from '../../../platform/money.ts'
import { type Prijs, prijsOp } from '../../contracten/rules.ts'

/** Of a state of a toewijzing what its value depends on: `volume` in units (cents when eenheid is 83), `budget` in eurocents. */
export interface Omvang {
  segmentId: number | null
  ingang: Datum
  eind: Datum | null
  redenWijziging: string | null
  volume: number | null
  eenheid: string | null
  frequentie: string | null
  budget: Eurocent | null
}

/** What else it depends on, and what changes without the toewijzing itself. */
export interface Omstandigheden {
  /** What its product costs through time, per `prijseenheid`. */
  prijzen: readonly Prijs[]
  prijseenheid: string | null
  /** Days after a stop on which no help is given (`gestopteDagen`). */
  gestopt: readonly Periode[]
}

export const VERWIJDERD = '13'
const EUROS = '83'
const IN_TOTAAL = '6'

export function isVerwijderd({ redenWijziging }: Pick<Omvang, 'redenWijziging'>): boolean {
  return redenWijziging === VERWIJDERD
}

/**
 * The value of a toewijzing per month of care, in eurocents, gross of what will not be used: volume × tarief, spread over the days it
 * is valid and help was not stopped; a total or a budget is spread evenly over its term and sums to it exactly when nothing stops it.
 * A month counts at the price of its first day, or of the Ingangsdatum in the month in which it begins: so does the line that is claimed
 * for it, which runs over the whole month (ADR 27). An open-ended one counts up to and including `horizon`, any other at most
 * LANGSTE_JAREN longer: what lies later is no commitment that anybody steers on. Months without value are left out.
 * Grondslag: sturing I02 (verplichting).
 */
export function waardePerMaand(
  omvang: Omvang,
  horizon: Datum,
  omstandigheden: Omstandigheden,
): { maand: Datum; waarde: Eurocent }[] {
  if (isVerwijderd(omvang) || omvang.segmentId === null) return []
  const uiterste = addMonths(horizon, LANGSTE_JAREN * 12)
  const eind = omvang.eind ?? horizon
  const tot = eind < uiterste ? eind : uiterste
  const stukken = listStukken({ begin: omvang.ingang, eind: tot }, pricedOf(omvang, omstandigheden))
  const rest = dayNumber(eind) - dayNumber(tot)
  const perMaand = isTotal(omvang)
    ? totalPerMonth(omvang, stukken, rest, omstandigheden)
    : [...Map.groupBy(stukken, ({ maand }) => maand)].map(([maand, delen]) => ({
        maand,
        waarde: monthValue(omvang, delen, omstandigheden),
      }))
  return perMaand
    .map(m => ({ maand: m.maand, waarde: Math.min(m.waarde, MEESTE_PER_MAAND) }))
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

/** Days of one month on which help is given, or is not. */
interface Stuk {
  maand: Datum
  dagenInMaand: number
  dagen: number
  /** Per unit of the price; 0 where there is none. */
  tarief: Eurocent
  /** False on days after a stop. */
  telt: boolean
}

/** Euros are their own price, and so is a budget: those know no days on which it becomes another. */
function pricedOf({ eenheid, budget }: Omvang, { prijzen, gestopt }: Omstandigheden) {
  const eigen = budget !== null || eenheid === EUROS
  return { gestopt, prijzen: eigen ? [{ begin: '', eind: null, tarief: 1 }] : prijzen }
}

function listStukken(
  { begin, eind }: { begin: Datum; eind: Datum },
  { prijzen, gestopt }: Pick<Omstandigheden, 'prijzen' | 'gestopt'>,
): Stuk[] {
  const knippen = gestopt.flatMap(stil => [
    stil.begin,
    ...(stil.eind === null ? [] : [addDays(stil.eind, 1)]),
  ])
  return [...maandenVan(begin, eind)].flatMap(maand => {
    const laatste = lastOfMonth(maand)
    const deel = { begin: maand < begin ? begin : maand, eind: laatste < eind ? laatste : eind }
    const tarief = prijsOp(prijzen, deel.begin)?.tarief ?? 0
    const eerste = new Set([deel.begin, ...knippen.filter(dag => dag > deel.begin && dag <= deel.eind)])
    const dagen = [...eerste].sort()
    return dagen.map((dag, i): Stuk => {
      const volgende = dagen[i + 1]
      return {
        maand,
        dagenInMaand: daysIn(maand, laatste),
        dagen: daysIn(dag, volgende === undefined ? deel.eind : addDays(volgende, -1)),
        tarief,
        telt: !gestopt.some(stil => contains(stil, dag)),
      }
    })
  })
}

/** A budget, or a volume for the whole term, and not one per day, week or month. */
const isTotal = ({ budget, frequentie }: Omvang) => budget !== null || frequentie === IN_TOTAAL

/** At each price the whole, spread evenly over the term; of it what falls on days in months of that price on which help is given. */
function totalPerMonth(
  omvang: Omvang,
  stukken: readonly Stuk[],
  rest: number,
  omstandigheden: Omstandigheden,
): { maand: Datum; waarde: Eurocent }[] {
  const gewichten = [...stukken.map(({ dagen }) => dagen), rest]
  const uit = new Map<Datum, Eurocent>()
  for (const tarief of new Set(stukken.map(stuk => stuk.tarief))) {
    const geheel = omvang.budget ?? price(omvang, omstandigheden, { aantal: tarief, deler: 1 })
    const verdeeld = apportion(geheel, gewichten)
    for (const [i, stuk] of stukken.entries())
      if (stuk.telt && stuk.tarief === tarief)
        uit.set(stuk.maand, (uit.get(stuk.maand) ?? 0) + (verdeeld[i] ?? 0))
  }
  return [...uit].map(([maand, waarde]) => ({ maand, waarde })).sort((a, b) => (a.maand < b.maand ? -1 : 1))
}

function monthValue(omvang: Omvang, stukken: readonly Stuk[], omstandigheden: Omstandigheden): Eurocent {
  const aantal = stukken.reduce((som, { telt, dagen, tarief }) => (telt ? som + dagen * tarief : som), 0)
  const deler = { '1': 1, '2': 7 }[omvang.frequentie ?? ''] ?? stukken[0]?.dagenInMaand ?? 1
  return price(omvang, omstandigheden, { aantal, deler })
}

/** volume × what a unit of it costs, rounded once; minutes at a price per hour, or the other way round (iJw 3.2 IV081). */
function price(
  { volume, eenheid }: Omvang,
  { prijseenheid }: Omstandigheden,
  { aantal, deler }: { aantal: Eurocent; deler: number },
): Eurocent {
  const minuten = prijseenheid === '04' && eenheid === '01' ? 60 : 1
  const uren = prijseenheid === '01' && eenheid === '04' ? 60 : 1
  return divideRounded((volume ?? 0) * aantal * uren, deler * minuten)
}
