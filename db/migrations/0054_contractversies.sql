-- What a contract covers has days: a segment that joins on 1 January, a municipality that leaves. A contract is one or more versions that
-- follow each other; its segments and municipalities are those of a version, and change their days with it.
create table contracten.contractversie (
  contract_id integer not null,
  aanbieder_id integer not null,
  geldigheid daterange not null check (not isempty(geldigheid)),
  -- With the contract the key of a version: the only of its days that never changes.
  begin date not null generated always as (lower(geldigheid)) stored,
  primary key (contract_id, geldigheid without overlaps),
  unique (contract_id, begin),
  foreign key (contract_id, aanbieder_id) references contracten.contract (contract_id, aanbieder_id)
);
create index contractversie_aanbieder on contracten.contractversie (aanbieder_id);
insert into contracten.contractversie select contract_id, aanbieder_id, geldigheid from contracten.contract;

alter table contracten.contract_segment add begin date, drop constraint contract_segment_pkey;
update contracten.contract_segment d set begin = lower(c.geldigheid) from contracten.contract c where c.contract_id = d.contract_id;
alter table contracten.contract_segment
  add primary key (contract_id, segment_id, begin),
  add foreign key (contract_id, begin) references contracten.contractversie (contract_id, begin) on delete cascade;

alter table contracten.contract_gemeente add begin date, drop constraint contract_gemeente_pkey;
update contracten.contract_gemeente d set begin = lower(c.geldigheid) from contracten.contract c where c.contract_id = d.contract_id;
alter table contracten.contract_gemeente
  add primary key (contract_id, gemeente, begin),
  add foreign key (contract_id, begin) references contracten.contractversie (contract_id, begin) on delete cascade;

-- A price lies within the versions of its contract together. Deferrable: where one version ends and the next begins, there is a moment in
-- the same transaction in which the second is not there yet.
alter table contracten.tarief
  drop constraint tarief_contract_id_geldigheid_fkey,
  add constraint tarief_binnen_contract foreign key (contract_id, period geldigheid)
    references contracten.contractversie (contract_id, period geldigheid) deferrable;

drop function contracten.list_ontbreekt, toegang.list_ontbreekt;
alter table contracten.contract drop column geldigheid;

alter table contracten.contractversie enable row level security, force row level security;
create policy zien on contracten.contractversie using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
create policy tellen on contracten.contractversie for select to samenhang_teller using (true);
grant select, insert, update, delete on contracten.contractversie to samenhang_app;

-- The key of a version says on which day it begins, like that of a price.
update platform.wijziging w set sleutel = w.sleutel || '~' || coalesce(
  (select v.begin::text from contracten.contract c join contracten.contractversie v using (contract_id) where c.nummer = w.sleutel),
  coalesce(w.nieuw, w.oud) -> 'geldigheid' ->> 'begin')
where register = 'contracten';

-- What of the agreements is missing on a day, a row for each thing. Counting rows of a register says nothing of that: a region with a
-- thousand prices can have a product without one. Like `tel_inrichting` for who sees to it that it is put in, also who may see no contract:
-- only numbers leave here, and names are read by who asks, as far as that may see them. `begin` with `contract_id` is the key of a version of a contract, and with `wet` and `code` that of a price;
-- `vanaf` the first day on which it is missing, never before `dag`.
create function contracten.list_ontbreekt(dag date)
returns table (soort text, contract_id integer, aanbieder_id integer, segment_id integer, gemeente text, wet text, code text,
  begin date, vanaf date, toewijzingen integer)
language sql stable security definer set search_path = pg_catalog as $$
  with recursive boven (segment_id, boven_id) as (
    select s.segment_id, s.segment_id from contracten.segment s
    union
    select b.segment_id, s.ouder_id from boven b join contracten.segment s on s.segment_id = b.boven_id where s.ouder_id is not null
  ), koopbaar as materialized (
    -- What only holds other segments is bought through those.
    select s.segment_id, s.wet from contracten.segment s
    where not exists (select from contracten.segment k where k.ouder_id = s.segment_id)
      or exists (select from contracten.product p where p.segment_id = s.segment_id and p.geldigheid @> dag)
  ), loopt as materialized (
    select v.contract_id, v.aanbieder_id, v.begin from contracten.contractversie v where v.geldigheid @> dag
  ), gedekt as materialized (
    -- A contract may name the whole or the part.
    select distinct b.segment_id, cg.gemeente from loopt l
    join contracten.contract_segment cs on cs.contract_id = l.contract_id and cs.begin = l.begin
    join boven b on b.boven_id = cs.segment_id
    left join contracten.contract_gemeente cg on cg.contract_id = l.contract_id and cg.begin = l.begin
  ), geprijsd as materialized (
    select distinct t.contract_id, t.wet, t.code from loopt l
    join contracten.tarief t on t.contract_id = l.contract_id and t.geldigheid @> dag
  ), catalogus as materialized (
    select p.wet, p.code, range_agg(p.geldigheid) as dagen from contracten.product p group by 1, 2
  ), buiten as (
    select t.contract_id, t.aanbieder_id, t.wet, t.code, lower(t.geldigheid) as begin,
      datemultirange(t.geldigheid * daterange(dag, null)) - coalesce(k.dagen, '{}') as dagen
    from contracten.tarief t left join catalogus k on k.wet = t.wet and k.code = t.code
    where t.geldigheid && daterange(dag, null)
  )
  select 'product-zonder-tarief', null::integer, null::integer, p.segment_id, null::text, p.wet, p.code, null::date, dag, null::integer
  from contracten.product p
  -- What is paid in euros (unit 83) has no price.
  where p.geldigheid @> dag and p.eenheid <> '83' and p.segment_id in (select g.segment_id from gedekt g)
    and not exists (select from geprijsd g where g.wet = p.wet and g.code = p.code)
  union all
  select 'tarief-buiten-catalogus', b.contract_id, b.aanbieder_id, null, null, b.wet, b.code, b.begin, lower(b.dagen), null
  from buiten b where not isempty(b.dagen)
  union all
  select 'contract-zonder-tarief', l.contract_id, l.aanbieder_id, null, null, null, null, null, dag, null
  from loopt l where not exists (select from geprijsd g where g.contract_id = l.contract_id)
  union all
  select 'contract-zonder-segment', v.contract_id, v.aanbieder_id, null, null, null, null, v.begin, greatest(dag, v.begin), null
  from contracten.contractversie v
  where v.geldigheid && daterange(dag, null)
    and not exists (select from contracten.contract_segment cs where cs.contract_id = v.contract_id and cs.begin = v.begin)
  union all
  select 'contract-zonder-gemeente', v.contract_id, v.aanbieder_id, null, null, null, null, v.begin, greatest(dag, v.begin), null
  from contracten.contractversie v
  where v.geldigheid && daterange(dag, null)
    and not exists (select from contracten.contract_gemeente cg where cg.contract_id = v.contract_id and cg.begin = v.begin)
  union all
  -- Of all that a version covers, in each of its municipalities, another goes on the day after: else somebody there has no contract then.
  select 'contract-eindigt', v.contract_id, v.aanbieder_id, cs.segment_id, null, s.wet, null, v.begin, upper(v.geldigheid), null
  from contracten.contractversie v
  join contracten.contract_segment cs on cs.contract_id = v.contract_id and cs.begin = v.begin
  join contracten.segment s on s.segment_id = cs.segment_id
  where upper(v.geldigheid) > dag and upper(v.geldigheid) - 1 <= (dag + interval '6 months')::date
    and exists (
      select from boven b join koopbaar k on k.segment_id = b.segment_id
      left join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
      where b.boven_id = cs.segment_id and not exists (
        select from contracten.contractversie n
        join contracten.contract_segment ns on ns.contract_id = n.contract_id and ns.begin = n.begin
        join boven nb on nb.boven_id = ns.segment_id and nb.segment_id = k.segment_id
        where n.aanbieder_id = v.aanbieder_id and n.geldigheid @> upper(v.geldigheid)
          and (cg.gemeente is null or exists (
            select from contracten.contract_gemeente ng
            where ng.contract_id = n.contract_id and ng.begin = n.begin and ng.gemeente = cg.gemeente))))
  union all
  select 'segment-zonder-contract', null, null, k.segment_id, m.code, k.wet, null, null, dag, null
  from koopbaar k cross join contracten.gemeente m
  where not exists (select from gedekt g where g.segment_id = k.segment_id and g.gemeente = m.code)
$$;

-- Running toewijzingen whose provider has no contract in that municipality, or no price for that product, on a day: as a claim for that
-- day is judged (`mapAfspraken`). How many, in steps of five: who keeps the agreements sees no residents.
create function toegang.list_ontbreekt(dag date)
returns table (soort text, contract_id integer, aanbieder_id integer, segment_id integer, gemeente text, wet text, code text,
  begin date, vanaf date, toewijzingen integer)
language sql stable security definer set search_path = pg_catalog as $$
  with lopend as materialized (
    select t.gemeente, t.aanbieder_id, t.domein as wet, tv.code, upper(p.geldigheid) as uit,
      coalesce(p.eenheid = '83', false) as in_euros, count(*) as n
    from toegang.toewijzing t
    join toegang.toewijzing_versie tv on tv.gemeente = t.gemeente and tv.toewijzing_id = t.toewijzing_id and tv.versie = t.actuele_versie
    left join contracten.product p on p.wet = t.domein and p.code = tv.code and p.geldigheid @> tv.ingang
    where t.geldt and tv.ingang <= dag and (tv.eind is null or tv.eind >= dag)
    group by 1, 2, 3, 4, 5, 6
  ), gewogen as (
    select l.*,
      exists (
        select from contracten.contractversie v
        join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin
        where v.aanbieder_id = l.aanbieder_id and v.geldigheid @> dag and cg.gemeente = l.gemeente) as contract,
      -- What is assigned without a code has no price of its own, and what is paid in euros (unit 83) has none.
      l.code is null or l.in_euros or exists (
        select from contracten.tarief t
        join contracten.contractversie v on v.contract_id = t.contract_id and v.geldigheid @> dag
        join contracten.contract_gemeente cg on cg.contract_id = v.contract_id and cg.begin = v.begin and cg.gemeente = l.gemeente
        where t.aanbieder_id = l.aanbieder_id and t.wet = l.wet and t.code = l.code
          and (t.geldigheid @> dag or (l.uit <= dag and t.geldigheid @> (l.uit - 1)))) as tarief
    from lopend l
  )
  select case when contract then 'toewijzing-zonder-tarief' else 'toewijzing-zonder-contract' end, null::integer, aanbieder_id,
    null::integer, null::text, wet, code, null::date, dag, (sum(n) - sum(n) % 5)::integer
  from gewogen where not (contract and tarief)
  group by contract, aanbieder_id, wet, code
$$;

grant select (contract_id, aanbieder_id, geldigheid, begin) on contracten.contractversie to samenhang_teller;
grant select (begin) on contracten.contract_segment, contracten.contract_gemeente to samenhang_teller;
grant create on schema contracten, toegang to samenhang_teller;
alter function contracten.list_ontbreekt owner to samenhang_teller;
alter function toegang.list_ontbreekt owner to samenhang_teller;
revoke create on schema contracten, toegang from samenhang_teller;
revoke execute on function contracten.list_ontbreekt, toegang.list_ontbreekt from public;
grant execute on function contracten.list_ontbreekt, toegang.list_ontbreekt to samenhang_app;
