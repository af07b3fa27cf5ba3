import { type RawBuilder, sql } from 'kysely'
import { askRaakt, type Komtvraag, type Raakvraag } from '../../../platform/register/raakt.ts'
import { lostPrices, paidBy, paidInVersions } from './prijzen.ts'
import { countRaakt } from './tellen.ts'

/*
 * What leans on what a region puts in: toewijzingen and approved lines, of the whole region. Read once it is written, so that what ends
 * or begins in the place of a row counts. A question is a row of `sleutel`, `gaat`, `sinds` and what `declaraties.tel_raakt` asks.
 */

/** Days of prices on which there is none any more (`leeg`), or none at that amount (`dagen`). */
export const findTariefraakt: Raakvraag = async (db, rijen) => {
  const stond = paidBy(rijen)
  const gaat = sql`(d.contract_id, d.vanaf) = (q.contract_id, lower(q.geldigheid))`
  const { rows: uit } = await sql<{ sleutel: string }>`
    select r.sleutel from ${rijen} where r.gaat and r.geldigheid @> (
      select max(coalesce(upper(p.geldigheid), 'infinity')) - 1 from contracten.product p where (p.wet, p.code) = (r.wet, r.product))`.execute(
    db,
  )
  return countRaakt(
    db,
    sql`
      select q.sleutel, q.gaat, q.sinds, q.gemeente, q.aanbieder, q.wet, q.code, q.product_id as product, q.segment, q.tarief,
        q.leeg, q.weg as dagen, q.weg, not isempty(q.leeg) as geen
      from (${lostPrices({ stond, gaat })}) q`,
    { uitCatalogus: new Set(uit.map(({ sleutel }) => sleutel)) },
  )
}

/** Days of prices on which there was none before: what is toegewezen gets one. */
export const findTariefkomst: Komtvraag = (db, rijen, stond) =>
  countRaakt(
    db,
    sql`
      with komt as materialized (${paidBy(rijen)}), was as materialized (
        select d.aanbieder_id as aanbieder, d.gemeente, d.product_id, d.dagen from contracten.prijsdagen d
        where d.aanbieder_id = any (array(select distinct aanbieder from komt))
          and (d.contract_id, d.vanaf) not in (select contract_id, lower(geldigheid) from komt)
        union all
        select aanbieder, gemeente, product_id, unnest(dagen) from (${paidBy(stond)}) s
      ), voor as materialized (
        select aanbieder, gemeente, product_id, range_agg(dagen) as dagen from was group by 1, 2, 3
      )
      select k.sleutel, k.gaat, k.sinds, k.gemeente, k.aanbieder, k.wet, k.code, k.product_id as product, k.segment,
        null::integer as tarief, '{}'::datemultirange as leeg, n.dagen, null::datemultirange as weg
      from komt k left join voor v using (aanbieder, gemeente, product_id)
      cross join lateral (select k.dagen - coalesce(v.dagen, '{}') as dagen) n
      where not isempty(n.dagen)`,
    { naam: ['toewijzing die een tarief krijgt', 'toewijzingen die een tarief krijgen'] },
  )

/** Days, segments and municipalities for which no contract of the provider was there before. */
export const findContractkomst: Komtvraag = (db, rijen, stond) =>
  countRaakt(
    db,
    sql`
      with komt as materialized (
        select r.*, a.aanbieder_id as aanbieder_nr from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder
      ), keten as materialized (
        select k.segment_id, k.boven_id, s.code from contracten.segmentketen k join contracten.segment s on s.segment_id = k.boven_id
      ), was as materialized (
        select v.aanbieder_id as aanbieder_nr, g.gemeente, k.segment_id, v.geldigheid
        from contracten.contractversie v join contracten.contract c using (contract_id)
        join contracten.contract_segment s using (contract_id, begin) join keten k on k.boven_id = s.segment_id
        join contracten.contract_gemeente g using (contract_id, begin)
        where v.aanbieder_id = any (array(select distinct aanbieder_nr from komt))
          and (c.nummer, v.begin) not in (select nummer, lower(geldigheid) from komt)
        union all
        select a.aanbieder_id, gm.gemeente, k.segment_id, r.geldigheid
        from ${stond} join aanbieders.aanbieder a on a.agb = r.aanbieder cross join unnest(r.gemeenten) as gm (gemeente)
        join keten k on k.code = any (r.segmenten)
      ), voor as materialized (
        select aanbieder_nr, gemeente, segment_id, range_agg(geldigheid) as dagen from was group by 1, 2, 3
      )
      select distinct r.sleutel, r.gaat, r.sinds, gm.gemeente, r.aanbieder_nr as aanbieder, null as wet, null as code, null::integer as product,
        k.segment_id as segment, null::integer as tarief, '{}'::datemultirange as leeg, n.dagen, null::datemultirange as weg
      from komt r cross join unnest(r.gemeenten) as gm (gemeente) join keten k on k.code = any (r.segmenten)
      left join voor v on (v.aanbieder_nr, v.gemeente, v.segment_id) = (r.aanbieder_nr, gm.gemeente, k.segment_id)
      cross join lateral (select datemultirange(r.geldigheid) - coalesce(v.dagen, '{}') as dagen) n
      where not isempty(n.dagen)`,
    { naam: ['toewijzing die eronder gaat vallen', 'toewijzingen die eronder gaan vallen'] },
  )

/** Days of products on which the catalogue has none any more, or one that is something else. */
export const findProductraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, null as gemeente, null::integer as aanbieder, r.wet, r.code, null::integer as product,
        null::integer as segment, null::integer as tarief, datemultirange(r.geldigheid) - blijft.elk as leeg,
        datemultirange(r.geldigheid) - blijft.gelijk as dagen, datemultirange(r.geldigheid) - blijft.zelfde as weg
      from ${rijen} cross join lateral (
        select coalesce(range_agg(p.geldigheid), '{}') as elk,
          coalesce(range_agg(p.geldigheid) filter (where (p.categorie, p.eenheid, s.code) = (r.categorie, r.eenheid, r.segment)), '{}')
            as zelfde,
          coalesce(range_agg(p.geldigheid) filter (where (p.categorie, p.eenheid, s.code, p.variant, p.zwaarte, p.naam)
            = (r.categorie, r.eenheid, r.segment, r.variant, r.zwaarte, r.naam)), '{}') as gelijk
        from contracten.product p join contracten.segment s using (segment_id)
        where (p.wet, p.code) = (r.wet, r.code)
          and not (r.gaat and lower(p.geldigheid) = lower(r.geldigheid))) blijft
      union all
      -- And what began under a version that stays, at prices that begin on days on which the product now has another unit.
      select r.sleutel, r.gaat, r.sinds, null, t.aanbieder_id, r.wet, r.code, p.product_id, null, t.tarief, '{}', '{}',
        datemultirange(t.geldigheid)
      from ${rijen} join contracten.tarief t on (t.wet, t.code) = (r.wet, r.code) and r.geldigheid @> lower(t.geldigheid)
      join contracten.product p on (p.wet, p.code, p.eenheid) = (r.wet, r.code, r.eenheid)
      where contracten.eenheid_op(t.wet, t.code, lower(t.geldigheid)) <> r.eenheid`,
    { hoe: 'product' },
  )

/** The name of the municipality of a question, where it is that which leaves: its contract goes on without it. */
const leaving = (vraag: RawBuilder<unknown>) => sql`(
  select g.naam from contracten.gemeente g, r
  where g.code = ${vraag}.gemeente and r.sleutel = ${vraag}.sleutel
    and exists (
      select from contracten.contractversie v join contracten.contract c using (contract_id)
      where c.nummer = r.nummer and v.geldigheid && ${vraag}.weg)
    and not exists (
      select from contracten.contractversie v join contracten.contract c using (contract_id)
      join contracten.contract_gemeente m using (contract_id, begin)
      where c.nummer = r.nummer and v.geldigheid && ${vraag}.weg and m.gemeente = g.code))`

/**
 * Days, segments and municipalities for which no contract of the provider is left; and prices of the contract that no other holds on days on
 * which it did: what another contract covers without a price is not paid (TR418).
 */
export const findContractraakt: Raakvraag = (db, rijen, mee) => {
  // A contract that goes without prices on it was not what anything was paid by.
  const prijzen = sql`
    select c.contract_id, t.wet, t.code, t.tarief, t.geldigheid
    from contracten.contract c join contracten.tarief t using (contract_id)
    where c.nummer in (select r.nummer from ${rijen})
    ${mee ? sql`union all select c.contract_id, r.wet, r.product, r.tarief, r.geldigheid from ${mee} join contracten.contract c on c.nummer = r.contract` : sql``}`
  const stond = paidInVersions(rijen, prijzen)
  const gaat = sql`(d.contract_id, d.versie) = (q.contract_id, q.versie)`
  return countRaakt(
    db,
    sql`
      with r as materialized (
        select r.*, a.aanbieder_id as aanbieder_nr, exists (
          select from contracten.contractversie v join contracten.contract c using (contract_id)
          where c.nummer = r.nummer and v.begin <> lower(r.geldigheid)) as verder
        from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder
      ), keten as materialized (
        select k.segment_id, k.boven_id, s.code from contracten.segmentketen k join contracten.segment s on s.segment_id = k.boven_id
      ), gedekt as materialized (
        select v.aanbieder_id as aanbieder_nr, g.gemeente, k.segment_id, range_agg(v.geldigheid) as dagen
        from contracten.contractversie v join contracten.contract c using (contract_id)
        join contracten.contract_segment s using (contract_id, begin) join keten k on k.boven_id = s.segment_id
        join contracten.contract_gemeente g using (contract_id, begin)
        where v.aanbieder_id = any (array(select distinct aanbieder_nr from r))
          and not exists (select from r where r.gaat and (c.nummer, v.begin) = (r.nummer, lower(r.geldigheid)))
        group by 1, 2, 3
      ), onbedekt as materialized (
        select distinct r.sleutel, r.gaat, r.sinds, gm.gemeente, r.aanbieder_nr as aanbieder, k.segment_id as segment,
          datemultirange(r.geldigheid) - coalesce(d.dagen, '{}') as weg, r.verder
        from r cross join unnest(r.gemeenten) as gm (gemeente) join keten k on k.code = any (r.segmenten)
        left join gedekt d on (d.aanbieder_nr, d.gemeente, d.segment_id) = (r.aanbieder_nr, gm.gemeente, k.segment_id)
      )
      select o.sleutel, o.gaat, o.sinds, o.gemeente, o.aanbieder, null as wet, null as code, null::integer as product, o.segment,
        -- What goes while others of its contract stay is an ending: whoever leans on it was meant to.
        null::integer as tarief, case when o.gaat and o.verder then '{}' else o.weg end as leeg, o.weg as dagen, o.weg,
        true as geen, ${leaving(sql`o`)} as waar
      from onbedekt o where not isempty(o.weg)
      union all
      select q.sleutel, q.gaat, q.sinds, q.gemeente, q.aanbieder, q.wet, q.code, q.product_id, q.segment, q.tarief, '{}', d.dagen, d.dagen,
        d.dagen && q.leeg, ${leaving(sql`q`)}
      from (${lostPrices({ stond, gaat })}) q
      left join onbedekt o on (o.sleutel, o.gemeente, o.segment) = (q.sleutel, q.gemeente, q.segment)
      cross join lateral (select q.weg - coalesce(o.weg, '{}') as dagen) d
      where not isempty(d.dagen)`,
    { hoe: 'contract', deel: sql`dense_rank() over (order by q.sleutel, q.gemeente, q.segment)` },
  )
}

/** All of a segment that gets another law, name or place. */
export const findSegmentraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, null as gemeente, null::integer as aanbieder, null as wet, null as code, s.segment_id as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{(,)}'::datemultirange as dagen, null::datemultirange as weg
      from ${rijen} join contracten.segment s on s.code = r.code left join contracten.segment o on o.segment_id = s.ouder_id
      where (s.wet, s.naam, o.code) is distinct from (r.wet, r.naam, r.ouder)`,
  )

/** All of a municipality that gets another name. */
export const findGemeenteraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, r.code as gemeente, null::integer as aanbieder, null as wet, null as code, null::integer as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{(,)}'::datemultirange as dagen, null::datemultirange as weg
      from ${rijen}`,
  )

/** Toewijzingen of a provider that gets another name, and what is still to be paid to one that gets another account. */
export const findAanbiederraakt: Raakvraag = async (db, rijen) => {
  const toewijzingen = await countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, null as gemeente, a.aanbieder_id as aanbieder, null as wet, null as code, null::integer as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{(,)}'::datemultirange as dagen, null::datemultirange as weg
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.agb where a.naam <> r.naam`,
  )
  const betalingen = await askRaakt<{ sleutel: string; aantal: number; bedrag: number }>(
    db,
    sql`
    with r as (select r.sleutel, a.aanbieder_id from ${rijen} join aanbieders.aanbieder a on a.agb = r.agb
      where a.iban is distinct from r.iban)
    select r.sleutel, o.aantal::integer as aantal, o.bedrag::bigint as bedrag
    from declaraties.tel_openstaand((select array_agg(aanbieder_id) from r)) o join r using (aanbieder_id)`,
  )
  return [...toewijzingen, ...betalingen.map(rij => ({ ...rij, naam: BETALING, lijst: BETALINGEN }))]
}

const BETALING = ['betaling die nog openstaat', 'betalingen die nog openstaan'] as const
const BETALINGEN = { href: '/betalingen', recht: 'betalingen.lezen' } as const
