import { sql } from 'kysely'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Gegevenslijst } from './lijst.ts'

export interface Lijstversie {
  lijstId: number
  inhoud: Gegevenslijst
  door: string | null
  op: Date
}

/** The newest vocabulary; undefined before a region loaded one. */
export async function findLijst(db: Db): Promise<Lijstversie | undefined> {
  const { rows } = await sql<Lijstversie>`
    select l.lijst_id as "lijstId", l.inhoud, g.naam as door, l.op
    from uitwisseling.gegevenslijst l left join platform.gebruiker g on g.gebruiker_id = l.door
    order by l.lijst_id desc limit 1`.execute(db)
  return rows[0]
}

/** Keeps a list as the newest, unless it is the same as the last; answers its id, or undefined when nothing changed. */
export async function insertLijst(
  tx: Tx,
  lijst: Gegevenslijst,
  door: number | null,
  op: Date,
): Promise<number | undefined> {
  await takeTurn(tx, 'uitwisseling.gegevenslijst')
  const { rows } = await sql<{ id: number }>`
    insert into uitwisseling.gegevenslijst (inhoud, door, op)
    select ${JSON.stringify(lijst)}::jsonb, ${door}::integer, ${op}::timestamptz
    where (select inhoud from uitwisseling.gegevenslijst order by lijst_id desc limit 1)
      is distinct from ${JSON.stringify(lijst)}::jsonb
    returning lijst_id as id`.execute(tx)
  return rows[0]?.id
}
