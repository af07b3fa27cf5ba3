/**
 * Targets of the region and the arithmetic that hits them by construction. Money in whole eurocents.
 * Grondslag: 003 Bijlage 1 (figures over 2018) and the choices documented in docs of the demonstration region.
 */
import { apportion, type Eurocent } from '../../platform/money.ts'
import type { Domein, Stroom } from './preset.ts'

/** Position of the anchor year (the document's 2018) among the four years. */
export const ANKER = 2
export const JAREN = 4

export interface Stroomdoel {
  domein: Domein
  /** Clients in the anchor year at scale 1. */
  clienten: number
  /** Spend in the anchor year at scale 1, eurocents; null = follows from volume (context). */
  bedrag: Eurocent | null
  /** Clients per year relative to the anchor, thousandths. */
  groei: readonly [number, number, number, number]
  /** Median duration in months. */
  duur: number
  /** Months a toewijzing lasts before it is renewed. */
  termijn: number
}

const JEUGDGROEI = [909, 955, 1000, 1030] as const
const WMOGROEI = [860, 930, 1000, 1050] as const

export const STROMEN: Record<Stroom, Stroomdoel> = {
  V: { domein: 'jw', clienten: 184, bedrag: 1_254_000_000, groei: JEUGDGROEI, duur: 9, termijn: 6 },
  W: { domein: 'jw', clienten: 210, bedrag: 532_000_000, groei: JEUGDGROEI, duur: 20, termijn: 12 },
  D: { domein: 'jw', clienten: 250, bedrag: 228_000_000, groei: JEUGDGROEI, duur: 11, termijn: 12 },
  A: { domein: 'jw', clienten: 3970, bedrag: 1_111_600_000, groei: JEUGDGROEI, duur: 7, termijn: 9 },
  G: { domein: 'jw', clienten: 1900, bedrag: 598_400_000, groei: JEUGDGROEI, duur: 6, termijn: 12 },
  C: { domein: 'jw', clienten: 110, bedrag: 76_000_000, groei: JEUGDGROEI, duur: 1.3, termijn: 3 },
  I: { domein: 'wmo', clienten: 2250, bedrag: 990_000_000, groei: WMOGROEI, duur: 20, termijn: 24 },
  K: { domein: 'wmo', clienten: 1100, bedrag: 682_000_000, groei: WMOGROEI, duur: 24, termijn: 24 },
  KV: { domein: 'wmo', clienten: 60, bedrag: 28_000_000, groei: WMOGROEI, duur: 20, termijn: 12 },
  H: { domein: 'wmo', clienten: 4900, bedrag: null, groei: [940, 970, 1000, 1200], duur: 45, termijn: 60 },
}

export const JEUGDSTROMEN: readonly Stroom[] = ['V', 'W', 'D', 'A', 'G', 'C']
export const WMOSTROMEN: readonly Stroom[] = ['I', 'K', 'KV']

/** Spend path relative to the anchor in thousandths: youth 31.4; 34.5; 38.0; 40.5 mln. */
export const BEDRAGPAD: Record<Domein, readonly number[]> = {
  jw: [826.316, 907.895, 1000, 1065.789],
  wmo: [835, 918, 1000, 1075],
}

/** Unique clients in the anchor year: youth; Wmo-begeleiding. */
export const UNIEK: Record<Domein, number> = { jw: 5200, wmo: 3000 }
/** Share of begeleiding clients that also have huishoudelijke ondersteuning, thousandths. */
export const AANDEEL_HO = 300
/** Share of the youth budget on referral by the gemeente, thousandths per year. */
export const GEMEENTE_BUDGET = [260, 360, 450, 470] as const
/** COD327 code → thousandths of referrals. */
export const VERWIJZERS: readonly (readonly [string, number])[] = [
  ['02', 400],
  ['01', 330],
  ['04', 90],
  ['06', 94],
  ['05', 50],
  ['03', 30],
  ['08', 6],
]
/** Clients individueel: basis normaal, basis intensief, speciaal normaal, speciaal intensief per year. */
export const KLASSEN: readonly (readonly number[])[] = [
  [4588, 1612, 2432, 1368],
  [4176, 1624, 2604, 1596],
  [3850, 1650, 2700, 1800],
  [3484, 1716, 2784, 2016],
]

/** Ratio r with first · r^(n−1) = last, by bisection on repeated multiplication (exact everywhere). */
function ratio(first: number, last: number, n: number): number {
  let laag = 0
  let hoog = 1
  for (let ronde = 0; ronde < 60; ronde++) {
    const midden = (laag + hoog) / 2
    let x = first
    for (let i = 1; i < n; i++) x *= midden
    if (x > last) hoog = midden
    else laag = midden
  }
  return (laag + hoog) / 2
}

/** Falling geometric row of `n` values from `first` to `last`, scaled to sum exactly to `som` (± rounding). */
export function dalend(first: number, last: number, n: number, som: number): number[] {
  const r = ratio(first, last, n)
  const rij = [first]
  while (rij.length < n) rij.push((rij[rij.length - 1] ?? 0) * r)
  const totaal = rij.reduce((a, b) => a + b, 0)
  return rij.map(x => (x * som) / totaal)
}

/** Market shares in percent, largest first: 155 youth providers. Grondslag: 003 Bijlage 1 § 4. */
export function jeugdaandelen(): number[] {
  return [21, 10.66, 7.96, 5.94, 4.44, ...dalend(2.47, 0.77, 17, 25), ...dalend(0.73, 0.73 / 45, 133, 25)]
}

/** Market shares in percent, largest first: 87 Wmo-begeleiding providers. Grondslag: 003 Bijlage 1 § 5. */
export function wmoaandelen(): number[] {
  return [
    ...dalend(10.61, 4.42, 7, 50),
    ...dalend(3.79, 2.53, 8, 25),
    ...dalend(1.37, 1.14, 4, 5),
    ...dalend(1.02, 1.02 / 30, 68, 20),
  ]
}

/**
 * Fit a matrix to row and column sums by iterative proportional fitting; zero cells stay zero. Ends with the
 * columns exact up to rounding of doubles.
 */
export function passend(
  start: readonly (readonly number[])[],
  rijen: readonly number[],
  kolommen: readonly number[],
): number[][] {
  const cel = start.map(rij => [...rij])
  for (let ronde = 0; ronde < 400; ronde++) {
    cel.forEach((rij, i) => {
      const som = rij.reduce((a, b) => a + b, 0)
      if (som > 0) for (let j = 0; j < rij.length; j++) rij[j] = ((rij[j] ?? 0) * (rijen[i] ?? 0)) / som
    })
    for (let j = 0; j < kolommen.length; j++) {
      const som = cel.reduce((a, rij) => a + (rij[j] ?? 0), 0)
      if (som > 0) for (const rij of cel) rij[j] = ((rij[j] ?? 0) * (kolommen[j] ?? 0)) / som
    }
  }
  return cel
}

/** Whole counts that sum to `totaal`, proportional to `gewichten`, at least 1 where the weight is positive. */
export function divideAtLeastOne(totaal: number, gewichten: readonly number[]): number[] {
  const meedoend = gewichten.filter(g => g > 0).length
  const uit = gewichten.map(g => (g > 0 ? 1 : 0))
  const som = gewichten.reduce((a, b) => a + b, 0)
  if (totaal <= meedoend || som <= 0) return uit
  // Cells whose fair share is below one keep their one; the others share the rest.
  const vrij = gewichten.map(g => Math.max(0, (g * totaal) / som - 1))
  const extra = apportion(totaal - meedoend, vrij)
  return uit.map((x, i) => x + (extra[i] ?? 0))
}
