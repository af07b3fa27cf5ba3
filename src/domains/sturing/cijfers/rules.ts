import { addDays, addMonths, type Datum } from '../../../platform/dates.ts'
import { divideRounded, type Eurocent } from '../../../platform/money.ts'

export * from './boom.ts'
export type * from './feiten.ts'
export type { Filter } from './filter.ts'
export * from './opvallend.ts'

/** After so many whole months nearly all declarations of a month are in; until then it is not compared. */
export const MAANDEN_TOT_COMPLEET = 3

/** Counts of persons from 1 up to this are not shown to who may not see residents. Grondslag: sturing § 5.2. */
const KLEIN = 4

/** How many months of `jaar` have begun on `vandaag`, 0 to 12. */
export function countVerstreken(jaar: number, vandaag: Datum): number {
  const nu = +vandaag.slice(0, 4)
  return jaar < nu ? 12 : jaar > nu ? 0 : +vandaag.slice(5, 7)
}

/**
 * How many months of `jaar` are complete on `vandaag`, 0 to 12, always from January on: a month counts when
 * `MAANDEN_TOT_COMPLEET` whole months have passed since its last day.
 */
export function countCompleet(jaar: number, vandaag: Datum): number {
  const maanden = Array.from({ length: 12 }, (_, i) => `${jaar}-${String(i + 1).padStart(2, '0')}-01`)
  return maanden.filter(maand => addDays(addMonths(maand, MAANDEN_TOT_COMPLEET + 1), -1) < vandaag).length
}

/** The first `aantal` months as a mask: bit n−1 is month n. */
export function maskOf(aantal: number): number {
  return (1 << aantal) - 1
}

/** Growth as a share: 0.041 is 4,1% more. Null where there is nothing to compare with. */
export function growth(nu: number, vorig: number): number | null {
  return vorig > 0 ? (nu - vorig) / vorig : null
}

export interface Bestedingen {
  /** Eurocents of this year, all months, as far as claimed and approved. */
  besteed: Eurocent
  /** Of this year and of the year before, over the complete months only. */
  compleet: Eurocent
  vorigCompleet: Eurocent
  vorigTotaal: Eurocent
}

/**
 * The whole year if its remaining months go as last year: complete months × (last year whole ÷ last year same
 * months), never less than what is booked already. Null without complete months or without last year. No forecast:
 * it knows nothing of waiting lists, new toewijzingen or prices. Grondslag: sturing I04.
 */
export function extrapolate({ besteed, compleet, vorigCompleet, vorigTotaal }: Bestedingen): Eurocent | null {
  if (vorigCompleet <= 0 || compleet <= 0) return null
  // Euros, so that the product stays a safe integer up to national totals; a statement about a year needs no cents.
  const jaar = divideRounded(
    Math.round(compleet / 100) * Math.round(vorigTotaal / 100),
    Math.round(vorigCompleet / 100),
  )
  return Math.max(besteed, jaar * 100)
}

export interface Concentratie {
  /** Providers with a positive amount. */
  aanbieders: number
  /** Shares from 0 to 1, by euro. */
  grootste: number
  c5: number
  /** Sum of squared shares in percent: 0 (many small) to 10,000 (one). By euro. */
  hhi: number
  /** The smallest number of providers that together serve 90% of the clients; 0 without clients. */
  c90: number
}

/** How concentrated a market is. Grondslag: sturing I58. */
export function concentration(bedragen: readonly Eurocent[], clienten: readonly number[]): Concentratie {
  const euro = shares(bedragen)
  return {
    aanbieders: euro.length,
    grootste: euro[0] ?? 0,
    c5: sum(euro.slice(0, 5)),
    hhi: Math.round(sum(euro.map(deel => (100 * deel) ** 2))),
    c90: countFor(shares(clienten), 0.9),
  }
}

function shares(waarden: readonly number[]): number[] {
  const groot = waarden.filter(w => w > 0).sort((a, b) => b - a)
  const totaal = sum(groot)
  return groot.map(w => w / totaal)
}

function countFor(delen: readonly number[], grens: number): number {
  let samen = 0
  for (const [i, deel] of delen.entries()) {
    samen += deel
    if (samen >= grens - 1e-12) return i + 1
  }
  return delen.length
}

/** Adds up; 0 for nothing. */
export function sum(getallen: readonly number[]): number {
  return getallen.reduce((a, b) => a + b, 0)
}

/**
 * Whether someone may see how few persons there are: only who may see the residents themselves of every municipality
 * in the selection. Grondslag: sturing § 5.2.
 */
export function maySeeSmall(gemeentenClient: readonly string[], selectie: readonly string[]): boolean {
  return selectie.length > 0 && selectie.every(gemeente => gemeentenClient.includes(gemeente))
}

/** A count of persons as it may be shown: the number, or that there are fewer than five. */
export type Aantal = { soort: 'getal'; aantal: number } | { soort: 'minder-dan-5' }

/** Hides 1 to 4 persons from who may not see them; nobody at all is no secret. */
export function showAantal(aantal: number, magKlein: boolean): Aantal {
  return !magKlein && aantal >= 1 && aantal <= KLEIN ? { soort: 'minder-dan-5' } : { soort: 'getal', aantal }
}

/**
 * Eurocents per unique client, rounded half up; null without clients and where the count itself is hidden, because
 * amount ÷ average would give it away. Grondslag: sturing I06, § 5.2.
 */
export function costPerClient(bedrag: Eurocent, clienten: Aantal): Eurocent | null {
  return clienten.soort === 'getal' && clienten.aantal > 0 ? divideRounded(bedrag, clienten.aantal) : null
}

/** How a count of persons changed. */
export interface Aantalgroei {
  /** As a share: 0.041 is 4,1% more. */
  deel: number
  /** Too small a difference to say anything of: that of chance alone is as large one time in twenty. */
  toeval: boolean
}

/**
 * Growth of a count of persons; null where there is nothing to compare with, or one of the two may not be shown. Two counts of n and m that
 * are alike differ by chance alone by up to 2 × √(n + m).
 */
export function growthOfAantal(nu: Aantal, vorig: Aantal): Aantalgroei | null {
  if (nu.soort !== 'getal' || vorig.soort !== 'getal') return null
  const deel = growth(nu.aantal, vorig.aantal)
  if (deel === null) return null
  return { deel, toeval: Math.abs(nu.aantal - vorig.aantal) <= 2 * Math.sqrt(nu.aantal + vorig.aantal) }
}
