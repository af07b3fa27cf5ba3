import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../dates.ts'
import type { Scope } from './database.ts'
import type { Db } from './tables.ts'

/** A list that can be filtered, put in order and counted. */
export interface Lijstbron<Rij extends object> {
  kolommen: RawBuilder<unknown>
  /** FROM, with its joins. */
  van: RawBuilder<unknown>
  /** Unique: rows that are equal in the chosen order keep the same order on every page. */
  sleutel: RawBuilder<unknown>
  volgorde: Readonly<Record<string, RawBuilder<unknown>>>
  /** Which of the rows that are equal in the chosen order comes first; else that of their keys. */
  daarna?: RawBuilder<unknown>
  /** What a row must meet, for each filter by its name; '' is a filter that is not used. Null: nothing. */
  eisen: Readonly<Record<string, (waarde: string) => RawBuilder<unknown> | null>>
  /** The type of a row; never filled. */
  readonly rij?: Rij
}

/** What is looked for: the value of each filter, '' or left out for one that is not used. */
export type Filter = Readonly<Record<string, string | undefined>>

export interface Orde {
  kolom: string
  richting: 'op' | 'af'
}

/** How many rows there are, and what else is added up over all of them. */
export interface Geteld {
  totaal: number
}

/** Where the rows of a list come from, for one that needs more than a `Lijstbron` says. */
export interface Lijstlezer<Rij, Som extends Geteld> {
  volgorde: readonly string[]
  rijen: (db: Db, vraag: Lijstvraag, deel: { aantal: number; vanaf: number }) => Promise<Rij[]>
  /** Over the whole list, not one page. */
  tel: (db: Db, vraag: Lijstvraag) => Promise<Som>
}

/** Which rows are asked, in which order, within what somebody may see, and on which day. */
export interface Lijstvraag {
  /** The value of each filter by its name; '' for one that is not used. */
  filter: Record<string, string>
  orde: Orde
  scope: Scope
  vandaag: Datum
  /** For a file: then rows hold what only its columns say. */
  bestand: boolean
}

function where({ eisen }: Pick<Lijstbron<object>, 'eisen'>, filter: Filter): RawBuilder<unknown> {
  const alle = Object.entries(eisen).map(([naam, eis]) => eis(filter[naam] ?? ''))
  return sql.join([sql`true`, ...alle.filter(eis => eis !== null)], sql` and `)
}

export async function listRows<Rij extends object>(
  db: Db,
  bron: Lijstbron<Rij>,
  filter: Filter,
  { kolom, richting }: Orde,
  { aantal, vanaf }: { aantal: number; vanaf: number },
): Promise<Rij[]> {
  const { rows } = await sql<Rij>`
    select ${bron.kolommen} from ${bron.van} where ${where(bron, filter)}
    order by ${bron.volgorde[kolom] ?? bron.sleutel} ${richting === 'op' ? sql`asc` : sql`desc`} nulls last,
      ${bron.daarna ?? bron.sleutel}, ${bron.sleutel}
    limit ${aantal} offset ${vanaf}`.execute(db)
  return rows
}

/** How many rows there are; with `kolom` how many different ones in that. */
export async function countRows(
  db: Db,
  bron: Lijstbron<object>,
  filter: Filter,
  kolom?: RawBuilder<unknown>,
): Promise<number> {
  const eisen = where(bron, filter)
  if (kolom === undefined) return (await countWhere(db, bron.van, eisen)).totaal
  return (
    await countWhere(
      db,
      sql`(select distinct ${kolom} from ${bron.van} where ${eisen}) verschillend`,
      sql`true`,
    )
  ).totaal
}

/** How many rows of `van` meet what is asked. */
export async function countWhere(
  db: Db,
  van: RawBuilder<unknown>,
  eisen: RawBuilder<unknown>,
): Promise<Geteld> {
  const { rows } = await sql<Geteld>`select count(*) as totaal from ${van} where ${eisen}`.execute(db)
  return rows[0] ?? { totaal: 0 }
}

/** Every row for which a condition holds, in the order of their keys. */
export async function listWhere<Rij extends object>(
  db: Db,
  { kolommen, van, sleutel }: Lijstbron<Rij>,
  eis: RawBuilder<unknown> = sql`true`,
): Promise<Rij[]> {
  return (await sql<Rij>`select ${kolommen} from ${van} where ${eis} order by ${sleutel}`.execute(db)).rows
}

/** One row by its key; undefined when it is not there or may not be seen. */
export async function findRow<Rij extends object>(
  db: Db,
  bron: Lijstbron<Rij>,
  sleutel: number | string,
): Promise<Rij | undefined> {
  return (await listWhere(db, bron, sql`${bron.sleutel} = ${sleutel}`))[0]
}

/** A text that holds what is looked for in any of these columns, without accents and capitals; null when nothing is. */
export function searchEis(...kolommen: readonly RawBuilder<unknown>[]) {
  return (zoek: string): RawBuilder<unknown> | null => {
    const schoon = zoek.trim().slice(0, 100)
    if (schoon === '') return null
    const patroon = `%${schoon.replaceAll(/[\\%_]/g, teken => `\\${teken}`)}%`
    return sql`app.kaal(concat_ws(' ', ${sql.join(kolommen)})) like app.kaal(${patroon})`
  }
}

/** A column that is what was chosen; null when nothing was. */
export function gelijkEis(kolom: RawBuilder<unknown>) {
  return (waarde: string): RawBuilder<unknown> | null => (waarde === '' ? null : sql`${kolom} = ${waarde}`)
}

/** A column that is the number that was chosen; null when nothing was. */
export function nummerEis(kolom: RawBuilder<unknown>) {
  return (waarde: string): RawBuilder<unknown> | null =>
    waarde === '' ? null : sql`${kolom} = ${Number(waarde)}`
}
