import { sql } from 'kysely'
import { columns } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import { CONCLUSIE } from './velden.ts'

export interface Conclusie extends Gegevens<typeof CONCLUSIE> {
  conclusieId: number
  doorloopId: number
  aanbodNaam: string | null
  geschraptOp: Date | null
  versie: number
  door: string | null
  op: Date
}

const { aanbod, ...GETYPT } = CONCLUSIE

const KOLOMMEN = sql`c.conclusie_id as "conclusieId", c.doorloop_id as "doorloopId", ${columns('c', GETYPT)},
  c.aanbod_id::text as aanbod, a.naam as "aanbodNaam", c.geschrapt_op as "geschraptOp", c.versie, g.naam as door, c.op`
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

/** Strikes a conclusion out, or puts it back with null. */
export async function setGeschrapt(tx: Tx, conclusieId: number, op: Date | null): Promise<void> {
  await sql`update beleid.conclusie set geschrapt_op = ${op}, versie = versie + 1 where conclusie_id = ${conclusieId}`.execute(
    tx,
  )
}
