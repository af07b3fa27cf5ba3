-- What was changed by one transaction belongs together: undone together, also when no file brought it. The number says so together with
-- the moment: a copy of the database on another server counts from one again.
alter table platform.wijziging add column samen bigint not null default (pg_current_xact_id()::text::bigint);
create index wijziging_samen on platform.wijziging (samen, op);
