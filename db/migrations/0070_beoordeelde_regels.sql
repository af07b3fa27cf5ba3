-- What approved lines were judged by, for who changes it (ADR 27): of providers, of products ('jw~45A04'), or of both; null is of all. By the
-- days that the judge goes by, never by the row of the catalogue that it found: such a row can be cut, joined and taken back. Told together,
-- as often as they were not credited. `catalogus`: the day of the catalogue, as the last of `grenzen` before it; `dagen`: those of the price.
-- What begins within a month does so on the day on which help of a resident began: then each day of that month counts.
create function declaraties.beoordeelde_regels(aanbieders integer[], producten text[], grenzen date[])
returns table (gemeente text, aanbieder_id integer, wet text, code text, catalogus date, dagen daterange, tarief integer, eenheid text,
  aantal integer)
language sql stable security definer set search_path = pg_catalog as $$
  with regel as materialized (
    select p.gemeente, p.aanbieder_id, p.domein, p.code, p.begin, p.tarief, p.eenheid, p.debet,
      coalesce(v.ingang, p.begin) as begon
    from declaraties.prestatie p
    left join toegang.toewijzing t on (t.gemeente, t.toewijzing_id) = (p.gemeente, p.toewijzing_id)
    left join toegang.toewijzing_versie v
      on (v.gemeente, v.toewijzing_id, v.versie, v.code) = (t.gemeente, t.toewijzing_id, t.actuele_versie, p.code)
    where p.goedgekeurd and p.tarief is not null
      and (aanbieders is null or p.aanbieder_id = any (aanbieders))
      and (producten is null or p.domein || '~' || p.code = any (producten))
  ), dag as materialized (
    select d.dag, case when extract(day from d.dag) = 1 then daterange(d.dag, d.dag, '[]') else m.maand end as dagen
    from (select begin from regel union select begon from regel) d (dag)
    cross join lateral (
      select daterange(date_trunc('month', d.dag)::date, (date_trunc('month', d.dag) + interval '1 month')::date) as maand) m
  ), catalogusdag as materialized (
    select d.dag, coalesce((select max(g) from unnest(grenzen) g where g <= lower(d.dagen)), lower(d.dagen)) as grens from dag d
    union
    select d.dag, g from dag d join unnest(grenzen) g on d.dagen @> g
  )
  select r.gemeente, r.aanbieder_id, r.domein, r.code, c.grens, d.dagen, r.tarief, r.eenheid,
    sum(case when r.debet then 1 else -1 end)::integer
  from regel r join dag d on d.dag = r.begin join catalogusdag c on c.dag = r.begon
  group by 1, 2, 3, 4, 5, 6, 7, 8
  having sum(case when r.debet then 1 else -1 end) > 0
$$;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.beoordeelde_regels owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;
revoke execute on function declaraties.beoordeelde_regels from public;
grant execute on function declaraties.beoordeelde_regels to samenhang_app;
