import { addMonths, type Datum, formatMaand } from '../../../platform/dates.ts'
import { apportion, divideRounded, type Eurocent, formatHeleEuro } from '../../../platform/money.ts'

/** Tenths of a percent in a whole. */
const HEEL = 1000
const MAANDEN = 12

/** The page of a scenario. */
export function scenarioPad({ dossierId, scenarioId }: { dossierId: number; scenarioId: number }): string {
  return `/beleid/dossiers/${dossierId}/scenarios/${scenarioId}`
}

/** `25` → '2,5'. */
export function formatPromille(promille: number): string {
  return (promille / 10).toLocaleString('nl-NL', { maximumFractionDigits: 1 })
}

/** How a pattern runs, in words: '+2% · +4% · …'. */
export function verloopTekst(verloop: readonly number[]): string {
  return verloop.map(v => `${v > 0 ? '+' : ''}${formatPromille(v)}%`).join(' · ')
}

/** What a scenario expects, free of where it comes from. */
export interface Verwachting {
  beginjaar: number
  /** Eurocents in the year before `beginjaar`. */
  basis: Eurocent
  /** Cost per year against the base, in tenths of a percent: first value is `beginjaar`. */
  verloop: readonly number[]
  /** Half the width of the band, in tenths of a percent of the line. */
  marge: number
  /** What each month of the base year weighed; null or not all above zero: every month the same. */
  gewichten: readonly number[] | null
}

export interface Band {
  onder: Eurocent
  boven: Eurocent
}

export interface Jaar extends Band {
  jaar: number
  verwacht: Eurocent
}

export interface Maand extends Band {
  /** First day. */
  maand: Datum
  verwacht: Eurocent
}

/** The band around an amount: `marge` tenths of a percent below and above, rounded to a cent. */
export function bandOf(bedrag: Eurocent, marge: number): Band {
  const deel = divideRounded(bedrag * marge, HEEL)
  return { onder: bedrag - deel, boven: bedrag + deel }
}

/** The expected cost per year. Grondslag: 004 bijlage II, oplopende kosten: three patterns. */
export function yearsOf({ beginjaar, basis, verloop, marge }: Verwachting): Jaar[] {
  return verloop.map((stap, i) => {
    const verwacht = divideRounded(basis * (HEEL + stap), HEEL)
    return { jaar: beginjaar + i, verwacht, ...bandOf(verwacht, marge) }
  })
}

/** The expected cost per month: the months of a year add up to that year, to the cent. */
export function monthsOf(verwachting: Verwachting): Maand[] {
  const { gewichten, marge } = verwachting
  const perMaand = isUsable(gewichten) ? gewichten : Array<number>(MAANDEN).fill(1)
  return yearsOf(verwachting).flatMap(({ jaar, verwacht }) =>
    apportion(verwacht, perMaand).map((bedrag, i) => ({
      maand: `${jaar}-${String(i + 1).padStart(2, '0')}-01`,
      verwacht: bedrag,
      ...bandOf(bedrag, marge),
    })),
  )
}

function isUsable(gewichten: readonly number[] | null): gewichten is readonly number[] {
  return gewichten?.length === MAANDEN && gewichten.every(g => g > 0)
}

export interface Werkelijk {
  maand: Datum
  bedrag: Eurocent
  compleet: boolean
}

/** What each month of the base year weighed; null when one is not complete or without spend: nothing to go by. */
export function weightsOf(jaar: readonly Werkelijk[]): number[] | null {
  const gewichten = jaar.map(maand => maand.bedrag)
  return jaar.every(maand => maand.compleet) && isUsable(gewichten) ? gewichten : null
}

/** One month beside what was expected; all amounts counted up from the first month on. */
export interface Stand extends Band {
  maand: Datum
  verwacht: Eurocent
  /** Null when the month is not complete, or lies after one that is not. */
  werkelijk: Eurocent | null
  buiten: 'boven' | 'onder' | null
}

/** Expected and real, counted up month by month. Only the unbroken run of complete months from the start counts. */
export function compare(verwachting: Verwachting, werkelijk: readonly Werkelijk[]): Stand[] {
  const compleet = new Map(werkelijk.filter(w => w.compleet).map(w => [w.maand, w.bedrag]))
  let verwacht = 0
  let echt: number | null = 0
  return monthsOf(verwachting).map(maand => {
    verwacht += maand.verwacht
    const bedrag = compleet.get(maand.maand)
    echt = echt === null || bedrag === undefined ? null : echt + bedrag
    const band = bandOf(verwacht, verwachting.marge)
    return { maand: maand.maand, verwacht, ...band, werkelijk: echt, buiten: whereIs(echt, band) }
  })
}

function whereIs(bedrag: Eurocent | null, { onder, boven }: Band): Stand['buiten'] {
  if (bedrag === null) return null
  return bedrag > boven ? 'boven' : bedrag < onder ? 'onder' : null
}

/** How a scenario goes. `verschil`: real minus expected, counted up; `deel`: that as a share of expected, null of nothing. */
export type Oordeel =
  | { soort: 'geen-cijfers' }
  | { soort: 'op-koers'; tot: Datum; verschil: Eurocent; deel: number | null }
  | { soort: 'boven' | 'onder'; sinds: Datum; tot: Datum; verschil: Eurocent; deel: number | null }

/**
 * Is steering needed? When the real line, counted up, lies outside the band in the last complete month; `sinds` is the
 * first month of that unbroken stay outside. A line that came back is on course. Grondslag: 004 bijlage II (stijgen de
 * kosten tegen de verwachting in, dan bijsturen).
 */
export function judge(standen: readonly Stand[]): Oordeel {
  const bekend = standen.filter(s => s.werkelijk !== null)
  const laatste = bekend.at(-1)
  if (laatste === undefined || laatste.werkelijk === null) return { soort: 'geen-cijfers' }
  const verschil = laatste.werkelijk - laatste.verwacht
  const deel = laatste.verwacht === 0 ? null : verschil / laatste.verwacht
  if (laatste.buiten === null) return { soort: 'op-koers', tot: laatste.maand, verschil, deel }
  const eerste = bekend.findLastIndex(s => s.buiten !== laatste.buiten) + 1
  const sinds = bekend[eerste]?.maand ?? laatste.maand
  return { soort: laatste.buiten, sinds, tot: laatste.maand, verschil, deel }
}

/** The judgement in one sentence; amounts in whole euros. */
export function explain(oordeel: Oordeel): string {
  if (oordeel.soort === 'geen-cijfers')
    return 'Er is nog geen complete maand om de verwachting mee te vergelijken.'
  const { verschil, tot } = oordeel
  const aandeel = oordeel.deel === null ? '' : ` (${percentage(oordeel.deel)})`
  const hoeveel = `${formatHeleEuro(Math.abs(verschil))}${aandeel}`
  const kant =
    verschil === 0
      ? 'precies wat was verwacht'
      : `${hoeveel} ${verschil > 0 ? 'meer' : 'minder'} dan verwacht`
  const besteed = `Opgeteld tot en met ${formatMaand(tot)} is er ${kant} uitgegeven`
  if (oordeel.soort === 'op-koers') return `${besteed}. Dat ligt binnen de marge.`
  const sinds = `sinds ${formatMaand(oordeel.sinds)} ${oordeel.soort === 'boven' ? 'boven' : 'onder'} de marge`
  return oordeel.soort === 'boven'
    ? `${besteed}, ${sinds}. Bijsturing is nodig, of de verwachting klopt niet meer.`
    : `${besteed}, ${sinds}. Ga na of inwoners de hulp krijgen die nodig is, of pas de verwachting aan.`
}

function percentage(deel: number): string {
  return `${(Math.abs(deel) * 100).toLocaleString('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`
}

/** Whole months that are expected, as the period for the real line. */
export function periodOf({ beginjaar, verloop }: Pick<Verwachting, 'beginjaar' | 'verloop'>): {
  vanaf: Datum
  tot: Datum
} {
  const vanaf = `${beginjaar}-01-01`
  return { vanaf, tot: addMonths(vanaf, verloop.length * MAANDEN - 1) }
}

/** What help costs now and when it is shorter. */
export interface Doorlooptijd {
  clienten: number
  maandenNu: number
  maandenStraks: number
  /** Eurocents per client per month. */
  kostenMaand: Eurocent
}

export interface Besparing {
  nu: Eurocent
  straks: Eurocent
  verschil: Eurocent
  perClient: Eurocent
  /** Tenths of a percent of what it costs now, rounded; negative when it costs more. */
  promille: number
  /** 001 says of its example that it saves more than 10% per client. */
  meerDanTien: boolean
}

/** Shorter help, worked out: clients × months × cost per month, before and after. Grondslag: 001, sturen op resultaten. */
export function saveBy({ clienten, maandenNu, maandenStraks, kostenMaand }: Doorlooptijd): Besparing {
  const nu = clienten * maandenNu * kostenMaand
  const straks = clienten * maandenStraks * kostenMaand
  const korter = maandenNu - maandenStraks
  return {
    nu,
    straks,
    verschil: nu - straks,
    perClient: korter * kostenMaand,
    promille: divideRounded(korter * HEEL, maandenNu),
    meerDanTien: korter * 10 > maandenNu,
  }
}
