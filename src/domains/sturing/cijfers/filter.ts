import type { Datum } from '../../../platform/dates.ts'
import { metOnder } from './boom.ts'
import type { Segment, Selectie, Stam, Wet } from './feiten.ts'
import { countCompleet } from './rules.ts'

/** What a page or API call asks for, as it stands in the address; codes, not ids. */
export interface Vraag {
  jaar?: string | number | undefined
  wet?: string | undefined
  segment?: string | undefined
  gemeente?: string | undefined
  aanbieder?: number | undefined
}

export interface Filter {
  jaar: number
  wet: Wet | null
  segment: Segment | null
  gemeente: { code: string; naam: string } | null
  aanbieder: number | null
}

/** What may be asked, by its name in the address: the years, laws, segments and municipalities that there are. */
export function listKeuzes(stam: Stam, vandaag: Datum) {
  return {
    jaar: listJaren(stam, vandaag).map(String),
    wet: ['jw', 'wmo'],
    segment: stam.segmenten.map(s => s.code),
    gemeente: stam.gemeenten.map(g => g.code),
  }
}

/** Reads the filter; what does not exist (any more) does not filter, and a page names it. Without a year: the current one. */
export function readFilter(vraag: Vraag, stam: Stam, vandaag: Datum): Filter {
  const nu = +vandaag.slice(0, 4)
  const jaar = Number(vraag.jaar)
  const segment = stam.segmenten.find(s => s.code === vraag.segment) ?? null
  const wet = vraag.wet === 'jw' || vraag.wet === 'wmo' ? vraag.wet : null
  return {
    jaar: listJaren(stam, vandaag).includes(jaar) ? jaar : nu,
    wet: segment?.wet ?? wet,
    segment,
    gemeente: stam.gemeenten.find(g => g.code === vraag.gemeente) ?? null,
    aanbieder: vraag.aanbieder ?? null,
  }
}

/**
 * The years one can choose, newest first: from the first with figures up to the current one, and those to come for which something was
 * allocated or a ceiling was set.
 */
export function listJaren(stam: Stam, vandaag: Datum): number[] {
  const nu = +vandaag.slice(0, 4)
  const eerste = Math.min(stam.eersteJaar ?? nu, nu)
  const laatste = Math.max(stam.laatsteJaar ?? nu, nu)
  return Array.from({ length: laatste - eerste + 1 }, (_, i) => laatste - i)
}

/** The segments of the selection, in their own order; of one segment also those below it. */
export function segmentenOf(filter: Filter, stam: Stam): Segment[] {
  if (filter.segment) return metOnder(filter.segment, stam.segmenten)
  return stam.segmenten.filter(s => filter.wet === null || s.wet === filter.wet)
}

/** The same as a question to the database. */
export function toSelectie(filter: Filter, stam: Stam, vandaag: Datum): Selectie {
  return {
    jaar: filter.jaar,
    compleet: countCompleet(filter.jaar, vandaag),
    wet: filter.wet,
    segmenten: filter.segment || filter.wet ? segmentenOf(filter, stam).map(s => s.segmentId) : null,
    gemeente: filter.gemeente?.code ?? null,
    aanbieder: filter.aanbieder,
  }
}
