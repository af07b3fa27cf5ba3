-- Pages under load (200 people at once): what a page reads must not grow with all that was ever recorded.

-- "Last changed" at every goal and change assignment read all monthly figures (16,000 rows, 6 ms a page, in the
-- demonstration); per municipality the first entry of this index answers it.
create index maandcijfer_bijgewerkt on sturing.maandcijfer (gemeente, bijgewerkt_op);

-- Unique persons between two months: `extract` is numeric, and comparing `jaar` with it kept the index on the year from use
-- and every row was compared twice more in numeric. With whole numbers the count reads the years asked for, from the index.
create or replace function sturing.unieke_clienten_tussen(
  p_vanaf date, p_tot date, p_gemeente text default null, p_segmenten integer[] default null
) returns bigint
language sql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
  select count(*) from (
    select distinct c.persoon
    from sturing.clientmaand c
    where c.jaar between extract(year from p_vanaf)::integer and extract(year from p_tot)::integer
      and c.maanden & case
        when extract(year from p_vanaf) = extract(year from p_tot)
          then (1 << extract(month from p_tot)::integer) - (1 << (extract(month from p_vanaf)::integer - 1))
        when c.jaar = extract(year from p_vanaf)::integer then 4096 - (1 << (extract(month from p_vanaf)::integer - 1))
        when c.jaar = extract(year from p_tot)::integer then (1 << extract(month from p_tot)::integer) - 1
        else 4095 end <> 0
      and (p_gemeente is null or c.gemeente = p_gemeente)
      and (p_segmenten is null or c.segment_id = any (p_segmenten))) personen
$$;
