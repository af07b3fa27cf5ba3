-- What is bought without a ceiling, by a municipality that has ceilings: this year, and the year that begins within six months. A row for a
-- segment and a year, that by its first day (`vanaf`). The same columns as what else is missing (`contracten.list_ontbreekt`).
create function contracten.list_zonder_plafond(dag date)
returns table (soort text, contract_id integer, aanbieder_id integer, segment_id integer, gemeenten text[], wet text, code text,
  begin date, vanaf date, tarieven integer, toewijzingen integer, herstel_id integer, herstel_begin date,
  producten text[])
language sql stable security definer set search_path = pg_catalog as $$
  with jaar as (
    select distinct extract(year from d)::integer as jaar from unnest(array[dag, (dag + interval '6 months')::date]) d
  ), cel as (
    -- What has products and is in a contract then, by itself or in what it hangs under.
    select distinct j.jaar, k.segment_id, cg.gemeente
    from jaar j
    join contracten.contractversie v on v.geldigheid && daterange(make_date(j.jaar, 1, 1), make_date(j.jaar + 1, 1, 1))
    join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
    join contracten.segmentketen k on k.boven_id = cs.segment_id
    join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
    where exists (
      select from contracten.product p
      where p.segment_id = k.segment_id and p.geldigheid && daterange(make_date(j.jaar, 1, 1), make_date(j.jaar + 1, 1, 1)))
  ), begrensd as (
    select distinct b.jaar, b.gemeente, k.segment_id
    from contracten.budgetplafond b join contracten.segmentketen k on k.boven_id = b.segment_id
  )
  select 'segment-zonder-plafond', null::integer, null::integer, c.segment_id, array_agg(c.gemeente order by c.gemeente), s.wet, null::text,
    null::date, make_date(c.jaar, 1, 1), null::integer, null::integer, null::integer, null::date, null::text[]
  from cel c join contracten.segment s on s.segment_id = c.segment_id
  left join begrensd b on b.jaar = c.jaar and b.gemeente = c.gemeente and b.segment_id = c.segment_id
  where b.segment_id is null
    -- Who never set one needs none.
    and exists (select from contracten.budgetplafond a where a.gemeente = c.gemeente and a.jaar in (c.jaar, c.jaar - 1))
  group by c.jaar, c.segment_id, s.wet
$$;
grant create on schema contracten to samenhang_teller;
alter function contracten.list_zonder_plafond owner to samenhang_teller;
revoke create on schema contracten from samenhang_teller;
revoke execute on function contracten.list_zonder_plafond from public;
grant execute on function contracten.list_zonder_plafond to samenhang_app;
