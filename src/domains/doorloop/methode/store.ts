import { sql } from 'kysely'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Methode } from './rules.ts'

/** A version of a method as it is kept; a version never changes. */
export interface Methodeversie {
  methodeId: number
  code: string
  versie: number
  naam: string
  door: string | null
  op: Date
  inhoud: Methode
}

const KOLOMMEN = sql`m.methode_id as "methodeId", m.code, m.versie, m.naam, g.naam as door, m.op, m.inhoud`
const BRON = sql`beleid.methode m left join platform.gebruiker g on g.gebruiker_id = m.door`

/** Newest first. */
export async function listMethoden(db: Db): Promise<Methodeversie[]> {
  const { rows } = await sql<Methodeversie>`
    select ${KOLOMMEN} from ${BRON} order by m.code, m.versie desc`.execute(db)
  return rows
}

export async function findMethode(db: Db, methodeId: number): Promise<Methodeversie | undefined> {
  const { rows } = await sql<Methodeversie>`
    select ${KOLOMMEN} from ${BRON} where m.methode_id = ${methodeId}`.execute(db)
  return rows[0]
}

/** Versions that were read, by what makes a row that row: a version never changes, and nobody may change what is kept. */
const gelezen = new Map<string, Methode>()
const MAX_GELEZEN = 50

/** Which version of a method this is, for `readInhoud`; the moment tells databases of one process apart. */
export const KENMERK = sql`concat_ws(' ', m.methode_id, m.code, m.versie, extract(epoch from m.op))`

/** What a version holds: read once for each process, since every page of a run needs some of its 23 kB. */
export async function readInhoud(db: Db, methodeId: number, kenmerk: string): Promise<Methode> {
  const bekend = gelezen.get(kenmerk)
  if (bekend !== undefined) return bekend
  const inhoud = (await findMethode(db, methodeId))?.inhoud
  if (inhoud === undefined) throw new Error(`method ${methodeId} is not there`)
  if (gelezen.size >= MAX_GELEZEN) gelezen.clear()
  gelezen.set(kenmerk, freeze(inhoud))
  return inhoud
}

function freeze<T>(waarde: T): T {
  if (typeof waarde === 'object' && waarde !== null) {
    for (const deel of Object.values(waarde)) freeze(deel)
    Object.freeze(waarde)
  }
  return waarde
}

/** The last version of every method: what a new run can begin with. */
export async function listActueleMethoden(db: Db): Promise<Methodeversie[]> {
  const { rows } = await sql<Methodeversie>`
    select distinct on (m.code) ${KOLOMMEN} from ${BRON} order by m.code, m.versie desc`.execute(db)
  return rows
}

/** Adds the next version, unless the last one is the same; answers it, or undefined when nothing changed. */
export async function insertMethode(
  tx: Tx,
  methode: Methode,
  door: number | null,
): Promise<{ methodeId: number; versie: number } | undefined> {
  await takeTurn(tx, `beleid.methode ${methode.code}`)
  const { rows } = await sql<{ methodeId: number; versie: number }>`
    insert into beleid.methode (code, versie, naam, inhoud, door)
    select ${methode.code}, coalesce(max(versie), 0) + 1, ${methode.naam}, ${JSON.stringify(methode)}::jsonb, ${door}
    from beleid.methode where code = ${methode.code}
    having (array_agg(inhoud order by versie desc))[1] is distinct from ${JSON.stringify(methode)}::jsonb
    returning methode_id as "methodeId", versie`.execute(tx)
  return rows[0]
}
