import type { Eurocent } from '../../../platform/money.ts'

export type Wet = 'jw' | 'wmo'

export interface Segment {
  segmentId: number
  code: string
  naam: string
  omschrijving: string
  wet: Wet
  /** The segment it hangs under. */
  ouderId: number | null
  /** Household help: outside the regional purchase of begeleiding, shown as context. */
  huishoudelijk: boolean
}

export interface Gemeente {
  code: string
  naam: string
}

/** What every page needs to name things and to offer as filter. */
export interface Stam {
  segmenten: Segment[]
  gemeenten: Gemeente[]
  eersteJaar: number | null
  /** The last year for which something was allocated or a ceiling was set. */
  laatsteJaar: number | null
}

/** Spend and allocated value of one municipality, segment and month. */
export interface Cel {
  jaar: number
  /** 1 to 12. */
  maand: number
  segmentId: number
  gemeente: string
  bedrag: Eurocent
  toegewezen: Eurocent
  /** Last change, in milliseconds since 1970. */
  bijgewerkt: number
}

export interface AanbiederCel {
  aanbiederId: number
  naam: string
  segmentId: number
  bedrag: Eurocent
  toegewezen: Eurocent
  compleet: Eurocent
  vorigCompleet: Eurocent
}

export interface Plafond {
  gemeente: string
  segmentId: number
  bedrag: Eurocent
}

export interface Clienten {
  totaal: number
  /** Over the complete months of this year. */
  compleet: number
  /** Of a segment that others hang under: with those. */
  perSegment: ReadonlyMap<string, number>
  perGemeente: ReadonlyMap<string, number>
  /** Per market (its number) and provider. */
  perMarkt: ReadonlyMap<number, ReadonlyMap<number, number>>
}

export interface VerwijzerCel {
  verwijzer: string
  bedrag: Eurocent
  toewijzingen: number
}

export interface AfkeurCel {
  retourcode: string
  regels: number
  bedrag: Eurocent
}

export interface Aanbieder {
  aanbiederId: number
  naam: string
  agb: string
}

/** Which figures; null does not filter. `compleet`: how many months of the year are complete. */
export interface Selectie {
  jaar: number
  compleet: number
  wet: Wet | null
  segmenten: readonly number[] | null
  gemeente: string | null
  aanbieder: number | null
}
