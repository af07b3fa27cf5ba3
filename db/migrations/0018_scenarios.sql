-- Scenarios of a policy dossier (cap 11): what a group will cost over the years, beside what is really spent.
create table beleid.scenario (
  scenario_id integer generated always as identity primary key,
  dossier_id integer not null references beleid.dossier,
  naam app.tekst not null check (naam <> ''),
  groep app.tekst not null check (groep <> ''),
  methode_id integer not null references beleid.methode,
  -- Code of a pattern of that method.
  patroon text not null check (patroon <> ''),
  -- Cost per year against the base, in tenths of a percent; null: as the pattern says.
  verloop integer[] check (cardinality(verloop) between 1 and 10),
  marge integer check (marge between 0 and 1000),
  -- What makes the real line; cijfergemeente null: all municipalities.
  segmenten integer[] not null check (cardinality(segmenten) > 0),
  cijfergemeente text references contracten.gemeente,
  beginjaar integer not null check (beginjaar between 2000 and 2100),
  -- Eurocents in the year before beginjaar, and what was really spent then if that was known.
  basis bigint not null check (basis > 0),
  basis_werkelijk bigint,
  basis_reden app.tekst not null default '',
  kort app.tekst not null default '',
  middellang app.tekst not null default '',
  lang app.tekst not null default '',
  aannames app.tekst not null default '',
  -- The worked example of 001: shorter help. kosten_maand in eurocents per client.
  -- People in the worked figure of 001: a number, never who.
  aantal integer check (aantal > 0),
  maanden_nu integer check (maanden_nu > 0),
  maanden_straks integer check (maanden_straks > 0),
  kosten_maand bigint check (kosten_maand > 0),
  beeindigd_op timestamptz,
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  check (num_nulls(aantal, maanden_nu, maanden_straks, kosten_maand) in (0, 4)),
  unique (scenario_id, dossier_id)
);
create unique index scenario_naam on beleid.scenario (dossier_id, lower(naam)) where beeindigd_op is null;

create table beleid.scenario_stap (
  scenario_id integer not null,
  dossier_id integer not null,
  versie integer not null,
  stap text not null check (stap in ('maak', 'wijzig', 'beeindig', 'herstel')),
  toelichting app.tekst not null default '',
  stand jsonb not null check (not app.bevat_bsn((stand - '{basis,basis_werkelijk,kosten_maand}'::text[])::text)),
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (scenario_id, versie),
  foreign key (scenario_id, dossier_id) references beleid.scenario (scenario_id, dossier_id)
);

alter table beleid.scenario enable row level security, force row level security;
create policy zien on beleid.scenario
  using (exists (select from beleid.dossier d where d.dossier_id = scenario.dossier_id));
alter table beleid.scenario_stap enable row level security, force row level security;
create policy zien on beleid.scenario_stap
  using (exists (select from beleid.dossier d where d.dossier_id = scenario_stap.dossier_id));

grant select, insert on beleid.scenario, beleid.scenario_stap to samenhang_app;
grant update on beleid.scenario to samenhang_app;
