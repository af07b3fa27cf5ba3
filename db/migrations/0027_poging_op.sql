-- When judging a message last began. An attempt that a restart of the server cut off says nothing about the message.
alter table berichten.bericht add column poging_op timestamptz not null default now();
grant update (poging_op) on berichten.bericht to samenhang_app;
