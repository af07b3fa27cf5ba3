-- A referral that comes after its toewijzing is written on it, where nobody was known to have referred.
grant update (verwijzer, probleemcluster, herhaald) on toegang.toewijzing to samenhang_app;
