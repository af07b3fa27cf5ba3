-- What the platform asks of the region, which is reference data of the domains above it: it names no table of theirs.

-- Every municipality of the installation, in the order of their codes; empty when there is none yet.
create function app.alle_gemeenten() returns text[] language sql stable as
$$ select coalesce(array_agg(code order by code), '{}') from contracten.gemeente $$;

-- The address of a provider in the message traffic, for who may see that provider; null for any other.
create function app.agb_van(p_aanbieder integer) returns text language sql stable as
$$ select agb from aanbieders.aanbieder where aanbieder_id = p_aanbieder $$;

grant execute on function app.alle_gemeenten, app.agb_van to samenhang_app;
