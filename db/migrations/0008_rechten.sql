-- What the application role may do. What happened is append-only: no UPDATE or DELETE on it for anyone but the owner.

grant usage on schema app, platform, aanbieders, contracten, toegang, berichten, declaraties, sturing to samenhang_app;
grant usage on schema app, sturing to samenhang_teller;
grant execute on all functions in schema app to samenhang_app, samenhang_teller;
grant execute on all functions in schema sturing to samenhang_app;
revoke execute on function sturing.unieke_clienten from public;
grant select on sturing.clientmaand to samenhang_teller;

grant select on all tables in schema platform, aanbieders, contracten, toegang, berichten, declaraties, sturing to samenhang_app;

grant insert, update on platform.instelling, platform.gebruiker, platform.token to samenhang_app;
grant insert, update, delete on platform.sessie, platform.aanmelding to samenhang_app;
grant insert on platform.gebeurtenis, platform.zegel to samenhang_app;

grant insert, update on aanbieders.aanbieder, contracten.gemeente, contracten.segment, contracten.product to samenhang_app;
grant insert on aanbieders.locatie, contracten.inwonertal, contracten.contract, contracten.contract_segment,
  contracten.contract_gemeente, contracten.tarief, contracten.budgetplafond to samenhang_app;

grant insert on toegang.client, toegang.woonplaats, toegang.verantwoordelijkheid, toegang.verwijzing,
  toegang.toewijzing, toegang.toewijzing_versie, toegang.start_stop to samenhang_app;
grant update (actuele_versie) on toegang.toewijzing to samenhang_app;
grant update (geldigheid) on toegang.woonplaats, toegang.verantwoordelijkheid to samenhang_app;

grant usage on sequence berichten.uitgaand to samenhang_app;
grant insert on berichten.bericht, berichten.bestand, berichten.bevinding, berichten.gebeurtenis to samenhang_app;
grant update (staat, geldt, verwerkt_op, bevindingen, regels) on berichten.bericht to samenhang_app;

grant insert on declaraties.declaratie, declaraties.prestatie, declaraties.bevinding, declaraties.betaling to samenhang_app;
grant update (betaald_op, betaald_door) on declaraties.betaling to samenhang_app;

grant insert, update, delete on sturing.maandcijfer, sturing.verwijzercijfer, sturing.afkeurcijfer, sturing.clientmaand
  to samenhang_app;
