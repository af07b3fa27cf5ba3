-- Pages under load (200 people at once): what a page reads must not grow with all that was ever recorded.

-- "Last changed" at every goal and change assignment read all monthly figures (16,000 rows, 6 ms a page, in the
-- demonstration); per municipality the first entry of this index answers it.
create index maandcijfer_bijgewerkt on sturing.maandcijfer (gemeente, bijgewerkt_op);

-- Persons of many parts of the care over many windows, in one pass. The function before it was called once per part and
-- window (14 times for the goals of one region, 2 ms each), and compared the year in numeric, which kept the index on the
-- year from use. Only counts leave this function, as with `unieke_clienten`.
--
-- p_delen: [{nr, gemeente, segmenten}], null does not filter. Window w (from 0) is p_vanaf[w + 1] up to and including
-- p_tot[w + 1]: days in its first and last month. A part without persons has no row.
create function sturing.tel_delen(p_delen jsonb, p_vanaf date[], p_tot date[])
returns table (w integer, nr integer, aantal bigint)
language sql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
  with venster as materialized (
    select (v.nummer - 1)::integer as w, jaar,
           case when jaar = extract(year from v.tot) then (1 << extract(month from v.tot)::integer) - 1 else 4095 end
           & case when jaar = extract(year from v.vanaf) then 4096 - (1 << (extract(month from v.vanaf)::integer - 1))
             else 4095 end as maanden
    from unnest(p_vanaf, p_tot) with ordinality v (vanaf, tot, nummer),
      generate_series(extract(year from v.vanaf)::integer, extract(year from v.tot)::integer) jaar),
  rij as materialized (
    select distinct v.w, c.persoon, c.gemeente, c.segment_id
    from sturing.clientmaand c join venster v on v.jaar = c.jaar and v.maanden & c.maanden <> 0
    where c.jaar between (select min(extract(year from vanaf))::integer from unnest(p_vanaf) vanaf)
      and (select max(extract(year from tot))::integer from unnest(p_tot) tot))
  select persoon.w, persoon.nr, count(*) from (
    select distinct r.w, d.nr, r.persoon
    from jsonb_to_recordset(p_delen) as d (nr integer, gemeente text, segmenten integer[])
    join rij r on (d.gemeente is null or r.gemeente = d.gemeente)
      and (d.segmenten is null or r.segment_id = any (d.segmenten))) persoon
  group by 1, 2
$$;
revoke execute on function sturing.tel_delen from public;
grant execute on function sturing.tel_delen to samenhang_app;
grant create on schema sturing to samenhang_teller;
alter function sturing.tel_delen owner to samenhang_teller;
revoke create on schema sturing from samenhang_teller;
drop function sturing.unieke_clienten_tussen;
