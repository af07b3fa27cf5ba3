-- What leans on what a region puts in, before a change to it is saved: toewijzingen on days that become different (`dagen`) or for which
-- nothing would be left (`leeg`), and lines that were approved on days on which that was otherwise (`weg`; with a `tarief` only those at
-- that price) or for which nothing would be left. A line that was credited since counts no more. `vragen`: rows of nr and of what they
-- are about (aanbieder, wet, code, gemeente, segment; null: every one, but not of all five). Per nr and gemeente, of the whole region, and
-- counts only: who changes a price sees no resident.
create function declaraties.tel_raakt(vragen jsonb)
returns table (nr integer, gemeente text, toewijzingen bigint, zonder bigint, regels bigint, bedrag numeric, laatste date)
language sql stable security definer set search_path = pg_catalog as $$
  with v as materialized (
    select * from jsonb_to_recordset(vragen) as v (nr integer, gemeente text, aanbieder integer, wet text, code text,
      segment integer, dagen datemultirange, leeg datemultirange, weg datemultirange, tarief integer)
  ), t as not materialized (
    select t.gemeente, t.aanbieder_id, t.domein, tv.code, tv.segment_id, daterange(tv.ingang, tv.eind, '[]') as loopt
    from toegang.toewijzing t
    join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
      and tv.versie = t.actuele_versie
    where t.geldt
  ), p as not materialized (
    select p.gemeente, p.aanbieder_id, p.domein, p.code, p.segment_id, p.begin, p.eind, p.tarief, p.bedrag, p.debet
    from declaraties.prestatie p where p.goedgekeurd
  ), toegewezen as (
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg from v
    join t on t.aanbieder_id = v.aanbieder and t.domein = v.wet and t.code = v.code
    where v.gemeente is null or v.gemeente = t.gemeente
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg from v join t on t.domein = v.wet and t.code = v.code
    where v.aanbieder is null
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg from v join t on t.aanbieder_id = v.aanbieder
    where v.code is null and (v.gemeente is null or v.gemeente = t.gemeente) and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg from v join t on t.gemeente = v.gemeente
    where v.code is null and v.aanbieder is null and (v.segment is null or v.segment = t.segment_id)
    union all
    select v.nr, t.gemeente, t.loopt, v.dagen, v.leeg from v join t on t.segment_id = v.segment
    where v.code is null and v.aanbieder is null and v.gemeente is null
  ), w as materialized (
    -- Who asks nothing of lines has none of them read.
    select * from v where weg is not null or leeg <> '{}'
  ), gedeclareerd as (
    select w.nr, w.tarief, w.leeg, w.weg, p.gemeente, p.begin, p.eind, p.tarief as prijs, p.bedrag, p.debet from w
    join p on p.aanbieder_id = w.aanbieder and p.domein = w.wet and p.code = w.code
    where w.gemeente is null or w.gemeente = p.gemeente
    union all
    select w.nr, w.tarief, w.leeg, w.weg, p.gemeente, p.begin, p.eind, p.tarief, p.bedrag, p.debet from w
    join p on p.domein = w.wet and p.code = w.code
    where w.aanbieder is null
    union all
    select w.nr, w.tarief, w.leeg, w.weg, p.gemeente, p.begin, p.eind, p.tarief, p.bedrag, p.debet from w
    join p on p.aanbieder_id = w.aanbieder
    where w.code is null and (w.gemeente is null or w.gemeente = p.gemeente) and (w.segment is null or w.segment = p.segment_id)
    union all
    select w.nr, w.tarief, w.leeg, w.weg, p.gemeente, p.begin, p.eind, p.tarief, p.bedrag, p.debet from w
    join p on p.gemeente = w.gemeente
    where w.code is null and w.aanbieder is null and (w.segment is null or w.segment = p.segment_id)
    union all
    select w.nr, w.tarief, w.leeg, w.weg, p.gemeente, p.begin, p.eind, p.tarief, p.bedrag, p.debet from w
    join p on p.segment_id = w.segment
    where w.code is null and w.aanbieder is null and w.gemeente is null
  ), toe as (
    select nr, gemeente, count(*) as n, count(*) filter (where loopt && leeg) as zonder
    from toegewezen where loopt && dagen or loopt && leeg group by 1, 2
  ), per_dag as (
    -- A credit repeats its line, and takes it off.
    select nr, gemeente, eind, sum(case when debet then 1 else -1 end) as n, sum(case when debet then bedrag else -bedrag end) as bedrag
    from gedeclareerd
    where leeg @> begin or (weg @> begin and (tarief is null or tarief = prijs))
    group by 1, 2, 3
  ), dec as (
    select nr, gemeente, sum(n)::bigint as n, sum(bedrag) as bedrag, max(eind) as laatste from per_dag where n > 0 group by 1, 2
  )
  select nr, gemeente, coalesce(toe.n, 0), coalesce(toe.zonder, 0), coalesce(dec.n, 0), coalesce(dec.bedrag, 0), dec.laatste
  from toe full join dec using (nr, gemeente)
$$;

-- What must still be paid to these providers: how many declaraties, and how much.
create function declaraties.tel_openstaand(aanbieders integer[])
returns table (aanbieder_id integer, aantal bigint, bedrag numeric)
language sql stable security definer set search_path = pg_catalog as $$
  select b.aanbieder_id, count(*), sum(b.bedrag) from declaraties.betaling b
  where b.betaald_op is null and b.aanbieder_id = any (aanbieders) group by 1
$$;

drop function declaraties.tel_gebruik;
grant select (segment_id) on toegang.toewijzing_versie to samenhang_teller;
grant select (segment_id, bedrag) on declaraties.prestatie to samenhang_teller;
grant select (aanbieder_id, bedrag, betaald_op) on declaraties.betaling to samenhang_teller;
create policy vergelijken on declaraties.betaling for select to samenhang_teller using (true);
revoke execute on function declaraties.tel_raakt, declaraties.tel_openstaand from public;
grant execute on function declaraties.tel_raakt, declaraties.tel_openstaand to samenhang_app;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.tel_raakt owner to samenhang_teller;
alter function declaraties.tel_openstaand owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;
