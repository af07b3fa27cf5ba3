-- Monthly figures, changed by the same transaction that changes the facts; `samenhang cijfers herbereken` rebuilds them.
create schema sturing;

-- maand is the month in which care was given.
create table sturing.maandcijfer (
  gemeente text not null,
  maand date not null,
  segment_id integer not null references contracten.segment,
  aanbieder_id integer not null references aanbieders.aanbieder,
  bedrag bigint not null default 0,
  regels integer not null default 0,
  toegewezen bigint not null default 0,
  bijgewerkt_op timestamptz not null default now(),
  primary key (gemeente, maand, segment_id, aanbieder_id)
);

create table sturing.verwijzercijfer (
  gemeente text not null,
  maand date not null,
  segment_id integer not null references contracten.segment,
  verwijzer text not null,
  bedrag bigint not null default 0,
  toewijzingen integer not null default 0,
  primary key (gemeente, maand, segment_id, verwijzer)
);

create table sturing.afkeurcijfer (
  gemeente text not null,
  maand date not null,
  aanbieder_id integer not null references aanbieders.aanbieder,
  domein text not null,
  retourcode text not null,
  regels integer not null,
  bedrag bigint not null,
  primary key (gemeente, maand, aanbieder_id, domein, retourcode)
);

-- One row per person and year, with the approved lines per month (credits subtracted): never shown, only counted,
-- so that unique clients over any part of a year are exact and cheap. Bit n-1 of maanden is month n.
create table sturing.clientmaand (
  gemeente text not null,
  jaar integer not null,
  segment_id integer not null,
  aanbieder_id integer not null,
  persoon bigint not null,
  m1 smallint not null default 0, m2 smallint not null default 0, m3 smallint not null default 0,
  m4 smallint not null default 0, m5 smallint not null default 0, m6 smallint not null default 0,
  m7 smallint not null default 0, m8 smallint not null default 0, m9 smallint not null default 0,
  m10 smallint not null default 0, m11 smallint not null default 0, m12 smallint not null default 0,
  maanden integer generated always as (
    (m1 > 0)::integer | (m2 > 0)::integer << 1 | (m3 > 0)::integer << 2 | (m4 > 0)::integer << 3
    | (m5 > 0)::integer << 4 | (m6 > 0)::integer << 5 | (m7 > 0)::integer << 6 | (m8 > 0)::integer << 7
    | (m9 > 0)::integer << 8 | (m10 > 0)::integer << 9 | (m11 > 0)::integer << 10 | (m12 > 0)::integer << 11) stored,
  primary key (gemeente, jaar, segment_id, aanbieder_id, persoon)
);

alter table sturing.maandcijfer enable row level security, force row level security;
create policy zien on sturing.maandcijfer using (
  gemeente = any ((select app.gemeenten_cijfers())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table sturing.verwijzercijfer enable row level security, force row level security;
create policy zien on sturing.verwijzercijfer using (gemeente = any ((select app.gemeenten_cijfers())::text[]));
alter table sturing.afkeurcijfer enable row level security, force row level security;
create policy zien on sturing.afkeurcijfer using (
  gemeente = any ((select app.gemeenten_cijfers())::text[]) or aanbieder_id = (select app.aanbieder()));
alter table sturing.clientmaand enable row level security, force row level security;
create policy zien on sturing.clientmaand using (gemeente = any ((select app.gemeenten_client())::text[]));

-- Counting persons is allowed to who may see totals, seeing them is not: only this role, which nobody can log in
-- with, reads the rows for such a user, inside a function that returns nothing but counts.
create policy tellen on sturing.clientmaand to samenhang_teller using (
  gemeente = any ((select app.gemeenten_cijfers())::text[]) or aanbieder_id = (select app.aanbieder()));

-- Unique persons with at least one approved line in the months of the mask, per value of `per`
-- ('totaal', 'gemeente', 'segment', 'aanbieder'); arguments that are null do not filter.
create function sturing.unieke_clienten(
  p_jaar integer, p_maanden integer, p_per text,
  p_gemeente text default null, p_segmenten integer[] default null, p_aanbieder integer default null
) returns table (sleutel text, aantal bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select case p_per when 'gemeente' then c.gemeente when 'segment' then c.segment_id::text
           when 'aanbieder' then c.aanbieder_id::text else '' end,
         count(distinct c.persoon)
  from sturing.clientmaand c
  where c.jaar = p_jaar and c.maanden & p_maanden <> 0
    and (p_gemeente is null or c.gemeente = p_gemeente)
    and (p_segmenten is null or c.segment_id = any (p_segmenten))
    and (p_aanbieder is null or c.aanbieder_id = p_aanbieder)
  group by 1
$$;
grant create on schema sturing to samenhang_teller;
alter function sturing.unieke_clienten owner to samenhang_teller;
revoke create on schema sturing from samenhang_teller;
