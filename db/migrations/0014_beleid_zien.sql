-- Who may see policy, and what free text may hold. Two schemas follow in 0015 and later: beleid (the Wegwijzer) and
-- kaders (what policy is held against).

alter table platform.gebruiker drop constraint gebruiker_rol_check;
alter table platform.gebruiker add constraint gebruiker_rol_check check (rol in ('backoffice', 'controller',
  'consulent', 'toezichthouder', 'contractmanager', 'data-analist', 'beleidsadviseur', 'inkoopadviseur', 'aanbieder',
  'bestuur', 'raad', 'privacy-officer', 'beheerder'));

-- Municipalities whose policy the user works on; empty for a provider.
create function app.gemeenten_beleid() returns text[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('app.gemeenten_beleid', true), ''), '{}')::text[] $$;

-- Policy of the region is for everyone who works there, policy of a municipality for who works on it.
-- p_gemeenten: app.gemeenten_beleid(), passed in so that a policy evaluates it once per query.
create function app.mag_beleid(p_gemeente text, p_gemeenten text[]) returns boolean language sql immutable parallel safe as
$$ select case when p_gemeente is null then cardinality(p_gemeenten) > 0 else p_gemeente = any (p_gemeenten) end $$;

-- True for who works for every municipality of the installation: only they write policy of the region.
create function app.is_regionaal() returns boolean language sql stable as
$$ select cardinality(app.gemeenten_beleid()) >= (select count(*) from contracten.gemeente) $$;

-- True when a text holds a number that can be a BSN (nine digits, elfproef).
create function app.bevat_bsn(p_tekst text) returns boolean language sql immutable parallel safe as $$
  select exists (
    select from regexp_matches(p_tekst, '(?<![0-9])([0-9]{9})(?![0-9])', 'g') as gevonden(getal)
    where getal[1] <> '000000000'
      and (select sum(substr(getal[1], i, 1)::integer * case i when 9 then -1 else 10 - i end)
           from generate_series(1, 9) as i) % 11 = 0)
$$;

-- Free text about policy: never about one resident. The elfproef is the last line of defence, not the only one.
create domain app.tekst as text check (length(value) <= 20000 and not app.bevat_bsn(value));

grant execute on function app.gemeenten_beleid, app.mag_beleid, app.is_regionaal, app.bevat_bsn to samenhang_app;
