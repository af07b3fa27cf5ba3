import { sql } from 'kysely'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Doel, Koppeling } from './rules.ts'

/** A goal with who wrote it last. */
export interface Doelrij extends Doel {
  gewijzigdOp: Date
  gewijzigdDoor: string | null
  beeindigdDoor: string | null
}

/** What is written of a goal. */
export type Doelgegevens = Omit<Doel, 'doelId' | 'versie' | 'beeindigdOp' | 'beeindigdReden'>

const KOLOMMEN = sql`d.doel_id as "doelId", d.gemeente, d.boom, d.ouder_id as "ouderId", d.soort, d.tekst, d.toelichting,
  d.bron, d.volgorde, d.indicator, d.wet, d.segment_id as "segmentId", d.richting, d.streefwaarde,
  d.streef_op as "streefOp", d.ontbreekt, d.versie, d.beeindigd_op as "beeindigdOp",
  d.beeindigd_reden as "beeindigdReden", d.gewijzigd_op as "gewijzigdOp", w.naam as "gewijzigdDoor",
  e.naam as "beeindigdDoor"`
const BRON = sql`kaders.doel d left join platform.gebruiker w on w.gebruiker_id = d.gewijzigd_door
  left join platform.gebruiker e on e.gebruiker_id = d.beeindigd_door`

/** Every goal that the asker may see, ended ones too. A region has hundreds of them, not thousands. */
export async function listDoelen(db: Db): Promise<Doelrij[]> {
  const { rows } = await sql<Doelrij>`select ${KOLOMMEN} from ${BRON} order by d.doel_id`.execute(db)
  return rows
}

export async function findDoel(db: Db, id: number): Promise<Doelrij | undefined> {
  const { rows } = await sql<Doelrij>`select ${KOLOMMEN} from ${BRON} where d.doel_id = ${id}`.execute(db)
  return rows[0]
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

export async function insertDoel(
  tx: Tx,
  d: Doelgegevens,
  door: number | null,
  sleutel: string | null = null,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into kaders.doel (gemeente, boom, ouder_id, soort, tekst, toelichting, bron, volgorde, indicator, wet,
      segment_id, richting, streefwaarde, streef_op, ontbreekt, sleutel, gemaakt_door, gewijzigd_door)
    values (${d.gemeente}, ${d.boom}, ${d.ouderId}, ${d.soort}, ${d.tekst}, ${d.toelichting}, ${d.bron}, ${d.volgorde},
      ${d.indicator}, ${d.wet}, ${d.segmentId}, ${d.richting}, ${d.streefwaarde}, ${d.streefOp}, ${d.ontbreekt},
      ${sleutel}, ${door}, ${door}) returning doel_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Changes a goal if nobody else did since `versie`; whose it is and which tree it is in stay as they are. */
export async function updateDoel(
  tx: Tx,
  doel: { id: number; versie: number },
  d: Doelgegevens,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.doel set ouder_id = ${d.ouderId}, soort = ${d.soort}, tekst = ${d.tekst},
      toelichting = ${d.toelichting}, bron = ${d.bron}, volgorde = ${d.volgorde}, indicator = ${d.indicator},
      wet = ${d.wet}, segment_id = ${d.segmentId}, richting = ${d.richting}, streefwaarde = ${d.streefwaarde},
      streef_op = ${d.streefOp}, ontbreekt = ${d.ontbreekt}, gewijzigd_door = ${door}, gewijzigd_op = now(),
      versie = versie + 1
    where doel_id = ${doel.id} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

/** Ends a goal with its reason, or takes that back (`reden` null), if nobody else changed it since `versie`. */
export async function endDoel(
  tx: Tx,
  doel: { id: number; versie: number },
  reden: string | null,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.doel set beeindigd_reden = ${reden}, beeindigd_op = case when ${reden}::text is null then null else now() end,
      beeindigd_door = case when ${reden}::text is null then null else ${door}::integer end,
      gewijzigd_door = ${door}, gewijzigd_op = now(), versie = versie + 1
    where doel_id = ${doel.id} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

/** Sets which goals of the region a local goal takes over. */
export async function replaceKoppelingen(
  tx: Tx,
  doelId: number,
  regionaal: readonly number[],
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
