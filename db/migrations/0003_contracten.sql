create schema contracten;

create table contracten.gemeente (
  code text primary key check (code ~ '^[0-9]{4}$'),
  naam text not null unique
);

create table contracten.inwonertal (
  gemeente text not null references contracten.gemeente,
  jaar integer not null,
  leeftijd text not null check (leeftijd in ('0-17', '18-64', '65+')),
  aantal integer not null check (aantal >= 0),
  primary key (gemeente, jaar, leeftijd)
);

create table contracten.segment (
  segment_id integer generated always as identity primary key,
  code text not null unique,
  wet text not null check (wet in ('jw', 'wmo')),
  naam text not null,
  omschrijving text not null,
  bron text not null,
  volgorde integer not null
);

create table contracten.product (
  product_id integer generated always as identity primary key,
  wet text not null check (wet in ('jw', 'wmo')),
  code text not null check (length(code) between 1 and 5),
  categorie text not null check (categorie ~ '^[0-9]{2}$'),
  naam text not null,
  eenheid text not null check (eenheid in ('01', '04', '14', '16', '82', '83', '84')),
  variant text not null check (variant in ('inspanning', 'output', 'taak')),
  segment_id integer not null references contracten.segment,
  zwaarte integer not null default 100 check (zwaarte > 0),
  geldigheid daterange not null check (not isempty(geldigheid)),
  unique (wet, code, geldigheid without overlaps)
);
create index product_segment on contracten.product (segment_id);

create table contracten.contract (
  contract_id integer generated always as identity primary key,
  aanbieder_id integer not null references aanbieders.aanbieder,
  nummer text not null unique,
  geldigheid daterange not null check (not isempty(geldigheid)),
  unique (contract_id, aanbieder_id),
  unique (contract_id, geldigheid without overlaps)
);
create index contract_aanbieder on contracten.contract (aanbieder_id);

create table contracten.contract_segment (
  contract_id integer not null,
  aanbieder_id integer not null,
  segment_id integer not null references contracten.segment,
  primary key (contract_id, segment_id),
  foreign key (contract_id, aanbieder_id) references contracten.contract (contract_id, aanbieder_id)
);

create table contracten.contract_gemeente (
  contract_id integer not null,
  aanbieder_id integer not null,
  gemeente text not null references contracten.gemeente,
  primary key (contract_id, gemeente),
  foreign key (contract_id, aanbieder_id) references contracten.contract (contract_id, aanbieder_id)
);

-- Eurocents per eenheid of the product. A product per hour may be claimed in minutes (iJw 3.2 IV081).
create table contracten.tarief (
  contract_id integer not null,
  aanbieder_id integer not null,
  product_id integer not null references contracten.product,
  geldigheid daterange not null,
  tarief integer not null check (tarief > 0),
  primary key (contract_id, product_id, geldigheid without overlaps),
  foreign key (contract_id, aanbieder_id) references contracten.contract (contract_id, aanbieder_id),
  foreign key (contract_id, period geldigheid) references contracten.contract (contract_id, period geldigheid)
);
create index tarief_aanbieder on contracten.tarief (aanbieder_id, product_id);

-- A ceiling is never overwritten: a new decision is a new versie.
create table contracten.budgetplafond (
  gemeente text not null references contracten.gemeente,
  segment_id integer not null references contracten.segment,
  jaar integer not null,
  versie integer not null default 1,
  bedrag bigint not null check (bedrag >= 0),
  vastgesteld_op date not null,
  primary key (gemeente, segment_id, jaar, versie)
);

alter table contracten.inwonertal enable row level security, force row level security;
create policy zien on contracten.inwonertal using (gemeente = any ((select app.gemeenten_cijfers())::text[]));
alter table contracten.contract enable row level security, force row level security;
create policy zien on contracten.contract using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
alter table contracten.contract_segment enable row level security, force row level security;
create policy zien on contracten.contract_segment using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
alter table contracten.contract_gemeente enable row level security, force row level security;
create policy zien on contracten.contract_gemeente using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
alter table contracten.tarief enable row level security, force row level security;
create policy zien on contracten.tarief using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
alter table contracten.budgetplafond enable row level security, force row level security;
create policy zien on contracten.budgetplafond using (gemeente = any ((select app.gemeenten_cijfers())::text[]));
