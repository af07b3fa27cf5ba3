import { begin, dag, eind, euro, getal, type Waarheid, wet } from './waarheid.ts'

const GEMEENTE = 'join contracten.gemeente g on g.code'
const AANBIEDER = 'join aanbieders.aanbieder a using (aanbieder_id)'

/** Approved lines of which the same care for the same person is approved at another municipality too. */
const DUBBEL = `select p.gemeente, p.declaratie_id, p.regel, p.bedrag,
    exists (select from declaraties.samenloop_oordeel o
      where (o.gemeente, o.declaratie_id, o.regel) = (p.gemeente, p.declaratie_id, p.regel)) as beoordeeld
  from declaraties.prestatie p join toegang.client c using (gemeente, client_id)
  where c.persoon in (select persoon from toegang.client group by 1 having count(distinct gemeente) > 1)
    and p.goedgekeurd and p.debet and exists (
    select from declaraties.prestatie q join toegang.client e using (gemeente, client_id)
    where e.persoon = c.persoon and q.gemeente <> p.gemeente and q.aanbieder_id = p.aanbieder_id and q.goedgekeurd
      and q.debet and q.code = p.code and q.begin <= p.eind and q.eind >= p.begin)`

/** Payments with what of them waits and what is not paid. */
const BETALING = `select b.*, coalesce(x.wacht, 0) as wacht, coalesce(x.niet, 0) as niet,
    b.bedrag - coalesce(x.wacht, 0) - coalesce(x.niet, 0) as over
  from declaraties.betaling b left join (
    select gemeente, declaratie_id, coalesce(sum(bedrag) filter (where not beoordeeld), 0) as wacht,
      coalesce(sum(bedrag) filter (where beoordeeld), 0) as niet
    from (${DUBBEL}) d group by 1, 2) x
  on x.gemeente = b.gemeente and x.declaratie_id = b.declaratie_id and b.betaald_op is null
  where b.bedrag <> 0`

/** Messages, referrals, claims and payments. */
export const ZORG: readonly Waarheid[] = [
  {
    pad: '/berichten/export',
    rol: 'backoffice',
    sql: `select b.soort as "Soort", g.code as "Gemeentecode", g.naam as "Gemeente", a.agb as "AGB-code", a.naam as "Aanbieder",
        b.identificatie as "Identificatie", ${dag('b.dagtekening')} as "Dagtekening",
        to_char(b.ontvangen_op at time zone 'Europe/Amsterdam', 'DD-MM-YYYY HH24:MI') as "Ontvangen",
        ${dag('b.antwoord_voor')} as "Antwoord uiterlijk",
        ${getal('b.regels')} as "Regels", ${getal('b.bevindingen')} as "Bevindingen"
      from berichten.bericht b ${GEMEENTE} = b.gemeente ${AANBIEDER}`,
    tekst: ['Omschrijving', 'Richting', 'Wet', 'Staat', 'Reden'],
  },
  {
    pad: '/toewijzingen/export',
    rol: 'backoffice',
    sql: `select t.nummer::text as "Toewijzingnummer", g.code as "Gemeentecode", g.naam as "Gemeente", ${wet('t.domein')} as "Wet",
        a.naam as "Aanbieder", v.categorie as "Productcategorie", v.code as "Productcode", ${getal('v.volume')} as "Volume",
        v.eenheid as "Eenheid", v.frequentie as "Frequentie", ${euro('v.budget')} as "Budget",
        ${dag('v.ingang')} as "Ingangsdatum", ${dag('v.eind')} as "Einddatum"
      from toegang.toewijzing t ${GEMEENTE} = t.gemeente join aanbieders.aanbieder a on a.aanbieder_id = t.aanbieder_id
      join toegang.toewijzing_versie v on (v.gemeente, v.toewijzing_id, v.versie) = (t.gemeente, t.toewijzing_id, t.actuele_versie)`,
    tekst: ['Cliënt', 'Segment', 'Product', 'Omvang', 'Stand'],
  },
  {
    pad: '/declaraties/export',
    rol: 'backoffice',
    sql: `with b as (
        select gemeente, declaratie_id, sum(bedrag) as bedrag, coalesce(sum(bedrag) filter (where betaald_op is not null), 0) as betaald,
          sum(wacht) as wacht, sum(niet) as niet, min(vervalt_op) as vervalt,
          case when bool_and(betaald_op is not null) then max(betaald_op) end as betaald_op
        from (${BETALING}) x group by 1, 2)
      select d.nummer as "Declaratienummer", ${wet('d.domein')} as "Wet", g.code as "Gemeentecode", g.naam as "Gemeente",
        a.naam as "Aanbieder", ${dag('d.maand')} as "Maand", ${dag('d.dagtekening')} as "Dagtekening",
        ${getal('d.regels')} as "Regels", ${getal('d.regels_afgekeurd')} as "Regels afgekeurd",
        ${euro('d.ingediend')} as "Ingediend", ${euro('d.toegekend')} as "Toegekend",
        ${euro('b.bedrag - b.betaald - b.wacht - b.niet')} as "Te betalen",
        ${euro('coalesce(b.wacht, 0)')} as "Wacht op beoordeling", ${euro('coalesce(b.niet, 0)')} as "Wordt niet betaald",
        ${euro('b.betaald')} as "Betaald", ${euro('case when d.overgenomen then d.toegekend end')} as "Betaald in een eerder systeem",
        ${dag('case when b.niet = 0 or b.wacht <> 0 or b.bedrag - b.betaald - b.niet <> 0 then b.vervalt end')} as "Vervalt op",
        ${dag('b.betaald_op')} as "Betaald op"
      from declaraties.declaratie d ${GEMEENTE} = d.gemeente ${AANBIEDER} left join b using (gemeente, declaratie_id)`,
    tekst: ['Uitkomst'],
  },
  {
    pad: '/declaraties/:gemeente/:id/export',
    rol: 'backoffice',
    kies: `select gemeente, declaratie_id as id from declaraties.prestatie group by 1, 2
      having bool_or(not goedgekeurd) and bool_or(not debet) order by count(*), 1, 2 limit 1`,
    sql: `select ${getal('p.regel')} as "Regel", p.referentie as "Referentienummer",
        p.vorige_referentie as "Vorig referentienummer", p.toewijzing_nummer::text as "Toewijzingnummer",
        p.categorie as "Productcategorie", p.code as "Productcode", ${dag('p.begin')} as "Begindatum", ${dag('p.eind')} as "Einddatum",
        ${getal('p.volume')} as "Volume", p.eenheid as "Eenheid", ${euro('p.tarief')} as "Tarief",
        ${euro('case when p.debet then p.bedrag else -p.bedrag end')} as "Bedrag",
        case when p.debet then 'D' else 'C' end as "Debet of credit",
        case when p.goedgekeurd then 'goedgekeurd' else 'afgekeurd' end as "Oordeel",
        (select string_agg(b.retourcode, ' ' order by b.volgnummer) from declaraties.bevinding b
         where (b.gemeente, b.declaratie_id, b.regel) = (p.gemeente, p.declaratie_id, p.regel)) as "Retourcodes"
      from declaraties.prestatie p where p.gemeente = ':gemeente' and p.declaratie_id = :id`,
    tekst: ['Product', 'Waarom'],
  },
  {
    pad: '/betalingen/export',
    rol: 'backoffice',
    // Without a choice the page and its file are about what is still to be paid.
    sql: `select a.naam as "Aanbieder", g.code as "Gemeentecode", g.naam as "Gemeente", ${getal('count(*)')} as "Declaraties",
        ${euro('sum(over)')} as "Bedrag",
        ${euro("coalesce(sum(over) filter (where over > 0 and vervalt_op < '2026-11-22'), 0)")} as "Waarvan te laat",
        ${euro('coalesce(sum(over) filter (where over < 0), 0)')} as "Waarvan te verrekenen",
        ${euro('sum(wacht)')} as "Wacht op beoordeling", ${euro('sum(niet)')} as "Wordt niet betaald",
        ${dag('min(vervalt_op)')} as "Eerste vervaldatum"
      from (${BETALING}) b ${GEMEENTE} = b.gemeente ${AANBIEDER}
      where betaald_op is null and not (over = 0 and wacht = 0) group by a.naam, g.code, g.naam`,
  },
  {
    pad: '/betalingen/regels/export',
    rol: 'backoffice',
    sql: `select d.nummer as "Declaratienummer", a.agb as "AGB-code", a.naam as "Aanbieder", g.code as "Gemeentecode",
        g.naam as "Gemeente", ${dag('d.maand')} as "Maand", ${euro('b.over')} as "Bedrag", ${euro('b.wacht')} as "Wacht op beoordeling",
        ${euro('b.niet')} as "Wordt niet betaald", ${dag('b.vervalt_op')} as "Vervalt op", ${dag('b.betaald_op')} as "Betaald op"
      from (${BETALING}) b join declaraties.declaratie d using (gemeente, declaratie_id)
      ${GEMEENTE} = b.gemeente join aanbieders.aanbieder a on a.aanbieder_id = b.aanbieder_id
      where b.betaald_op is null and not (b.over = 0 and b.wacht = 0)`,
    leeg: ['Betaald op'],
  },
  {
    pad: '/betalingen/regels/export?staat=betaald',
    rol: 'backoffice',
    sql: `select d.nummer as "Declaratienummer", a.agb as "AGB-code", a.naam as "Aanbieder", g.code as "Gemeentecode",
        g.naam as "Gemeente", ${dag('d.maand')} as "Maand", ${euro('b.over')} as "Bedrag", ${euro('b.wacht')} as "Wacht op beoordeling",
        ${euro('b.niet')} as "Wordt niet betaald", ${dag('b.vervalt_op')} as "Vervalt op", ${dag('b.betaald_op')} as "Betaald op"
      from (${BETALING}) b join declaraties.declaratie d using (gemeente, declaratie_id)
      ${GEMEENTE} = b.gemeente join aanbieders.aanbieder a on a.aanbieder_id = b.aanbieder_id
      where b.betaald_op is not null`,
    leeg: ['Wacht op beoordeling', 'Wordt niet betaald'],
  },
]

const GELDIG = "(select * from contracten.contractversie where geldigheid @> '2026-11-22'::date) v"
const NAAM_UIT = (rijen: string) => `(select string_agg(naam, ', ' order by volgorde) from ${rijen})`

/** Providers, contracts, and what a region puts in itself. */
export const AFSPRAKEN: readonly Waarheid[] = [
  {
    pad: '/aanbieders/export',
    rol: 'contractmanager',
    sql: `select a.agb as "AGB-code", a.kvk as "KvK-nummer", a.naam as "Naam",
        (select l.plaats from aanbieders.locatie l where l.aanbieder_id = a.aanbieder_id order by volgnummer limit 1) as "Plaats",
        ${getal('count(distinct cg.gemeente)')} as "Gemeenten", ${getal('count(distinct c.contract_id)')} as "Lopende contracten"
      from aanbieders.aanbieder a
      left join contracten.contractversie c on c.aanbieder_id = a.aanbieder_id and c.geldigheid @> '2026-11-22'::date
      left join contracten.contract_gemeente cg on (cg.contract_id, cg.begin) = (c.contract_id, c.begin) group by a.aanbieder_id`,
    tekst: ['Segmenten'],
  },
  {
    pad: '/contracten/export',
    rol: 'contractmanager',
    sql: `select c.nummer as "Contractnummer", a.agb as "AGB-code", a.naam as "Aanbieder",
        ${NAAM_UIT('contracten.contract_segment x join contracten.segment s using (segment_id) where (x.contract_id, x.begin) = (v.contract_id, v.begin)')}
          as "Segmenten",
        (select count(distinct p.wet || p.code) from contracten.tarief t join contracten.product p using (wet, code)
         where t.contract_id = c.contract_id)::text as "Producten",
        ${dag('(select min(h.begin) from contracten.contractversie h where h.contract_id = c.contract_id)')} as "Begin",
        (select ${eind('h.geldigheid')} from contracten.contractversie h where h.contract_id = c.contract_id
         order by h.begin desc limit 1) as "Eind"
      from contracten.contract c join contracten.contractversie v using (contract_id, aanbieder_id) ${AANBIEDER}
      where v.geldigheid @> '2026-11-22'::date`,
    tekst: ['Wet', 'Gemeenten'],
  },
  {
    pad: '/contracten/:id/export',
    rol: 'contractmanager',
    kies: 'select contract_id as id from contracten.contract order by 1 limit 1',
    sql: `select s.naam as "Segment", ${wet('p.wet')} as "Wet", p.code as "Productcode", p.naam as "Product",
        ${begin('t.geldigheid')} as "Vanaf", ${eind('t.geldigheid')} as "Tot en met", ${euro('t.tarief')} as "Tarief"
      from contracten.tarief t join contracten.product p using (wet, code) join contracten.segment s using (segment_id)
      where t.contract_id = :id`,
    tekst: ['Eenheid'],
  },
  {
    pad: '/inrichten/ontbreekt/export',
    rol: 'contractmanager',
    // In the slice every contract has its prices and goes on, and no price does; what has no price or contract never had one.
    sql: `select 'Product zonder tarief' as "Wat ontbreekt", ${wet('p.wet')} as "Wet", p.code as "Productcode", p.naam as "Product",
        s.naam as "Segment", null as "Gemeente", ${begin('p.geldigheid')} as "Ontbreekt vanaf", null as "AGB-code", null as "Aanbieder",
        null as "Contract", null as "Geldt vanaf", null as "Tarieven", null as "Lopende toewijzingen"
      from contracten.product p join contracten.segment s using (segment_id)
      where p.geldigheid @> '2026-11-22'::date and p.eenheid <> '83'
        and segment_id in (select segment_id from ${GELDIG} join contracten.contract_segment using (contract_id, begin))
        and (p.wet, p.code) not in (select wet, code from contracten.tarief where geldigheid @> '2026-11-22'::date)
      union all
      select 'Segment zonder contract', ${wet('s.wet')}, null, null, s.naam, g.naam, '22-11-2026', null, null, null, null, null, null
      from contracten.segment s cross join contracten.gemeente g
      where (s.segment_id, g.code) not in (
        select segment_id, gemeente from ${GELDIG}
        join contracten.contract_segment using (contract_id, begin) join contracten.contract_gemeente using (contract_id, begin))
      union all
      select 'Tarieven eindigen zonder opvolger', case when prijs.n = 1 then ${wet('prijs.wet')} end, prijs.codes, prijs.namen,
        case when prijs.n = 1 then prijs.segment end, waar.namen, '01-01-2027', a.agb, a.naam, c.nummer, null, prijs.n::text,
        case when op.n < 5 then 'minder dan 5' else floor(op.n / 5) * 5 || ' of meer' end
      from ${GELDIG} join contracten.contract c using (contract_id, aanbieder_id) join aanbieders.aanbieder a using (aanbieder_id)
      cross join lateral (
        select string_agg(g.naam, ', ' order by g.naam) as namen from contracten.contract_gemeente cg
        join contracten.gemeente g on g.code = cg.gemeente where (cg.contract_id, cg.begin) = (v.contract_id, v.begin)) waar
      cross join lateral (
        select count(*) as n, min(p.wet) as wet, min(s.naam) as segment, string_agg(p.code, ', ' order by p.naam, p.code) as codes,
          string_agg(p.naam, ', ' order by p.naam, p.code) as namen
        from contracten.tarief t join contracten.product p using (wet, code) join contracten.segment s using (segment_id)
        where t.contract_id = c.contract_id and upper(t.geldigheid) = '2027-01-01') prijs
      cross join lateral (
        select count(*)::numeric as n from toegang.toewijzing w join toegang.toewijzing_versie v
          on (v.gemeente, v.toewijzing_id, v.versie) = (w.gemeente, w.toewijzing_id, w.actuele_versie)
        where w.aanbieder_id = c.aanbieder_id and w.geldt and coalesce(v.eind, '2999-01-01') >= '2027-01-01' and v.ingang <= '2027-01-01'
          and (w.domein, v.code) in (
            select t.wet, t.code from contracten.tarief t
            where t.contract_id = c.contract_id and upper(t.geldigheid) = '2027-01-01')) op
      union all
      select 'Segment zonder plafond', ${wet('s.wet')}, null, null, s.naam, string_agg(g.naam, ', ' order by g.naam), '01-01-' || jaar,
        null, null, null, null, null, null
      from (values (2026), (2027)) j (jaar) cross join contracten.segment s cross join contracten.gemeente g
      where exists (
          select from contracten.contractversie v join contracten.contract_segment using (contract_id, begin)
          join contracten.contract_gemeente cg using (contract_id, begin)
          where segment_id = s.segment_id and cg.gemeente = g.code
            and lower(v.geldigheid) < make_date(jaar + 1, 1, 1) and coalesce(upper(v.geldigheid), '2999-01-01') > make_date(jaar, 1, 1))
        and s.segment_id in (select segment_id from contracten.product)
        and (s.segment_id, g.code) not in (select segment_id, gemeente from contracten.budgetplafond b where b.jaar = j.jaar)
      group by s.segment_id, s.wet, s.naam, jaar`,
    leeg: ['Geldt vanaf'],
  },
  {
    pad: '/inrichten/gemeenten/export',
    rol: 'beheerder',
    sql: 'select code as "Code", naam as "Naam" from contracten.gemeente',
  },
  {
    pad: '/inrichten/segmenten/export',
    rol: 'contractmanager',
    sql: `select s.code as "Code", ${wet('s.wet')} as "Wet", s.naam as "Naam", s.omschrijving as "Omschrijving",
        s.bron as "Bron", ${getal('s.volgorde')} as "Volgorde" from contracten.segment s`,
    tekst: ['Onder'],
  },
  {
    pad: '/inrichten/producten/export',
    rol: 'contractmanager',
    sql: `select ${wet('p.wet')} as "Wet", p.code as "Code", ${begin('p.geldigheid')} as "Geldig: eerste dag",
        ${eind('p.geldigheid')} as "Geldig: laatste dag", p.categorie as "Categorie", p.naam as "Naam", s.code as "Segment",
        ${getal('p.zwaarte')} as "Zwaarte"
      from contracten.product p join contracten.segment s using (segment_id)`,
    tekst: ['Eenheid', 'Bekostiging'],
  },
  {
    pad: '/inrichten/aanbieders/export',
    rol: 'contractmanager',
    sql: `select agb as "AGB-code", naam as "Naam", kvk as "KvK-nummer", regexp_replace(iban, '(.{4})(?!$)', '\\1 ', 'g') as "IBAN", email as "E-mail",
        telefoon as "Telefoon" from aanbieders.aanbieder`,
  },
  {
    pad: '/inrichten/contracten/export',
    rol: 'contractmanager',
    sql: `select c.nummer as "Nummer", a.agb as "Aanbieder", ${begin('v.geldigheid')} as "Loopt: eerste dag",
        ${eind('v.geldigheid')} as "Loopt: laatste dag"
      from contracten.contract c join contracten.contractversie v using (contract_id, aanbieder_id) ${AANBIEDER}`,
    tekst: ['Segmenten', 'Gemeenten'],
  },
  {
    pad: '/inrichten/tarieven/export',
    rol: 'contractmanager',
    sql: `select c.nummer as "Contract", ${wet('p.wet')} as "Wet", p.code as "Product",
        ${begin('t.geldigheid')} as "Geldig: eerste dag", ${eind('t.geldigheid')} as "Geldig: laatste dag", ${euro('t.tarief')} as "Tarief"
      from contracten.tarief t join contracten.contract c using (contract_id) join contracten.product p using (wet, code)`,
  },
  {
    pad: '/inrichten/plafonds/export',
    rol: 'controller',
    sql: `select distinct on (s.code, p.gemeente, p.jaar) s.code as "Segment", p.gemeente as "Gemeente",
        ${getal('p.jaar')} as "Jaar", ${euro('p.bedrag')} as "Bedrag", ${dag('p.vastgesteld_op')} as "Vastgesteld op"
      from contracten.budgetplafond p join contracten.segment s using (segment_id)
      order by s.code, p.gemeente, p.jaar, p.versie desc`,
  },
  {
    pad: '/inrichten/aanbiederplafonds/export',
    rol: 'controller',
    sql: `select distinct on (a.agb, s.code, p.gemeente, p.jaar) a.agb as "Aanbieder", s.code as "Segment",
        p.gemeente as "Gemeente", ${getal('p.jaar')} as "Jaar", ${euro('p.bedrag')} as "Bedrag", ${dag('p.vastgesteld_op')} as "Vastgesteld op"
      from contracten.aanbiederplafond p join aanbieders.aanbieder a using (aanbieder_id) join contracten.segment s using (segment_id)
      order by a.agb, s.code, p.gemeente, p.jaar, p.versie desc`,
  },
  {
    pad: '/inrichten/inwonertallen/export',
    rol: 'controller',
    sql: `select gemeente as "Gemeente", ${getal('jaar')} as "Jaar", case leeftijd when '65+' then '65 jaar en ouder'
        else replace(leeftijd, '-', ' tot en met ') || ' jaar' end as "Leeftijd", ${getal('aantal')} as "Aantal"
      from contracten.inwonertal`,
  },
  {
    pad: '/inrichten/locaties/export',
    rol: 'contractmanager',
    sql: `select a.agb as "Aanbieder", ${getal('l.volgnummer')} as "Volgnummer", l.naam as "Naam", l.postcode as "Postcode",
        l.plaats as "Plaats" from aanbieders.locatie l ${AANBIEDER}`,
  },
]
