-- The state of a draft is a number that never comes back: a draft that was thrown away, or fell out as the oldest, left a next one to
-- begin at 1 again, and an old window wrote over it.
create sequence platform.concept_stand as integer;
select setval('platform.concept_stand', coalesce(max(stand), 0) + 1) from platform.concept;
alter table platform.concept alter column stand set default nextval('platform.concept_stand');
alter sequence platform.concept_stand owned by platform.concept.stand;
grant usage on sequence platform.concept_stand to samenhang_app;
