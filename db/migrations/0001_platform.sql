-- The house: who may see what (schema app), and what every domain needs (schema platform).

-- samenhang_app: every request and every job. samenhang_teller: owns the functions that count persons.
do $$ begin
  if not exists (select from pg_roles where rolname = 'samenhang_app') then create role samenhang_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'samenhang_teller') then create role samenhang_teller nologin; end if;
exception when duplicate_object or unique_violation then null; -- two databases of one server migrated at once
end $$;
grant samenhang_app to current_user;
grant samenhang_teller to current_user;

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- What one request may see. Set with SET LOCAL by ctx.read/ctx.write; empty means nothing.
-- gemeenten_client: rows about residents; gemeenten_cijfers: totals and contracts; aanbieder: own rows of one provider.
create schema app;

create function app.gemeenten_client() returns text[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.gemeenten_client', true), ''), '{}')::text[] $$;

create function app.gemeenten_cijfers() returns text[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.gemeenten_cijfers', true), ''), '{}')::text[] $$;

create function app.aanbieder() returns integer language sql stable parallel safe as
$$ select nullif(current_setting('app.aanbieder', true), '')::integer $$;

-- True for anyone who works for the region or one of its municipalities.
create function app.is_regio() returns boolean language sql stable parallel safe as
$$ select cardinality(app.gemeenten_cijfers()) > 0 $$;

create schema platform;

create table platform.instelling (
  sleutel text primary key,
  waarde jsonb not null,
  gewijzigd_op timestamptz not null default now()
);

create table platform.gebruiker (
  gebruiker_id integer generated always as identity primary key,
  naam text not null check (naam <> ''),
  email text not null,
  organisatie text not null,
  rol text not null check (rol in ('backoffice', 'controller', 'consulent', 'toezichthouder', 'contractmanager',
    'data-analist', 'aanbieder', 'bestuur', 'privacy-officer', 'beheerder')),
  gemeenten text[] not null default '{}',
  voor_aanbieder integer,
  demonstratie boolean not null default false,
  actief boolean not null default true,
  versie integer not null default 1,
  aangemaakt_op timestamptz not null default now(),
  check ((rol = 'aanbieder') = (voor_aanbieder is not null)),
  check (rol not in ('backoffice', 'controller', 'consulent', 'toezichthouder') or cardinality(gemeenten) > 0)
);
create unique index gebruiker_email on platform.gebruiker (lower(email));

create table platform.sessie (
  sleutel_hash bytea primary key,
  gebruiker_id integer not null references platform.gebruiker,
  aangemaakt_op timestamptz not null default now(),
  gezien_op timestamptz not null default now(),
  verloopt_op timestamptz not null
);
create index sessie_gebruiker on platform.sessie (gebruiker_id);

create table platform.token (
  token_id integer generated always as identity primary key,
  sleutel_hash bytea not null unique,
  naam text not null,
  gebruiker_id integer not null references platform.gebruiker,
  rechten text[] not null,
  aangemaakt_op timestamptz not null default now(),
  verloopt_op timestamptz not null,
  ingetrokken_op timestamptz
);

-- Who did what when, on which ground. Ids only: never a name, a BSN or free text.
create table platform.gebeurtenis (
  gebeurtenis_id bigint generated always as identity primary key,
  op timestamptz not null default now(),
  wie text not null,
  rol text not null,
  actie text not null,
  grond text not null,
  onderwerp jsonb not null,
  verzoek_id text not null,
  tx xid8 not null default pg_current_xact_id()
);
create index gebeurtenis_tx on platform.gebeurtenis (tx);

-- A seal covers every event of the transactions vanaf_tx ≤ tx < tot_tx, all finished when it was made: no event can
-- slip in behind it. Each hash includes the one before.
create table platform.zegel (
  zegel_id integer generated always as identity primary key,
  vanaf_tx xid8 not null,
  tot_tx xid8 not null unique,
  aantal integer not null,
  vorige_hash bytea not null unique,
  hash bytea not null,
  op timestamptz not null default now()
);

-- A short-lived place for the state of a login in progress, so that any web process can finish it.
create table platform.aanmelding (
  staat text primary key,
  gegevens jsonb not null,
  verloopt_op timestamptz not null
);
