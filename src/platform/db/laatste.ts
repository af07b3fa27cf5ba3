import { sql } from 'kysely'
import { Botsing, type Laatste } from '../problem.ts'
import { type Doel, keyOf, type Rij, snake, updateRow } from './rij.ts'
import type { Db, Tx } from './tables.ts'

/** Where a change is written down: a table with its key, or with that of what it keeps the history of. */
export type Spoor = readonly [tabel: string, sleutel: Rij]

/** Who asks. */
interface Iemand {
  wie: { id: string }
}

/** Pairs of columns that say who changed a row and when, as the tables of the house call them. */
const KOLOMMEN = [
  ['door', 'op'],
  ['gewijzigd_door', 'gewijzigd_op'],
] as const

/**
 * Who changed something last, of all rows that `sporen` name, so that a collision says whether that was somebody else. Nobody
 * is known where nothing was written down. Of what a history holds at one moment the last that came.
 */
export async function findLaatste(db: Db, { wie }: Iemand, ...sporen: readonly Spoor[]): Promise<Laatste> {
  const rijen = sporen.map(([tabel, sleutel]) => {
    const eisen = Object.entries(sleutel).map(([naam, waarde]) => sql`${sql.ref(snake(naam))} = ${waarde}`)
    return sql`select to_jsonb(t) as rij from ${sql.table(tabel)} t where ${sql.join(eisen, sql` and `)}`
  })
  const keren = KOLOMMEN.map(([door, op]) => sql`(rij ->> ${door}, (rij ->> ${op})::timestamptz)`)
  const { rows } = await sql<{ wie: string | null; naam: string | null; op: Date }>`
    select k.wie, g.naam, k.op from (${sql.join(rijen, sql` union all `)}) r,
      lateral (select case when door ~ '^[0-9]+$' then 'gebruiker:' || door else door end as wie, op,
          coalesce(rij ->> 'wijziging_id', rij ->> 'stap_id', rij ->> 'volgnummer')::bigint as nummer
        from (values ${sql.join(keren)}) v (door, op)) k
      left join platform.gebruiker g on 'gebruiker:' || g.gebruiker_id = k.wie
    where k.op is not null order by k.op desc, k.nummer desc nulls last limit 1`.execute(db)
  const [laatste] = rows
  if (laatste === undefined) return { zelf: false, naam: null, op: null }
  return { zelf: laatste.wie === wie.id, naam: laatste.naam, op: laatste.op }
}

/** What to throw at whoever was slower: what stands there now, and who left it. `deze`: 'dit dossier'. */
export const collisionOf = async <T>(
  db: Db,
  iemand: Iemand,
  deze: string,
  nu: T,
  ...sporen: readonly Spoor[]
): Promise<Botsing<T>> => new Botsing(deze, nu, await findLaatste(db, iemand, ...sporen))

/** A record as its table and its collisions call it. */
export interface Soort {
  tabel: string
  deze: string
}

/** Changes a row that still is as its form opened it, or throws `Botsing` with what `loadNu` finds there now. */
export async function changeRow(
  tx: Tx,
  iemand: Iemand,
  { tabel, deze }: Soort,
  doel: Doel,
  rij: Rij,
  loadNu: () => Promise<unknown>,
): Promise<void> {
  if (await updateRow(tx, tabel, doel, rij)) return
  throw await collisionOf(tx, iemand, deze, await loadNu(), [tabel, { [keyOf(tabel)]: doel.id }])
}
