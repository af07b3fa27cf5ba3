import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './tables.ts'

/** What goes into a row: names are those of the columns, in camelCase. */
export type Rij = Readonly<Record<string, unknown>>

/** Writes a row and answers its id. A key that exists already is refused by the database (409 `bestaat-al`). */
export async function insertRow(tx: Tx, tabel: string, rij: Rij): Promise<number> {
  const id = await insert(tx, tabel, rij, sql``)
  if (id === undefined) throw new Error(`no row came of insert into ${tabel}`)
  return id
}

/** Writes a row that has no id of its own: a part, or a version. */
export async function insertPart(tx: Tx, tabel: string, rij: Rij): Promise<void> {
  const namen = Object.keys(rij).map(column)
  await sql`insert into ${sql.table(tabel)} (${sql.join(namen)}) values (${sql.join(Object.values(rij))})`.execute(
    tx,
  )
}

/**
 * Writes a row unless one with this key is there already; then answers undefined and leaves that as it is. `sleutel` names the
 * key as ON CONFLICT does: only a conflict on it is passed over.
 */
export async function insertNew(
  tx: Tx,
  tabel: string,
  rij: Rij,
  sleutel: RawBuilder<unknown>,
): Promise<number | undefined> {
  return insert(tx, tabel, rij, sql`on conflict ${sleutel} do nothing`)
}

async function insert(
  tx: Tx,
  tabel: string,
  rij: Rij,
  bij: RawBuilder<unknown>,
): Promise<number | undefined> {
  const namen = Object.keys(rij).map(column)
  const { rows } = await sql<{ id: number }>`
    insert into ${sql.table(tabel)} (${sql.join(namen)}) values (${sql.join(Object.values(rij))}) ${bij}
    returning ${idOf(tabel)} as id`.execute(tx)
  return rows[0]?.id
}

/** Which row is changed, and the version that it was opened at. */
export interface Doel {
  id: number
  versie: number
}

/** Changes a row and its version if nobody else did since `versie`; false when somebody did, or when it is not there. */
export async function updateRow(tx: Tx, tabel: string, doel: Doel, rij: Rij): Promise<boolean> {
  const zet = Object.entries(rij).map(([naam, waarde]) => sql`${column(naam)} = ${waarde}`)
  const { rows } = await sql`
    update ${sql.table(tabel)} set ${sql.join(zet)}, versie = versie + 1
    where ${idOf(tabel)} = ${doel.id} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

/** The columns of a record by the names of its fields, under the alias of its table: for the SELECT that reads it. */
export function columns(alias: string, velden: object): RawBuilder<unknown> {
  return sql.join(
    Object.keys(velden).map(naam => sql`${sql.ref(`${alias}.${snake(naam)}`)} as ${sql.ref(naam)}`),
  )
}

/** A name as SQL has it: 'gewijzigdOp' is 'gewijzigd_op'. */
export const snake = (naam: string) => naam.replaceAll(/[A-Z]/g, hoofd => `_${hoofd.toLowerCase()}`)
const column = (naam: string) => sql.ref(snake(naam))

/** 'kaders.interventie' has the key 'interventie_id'; a part has the last word: 'kaders.interventie_resultaat'. */
export const keyOf = (tabel: string) => `${tabel.split(/[._]/).at(-1)}_id`
const idOf = (tabel: string) => sql.ref(keyOf(tabel))
