-- Files that were chosen together: tried, and done, as one.
create table platform.bundel (
  bundel_id integer generated always as identity primary key,
  aantal integer not null check (aantal > 0),
  niet_gelezen text[] not null,
  op timestamptz not null,
  door integer references platform.gebruiker
);
alter table platform.invoer add column bundel_id integer references platform.bundel;
create index invoer_bundel on platform.invoer (bundel_id) where bundel_id is not null;
grant select, insert on platform.bundel to samenhang_app;

-- What hangs on prices and products that would be taken out: toewijzingen that count on days for which nothing would be left (`leeg`),
-- and approved lines of such days, or of days on which no such price would be left (`weg`). `vragen`: rows of nr, gemeente and aanbieder
-- (null: every one), wet, code, leeg, tarief and weg. Counts only, of the whole region: who takes a price out sees no resident.
create function declaraties.tel_gebruik(vragen jsonb)
returns table (nr integer, toewijzingen bigint, regels bigint)
language sql stable security definer set search_path = pg_catalog as $$
  with v as materialized (
    select * from jsonb_to_recordset(vragen) as v (nr integer, gemeente text, aanbieder integer, wet text, code text,
      leeg datemultirange, tarief integer, weg datemultirange)
  ), toegewezen as (
    select v.nr, tv.ingang, tv.eind, v.leeg from v
    join toegang.toewijzing t on t.gemeente = v.gemeente and t.aanbieder_id = v.aanbieder and t.domein = v.wet and t.geldt
    join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id
      and tv.versie = t.actuele_versie and tv.code = v.code
    union all
    select v.nr, tv.ingang, tv.eind, v.leeg from v
    join toegang.toewijzing_versie tv on tv.code = v.code
    join toegang.toewijzing t on t.gemeente = tv.gemeente and t.toewijzing_id = tv.toewijzing_id
      and t.actuele_versie = tv.versie and t.domein = v.wet and t.geldt
    where v.aanbieder is null
  ), gedeclareerd as (
    select v.nr, p.begin, p.tarief = v.tarief as zelfde, v.leeg, v.weg from v
    join declaraties.prestatie p on p.gemeente = v.gemeente and p.aanbieder_id = v.aanbieder and p.domein = v.wet
      and p.code = v.code and p.goedgekeurd and p.debet
    union all
    select v.nr, p.begin, false, v.leeg, v.weg from v
    join declaraties.prestatie p on p.domein = v.wet and p.code = v.code and p.goedgekeurd and p.debet
    where v.aanbieder is null
  ), t as (
    select nr, count(*) as n from toegewezen where daterange(ingang, eind, '[]') && leeg group by nr
  ), g as (
    select nr, count(*) as n from gedeclareerd where leeg @> begin or (zelfde and weg @> begin) group by nr
  )
  select nr, coalesce(t.n, 0), coalesce(g.n, 0) from t full join g using (nr)
$$;
grant select (geldt, actuele_versie) on toegang.toewijzing to samenhang_teller;
grant select (gemeente, toewijzing_id, versie, code, ingang, eind) on toegang.toewijzing_versie to samenhang_teller;
grant select (aanbieder_id, domein, tarief) on declaraties.prestatie to samenhang_teller;
create policy vergelijken on toegang.toewijzing_versie for select to samenhang_teller using (true);
revoke execute on function declaraties.tel_gebruik from public;
grant execute on function declaraties.tel_gebruik to samenhang_app;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.tel_gebruik owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;

-- A price by the day on which it begins: the key of the file and of the form. Without it a price list of thousands of rows that takes the
-- place of another looks each of them up among all (the key itself is kept in a GiST index).
create unique index tarief_begin on contracten.tarief (contract_id, wet, code, lower(geldigheid));
