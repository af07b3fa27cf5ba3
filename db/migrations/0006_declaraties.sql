create schema declaraties;

create table declaraties.declaratie (
  gemeente text not null references contracten.gemeente,
  declaratie_id bigint generated always as identity,
  bericht_id uuid not null,
  domein text not null check (domein in ('jw', 'wmo')),
  aanbieder_id integer not null references aanbieders.aanbieder,
  nummer text not null,
  maand date not null check (extract(day from maand) = 1),
  dagtekening date not null,
  ingediend bigint not null,
  toegekend bigint not null,
  regels integer not null,
  regels_afgekeurd integer not null,
  -- A declaratie refused as a whole (9333, 8214, header) is kept, but does not occupy its nummer.
  geldt boolean not null,
  ontvangen_op timestamptz not null,
  besloten_op timestamptz not null default now(),
  primary key (gemeente, declaratie_id),
  foreign key (gemeente, bericht_id) references berichten.bericht (gemeente, bericht_id)
);
create unique index declaratie_nummer on declaraties.declaratie (gemeente, aanbieder_id, domein, nummer) where geldt;
create unique index declaratie_bericht on declaraties.declaratie (gemeente, bericht_id);
create index declaratie_lijst on declaraties.declaratie (gemeente, ontvangen_op desc);

-- One claimed line. When care was given (begin/eind), received (ontvangen_op), decided (besloten_op).
-- keten numbers the debits of one toewijzing × product × period; a credit repeats the keten of its debit, so the
-- unique index itself forbids a second debit without credit (TR389) and a second credit (TR390).
create table declaraties.prestatie (
  gemeente text not null,
  declaratie_id bigint not null,
  regel integer not null,
  aanbieder_id integer not null,
  domein text not null,
  client_id bigint,
  toewijzing_id bigint,
  toewijzing_nummer bigint not null,
  segment_id integer,
  product_id integer,
  categorie text not null,
  code text not null,
  begin date not null,
  eind date not null check (eind >= begin),
  volume bigint not null,
  eenheid text not null,
  tarief integer,
  bedrag bigint not null check (bedrag >= 0),
  debet boolean not null,
  referentie text not null,
  vorige_referentie text,
  houdt_referentie boolean not null,
  goedgekeurd boolean not null,
  keten integer not null default 0,
  ontvangen_op timestamptz not null,
  besloten_op timestamptz not null default now(),
  primary key (gemeente, declaratie_id, regel),
  foreign key (gemeente, declaratie_id) references declaraties.declaratie (gemeente, declaratie_id),
  foreign key (gemeente, toewijzing_id) references toegang.toewijzing (gemeente, toewijzing_id),
  check (not goedgekeurd or (toewijzing_id is not null and client_id is not null and keten > 0))
);
create unique index prestatie_referentie on declaraties.prestatie (gemeente, aanbieder_id, domein, referentie)
  where houdt_referentie;
create unique index prestatie_keten
  on declaraties.prestatie (gemeente, toewijzing_id, categorie, code, begin, debet, keten) where goedgekeurd;

create table declaraties.bevinding (
  gemeente text not null,
  declaratie_id bigint not null,
  regel integer not null,
  volgnummer integer not null,
  aanbieder_id integer not null,
  regelcode text not null,
  retourcode text not null,
  melding text not null,
  feiten jsonb not null,
  primary key (gemeente, declaratie_id, regel, volgnummer),
  foreign key (gemeente, declaratie_id) references declaraties.declaratie (gemeente, declaratie_id)
);

-- What is due per declaratie (negative: to be settled), and when it was paid.
create table declaraties.betaling (
  gemeente text not null,
  betaling_id bigint generated always as identity,
  declaratie_id bigint not null,
  aanbieder_id integer not null,
  bedrag bigint not null,
  vervalt_op date not null,
  vastgelegd_op timestamptz not null default now(),
  betaald_op date,
  betaald_door text,
  primary key (gemeente, betaling_id),
  unique (gemeente, declaratie_id),
  foreign key (gemeente, declaratie_id) references declaraties.declaratie (gemeente, declaratie_id),
  check ((betaald_op is null) = (betaald_door is null))
);
create index betaling_open on declaraties.betaling (gemeente, vervalt_op) where betaald_op is null;

alter table declaraties.declaratie enable row level security, force row level security;
create policy zien on declaraties.declaratie using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table declaraties.prestatie enable row level security, force row level security;
create policy zien on declaraties.prestatie using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table declaraties.bevinding enable row level security, force row level security;
create policy zien on declaraties.bevinding using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table declaraties.betaling enable row level security, force row level security;
create policy zien on declaraties.betaling using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
