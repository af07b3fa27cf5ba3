-- What a region takes over from its earlier systems: not said by a message, but by a row of a file that was brought in.

-- Whose residents a file holds; empty when it holds none.
alter table platform.invoer add column gemeenten text[] not null default '{}';
alter table platform.invoer enable row level security, force row level security;
create policy zien on platform.invoer using (gemeenten <@ (select app.gemeenten_client())::text[]);

-- An old message that is taken over as it was sent: read, booked, never answered.
alter table berichten.bericht
  drop constraint bericht_staat_check,
  add constraint bericht_staat_check check (staat in ('ontvangen', 'verwerkt', 'deels-afgekeurd', 'afgekeurd', 'klaar',
    'opgehaald', 'aanvaard', 'geweigerd', 'niet-te-beoordelen', 'overgenomen'));

-- A declaratie that was answered, and paid, by an older system.
alter table declaraties.declaratie add column overgenomen boolean not null default false;

alter table toegang.client add column invoer_id integer references platform.invoer;
alter table toegang.toewijzing add column invoer_id integer references platform.invoer;
alter table toegang.verwijzing add column invoer_id integer references platform.invoer;
alter table toegang.toewijzing_versie
  alter bericht_id drop not null,
  add column invoer_id integer references platform.invoer,
  add check (num_nonnulls(bericht_id, invoer_id) = 1);
alter table toegang.start_stop
  alter bericht_id drop not null,
  add column invoer_id integer references platform.invoer,
  add check (num_nonnulls(bericht_id, invoer_id) = 1);
create index client_invoer on toegang.client (invoer_id) where invoer_id is not null;
create index toewijzing_invoer on toegang.toewijzing (invoer_id) where invoer_id is not null;
create index verwijzing_invoer on toegang.verwijzing (invoer_id) where invoer_id is not null;
create index toewijzing_versie_invoer on toegang.toewijzing_versie (invoer_id) where invoer_id is not null;
create index start_stop_invoer on toegang.start_stop (invoer_id) where invoer_id is not null;

-- What messages said stays for good. What a file said can be taken back as long as nothing came after it: this deletes the rows of
-- one file and no other, seeing no more than its caller. Raises foreign_key_violation when something was built on them.
create function toegang.verwijder_overname(p_invoer integer) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- The owner may see past row-level security; whoever calls sees what they see.
  if not exists (
    select from platform.invoer i where i.invoer_id = p_invoer and i.gemeenten <@ app.gemeenten_client()
  ) then
    raise insufficient_privilege using message = 'this file is not the caller''s';
  end if;
  if exists (
    select from toegang.start_stop mijn join toegang.start_stop later using (gemeente, toewijzing_id)
    where mijn.invoer_id = p_invoer and later.start_stop_id > mijn.start_stop_id
      and later.invoer_id is distinct from p_invoer
  ) then
    raise foreign_key_violation using message = 'more was reported on it since';
  end if;
  delete from toegang.start_stop where invoer_id = p_invoer;
  delete from toegang.toewijzing_versie where invoer_id = p_invoer;
  delete from toegang.toewijzing where invoer_id = p_invoer;
  delete from toegang.verwijzing where invoer_id = p_invoer;
  delete from toegang.client_gegevens g using toegang.client c
    where c.invoer_id = p_invoer and g.gemeente = c.gemeente and g.client_id = c.client_id;
  delete from toegang.woonplaats w using toegang.client c
    where c.invoer_id = p_invoer and w.gemeente = c.gemeente and w.client_id = c.client_id;
  delete from toegang.verantwoordelijkheid v using toegang.client c
    where c.invoer_id = p_invoer and v.gemeente = c.gemeente and v.client_id = c.client_id;
  delete from toegang.client where invoer_id = p_invoer;
end $$;
revoke all on function toegang.verwijder_overname from public;
grant execute on function toegang.verwijder_overname to samenhang_app;
