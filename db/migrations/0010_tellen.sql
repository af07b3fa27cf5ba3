-- Counting for a page of figures: every split in one pass over the rows of one year, where `unieke_clienten` needs a
-- pass per split. Only counts leave this function, as with `unieke_clienten`.
--
-- per: 'totaal', 'gemeente', 'segment', or 'aanbieder' (then `sleutel` is "market|provider": p_markten[segment_id] says
-- to which market a segment belongs). aantal: distinct persons in the year; aantal_maanden: those of them in the months
-- of p_maanden, filled for 'totaal' only.
create function sturing.tel_clienten(
  p_jaar integer, p_maanden integer, p_markten integer[],
  p_gemeente text default null, p_segmenten integer[] default null, p_aanbieder integer default null
) returns table (per text, sleutel text, aantal bigint, aantal_maanden bigint)
language sql stable security definer set search_path = pg_catalog as $$
  with per_persoon as (
    select grouping(c.gemeente, c.segment_id, c.aanbieder_id) as soort, c.gemeente, c.segment_id, c.aanbieder_id,
           p_markten[c.segment_id] as markt, bit_or(c.maanden) as maanden
    from sturing.clientmaand c
    where c.jaar = p_jaar and c.maanden <> 0
      and (p_gemeente is null or c.gemeente = p_gemeente)
      and (p_segmenten is null or c.segment_id = any (p_segmenten))
      and (p_aanbieder is null or c.aanbieder_id = p_aanbieder)
    group by grouping sets ((c.persoon), (c.persoon, c.gemeente), (c.persoon, c.segment_id),
      (c.persoon, c.aanbieder_id, p_markten[c.segment_id]))
  )
  select case soort when 7 then 'totaal' when 3 then 'gemeente' when 5 then 'segment' else 'aanbieder' end,
         case soort when 7 then '' when 3 then gemeente when 5 then segment_id::text
           else coalesce(markt::text, '') || '|' || aanbieder_id end,
         count(*), count(*) filter (where maanden & p_maanden <> 0)
  from per_persoon group by soort, gemeente, segment_id, aanbieder_id, markt
$$;
revoke execute on function sturing.tel_clienten from public;
grant execute on function sturing.tel_clienten to samenhang_app;
grant create on schema sturing to samenhang_teller;
alter function sturing.tel_clienten owner to samenhang_teller;
revoke create on schema sturing from samenhang_teller;
