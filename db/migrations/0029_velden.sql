-- Forms and lists that are described once.

-- A text as somebody looks for it: without accents and capitals. No extension: who manages the database need not install one.
create function app.kaal(tekst text) returns text
  language sql immutable strict parallel safe
  return lower(regexp_replace(normalize(tekst, nfd), '[\u0300-\u036f]', '', 'g'));

-- Forms that were sent: what is sent twice is done once. The key is a hash of the token of the form and what was typed; the answer
-- is what the browser got, so that whoever sends it again gets the same.
create table platform.verzending (
  sleutel bytea primary key check (length(sleutel) = 32),
  verzoek uuid not null,
  op timestamptz not null default now(),
  status smallint,
  naar text
);
create index verzending_op on platform.verzending (op);
grant select, insert, update, delete on platform.verzending to samenhang_app;

-- What somebody had typed when their session ended: readable only with a key that their browser has, and shown only to them.
create table platform.getypt (
  sleutel_hash bytea primary key check (length(sleutel_hash) = 32),
  gebruiker_id integer not null references platform.gebruiker,
  inhoud bytea not null,
  op timestamptz not null default now()
);
create index getypt_op on platform.getypt (op);
grant select, insert, delete on platform.getypt to samenhang_app;

-- A session that ends is kept a day: by it we know whose form it is that comes in just after.
create or replace function platform.eindig_toegang() returns trigger language plpgsql as $$
begin
  update platform.token set ingetrokken_op = now() where gebruiker_id = new.gebruiker_id and ingetrokken_op is null;
  update platform.sessie set verloopt_op = least(verloopt_op, now()) where gebruiker_id = new.gebruiker_id;
  return null;
end $$;
