-- The weighing of an exchange of data (cap 115): may this role have these data for this purpose, and on what ground?
-- A weighing says what may; it holds no case data at all.
create schema uitwisseling;
grant usage on schema uitwisseling to samenhang_app;

-- The vocabulary: domains, purposes, data elements, grounds and DPIA questions, as a region writes them in gegevens.json.
-- A version never changes: a weighing keeps the one it was written with.
create table uitwisseling.gegevenslijst (
  lijst_id integer generated always as identity primary key,
  inhoud jsonb not null check (jsonb_typeof(inhoud) = 'object'),
  door integer references platform.gebruiker,
  op timestamptz not null default now()
);

-- One version of a weighing. stam null: the first; else the first of the line. gemeente null: of the region.
create table uitwisseling.weging (
  weging_id integer generated always as identity primary key,
  stam integer references uitwisseling.weging,
  nummer integer not null default 1 check (nummer > 0),
  gemeente text references contracten.gemeente,
  dossier_id integer references beleid.dossier,
  lijst_id integer not null references uitwisseling.gegevenslijst,
  activiteit app.tekst not null check (activiteit <> ''),
  doel text not null check (doel <> ''),
  inhoud jsonb not null check (jsonb_typeof(inhoud) = 'object' and not app.bevat_bsn(inhoud::text)),
  geldig_vanaf date not null,
  geldig_tot date check (geldig_tot >= geldig_vanaf),
  staat text not null default 'concept'
    check (staat in ('concept', 'ter-advies', 'geadviseerd', 'besloten', 'herzien', 'ingetrokken')),
  -- Everyone who wrote on it: none of them advises or decides.
  opstellers integer[] not null check (cardinality(opstellers) > 0),
  advies text check (advies in ('positief', 'voorwaarden', 'negatief')),
  advies_tekst app.tekst,
  advies_door integer references platform.gebruiker,
  advies_op timestamptz,
  besluit text check (besluit in ('toegestaan', 'voorwaarden', 'niet-toegestaan')),
  voorwaarden app.tekst,
  motivering app.tekst,
  besluit_door integer references platform.gebruiker,
  besluit_op timestamptz,
  ingetrokken_op timestamptz,
  versie integer not null default 1,
  op timestamptz not null default now(),
  check ((advies is null) = (advies_door is null) and (advies is null) = (advies_op is null)),
  check ((besluit is null) = (besluit_door is null) and (besluit is null) = (besluit_op is null)),
  check (staat not in ('besloten', 'herzien') or besluit is not null),
  check (advies_door <> all (opstellers) and besluit_door <> all (opstellers) and besluit_door <> advies_door)
);
create unique index weging_nummer on uitwisseling.weging (coalesce(stam, weging_id), nummer);
-- One version at a time is being worked on.
create unique index weging_open on uitwisseling.weging (coalesce(stam, weging_id))
  where staat in ('concept', 'ter-advies', 'geadviseerd');
create index weging_doel on uitwisseling.weging (doel);
create index weging_dossier on uitwisseling.weging (dossier_id) where dossier_id is not null;

-- What happened, with the whole text as it was then.
create table uitwisseling.weging_stap (
  weging_id integer not null references uitwisseling.weging,
  versie integer not null,
  stap text not null,
  toelichting app.tekst not null default '',
  stand jsonb not null check (not app.bevat_bsn(stand::text)),
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (weging_id, versie)
);

alter table uitwisseling.weging enable row level security, force row level security;
create policy zien on uitwisseling.weging using (app.mag_beleid(gemeente, (select app.gemeenten_beleid())::text[]));
create policy toevoegen on uitwisseling.weging as restrictive for insert
  with check (gemeente is not null or (select app.is_regionaal()));
create policy wijzigen on uitwisseling.weging as restrictive for update
  using (gemeente is not null or (select app.is_regionaal()));
alter table uitwisseling.weging_stap enable row level security, force row level security;
create policy zien on uitwisseling.weging_stap
  using (exists (select from uitwisseling.weging w where w.weging_id = weging_stap.weging_id));
create policy toevoegen on uitwisseling.weging_stap as restrictive for insert
  with check (exists (select from uitwisseling.weging w
    where w.weging_id = weging_stap.weging_id and (w.gemeente is not null or (select app.is_regionaal()))));

grant select, insert on uitwisseling.gegevenslijst, uitwisseling.weging, uitwisseling.weging_stap to samenhang_app;
grant update on uitwisseling.weging to samenhang_app;
