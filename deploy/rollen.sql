-- The roles and the database of docs/beheer.md (Productie, 1), with the passwords that compose.yaml gives. The image of
-- PostgreSQL runs this once, as its superuser, on a new volume.
\getenv wachtwoord_eigenaar WACHTWOORD_EIGENAAR
\getenv wachtwoord_web WACHTWOORD_WEB
create role samenhang_app nologin;
create role samenhang_teller nologin;
create role samenhang_kopie nologin bypassrls;
create role samenhang_eigenaar login password :'wachtwoord_eigenaar';
create role samenhang_web login noinherit password :'wachtwoord_web';
grant samenhang_app, samenhang_teller to samenhang_eigenaar with admin option;
grant samenhang_kopie to samenhang_eigenaar;
grant samenhang_app to samenhang_web with inherit false;
create database samenhang owner samenhang_eigenaar;
