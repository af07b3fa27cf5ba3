-- A demonstration says on every page that all of it is invented; a provider of production was never marked.
alter table aanbieders.aanbieder drop column testdata;
