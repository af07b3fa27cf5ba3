import { addMonths, type Datum, firstOfMonth, formatMaand, lastOfMonth } from '../../../platform/dates.ts'
import { divideRounded, type Eurocent } from '../../../platform/money.ts'
import { MAANDEN_TOT_COMPLEET } from '../cijfers/rules.ts'

/** Eurocents, persons, or ten-thousandths of a whole (1234 is 12,34%): always whole numbers. */
export type Eenheid = 'eurocent' | 'personen' | 'tienduizendsten'

export interface Indicator {
  code: string
  naam: string
  eenheid: Eenheid
  definitie: string
  formule: string
  bron: string
}

const MAANDEN = 'de laatste twaalf maanden die compleet zijn, vergeleken met de twaalf maanden daarvoor'
const GEBOEKT = 'Goedgekeurde declaratieregels, geteld in maandcijfers'

/** What the monthly figures can really answer now. Grondslag: sturing I01, I03, I05, I06, I58. */
export const INDICATOREN = [
  {
    code: 'uitgaven',
    naam: 'Uitgaven per jaar',
    eenheid: 'eurocent',
    definitie: `Goedgekeurde declaraties voor zorg in ${MAANDEN}.`,
    formule: 'som van goedgekeurde regels − som van creditregels',
    bron: GEBOEKT,
  },
  {
    code: 'clienten',
    naam: 'Unieke cliënten',
    eenheid: 'personen',
    definitie: `Personen met ten minste één goedgekeurde regel in ${MAANDEN}. Wie van meer aanbieders zorg krijgt, telt één keer.`,
    formule: 'aantal verschillende personen; minder dan 10 tonen we niet',
    bron: 'Goedgekeurde declaratieregels, per persoon onder een versleutelde sleutel geteld',
  },
  {
    code: 'kosten-per-client',
    naam: 'Gemiddelde uitgaven per cliënt',
    eenheid: 'eurocent',
    definitie: `Uitgaven gedeeld door unieke cliënten, over ${MAANDEN}. Een gemiddelde: enkele dure trajecten tellen zwaar.`,
    formule: 'uitgaven ÷ unieke cliënten; bij minder dan 10 cliënten tonen we niets',
    bron: GEBOEKT,
  },
  {
    code: 'c5',
    naam: 'Aandeel van de 5 grootste aanbieders',
    eenheid: 'tienduizendsten',
    definitie: `Welk deel van de uitgaven naar de vijf grootste aanbieders gaat, in ${MAANDEN}. Onderaannemers zijn niet zichtbaar.`,
    formule: 'uitgaven bij de 5 grootste aanbieders ÷ uitgaven',
    bron: GEBOEKT,
  },
  {
    code: 'per-inwoner',
    naam: 'Uitgaven per inwoner',
    eenheid: 'eurocent',
    definitie: `Uitgaven gedeeld door alle inwoners, ook wie geen zorg krijgt, over ${MAANDEN}.`,
    formule: 'uitgaven ÷ inwoners (laatst bekende aantal tot en met dat jaar)',
    bron: `${GEBOEKT}; inwonertal per gemeente`,
  },
  {
    code: 'plafond',
    naam: 'Aandeel van het plafond',
    eenheid: 'tienduizendsten',
    definitie: `Uitgaven als deel van het plafond, over ${MAANDEN}. Van een jaarplafond telt een twaalfde per maand. Waar geen plafond is vastgesteld, tellen de uitgaven niet mee.`,
    formule: 'uitgaven waarvoor een plafond geldt ÷ het deel van de plafonds voor die maanden',
    bron: `${GEBOEKT}; budgetplafonds per gemeente, segment en jaar`,
  },
] as const satisfies readonly Indicator[]

export type IndicatorCode = (typeof INDICATOREN)[number]['code']

/** The indicator with this code, if it is (still) one. */
export function indicatorVan(code: string | null): Indicator | undefined {
  return INDICATOREN.find(indicator => indicator.code === code)
}

/** What one leaf asks: an indicator over a part of the care (null: all) of one municipality (null: the region). */
export interface Indicatorvraag {
  indicator: string
  segmenten: readonly number[] | null
  gemeente: string | null
}

export interface Indicatorwaarde {
  /** In the unit of the indicator; null when there is none, and then `reden` says why. */
  waarde: number | null
  vorig: number | null
  reden: string | null
  periode: Venster
}

/** Twelve months, from the first day up to and including the last. */
export interface Venster {
  vanaf: Datum
  tot: Datum
}

/** The last twelve complete months on `vandaag` (see MAANDEN_TOT_COMPLEET), moved back by `jaren` whole years. */
export function vensterOp(vandaag: Datum, jaren = 0): Venster {
  const laatste = addMonths(firstOfMonth(vandaag), -MAANDEN_TOT_COMPLEET - 1 - 12 * jaren)
  return { vanaf: addMonths(laatste, -11), tot: lastOfMonth(laatste) }
}

/** 'mei 2025 t/m april 2026'. */
export function formatVenster({ vanaf, tot }: Venster): string {
  return `${formatMaand(vanaf)} t/m ${formatMaand(firstOfMonth(tot))}`
}

/** True when the figures of the month of `maand` are complete on `vandaag`. */
export function isCompleet(maand: Datum, vandaag: Datum): boolean {
  return firstOfMonth(maand) <= vensterOp(vandaag).tot
}

/** The sums that answer a question over one window. */
export interface Optelling {
  bedrag: Eurocent
  /** Approved lines; none at all means that there are no figures, which is not the same as zero. */
  regels: number
  clienten: number
  topVijf: Eurocent
  /** 0 when not known of every municipality with spend. */
  inwoners: number
  /** Spend where a ceiling holds, and those ceilings for these months. */
  onderPlafond: Eurocent
  plafond: Eurocent
}

/** Counts of persons below this are not shown to anyone here: goals are read far outside the circle of care. */
const KLEIN = 10

const GEEN = 'In deze maanden is niets gedeclareerd.'
const WEINIG = 'Minder dan 10 cliënten: dat tonen we niet.'

/** The answer to one indicator over one window: a whole number in its unit, or why there is none. */
export function measure(code: string, o: Optelling): { waarde: number } | { reden: string } {
  if (o.regels === 0) return { reden: GEEN }
  switch (code) {
    case 'uitgaven':
      return { waarde: o.bedrag }
    case 'clienten':
      return o.clienten < KLEIN ? { reden: WEINIG } : { waarde: o.clienten }
    case 'kosten-per-client':
      return o.clienten < KLEIN ? { reden: WEINIG } : { waarde: divideRounded(o.bedrag, o.clienten) }
    case 'c5':
      return o.bedrag > 0 ? { waarde: share(o.topVijf, o.bedrag) } : { reden: GEEN }
    case 'per-inwoner':
      return o.inwoners > 0
        ? { waarde: divideRounded(o.bedrag, o.inwoners) }
        : { reden: 'Het aantal inwoners is niet bekend.' }
    case 'plafond':
      return o.plafond > 0
        ? { waarde: share(o.onderPlafond, o.plafond) }
        : { reden: 'Voor deze maanden is geen plafond vastgesteld.' }
    default:
      return { reden: 'Deze indicator bestaat niet meer.' }
  }
}

/** Ten-thousandths; in floating point, exact enough for four digits at any amount. */
function share(deel: Eurocent, geheel: Eurocent): number {
  return Math.round((deel / geheel) * 10_000)
}
