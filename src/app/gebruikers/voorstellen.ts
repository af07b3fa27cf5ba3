import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/tables.ts'
import type { Gegevens } from './velden.ts'
import type { Anderen } from './vierogen.ts'

/** New rights that wait for a second beheerder. */
export interface Voorstel {
  voorstelId: number
  /** Null for somebody who is not a user yet. */
  gebruikerId: number | null
  versie: number
  gegevens: Gegevens
  /** Nothing but how this user gets in. */
  alleenLogin: boolean
  door: number
  doorNaam: string
  op: Date
}

const KOLOMMEN = sql`v.voorstel_id as "voorstelId", v.gebruiker_id as "gebruikerId", v.versie, v.gegevens,
  v.alleen_login as "alleenLogin", v.door,
  d.naam as "doorNaam", v.op`

/** Everything that waits, the oldest first. */
export async function listVoorstellen(db: Db): Promise<Voorstel[]> {
  const { rows } = await sql<Voorstel>`
    select ${KOLOMMEN} from platform.gebruiker_voorstel v join platform.gebruiker d on d.gebruiker_id = v.door
    where v.besluit is null order by v.voorstel_id`.execute(db)
  return rows
}

/** What waits under this number; undefined also when it was decided already. `lock`: to decide on it. */
export async function findVoorstel(db: Db, id: number, lock = false): Promise<Voorstel | undefined> {
  const { rows } = await sql<Voorstel>`
    select ${KOLOMMEN} from platform.gebruiker_voorstel v join platform.gebruiker d on d.gebruiker_id = v.door
    where v.voorstel_id = ${id} and v.besluit is null ${lock ? sql`for update of v` : sql``}`.execute(db)
  return rows[0]
}

/** Keeps a question for new rights; an older one about the same user lapses. */
export async function insertVoorstel(
  tx: Tx,
  doel: { id: number; versie: number } | null,
  { gegevens, alleenLogin, door }: Pick<Voorstel, 'gegevens' | 'alleenLogin' | 'door'>,
): Promise<number> {
  if (doel) await lapseVoorstellen(tx, doel.id)
  const { rows } = await sql<{ id: number }>`
    insert into platform.gebruiker_voorstel (gebruiker_id, versie, gegevens, alleen_login, door)
    values (${doel?.id ?? null}, ${doel?.versie ?? 0}, ${JSON.stringify(gegevens)}::jsonb, ${alleenLogin}, ${door})
    returning voorstel_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** What waits about this user no longer fits: something else was changed. */
export async function lapseVoorstellen(tx: Tx, gebruikerId: number): Promise<void> {
  await sql`update platform.gebruiker_voorstel set besluit = 'vervallen', besloten_op = now()
    where gebruiker_id = ${gebruikerId} and besluit is null`.execute(tx)
}

export async function closeVoorstel(
  tx: Tx,
  id: number,
  besluit: 'bevestigd' | 'afgewezen' | 'vervallen',
  door: number,
): Promise<void> {
  await sql`update platform.gebruiker_voorstel set besluit = ${besluit}, besloten_door = ${door}, besloten_op = now()
    where voorstel_id = ${id} and besluit is null`.execute(tx)
}

/** How many wait. */
export async function countVoorstellen(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from platform.gebruiker_voorstel where besluit is null`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * Which beheerders there are besides `asker`. Users of the demonstration count only for each other. Whom a change is about
 * counts too: else each of two could take over the other alone.
 */
export async function findAnderen(db: Db, asker: number): Promise<Anderen> {
  const { rows } = await sql<Anderen>`
    with ander as (
      select g.gebruiker_id, g.rol = 'beheerder' and g.actief as nu
      from platform.gebruiker g join platform.gebruiker ik on ik.gebruiker_id = ${asker}
      where g.gebruiker_id <> ${asker} and g.demonstratie = ik.demonstratie),
    stand as (
      select gebruiker_id, rol = 'beheerder' and actief as was,
        lead(vanaf) over (partition by gebruiker_id order by stand_id) as tot
      from platform.gebruiker_stand)
    select
      (select count(*) from ander where nu) as aantal,
      (select max(s.tot) from stand s join ander using (gebruiker_id) where s.was and not ander.nu) as "laatsteWeg"`.execute(
    db,
  )
  return rows[0] ?? { aantal: 0, laatsteWeg: null }
}

/** How many beheerders neither asked for this nor get it. */
export async function countDerden(db: Db, { door, gebruikerId }: Voorstel): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from platform.gebruiker g join platform.gebruiker d on d.gebruiker_id = ${door}
    where g.rol = 'beheerder' and g.actief and g.demonstratie = d.demonstratie
      and g.gebruiker_id <> ${door} and g.gebruiker_id is distinct from ${gebruikerId}`.execute(db)
  return rows[0]?.n ?? 0
}
