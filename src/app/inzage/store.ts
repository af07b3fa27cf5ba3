import { type RawBuilder, sql } from 'kysely'
import { countWhere, type Geteld, type Lijstlezer, type Lijstvraag } from '../../platform/db/lijst.ts'
import type { Db } from '../../platform/db/tables.ts'

export interface Regel {
  id: number
  op: Date
  wie: string
  /** Name of the user behind `wie`; null for a token or the system. */
  naam: string | null
  rol: string
  actie: string
  grond: string
  /** Shortened: one event may name thousands of ids. */
  onderwerp: string
  verzoekId: string
}

/** More ids than this are counted instead of listed on the page. */
const MEESTE_NUMMERS = 3

const VAN = sql`platform.gebeurtenis e`

function conditions({ wie, actie, van, tot, onderwerp }: Lijstvraag['filter']): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  if (wie) eisen.push(sql`e.wie = ${wie}`)
  if (actie) eisen.push(sql`e.actie = ${actie}`)
  if (van) eisen.push(sql`e.op >= ${van}::date`)
  if (tot) eisen.push(sql`e.op < ${tot}::date + 1`)
  const nummer = onderwerp?.trim().slice(0, 100)
  if (nummer) {
    // An id stands in the log as text or as number.
    const zoek = JSON.stringify({
      tekst: nummer,
      getal: /^\d{1,15}$/.test(nummer) ? Number(nummer) : nummer,
    })
    eisen.push(sql`jsonb_path_exists(e.onderwerp, '$.** ? (@ == $tekst || @ == $getal)', ${zoek}::jsonb)`)
  }
  return sql.join(eisen, sql` and `)
}

const KORT = sql`(
  select coalesce(jsonb_object_agg(soort, case
    when jsonb_typeof(nummers) = 'array' and jsonb_array_length(nummers) > ${MEESTE_NUMMERS}
    then to_jsonb(jsonb_array_length(nummers) || ' stuks') else nummers end), '{}')::text
  from jsonb_each(e.onderwerp) as deel (soort, nummers))`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  op: sql`e.op`,
  wie: sql`e.wie`,
  actie: sql`e.actie`,
}

/** Events of the log; a file gives the subject in full. */
export const GEBEURTENISSEN: Lijstlezer<Regel, Geteld> = {
  volgorde: Object.keys(VOLGORDE),
  async rijen(db, { filter, orde, bestand }, deel) {
    const richting = orde.richting === 'op' ? sql`asc` : sql`desc`
    const { rows } = await sql<Regel>`
      select e.gebeurtenis_id as id, e.op, e.wie, g.naam, e.rol, e.actie, e.grond,
             ${bestand ? sql`e.onderwerp::text` : KORT} as onderwerp, e.verzoek_id as "verzoekId"
      from ${VAN} left join platform.gebruiker g on 'gebruiker:' || g.gebruiker_id = e.wie
      where ${conditions(filter)}
      order by ${VOLGORDE[orde.kolom]} ${richting}, e.gebeurtenis_id desc
      limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
    return rows
  },
  tel: (db, { filter }) => countWhere(db, VAN, conditions(filter)),
}

/** The actions and users that occur, for the filters. */
export async function listKeuzes(db: Db) {
  const acties = await sql<{ waarde: string; naam: string }>`
    select distinct actie as waarde, actie as naam from platform.gebeurtenis order by actie`.execute(db)
  const gebruikers = await sql<{ waarde: string; naam: string }>`
    select 'gebruiker:' || gebruiker_id as waarde, naam || ' (' || organisatie || ')' as naam
    from platform.gebruiker order by naam`.execute(db)
  return { acties: acties.rows, gebruikers: gebruikers.rows }
}

/** The moment of the last seal; everything of finished transactions before it is covered. */
export async function findLaatsteZegel(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ op: Date }>`
    select op from platform.zegel order by zegel_id desc limit 1`.execute(db)
  return rows[0]?.op
}
