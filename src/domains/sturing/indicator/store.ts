import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Optelling, Venster } from './rules.ts'

/** Which part of the care: segments (null: all) and municipality (null: all that the asker may see). */
export interface Deel {
  segmenten: readonly number[] | null
  gemeente: string | null
  /** Whether its persons are counted; what is not asked, is not counted, and 0. */
  metClienten: boolean
}

/** In which window a month falls, decided row by row: a join would read every month once per window. */
function vensterVan(vensters: readonly Venster[]) {
  const gevallen = vensters.map(
    ({ vanaf, tot }, w) => sql`when maand between ${vanaf}::date and ${tot}::date then ${w}::integer`,
  )
  return sql`case ${sql.join(gevallen, sql` `)} end`
}

/**
 * The sums of many parts over several windows: per window, in the order of `delen`. The months are read once,
 * and each part adds up what it needs of them. Inhabitants are 0, not known, when one of the municipalities with spend has
 * none on record. Throws RangeError for windows that overlap: a month falls in one of them.
 */
export async function listOptellingen(
  db: Db,
  delen: readonly Deel[],
  vensters: readonly Venster[],
): Promise<Optelling[][]> {
  const opVolgorde = vensters.toSorted((a, b) => (a.vanaf < b.vanaf ? -1 : 1))
  if (opVolgorde.some((venster, i) => venster.vanaf <= (opVolgorde[i - 1]?.tot ?? '')))
    throw new RangeError('windows overlap')
  const { rows } = await sql<Omit<Optelling, 'clienten'> & { nr: number; w: number }>`
    with vraag as (
      select nr, gemeente, segmenten
      from jsonb_to_recordset(${JSON.stringify(delen.map((deel, nr) => ({ nr, ...deel })))}::jsonb)
        as v(nr integer, gemeente text, segmenten integer[])),
    venster (w, vanaf, tot) as (values ${sql.join(vensters.map(({ vanaf, tot }, w) => sql`(${w}::integer, ${vanaf}::date, ${tot}::date)`))}),
    maanden as (
      select w, extract(year from m)::integer as jaar, count(*) as aantal
      from venster, generate_series(vanaf, tot, interval '1 month') m group by 1, 2),
    geldig as materialized (
      select distinct on (m.w, p.gemeente, p.segment_id, p.jaar) m.w, p.gemeente, p.segment_id, p.jaar,
             round(p.bedrag::numeric * m.aantal / 12) as bedrag
      from contracten.budgetplafond p join maanden m using (jaar)
      order by m.w, p.gemeente, p.segment_id, p.jaar, p.versie desc),
    cel as materialized (
      select c.w, c.gemeente, c.segment_id, c.aanbieder_id, sum(c.bedrag)::bigint as bedrag,
             sum(c.regels)::bigint as regels,
             coalesce(sum(c.bedrag) filter (where g.bedrag is not null), 0)::bigint as onder_plafond
      from (select ${vensterVan(vensters)} as w, gemeente, segment_id, aanbieder_id,
                   extract(year from maand)::integer as jaar, sum(bedrag)::bigint as bedrag, sum(regels) as regels
            from sturing.maandcijfer
            where maand between ${vensters.map(v => v.vanaf).sort()[0]}::date and ${vensters
              .map(v => v.tot)
              .sort()
              .at(-1)}::date
            group by 1, 2, 3, 4, 5) c
      left join geldig g using (w, gemeente, segment_id, jaar)
      group by 1, 2, 3, 4),
    inwoners as materialized (
      select distinct on (w, gemeente) w, gemeente, aantal
      from venster, (select gemeente, jaar, sum(aantal) as aantal from contracten.inwonertal group by 1, 2) i
      where jaar <= extract(year from tot) order by w, gemeente, jaar desc),
    onbekend as materialized (
      select distinct w, gemeente, segment_id from cel where (w, gemeente) not in (select w, gemeente from inwoners)),
    per_aanbieder as (
      select c.w, v.nr, sum(c.bedrag)::bigint as bedrag, sum(c.regels)::bigint as regels,
             sum(c.onder_plafond)::bigint as onder_plafond,
             row_number() over (partition by c.w, v.nr order by sum(c.bedrag) desc) as plek
      from vraag v join cel c on (v.gemeente is null or c.gemeente = v.gemeente)
        and (v.segmenten is null or c.segment_id = any (v.segmenten))
      group by c.w, v.nr, c.aanbieder_id),
    som as (
      select w, nr, sum(bedrag) as bedrag, sum(regels) as regels, sum(onder_plafond) as onder_plafond,
             sum(bedrag) filter (where plek <= 5) as top_vijf
      from per_aanbieder group by 1, 2)
    select w, v.nr, coalesce(s.bedrag, 0)::bigint as bedrag, coalesce(s.regels, 0)::bigint as regels,
      coalesce(s.top_vijf, 0)::bigint as "topVijf",
      case when exists (select from onbekend o where o.w = e.w and (v.gemeente is null or o.gemeente = v.gemeente)
          and (v.segmenten is null or o.segment_id = any (v.segmenten))) then 0
        else coalesce((select sum(i.aantal) from inwoners i
          where i.w = e.w and (v.gemeente is null or i.gemeente = v.gemeente)), 0)
      end::bigint as inwoners,
      coalesce(s.onder_plafond, 0)::bigint as "onderPlafond",
      coalesce((select sum(g.bedrag) from geldig g where g.w = e.w and (v.gemeente is null or g.gemeente = v.gemeente)
          and (v.segmenten is null or g.segment_id = any (v.segmenten))), 0)::bigint as plafond
    from vraag v cross join venster e left join som s using (w, nr) order by w, v.nr`.execute(db)
  const clienten = await countPersonen(db, delen, vensters)
  return vensters.map((_, nummer) =>
    rows
      .filter(({ w }) => w === nummer)
      .map(({ nr, w, ...optelling }) => ({ ...optelling, clienten: clienten.get(`${w} ${nr}`) ?? 0 })),
  )
}

/** Distinct persons per window and part that asks for them, under "window part"; a part without persons is absent. */
async function countPersonen(
  db: Db,
  delen: readonly Deel[],
  vensters: readonly Venster[],
): Promise<Map<string, number>> {
  const geteld = delen.flatMap(({ metClienten, ...deel }, nr) => (metClienten ? [{ nr, ...deel }] : []))
  if (geteld.length === 0) return new Map()
  const { rows } = await sql<{ w: number; nr: number; aantal: number }>`
    select w, nr, aantal from sturing.tel_delen(${JSON.stringify(geteld)}::jsonb,
      ${vensters.map(v => v.vanaf)}::date[], ${vensters.map(v => v.tot)}::date[])`.execute(db)
  return new Map(rows.map(({ w, nr, aantal }) => [`${w} ${nr}`, aantal]))
}

export interface Maandbedrag {
  /** First day of the month in which care was given. */
  maand: Datum
  bedrag: Eurocent
}

/** Spend per month of each question, in one query; months without figures are absent. `nr`: its place among the questions. */
export async function listMaandbedragen(
  db: Db,
  vragen: readonly (Pick<Deel, 'segmenten' | 'gemeente'> & Venster)[],
): Promise<(Maandbedrag & { nr: number })[]> {
  const genummerd = vragen.map(({ segmenten, gemeente, vanaf, tot }, nr) => ({
    ...{ nr, segmenten, gemeente, vanaf, tot },
  }))
  const { rows } = await sql<Maandbedrag & { nr: number }>`
    select v.nr, m.maand, sum(m.bedrag)::bigint as bedrag
    from jsonb_to_recordset(${JSON.stringify(genummerd)}::jsonb)
      as v (nr integer, segmenten integer[], gemeente text, vanaf date, tot date)
    join sturing.maandcijfer m on m.maand between v.vanaf and v.tot
      and (v.gemeente is null or m.gemeente = v.gemeente)
      and (v.segmenten is null or m.segment_id = any (v.segmenten))
    group by v.nr, m.maand order by v.nr, m.maand`.execute(db)
  return rows
}

/** When the figures last changed; null without figures. Found along an index per municipality, not by reading all rows. */
export async function findBijgewerkt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ op: Date | null }>`
    select max(m.op) as op from contracten.gemeente g, lateral (
      select c.bijgewerkt_op as op from sturing.maandcijfer c where c.gemeente = g.code
      order by c.bijgewerkt_op desc limit 1) m`.execute(db)
  return rows[0]?.op ?? null
}
