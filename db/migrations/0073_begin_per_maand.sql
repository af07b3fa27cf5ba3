-- By which row of the catalogue a toewijzing is counted goes by the month in which it began, as everything else of it (0066): who keeps catalogue
-- and prices can cut a product on any day, and by the day the answer about its price would tell on which day help of one resident began.
-- Both functions are as in 0066, but for what stands here.
create procedure pg_temp.wijzig(functie regprocedure, was text[], wordt text[]) language plpgsql as $$
declare
  bron text := pg_get_functiondef(functie);
begin
  for i in 1 .. cardinality(was) loop
    if strpos(bron, was[i]) = 0 then raise exception '% has no %', functie, was[i]; end if;
    bron := replace(bron, was[i], wordt[i]);
  end loop;
  execute bron;
end
$$;

call pg_temp.wijzig('declaraties.tel_raakt(jsonb)',
  array['app.hele_maanden(v.leeg) as lege_maanden', 'v.catalogus @> t.ingang'],
  array['app.hele_maanden(v.leeg) as lege_maanden, app.hele_maanden(datemultirange(v.catalogus)) as catalogusmaanden',
    'v.catalogusmaanden @> t.ingang']);

call pg_temp.wijzig('toegang.list_ontbreekt(date)',
  array['lopend as materialized (',
    'left join contracten.product p on p.wet = l.wet and p.code = l.code and p.geldigheid @> l.ingang'],
  array['beginproduct as materialized (
    -- The product of the month in which help began; of more the last.
    select distinct on (m.wet, m.code, m.maand) m.wet, m.code, m.maand, p.product_id, p.segment_id, p.eenheid
    from (select distinct l.wet, l.code, date_trunc(''month'', l.ingang)::date as maand from loopt l) m
    join contracten.product p on p.wet = m.wet and p.code = m.code
      and p.geldigheid && daterange(m.maand, (m.maand + interval ''1 month'')::date)
    order by m.wet, m.code, m.maand, p.geldigheid desc
  ), lopend as materialized (',
    'left join beginproduct p on p.wet = l.wet and p.code = l.code and p.maand = date_trunc(''month'', l.ingang)::date']);
