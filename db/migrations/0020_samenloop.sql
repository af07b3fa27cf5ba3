-- The same care for the same person by the same provider, claimed at more than one municipality. Nothing is copied: who
-- asks, sees which of its own lines overlap now, and a credit on either side ends that at once.
create index client_persoon on toegang.client (persoon, gemeente) include (client_id);

-- Which approved lines of the asker's own municipalities, not credited, overlap with such a line elsewhere. Says nothing
-- of that other line but that it is there; `sinds` is when the last of them was decided, so that a judgement from before
-- it does not count.
create function declaraties.list_samenloop()
returns table (gemeente text, declaratie_id bigint, regel integer, sinds timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  with gedeeld as materialized (
    select c.gemeente, c.client_id, d.gemeente as elders, d.client_id as client_elders
    from toegang.client c join toegang.client d on d.persoon = c.persoon and d.gemeente <> c.gemeente
    where c.gemeente = any ((select app.gemeenten_client())::text[])
  )
  select x.gemeente, p.declaratie_id, p.regel, max(q.besloten_op)
  from gedeeld x
  -- Few persons are shared: from here on each is looked up by key, which "offset 0" holds the planner to.
  cross join lateral (
    select t.toewijzing_id, t.aanbieder_id, t.domein from toegang.toewijzing t
    where t.gemeente = x.gemeente and t.client_id = x.client_id offset 0) t
  cross join lateral (
    select u.toewijzing_id from toegang.toewijzing u
    where u.gemeente = x.elders and u.client_id = x.client_elders
      and u.aanbieder_id = t.aanbieder_id and u.domein = t.domein offset 0) u
  cross join lateral (
    select p.declaratie_id, p.regel, p.categorie, p.code, p.begin, p.eind from declaraties.prestatie p
    where p.gemeente = x.gemeente and p.toewijzing_id = t.toewijzing_id and p.goedgekeurd and p.debet
      and not exists (select from declaraties.prestatie k where k.gemeente = p.gemeente
        and k.toewijzing_id = p.toewijzing_id and k.categorie = p.categorie and k.code = p.code
        and k.begin = p.begin and k.eind = p.eind and not k.debet and k.keten = p.keten and k.goedgekeurd) offset 0) p
  cross join lateral (
    select q.besloten_op from declaraties.prestatie q
    where q.gemeente = x.elders and q.toewijzing_id = u.toewijzing_id and q.goedgekeurd and q.debet
      and q.categorie = p.categorie and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin
      and not exists (select from declaraties.prestatie k where k.gemeente = q.gemeente
        and k.toewijzing_id = q.toewijzing_id and k.categorie = q.categorie and k.code = q.code
        and k.begin = q.begin and k.eind = q.eind and not k.debet and k.keten = q.keten and k.goedgekeurd) offset 0) q
  group by 1, 2, 3
$$;

-- Only this function reads past the policies, as a role that nobody can log in with, and only these columns.
grant usage on schema toegang, declaraties to samenhang_teller;
grant select (gemeente, client_id, persoon) on toegang.client to samenhang_teller;
grant select (gemeente, toewijzing_id, client_id, aanbieder_id, domein) on toegang.toewijzing to samenhang_teller;
grant select (gemeente, declaratie_id, regel, toewijzing_id, categorie, code, begin, eind, debet, keten, goedgekeurd,
  besloten_op) on declaraties.prestatie to samenhang_teller;
create policy vergelijken on toegang.client for select to samenhang_teller using (true);
create policy vergelijken on toegang.toewijzing for select to samenhang_teller using (true);
create policy vergelijken on declaraties.prestatie for select to samenhang_teller using (true);
revoke execute on function declaraties.list_samenloop from public;
grant execute on function declaraties.list_samenloop to samenhang_app;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.list_samenloop owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;

-- What a municipality decided about such a line of its own, with why; never that of the other.
create table declaraties.samenloop_oordeel (
  gemeente text not null,
  declaratie_id bigint not null,
  regel integer not null,
  volgnummer bigint generated always as identity,
  oordeel text not null check (oordeel in ('betalen', 'niet-betalen')),
  reden text not null check (reden <> ''),
  door text not null,
  op timestamptz not null,
  primary key (gemeente, declaratie_id, regel, volgnummer),
  foreign key (gemeente, declaratie_id, regel) references declaraties.prestatie (gemeente, declaratie_id, regel)
);
alter table declaraties.samenloop_oordeel enable row level security, force row level security;
create policy zien on declaraties.samenloop_oordeel using (gemeente = any ((select app.gemeenten_client())::text[]));
grant select, insert on declaraties.samenloop_oordeel to samenhang_app;

-- A line that is not paid with the rest of its declaratie has a payment of its own.
alter table declaraties.betaling add column regel integer;
alter table declaraties.betaling drop constraint betaling_gemeente_declaratie_id_key;
alter table declaraties.betaling
  add constraint betaling_per_regel unique nulls not distinct (gemeente, declaratie_id, regel);
grant update (bedrag) on declaraties.betaling to samenhang_app;
