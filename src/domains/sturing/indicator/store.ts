import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Optelling, Venster } from './rules.ts'

/** Which part of the care: segments (null: all) and municipality (null: all that the asker may see). */
export interface Deel {
  segmenten: readonly number[] | null
  gemeente: string | null
}

/**
 * The sums of many parts over one window in one query, in the order of `delen`: the cells are read once, and each part
 * adds up what it needs of them. Inhabitants are 0, not known, when one of the municipalities with spend has none on record.
 */
export async function listOptellingen(
  db: Db,
  delen: readonly Deel[],
  { vanaf, tot }: Venster,
  metClienten: boolean,
): Promise<Optelling[]> {
  const { rows } = await sql<Optelling & { nr: number }>`
    with vraag as (
      select nr, gemeente, segmenten
      from jsonb_to_recordset(${JSON.stringify(delen.map((deel, nr) => ({ nr, ...deel })))}::jsonb)
        as v(nr integer, gemeente text, segmenten integer[])),
    cel as materialized (
      select gemeente, segment_id, aanbieder_id, extract(year from maand)::integer as jaar,
             sum(bedrag)::bigint as bedrag, sum(regels)::bigint as regels
      from sturing.maandcijfer where maand between ${vanaf}::date and ${tot}::date group by 1, 2, 3, 4),
    maanden as (
      select extract(year from m)::integer as jaar, count(*) as aantal
      from generate_series(${vanaf}::date, ${tot}::date, interval '1 month') m group by 1),
    geldig as materialized (
      select distinct on (p.gemeente, p.segment_id, p.jaar) p.gemeente, p.segment_id, p.jaar,
             round(p.bedrag::numeric * m.aantal / 12) as bedrag
      from contracten.budgetplafond p join maanden m using (jaar)
      order by p.gemeente, p.segment_id, p.jaar, p.versie desc),
    inwoners as (
      select gemeente, sum(aantal) as aantal from contracten.inwonertal i
      where jaar = (select max(jaar) from contracten.inwonertal j
                    where j.gemeente = i.gemeente and j.jaar <= extract(year from ${tot}::date))
      group by 1),
    onbekend as materialized (
      select distinct gemeente, segment_id from cel where gemeente not in (select gemeente from inwoners)),
    per_aanbieder as (
      select v.nr, c.aanbieder_id, sum(c.bedrag) as bedrag, sum(c.regels) as regels,
             row_number() over (partition by v.nr order by sum(c.bedrag) desc) as plek
      from vraag v join cel c on (v.gemeente is null or c.gemeente = v.gemeente)
        and (v.segmenten is null or c.segment_id = any (v.segmenten))
      group by 1, 2)
    select v.nr,
      coalesce((select sum(a.bedrag) from per_aanbieder a where a.nr = v.nr), 0)::bigint as bedrag,
      coalesce((select sum(a.regels) from per_aanbieder a where a.nr = v.nr), 0)::bigint as regels,
      coalesce((select sum(a.bedrag) from per_aanbieder a where a.nr = v.nr and a.plek <= 5), 0)::bigint as "topVijf",
      case when exists (select from onbekend o where (v.gemeente is null or o.gemeente = v.gemeente)
          and (v.segmenten is null or o.segment_id = any (v.segmenten))) then 0
        else coalesce((select sum(i.aantal) from inwoners i where v.gemeente is null or i.gemeente = v.gemeente), 0)
      end::bigint as inwoners,
      coalesce((select sum(c.bedrag) from cel c join geldig g using (gemeente, segment_id, jaar)
        where (v.gemeente is null or c.gemeente = v.gemeente)
          and (v.segmenten is null or c.segment_id = any (v.segmenten))), 0)::bigint as "onderPlafond",
      coalesce((select sum(g.bedrag) from geldig g where (v.gemeente is null or g.gemeente = v.gemeente)
          and (v.segmenten is null or g.segment_id = any (v.segmenten))), 0)::bigint as plafond,
      case when ${metClienten}::boolean then sturing.unieke_clienten_tussen(${vanaf}::date, ${tot}::date, v.gemeente,
        v.segmenten) else 0 end as clienten
    from vraag v order by v.nr`.execute(db)
  return rows.map(({ nr, ...optelling }) => optelling)
}

export interface Maandbedrag {
  /** First day of the month in which care was given. */
  maand: Datum
  bedrag: Eurocent
}

/** Spend per month; months without figures are absent. */
export async function listMaandbedragen(db: Db, deel: Deel, venster: Venster): Promise<Maandbedrag[]> {
  const { rows } = await sql<Maandbedrag>`
    select maand, sum(bedrag)::bigint as bedrag from sturing.maandcijfer
    where maand between ${venster.vanaf}::date and ${venster.tot}::date
      and (${deel.gemeente}::text is null or gemeente = ${deel.gemeente})
      and (${deel.segmenten}::integer[] is null or segment_id = any (${deel.segmenten}::integer[]))
    group by maand order by maand`.execute(db)
  return rows
}

/** When the figures last changed; null without figures. */
export async function findBijgewerkt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ op: Date | null }>`
    select max(bijgewerkt_op) as op from sturing.maandcijfer`.execute(db)
  return rows[0]?.op ?? null
}
