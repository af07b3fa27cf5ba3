-- The Wegwijzer (document 004): dossiers, the run of a method through a dossier, and what was decided.
-- Nothing in this schema points at a resident: circle and matrices exist for policy only.
create schema beleid;

-- A method is data: questions, circle, matrices, knobs. A run keeps the version it began with.
create table beleid.methode (
  methode_id integer generated always as identity primary key,
  code text not null check (code <> ''),
  versie integer not null check (versie > 0),
  naam text not null check (naam <> ''),
  inhoud jsonb not null,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  unique (code, versie)
);

-- gemeente null: a dossier of the region.
create table beleid.dossier (
  dossier_id integer generated always as identity primary key,
  gemeente text references contracten.gemeente,
  naam app.tekst not null check (naam <> ''),
  thema app.tekst not null check (thema <> ''),
  wetten text[] not null check (cardinality(wetten) > 0 and wetten <@ '{jw,wmo,pw}'),
  toelichting app.tekst not null default '',
  eigenaar integer not null references platform.gebruiker,
  loopt_af date,
  gesloten_op date,
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now()
);
create unique index dossier_naam on beleid.dossier (coalesce(gemeente, ''), lower(naam)) where gesloten_op is null;

create table beleid.dossier_segment (
  dossier_id integer not null references beleid.dossier,
  segment_id integer not null references contracten.segment,
  primary key (dossier_id, segment_id)
);
create index dossier_segment_segment on beleid.dossier_segment (segment_id);

-- What is offered today. kosten: eurocents in jaar. An offer is never deleted: old runs refer to it.
create table beleid.aanbod (
  aanbod_id integer generated always as identity primary key,
  dossier_id integer not null references beleid.dossier,
  naam app.tekst not null check (naam <> ''),
  aard text not null check (aard in ('preventief', 'curatief')),
  toegang text not null check (toegang in ('vrij', 'geindiceerd')),
  instrument text not null check (instrument in ('subsidie', 'inkoop', 'open-house', 'eigen-dienst', 'vrijwillig')),
  partners app.tekst not null default '',
  doelgroep app.tekst not null default '',
  gebruikers integer check (gebruikers >= 0),
  kosten bigint check (kosten >= 0),
  jaar integer check (jaar between 2000 and 2100),
  bewijs text not null default 'onbekend' check (bewijs in ('bewezen', 'praktijk', 'onderbouwd', 'onbewezen', 'onbekend')),
  segment_id integer references contracten.segment,
  bron app.tekst not null default '',
  vervallen_op date,
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  unique (dossier_id, aanbod_id)
);
create unique index aanbod_naam on beleid.aanbod (dossier_id, lower(naam)) where vervallen_op is null;

create table beleid.doorloop (
  doorloop_id integer generated always as identity primary key,
  dossier_id integer not null references beleid.dossier,
  nummer integer not null check (nummer > 0),
  methode_id integer not null references beleid.methode,
  staat text not null default 'loopt' check (staat in ('loopt', 'gepauzeerd', 'voorgelegd', 'vastgesteld', 'ingetrokken')),
  trekker integer not null references platform.gebruiker,
  begonnen_op timestamptz not null default now(),
  versie integer not null default 1,
  unique (dossier_id, nummer),
  unique (doorloop_id, dossier_id)
);
-- One run at a time.
create unique index doorloop_lopend on beleid.doorloop (dossier_id) where staat in ('loopt', 'gepauzeerd', 'voorgelegd');

create table beleid.doorloop_stap (
  stap_id bigint generated always as identity primary key,
  doorloop_id integer not null,
  dossier_id integer not null,
  stap text not null,
  toelichting app.tekst not null default '',
  naar integer references platform.gebruiker,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  foreign key (doorloop_id, dossier_id) references beleid.doorloop (doorloop_id, dossier_id)
);
create index doorloop_stap_doorloop on beleid.doorloop_stap (doorloop_id);

-- One piece of a run that one person saves at a time: an answer, the circle of an offer, a precondition. What it holds is
-- a document whose form belongs to `onderdeel`; the codes in it are those of the method. Every state is kept below.
create table beleid.deel (
  doorloop_id integer not null,
  dossier_id integer not null,
  onderdeel text not null,
  sleutel text not null,
  aanbod_id integer,
  inhoud jsonb not null check (jsonb_typeof(inhoud) = 'object' and not app.bevat_bsn(inhoud::text)),
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (doorloop_id, onderdeel, sleutel),
  foreign key (doorloop_id, dossier_id) references beleid.doorloop (doorloop_id, dossier_id),
  foreign key (dossier_id, aanbod_id) references beleid.aanbod (dossier_id, aanbod_id)
);

create table beleid.deel_versie (
  doorloop_id integer not null,
  dossier_id integer not null,
  onderdeel text not null,
  sleutel text not null,
  versie integer not null,
  inhoud jsonb not null,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (doorloop_id, onderdeel, sleutel, versie),
  foreign key (doorloop_id, onderdeel, sleutel) references beleid.deel (doorloop_id, onderdeel, sleutel)
);

-- What people add to a question: never overwritten, and answered so that the giver sees what came of it.
create table beleid.bijdrage (
  bijdrage_id bigint generated always as identity primary key,
  doorloop_id integer not null,
  dossier_id integer not null,
  vraag text not null,
  soort text not null check (soort in ('bijdrage', 'dilemma', 'bron', 'opmerking')),
  tekst app.tekst not null check (tekst <> ''),
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  uitkomst text check (uitkomst in ('overgenomen', 'meegewogen', 'niet-overgenomen')),
  reactie app.tekst,
  afgedaan_door integer references platform.gebruiker,
  afgedaan_op timestamptz,
  check ((uitkomst is null) = (afgedaan_op is null)),
  foreign key (doorloop_id, dossier_id) references beleid.doorloop (doorloop_id, dossier_id)
);
create index bijdrage_vraag on beleid.bijdrage (doorloop_id, vraag);

create table beleid.conclusie (
  conclusie_id integer generated always as identity primary key,
  doorloop_id integer not null,
  dossier_id integer not null,
  kwadrant text not null,
  richting text not null check (richting in ('behouden', 'opzetten', 'versterken', 'curatief', 'loslaten')),
  tekst app.tekst not null check (tekst <> ''),
  aanbod_id integer,
  raakt text not null check (raakt in ('niets', 'nieuw', 'bestaand')),
  kenmerken text[] not null default '{}',
  geschrapt_op timestamptz,
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  unique (conclusie_id, dossier_id),
  foreign key (doorloop_id, dossier_id) references beleid.doorloop (doorloop_id, dossier_id),
  foreign key (dossier_id, aanbod_id) references beleid.aanbod (dossier_id, aanbod_id)
);
create index conclusie_doorloop on beleid.conclusie (doorloop_id);

-- What a conclusion becomes: something with an owner, in a part of the product that may not exist yet.
create table beleid.opdracht (
  opdracht_id integer generated always as identity primary key,
  conclusie_id integer not null,
  dossier_id integer not null,
  bestemming text not null check (bestemming in ('inkoop', 'subsidies', 'toegang', 'sturing', 'beleid')),
  wat app.tekst not null check (wat <> ''),
  eigenaar integer not null references platform.gebruiker,
  uiterlijk date,
  segment_id integer references contracten.segment,
  staat text not null default 'open' check (staat in ('open', 'opgepakt', 'klaar', 'vervallen')),
  resultaat app.tekst not null default '',
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  unique (opdracht_id, dossier_id),
  foreign key (conclusie_id, dossier_id) references beleid.conclusie (conclusie_id, dossier_id)
);
create index opdracht_conclusie on beleid.opdracht (conclusie_id);
create index opdracht_eigenaar on beleid.opdracht (eigenaar) where staat in ('open', 'opgepakt');
create index opdracht_segment on beleid.opdracht (segment_id) where segment_id is not null;

create table beleid.opdracht_stap (
  stap_id bigint generated always as identity primary key,
  opdracht_id integer not null,
  dossier_id integer not null,
  staat text not null,
  toelichting app.tekst not null default '',
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  foreign key (opdracht_id, dossier_id) references beleid.opdracht (opdracht_id, dossier_id)
);
create index opdracht_stap_opdracht on beleid.opdracht_stap (opdracht_id);

-- The conclusion sheet as it was laid before college or raad: kept whole, whatever changes afterwards.
create table beleid.blad (
  doorloop_id integer not null,
  dossier_id integer not null,
  nummer integer not null check (nummer > 0),
  inhoud jsonb not null,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (doorloop_id, nummer),
  foreign key (doorloop_id, dossier_id) references beleid.doorloop (doorloop_id, dossier_id)
);

create table beleid.besluit (
  besluit_id integer generated always as identity primary key,
  doorloop_id integer not null,
  dossier_id integer not null,
  blad integer not null,
  orgaan text not null check (orgaan in ('college', 'raad')),
  gemeente text references contracten.gemeente,
  datum date not null,
  uitkomst text not null check (uitkomst in ('vastgesteld', 'vastgesteld-met-wijziging', 'aangehouden', 'afgewezen')),
  kenmerk app.tekst not null default '',
  toelichting app.tekst not null default '',
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  foreign key (doorloop_id, dossier_id) references beleid.doorloop (doorloop_id, dossier_id),
  foreign key (doorloop_id, blad) references beleid.blad (doorloop_id, nummer)
);
create index besluit_doorloop on beleid.besluit (doorloop_id);

-- Policy of the region for everyone who works there, of a municipality for who works on it; everything in a dossier is
-- seen with its dossier.
alter table beleid.dossier enable row level security, force row level security;
create policy zien on beleid.dossier using (app.mag_beleid(gemeente, (select app.gemeenten_beleid())::text[]));
create policy toevoegen on beleid.dossier as restrictive for insert
  with check (gemeente is not null or (select app.is_regionaal()));
create policy wijzigen on beleid.dossier as restrictive for update
  using (gemeente is not null or (select app.is_regionaal()))
  with check (gemeente is not null or (select app.is_regionaal()));
do $$ declare tabel text; begin
  foreach tabel in array '{dossier_segment,aanbod,doorloop,doorloop_stap,deel,deel_versie,bijdrage,conclusie,opdracht,opdracht_stap,blad,besluit}'::text[] loop
    execute format('alter table beleid.%I enable row level security, force row level security', tabel);
    execute format('create policy zien on beleid.%1$I using (exists (select from beleid.dossier d where d.dossier_id = %1$I.dossier_id))', tabel);
  end loop;
end $$;

grant usage on schema beleid to samenhang_app;
grant select, insert on all tables in schema beleid to samenhang_app;
grant update on beleid.dossier, beleid.aanbod, beleid.doorloop, beleid.deel, beleid.conclusie, beleid.opdracht to samenhang_app;
grant update (uitkomst, reactie, afgedaan_door, afgedaan_op) on beleid.bijdrage to samenhang_app;
grant delete on beleid.dossier_segment to samenhang_app;
