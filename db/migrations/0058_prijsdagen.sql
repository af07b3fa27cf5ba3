-- Which price holds for a provider, a product and a municipality on a day is said once, for who judges a line and for who changes what it
-- was judged by (ADR 27).

-- What has left the catalogue keeps the last price it had there, on the days of a contract after that: those are its `naloop`.
create function contracten.naloop(prijs daterange, catalogus daterange, contract daterange) returns daterange
language sql immutable parallel safe as
$$ select case when prijs @> upper(catalogus) - 1 then contract * daterange(upper(catalogus), null) else 'empty' end $$;
revoke execute on function contracten.naloop from public;
grant execute on function contracten.naloop to samenhang_app;

-- The days on which a price holds for a product as the catalogue knew it, in each municipality of its contract. On one day the lowest `rang`
-- counts, and of that the oldest contract. A price lies in a segment of its contract; what left the catalogue is paid as long as that is so.
create view contracten.prijsdagen with (security_invoker = true) as
select p.product_id, t.aanbieder_id, g.gemeente, t.contract_id, v.begin as versie, lower(t.geldigheid) as vanaf, t.tarief, d.rang, d.dagen
from contracten.product p
join contracten.tarief t on (t.wet, t.code) = (p.wet, p.code)
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
grant select on contracten.prijsdagen to samenhang_app;

-- As in 0047, but: questions with the same `nr` are one, in which each toewijzing and each line counts once; and a question about a price is
-- about one product, with all days on which it is paid at it (`prijsdagen`). Of providers what is theirs is read once, however many questions.
create or replace function declaraties.tel_raakt(vragen jsonb)
returns table (nr integer, gemeente text, toewijzingen bigint, zonder bigint, regels bigint, bedrag numeric, laatste date)
language sql stable security definer set search_path = pg_catalog as $$
  with v as materialized (
    select v.*, c.geldigheid as catalogus
    from jsonb_to_recordset(vragen) as v (nr integer, gemeente text, aanbieder integer, wet text, code text, product integer,
      segment integer, dagen datemultirange, leeg datemultirange, weg datemultirange, tarief integer, sinds timestamptz)
    left join contracten.product c on c.product_id = v.product
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
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v
    join van_aanbieder t on t.aanbieder_id = v.aanbieder and t.domein = v.wet and t.code = v.code
    where (v.gemeente is null or v.gemeente = t.gemeente) and (v.product is null or v.catalogus @> t.ingang)
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v
    join t on t.domein = v.wet and t.code = v.code
    where v.aanbieder is null
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v
    join van_aanbieder t on t.aanbieder_id = v.aanbieder
    where v.code is null and (v.gemeente is null or v.gemeente = t.gemeente) and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v
    join t on t.gemeente = v.gemeente
    where v.code is null and v.aanbieder is null and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.toewijzing_id, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v
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
      count(distinct toewijzing_id) filter (where loopt && leeg and erop) as zonder
    from toegewezen where loopt && dagen or loopt && leeg group by 1, 2
  ), regel as (
    select distinct g.nr, g.gemeente, g.declaratie_id, g.regel, d.dag, g.debet, g.bedrag
    from gedeclareerd g left join contracten.product c on c.product_id = g.product_id
    left join lateral (
      select tv.ingang from toegang.toewijzing t
      join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
        and tv.versie = t.actuele_versie
      where g.catalogus and t.gemeente = g.gemeente and t.toewijzing_id = g.toewijzing_id and tv.code = g.code) k on true
    cross join lateral (select coalesce(k.ingang, g.begin) as dag) d
    where g.leeg @> d.dag
      or (g.weg @> d.dag and (g.van is null or g.tarief = contracten.tarief_in(g.van, c.eenheid, g.eenheid)))
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
