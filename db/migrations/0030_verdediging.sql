-- What a judgement of samenloop was about. Time cannot say it: a line may be committed later than a judgement that carries
-- a later time. `over` is a fingerprint of the keys of the lines that overlapped as it was given; of before this column: null.
alter table declaraties.samenloop_oordeel add column over bytea;
grant select (over) on declaraties.samenloop_oordeel to samenhang_teller;

-- How a line stands: `nu` is the fingerprint of what it overlaps with (null: nothing any more), `over` that of what was
-- decided about. A judgement counts as long as what it was about stays the same; one of before fingerprints, when no line
-- was decided after it. Grounds: Jeugdwet art. 2.18 and Wmo 2015 art. 2.6.4.
create function declaraties.stand_van(nu bytea, sinds timestamptz, oordeel text, over bytea, op timestamptz)
returns text language sql immutable as $$
  select case
    when nu is null then case when oordeel = 'niet-betalen' then 'te-beoordelen' end
    when oordeel is null or not coalesce(over = nu, op >= sinds) then 'te-beoordelen'
    else oordeel
  end
$$;

-- As before (0021_overlap.sql), with the fingerprint of what a line overlaps with (empty: nothing any more). It is for
-- comparing only: who knows how keys are numbered could guess what is in it, so it is shown to nobody as it is.
drop function declaraties.list_samenloop;
create function declaraties.list_samenloop(gemeenten text[] default null, nummers bigint[] default null)
returns table (gemeente text, declaratie_id bigint, regel integer, soort text, stand text, over bytea)
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
    select x.gemeente, p.declaratie_id, p.regel, q.besloten_op, concat_ws('.', x.elders, q.declaratie_id, q.regel) as met, false as hier
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
      select q.declaratie_id, q.regel, q.besloten_op from declaraties.list_staand(x.elders, u.toewijzing_id) q
      where q.categorie = p.categorie and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin offset 0) q
  ), hier as (
    select o.gemeente, o.declaratie_id, o.regel, q.besloten_op, concat_ws('.', o.gemeente, q.declaratie_id, q.regel), true
    from declaraties.overlap o
    join declaraties.prestatie p
      on p.gemeente = o.gemeente and p.declaratie_id = o.declaratie_id and p.regel = o.regel
    cross join lateral declaraties.list_staand(p.gemeente, p.toewijzing_id) q
    where q.categorie = p.categorie and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin
      and (q.begin, q.eind) <> (p.begin, p.eind)
      and (nummers is null or (o.gemeente, o.declaratie_id) in (select * from unnest(gemeenten, nummers)))
  ), nu as (
    select s.gemeente, s.declaratie_id, s.regel, max(s.besloten_op) as sinds, bool_and(s.hier) as hier,
      sha256(convert_to(string_agg(distinct s.met, ' ' order by s.met), 'UTF8')) as lijnen
    from (select * from elders union all select * from hier) s group by 1, 2, 3
  ), laatste as (
    select distinct on (l.gemeente, l.declaratie_id, l.regel) l.gemeente, l.declaratie_id, l.regel, l.oordeel, l.op, l.over
    from declaraties.samenloop_oordeel l
    where nummers is null or (l.gemeente, l.declaratie_id) in (select * from unnest(gemeenten, nummers))
    order by l.gemeente, l.declaratie_id, l.regel, l.volgnummer desc
  )
  select gemeente, declaratie_id, regel, case when coalesce(nu.hier, o.regel is not null) then 'hier' else 'elders' end, v.stand,
    coalesce(nu.lijnen, '')
  from (nu full join laatste using (gemeente, declaratie_id, regel))
  cross join lateral (select declaraties.stand_van(nu.lijnen, sinds, oordeel, laatste.over, op) as stand) v
  join declaraties.prestatie p using (gemeente, declaratie_id, regel)
  join toegang.toewijzing t using (gemeente, toewijzing_id)
  left join declaraties.overlap o using (gemeente, declaratie_id, regel)
  where v.stand is not null
    and (gemeente = any ((select app.gemeenten_client())::text[]) or t.aanbieder_id = (select app.aanbieder()))
    and (nummers is null or (gemeente, declaratie_id) in (select * from unnest(gemeenten, nummers)))
    and exists (select from declaraties.list_staand(gemeente, toewijzing_id) q
      where q.declaratie_id = p.declaratie_id and q.regel = p.regel)
$$;
drop function declaraties.stand_van(timestamptz, text, timestamptz);
revoke execute on function declaraties.list_samenloop from public;
grant execute on function declaraties.list_samenloop to samenhang_app;
grant create on schema declaraties to samenhang_teller;
alter function declaraties.list_samenloop owner to samenhang_teller;
revoke create on schema declaraties from samenhang_teller;

-- A BSN with any other sign between its digits: as bevatBsn in src/platform/vrijetekst.ts; a test holds the two equal.
create or replace function app.bevat_bsn(p_tekst text) returns boolean language plpgsql immutable parallel safe as $$
declare
  tekst text;
  tussen text;
  deel text;
  delen text[];
  elk_teken constant text := '[\t-\r !"#&-+\--/:<-@\[-`{-~\u00a1\u00a6-\u00a9\u00ab\u00ac\u00ae\u00b1\u00b6\u00b7\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u2032-\u205e\u2190-\u2bff\u3001-\u3003\u3008-\u3011\u30fb]';
begin
  tekst := app.naar_cijfers(normalize(p_tekst, NFKC));
  tekst := lower(regexp_replace(tekst, '[\u0300-\u036f\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000E0000-\U000E0FFF]', '', 'g'));
  if tekst !~ '(?:[0-9][^0-9]*){8}' then return false; end if;
  for deel in select m[1] from regexp_matches(tekst, '(?<![0-9])([0-9]{9})(?![0-9])', 'g') as m loop
    if app.is_bsn(deel) then return true; end if;
  end loop;
  tekst := regexp_replace(tekst, '(?<![0-9])(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])', 'x', 'g');
  for deel in select m[1] from regexp_matches(tekst, '(?:bsn|burgerservice|sofi)[^0-9]{0,20}([0-9](?:(?:' || elk_teken || '|[,;]){0,6}[0-9]){7,8})', 'g') as m loop
    deel := regexp_replace(deel, '[^0-9]', '', 'g');
    -- An old BSN has eight digits, and a zero in front that not everybody writes.
    if app.is_bsn(deel) or app.is_bsn('0' || left(deel, 8)) then return true; end if;
  end loop;
  tekst := regexp_replace(tekst, '(?:€|(?<![[:alnum:]])eur) ?[0-9]{1,3}(?:\.[0-9]{3})+', 'x', 'g');
  foreach tussen in array array[elk_teken, '[;]'] loop
    for deel in select m[1] from regexp_matches(tekst, '([0-9]+(?:' || tussen || '{1,6}[0-9]+)+)', 'g') as m loop
      if app.is_bsn(regexp_replace(deel, '[^0-9]', '', 'g')) then return true; end if;
    end loop;
  end loop;
  foreach tussen in array array['[ \t]', '[.]', '[-\u2010-\u2015\u2212]', '[/|\\]', '[_:*+\u2022\u00b7''\u2019]', '[,]', '[ \t.\u2010-\u2015\u2212/|_:*+\\\u2022\u00b7''\u2019-]'] loop
    for deel in select m[1] from regexp_matches(tekst, '([0-9]+(?:' || tussen || '{1,6}[0-9]+)+)', 'g') as m loop
      if app.is_bsn(regexp_replace(deel, '[^0-9]', '', 'g')) then return true; end if;
      delen := regexp_split_to_array(deel, '[^0-9]+');
      for i in 1 .. cardinality(delen) - 2 loop
        if (length(delen[i]), length(delen[i + 1]), length(delen[i + 2])) in ((3, 3, 3), (4, 2, 3))
          and app.is_bsn(delen[i] || delen[i + 1] || delen[i + 2]) then return true; end if;
      end loop;
    end loop;
  end loop;
  return false;
end $$;

-- As in 0026: what was kept before stays as it is, and is not looked at; `samenhang db teksten` names what would be refused now.
do $$
declare k record;
begin
  for k in
    select conrelid::regclass as tabel, quote_ident(conname) as naam, pg_get_constraintdef(oid) as tekst
    from pg_constraint
    where contype = 'c' and conrelid <> 0 and convalidated and pg_get_constraintdef(oid) like '%app.bevat_bsn(%'
  loop
    execute format('alter table %1$s drop constraint %2$s, add constraint %2$s %3$s not valid', k.tabel, k.naam, k.tekst);
  end loop;
end $$;
