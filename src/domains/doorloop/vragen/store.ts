import { sql } from 'kysely'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'

/** What one person added to a question, and what came of it. */
export interface Bijdrage {
  bijdrageId: number
  vraag: string
  soort: Bijdragesoort
  tekst: string
  doorId: number | null
  door: string | null
  op: Date
  uitkomst: Uitkomst | null
  reactie: string | null
  afgedaanDoor: string | null
  afgedaanOp: Date | null
}

export type Bijdragesoort = 'bijdrage' | 'dilemma' | 'bron' | 'opmerking'
export type Uitkomst = 'overgenomen' | 'meegewogen' | 'niet-overgenomen'

const KOLOMMEN = sql`b.bijdrage_id as "bijdrageId", b.vraag, b.soort, b.tekst, b.door as "doorId", g.naam as door, b.op,
  b.uitkomst, b.reactie, a.naam as "afgedaanDoor", b.afgedaan_op as "afgedaanOp"`
const BRON = sql`beleid.bijdrage b left join platform.gebruiker g on g.gebruiker_id = b.door
  left join platform.gebruiker a on a.gebruiker_id = b.afgedaan_door`

/** Contributions to one question, or to the whole run; oldest first, as a conversation reads. */
export async function listBijdragen(db: Db, doorloopId: number, vraag: string | null): Promise<Bijdrage[]> {
  const { rows } = await sql<Bijdrage>`
    select ${KOLOMMEN} from ${BRON}
    where b.doorloop_id = ${doorloopId} and (${vraag}::text is null or b.vraag = ${vraag})
    order by b.bijdrage_id`.execute(db)
  return rows
}

/** Contributions per question that nobody has answered yet. */
export async function countWachtend(db: Db, doorloopId: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ vraag: string; n: number }>`
    select vraag, count(*) as n from beleid.bijdrage
    where doorloop_id = ${doorloopId} and uitkomst is null group by vraag`.execute(db)
  return new Map(rows.map(rij => [rij.vraag, rij.n]))
}

/** Adds a contribution; undefined when this person has said the same here and it waits still: a button pressed twice. */
export async function insertBijdrage(
  tx: Tx,
  b: {
    doorloopId: number
    dossierId: number
    vraag: string
    soort: Bijdragesoort
    tekst: string
    door: number | null
    op: Date
  },
): Promise<number | undefined> {
  await takeTurn(tx, `beleid.bijdrage ${b.doorloopId} ${b.door}`)
  const { rows } = await sql<{ id: number }>`
    insert into beleid.bijdrage (doorloop_id, dossier_id, vraag, soort, tekst, door, op)
    select ${b.doorloopId}, ${b.dossierId}, ${b.vraag}, ${b.soort}, ${b.tekst}, ${b.door}::integer, ${b.op}::timestamptz
    where not exists (select from beleid.bijdrage where doorloop_id = ${b.doorloopId} and vraag = ${b.vraag}
      and soort = ${b.soort} and tekst = ${b.tekst} and door = ${b.door}::integer and uitkomst is null)
    returning bijdrage_id as id`.execute(tx)
  return rows[0]?.id
}

/** Says what came of a contribution; answers false when it does not exist at this question or was answered already. */
export async function closeBijdrage(
  tx: Tx,
  b: {
    doorloopId: number
    vraag: string
    bijdrageId: number
    uitkomst: Uitkomst
    reactie: string
    door: number | null
    op: Date
  },
): Promise<boolean> {
  const { rows } = await sql`
    update beleid.bijdrage set uitkomst = ${b.uitkomst}, reactie = ${b.reactie}, afgedaan_door = ${b.door},
      afgedaan_op = ${b.op}
    where doorloop_id = ${b.doorloopId} and vraag = ${b.vraag} and bijdrage_id = ${b.bijdrageId} and uitkomst is null returning 1`.execute(
    tx,
  )
  return rows.length > 0
}

/** Contributions of one person that were answered, newest first: the giver sees what came of it. */
export async function listBeantwoord(
  db: Db,
  gebruikerId: number,
  sinds: Date,
): Promise<(Bijdrage & { doorloopId: number; dossier: string })[]> {
  const { rows } = await sql<Bijdrage & { doorloopId: number; dossier: string }>`
    select ${KOLOMMEN}, b.doorloop_id as "doorloopId", d.naam as dossier
    from ${BRON} join beleid.dossier d on d.dossier_id = b.dossier_id
    where b.door = ${gebruikerId} and b.afgedaan_op >= ${sinds}
    order by b.afgedaan_op desc limit 20`.execute(db)
  return rows
}
