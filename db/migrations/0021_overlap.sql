-- Approved lines that overlapped, when they came, with another approved line of another ProductPeriode on the same
-- toewijzing: the standard allows both (TR389), the municipality need not pay both. Only where to look; how it stands
-- now is found when somebody asks.
create table declaraties.overlap (
  gemeente text not null,
  declaratie_id bigint not null,
  regel integer not null,
  primary key (gemeente, declaratie_id, regel),
  foreign key (gemeente, declaratie_id, regel) references declaraties.prestatie (gemeente, declaratie_id, regel)
);
alter table declaraties.overlap enable row level security, force row level security;
create policy zien on declaraties.overlap using (gemeente = any ((select app.gemeenten_client())::text[]));
grant select, insert on declaraties.overlap to samenhang_app;
