-- The log names what was seen by our own ids. Who reads it sees no resident, and knows a toewijzing or declaratie by the number that
-- stands in letters and messages: these say which ids that is, and nothing else of it.
create function toegang.zoek_onderwerp(gezocht bigint)
returns table (gemeente text, id bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select t.gemeente, t.toewijzing_id from toegang.toewijzing t where t.nummer = gezocht
$$;

create function declaraties.zoek_onderwerp(gezocht text)
returns table (gemeente text, id bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select d.gemeente, d.declaratie_id from declaraties.declaratie d where d.nummer = gezocht
$$;

grant select (nummer) on toegang.toewijzing to samenhang_teller;
grant select (gemeente, declaratie_id, nummer) on declaraties.declaratie to samenhang_teller;
create policy vergelijken on declaraties.declaratie for select to samenhang_teller using (true);
revoke execute on function toegang.zoek_onderwerp, declaraties.zoek_onderwerp from public;
grant execute on function toegang.zoek_onderwerp, declaraties.zoek_onderwerp to samenhang_app;
grant create on schema toegang, declaraties to samenhang_teller;
alter function toegang.zoek_onderwerp owner to samenhang_teller;
alter function declaraties.zoek_onderwerp owner to samenhang_teller;
revoke create on schema toegang, declaraties from samenhang_teller;

-- Who took back what a file did, and when.
alter table platform.invoer add column teruggenomen_op timestamptz,
  add column teruggenomen_door integer references platform.gebruiker;
grant update (teruggenomen_op, teruggenomen_door) on platform.invoer to samenhang_app;
