-- What a message is answered rests on what stands here when it is judged: a repeated toewijzing counts as known, a start that stands is
-- refused as received before, a claim is granted. Taking back the file that said it would make that answer untrue, though no row of the
-- message need hang on it. So what a file said remembers that a message about its toewijzing was judged after it.
alter table toegang.toewijzing_versie add column beantwoord boolean not null default false;
alter table toegang.start_stop add column beantwoord boolean not null default false;
grant update (beantwoord) on toegang.toewijzing_versie, toegang.start_stop to samenhang_app;

create or replace function toegang.verwijder_overname(p_invoer integer) returns void
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
  ) or exists (select from toegang.toewijzing_versie where invoer_id = p_invoer and beantwoord)
    or exists (select from toegang.start_stop where invoer_id = p_invoer and beantwoord
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
