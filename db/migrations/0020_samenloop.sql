-- The same care for the same person by the same provider, claimed at more than one municipality. Nothing is copied: who
-- asks, sees which of its own lines overlap now, and a credit on either side ends that at once.
create index client_persoon on toegang.client (persoon, gemeente) include (client_id);

-- The approved lines on one toewijzing that were not credited.
create function declaraties.list_staand(van_gemeente text, van_toewijzing bigint)
returns table (declaratie_id bigint, regel integer, categorie text, code text, begin date, eind date, besloten_op timestamptz)
language sql stable as $$
  select p.declaratie_id, p.regel, p.categorie, p.code, p.begin, p.eind, p.besloten_op
  from declaraties.prestatie p
  where p.gemeente = van_gemeente and p.toewijzing_id = van_toewijzing and p.goedgekeurd and p.debet
    and not exists (select from declaraties.prestatie k where k.gemeente = p.gemeente
      and k.toewijzing_id = p.toewijzing_id and k.categorie = p.categorie and k.code = p.code
      and k.begin = p.begin and k.eind = p.eind and not k.debet and k.keten = p.keten and k.goedgekeurd)
$$;

-- What a municipality decided about such a line of its own, with why; never that of the other.
create table declaraties.samenloop_oordeel (
  gemeente text not null,
  declaratie_id bigint not null,
  regel integer not null,
  volgnummer bigint generated always as identity,
  oordeel text not null check (oordeel in ('betalen', 'niet-betalen')),
  reden app.tekst not null check (reden <> ''),
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
