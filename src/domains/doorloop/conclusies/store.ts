import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Raakt } from '../methode/rules.ts'
import type { Richting } from './rules.ts'

/** What a user fills in of a conclusion. */
export interface Conclusiegegevens {
  kwadrant: string
  richting: Richting
  tekst: string
  aanbodId: number | null
  raakt: Raakt
  kenmerken: string[]
}

export interface Conclusie extends Conclusiegegevens {
  conclusieId: number
  doorloopId: number
  aanbod: string | null
  geschraptOp: Date | null
  versie: number
  door: string | null
  op: Date
}

const KOLOMMEN = sql`c.conclusie_id as "conclusieId", c.doorloop_id as "doorloopId", c.kwadrant, c.richting, c.tekst,
  c.aanbod_id as "aanbodId", a.naam as aanbod, c.raakt, c.kenmerken, c.geschrapt_op as "geschraptOp", c.versie,
  g.naam as door, c.op`
const BRON = sql`beleid.conclusie c left join beleid.aanbod a using (aanbod_id)
  left join platform.gebruiker g on g.gebruiker_id = c.door`

/** Conclusions of a run in the order in which they were drawn, without those that were struck out. */
export async function listConclusies(db: Db, doorloopId: number, geschrapt = false): Promise<Conclusie[]> {
  const { rows } = await sql<Conclusie>`
    select ${KOLOMMEN} from ${BRON}
    where c.doorloop_id = ${doorloopId} and (c.geschrapt_op is not null) = ${geschrapt} order by c.conclusie_id`.execute(
    db,
  )
  return rows
}

export async function findConclusie(db: Db, conclusieId: number): Promise<Conclusie | undefined> {
  const { rows } = await sql<Conclusie>`
    select ${KOLOMMEN} from ${BRON} where c.conclusie_id = ${conclusieId}`.execute(db)
  return rows[0]
}

export async function insertConclusie(
  tx: Tx,
  plaats: { doorloopId: number; dossierId: number },
  c: Conclusiegegevens,
  door: number | null,
  op: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into beleid.conclusie (doorloop_id, dossier_id, kwadrant, richting, tekst, aanbod_id, raakt, kenmerken, door, op)
    values (${plaats.doorloopId}, ${plaats.dossierId}, ${c.kwadrant}, ${c.richting}, ${c.tekst}, ${c.aanbodId},
      ${c.raakt}, ${c.kenmerken}::text[], ${door}, ${op}) returning conclusie_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Changes a conclusion if nobody else did since `versie`; answers whether it did. */
export async function updateConclusie(
  tx: Tx,
  doel: { conclusieId: number; versie: number },
  c: Conclusiegegevens,
  door: number | null,
  op: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update beleid.conclusie set kwadrant = ${c.kwadrant}, richting = ${c.richting}, tekst = ${c.tekst},
      aanbod_id = ${c.aanbodId}, raakt = ${c.raakt}, kenmerken = ${c.kenmerken}::text[], door = ${door}, op = ${op},
      versie = versie + 1
    where conclusie_id = ${doel.conclusieId} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

/** Strikes a conclusion out, or puts it back with null. */
export async function setGeschrapt(tx: Tx, conclusieId: number, op: Date | null): Promise<void> {
  await sql`update beleid.conclusie set geschrapt_op = ${op}, versie = versie + 1 where conclusie_id = ${conclusieId}`.execute(
    tx,
  )
}
