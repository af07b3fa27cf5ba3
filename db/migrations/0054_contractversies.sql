-- What a contract covers has days: a segment that joins on 1 January, a municipality that leaves. A contract is one or more versions that
-- follow each other; its segments and municipalities are those of a version, and change their days with it.
create table contracten.contractversie (
  contract_id integer not null,
  aanbieder_id integer not null,
  geldigheid daterange not null check (not isempty(geldigheid)),
  -- With the contract the key of a version: the only of its days that never changes.
  begin date not null generated always as (lower(geldigheid)) stored,
  primary key (contract_id, geldigheid without overlaps),
  unique (contract_id, begin),
  foreign key (contract_id, aanbieder_id) references contracten.contract (contract_id, aanbieder_id)
);
create index contractversie_aanbieder on contracten.contractversie (aanbieder_id);
insert into contracten.contractversie select contract_id, aanbieder_id, geldigheid from contracten.contract;

alter table contracten.contract_segment add begin date, drop constraint contract_segment_pkey;
update contracten.contract_segment d set begin = lower(c.geldigheid) from contracten.contract c where c.contract_id = d.contract_id;
alter table contracten.contract_segment
  add primary key (contract_id, segment_id, begin),
  add foreign key (contract_id, begin) references contracten.contractversie (contract_id, begin) on delete cascade;

alter table contracten.contract_gemeente add begin date, drop constraint contract_gemeente_pkey;
update contracten.contract_gemeente d set begin = lower(c.geldigheid) from contracten.contract c where c.contract_id = d.contract_id;
alter table contracten.contract_gemeente
  add primary key (contract_id, gemeente, begin),
  add foreign key (contract_id, begin) references contracten.contractversie (contract_id, begin) on delete cascade;

-- A price lies within the versions of its contract together. Deferrable: where one version ends and the next begins, there is a moment in
-- the same transaction in which the second is not there yet.
alter table contracten.tarief
  drop constraint tarief_contract_id_geldigheid_fkey,
  add constraint tarief_binnen_contract foreign key (contract_id, period geldigheid)
    references contracten.contractversie (contract_id, period geldigheid) deferrable;

-- What still asks for it (list_ontbreekt) is made anew by 0055.
alter table contracten.contract drop column geldigheid;

alter table contracten.contractversie enable row level security, force row level security;
create policy zien on contracten.contractversie using ((select app.is_regio()) or aanbieder_id = (select app.aanbieder()));
create policy tellen on contracten.contractversie for select to samenhang_teller using (true);
grant select, insert, update, delete on contracten.contractversie to samenhang_app;

-- The key of a version says on which day it begins, like that of a price.
update platform.wijziging w set sleutel = w.sleutel || '~' || coalesce(
  (select v.begin::text from contracten.contract c join contracten.contractversie v using (contract_id) where c.nummer = w.sleutel),
  coalesce(w.nieuw, w.oud) -> 'geldigheid' ->> 'begin')
where register = 'contracten';

grant select (contract_id, aanbieder_id, geldigheid, begin) on contracten.contractversie to samenhang_teller;
grant select (begin) on contracten.contract_segment, contracten.contract_gemeente to samenhang_teller;
