import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { columns } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { AANBOD, type Aanbodgegevens } from './velden.ts'

export interface Aanbod extends Aanbodgegevens {
  aanbodId: number
  dossierId: number
  segmentId: number | null
  segment: string | null
  vervallenOp: Datum | null
  versie: number
  door: string | null
  op: Date
}

/** Columns and tables of an offer, for every question about offers. */
export const KOLOMMEN = sql`a.aanbod_id as "aanbodId", a.dossier_id as "dossierId", ${columns('a', AANBOD)},
  a.segment_id as "segmentId", s.naam as segment, a.vervallen_op as "vervallenOp", a.versie, g.naam as door, a.op`
export const BRON = sql`beleid.aanbod a left join contracten.segment s using (segment_id)
  left join platform.gebruiker g on g.gebruiker_id = a.door`

/** The key that an offer has while it is in the inventory. */
export const EIGEN_NAAM = sql`(dossier_id, lower(naam)) where vervallen_op is null`

/** The inventory of a dossier by name; `vervallen` also gives what was taken out. */
export async function listAanbodVanDossier(db: Db, dossierId: number, vervallen = false): Promise<Aanbod[]> {
  const { rows } = await sql<Aanbod>`
    select ${KOLOMMEN} from ${BRON}
    where a.dossier_id = ${dossierId} and (${vervallen} or a.vervallen_op is null)
    order by a.vervallen_op is not null, lower(a.naam), a.aanbod_id`.execute(db)
  return rows
}

/** Offers of a run: those in the inventory now, and those taken out since that the run has said something about. */
export async function listAanbodVanDoorloop(
  db: Db,
  { dossierId, doorloopId }: { dossierId: number; doorloopId: number },
): Promise<Aanbod[]> {
  const { rows } = await sql<Aanbod>`
    select ${KOLOMMEN} from ${BRON}
    where a.dossier_id = ${dossierId} and (a.vervallen_op is null or exists (
      select from beleid.deel d where d.doorloop_id = ${doorloopId} and d.aanbod_id = a.aanbod_id))
    order by lower(a.naam), a.aanbod_id`.execute(db)
  return rows
}

export async function findAanbod(db: Db, dossierId: number, aanbodId: number): Promise<Aanbod | undefined> {
  const { rows } = await sql<Aanbod>`
    select ${KOLOMMEN} from ${BRON} where a.dossier_id = ${dossierId} and a.aanbod_id = ${aanbodId}`.execute(
    db,
  )
  return rows[0]
}

/** Takes an offer out of the inventory on this day, or puts it back with null. Answers false when it does not exist. */
export async function setVervallen(
  tx: Tx,
  dossierId: number,
  aanbodId: number,
  op: Datum | null,
): Promise<boolean> {
  const { rows } = await sql`
    update beleid.aanbod set vervallen_op = ${op}, versie = versie + 1
    where dossier_id = ${dossierId} and aanbod_id = ${aanbodId} returning 1`.execute(tx)
  return rows.length > 0
}
