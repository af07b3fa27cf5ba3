import type { Datum } from '../../platform/dates.ts'
import type { Opties } from '../zorg/zorgverloop.ts'
import type { Toewijzing } from './toewijzen.ts'

export type Foutsoort =
  | 'tarief'
  | 'volume'
  | 'voor-begin'
  | 'na-eind'
  | 'onbekend'
  | 'eenheid'
  | 'code'
  | 'referentie'
  | 'bedrag'
  | 'periode'
  | 'bsn'
  | 'dubbel'

/** A mistake made on purpose; `regels` are the rules of which at least one must reject the line. */
export interface Afwijking {
  soort: Foutsoort
  regels: readonly string[]
  /** Replacements that are not part of the line itself. */
  nummer?: number
  eenheid?: string
  code?: string
  /** Index into the reserved test BSNs. */
  bsn?: number
}

/** One line of a 323: what a provider claims for one toewijzing and one month. */
export interface Regel {
  toewijzing: Toewijzing
  /** Month of delivery. */
  maand: number
  begin: Datum
  eind: Datum
  volume: number
  /** Eurocents per unit; null for a product in euros. */
  tarief: number | null
  bedrag: number
  credit: boolean
  ref: string
  vorige?: string
  /** Present on a line that is wrong on purpose. */
  afwijking?: Afwijking
}

/** The reference of the line over month `m`: unique per provider and law. Grondslag: TR314. */
export function referentie(opties: Opties, t: Toewijzing, m: number, volgletter: string): string {
  const maand = opties.kalender.begin(m)
  return `${maand.slice(2, 4)}${maand.slice(5, 7)}G${t.traject.gemeente}T${t.nummer}${volgletter}`
}

/** The same line with another volume; the amount follows. */
export function metVolume(regel: Regel, volume: number): Regel {
  return { ...regel, volume, bedrag: volume * (regel.tarief ?? 1) }
}
