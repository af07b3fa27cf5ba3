-- What policy is held against (kaders): goals, change assignments, effective interventions, and what belongs to a law.
-- Policy of the region (gemeente null) is for everyone who works there to see, and for who works for the whole region to
-- write; policy of a municipality for who works on it.

create schema kaders;

-- Goals. A tree hangs together by ouder_id; boom names it, so that a region may hold more than one.
create table kaders.doel (
  doel_id integer generated always as identity primary key,
  gemeente text references contracten.gemeente,
  boom app.tekst not null check (boom <> '' and length(boom) <= 100),
  ouder_id integer references kaders.doel,
  soort text not null check (soort in ('visie', 'doel', 'resultaat', 'indicator', 'inzet')),
  tekst app.tekst not null check (tekst <> ''),
  toelichting app.tekst,
  bron app.tekst,
  volgorde integer not null,
  -- Of a leaf that is measured: what, over which part, which way is better, and what to reach when. In the unit of the
  -- indicator: eurocents, persons, or ten-thousandths of a whole.
  indicator text,
  wet text check (wet in ('jw', 'wmo')),
  segment_id integer references contracten.segment,
  richting text check (richting in ('hoger', 'lager')),
  streefwaarde bigint,
  streef_op date,
  -- Of a leaf that cannot be measured yet: which data is missing.
  ontbreekt app.tekst,
  -- Name in a preset, so that loading it again changes nothing.
  sleutel text,
  versie integer not null default 1,
  gemaakt_door integer references platform.gebruiker,
  gemaakt_op timestamptz not null default now(),
  gewijzigd_door integer references platform.gebruiker,
  gewijzigd_op timestamptz not null default now(),
  beeindigd_op timestamptz,
  beeindigd_door integer references platform.gebruiker,
  beeindigd_reden app.tekst,
  check (ouder_id <> doel_id),
  check (indicator is null or soort = 'indicator'),
  check (indicator is null or richting is not null),
  check (segment_id is null or wet is null),
  check ((beeindigd_op is null) = (beeindigd_reden is null))
);
create unique index doel_sleutel on kaders.doel (coalesce(gemeente, ''), boom, sleutel) where sleutel is not null;
create index doel_ouder on kaders.doel (ouder_id);

-- Which goal of the region a local goal takes over.
create table kaders.doel_koppeling (
  doel_id integer not null references kaders.doel,
  regionaal_id integer not null references kaders.doel,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (doel_id, regionaal_id),
  check (doel_id <> regionaal_id)
);
create index doel_koppeling_regionaal on kaders.doel_koppeling (regionaal_id);

-- Change assignments: from, to, what buying can reach and what asks for something else.
create table kaders.opgave (
  opgave_id integer generated always as identity primary key,
  gemeente text references contracten.gemeente,
  thema app.tekst not null check (thema <> '' and length(thema) <= 100),
  titel app.tekst not null check (titel <> ''),
  doelgroep app.tekst not null,
  van app.tekst not null,
  naar app.tekst not null,
  met_inkoop app.tekst,
  met_anders app.tekst,
  hefbomen text[] not null check (hefbomen <@ '{inkoop,subsidie,toegang,samenwerking,regelgeving,anders}'),
  trekker integer references platform.gebruiker,
  indicator text,
  wet text check (wet in ('jw', 'wmo')),
  richting text check (richting in ('hoger', 'lager')),
  onderbouwing app.tekst,
  volgende_stap app.tekst,
  bron app.tekst,
  staat text not null default 'voorgenomen' check (staat in ('voorgenomen', 'loopt', 'bereikt', 'gestopt')),
  sleutel text,
  versie integer not null default 1,
  gemaakt_door integer references platform.gebruiker,
  gemaakt_op timestamptz not null default now(),
  gewijzigd_door integer references platform.gebruiker,
  gewijzigd_op timestamptz not null default now(),
  check (indicator is null or richting is not null)
);
create unique index opgave_sleutel on kaders.opgave (coalesce(gemeente, ''), sleutel) where sleutel is not null;

create table kaders.opgave_segment (
  opgave_id integer not null references kaders.opgave,
  segment_id integer not null references contracten.segment,
  primary key (opgave_id, segment_id)
);

create table kaders.opgave_actie (
  actie_id integer generated always as identity primary key,
  opgave_id integer not null references kaders.opgave,
  hefboom text not null check (hefboom in ('inkoop', 'subsidie', 'toegang', 'samenwerking', 'regelgeving', 'anders')),
  tekst app.tekst not null check (tekst <> ''),
  eigenaar integer references platform.gebruiker,
  klaar_op date,
  staat text not null default 'open' check (staat in ('open', 'klaar', 'vervallen')),
  versie integer not null default 1,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  gewijzigd_door integer references platform.gebruiker,
  gewijzigd_op timestamptz not null default now()
);
create index opgave_actie_opgave on kaders.opgave_actie (opgave_id);

-- Progress as a story, with a number where there is one. Only added to.
create table kaders.opgave_voortgang (
  voortgang_id integer generated always as identity primary key,
  opgave_id integer not null references kaders.opgave,
  datum date not null,
  verhaal app.tekst not null check (verhaal <> ''),
  getal numeric,
  eenheid app.tekst check (length(eenheid) <= 100),
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  check ((getal is null) = (eenheid is null))
);
create index opgave_voortgang_opgave on kaders.opgave_voortgang (opgave_id);

-- Every change of state. Only added to.
create table kaders.opgave_staat (
  opgave_staat_id integer generated always as identity primary key,
  opgave_id integer not null references kaders.opgave,
  staat text not null check (staat in ('voorgenomen', 'loopt', 'bereikt', 'gestopt')),
  reden app.tekst,
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  check (staat <> 'gestopt' or reden is not null)
);
create index opgave_staat_opgave on kaders.opgave_staat (opgave_id);

-- What is known to work, and what is tried.
create table kaders.interventie (
  interventie_id integer generated always as identity primary key,
  gemeente text references contracten.gemeente,
  naam app.tekst not null check (naam <> ''),
  omschrijving app.tekst not null,
  bewijs text not null check (bewijs in ('wetenschappelijk', 'praktijk', 'onderbouwd', 'onbewezen')),
  bewijs_toelichting app.tekst,
  register app.tekst check (length(register) <= 200),
  doelgroep app.tekst not null,
  inzetbaar_door app.tekst not null,
  -- Eurocents a year for one organisation; null when it is not known, 0 when there are none.
  licentiekosten bigint check (licentiekosten >= 0),
  licentie_toelichting app.tekst,
  bron app.tekst,
  sleutel text,
  versie integer not null default 1,
  gemaakt_door integer references platform.gebruiker,
  gemaakt_op timestamptz not null default now(),
  gewijzigd_door integer references platform.gebruiker,
  gewijzigd_op timestamptz not null default now(),
  beeindigd_op timestamptz,
  beeindigd_door integer references platform.gebruiker,
  beeindigd_reden app.tekst,
  check ((beeindigd_op is null) = (beeindigd_reden is null))
);
create unique index interventie_sleutel on kaders.interventie (coalesce(gemeente, ''), sleutel) where sleutel is not null;

-- What an intervention did here. Only added to.
create table kaders.interventie_resultaat (
  resultaat_id integer generated always as identity primary key,
  interventie_id integer not null references kaders.interventie,
  maat app.tekst not null check (maat <> ''),
  waarde numeric not null,
  eenheid app.tekst not null check (eenheid <> '' and length(eenheid) <= 100),
  -- Persons it was measured on; null when the source does not say.
  n integer check (n >= 0),
  periode app.tekst not null check (periode <> '' and length(periode) <= 100),
  bron app.tekst not null check (bron <> ''),
  door integer references platform.gebruiker,
  op timestamptz not null default now()
);
create index interventie_resultaat_interventie on kaders.interventie_resultaat (interventie_id);

-- What the gemeente does and does not buy under a law. Every change is a new version from a date.
create table kaders.reikwijdte (
  reikwijdte_id integer generated always as identity primary key,
  gemeente text references contracten.gemeente,
  wet text not null check (wet in ('jw', 'wmo', 'pw', 'wlz', 'zvw', 'onderwijs')),
  onderwerp app.tekst not null check (onderwerp <> ''),
  sleutel text,
  versie integer not null default 1,
  gemaakt_door integer references platform.gebruiker,
  gemaakt_op timestamptz not null default now()
);
create unique index reikwijdte_sleutel on kaders.reikwijdte (coalesce(gemeente, ''), sleutel) where sleutel is not null;

create table kaders.reikwijdte_versie (
  reikwijdte_id integer not null references kaders.reikwijdte,
  geldigheid daterange not null check (not isempty(geldigheid)),
  oordeel text not null check (oordeel in ('wel', 'soms', 'niet')),
  wel app.tekst,
  niet app.tekst,
  voorbeelden_wel text[] not null default '{}',
  voorbeelden_niet text[] not null default '{}',
  normaliseren app.tekst,
  grond app.tekst not null check (grond <> ''),
  door integer references platform.gebruiker,
  op timestamptz not null default now(),
  primary key (reikwijdte_id, geldigheid without overlaps),
  check (not app.bevat_bsn(array_to_string(voorbeelden_wel || voorbeelden_niet, ' ')))
);

create table kaders.reikwijdte_segment (
  reikwijdte_id integer not null references kaders.reikwijdte,
  segment_id integer not null references contracten.segment,
  primary key (reikwijdte_id, segment_id)
);

do $$
declare
  tabel text;
  kind record;
  opdracht text;
begin
  foreach tabel in array array['doel', 'opgave', 'interventie', 'reikwijdte'] loop
    execute format('alter table kaders.%I enable row level security, force row level security', tabel);
    execute format('create policy zien on kaders.%I using (app.mag_beleid(gemeente, (select app.gemeenten_beleid())::text[]))', tabel);
    execute format('create policy toevoegen on kaders.%I as restrictive for insert with check (gemeente is not null or (select app.is_regionaal()))', tabel);
    execute format('create policy wijzigen on kaders.%I as restrictive for update using (gemeente is not null or (select app.is_regionaal()))', tabel);
  end loop;
  -- A part is seen with what it belongs to. What is open to all who think along is added by them; the rest (vast) is written
  -- by who may write the whole.
  for kind in
    select * from (values ('doel_koppeling', 'doel', true), ('opgave_segment', 'opgave', true),
      ('opgave_actie', 'opgave', false), ('opgave_voortgang', 'opgave', false), ('opgave_staat', 'opgave', true),
      ('interventie_resultaat', 'interventie', false), ('reikwijdte_versie', 'reikwijdte', true),
      ('reikwijdte_segment', 'reikwijdte', true)) as deel (tabel, geheel, vast)
  loop
    execute format('alter table kaders.%I enable row level security, force row level security', kind.tabel);
    execute format('create policy zien on kaders.%1$I using (exists (select from kaders.%2$I g where g.%3$I = %1$I.%3$I))',
      kind.tabel, kind.geheel, kind.geheel || '_id');
    foreach opdracht in array case when kind.vast then '{insert,update,delete}' else '{}' end::text[] loop
      execute format('create policy vast_%4$s on kaders.%1$I as restrictive for %4$s %5$s (exists (
          select from kaders.%2$I g where g.%3$I = %1$I.%3$I and (g.gemeente is not null or (select app.is_regionaal()))))',
        kind.tabel, kind.geheel, kind.geheel || '_id', opdracht, case opdracht when 'insert' then 'with check' else 'using' end);
    end loop;
  end loop;
end $$;

-- Unique persons with at least one approved line in the months from p_vanaf up to and including p_tot (days in the first
-- and last month), also across the turn of a year; arguments that are null do not filter.
create function sturing.unieke_clienten_tussen(
  p_vanaf date, p_tot date, p_gemeente text default null, p_segmenten integer[] default null
) returns bigint
language sql stable security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
  select count(*) from (
    select distinct c.persoon
    from sturing.clientmaand c
    where c.jaar between extract(year from p_vanaf) and extract(year from p_tot)
      and c.maanden
        & ((1 << case when c.jaar = extract(year from p_tot) then extract(month from p_tot)::integer else 12 end) - 1)
        & ~((1 << case when c.jaar = extract(year from p_vanaf) then extract(month from p_vanaf)::integer - 1 else 0 end) - 1)
        <> 0
      and (p_gemeente is null or c.gemeente = p_gemeente)
      and (p_segmenten is null or c.segment_id = any (p_segmenten))) personen
$$;
grant create on schema sturing to samenhang_teller;
alter function sturing.unieke_clienten_tussen owner to samenhang_teller;
revoke create on schema sturing from samenhang_teller;
revoke execute on function sturing.unieke_clienten_tussen from public;
grant execute on function sturing.unieke_clienten_tussen to samenhang_app;

grant usage on schema kaders to samenhang_app;
grant select, insert on all tables in schema kaders to samenhang_app;
grant update on kaders.doel, kaders.opgave, kaders.opgave_actie, kaders.interventie to samenhang_app;
grant update (versie, onderwerp) on kaders.reikwijdte to samenhang_app;
grant update (geldigheid) on kaders.reikwijdte_versie to samenhang_app;
-- Links, not history: who links what is in the audit.
grant delete on kaders.doel_koppeling, kaders.opgave_segment, kaders.reikwijdte_segment to samenhang_app;
