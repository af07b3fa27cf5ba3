create schema toegang;

-- One resident as one municipality knows them. The BSN is encrypted; bsn_hash (keyed) finds it,
-- persoon (keyed with another key) lets figures count one person once, also across municipalities.
create table toegang.client (
  gemeente text not null references contracten.gemeente,
  client_id bigint generated always as identity,
  bsn_hash bytea not null,
  bsn_versleuteld bytea not null,
  persoon bigint not null,
  naam text not null,
  geboortedatum date not null,
  geslacht text not null check (geslacht in ('0', '1', '2')),
  testdata boolean not null,
  vastgelegd_op timestamptz not null default now(),
  primary key (gemeente, client_id),
  unique (gemeente, bsn_hash)
);

-- Where a resident lives and which municipality is responsible (woonplaatsbeginsel), each dated.
create table toegang.woonplaats (
  gemeente text not null,
  client_id bigint not null,
  geldigheid daterange not null,
  woonplaats text not null,
  primary key (gemeente, client_id, geldigheid without overlaps),
  foreign key (gemeente, client_id) references toegang.client (gemeente, client_id)
);
create table toegang.verantwoordelijkheid (
  gemeente text not null,
  client_id bigint not null,
  geldigheid daterange not null,
  verantwoordelijke_gemeente text not null,
  primary key (gemeente, client_id, geldigheid without overlaps),
  foreign key (gemeente, client_id) references toegang.client (gemeente, client_id)
);

-- What the municipality knows of the referral behind a toewijzing number; the 301 itself carries none of it.
create table toegang.verwijzing (
  gemeente text not null references contracten.gemeente,
  domein text not null check (domein in ('jw', 'wmo')),
  nummer bigint not null,
  verwijzer text not null check (verwijzer in ('01', '02', '03', '04', '05', '06', '08')),
  verwezen_op date not null,
  probleemcluster text,
  herhaald boolean,
  vastgelegd_op timestamptz not null default now(),
  primary key (gemeente, domein, nummer)
);

create table toegang.toewijzing (
  gemeente text not null references contracten.gemeente,
  toewijzing_id bigint generated always as identity,
  domein text not null check (domein in ('jw', 'wmo')),
  nummer bigint not null check (nummer between 0 and 999999999),
  client_id bigint not null,
  aanbieder_id integer not null references aanbieders.aanbieder,
  actuele_versie integer not null default 1,
  verwijzer text,
  probleemcluster text,
  herhaald boolean,
  primary key (gemeente, toewijzing_id),
  unique (gemeente, domein, nummer),
  foreign key (gemeente, client_id) references toegang.client (gemeente, client_id)
);
create index toewijzing_client on toegang.toewijzing (gemeente, client_id);
create index toewijzing_aanbieder on toegang.toewijzing (gemeente, aanbieder_id);

-- Every state a toewijzing ever had. Three moments: ingang/eind (care), ontvangen_op, vastgelegd_op (decided).
create table toegang.toewijzing_versie (
  gemeente text not null,
  toewijzing_id bigint not null,
  versie integer not null,
  aanbieder_id integer not null,
  bericht_id uuid not null,
  toegewezen_op timestamp not null,
  categorie text,
  code text,
  product_id integer references contracten.product,
  segment_id integer references contracten.segment,
  ingang date not null,
  eind date check (eind >= ingang),
  reden_wijziging text,
  volume bigint,
  eenheid text,
  frequentie text,
  budget bigint,
  tarief integer,
  tarief_vanaf date,
  ontvangen_op timestamptz not null,
  vastgelegd_op timestamptz not null default now(),
  primary key (gemeente, toewijzing_id, versie),
  foreign key (gemeente, toewijzing_id) references toegang.toewijzing (gemeente, toewijzing_id),
  check ((volume is null) = (eenheid is null) and (volume is null) = (frequentie is null))
);

-- Start and stop messages as they came; a deletion is a row of its own (status_aanlevering 3).
create table toegang.start_stop (
  gemeente text not null,
  start_stop_id bigint generated always as identity,
  bericht_id uuid not null,
  soort text not null check (soort in ('start', 'stop')),
  domein text not null,
  aanbieder_id integer not null references aanbieders.aanbieder,
  client_id bigint not null,
  toewijzing_id bigint not null,
  categorie text,
  code text,
  begindatum date not null,
  einddatum date check (einddatum >= begindatum),
  reden_beeindiging text,
  status_aanlevering text not null check (status_aanlevering in ('1', '3')),
  ontvangen_op timestamptz not null,
  vastgelegd_op timestamptz not null default now(),
  primary key (gemeente, start_stop_id),
  foreign key (gemeente, toewijzing_id) references toegang.toewijzing (gemeente, toewijzing_id),
  foreign key (gemeente, client_id) references toegang.client (gemeente, client_id),
  check ((soort = 'stop') = (einddatum is not null)),
  check ((soort = 'stop') = (reden_beeindiging is not null))
);
create index start_stop_toewijzing on toegang.start_stop (gemeente, toewijzing_id);

alter table toegang.client enable row level security, force row level security;
create policy zien on toegang.client using (
  gemeente = any ((select app.gemeenten_client())::text[])
  or ((select app.aanbieder()) is not null and exists (
    select from toegang.toewijzing t
    where t.gemeente = client.gemeente and t.client_id = client.client_id and t.aanbieder_id = (select app.aanbieder()))));
alter table toegang.woonplaats enable row level security, force row level security;
create policy zien on toegang.woonplaats using (gemeente = any ((select app.gemeenten_client())::text[]));
alter table toegang.verantwoordelijkheid enable row level security, force row level security;
create policy zien on toegang.verantwoordelijkheid using (gemeente = any ((select app.gemeenten_client())::text[]));
alter table toegang.verwijzing enable row level security, force row level security;
create policy zien on toegang.verwijzing using (gemeente = any ((select app.gemeenten_client())::text[]));
alter table toegang.toewijzing enable row level security, force row level security;
create policy zien on toegang.toewijzing using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table toegang.toewijzing_versie enable row level security, force row level security;
create policy zien on toegang.toewijzing_versie using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table toegang.start_stop enable row level security, force row level security;
create policy zien on toegang.start_stop using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
