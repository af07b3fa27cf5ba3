-- Of a change that undid another, which: the history tells it as an undoing, and what was undone is not offered once more.
alter table platform.wijziging add column ongedaan bigint references platform.wijziging;
create index wijziging_ongedaan on platform.wijziging (ongedaan) where ongedaan is not null;
