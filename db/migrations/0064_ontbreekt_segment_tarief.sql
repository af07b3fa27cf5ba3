-- What is missing of the agreements (0062), with two things more. A segment that a contract names, now or within six months, while it has no
-- price for anything in it, is said: it was said once, when it was saved. And whether a running toewijzing has a price is asked of what a
-- claim for it is judged by (`contracten.prijsdagen`, 0058): what left the catalogue keeps its last price only as long as its contract names
-- its segment for that municipality. 0062 had a copy of the rule of before, and left out whose claims were refused since. Else as there.
grant select (product_id, aanbieder_id, gemeente, rang, dagen) on contracten.prijsdagen to samenhang_teller;
grant select (tarief) on contracten.tarief to samenhang_teller;
grant execute on function contracten.naloop to samenhang_teller;

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
    select t.wet, t.code, range_agg(t.geldigheid) as dagen from contracten.tarief t group by 1, 2
  ), koopdag as (
    -- When it can be assigned and a contract covers it. What is paid in euros (unit 83) has no price.
    select p.wet, p.code, range_agg(datemultirange(p.geldigheid) * g.dagen) as dagen
    from contracten.product p join gedekt g on g.segment_id = p.segment_id where p.eenheid <> '83' group by 1, 2
  ), product as materialized (
    -- The first day of that. What goes on after it is said where its price ends.
    select k.wet, k.code, lower(k.dagen * datemultirange(straks.dagen)) as eerste, k.dagen - coalesce(g.dagen, '{}') as zonder
    from koopdag k cross join straks left join geprijsd g on g.wet = k.wet and g.code = k.code
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

create or replace function toegang.list_ontbreekt(dag date)
returns table (soort text, contract_id integer, aanbieder_id integer, segment_id integer, gemeenten text[], wet text, code text,
  begin date, vanaf date, tarieven integer, toewijzingen integer, herstel_id integer, herstel_begin date,
  producten text[])
-- Prices against prices, of which the planner expects far fewer: looked up one by one that is a second, at once a tenth of it.
language sql stable security definer set search_path = pg_catalog set enable_nestloop = off as $$
  with boven as materialized (
    select k.segment_id, k.boven_id from contracten.segmentketen k
  ), loopt as materialized (
    select t.gemeente, t.aanbieder_id, t.domein as wet, tv.code, tv.categorie, tv.ingang, tv.eind
    from toegang.toewijzing t
    join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id and tv.versie = t.actuele_versie
    where t.geldt and (tv.eind is null or tv.eind >= dag)
  ), lopend as materialized (
    select row_number() over () as nr, l.gemeente, l.aanbieder_id, l.wet, l.code, p.segment_id, p.product_id,
      coalesce(p.eenheid = '83', false) as in_euros, count(*) as n,
      -- What is assigned without a code is for any product of its category. Null: the catalogue does not say.
      case
        when l.code is null then array(
          select distinct k.segment_id from contracten.product k
          where k.wet = l.wet and (l.categorie is null or k.categorie = l.categorie))
        when p.segment_id is not null then array[p.segment_id]
      end as segmenten
    from loopt l
    left join contracten.product p on p.wet = l.wet and p.code = l.code and p.geldigheid @> l.ingang
    where l.ingang <= dag
    group by l.gemeente, l.aanbieder_id, l.wet, l.code, l.categorie, p.segment_id, p.product_id, p.eenheid
  ), dekking as materialized (
    select v.contract_id, v.aanbieder_id, cg.gemeente, array_agg(b.segment_id) as segmenten
    from contracten.contractversie v
    join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id
    where v.geldigheid @> dag
    group by 1, 2, 3
  ), gedekt as (
    select l.nr, min(d.contract_id) as contract_id
    from lopend l join dekking d on d.aanbieder_id = l.aanbieder_id and d.gemeente = l.gemeente
      and (l.segmenten is null or l.segmenten && d.segmenten)
    group by 1
  ), prijs as not materialized (
    -- Apart: whether what left the catalogue is still paid is looked for of that alone, not of every price.
    select p.wet, p.code, d.product_id, d.aanbieder_id, d.gemeente, d.rang, d.dagen
    from contracten.prijsdagen d join contracten.product p using (product_id) where d.rang = 1
    union all
    select p.wet, p.code, d.product_id, d.aanbieder_id, d.gemeente, d.rang, d.dagen
    from contracten.prijsdagen d join contracten.product p using (product_id) where d.rang = 2 and upper(p.geldigheid) <= dag
  ), zonder_afspraak as materialized (
    select l.*, g.contract_id
    from lopend l left join gedekt g using (nr)
    -- What is assigned without a code has no price of its own, and what is paid in euros (unit 83) has none.
    where not (g.contract_id is not null and (l.code is null or l.in_euros)) and not exists (
      select from prijs d
      where (d.aanbieder_id, d.gemeente, d.wet, d.code) = (l.aanbieder_id, l.gemeente, l.wet, l.code) and d.dagen @> dag
        -- What the catalogue did not know on the first day has nothing that it is paid by after it left.
        and (d.product_id = l.product_id or (l.product_id is null and d.rang = 1)))
  ), gold as (
    select z.nr, range_agg(v.geldigheid) as dagen
    from zonder_afspraak z
    join contracten.contractversie v on v.aanbieder_id = z.aanbieder_id and (z.contract_id is null or v.contract_id = z.contract_id)
    join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin and cg.gemeente = z.gemeente
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id and (z.segmenten is null or b.segment_id = any (z.segmenten))
    group by 1
  ), geprijsd as (
    select z.nr, range_agg(d.dagen) as dagen
    from zonder_afspraak z
    join prijs d on (d.aanbieder_id, d.gemeente, d.wet, d.code) = (z.aanbieder_id, z.gemeente, z.wet, z.code)
      and (d.product_id = z.product_id or (z.product_id is null and d.rang = 1))
    group by 1
  ), mist as materialized (
    -- Of what was agreed, never of the toewijzing: on which day help of a resident began is not for who keeps the agreements.
    select z.*, coalesce(
      case
        when z.contract_id is null then (
          select max(upper(d)) from unnest(coalesce(g.dagen, '{}') + coalesce(p.dagen, '{}')) d where upper(d) <= dag)
        else (select lower(d) from unnest(g.dagen - coalesce(p.dagen, '{}')) d where d @> dag)
      end, dag) as vanaf
    from zonder_afspraak z left join gold g using (nr) left join geprijsd p using (nr)
  ), zonder_contract as (
    select z.aanbieder_id, min(z.segment_id) as segment_id, z.gemeente, z.wet, z.code, sum(z.n) as n, min(z.vanaf) as vanaf
    from mist z where z.contract_id is null group by z.aanbieder_id, z.gemeente, z.wet, z.code
  ), einde as materialized (
    select row_number() over () as nr, t.contract_id, t.aanbieder_id, t.wet, t.code, upper(t.geldigheid) as vanaf, p.segment_id
    from contracten.tarief t
    -- What leaves the catalogue needs no next price, nor what is then paid in euros.
    join contracten.product p on p.wet = t.wet and p.code = t.code and p.geldigheid @> upper(t.geldigheid) and p.eenheid <> '83'
    where upper(t.geldigheid) > dag and upper(t.geldigheid) - 1 <= (dag + interval '6 months')::date
  ), einddag as materialized (
    select distinct e.vanaf from einde e
  ), vervolg as materialized (
    select d.vanaf, v.contract_id, v.aanbieder_id, b.segment_id, array_agg(cg.gemeente) as gemeenten,
      exists (select from contracten.tarief t where t.contract_id = v.contract_id and t.geldigheid @> d.vanaf) as geprijsd
    from einddag d
    join contracten.contractversie v on v.geldigheid @> d.vanaf
    join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join boven b on b.boven_id = cs.segment_id
    group by 1, 2, 3, 4
  ), volgt as materialized (
    select d.vanaf, t.aanbieder_id, t.wet, t.code, array_agg(cg.gemeente) as gemeenten
    from einddag d
    join contracten.tarief t on t.geldigheid @> d.vanaf
    join contracten.contractversie v on v.contract_id = t.contract_id and v.geldigheid @> d.vanaf
    join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
    group by 1, 2, 3, 4
  ), zonder_vervolg as materialized (
    -- Where the contract itself goes on, or another that has prices: a contract that ends, or one without any, is said by itself.
    select any_value(e.contract_id) as contract_id, any_value(e.aanbieder_id) as aanbieder_id, any_value(e.wet) as wet,
      any_value(e.code) as code, any_value(e.vanaf) as vanaf, array_agg(distinct g.gemeente) as gemeenten,
      -- In which contract the next price belongs: this one where it goes on, else the one that took its place.
      coalesce(min(c.contract_id) filter (where c.contract_id = e.contract_id), min(c.contract_id)) as herstel_id
    from einde e
    join vervolg c on c.vanaf = e.vanaf and c.aanbieder_id = e.aanbieder_id and c.segment_id = e.segment_id
    cross join unnest(c.gemeenten) as g (gemeente)
    left join volgt w on w.vanaf = e.vanaf and w.aanbieder_id = e.aanbieder_id and w.wet = e.wet and w.code = e.code
    where (w.gemeenten is null or g.gemeente <> all (w.gemeenten)) and (c.contract_id = e.contract_id or (c.geprijsd and exists (
        select from contracten.contractversie v
        join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
        where v.contract_id = e.contract_id and v.geldigheid @> (e.vanaf - 1) and cg.gemeente = g.gemeente)))
    group by e.nr
  ), rekent as materialized (
    select z.contract_id, z.vanaf, z.herstel_id, count(*) as n
    from zonder_vervolg z
    join loopt l on l.aanbieder_id = z.aanbieder_id and l.wet = z.wet and l.code = z.code and l.gemeente = any (z.gemeenten)
    where l.ingang <= z.vanaf and (l.eind is null or l.eind >= z.vanaf)
    group by 1, 2, 3
  ), eindigend as materialized (
    select z.contract_id, z.aanbieder_id, z.vanaf, z.herstel_id, count(*)::integer as tarieven,
      array_agg(z.wet || '~' || z.code order by z.wet, z.code) as producten, min(z.wet) as wet, min(z.code) as code
    from zonder_vervolg z group by 1, 2, 3, 4
  ), waar as materialized (
    select z.contract_id, z.vanaf, z.herstel_id, array_agg(distinct g.gemeente) as gemeenten
    -- Mostly all are missing in the same municipalities.
    from (select distinct v.contract_id, v.vanaf, v.herstel_id, v.gemeenten from zonder_vervolg v) z
    cross join unnest(z.gemeenten) as g (gemeente)
    group by 1, 2, 3
  )
  select 'toewijzing-zonder-contract', null::integer, z.aanbieder_id, z.segment_id, array[z.gemeente], z.wet, z.code, null::date, z.vanaf,
    null::integer, (z.n - z.n % 5)::integer, h.contract_id, h.begin, null::text[]
  from zonder_contract z
  -- A contract that runs with this provider: the municipality or the segment can be put in it, one that has half of it first.
  left join lateral (
    select v.contract_id, v.begin from contracten.contractversie v
    where v.aanbieder_id = z.aanbieder_id and v.geldigheid @> dag
    order by exists (
        select from contracten.contract_segment cs join boven b on b.boven_id = cs.segment_id
        where cs.contract_id = v.contract_id and cs.begin = v.begin and b.segment_id = z.segment_id) desc,
      exists (
        select from contracten.contract_gemeente cg
        where cg.contract_id = v.contract_id and cg.begin = v.begin and cg.gemeente = z.gemeente) desc, v.contract_id
    limit 1) h on true
  union all
  select 'toewijzing-zonder-tarief', z.contract_id, z.aanbieder_id, null, array_agg(distinct z.gemeente), z.wet, z.code, null, min(z.vanaf),
    null, (sum(z.n) - sum(z.n) % 5)::integer, null, null, null
  from mist z where z.contract_id is not null group by z.contract_id, z.aanbieder_id, z.wet, z.code
  union all
  select 'tarieven-eindigen', e.contract_id, e.aanbieder_id, null, w.gemeenten,
    case when e.tarieven = 1 then e.wet end, case when e.tarieven = 1 then e.code end, null, e.vanaf, e.tarieven,
    (coalesce(r.n, 0) - coalesce(r.n, 0) % 5)::integer, nullif(e.herstel_id, e.contract_id), null,
    case when e.tarieven > 1 then e.producten end
  from eindigend e join waar w using (contract_id, vanaf, herstel_id) left join rekent r using (contract_id, vanaf, herstel_id)
$$;
