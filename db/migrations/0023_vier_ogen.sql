-- New rights that wait for a second beheerder. The row stays, as proof of who asked and who confirmed.
create table platform.gebruiker_voorstel (
  voorstel_id integer generated always as identity primary key,
  -- Null for somebody who is not a user yet.
  gebruiker_id integer references platform.gebruiker,
  -- Of the user when it was asked; 0 for a new one.
  versie integer not null,
  gegevens jsonb not null,
  -- Nothing but how the user gets in: another e-mail address or account. That the user may confirm, if somebody else asked.
  alleen_login boolean not null,
  door integer not null references platform.gebruiker,
  op timestamptz not null default now(),
  besluit text check (besluit in ('bevestigd', 'afgewezen', 'vervallen')),
  besloten_door integer references platform.gebruiker,
  besloten_op timestamptz,
  check ((besluit is null) = (besloten_op is null)),
  constraint voorstel_vier_ogen check (besluit <> 'bevestigd'
    or (besloten_door is not null and besloten_door <> door and (alleen_login or besloten_door is distinct from gebruiker_id)))
);
create unique index gebruiker_voorstel_open on platform.gebruiker_voorstel (gebruiker_id) where besluit is null;
grant select, insert on platform.gebruiker_voorstel to samenhang_app;
grant update (besluit, besloten_door, besloten_op) on platform.gebruiker_voorstel to samenhang_app;
