import { sql } from 'kysely'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import { columns } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Doel, Koppeling } from './rules.ts'
import { KOLOMMEN } from './velden.ts'

/** A goal with who wrote it last. */
export interface Doelrij extends Doel {
  gewijzigdOp: Date
  gewijzigdDoor: string | null
  beeindigdDoor: string | null
}

/** Every goal that the asker may see, ended ones too. A region has hundreds of them, not thousands. */
export async function listDoelen(db: Db): Promise<Doelrij[]> {
  const { rows } = await sql<Doelrij>`
    select d.doel_id as "doelId", d.gemeente, d.boom, d.ouder_id as "ouderId", ${columns('d', KOLOMMEN)}, d.wet,
      d.segment_id as "segmentId", d.streefwaarde, d.versie, d.beeindigd_op as "beeindigdOp",
      d.beeindigd_reden as "beeindigdReden", d.gewijzigd_op as "gewijzigdOp", w.naam as "gewijzigdDoor",
      e.naam as "beeindigdDoor"
    from kaders.doel d left join platform.gebruiker w on w.gebruiker_id = d.gewijzigd_door
      left join platform.gebruiker e on e.gebruiker_id = d.beeindigd_door
    order by d.doel_id`.execute(db)
  return rows
}

export async function listKoppelingen(db: Db): Promise<Koppeling[]> {
  const { rows } = await sql<Koppeling>`
    select doel_id as "doelId", regionaal_id as "regionaalId" from kaders.doel_koppeling
    order by 1, 2`.execute(db)
  return rows
}

/** Changes of the shape of a tree go one after the other: two moves at once could make a ring. */
export async function lockBomen(tx: Tx): Promise<void> {
  await takeTurn(tx, 'kaders.doel')
}

/** Sets which goals of the region a local goal takes over. */
export async function replaceKoppelingen(
  tx: Tx,
  doelId: number,
  regionaal: readonly (number | string)[],
  door: number | null,
): Promise<void> {
  await sql`delete from kaders.doel_koppeling
    where doel_id = ${doelId} and regionaal_id <> all (${[...regionaal]}::integer[])`.execute(tx)
  await sql`insert into kaders.doel_koppeling (doel_id, regionaal_id, door)
    select ${doelId}, unnest(${[...regionaal]}::integer[]), ${door}::integer on conflict do nothing`.execute(
    tx,
  )
}

/** Ids of what a preset has put in before, by its key. */
export async function mapSleutels(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ gemeente: string | null; boom: string; sleutel: string; id: number }>`
    select gemeente, boom, sleutel, doel_id as id from kaders.doel where sleutel is not null`.execute(db)
  return new Map(rows.map(r => [`${r.gemeente ?? ''} ${r.boom} ${r.sleutel}`, r.id]))
}
