import type { Eurocent } from '../../../platform/money.ts'

/** A ceiling of a provider, and what was approved of it: care given in that year. */
export interface Plafondstand {
  jaar: number
  gemeente: string
  segment: string
  bedrag: Eurocent
  vastgesteldOp: string
  besteed: Eurocent
}

export interface Benutting {
  /** Of the ceiling; null of one of nothing. */
  deel: number | null
  /** What is left; below zero what is over it. */
  ruimte: Eurocent
}

/** How far a ceiling is used. On the cent of the ceiling it is reached, not passed. */
export function measureBenutting({ bedrag, besteed }: Pick<Plafondstand, 'bedrag' | 'besteed'>): Benutting {
  return { deel: bedrag === 0 ? null : besteed / bedrag, ruimte: bedrag - besteed }
}

/** Per year, the newest first. */
export function groupByJaar(standen: readonly Plafondstand[]): [number, Plafondstand[]][] {
  return [...Map.groupBy(standen, ({ jaar }) => jaar)].sort(([a], [b]) => b - a)
}

/** Shown unfolded: this year, or the year nearest before it, or else the first that comes. */
export function yearToOpen(jaren: readonly number[], ditJaar: number): number | undefined {
  const opVolgorde = [...jaren].sort((a, b) => a - b)
  return opVolgorde.findLast(jaar => jaar <= ditJaar) ?? opVolgorde[0]
}
