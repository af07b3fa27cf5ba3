/** Round steps from 0 (or below, when values are negative) up to at least the largest value. */
export interface Schaal {
  min: number
  max: number
  /** Ascending, from `min` to `max`, both included. */
  stappen: readonly number[]
}

/**
 * A scale that always contains 0, so that lengths can be compared, with about `aantal` round steps (1, 2, 2.5 or
 * 5 times a power of ten). Never empty: without values it runs from 0 to 1.
 */
export function makeSchaal(waarden: readonly number[], aantal = 4): Schaal {
  const hoog = Math.max(0, ...waarden)
  const laag = Math.min(0, ...waarden)
  const bereik = hoog - laag
  if (bereik === 0) return { min: 0, max: 1, stappen: [0, 1] }
  const ruw = bereik / aantal
  const macht = 10 ** Math.floor(Math.log10(ruw))
  const stap = macht * ([1, 2, 2.5, 5, 10].find(factor => factor * macht >= ruw * 0.999) ?? 10)
  const van = Math.floor(laag / stap)
  const tot = Math.ceil(hoog / stap - 1e-9)
  const stappen = Array.from({ length: tot - van + 1 }, (_, i) => Number(((van + i) * stap).toPrecision(12)))
  return { min: van * stap, max: tot * stap, stappen }
}

/** Position of a value on the scale, 0 to 1. */
export function opSchaal(schaal: Schaal, waarde: number): number {
  return (waarde - schaal.min) / (schaal.max - schaal.min)
}

/** A share as SVG length: `0.5` → '50%'. Two decimals keep the page small. */
export function procent(deel: number): string {
  return `${Math.round(deel * 10_000) / 100}%`
}

/** Two decimals, for path coordinates. */
export function roundCijfer(getal: number): number {
  return Math.round(getal * 100) / 100
}

/** One party in a concentration curve. */
export interface Aandeel {
  naam: string
  waarde: number
}

export interface Lorenzpunt {
  naam: string
  waarde: number
  /** Share of this party in the whole, 0 to 1. */
  deel: number
  /** Share of this party and all larger ones together. */
  samen: number
  /** Which share of all parties this is, counted from the largest. */
  partijen: number
}

/** Parties from large to small with their cumulative share. Parties without a positive value count for nothing. */
export function lorenz(aandelen: readonly Aandeel[]): Lorenzpunt[] {
  const groot = aandelen.filter(a => a.waarde > 0).sort((a, b) => b.waarde - a.waarde)
  const totaal = groot.reduce((som, a) => som + a.waarde, 0)
  let som = 0
  return groot.map((a, i) => {
    som += a.waarde
    return {
      naam: a.naam,
      waarde: a.waarde,
      deel: a.waarde / totaal,
      samen: som / totaal,
      partijen: (i + 1) / groot.length,
    }
  })
}

/** The smallest number of parties that together hold at least `deel` (0 to 1) of the whole; 0 without parties. */
export function partiesFor(punten: readonly Lorenzpunt[], deel: number): number {
  const index = punten.findIndex(p => p.samen >= deel - 1e-12)
  return index === -1 ? punten.length : index + 1
}
