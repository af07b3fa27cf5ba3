import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Plafondstand } from './rules.ts'

/**
 * The ceilings of one provider, each as it was decided last, with what was approved of care in that year; what hangs under a segment
 * counts in it.
 */
export async function listPlafondstanden(db: Db, aanbiederId: number): Promise<Plafondstand[]> {
  const { rows } = await sql<Plafondstand>`
    with plafond as (
      select distinct on (segment_id, gemeente, jaar) segment_id, gemeente, jaar, bedrag, vastgesteld_op
      from contracten.aanbiederplafond where aanbieder_id = ${aanbiederId}
      order by segment_id, gemeente, jaar, versie desc
    ), besteed as (
      select k.boven_id, m.gemeente, extract(year from m.maand)::integer as jaar, sum(m.bedrag) as bedrag
      from contracten.segmentketen k join sturing.maandcijfer m using (segment_id)
      where m.aanbieder_id = ${aanbiederId} and k.boven_id in (select segment_id from plafond)
      group by 1, 2, 3
    )
    select p.jaar, g.naam as gemeente, s.naam as segment, p.bedrag, p.vastgesteld_op as "vastgesteldOp",
      coalesce(b.bedrag, 0)::bigint as besteed
    from plafond p join contracten.segment s using (segment_id) join contracten.gemeente g on g.code = p.gemeente
    left join besteed b on b.boven_id = p.segment_id and b.gemeente = p.gemeente and b.jaar = p.jaar
    order by p.jaar desc, s.volgorde, s.code, g.naam`.execute(db)
  return rows
}
