-- As in 0045, but: of what is taken back only the toewijzingen that came `sinds` it was done are built on it; those before it were as
-- they will be again.
create or replace function declaraties.tel_raakt(vragen jsonb)
returns table (nr integer, gemeente text, toewijzingen bigint, zonder bigint, regels bigint, bedrag numeric, laatste date)
language sql stable security definer set search_path = pg_catalog as $$
  with v as materialized (
    select * from jsonb_to_recordset(vragen) as v (nr integer, gemeente text, aanbieder integer, wet text, code text,
      segment integer, dagen datemultirange, leeg datemultirange, weg datemultirange, tarief integer, sinds timestamptz)
  ), t as not materialized (
    select t.gemeente, t.aanbieder_id, t.domein, tv.code, tv.segment_id, daterange(tv.ingang, tv.eind, '[]') as loopt, tv.vastgelegd_op
    from toegang.toewijzing t
    join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
      and tv.versie = t.actuele_versie
    where t.geldt
  ), p as not materialized (
    select p.gemeente, p.aanbieder_id, p.domein, p.code, p.segment_id, p.toewijzing_id, p.product_id, p.begin, p.eenheid, p.tarief,
      p.bedrag, p.debet
    from declaraties.prestatie p where p.goedgekeurd
  ), toegewezen as (
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v
    join t on t.aanbieder_id = v.aanbieder and t.domein = v.wet and t.code = v.code
    where v.gemeente is null or v.gemeente = t.gemeente
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v join t on t.domein = v.wet and t.code = v.code
    where v.aanbieder is null
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v join t on t.aanbieder_id = v.aanbieder
    where v.code is null and (v.gemeente is null or v.gemeente = t.gemeente) and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v join t on t.gemeente = v.gemeente
    where v.code is null and v.aanbieder is null and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg, v.sinds is null or t.vastgelegd_op > v.sinds as erop from v join t on t.segment_id = v.segment
    where v.code is null and v.aanbieder is null and v.gemeente is null
  ), w as materialized (
    -- Who asks nothing of lines has none of them read.
    select * from v where weg is not null or leeg <> '{}'
  ), gedeclareerd as (
    select w.nr, w.tarief as van, w.leeg, w.weg, false as catalogus, p.* from w
    join p on p.aanbieder_id = w.aanbieder and p.domein = w.wet and p.code = w.code
    where w.gemeente is null or w.gemeente = p.gemeente
    union all
    select w.nr, w.tarief, w.leeg, w.weg, true, p.* from w
    join p on p.domein = w.wet and p.code = w.code
    where w.aanbieder is null
    union all
    select w.nr, w.tarief, w.leeg, w.weg, false, p.* from w
    join p on p.aanbieder_id = w.aanbieder
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
    select nr, gemeente, count(*) as n, count(*) filter (where loopt && leeg and erop) as zonder
    from toegewezen where loopt && dagen or loopt && leeg group by 1, 2
  ), per_dag as (
    -- A credit repeats its line, and takes it off.
    select g.nr, g.gemeente, d.dag, sum(case when g.debet then 1 else -1 end) as n,
      sum(case when g.debet then g.bedrag else -g.bedrag end) as bedrag
    from gedeclareerd g left join contracten.product c on c.product_id = g.product_id
    left join lateral (
      select tv.ingang from toegang.toewijzing t
      join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
        and tv.versie = t.actuele_versie
      where g.catalogus and t.gemeente = g.gemeente and t.toewijzing_id = g.toewijzing_id and tv.code = g.code) k on true
    cross join lateral (select coalesce(k.ingang, g.begin) as dag) d
    where g.leeg @> d.dag
      or (g.van is null and g.weg @> d.dag)
      or (g.tarief = contracten.tarief_in(g.van, c.eenheid, g.eenheid)
        and (g.weg @> d.dag or (upper(c.geldigheid) <= d.dag and g.weg @> (upper(c.geldigheid) - 1))))
    group by 1, 2, 3
  ), dec as (
    select nr, gemeente, sum(n)::bigint as n, sum(bedrag) as bedrag, max(dag) as laatste from per_dag where n > 0 group by 1, 2
  )
  select nr, gemeente, coalesce(toe.n, 0), coalesce(toe.zonder, 0), coalesce(dec.n, 0), coalesce(dec.bedrag, 0), dec.laatste
  from toe full join dec using (nr, gemeente)
$$;

grant select (vastgelegd_op) on toegang.toewijzing_versie to samenhang_teller;
