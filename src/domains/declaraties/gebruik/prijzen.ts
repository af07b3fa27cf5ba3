import { type RawBuilder, sql } from 'kysely'

/* Prices on the days on which they are paid, as parts of the questions of what leans on them. */

/** Prices on the days on which they were paid (`prijsdagen`), before: of each product, in each municipality. */
interface Prijzen {
  /** `sleutel`, `gaat`, `sinds`, `contract_id`, `aanbieder`, `gemeente`, `product_id`, `wet`, `code`, `segment`, `tarief`, `dagen`. */
  stond: RawBuilder<unknown>
  /** Whether what stands (`d`, a row of `prijsdagen`) goes with a row `q`. */
  gaat: RawBuilder<unknown>
}

/**
 * The same with what is left of them: days on which none holds any more (`leeg`), or none at that amount (`weg`). What stands is read of
 * each provider at once: a file changes hundreds of contracts.
 */
export const lostPrices = ({ stond, gaat }: Prijzen) => sql`
  with stond as materialized (
    select row_number() over () as rij, s.* from (${stond}) s
  ), gaan as materialized (
    select * from stond where gaat
  ), nu as materialized (
    select d.aanbieder_id as aanbieder, d.gemeente, d.product_id, d.rang, d.tarief, range_agg(d.dagen) as dagen
    from contracten.prijsdagen d
    where d.aanbieder_id = any (array(select distinct aanbieder from stond))
      and not exists (select from gaan q where ${gaat})
    group by 1, 2, 3, 4, 5
  ), blijft as materialized (
    select q.rij,
      range_agg(n.dagen) as elk,
      coalesce(range_agg(n.dagen) filter (where n.rang = 1), '{}') as vast,
      coalesce(range_agg(n.dagen) filter (where n.rang = 1 and n.tarief = q.tarief), '{}') as zelfde,
      coalesce(range_agg(n.dagen) filter (where n.rang = 2 and n.tarief = q.tarief), '{}') as nog
    from stond q join nu n using (aanbieder, gemeente, product_id) group by q.rij
  ), over as materialized (
    select q.*, q.dagen - coalesce(b.elk, '{}') as leeg, q.dagen - coalesce(b.zelfde + (b.nog - b.vast), '{}') as weg
    from stond q left join blijft b using (rij)
  )
  select * from over where not isempty(weg)`

/**
 * The days on which prices are paid in their contracts as these stand. Only where the provider has any toewijzing at all: there it is worth
 * looking what else holds.
 */
export const paidBy = (rijen: RawBuilder<unknown>) => sql`
    with v as materialized (
      select r.sleutel, r.gaat, r.sinds, c.contract_id, c.aanbieder_id as aanbieder, r.wet, r.product as code, r.tarief, r.geldigheid
      from ${rijen} join contracten.contract c on c.nummer = r.contract)
    select v.*, n.gemeente, p.product_id, p.segment_id as segment, range_agg(d.dagen) as dagen
    from declaraties.tel_raakt((select jsonb_agg(jsonb_build_object('nr', aanbieder, 'aanbieder', aanbieder, 'dagen', '{(,)}', 'leeg', '{}'))
      from (select distinct aanbieder from v) a)) n
    join v on v.aanbieder = n.nr join contracten.product p on ${inUnit(sql`v`)}
    join contracten.contractversie c using (contract_id)
    join contracten.contract_gemeente g using (contract_id, begin, gemeente)
    cross join lateral ${paidOn(
      sql`v.geldigheid`,
      sql`c.geldigheid`,
      sql`exists (
      select from contracten.contract_segment s join contracten.segmentketen k on k.boven_id = s.segment_id
      join contracten.product e on e.segment_id = k.segment_id
      where (s.contract_id, s.begin) = (c.contract_id, c.begin) and (e.wet, e.code) = (p.wet, p.code))`,
    )} d
    group by v.sleutel, v.gaat, v.sinds, v.contract_id, v.aanbieder, v.wet, v.code, v.tarief, v.geldigheid, n.gemeente, p.product_id`

/** Product `p` as a price knows it: of its code, in the unit for which it was agreed. */
const inUnit = (prijs: RawBuilder<unknown>) => sql`(p.wet, p.code) = (${prijs}.wet, ${prijs}.code) and (
      p.geldigheid @> lower(${prijs}.geldigheid)
      or p.eenheid = contracten.eenheid_op(${prijs}.wet, ${prijs}.code, lower(${prijs}.geldigheid)))`

/** The days on which a price is paid for product `p` in one version of its contract, also once it left the catalogue. */
const paidOn = (prijs: RawBuilder<unknown>, versie: RawBuilder<unknown>, gedekt: RawBuilder<unknown>) => sql`(
  select dagen from (
    select ${prijs} * ${versie} as dagen
    union all
    select contracten.naloop(${prijs}, p.geldigheid, ${versie}) where upper(p.geldigheid) is not null and ${gedekt}) x
  where not isempty(dagen))`

/** Each price of contracts on the days on which it is paid in their versions. `prijzen`: `contract_id`, `wet`, `code`, `tarief`, `geldigheid`. */
export const paidInVersions = (rijen: RawBuilder<unknown>, prijzen: RawBuilder<unknown>) => sql`
    select r.sleutel, r.gaat, r.sinds, c.contract_id, c.aanbieder_id as aanbieder, gm.gemeente, p.product_id, p.wet, p.code,
      p.segment_id as segment, t.tarief, lower(r.geldigheid) as versie, range_agg(d.dagen) as dagen
    from ${rijen} join contracten.contract c using (nummer) cross join unnest(r.gemeenten) as gm (gemeente)
    join (${prijzen}) t using (contract_id) join contracten.product p on ${inUnit(sql`t`)}
    cross join lateral ${paidOn(
      sql`t.geldigheid`,
      sql`r.geldigheid`,
      sql`exists (
      select from contracten.product e join contracten.segmentketen k using (segment_id)
      join contracten.segment s on s.segment_id = k.boven_id
      where (e.wet, e.code) = (p.wet, p.code) and s.code = any (r.segmenten))`,
    )} d
    group by r.sleutel, r.gaat, r.sinds, c.contract_id, c.aanbieder_id, gm.gemeente, p.product_id, t.tarief, r.geldigheid`
