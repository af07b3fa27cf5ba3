-- Files that were chosen together: tried, and done, as one.
create table platform.bundel (
  bundel_id integer generated always as identity primary key,
  aantal integer not null check (aantal > 0),
  niet_gelezen text[] not null,
  op timestamptz not null,
  door integer references platform.gebruiker
);
alter table platform.invoer add column bundel_id integer references platform.bundel;
create index invoer_bundel on platform.invoer (bundel_id) where bundel_id is not null;
grant select, insert on platform.bundel to samenhang_app;
