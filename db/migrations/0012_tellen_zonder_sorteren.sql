-- The same counts as before: one row per person first, which hashes, and then counting, where count(distinct) sorted
-- all rows by a text.
create or replace function sturing.unieke_clienten(
  p_jaar integer, p_maanden integer, p_per text,
  p_gemeente text default null, p_segmenten integer[] default null, p_aanbieder integer default null
) returns table (sleutel text, aantal bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select sleutel, count(*) from (
    select distinct case p_per when 'gemeente' then c.gemeente when 'segment' then c.segment_id::text
             when 'aanbieder' then c.aanbieder_id::text else '' end as sleutel, c.persoon
    from sturing.clientmaand c
    where c.jaar = p_jaar and c.maanden & p_maanden <> 0
      and (p_gemeente is null or c.gemeente = p_gemeente)
      and (p_segmenten is null or c.segment_id = any (p_segmenten))
      and (p_aanbieder is null or c.aanbieder_id = p_aanbieder)) personen
  group by sleutel
$$;
