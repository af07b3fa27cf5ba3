-- Who changed a user or a subject last, so that whoever saves after them hears whether that was somebody else.
alter table platform.gebruiker
  add column gewijzigd_door integer references platform.gebruiker,
  add column gewijzigd_op timestamptz;
-- Of a subject it is the version that says who wrote it, but not who ended it.
alter table kaders.reikwijdte
  add column gewijzigd_door integer references platform.gebruiker,
  add column gewijzigd_op timestamptz;
grant update (gewijzigd_door, gewijzigd_op) on kaders.reikwijdte to samenhang_app;
