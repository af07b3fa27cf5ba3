import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Besluituitkomst, Blad, Orgaan } from './rules.ts'

/** A sheet as it was laid before college and raad. */
export interface Bewaardblad {
  nummer: number
  inhoud: Blad
  door: string | null
  op: Date
}

/** Every sheet that was laid before, newest first. */
export async function listBladen(db: Db, doorloopId: number): Promise<Bewaardblad[]> {
  const { rows } = await sql<Bewaardblad>`
    select b.nummer, b.inhoud, g.naam as door, b.op
    from beleid.blad b left join platform.gebruiker g on g.gebruiker_id = b.door
    where b.doorloop_id = ${doorloopId} order by b.nummer desc`.execute(db)
  return rows
}

/** Keeps a sheet under the next number; answers it. */
export async function insertBlad(
  tx: Tx,
  plaats: { doorloopId: number; dossierId: number },
  blad: Blad,
  door: number | null,
  op: Date,
): Promise<number> {
  const { rows } = await sql<{ nummer: number }>`
    insert into beleid.blad (doorloop_id, dossier_id, nummer, inhoud, door, op)
    select ${plaats.doorloopId}, ${plaats.dossierId}, coalesce(max(nummer), 0) + 1, ${JSON.stringify(blad)}::jsonb,
           ${door}::integer, ${op}::timestamptz
    from beleid.blad where doorloop_id = ${plaats.doorloopId} returning nummer`.execute(tx)
  return rows[0]?.nummer ?? 0
}

export interface Besluit {
  besluitId: number
  blad: number
  orgaan: Orgaan
  gemeente: string | null
  gemeenteNaam: string | null
  datum: Datum
  uitkomst: Besluituitkomst
  kenmerk: string
  toelichting: string
  door: string | null
  op: Date
}

/** Decisions in the order in which they were taken. */
export async function listBesluiten(db: Db, doorloopId: number): Promise<Besluit[]> {
  const { rows } = await sql<Besluit>`
    select b.besluit_id as "besluitId", b.blad, b.orgaan, b.gemeente, gm.naam as "gemeenteNaam", b.datum, b.uitkomst,
           b.kenmerk, b.toelichting, g.naam as door, b.op
    from beleid.besluit b left join platform.gebruiker g on g.gebruiker_id = b.door
    left join contracten.gemeente gm on gm.code = b.gemeente
    where b.doorloop_id = ${doorloopId} order by b.datum, b.besluit_id`.execute(db)
  return rows
}

/** The run before this one in the same dossier that was not withdrawn. */
export async function findVorige(db: Db, dossierId: number, nummer: number): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select doorloop_id as id from beleid.doorloop
    where dossier_id = ${dossierId} and nummer < ${nummer} and staat <> 'ingetrokken' order by nummer desc limit 1`.execute(
    db,
  )
  return rows[0]?.id
}
