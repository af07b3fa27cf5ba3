-- Whether something may go, and what is missing, is judged by whole months where residents are concerned: who keeps the agreements chooses
-- the days about which is asked, so that by the day the first or last day of help of one resident could be found by trying (ADR 27).

create function app.hele_maanden(dagen datemultirange) returns datemultirange
language sql immutable parallel safe as $$
  select coalesce(range_agg(daterange(
      date_trunc('month', lower(d))::date, (date_trunc('month', upper(d) - 1) + interval '1 month')::date)), '{}')
  from unnest(dagen) d
$$;
revoke execute on function app.hele_maanden from public;
grant execute on function app.hele_maanden to samenhang_teller;

-- As in 0058, by the month.
create or replace function declaraties.tel_raakt(vragen jsonb)
returns table (nr integer, gemeente text, toewijzingen bigint, zonder bigint, regels bigint, bedrag numeric, laatste date)
language sql stable security definer set search_path = pg_catalog as $$
  with v as materialized (
    select v.*, c.geldigheid as catalogus
    from jsonb_to_recordset(vragen) as v (nr integer, gemeente text, aanbieder integer, wet text, code text, product integer,
      segment integer, dagen datemultirange, leeg datemultirange, weg datemultirange, tarief integer, sinds timestamptz)
    left join contracten.product c on c.product_id = v.product
  ), m as materialized (
    select v.*, app.hele_maanden(v.dagen) as maanden, app.hele_maanden(v.leeg) as lege_maanden from v
  ), t as not materialized (
    select t.gemeente, t.toewijzing_id, t.aanbieder_id, t.domein, tv.code, tv.segment_id, tv.ingang,
      daterange(tv.ingang, tv.eind, '[]') as loopt, tv.vastgelegd_op
    from toegang.toewijzing t
    join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
      and tv.versie = t.actuele_versie
    where t.geldt
  ), van_aanbieder as materialized (
    select t.* from t where t.aanbieder_id = any (array(select distinct aanbieder from v where aanbieder is not null))
  ), toegewezen as (
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.maanden, v.lege_maanden, v.sinds is null or t.vastgelegd_op > v.sinds as erop
    from m v
    join van_aanbieder t on t.aanbieder_id = v.aanbieder and t.domein = v.wet and t.code = v.code
    where (v.gemeente is null or v.gemeente = t.gemeente) and (v.product is null or v.catalogus @> t.ingang)
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.maanden, v.lege_maanden, v.sinds is null or t.vastgelegd_op > v.sinds as erop
    from m v
    join t on t.domein = v.wet and t.code = v.code
    where v.aanbieder is null
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.maanden, v.lege_maanden, v.sinds is null or t.vastgelegd_op > v.sinds as erop
    from m v
    join van_aanbieder t on t.aanbieder_id = v.aanbieder
    where v.code is null and (v.gemeente is null or v.gemeente = t.gemeente) and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.maanden, v.lege_maanden, v.sinds is null or t.vastgelegd_op > v.sinds as erop
    from m v
    join t on t.gemeente = v.gemeente
    where v.code is null and v.aanbieder is null and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.maanden, v.lege_maanden, v.sinds is null or t.vastgelegd_op > v.sinds as erop
    from m v
    join t on t.segment_id = v.segment
    where v.code is null and v.aanbieder is null and v.gemeente is null
  ), w as materialized (
    -- Who asks nothing of lines has none of them read.
    select * from v where weg is not null or leeg <> '{}'
  ), p as not materialized (
    select p.gemeente, p.declaratie_id, p.regel, p.aanbieder_id, p.domein, p.code, p.segment_id, p.toewijzing_id, p.product_id, p.begin,
      p.eenheid, p.tarief, p.bedrag, p.debet
    from declaraties.prestatie p where p.goedgekeurd
  ), door_aanbieder as materialized (
    select p.* from p where p.aanbieder_id = any (array(select distinct aanbieder from w where aanbieder is not null))
  ), gedeclareerd as (
    select w.nr, w.tarief as van, w.leeg, w.weg, false as catalogus, p.* from w
    join door_aanbieder p on p.aanbieder_id = w.aanbieder and p.domein = w.wet and p.code = w.code
    where (w.gemeente is null or w.gemeente = p.gemeente) and (w.product is null or w.product = p.product_id)
    union all
    select w.nr, w.tarief, w.leeg, w.weg, true, p.* from w
    join p on p.domein = w.wet and p.code = w.code
    where w.aanbieder is null
    union all
    select w.nr, w.tarief, w.leeg, w.weg, false, p.* from w
    join door_aanbieder p on p.aanbieder_id = w.aanbieder
    where w.code is null and (w.gemeente is null or w.gemeente = p.gemeente) and (w.segment is null or w.segment = p.segment_id)
    union all
    select w.nr, w.tarief, w.leeg, w.weg, false, p.* from w
    join p on p.gemeente = w.gemeente
    where w.code is null and w.aanbieder is null and (w.segment is null or w.segment = p.segment_id)
    union all
    select w.nr, w.tarief, w.leeg, w.weg, false, p.* from w
    join p on p.segment_id = w.segment
    where w.code is null and w.aanbieder is null and w.gemeente is null
  ), toe as (
    select nr, gemeente, count(distinct toewijzing_id) as n,
      count(distinct toewijzing_id) filter (where loopt && lege_maanden and erop) as zonder
    from toegewezen where loopt && maanden or loopt && lege_maanden group by 1, 2
  ), regel as (
    select distinct g.nr, g.gemeente, g.declaratie_id, g.regel, d.dag, g.debet, g.bedrag
    from gedeclareerd g left join contracten.product c on c.product_id = g.product_id
    left join lateral (
      select tv.ingang from toegang.toewijzing t
      join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
        and tv.versie = t.actuele_versie
      where g.catalogus and t.gemeente = g.gemeente and t.toewijzing_id = g.toewijzing_id and tv.code = g.code) k on true
    cross join lateral (select coalesce(k.ingang, g.begin) as dag) d
    where g.leeg @> d.dag or ((g.van is null or g.tarief = contracten.tarief_in(g.van, c.eenheid, g.eenheid)) and (
      -- A line that begins within a month does so on the day on which help of a resident began: that day stays within its month.
      g.weg @> d.dag or (extract(day from d.dag) > 1
        and app.hele_maanden(datemultirange(daterange(d.dag, d.dag, '[]'))) && (coalesce(g.weg, '{}') + g.leeg))))
  ), per_dag as (
    -- A credit repeats its line, and takes it off.
    select nr, gemeente, dag, sum(case when debet then 1 else -1 end) as n, sum(case when debet then bedrag else -bedrag end) as bedrag
    from regel group by 1, 2, 3
  ), dec as (
    select nr, gemeente, sum(n)::bigint as n, sum(bedrag) as bedrag, max(dag) as laatste from per_dag where n > 0 group by 1, 2
  )
  select nr, gemeente, coalesce(toe.n, 0), coalesce(toe.zonder, 0), coalesce(dec.n, 0), coalesce(dec.bedrag, 0), dec.laatste
  from toe full join dec using (nr, gemeente)
$$;

-- As in 0064, by the month.
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
    where t.geldt and (tv.eind is null or tv.eind >= date_trunc('month', dag)::date)
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
    where l.ingang < (date_trunc('month', dag) + interval '1 month')::date
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
    where daterange(l.ingang, l.eind, '[]') && daterange(
      date_trunc('month', z.vanaf)::date, (date_trunc('month', z.vanaf) + interval '1 month')::date)
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
