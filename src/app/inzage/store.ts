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

/** What a number that people know is called in the log: keys such as '0355.12'. */
export interface Onderwerpen {
  toewijzingen: string[]
  declaraties: string[]
}

/** Which toewijzingen and declaraties have this number, whoever may see them: only how the log names them. */
export async function findOnderwerpen(db: Db, onderwerp: string | undefined): Promise<Onderwerpen> {
  const gezocht = wordOf(onderwerp)
  const nummer = /^\d{1,9}$/.test(gezocht) ? Number(gezocht) : null
  const { rows } = await sql<Onderwerpen>`
    select array(select concat_ws('.', gemeente, id) from toegang.zoek_onderwerp(${nummer}::bigint)) as toewijzingen,
      array(select concat_ws('.', gemeente, id) from declaraties.zoek_onderwerp(${gezocht})) as declaraties`.execute(
    db,
  )
  return rows[0] ?? { toewijzingen: [], declaraties: [] }
}

const wordOf = (onderwerp: string | undefined) => (onderwerp ?? '').trim().slice(0, 100)

/** One thing stands in the log as its municipality and its id; more of them as a list of keys, lines with their own number behind it. */
function isAbout({ toewijzingen, declaraties }: Onderwerpen, sleutel: string): RawBuilder<unknown> {
  const een = (soort: string, sleutels: readonly string[]) =>
    sql`concat_ws('.', e.onderwerp ->> 'gemeente', e.onderwerp ->> ${sql.lit(soort)}) = any (${sleutels}::text[])`
  return sql.join(
    [
      een('toewijzing', [...toewijzingen, sleutel]),
      een('declaratie', [...declaraties, sleutel]),
      een('client', [sleutel]),
      sql`e.onderwerp -> 'toewijzingen' ?| ${toewijzingen}::text[]`,
      sql`jsonb_path_exists(e.onderwerp, '$.regels[*] ? (@ like_regex "^[0-9]+[.][0-9]+[.]")')
        and exists (select from jsonb_array_elements_text(e.onderwerp -> 'regels') regel
          where regexp_replace(regel, '[.][^.]*$', '') = any (${declaraties}::text[]))`,
    ],
    sql` or `,
  )
}

function conditions(
  { wie, actie, van, tot, onderwerp }: Lijstvraag['filter'],
  onderwerpen: Onderwerpen,
): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  if (wie) eisen.push(sql`e.wie = ${wie}`)
  if (actie) eisen.push(sql`e.actie = ${actie}`)
  if (van) eisen.push(sql`e.op >= ${van}::date`)
  if (tot) eisen.push(sql`e.op < ${tot}::date + 1`)
  const nummer = wordOf(onderwerp)
  if (nummer) {
    // An id stands in the log as text or as number.
    const zoek = JSON.stringify({
      tekst: nummer,
      getal: /^\d{1,15}$/.test(nummer) ? Number(nummer) : nummer,
    })
    const genoemd = sql`jsonb_path_exists(e.onderwerp, '$.** ? (@ == $tekst || @ == $getal)', ${zoek}::jsonb)`
    eisen.push(sql`(${genoemd} or ${isAbout(onderwerpen, nummer)})`)
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
    const waar = conditions(filter, await findOnderwerpen(db, filter.onderwerp))
    const richting = orde.richting === 'op' ? sql`asc` : sql`desc`
    const { rows } = await sql<Regel>`
      select e.gebeurtenis_id as id, e.op, e.wie, g.naam, e.rol, e.actie, e.grond,
             ${bestand ? sql`e.onderwerp::text` : KORT} as onderwerp, e.verzoek_id as "verzoekId"
      from ${VAN} left join platform.gebruiker g on 'gebruiker:' || g.gebruiker_id = e.wie
      where ${waar}
      order by ${VOLGORDE[orde.kolom]} ${richting}, e.gebeurtenis_id desc
      limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
    return rows
  },
  tel: async (db, { filter }) =>
    countWhere(db, VAN, conditions(filter, await findOnderwerpen(db, filter.onderwerp))),
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
