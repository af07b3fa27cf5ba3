-- What happened to a payment, in order: paid, turned back. Paying only fills two columns of betaling; this says who did
-- what when, so that a correction never hides what it corrects.
create table declaraties.betaling_gebeurtenis (
  gemeente text not null,
  betaling_id bigint not null,
  volgnummer bigint generated always as identity,
  aanbieder_id integer not null,
  soort text not null check (soort in ('betaald', 'teruggedraaid')),
  betaald_op date not null,
  bedrag bigint not null,
  door text not null,
  op timestamptz not null,
  primary key (gemeente, betaling_id, volgnummer),
  foreign key (gemeente, betaling_id) references declaraties.betaling (gemeente, betaling_id)
);
alter table declaraties.betaling_gebeurtenis enable row level security, force row level security;
create policy zien on declaraties.betaling_gebeurtenis using (
  gemeente = any ((select app.gemeenten_client())::text[]) or aanbieder_id = (select app.aanbieder()));
grant select, insert on declaraties.betaling_gebeurtenis to samenhang_app;

-- Refused lines of one toewijzing; the approved ones are found by prestatie_keten.
create index prestatie_afgekeurd on declaraties.prestatie (gemeente, toewijzing_id) where not goedgekeurd;

-- The search box: one number, whatever municipality, kind or sender.
create index bericht_zoek on berichten.bericht (identificatie);
create index declaratie_zoek on declaraties.declaratie (nummer);
create index toewijzing_zoek on toegang.toewijzing (nummer);

-- The log is read by moment, by person and by action.
create index gebeurtenis_op on platform.gebeurtenis (op desc);
create index gebeurtenis_wie on platform.gebeurtenis (wie, op desc);
