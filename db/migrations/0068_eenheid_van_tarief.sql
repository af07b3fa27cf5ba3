-- A price is for the unit that its product has on the first day of it. A product that is counted otherwise from a day has other prices from
-- then on: what was agreed per hour is not what a minute costs. What was assigned before that day keeps its unit and its last price in it.

-- The unit of a product on a day; before the catalogue knew it that of its first day after, and after it left that of its last.
create function contracten.eenheid_op(wet text, code text, dag date) returns text
language sql stable parallel safe set search_path = pg_catalog as $$
  select coalesce(
    (select p.eenheid from contracten.product p
     where p.wet = eenheid_op.wet and p.code = eenheid_op.code and coalesce(upper(p.geldigheid), 'infinity') > dag
     order by p.geldigheid limit 1),
    (select p.eenheid from contracten.product p
     where p.wet = eenheid_op.wet and p.code = eenheid_op.code order by p.geldigheid desc limit 1))
$$;
revoke execute on function contracten.eenheid_op from public;
grant execute on function contracten.eenheid_op to samenhang_app, samenhang_teller;

-- As in 0058, in one unit.
create or replace view contracten.prijsdagen with (security_invoker = true) as
select p.product_id, t.aanbieder_id, g.gemeente, t.contract_id, v.begin as versie, lower(t.geldigheid) as vanaf, t.tarief, d.rang, d.dagen
from contracten.product p
join contracten.tarief t on (t.wet, t.code) = (p.wet, p.code)
  and (p.geldigheid @> lower(t.geldigheid) or p.eenheid = contracten.eenheid_op(t.wet, t.code, lower(t.geldigheid)))
join contracten.contractversie v on v.contract_id = t.contract_id
join contracten.contract_gemeente g on (g.contract_id, g.begin) = (v.contract_id, v.begin)
cross join lateral (
  select 1 as rang, t.geldigheid * v.geldigheid as dagen
  union all
  select 2, contracten.naloop(t.geldigheid, p.geldigheid, v.geldigheid)
  where upper(p.geldigheid) is not null and exists (
    select from contracten.contract_segment s join contracten.segmentketen k on k.boven_id = s.segment_id
    join contracten.product e on e.segment_id = k.segment_id
    where (s.contract_id, s.begin) = (v.contract_id, v.begin) and (e.wet, e.code) = (p.wet, p.code))) d
where not isempty(d.dagen);

-- As in 0064, in one unit.
create or replace function contracten.list_ontbreekt(dag date)
returns table (soort text, contract_id integer, aanbieder_id integer, segment_id integer, gemeenten text[], wet text, code text,
  begin date, vanaf date, tarieven integer, toewijzingen integer, herstel_id integer, herstel_begin date,
  producten text[])
language sql stable security definer set search_path = pg_catalog as $$
  with boven as materialized (
    select k.segment_id, k.boven_id from contracten.segmentketen k
  ), koopbaar as materialized (
    -- What only holds other segments is bought through those.
    select s.segment_id, s.wet from contracten.segment s
    where not exists (select from contracten.segment k where k.ouder_id = s.segment_id)
      or exists (select from contracten.product p where p.segment_id = s.segment_id and p.geldigheid @> dag)
  ), straks (dagen) as (
    -- What ends on the last of these days is missing the day after.
    select daterange(dag, (dag + interval '6 months')::date + 1, '[]')
  ), versie as materialized (
    select v.contract_id, v.aanbieder_id, v.begin, v.geldigheid from contracten.contractversie v, straks
    where v.geldigheid && straks.dagen
  ), dekking as materialized (
    -- A contract may name the whole or the part.
    select v.contract_id, v.aanbieder_id, v.begin, v.geldigheid, b.segment_id, cg.gemeente from versie v
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id
    left join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
  ), gedekt as materialized (
    select b.segment_id, range_agg(v.geldigheid) as dagen from contracten.contractversie v
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id
    group by 1
  ), eindigt as materialized (
    select v.contract_id, v.aanbieder_id, v.begin, upper(v.geldigheid) as tot, cs.segment_id, k.segment_id as deel, cg.gemeente
    from versie v
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id join koopbaar k on k.segment_id = b.segment_id
    left join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
    where upper(v.geldigheid) > dag and upper(v.geldigheid) - 1 <= (dag + interval '6 months')::date
      -- What the next version of it leaves out was decided with that version.
      and not exists (
        select from contracten.contractversie n where n.contract_id = v.contract_id and n.begin = upper(v.geldigheid))
  ), zonder_vervolg as materialized (
    -- Of all that a version covers, in each of its municipalities, another goes on the day after: else somebody there has no contract then.
    select e.* from eindigt e
    where not exists (
        select from dekking n
        where n.aanbieder_id = e.aanbieder_id and n.segment_id = e.deel and n.gemeente = e.gemeente and n.geldigheid @> e.tot)
      and (e.gemeente is not null or not exists (
        select from dekking n where n.aanbieder_id = e.aanbieder_id and n.segment_id = e.deel and n.geldigheid @> e.tot))
  ), geprijsd as materialized (
    select t.wet, t.code, contracten.eenheid_op(t.wet, t.code, lower(t.geldigheid)) as eenheid, range_agg(t.geldigheid) as dagen
    from contracten.tarief t group by 1, 2, 3
  ), koopdag as (
    -- When it can be assigned and a contract covers it. What is paid in euros (unit 83) has no price.
    select p.wet, p.code, p.eenheid, range_agg(datemultirange(p.geldigheid) * g.dagen) as dagen
    from contracten.product p join gedekt g on g.segment_id = p.segment_id where p.eenheid <> '83' group by 1, 2, 3
  ), product as materialized (
    -- The first day of that. What goes on after it is said where its price ends.
    select k.wet, k.code, lower(k.dagen * datemultirange(straks.dagen)) as eerste, k.dagen - coalesce(g.dagen, '{}') as zonder
    from koopdag k cross join straks left join geprijsd g on (g.wet, g.code, g.eenheid) = (k.wet, k.code, k.eenheid)
  ), prijs as materialized (
    select t.contract_id, t.wet, t.code, t.geldigheid from straks join contracten.tarief t on t.geldigheid && straks.dagen
  ), contract as (
    select v.contract_id, v.aanbieder_id, range_agg(v.geldigheid) as dagen
    from contracten.contractversie v where v.contract_id in (select contract_id from versie) group by 1, 2
  ), leeg as materialized (
    select c.* from (
      select c.contract_id, c.aanbieder_id, c.dagen, lower(c.dagen * datemultirange(straks.dagen)) as eerste
      from contract c cross join straks) c
    where c.eerste <= (dag + interval '6 months')::date
      and not exists (select from prijs p where p.contract_id = c.contract_id and p.geldigheid @> c.eerste)
  ), ongeprijsd as materialized (
    select l.contract_id, l.aanbieder_id, d as dagen
    from leeg l left join (
      select t.contract_id, range_agg(t.geldigheid) as dagen from contracten.tarief t
      where t.contract_id in (select contract_id from leeg) group by 1) t on t.contract_id = l.contract_id
    join lateral unnest(l.dagen - coalesce(t.dagen, '{}')) d on d @> l.eerste
  ), geprijsbaar as materialized (
    -- When something of it can be assigned that needs a price: what is paid in euros (unit 83) has none.
    select b.boven_id as segment_id, range_agg(p.geldigheid) as dagen
    from contracten.product p join boven b on b.segment_id = p.segment_id where p.eenheid <> '83' group by 1
  ), genoemd as materialized (
    select v.contract_id, v.aanbieder_id, cs.segment_id, range_agg(datemultirange(v.geldigheid) * d.dagen) as dagen
    from contracten.contractversie v
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join geprijsbaar d on d.segment_id = cs.segment_id
    where v.contract_id in (select contract_id from versie)
    group by 1, 2, 3
  ), segmentprijs as materialized (
    select t.contract_id, b.boven_id as segment_id, t.geldigheid * p.geldigheid as dagen
    from prijs t join contracten.product p on p.wet = t.wet and p.code = t.code join boven b on b.segment_id = p.segment_id
  ), segment_ongeprijsd as materialized (
    select g.* from (
      select g.contract_id, g.aanbieder_id, g.segment_id, g.dagen, lower(g.dagen * datemultirange(straks.dagen)) as eerste
      from genoemd g cross join straks) g
    where g.eerste <= (dag + interval '6 months')::date
      and not exists (
        select from segmentprijs s
        where s.contract_id = g.contract_id and s.segment_id = g.segment_id and s.dagen @> g.eerste)
      -- A contract without any price is said by itself.
      and not exists (select from ongeprijsd o where o.contract_id = g.contract_id and o.dagen @> g.eerste)
  ), ooit as materialized (
    select b.segment_id, cg.gemeente, max(upper(v.geldigheid)) as tot from contracten.contractversie v
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id
    join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
    where upper(v.geldigheid) <= dag group by 1, 2
  ), catalogus as materialized (
    select p.wet, p.code, range_agg(p.geldigheid) as dagen from contracten.product p group by 1, 2
  ), buiten as (
    select t.contract_id, t.aanbieder_id, t.wet, t.code, lower(t.geldigheid) as begin,
      datemultirange(t.geldigheid) - coalesce(k.dagen, '{}') as dagen
    from contracten.tarief t left join catalogus k on k.wet = t.wet and k.code = t.code
    where t.geldigheid && daterange(dag, null)
  )
  select 'product-zonder-tarief', null::integer, null::integer, c.segment_id, null::text[], p.wet, p.code, null::date, lower(d),
    null::integer, null::integer, null::integer, null::date, null::text[]
  from product p join contracten.product c on c.wet = p.wet and c.code = p.code and c.geldigheid @> p.eerste
  join lateral unnest(p.zonder) d on d @> p.eerste
  where p.eerste <= (dag + interval '6 months')::date
  union all
  select 'tarief-buiten-catalogus', b.contract_id, b.aanbieder_id, null, null, b.wet, b.code, b.begin, min(lower(d)),
    null, null, null, null, null
  from buiten b cross join lateral unnest(b.dagen) d
  where d && daterange(dag, null)
  group by b.contract_id, b.aanbieder_id, b.wet, b.code, b.begin
  union all
  select 'contract-zonder-tarief', o.contract_id, o.aanbieder_id, null, null, null, null, null, lower(o.dagen), null, null, null, null, null
  from ongeprijsd o
  union all
  select 'segment-zonder-tarief', o.contract_id, o.aanbieder_id, o.segment_id, array_agg(cg.gemeente order by cg.gemeente)
      filter (where cg.gemeente is not null), s.wet, null, null, w.vanaf, null, null, null, null, null
  from segment_ongeprijsd o join contracten.segment s on s.segment_id = o.segment_id
  cross join lateral (
    select max(upper(d.dagen)) as tot from (
      select t.geldigheid * p.geldigheid as dagen from contracten.tarief t
      join contracten.product p on p.wet = t.wet and p.code = t.code join boven b on b.segment_id = p.segment_id
      where t.contract_id = o.contract_id and b.boven_id = o.segment_id) d
    where upper(d.dagen) <= o.eerste) e
  cross join lateral (
    select greatest(lower(d), e.tot) as vanaf from unnest(o.dagen) d where d @> o.eerste) w
  join contracten.contractversie v on v.contract_id = o.contract_id and v.geldigheid @> o.eerste
  left join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
  group by o.contract_id, o.aanbieder_id, o.segment_id, s.wet, w.vanaf
  union all
  select 'contract-zonder-segment', v.contract_id, v.aanbieder_id, null, null, null, null, v.begin, v.begin, null, null, null, null, null
  from contracten.contractversie v
  where v.geldigheid && daterange(dag, null)
    and not exists (select from contracten.contract_segment cs where cs.contract_id = v.contract_id and cs.begin = v.begin)
  union all
  select 'contract-zonder-gemeente', v.contract_id, v.aanbieder_id, null, null, null, null, v.begin, v.begin, null, null, null, null, null
  from contracten.contractversie v
  where v.geldigheid && daterange(dag, null)
    and not exists (select from contracten.contract_gemeente cg where cg.contract_id = v.contract_id and cg.begin = v.begin)
  union all
  select 'contract-eindigt', e.contract_id, e.aanbieder_id, e.segment_id, e.gemeenten, s.wet, null, e.begin, e.tot, null, null,
    h.contract_id, h.begin, null
  from (
    select contract_id, aanbieder_id, begin, tot, segment_id, array_agg(distinct gemeente) filter (where gemeente is not null) as gemeenten
    from zonder_vervolg group by contract_id, aanbieder_id, begin, tot, segment_id) e
  join contracten.segment s on s.segment_id = e.segment_id
  -- Where it goes on in part: there the rest can be put in.
  left join lateral (
    select n.contract_id, n.begin from versie n
    where n.aanbieder_id = e.aanbieder_id and n.geldigheid @> e.tot and exists (
      select from contracten.contract_segment ns join boven b on b.boven_id = ns.segment_id and b.segment_id = e.segment_id
      where ns.contract_id = n.contract_id and ns.begin = n.begin)
    order by n.contract_id limit 1) h on true
  union all
  select 'segment-zonder-contract', null, null, k.segment_id, array[m.code], k.wet, null, null, coalesce(o.tot, dag),
    null, null, null, null, null
  from koopbaar k cross join contracten.gemeente m
  -- Where there never was any, nothing says since when there should have been.
  left join ooit o on o.segment_id = k.segment_id and o.gemeente = m.code
  where not exists (select from dekking d where d.segment_id = k.segment_id and d.gemeente = m.code and d.geldigheid @> dag)
$$;
