import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { clientOf } from './database.ts'
import type { Db, Tx } from './tables.ts'

export type Waarde = string | number | boolean | Buffer | Date | null

/** Name and SQL type of each column, in the order of the values. */
export type Kolommen = Readonly<Record<string, string>>

/** From here on a COPY into a temporary table beats one statement with arrays (measured: about 1,000 rows). */
const COPY_FROM = 1000

/**
 * Inserts many rows at once. COPY refuses tables with row-level security, so large numbers go by a temporary table;
 * small ones by `unnest`. `slot` is appended SQL, such as `on conflict … do update set …` (the table is then known as
 * `doel`, the new row as `excluded`).
 */
export async function insertBulk(
  tx: Tx,
  tabel: string,
  kolommen: Kolommen,
  rijen: readonly (readonly Waarde[])[],
  slot = '',
): Promise<void> {
  if (rijen.length === 0) return
  const namen = Object.keys(kolommen).join(', ')
  const target = `insert into ${tabel} as doel (${namen})`
  const client = clientOf(tx)
  if (rijen.length < COPY_FROM) {
    await client.query(`${target} select * from ${unnest(kolommen)} ${slot}`, columns(kolommen, rijen))
    return
  }
  const definition = Object.entries(kolommen).map(([naam, type]) => `${naam} ${type}`)
  await client.query(`create temporary table invoer (${definition.join(', ')}) on commit drop`)
  await pipeline(
    Readable.from(copyChunks(rijen)),
    client.query(copyFrom(`copy invoer (${namen}) from stdin`)),
  )
  await client.query(`${target} select ${namen} from invoer ${slot}`)
  await client.query('drop table invoer')
}

/** `unnest($1::text[], …)`: many keys or rows as one parameter per column. */
export function unnest(kolommen: Kolommen, first = 1): string {
  return `unnest(${Object.values(kolommen)
    .map((type, i) => `$${first + i}::${type}[]`)
    .join(', ')})`
}

/** Rows turned into one PostgreSQL array per column, for `unnest`; much faster than the driver does it. */
export function columns(kolommen: Kolommen, rijen: readonly (readonly Waarde[])[]): string[] {
  return Object.keys(kolommen).map((_, i) => `{${rijen.map(rij => arrayElement(rij[i] ?? null)).join(',')}}`)
}

const BARE = /^[A-Za-z0-9_.:+-]+$/

function arrayElement(waarde: Waarde): string {
  if (waarde === null) return 'NULL'
  if (typeof waarde === 'number') return String(waarde)
  if (typeof waarde === 'boolean') return waarde ? 't' : 'f'
  if (waarde instanceof Date) return `"${waarde.toISOString()}"`
  if (Buffer.isBuffer(waarde)) return `"\\\\x${waarde.toString('hex')}"`
  if (BARE.test(waarde) && waarde.toUpperCase() !== 'NULL') return waarde
  return `"${waarde.replace(/["\\]/g, '\\$&')}"`
}

/**
 * Asks one set-based question about many keys: `sql` uses `vraag` (the keys, with the column names of `kolommen`)
 * as a table.
 */
export async function queryKeys<Rij>(
  db: Db,
  kolommen: Kolommen,
  sleutels: readonly (readonly Waarde[])[],
  sql: string,
): Promise<Rij[]> {
  if (sleutels.length === 0) return []
  const namen = Object.keys(kolommen).join(', ')
  const text = `with vraag as materialized (select * from ${unnest(kolommen)} as v(${namen})) ${sql}`
  const { rows } = await clientOf(db).query(text, columns(kolommen, sleutels))
  return rows as Rij[]
}

function* copyChunks(rijen: readonly (readonly Waarde[])[]): Generator<string> {
  let chunk = ''
  for (const rij of rijen) {
    chunk += `${rij.map(copyValue).join('\t')}\n`
    if (chunk.length > 65_536) {
      yield chunk
      chunk = ''
    }
  }
  yield chunk
}

const SPECIAL = /[\\\t\n\r]/
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function copyValue(waarde: Waarde): string {
  if (waarde === null) return '\\N'
  if (typeof waarde === 'string')
    return SPECIAL.test(waarde) ? waarde.replace(/[\\\t\n\r]/g, c => ESCAPED[c] ?? c) : waarde
  if (typeof waarde === 'boolean') return waarde ? 't' : 'f'
  if (waarde instanceof Date) return waarde.toISOString()
  if (Buffer.isBuffer(waarde)) return `\\\\x${waarde.toString('hex')}`
  return String(waarde)
}
