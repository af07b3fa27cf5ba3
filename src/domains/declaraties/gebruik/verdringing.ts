import { type RawBuilder, sql } from 'kysely'
import type { Komtvraag } from '../../../platform/register/raakt.ts'
import { paidBy, paidInVersions } from './prijzen.ts'
import { countRaakt } from './tellen.ts'

/* What comes can change what stands: prices that stay, and are not what is paid any more on days on which they were. */

/** How prices that come are found among what is paid. */
interface Verdringers {
  /** What changes, of rows as they stand or stood: `sleutel`, `sinds`, `contract_id`, `aanbieder` and what `raak` asks. */
  van: (rijen: RawBuilder<unknown>) => RawBuilder<unknown>
  /** Whether a price that is paid (`d`) is of such a row (`k`). */
  raak: RawBuilder<unknown>
  /** The days on which these were paid before: `contract_id`, `gemeente`, `product_id`, `dagen`. */
  stond: (rijen: RawBuilder<unknown>) => RawBuilder<unknown>
  hoe: 'tarief' | 'contract'
}

/**
 * The days on which a price that comes takes the place of one that stays, at another amount: on one day the lowest `rang` counts, and of
 * that the oldest contract (`prijsdagen`). So does a price after the catalogue that of the last day in it. What changed itself is no
 * price that stays: what it lost is asked by what leans on it.
 */
const findVerdrongen =
  ({ van, raak, stond, hoe }: Verdringers): Komtvraag =>
  (db, rijen, eerst) =>
    countRaakt(
      db,
      sql`
      with k as materialized (${van(rijen)}), was as materialized (${van(eerst)}), had as materialized (
        -- Not looked at where nothing comes that could take a place.
        select contract_id, gemeente, product_id, range_agg(dagen) as dagen from (${stond(eerst)}) s where exists (select from k)
        group by 1, 2, 3
      ), d as materialized (
        select d.*, p.wet, p.code, p.segment_id from contracten.prijsdagen d join contracten.product p using (product_id)
        where d.aanbieder_id = any (array(select distinct aanbieder from k))
      ), hoog as materialized (
        select k.sleutel, k.sinds, d.*, datemultirange(d.dagen) - coalesce(h.dagen, '{}') as erbij
        from k join d on ${raak}
        left join had h on (h.contract_id, h.gemeente, h.product_id) = (d.contract_id, d.gemeente, d.product_id)
      )
      select h.sleutel, false as gaat, h.sinds, h.gemeente, h.aanbieder_id as aanbieder, h.wet, h.code, h.product_id as product,
        h.segment_id as segment, d.tarief, '{}'::datemultirange as leeg, x.dagen, x.dagen as weg,
        false as geen
      from hoog h join d using (aanbieder_id, gemeente, product_id)
      cross join lateral (select h.erbij * datemultirange(d.dagen) as dagen) x
      where d.tarief <> h.tarief and (h.rang, h.contract_id) < (d.rang, d.contract_id) and not isempty(x.dagen)
        and not exists (select from was k where ${raak})`,
      { hoe },
    )

/** Prices that stay, where another comes that counts before them. */
export const findTariefverdringing = findVerdrongen({
  // One within the catalogue stands beside no other (`strijdig`).
  van: rijen => sql`
    select r.sleutel, r.sinds, c.contract_id, c.aanbieder_id as aanbieder, r.wet, r.product as code, lower(r.geldigheid) as vanaf
    from ${rijen} join contracten.contract c on c.nummer = r.contract
    where exists (select from contracten.product p where (p.wet, p.code) = (r.wet, r.product)
      and upper(p.geldigheid) <= coalesce(upper(r.geldigheid), 'infinity'))`,
  raak: sql`(d.contract_id, d.wet, d.code, d.vanaf) = (k.contract_id, k.wet, k.code, k.vanaf)`,
  stond: rijen =>
    sql`select contract_id, gemeente, product_id, unnest(dagen) as dagen from (${paidBy(rijen)}) p`,
  hoe: 'tarief',
})

/** The same where a version comes, or one becomes longer or gets more municipalities or segments. */
export const findContractverdringing = findVerdrongen({
  van: rijen => sql`
    select r.sleutel, r.sinds, c.contract_id, c.aanbieder_id as aanbieder, lower(r.geldigheid) as versie
    from ${rijen} join contracten.contract c on c.nummer = r.nummer`,
  raak: sql`(d.contract_id, d.versie) = (k.contract_id, k.versie)`,
  stond: rijen => sql`
    select contract_id, gemeente, product_id, unnest(dagen) as dagen from (${paidInVersions(
      rijen,
      sql`select contract_id, wet, code, tarief, geldigheid from contracten.tarief`,
    )}) v`,
  hoe: 'contract',
})
