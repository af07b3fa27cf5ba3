-- What is missing on purpose: who keeps the agreements says so, with why, and then it is no longer missing. `over`: a digest of what it is
-- about (kind, contract, provider, segment, municipalities, product), the same whatever the day on which it is asked. No more of it is kept:
-- who may see no contract counts the same.
create table contracten.ontbreekt_besluit (
  over text primary key check (over ~ '^[0-9a-f]{64}$'),
  reden app.tekst not null check (reden <> ''),
  door text not null,
  op timestamptz not null
);
alter table contracten.ontbreekt_besluit enable row level security, force row level security;
-- For who sees the list; written by who works with contracts.
create policy zien on contracten.ontbreekt_besluit using (cardinality((select app.gemeenten_beleid())) > 0);
create policy toevoegen on contracten.ontbreekt_besluit as restrictive for insert with check ((select app.is_regio()));
create policy verwijderen on contracten.ontbreekt_besluit as restrictive for delete using ((select app.is_regio()));
grant select, insert, delete on contracten.ontbreekt_besluit to samenhang_app;
