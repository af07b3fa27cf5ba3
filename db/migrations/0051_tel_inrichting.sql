-- How many rows a region put in, of every register: for who sees to it that it is done, and may see none of them. Numbers of what was
-- agreed, never of residents.
create function contracten.tel_inrichting() returns table (register text, aantal bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select 'gemeenten', count(*) from contracten.gemeente union all
  select 'segmenten', count(*) from contracten.segment union all
  select 'producten', count(*) from contracten.product union all
  select 'aanbieders', count(*) from aanbieders.aanbieder union all
  select 'contracten', count(*) from contracten.contract union all
  select 'tarieven', count(*) from contracten.tarief union all
  select 'plafonds', count(distinct (gemeente, segment_id, jaar)) from contracten.budgetplafond union all
  select 'aanbiederplafonds', count(distinct (aanbieder_id, segment_id, gemeente, jaar)) from contracten.aanbiederplafond union all
  select 'inwonertallen', count(*) from contracten.inwonertal union all
  select 'locaties', count(*) from aanbieders.locatie
$$;

grant usage on schema aanbieders to samenhang_teller;
grant select (code) on contracten.gemeente to samenhang_teller;
grant select (segment_id) on contracten.segment to samenhang_teller;
grant select (contract_id) on contracten.contract, contracten.tarief to samenhang_teller;
grant select (gemeente, segment_id, jaar) on contracten.budgetplafond to samenhang_teller;
grant select (aanbieder_id, segment_id, gemeente, jaar) on contracten.aanbiederplafond to samenhang_teller;
grant select (gemeente) on contracten.inwonertal to samenhang_teller;
grant select (aanbieder_id) on aanbieders.aanbieder, aanbieders.locatie to samenhang_teller;
create policy tellen on contracten.contract for select to samenhang_teller using (true);
create policy tellen on contracten.tarief for select to samenhang_teller using (true);
create policy tellen on contracten.budgetplafond for select to samenhang_teller using (true);
create policy tellen on contracten.aanbiederplafond for select to samenhang_teller using (true);
create policy tellen on contracten.inwonertal for select to samenhang_teller using (true);
create policy tellen on aanbieders.aanbieder for select to samenhang_teller using (true);
create policy tellen on aanbieders.locatie for select to samenhang_teller using (true);
grant create on schema contracten to samenhang_teller;
alter function contracten.tel_inrichting owner to samenhang_teller;
revoke create on schema contracten from samenhang_teller;
revoke execute on function contracten.tel_inrichting from public;
grant execute on function contracten.tel_inrichting to samenhang_app;
