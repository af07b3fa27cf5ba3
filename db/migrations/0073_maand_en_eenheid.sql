-- By which row of the catalogue a toewijzing is counted goes by the month in which it began, as everything else of it (0066): who keeps catalogue
-- and prices can cut a product on any day, and by the day the answer about its price would tell on which day help of one resident began.
-- And where a product is counted otherwise from a day, a price of before it ends for what begins then: a price is for the unit of its first day
-- (0068). What already runs keeps it, and is not counted.
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
    'left join contracten.product p on p.wet = l.wet and p.code = l.code and p.geldigheid @> l.ingang',
    'einde as materialized (
    select row_number() over () as nr, t.contract_id, t.aanbieder_id, t.wet, t.code, upper(t.geldigheid) as vanaf, p.segment_id
',
    'upper(t.geldigheid) - 1 <= (dag + interval ''6 months'')::date
  ), einddag',
    'join contracten.tarief t on t.geldigheid @> d.vanaf
',
    'any_value(e.vanaf) as vanaf, array_agg',
    'from zonder_vervolg z
    join loopt l on l.aanbieder_id = z.aanbieder_id and l.wet = z.wet and l.code = z.code and l.gemeente = any (z.gemeenten)
    where '],
  array['beginproduct as materialized (
    -- The product of the month in which help began; of more the last.
    select distinct on (m.wet, m.code, m.maand) m.wet, m.code, m.maand, p.product_id, p.segment_id, p.eenheid
    from (select distinct l.wet, l.code, date_trunc(''month'', l.ingang)::date as maand from loopt l) m
    join contracten.product p on p.wet = m.wet and p.code = m.code
      and p.geldigheid && daterange(m.maand, (m.maand + interval ''1 month'')::date)
    order by m.wet, m.code, m.maand, p.geldigheid desc
  ), lopend as materialized (',
    'left join beginproduct p on p.wet = l.wet and p.code = l.code and p.maand = date_trunc(''month'', l.ingang)::date',
    'wissel as materialized (
    select n.wet, n.code, lower(n.geldigheid) as vanaf, n.segment_id, n.eenheid
    from contracten.product n
    where n.eenheid <> ''83'' and lower(n.geldigheid) > dag and lower(n.geldigheid) - 1 <= (dag + interval ''6 months'')::date
      and exists (
        select from contracten.product v
        where v.wet = n.wet and v.code = n.code and v.geldigheid << n.geldigheid and v.eenheid <> n.eenheid)
  ), gewisseld as materialized (
    -- Prices of before it that run on, per another unit: for what begins then they end.
    select t.contract_id, t.aanbieder_id, t.wet, t.code, lower(t.geldigheid) as begin, w.vanaf, w.segment_id
    from wissel w join contracten.tarief t on t.wet = w.wet and t.code = w.code and lower(t.geldigheid) < w.vanaf and t.geldigheid @> w.vanaf
    where contracten.eenheid_op(t.wet, t.code, lower(t.geldigheid)) <> w.eenheid
  ), einde as materialized (
    select row_number() over () as nr, e.* from (
    select g.contract_id, g.aanbieder_id, g.wet, g.code, g.vanaf, g.segment_id, true as loopt_door from gewisseld g
    union all
    select t.contract_id, t.aanbieder_id, t.wet, t.code, upper(t.geldigheid), p.segment_id, false
',
    'upper(t.geldigheid) - 1 <= (dag + interval ''6 months'')::date
      -- Of what ends by its unit before that day the rest is missing from then on.
      and not exists (
        select from gewisseld g
        where g.contract_id = t.contract_id and g.wet = t.wet and g.code = t.code and g.begin = lower(t.geldigheid))) e
  ), einddag',
    'join contracten.tarief t on t.geldigheid @> d.vanaf and not exists (
      select from gewisseld g
      where g.contract_id = t.contract_id and g.wet = t.wet and g.code = t.code and g.begin = lower(t.geldigheid) and g.vanaf <= d.vanaf)
',
    'any_value(e.vanaf) as vanaf, bool_and(e.loopt_door) as loopt_door, array_agg',
    'from zonder_vervolg z
    join loopt l on l.aanbieder_id = z.aanbieder_id and l.wet = z.wet and l.code = z.code and l.gemeente = any (z.gemeenten)
    where not z.loopt_door and ']);
