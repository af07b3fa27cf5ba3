-- Planned with the values asked for, the conditions that do not apply fall away and the count reads the index alone:
-- 18 ms instead of 25, and 4 instead of 9 for one total (region of scale 1).
alter function sturing.tel_clienten set plan_cache_mode = force_custom_plan;
alter function sturing.unieke_clienten set plan_cache_mode = force_custom_plan;
