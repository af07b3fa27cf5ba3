import { sql } from 'kysely'
import type { Raakvraag } from '../../../platform/register/raakt.ts'
import { countRaakt } from './tellen.ts'

/**
 * Toewijzingen of a product that leaves the catalogue and that are paid on: they keep the last price it had there (ADR 27), on the days after
 * it on which a contract holds one for them. Who ends a product would else think that it stops with it. Of one of which only a version ends
 * nothing is said: that goes on as another.
 */
export const findUitloop: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      with r as materialized (
        select r.sleutel, r.sinds, r.wet, r.code, datemultirange(r.geldigheid) - datemultirange(daterange(null, max(upper(p.geldigheid)))) as erna
        from ${rijen} join contracten.product p on (p.wet, p.code) = (r.wet, r.code)
        where not r.gaat group by r.sleutel, r.sinds, r.wet, r.code, r.geldigheid having not bool_or(upper_inf(p.geldigheid))
      )
      select r.sleutel, false as gaat, r.sinds, d.gemeente, d.aanbieder_id as aanbieder, r.wet, r.code, d.product_id as product,
        null::integer as segment, null::integer as tarief, '{}'::datemultirange as leeg, r.erna * range_agg(d.dagen) as dagen,
        null::datemultirange as weg
      from r join contracten.product p on (p.wet, p.code) = (r.wet, r.code) join contracten.prijsdagen d using (product_id)
      where r.erna && d.dagen
      group by r.sleutel, r.sinds, r.erna, r.wet, r.code, d.gemeente, d.aanbieder_id, d.product_id`,
    // Counted as what leans on the product itself: a municipality at a time.
    { deel: sql`dense_rank() over (order by q.sleutel)`, naam: NAAM },
  )

const NAAM = [
  'toewijzing die haar laatste tarief houdt',
  'toewijzingen die hun laatste tarief houden',
] as const
