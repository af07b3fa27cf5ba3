-- The history of a contract of which the first day changed when its number was the whole of its key, and that was taken out before 0054:
-- that gave each change the day of its own, so that its history fell apart. It stands under the last, as that of a contract that is still
-- there does. Since then no change has two first days.
update platform.wijziging w set sleutel = x.sleutel
from (
  select distinct on (v.nummer) v.nummer, v.wijziging_id, v.sleutel
  from (select coalesce(nieuw, oud) ->> 'nummer' as nummer, wijziging_id, sleutel, oud, nieuw from platform.wijziging where register = 'contracten') v
  where v.oud -> 'geldigheid' ->> 'begin' <> v.nieuw -> 'geldigheid' ->> 'begin'
  order by v.nummer, v.wijziging_id desc) x
where w.register = 'contracten' and coalesce(w.nieuw, w.oud) ->> 'nummer' = x.nummer and w.wijziging_id < x.wijziging_id
  and w.sleutel <> x.sleutel;

-- What took a file back before 0056 said so: it turns around what the file did, at the moment that is kept of it. Before 0050 none was; then
-- it is the next change to the row, since a file could not be taken back once one had been changed after it. What undid a change by hand is
-- not to be told from somebody who typed again what stood there: the same fields, the same line in the log. So that stays as it is.
update platform.wijziging w set ongedaan = v.wijziging_id
from platform.invoer i join platform.wijziging v using (invoer_id)
where i.staat = 'teruggenomen' and w.invoer_id is null and w.ongedaan is null and w.wijziging_id > v.wijziging_id
  and (w.register, w.sleutel) = (v.register, v.sleutel) and w.oud is not distinct from v.nieuw and w.nieuw is not distinct from v.oud
  and (w.op = i.teruggenomen_op or (i.teruggenomen_op is null and w.wijziging_id = (
    select min(n.wijziging_id) from platform.wijziging n
    where (n.register, n.sleutel) = (v.register, v.sleutel) and n.wijziging_id > v.wijziging_id)));
