-- Seals by event number, keyed (ADR 0017); the keys this database has known (ADR 0018).

-- One row per master key, the newest in use. `zegelsleutel`: the key of the seals made under it, encrypted with the master
-- key now in use: who can read it has the right key. `zegel_begin`: what proves the first seal under it (see toets_zegel).
-- `klaar_op`: from then on nothing in the database needs an earlier key; until then `voortgang` is how far the files are.
-- Written by the owner only.
create table platform.sleutel (
  sleutel_nr integer primary key check (sleutel_nr > 0),
  zegelsleutel bytea not null,
  zegel_begin bytea not null,
  op timestamptz not null default now(),
  voortgang jsonb,
  klaar_op timestamptz
);

-- A process works only while its key is the newest: one that was started before a change of key would look for residents
-- under a hash that is no more. The change itself holds this lock exclusively; who waits too long for it is told to come
-- back (55P03) long before its query is cut off.
create function platform.eis_sleutel(p_nr integer) returns void language plpgsql set lock_timeout = '30s' as $$
begin
  perform pg_advisory_xact_lock_shared(7264363);
  if p_nr is distinct from (select max(sleutel_nr) from platform.sleutel) then
    raise exception 'sleutel gewisseld' using errcode = 'SL001';
  end if;
end $$;

-- The chain of before hung on transaction ids. It stays to be checked as it was, over the events that have such an id;
-- the first new seal covers all of them again.
alter table platform.zegel rename to zegel_tx;
alter table platform.gebeurtenis alter column tx drop default, alter column tx drop not null;
drop index platform.gebeurtenis_tx;
create index gebeurtenis_tx on platform.gebeurtenis (tx) where tx is not null;
revoke insert on platform.zegel_tx from samenhang_app;

-- Nobody chooses the number of an event.
revoke insert on platform.gebeurtenis from samenhang_app;
grant insert (op, wie, rol, actie, grond, onderwerp, verzoek_id) on platform.gebeurtenis to samenhang_app;
grant select on sequence platform.gebeurtenis_gebeurtenis_id_seq to samenhang_app;

-- The highest number given out.
create function platform.laatste_nummer() returns bigint language sql volatile as
$$ select case when is_called then last_value else last_value - 1 end from platform.gebeurtenis_gebeurtenis_id_seq $$;

-- Before its first number is given out, a transaction locks the last number that was: all its own are higher. As long as
-- it is open the lock tells so in pg_locks, to this database only, and nobody waits for it.
-- Key: 7264362 in the upper bits, the number in the lower 40.
-- Whether we hold it already is asked of the locks themselves: a setting could be set by whoever writes.
create function platform.meld_schrijver() returns trigger language plpgsql as $$
declare
  laatste bigint := platform.laatste_nummer();
begin
  if not exists (
    select from pg_locks
    where locktype = 'advisory' and objsubid = 1 and (classid::bigint >> 8) = 7264362 and pid = pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      and (((classid::bigint << 32) | objid::bigint) & ((1::bigint << 40) - 1)) <= laatste)
  then
    perform pg_advisory_xact_lock_shared((7264362::bigint << 40) | laatste);
  end if;
  return null;
end $$;
create trigger meld_schrijver before insert on platform.gebeurtenis
  for each statement execute function platform.meld_schrijver();

-- Every event up to this number is finished: committed, or it will never be. p_tot must have been read before, in a
-- statement of its own, and the events must be read after.
create function platform.grens(p_tot bigint) returns bigint language sql volatile as $$
  select least(p_tot, min(((classid::bigint << 32) | objid::bigint) & ((1::bigint << 40) - 1)))
  from pg_locks
  where locktype = 'advisory' and objsubid = 1 and (classid::bigint >> 8) = 7264362
    and database = (select oid from pg_database where datname = current_database())
$$;

-- A seal covers every event with vanaf < number ≤ tot. The hash is keyed and includes the one before.
create table platform.zegel (
  zegel_id integer primary key,
  sleutel_nr integer not null references platform.sleutel,
  vanaf bigint not null,
  tot bigint not null unique,
  aantal integer not null,
  vorige_hash bytea not null unique,
  hash bytea not null,
  bewijs bytea not null,
  volgend bytea not null,
  op timestamptz not null default now(),
  check (vanaf < tot)
);

-- Only who knows the key adds a seal: `bewijs` is a secret that follows from the key, of which the database knows the
-- SHA-256 beforehand (`volgend` of the seal before, or `zegel_begin` of a new key). Used once, it is worth nothing.
create function platform.toets_zegel() returns trigger language plpgsql as $$
declare
  laatste platform.zegel;
  sleutel platform.sleutel;
begin
  perform pg_advisory_xact_lock(7264362);
  select * into laatste from platform.zegel order by zegel_id desc limit 1;
  select * into sleutel from platform.sleutel order by sleutel_nr desc limit 1;
  if new.sleutel_nr is distinct from sleutel.sleutel_nr
    or sha256(new.bewijs) is distinct from
       (case when laatste.sleutel_nr = sleutel.sleutel_nr then laatste.volgend else sleutel.zegel_begin end)
    or new.zegel_id <> coalesce(laatste.zegel_id, 0) + 1
    or new.vanaf <> coalesce(laatste.tot, 0)
    or new.vorige_hash <> coalesce(laatste.hash, decode(repeat('00', 32), 'hex'))
  then
    raise exception 'geen geldig zegel' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger toets_zegel before insert on platform.zegel for each row execute function platform.toets_zegel();

grant select on platform.sleutel, platform.zegel to samenhang_app;
grant insert on platform.zegel to samenhang_app;
