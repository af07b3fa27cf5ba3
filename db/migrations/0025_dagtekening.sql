-- A message is kept also when its dagtekening is no day that exists here (the year −1, or 10000): then there is none.
alter table berichten.bericht alter column dagtekening drop not null;
