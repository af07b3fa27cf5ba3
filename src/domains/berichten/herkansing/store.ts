import { queryKeys } from '../../../platform/db/bulk.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { VERGEEFLIJK_MS } from './rules.ts'

export interface Sleutel {
  gemeente: string
  berichtId: string
}

/**
 * Counts that judging this message begins; answers the how-manieth time it is since the server runs: an attempt that its
 * restart cut off was not ended by the message, and those who bring the same bytes at the same moment begin together. That
 * moment runs from the first of them, so that a process that ends at once and comes back at once is counted every second.
 * A restart counts for nothing only in the first time after receipt (VERGEEFLIJK_MS before `nu`): a message that takes the
 * server down with the process would otherwise begin anew for ever. Undefined when it no longer waits, or another
 * transaction has it.
 */
export async function countPoging(
  tx: Tx,
  { gemeente, berichtId }: Sleutel,
  nu: Date,
): Promise<number | undefined> {
  const { rows } = await clientOf(tx).query<{ pogingen: number }>(
    `with wachtend as (
       select gemeente, bericht_id, pg_postmaster_start_time() as begin,
         coalesce(poging_op > greatest(now() - interval '1 second', pg_postmaster_start_time()), false) as samen
       from berichten.bericht
       where gemeente = $1 and bericht_id = $2 and staat = 'ontvangen' and verwerkt_op is null
       for update skip locked)
     update berichten.bericht b set
       poging_op = case when w.samen then b.poging_op else now() end,
       pogingen = case when w.samen then greatest(b.pogingen, 1)
                       when b.poging_op < w.begin and b.ontvangen_op > $3 then 1
                       else b.pogingen + 1 end
     from wachtend w where b.gemeente = w.gemeente and b.bericht_id = w.bericht_id
     returning b.pogingen`,
    [gemeente, berichtId, new Date(nu.getTime() - VERGEEFLIJK_MS)],
  )
  return rows[0]?.pogingen
}

/** Takes back that judging began: it stopped for a reason that was not the message. */
export async function uncountPoging(tx: Tx, sleutels: readonly Sleutel[]): Promise<void> {
  await queryKeys(
    tx,
    { gemeente: 'text', bericht_id: 'uuid' },
    sleutels.map(s => [s.gemeente, s.berichtId]),
    `update berichten.bericht b set pogingen = greatest(pogingen - 1, 0)
     from vraag v where b.gemeente = v.gemeente and b.bericht_id = v.bericht_id and b.staat = 'ontvangen'`,
  )
}

/** Of these messages those that still wait, locked until the end of the transaction. */
export async function lockOpen(tx: Tx, sleutels: readonly Sleutel[]): Promise<Set<string>> {
  const rows = await queryKeys<{ bericht_id: string }>(
    tx,
    { gemeente: 'text', bericht_id: 'uuid' },
    sleutels.map(s => [s.gemeente, s.berichtId]),
    `select b.bericht_id from berichten.bericht b join vraag v using (gemeente, bericht_id)
     where b.staat = 'ontvangen' and b.verwerkt_op is null order by b.gemeente, b.bericht_id for update of b`,
  )
  return new Set(rows.map(row => row.bericht_id))
}

/** Gives a message up; it keeps its place and its file. */
export async function markNietTeBeoordelen(
  tx: Tx,
  { gemeente, berichtId }: Sleutel,
  reden: string,
  op: Date,
): Promise<void> {
  await clientOf(tx).query(
    `update berichten.bericht set staat = 'niet-te-beoordelen', geldt = false, reden = $3, verwerkt_op = $4
     where gemeente = $1 and bericht_id = $2`,
    [gemeente, berichtId, reden, op],
  )
}

/** Lets a message that was given up wait again, with a clean count. Answers its provider, undefined when it was not given up (any more). */
export async function reopen(tx: Tx, { gemeente, berichtId }: Sleutel): Promise<number | null | undefined> {
  const { rows } = await clientOf(tx).query<{ aanbieder_id: number | null }>(
    `update berichten.bericht set staat = 'ontvangen', reden = null, pogingen = 0, verwerkt_op = null
     where gemeente = $1 and bericht_id = $2 and staat = 'niet-te-beoordelen' returning aanbieder_id`,
    [gemeente, berichtId],
  )
  return rows[0]?.aanbieder_id
}

/** How many messages within these municipalities could not be judged. */
export async function countNietTeBeoordelen(db: Db, gemeenten: readonly string[]): Promise<number> {
  const { rows } = await clientOf(db).query<{ n: number }>(
    `select count(*) as n from berichten.bericht where gemeente = any ($1::text[]) and staat = 'niet-te-beoordelen'`,
    [[...gemeenten]],
  )
  return rows[0]?.n ?? 0
}

/** The ids of the received messages with this identificatie: those that could not be judged, else the last one. */
export async function listKenmerken(db: Db, gemeente: string, identificatie: string): Promise<string[]> {
  const { rows } = await clientOf(db).query<{ id: string; vast: boolean }>(
    `select bericht_id as id, staat = 'niet-te-beoordelen' as vast from berichten.bericht
     where gemeente = $1 and identificatie = $2 and richting = 'in' order by vast desc, ontvangen_op desc`,
    [gemeente, identificatie],
  )
  const vast = rows.filter(rij => rij.vast)
  return (vast.length > 0 ? vast : rows.slice(0, 1)).map(rij => rij.id)
}

/** How a message stands, with why it could not be judged. */
export async function findStaat(
  db: Db,
  { gemeente, berichtId }: Sleutel,
): Promise<{ staat: string; reden: string | null } | undefined> {
  const { rows } = await clientOf(db).query<{ staat: string; reden: string | null }>(
    'select staat, reden from berichten.bericht where gemeente = $1 and bericht_id = $2',
    [gemeente, berichtId],
  )
  return rows[0]
}
