-- Each segment with itself and all that it hangs under: a contract may name the whole or the part.
create view contracten.segmentketen with (security_invoker = true) as
with recursive keten (segment_id, boven_id) as (
  select s.segment_id, s.segment_id from contracten.segment s
  union
  select k.segment_id, s.ouder_id from keten k join contracten.segment s on s.segment_id = k.boven_id where s.ouder_id is not null
)
select segment_id, boven_id from keten;
grant select on contracten.segmentketen to samenhang_app;
