-- What somebody keeps for themselves: a form that is not finished, and a list as they like to see it.

-- A form that is not finished, of one person. Encrypted with the master key: what stands in it was not checked yet, so that it may
-- hold what the record itself would refuse. `stand` counts its changes, and `bladzij` is which showing of the form made the last one (a
-- hash of its token): of two windows on one form the second to write is told, and takes nothing from the first. `gesloten`: it was saved
-- for good, so that what that page still sends by itself keeps nothing any more.
create table platform.concept (
  concept_id integer generated always as identity primary key,
  gebruiker_id integer not null references platform.gebruiker,
  adres text not null check (adres ~ '^/[^/]' and length(adres) <= 500),
  inhoud bytea,
  stand integer not null default 1,
  bladzij bytea not null check (length(bladzij) = 32),
  gesloten boolean not null default false,
  op timestamptz not null default now(),
  unique (gebruiker_id, adres)
);
create index concept_op on platform.concept (op);
alter table platform.concept enable row level security;
create policy eigen on platform.concept
  using ('gebruiker:' || gebruiker_id = (select current_setting('app.wie', true)));
create policy opruimen on platform.concept for delete using (op < now() - interval '30 days');
create policy opruimen_zien on platform.concept for select using (op < now() - interval '30 days');
grant select, insert, update, delete on platform.concept to samenhang_app;

-- A list as somebody likes to see it: what is filtered, how it is ordered, which columns.
create table platform.weergave (
  weergave_id integer generated always as identity primary key,
  gebruiker_id integer not null references platform.gebruiker,
  pad text not null check (pad ~ '^/[^/]' and length(pad) <= 200),
  zoek text not null check (length(zoek) <= 2000),
  naam app.tekst not null check (length(naam) <= 60),
  gemaakt_op timestamptz not null default now(),
  unique (gebruiker_id, pad, naam)
);
alter table platform.weergave enable row level security;
create policy eigen on platform.weergave
  using ('gebruiker:' || gebruiker_id = (select current_setting('app.wie', true)));
grant select, insert, update, delete on platform.weergave to samenhang_app;
