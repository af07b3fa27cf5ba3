-- The same care for the same person by the same provider, claimed at more than one municipality. Nothing is copied: who
-- asks, sees which of its own lines overlap now, and a credit on either side ends that at once.
create index client_persoon on toegang.client (persoon, gemeente) include (client_id);

-- Which approved lines of the asker's own municipalities, not credited, overlap with such a line elsewhere. Says nothing
-- of that other line but that it is there; `sinds` is when the last of them was decided, so that a judgement from before
-- it does not count.
create function declaraties.list_samenloop()
returns table (gemeente text, declaratie_id bigint, regel integer, sinds timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select p.gemeente, p.declaratie_id, p.regel, max(q.besloten_op)
  from toegang.client c
  join toegang.client d on d.persoon = c.persoon and d.gemeente <> c.gemeente
  join toegang.toewijzing t on t.gemeente = c.gemeente and t.client_id = c.client_id
  join toegang.toewijzing u on u.gemeente = d.gemeente and u.client_id = d.client_id
    and u.aanbieder_id = t.aanbieder_id and u.domein = t.domein
  join declaraties.prestatie p on p.gemeente = t.gemeente and p.toewijzing_id = t.toewijzing_id
    and p.goedgekeurd and p.debet
  join declaraties.prestatie q on q.gemeente = u.gemeente and q.toewijzing_id = u.toewijzing_id
    and q.goedgekeurd and q.debet
    and q.categorie = p.categorie and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin
  where c.gemeente = any ((select app.gemeenten_client())::text[])
    and not exists (select from declaraties.prestatie k where k.gemeente = p.gemeente
      and k.toewijzing_id = p.toewijzing_id and k.categorie = p.categorie and k.code = p.code
      and k.begin = p.begin and k.eind = p.eind and not k.debet and k.keten = p.keten and k.goedgekeurd)
    and not exists (select from declaraties.prestatie k where k.gemeente = q.gemeente
      and k.toewijzing_id = q.toewijzing_id and k.categorie = q.categorie and k.code = q.code
      and k.begin = q.begin and k.eind = q.eind and not k.debet and k.keten = q.keten and k.goedgekeurd)
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
