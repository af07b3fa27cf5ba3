-- `|` and `<<` have the same precedence in PostgreSQL, so 0007 shifted the months before it again and again. With
-- parentheses bit n-1 is month n.
alter table sturing.clientmaand alter column maanden set expression as (
  (m1 > 0)::integer | ((m2 > 0)::integer << 1) | ((m3 > 0)::integer << 2) | ((m4 > 0)::integer << 3)
  | ((m5 > 0)::integer << 4) | ((m6 > 0)::integer << 5) | ((m7 > 0)::integer << 6) | ((m8 > 0)::integer << 7)
  | ((m9 > 0)::integer << 8) | ((m10 > 0)::integer << 9) | ((m11 > 0)::integer << 10) | ((m12 > 0)::integer << 11));

-- Counting persons reads the rows of one year and nothing else: from this index alone, in the order of the count.
create index clientmaand_tellen on sturing.clientmaand (jaar, gemeente, segment_id) include (aanbieder_id, persoon, maanden);
