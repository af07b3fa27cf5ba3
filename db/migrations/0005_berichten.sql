create schema berichten;

create table berichten.bericht (
  gemeente text not null references contracten.gemeente,
  bericht_id uuid not null default uuidv7(),
  richting text not null check (richting in ('in', 'uit')),
  soort text not null,
  domein text not null check (domein in ('jw', 'wmo')),
  aanbieder_id integer references aanbieders.aanbieder,
  afzender text not null,
  ontvanger text not null,
  identificatie text not null,
  dagtekening date not null,
  -- A message that was refused as «not sent» (level 1 or 2) does not occupy its identificatie (OP286, TR056).
  geldt boolean not null default true,
  staat text not null check (staat in ('ontvangen', 'verwerkt', 'deels-afgekeurd', 'afgekeurd', 'klaar', 'opgehaald',
    'aanvaard', 'geweigerd')),
  antwoord_op uuid,
  vingerafdruk bytea not null,
  regels integer not null default 0,
  bevindingen integer not null default 0,
  ontvangen_op timestamptz not null,
  antwoord_voor date,
  verwerkt_op timestamptz,
  primary key (gemeente, bericht_id)
);
create sequence berichten.uitgaand minvalue 1 maxvalue 99999999999;

create unique index bericht_identificatie on berichten.bericht (gemeente, soort, afzender, identificatie) where geldt;
create unique index bericht_vingerafdruk on berichten.bericht (gemeente, vingerafdruk) where richting = 'in';
create unique index bericht_antwoord on berichten.bericht (gemeente, antwoord_op) where antwoord_op is not null;
create index bericht_lijst on berichten.bericht (gemeente, ontvangen_op desc);
create index bericht_aanbieder on berichten.bericht (gemeente, aanbieder_id, ontvangen_op desc);
create index bericht_wachtend on berichten.bericht (gemeente, ontvangen_op) where staat = 'ontvangen';

-- The original file, compressed and encrypted: it holds BSNs.
create table berichten.bestand (
  gemeente text not null,
  bericht_id uuid not null,
  aanbieder_id integer,
  inhoud bytea not null,
  grootte integer not null,
  primary key (gemeente, bericht_id),
  foreign key (gemeente, bericht_id) references berichten.bericht (gemeente, bericht_id)
);
alter table berichten.bestand alter column inhoud set storage external;

create table berichten.bevinding (
  gemeente text not null,
  bericht_id uuid not null,
  volgnummer integer not null,
  aanbieder_id integer,
  niveau smallint not null check (niveau between 1 and 4),
  regel text not null,
  retourcode text,
  pad text not null,
  melding text not null,
  feiten jsonb,
  primary key (gemeente, bericht_id, volgnummer),
  foreign key (gemeente, bericht_id) references berichten.bericht (gemeente, bericht_id)
);

-- What happened to a message, in order: received, judged, answered, fetched, accepted.
create table berichten.gebeurtenis (
  gemeente text not null,
  bericht_id uuid not null,
  volgnummer integer generated always as identity,
  aanbieder_id integer,
  soort text not null,
  door text not null,
  op timestamptz not null default now(),
  primary key (gemeente, bericht_id, volgnummer),
  foreign key (gemeente, bericht_id) references berichten.bericht (gemeente, bericht_id)
);

alter table berichten.bericht enable row level security, force row level security;
create policy zien on berichten.bericht using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table berichten.bestand enable row level security, force row level security;
create policy zien on berichten.bestand using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table berichten.bevinding enable row level security, force row level security;
create policy zien on berichten.bevinding using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table berichten.gebeurtenis enable row level security, force row level security;
create policy zien on berichten.gebeurtenis using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
