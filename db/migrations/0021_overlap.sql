-- Approved lines that overlapped, when they came, with another approved line of another ProductPeriode on the same
-- toewijzing: the standard allows both (TR389), the municipality need not pay both. Only where to look; how it stands
-- now is found when somebody asks.
create table declaraties.overlap (
  gemeente text not null,
  declaratie_id bigint not null,
  regel integer not null,
  primary key (gemeente, declaratie_id, regel),
  foreign key (gemeente, declaratie_id, regel) references declaraties.prestatie (gemeente, declaratie_id, regel)
);
alter table declaraties.overlap enable row level security, force row level security;
create policy zien on declaraties.overlap using (gemeente = any ((select app.gemeenten_client())::text[]));
grant select, insert on declaraties.overlap to samenhang_app;

-- How a line stands: `sinds` is when the last line that it overlaps with was decided (null: there is none any more),
-- `oordeel` what was decided last about it, and when. Null when there is nothing to judge. A judgement counts as long as
-- what it was about stays the same: a new line asks for a new one, and so does a line that is gone while this one is not
-- paid. Grounds: Jeugdwet art. 2.18 and Wmo 2015 art. 2.6.4.
create function declaraties.stand_van(sinds timestamptz, oordeel text, op timestamptz)
returns text language sql immutable as $$
  select case
    when sinds is null then case when oordeel = 'niet-betalen' then 'te-beoordelen' end
    when oordeel is null or op < sinds then 'te-beoordelen'
    else oordeel
  end
$$;

-- Which approved lines, not credited, were claimed twice, and how each stands: of the asker's own municipalities, or of
-- the provider that asks. Says nothing of the other line but whether it is elsewhere or on the same toewijzing. With
-- `gemeenten` and `nummers` (pairs) only of these declaraties.
create function declaraties.list_samenloop(gemeenten text[] default null, nummers bigint[] default null)
returns table (gemeente text, declaratie_id bigint, regel integer, soort text, stand text)
language sql stable security definer set search_path = pg_catalog as $$
  with gevraagd as (
    select c.gemeente, c.client_id, c.persoon from toegang.client c
    where nummers is null and c.gemeente = any ((select app.gemeenten_client())::text[])
    union all
    select c.gemeente, c.client_id, c.persoon from toegang.client c
    where nummers is null and (c.gemeente, c.client_id) in (
      select t.gemeente, t.client_id from toegang.toewijzing t where t.aanbieder_id = (select app.aanbieder()))
    union all
    select c.gemeente, c.client_id, c.persoon from toegang.client c
    where nummers is not null and (c.gemeente, c.client_id) in (
      select t.gemeente, t.client_id from unnest(gemeenten, nummers) v (gemeente, declaratie_id)
      join declaraties.prestatie p on p.gemeente = v.gemeente and p.declaratie_id = v.declaratie_id
      join toegang.toewijzing t on t.gemeente = p.gemeente and t.toewijzing_id = p.toewijzing_id)
  ), gedeeld as materialized (
    select c.gemeente, c.client_id, d.gemeente as elders, d.client_id as client_elders
    from gevraagd c join toegang.client d on d.persoon = c.persoon and d.gemeente <> c.gemeente
  ), elders as (
    select x.gemeente, p.declaratie_id, p.regel, q.besloten_op, false as hier
    from gedeeld x
    -- Few persons are shared: from here on each is looked up by key, which "offset 0" holds the planner to.
    cross join lateral (
      select t.toewijzing_id, t.aanbieder_id, t.domein from toegang.toewijzing t
      where t.gemeente = x.gemeente and t.client_id = x.client_id offset 0) t
    cross join lateral (
      select u.toewijzing_id from toegang.toewijzing u
      where u.gemeente = x.elders and u.client_id = x.client_elders
        and u.aanbieder_id = t.aanbieder_id and u.domein = t.domein offset 0) u
    cross join lateral (select * from declaraties.list_staand(x.gemeente, t.toewijzing_id) offset 0) p
    cross join lateral (
      select q.besloten_op from declaraties.list_staand(x.elders, u.toewijzing_id) q
      where q.categorie = p.categorie and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin offset 0) q
  ), hier as (
    select o.gemeente, o.declaratie_id, o.regel, q.besloten_op, true
    from declaraties.overlap o
    join declaraties.prestatie p
      on p.gemeente = o.gemeente and p.declaratie_id = o.declaratie_id and p.regel = o.regel
    cross join lateral declaraties.list_staand(p.gemeente, p.toewijzing_id) q
    where q.categorie = p.categorie and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin
      and (q.begin, q.eind) <> (p.begin, p.eind)
      and (nummers is null or (o.gemeente, o.declaratie_id) in (select * from unnest(gemeenten, nummers)))
  ), nu as (
    select s.gemeente, s.declaratie_id, s.regel, max(s.besloten_op) as sinds, bool_and(s.hier) as hier
    from (select * from elders union all select * from hier) s group by 1, 2, 3
  ), laatste as (
    select distinct on (l.gemeente, l.declaratie_id, l.regel) l.gemeente, l.declaratie_id, l.regel, l.oordeel, l.op
    from declaraties.samenloop_oordeel l
    where nummers is null or (l.gemeente, l.declaratie_id) in (select * from unnest(gemeenten, nummers))
    order by l.gemeente, l.declaratie_id, l.regel, l.volgnummer desc
  )
  select gemeente, declaratie_id, regel, case when coalesce(nu.hier, o.regel is not null) then 'hier' else 'elders' end, v.stand
  from (nu full join laatste using (gemeente, declaratie_id, regel))
  cross join lateral (select declaraties.stand_van(sinds, oordeel, op) as stand) v
  join declaraties.prestatie p using (gemeente, declaratie_id, regel)
  join toegang.toewijzing t using (gemeente, toewijzing_id)
  left join declaraties.overlap o using (gemeente, declaratie_id, regel)
  where v.stand is not null
    and (gemeente = any ((select app.gemeenten_client())::text[]) or t.aanbieder_id = (select app.aanbieder()))
    and (nummers is null or (gemeente, declaratie_id) in (select * from unnest(gemeenten, nummers)))
    and exists (select from declaraties.list_staand(gemeente, toewijzing_id) q
      where q.declaratie_id = p.declaratie_id and q.regel = p.regel)
$$;

-- Only this function reads past the policies, as a role that nobody can log in with, and only these columns.
grant usage on schema toegang, declaraties to samenhang_teller;
grant select (gemeente, client_id, persoon) on toegang.client to samenhang_teller;
grant select (gemeente, toewijzing_id, client_id, aanbieder_id, domein) on toegang.toewijzing to samenhang_teller;
grant select (gemeente, declaratie_id, regel, toewijzing_id, categorie, code, begin, eind, debet, keten, goedgekeurd,
  besloten_op) on declaraties.prestatie to samenhang_teller;
grant select (gemeente, declaratie_id, regel) on declaraties.overlap to samenhang_teller;
grant select (gemeente, declaratie_id, regel, volgnummer, oordeel, op) on declaraties.samenloop_oordeel to samenhang_teller;
create policy vergelijken on toegang.client for select to samenhang_teller using (true);
create policy vergelijken on toegang.toewijzing for select to samenhang_teller using (true);
create policy vergelijken on declaraties.prestatie for select to samenhang_teller using (true);
create policy vergelijken on declaraties.overlap for select to samenhang_teller using (true);
create policy vergelijken on declaraties.samenloop_oordeel for select to samenhang_teller using (true);
revoke execute on function declaraties.list_samenloop from public;
grant execute on function declaraties.list_samenloop to samenhang_app;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.list_samenloop owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;
