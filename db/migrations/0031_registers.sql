-- Records that a region puts in itself, by form, file or message.

-- Every change to such a record: what stood there and what stands there now. Nothing is overwritten without it.
create table platform.wijziging (
  wijziging_id bigint generated always as identity primary key,
  register text not null,
  sleutel text not null,
  oud jsonb,
  nieuw jsonb,
  op timestamptz not null,
  door integer references platform.gebruiker,
  invoer_id integer,
  check (oud is not null or nieuw is not null)
);
create index wijziging_sleutel on platform.wijziging (register, sleutel, wijziging_id);
create index wijziging_invoer on platform.wijziging (invoer_id) where invoer_id is not null;

-- A file that was brought in, with what came of it; both encrypted, since a file can hold residents.
create table platform.invoer (
  invoer_id integer generated always as identity primary key,
  register text not null,
  bestandsnaam text not null,
  inhoud bytea not null,
  staat text not null default 'beproefd' check (staat in ('beproefd', 'verwerkt', 'teruggenomen')),
  uitkomst bytea not null,
  op timestamptz not null,
  door integer references platform.gebruiker,
  verwerkt_op timestamptz,
  verwerkt_door integer references platform.gebruiker
);
create index invoer_register on platform.invoer (register, invoer_id);
alter table platform.wijziging add foreign key (invoer_id) references platform.invoer;

grant select, insert on platform.wijziging, platform.invoer to samenhang_app;
grant update (staat, uitkomst, verwerkt_op, verwerkt_door) on platform.invoer to samenhang_app;

-- A product is its code within its law, through all periods in which the catalogue had it; a price is agreed for the product, and
-- goes on counting for what was toegewezen when the catalogue has it no more.
create table contracten.productcode (
  wet text not null check (wet in ('jw', 'wmo')),
  code text not null check (length(code) between 1 and 5),
  primary key (wet, code)
);
insert into contracten.productcode select distinct wet, code from contracten.product;
alter table contracten.product add foreign key (wet, code) references contracten.productcode;
grant select, insert, delete on contracten.productcode to samenhang_app;

alter table contracten.tarief add wet text, add code text;
update contracten.tarief t set wet = p.wet, code = p.code from contracten.product p where p.product_id = t.product_id;
drop index contracten.tarief_aanbieder;
alter table contracten.tarief
  drop constraint tarief_pkey,
  drop column product_id,
  alter wet set not null,
  alter code set not null,
  add primary key (contract_id, wet, code, geldigheid without overlaps),
  add foreign key (wet, code) references contracten.productcode;
create index tarief_aanbieder on contracten.tarief (aanbieder_id, wet, code);

-- Segments form a tree.
alter table contracten.segment
  add ouder_id integer references contracten.segment,
  add check (ouder_id <> segment_id);

-- How a provider is paid and reached.
alter table aanbieders.aanbieder
  add iban text check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  add email text check (length(email) <= 254),
  add telefoon text check (length(telefoon) <= 50);

grant delete on contracten.gemeente, contracten.segment, contracten.product, aanbieders.aanbieder to samenhang_app;
grant update, delete on contracten.contract, contracten.tarief, contracten.inwonertal, aanbieders.locatie to samenhang_app;
grant delete on contracten.contract_segment, contracten.contract_gemeente, contracten.budgetplafond to samenhang_app;

-- What people type about policy and parties, never about a resident.
alter table contracten.gemeente alter naam type app.tekst;
alter table contracten.segment alter naam type app.tekst, alter omschrijving type app.tekst, alter bron type app.tekst;
alter table contracten.product alter naam type app.tekst;
alter table aanbieders.aanbieder alter naam type app.tekst;
alter table aanbieders.locatie alter naam type app.tekst, alter plaats type app.tekst;
