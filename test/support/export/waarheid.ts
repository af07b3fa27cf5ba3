import type { Rol } from '../../../src/platform/auth/rollen.ts'

/** What the tables say of one export, in the words of the file: written by hand, and of nothing that made the file. */
export interface Waarheid {
  /** Address of the route; of a page with more than one file, with what chooses it. */
  pad: string
  rol: Rol
  /** One row with what `:name` stands for in the address and in `sql`. */
  kies?: string
  /** A row per row of the file; the name of a column is its heading. */
  sql: string
  /** Headings that are words, and are compared by nobody here: never an amount, a number or a date. */
  tekst?: readonly string[]
  /** Headings of which the slice of the demonstration has nothing: said, so that it is no accident. */
  leeg?: readonly string[]
}

/** Eurocents as the file writes them. */
export const euro = (waarde: string) =>
  `replace(to_char((${waarde})::numeric / 100, 'FM9999999990.00'), '.', ',')`
export const dag = (waarde: string) => `to_char(${waarde}, 'DD-MM-YYYY')`
export const getal = (waarde: string) => `replace(trim_scale((${waarde})::numeric)::text, '.', ',')`
/** A share in percent, with one decimal. */
export const procent = (deel: string) => getal(`round((${deel})::numeric * 1000) / 10`)
/** First and last day of a period, its last day included. */
export const begin = (kolom: string) => dag(`lower(${kolom})`)
export const eind = (kolom: string) => dag(`upper(${kolom}) - 1`)
export const wet = (kolom: string) => `case ${kolom} when 'jw' then 'Jeugdwet' else 'Wmo' end`
