create schema aanbieders;

create table aanbieders.aanbieder (
  aanbieder_id integer generated always as identity primary key,
  agb text not null unique check (agb ~ '^[0-9]{8}$'),
  kvk text check (kvk ~ '^[0-9]{8}$'),
  naam text not null check (naam <> ''),
  testdata boolean not null default false
);
create index aanbieder_naam on aanbieders.aanbieder using gin (naam gin_trgm_ops);

create table aanbieders.locatie (
  aanbieder_id integer not null references aanbieders.aanbieder,
  volgnummer integer not null,
  naam text not null,
  postcode text,
  plaats text not null,
  primary key (aanbieder_id, volgnummer)
);

alter table aanbieders.aanbieder enable row level security, force row level security;
create policy zien on aanbieders.aanbieder using (
  (select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
alter table aanbieders.locatie enable row level security, force row level security;
create policy zien on aanbieders.locatie using (
  (select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
