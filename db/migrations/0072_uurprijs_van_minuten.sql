-- As in 0070, and with the hourly prices that a line in minutes fits: the judge multiplies those and rounds once, at the end (TR346, IV081), so that
-- more than one of them can be said as the same price of a minute, and only some come to its amount. `uur_van` to `uur_tot`, in eurocents; null of
-- other units. From an hour on that is one price at most.
drop function declaraties.beoordeelde_regels;
grant select (volume) on declaraties.prestatie to samenhang_teller;
create function declaraties.beoordeelde_regels(aanbieders integer[], producten text[], grenzen date[])
returns table (gemeente text, aanbieder_id integer, wet text, code text, catalogus date, dagen daterange, tarief integer, eenheid text,
  uur_van bigint, uur_tot bigint, aantal integer)
language sql stable security definer set search_path = pg_catalog as $$
  with regel as materialized (
    select p.gemeente, p.aanbieder_id, p.domein, p.code, p.begin, p.tarief, p.eenheid, p.debet, u.*,
      coalesce(v.ingang, p.begin) as begon
    from declaraties.prestatie p
    left join toegang.toewijzing t on (t.gemeente, t.toewijzing_id) = (p.gemeente, p.toewijzing_id)
    left join toegang.toewijzing_versie v
      on (v.gemeente, v.toewijzing_id, v.versie, v.code) = (t.gemeente, t.toewijzing_id, t.actuele_versie, p.code)
    cross join lateral (
      -- What is half a cent below the amount still rounds to it, what is half a cent above does not.
      select case when p.eenheid = '01' then ((2 * p.bedrag - 1) * 30 + p.volume - 1) / nullif(p.volume, 0) end as uur_van,
        case when p.eenheid = '01' then ((2 * p.bedrag + 1) * 30 + p.volume - 1) / nullif(p.volume, 0) - 1 end as uur_tot) u
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
  select r.gemeente, r.aanbieder_id, r.domein, r.code, c.grens, d.dagen, r.tarief, r.eenheid, r.uur_van, r.uur_tot,
    sum(case when r.debet then 1 else -1 end)::integer
  from regel r join dag d on d.dag = r.begin join catalogusdag c on c.dag = r.begon
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  having sum(case when r.debet then 1 else -1 end) > 0
$$;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.beoordeelde_regels owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;
revoke execute on function declaraties.beoordeelde_regels from public;
grant execute on function declaraties.beoordeelde_regels to samenhang_app;
