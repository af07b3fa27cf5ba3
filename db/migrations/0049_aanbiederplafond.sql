-- What one provider may claim in a segment of a municipality in a year. As the ceiling of the municipality it is never overwritten: a
-- new decision is a new versie. It is part of what was agreed, so the provider sees its own.
create table contracten.aanbiederplafond (
  aanbieder_id integer not null references aanbieders.aanbieder,
  segment_id integer not null references contracten.segment,
  gemeente text not null references contracten.gemeente,
  jaar integer not null check (jaar between 2015 and 2100),
  versie integer not null default 1,
  bedrag bigint not null check (bedrag >= 0),
  vastgesteld_op date not null,
  primary key (aanbieder_id, segment_id, gemeente, jaar, versie)
);
alter table contracten.aanbiederplafond enable row level security, force row level security;
create policy zien on contracten.aanbiederplafond using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
grant select, insert, delete on contracten.aanbiederplafond to samenhang_app;
