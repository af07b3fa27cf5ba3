-- A BSN in free text, in every notation: other digits than 0 to 9, signs in between, invisible characters. The same
-- function as bevatBsn in src/platform/vrijetekst.ts; a test holds the two equal.

-- Digits of other scripts as 0 to 9. Each script has ten in a row, from the number given here.
do $$
declare van text; naar text;
begin
  select string_agg(chr(begin + i), '' order by begin, i), string_agg(i::text, '' order by begin, i) into van, naar
  from unnest(array[
    1632, 1776, 1984, 2406, 2534, 2662, 2790, 2918, 3046, 3174, 3302, 3430, 3558, 3664, 3792, 3872, 4160,
    4240, 6112, 6160, 6470, 6608, 6784, 6800, 6992, 7088, 7232, 7248, 42528, 43216, 43264, 43472, 43504,
    43600, 44016, 66720, 68912, 68928, 69734, 69872, 69942, 70096, 70384, 70736, 70864, 71248, 71360, 71376,
    71386, 71472, 71904, 72016, 72688, 72784, 73040, 73120, 73184, 73552, 90416, 92768, 92864, 93008, 93552,
    123200, 123632, 124144, 124401, 125264]) as begin, generate_series(0, 9) as i;
  execute format(
    'create function app.naar_cijfers(p_tekst text) returns text language sql immutable parallel safe as $f$ select translate(p_tekst, %L, %L) $f$',
    van, naar);
end $$;

-- Elfproef; nine zeros pass the sum and are no BSN.
create function app.is_bsn(p_getal text) returns boolean language sql immutable parallel safe as $$
  select p_getal ~ '^[0-9]{9}$' and p_getal <> '000000000'
    and (select sum(substr(p_getal, i, 1)::integer * case i when 9 then -1 else 10 - i end) from generate_series(1, 9) as i) % 11 = 0
$$;

create or replace function app.bevat_bsn(p_tekst text) returns boolean language plpgsql immutable parallel safe as $$
declare
  tekst text;
  tussen text;
  deel text;
  delen text[];
begin
  tekst := app.naar_cijfers(normalize(p_tekst, NFKC));
  tekst := lower(regexp_replace(tekst, '[\u0300-\u036f\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000E0000-\U000E0FFF]', '', 'g'));
  if tekst !~ '(?:[0-9][^0-9]*){8}' then return false; end if;
  for deel in select m[1] from regexp_matches(tekst, '(?<![0-9])([0-9]{9})(?![0-9])', 'g') as m loop
    if app.is_bsn(deel) then return true; end if;
  end loop;
  tekst := regexp_replace(tekst, '(?<![0-9])(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])', 'x', 'g');
  tekst := regexp_replace(tekst, '(?:€|eur) ?[0-9]{1,3}(?:\.[0-9]{3})+', 'x', 'g');
  for deel in select m[1] from regexp_matches(tekst, '(?:bsn|burgerservice|sofi)[^0-9]{0,20}([0-9](?:[ \t.\u2010-\u2015\u2212/|_:*+\\\u2022\u00b7''\u2019-]{0,6}[0-9]){7,8})', 'g') as m loop
    deel := regexp_replace(deel, '[^0-9]', '', 'g');
    -- An old BSN has eight digits, and a zero in front that not everybody writes.
    if app.is_bsn(deel) or app.is_bsn('0' || left(deel, 8)) then return true; end if;
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

grant execute on function app.naar_cijfers, app.is_bsn to samenhang_app;

-- What was kept before stays as it is, and is not looked at: one such text would stop every start. From here on nothing
-- like it comes in. `samenhang db teksten` names what would be refused now. A check that was not held against what is kept
-- says so (not valid), so that a restore puts the rows back before the check.
do $$
declare k record;
begin
  for k in
    select conrelid::regclass as tabel, quote_ident(conname) as naam, pg_get_constraintdef(oid) as tekst
    from pg_constraint where contype = 'c' and conrelid <> 0 and pg_get_constraintdef(oid) like '%app.bevat_bsn(%'
  loop
    execute format('alter table %1$s drop constraint %2$s, add constraint %2$s %3$s not valid', k.tabel, k.naam, k.tekst);
  end loop;
end $$;
alter domain app.tekst drop constraint tekst_check;
alter domain app.tekst add constraint tekst_check check (length(value) <= 20000 and not app.bevat_bsn(value)) not valid;
