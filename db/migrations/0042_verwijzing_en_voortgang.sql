-- A referral that comes after its toewijzing is written on it, where nobody was known to have referred.
grant update (verwijzer, probleemcluster, herhaald) on toegang.toewijzing to samenhang_app;

-- How far work is that somebody waits for, for them alone. It is written beside that work, never in its transaction: what is kept here
-- says nothing of whether it was done. Kept a day.
create table platform.voortgang (
  sleutel_hash bytea primary key,
  wie text not null,
  wat text not null,
  gedaan integer not null default 0 check (gedaan >= 0),
  van integer not null default 0 check (van >= 0),
  terug text not null,
  naar text,
  fout bytea,
  begonnen_op timestamptz not null default now(),
  bij_op timestamptz not null default now()
);
alter table platform.voortgang enable row level security, force row level security;
create policy eigen on platform.voortgang using (wie = (select current_setting('app.wie', true)));
create policy opruimen on platform.voortgang for delete using (begonnen_op < now() - interval '1 day');
create policy opruimen_zien on platform.voortgang for select using (begonnen_op < now() - interval '1 day');
grant select, insert, delete on platform.voortgang to samenhang_app;
grant update (wat, gedaan, van, naar, fout, bij_op) on platform.voortgang to samenhang_app;

-- Measured by `npm run bench:tarieven`: it makes no difference for a price list of 20,000 rows. That such a list is written in one go
-- (`atOnce`) makes 84 seconds 16.
drop index contracten.tarief_begin;
