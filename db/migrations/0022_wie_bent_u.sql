-- Who somebody is, which role they had when, and what ends when that changes.

-- The identity at the login provider. The e-mail address only matches the first login.
alter table platform.gebruiker
  add column oidc_iss text,
  add column oidc_sub text,
  add constraint gebruiker_identiteit check ((oidc_iss is null) = (oidc_sub is null));
create unique index gebruiker_identiteit_uniek on platform.gebruiker (oidc_iss, oidc_sub);

-- What a token was made for. It opens nothing once its owner works for another.
alter table platform.token
  add column organisatie text,
  add column rol text,
  add column gemeenten text[],
  add column voor_aanbieder integer;
update platform.token t set organisatie = g.organisatie, rol = g.rol, gemeenten = g.gemeenten,
  voor_aanbieder = g.voor_aanbieder from platform.gebruiker g where g.gebruiker_id = t.gebruiker_id;
alter table platform.token
  alter column organisatie set not null,
  alter column rol set not null,
  alter column gemeenten set not null;

create function platform.bind_token() returns trigger language plpgsql as $$
begin
  select organisatie, rol, gemeenten, voor_aanbieder
    into strict new.organisatie, new.rol, new.gemeenten, new.voor_aanbieder
    from platform.gebruiker where gebruiker_id = new.gebruiker_id;
  return new;
end $$;
create trigger token_gebonden before insert on platform.token
  for each row execute function platform.bind_token();

-- Who had which role from when; only added to. Before this migration only what stood then is known.
create table platform.gebruiker_stand (
  stand_id bigint generated always as identity primary key,
  gebruiker_id integer not null references platform.gebruiker,
  vanaf timestamptz not null default clock_timestamp(),
  rol text not null,
  organisatie text not null,
  gemeenten text[] not null,
  voor_aanbieder integer,
  actief boolean not null
);
create index gebruiker_stand_gebruiker on platform.gebruiker_stand (gebruiker_id, vanaf);
insert into platform.gebruiker_stand (gebruiker_id, vanaf, rol, organisatie, gemeenten, voor_aanbieder, actief)
  select gebruiker_id, case versie when 1 then aangemaakt_op else now() end, rol, organisatie, gemeenten, voor_aanbieder, actief
  from platform.gebruiker;
grant select, insert on platform.gebruiker_stand to samenhang_app;

-- Held by the database, so that it is also true for the command line and for who changes a row by hand.
create function platform.leg_stand_vast() returns trigger language plpgsql as $$
begin
  insert into platform.gebruiker_stand (gebruiker_id, rol, organisatie, gemeenten, voor_aanbieder, actief)
    values (new.gebruiker_id, new.rol, new.organisatie, new.gemeenten, new.voor_aanbieder, new.actief);
  return null;
end $$;

create function platform.eindig_toegang() returns trigger language plpgsql as $$
begin
  update platform.token set ingetrokken_op = now() where gebruiker_id = new.gebruiker_id and ingetrokken_op is null;
  delete from platform.sessie where gebruiker_id = new.gebruiker_id;
  return null;
end $$;

create trigger stand_nieuw after insert on platform.gebruiker
  for each row execute function platform.leg_stand_vast();
create trigger stand_gewijzigd after update on platform.gebruiker for each row
  when (row(old.rol, old.organisatie, old.gemeenten, old.voor_aanbieder, old.actief)
    is distinct from row(new.rol, new.organisatie, new.gemeenten, new.voor_aanbieder, new.actief))
  execute function platform.leg_stand_vast();
-- A first login (no identity yet) takes nothing away; another identity is another person.
create trigger toegang_eindigt after update on platform.gebruiker for each row
  when (row(old.rol, old.organisatie, old.gemeenten, old.voor_aanbieder, old.actief)
    is distinct from row(new.rol, new.organisatie, new.gemeenten, new.voor_aanbieder, new.actief)
    or (old.oidc_sub is not null and row(old.oidc_iss, old.oidc_sub) is distinct from row(new.oidc_iss, new.oidc_sub)))
  execute function platform.eindig_toegang();
