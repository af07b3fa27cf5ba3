-- A BSN with whatever stands between its digits that is no letter and no digit: as bevatBsn in src/platform/vrijetekst.ts; a test
-- holds the two equal. What a letter is does not hang on the settings of the database: hence the collation.
create or replace function app.bevat_bsn(p_tekst text) returns boolean language plpgsql immutable parallel safe as $$
declare
  tekst text collate pg_c_utf8;
  tussen text;
  deel text;
  delen text[];
  gewoon constant text := '[\t-\r !"#&-+\--/:<-@\[-`{-~\u00a1\u00a6-\u00a9\u00ab\u00ac\u00ae\u00b1\u00b6\u00b7\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u2032-\u205e\u2190-\u2bff\u3001-\u3003\u3008-\u3011\u30fb]{1,6}';
  elk_teken constant text := '[^[:alnum:]$\u00a2-\u00a5\u20a0-\u20cf%\u2030\u2031\u00b0,;]{1,10}';
  aaneen constant text := '[^[:alnum:] \t-\r\u0085\u1680,;]{1,10}';
  en constant text := '[ \t-\r\u0085\u1680]{1,3}en[ \t-\r\u0085\u1680]{1,3}';
begin
  tekst := app.naar_cijfers(normalize(p_tekst, NFKC));
  tekst := lower(regexp_replace(tekst, '[\u0300-\u036f\u00ad\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000E0000-\U000E0FFF]', '', 'g'));
  if tekst !~ '(?:[0-9][^0-9]*){8}' then return false; end if;
  for deel in select m[1] from regexp_matches(tekst, '(?<![0-9])([0-9]{9})(?![0-9])', 'g') as m loop
    if app.is_bsn(deel) then return true; end if;
  end loop;
  tekst := regexp_replace(tekst, '(?<![0-9])(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])', 'x', 'g');
  for deel in select m[1] from regexp_matches(tekst, '(?:bsn|burgerservice|sofi)[^0-9]{0,20}([0-9](?:[^[:alnum:]]{0,10}[0-9]){7,8})', 'g') as m loop
    deel := regexp_replace(deel, '[^0-9]', '', 'g');
    -- An old BSN has eight digits, and a zero in front that not everybody writes.
    if app.is_bsn(deel) or app.is_bsn('0' || left(deel, 8)) then return true; end if;
  end loop;
  tekst := regexp_replace(tekst, '(?:€|(?<![[:alnum:]])eur) ?[0-9]{1,3}(?:\.[0-9]{3})+', 'x', 'g');
  foreach tussen in array array[gewoon, '[;]{1,6}', elk_teken, aaneen, en] loop
    for deel in select m[1] from regexp_matches(tekst, '([0-9]+(?:' || tussen || '[0-9]+)+)', 'g') as m loop
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
