import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../platform/dates.ts'
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

export interface Filter {
  wie: string | null
  actie: string | null
  van: Datum | null
  tot: Datum | null
  /** An id that occurs in the subject, exactly. */
  onderwerp: string | null
}

/** More ids than this are counted instead of listed on the page. */
const MEESTE_NUMMERS = 3

function conditions({ wie, actie, van, tot, onderwerp }: Filter): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  if (wie !== null) eisen.push(sql`e.wie = ${wie}`)
  if (actie !== null) eisen.push(sql`e.actie = ${actie}`)
  if (van !== null) eisen.push(sql`e.op >= ${van}::date`)
  if (tot !== null) eisen.push(sql`e.op < ${tot}::date + 1`)
  if (onderwerp !== null) {
    // An id stands in the log as text or as number.
    const zoek = JSON.stringify({
      tekst: onderwerp,
      getal: /^\d{1,15}$/.test(onderwerp) ? Number(onderwerp) : onderwerp,
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
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

/** Events of the log; `heel` gives the subject in full, for an export. */
export async function listGebeurtenissen(
  db: Db,
  filter: Filter,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
  heel = false,
): Promise<Regel[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`e.op`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const onderwerp = heel ? sql`e.onderwerp::text` : KORT
  const { rows } = await sql<Regel>`
    select e.gebeurtenis_id as id, e.op, e.wie, g.naam, e.rol, e.actie, e.grond, ${onderwerp} as onderwerp,
           e.verzoek_id as "verzoekId"
    from platform.gebeurtenis e
    left join platform.gebruiker g on 'gebruiker:' || g.gebruiker_id = e.wie
    where ${conditions(filter)}
    order by ${kolom} ${richting}, e.gebeurtenis_id desc limit ${deel.aantal} offset ${deel.vanaf}`.execute(
    db,
  )
  return rows
}

export async function countGebeurtenissen(db: Db, filter: Filter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from platform.gebeurtenis e where ${conditions(filter)}`.execute(db)
  return rows[0]?.n ?? 0
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
