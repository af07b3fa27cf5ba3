-- What of the agreements is missing on a day, a row for each thing. Counting rows of a register says nothing of that: a region with a
-- thousand prices can have a product without one. Like `tel_inrichting` for who sees to it that it is put in, also who may see no contract:
-- only numbers leave here, and names are read by who asks, as far as that may see them. `begin` with `contract_id`, `wet` and `code` is the key of a price;
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
    select c.contract_id, c.aanbieder_id from contracten.contract c where c.geldigheid @> dag
  ), gedekt as materialized (
    -- A contract may name the whole or the part.
    select distinct b.segment_id, cg.gemeente from loopt l
    join contracten.contract_segment cs on cs.contract_id = l.contract_id
    join boven b on b.boven_id = cs.segment_id
    left join contracten.contract_gemeente cg on cg.contract_id = l.contract_id
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
  select 'contract-zonder-segment', c.contract_id, c.aanbieder_id, null, null, null, null, null, greatest(dag, lower(c.geldigheid)), null
  from contracten.contract c
  where c.geldigheid && daterange(dag, null)
    and not exists (select from contracten.contract_segment cs where cs.contract_id = c.contract_id)
  union all
  select 'contract-zonder-gemeente', c.contract_id, c.aanbieder_id, null, null, null, null, null, greatest(dag, lower(c.geldigheid)), null
  from contracten.contract c
  where c.geldigheid && daterange(dag, null)
    and not exists (select from contracten.contract_gemeente cg where cg.contract_id = c.contract_id)
  union all
  -- Of all that it covers, in each of its municipalities, another goes on the day after: else somebody there has no contract then.
  select 'contract-eindigt', c.contract_id, c.aanbieder_id, cs.segment_id, null, s.wet, null, null, upper(c.geldigheid), null
  from contracten.contract c
  join contracten.contract_segment cs on cs.contract_id = c.contract_id
  join contracten.segment s on s.segment_id = cs.segment_id
  where upper(c.geldigheid) > dag and upper(c.geldigheid) - 1 <= (dag + interval '6 months')::date
    and exists (
      select from boven b join koopbaar k on k.segment_id = b.segment_id
      left join contracten.contract_gemeente cg on cg.contract_id = c.contract_id
      where b.boven_id = cs.segment_id and not exists (
        select from contracten.contract n
        join contracten.contract_segment ns on ns.contract_id = n.contract_id
        join boven nb on nb.boven_id = ns.segment_id and nb.segment_id = k.segment_id
        where n.aanbieder_id = c.aanbieder_id and n.geldigheid @> upper(c.geldigheid)
          and (cg.gemeente is null or exists (
            select from contracten.contract_gemeente ng where ng.contract_id = n.contract_id and ng.gemeente = cg.gemeente))))
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
        select from contracten.contract c join contracten.contract_gemeente cg on cg.contract_id = c.contract_id
        where c.aanbieder_id = l.aanbieder_id and c.geldigheid @> dag and cg.gemeente = l.gemeente) as contract,
      -- What is assigned without a code has no price of its own, and what is paid in euros (unit 83) has none.
      l.code is null or l.in_euros or exists (
        select from contracten.tarief t
        join contracten.contract c on c.contract_id = t.contract_id and c.geldigheid @> dag
        join contracten.contract_gemeente cg on cg.contract_id = t.contract_id and cg.gemeente = l.gemeente
        where t.aanbieder_id = l.aanbieder_id and t.wet = l.wet and t.code = l.code
          and (t.geldigheid @> dag or (l.uit <= dag and t.geldigheid @> (l.uit - 1)))) as tarief
    from lopend l
  )
  select case when contract then 'toewijzing-zonder-tarief' else 'toewijzing-zonder-contract' end, null::integer, aanbieder_id,
    null::integer, null::text, wet, code, null::date, dag, (sum(n) - sum(n) % 5)::integer
  from gewogen where not (contract and tarief)
  group by contract, aanbieder_id, wet, code
$$;

grant select (contract_id, aanbieder_id, geldigheid) on contracten.contract to samenhang_teller;
grant select (contract_id, segment_id) on contracten.contract_segment to samenhang_teller;
grant select (contract_id, gemeente) on contracten.contract_gemeente to samenhang_teller;
grant select (aanbieder_id, wet, code, geldigheid) on contracten.tarief to samenhang_teller;
grant select (wet, code, segment_id) on contracten.product to samenhang_teller;
grant select (wet, ouder_id) on contracten.segment to samenhang_teller;
create policy tellen on contracten.contract_segment for select to samenhang_teller using (true);
create policy tellen on contracten.contract_gemeente for select to samenhang_teller using (true);
grant create on schema contracten, toegang to samenhang_teller;
alter function contracten.list_ontbreekt owner to samenhang_teller;
alter function toegang.list_ontbreekt owner to samenhang_teller;
revoke create on schema contracten, toegang from samenhang_teller;
revoke execute on function contracten.list_ontbreekt, toegang.list_ontbreekt from public;
grant execute on function contracten.list_ontbreekt, toegang.list_ontbreekt to samenhang_app;
