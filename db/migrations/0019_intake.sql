-- A message that cannot be judged: how often judging began, and why it was given up. Written before judging begins, in a
-- transaction of its own, so that a message that ends the process is counted all the same.
alter table berichten.bericht
  add column pogingen integer not null default 0,
  add column reden text,
  drop constraint bericht_staat_check,
  add constraint bericht_staat_check check (staat in ('ontvangen', 'verwerkt', 'deels-afgekeurd', 'afgekeurd', 'klaar',
    'opgehaald', 'aanvaard', 'geweigerd', 'niet-te-beoordelen')),
  add constraint bericht_reden_check check ((staat = 'niet-te-beoordelen') = (reden is not null));
grant update (pogingen, reden) on berichten.bericht to samenhang_app;
-- What waits for its answer, whether it is still to be judged or could not be.
drop index berichten.bericht_wachtend;
create index bericht_wachtend on berichten.bericht (gemeente, ontvangen_op)
  where staat in ('ontvangen', 'niet-te-beoordelen');

-- What a 301 said of a person, every time it said something else. The client shows the latest by dagtekening.
create table toegang.client_gegevens (
  gemeente text not null,
  client_id bigint not null,
  volgnummer bigint generated always as identity,
  naam text not null,
  geboortedatum date not null,
  geslacht text not null,
  dagtekening date,
  identificatie text,
  bericht_id uuid,
  vastgelegd_op timestamptz not null,
  primary key (gemeente, client_id, volgnummer),
  foreign key (gemeente, client_id) references toegang.client (gemeente, client_id)
);
insert into toegang.client_gegevens (gemeente, client_id, naam, geboortedatum, geslacht, vastgelegd_op)
select gemeente, client_id, naam, geboortedatum, geslacht, vastgelegd_op from toegang.client;
alter table toegang.client_gegevens enable row level security, force row level security;
create policy zien on toegang.client_gegevens using (gemeente = any ((select app.gemeenten_client())::text[]));
grant select, insert on toegang.client_gegevens to samenhang_app;

alter table toegang.client add column gegevens_van date, add column gegevens_volgens text;
grant update (naam, geboortedatum, geslacht, gegevens_van, gegevens_volgens) on toegang.client to samenhang_app;

-- States of a toewijzing whose 301 the provider could not process (0001): they count as not sent (OP286).
create table toegang.versie_ingetrokken (
  gemeente text not null,
  toewijzing_id bigint not null,
  versie integer not null,
  aanbieder_id integer not null,
  retour_id uuid not null,
  op timestamptz not null,
  primary key (gemeente, toewijzing_id, versie),
  foreign key (gemeente, toewijzing_id, versie) references toegang.toewijzing_versie (gemeente, toewijzing_id, versie)
);
alter table toegang.versie_ingetrokken enable row level security, force row level security;
create policy zien on toegang.versie_ingetrokken using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
grant select, insert on toegang.versie_ingetrokken to samenhang_app;

alter table toegang.toewijzing add column geldt boolean not null default true;
grant update (geldt) on toegang.toewijzing to samenhang_app;
create index toewijzing_versie_bericht on toegang.toewijzing_versie (gemeente, bericht_id);

-- A chain is one toewijzing, product and ProductPeriode: both its days (TR389, TR390).
drop index declaraties.prestatie_keten;
create unique index prestatie_keten
  on declaraties.prestatie (gemeente, toewijzing_id, categorie, code, begin, eind, debet, keten) where goedgekeurd;
