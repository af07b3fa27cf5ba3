import { indicator, SCENARIO } from './cijfers.ts'
import { begin, dag, eind, euro, getal, type Waarheid } from './waarheid.ts'

const VAN = (kolom: string) =>
  `coalesce((select naam from contracten.gemeente where code = ${kolom}), 'De regio')`
const REGIO = (kolom: string) =>
  `coalesce((select naam from contracten.gemeente where code = ${kolom}), 'Regio')`
const PERSOON = (kolom: string) => `(select naam from platform.gebruiker where gebruiker_id = ${kolom})`

/** The run of which every tool is filled in. */
const DOORLOOP = `select doorloop_id as id from beleid.deel group by 1 order by count(distinct onderdeel) desc, 1 limit 1`
/** What this run says of an offer in one tool, in JSON. */
const DEEL = (onderdeel: string) => `from beleid.doorloop l join beleid.aanbod a using (dossier_id)
  left join beleid.deel d on d.doorloop_id = l.doorloop_id and d.aanbod_id = a.aanbod_id and d.onderdeel = '${onderdeel}'
  where l.doorloop_id = :id and a.vervallen_op is null`
const METHODE = 'beleid.doorloop l join beleid.methode m using (methode_id)'

const CRITERIA = [
  'Beoogd effect',
  'Afdwingbaarheid',
  'Omvang van de doelgroep',
  'Vrijblijvendheid',
  'Scherpte van de toegang',
  'Flexibiliteit',
  'Invloed op het resultaat',
]
const SCORE = (naam: string) => `d.inhoud -> 'scores' ->> (
  select c ->> 'code' from beleid.methode m, jsonb_array_elements(m.inhoud -> 'instrumentmix' -> 'criteria') c
  where m.methode_id = l.methode_id and c ->> 'naam' = '${naam}')`

const INHOUD = ['Aard', 'Toegang', 'Instrument', 'Werking']

export const BELEID: readonly Waarheid[] = [
  {
    pad: '/beleid/export',
    rol: 'beleidsadviseur',
    sql: `select d.naam as "Dossier", d.thema as "Thema", ${VAN('d.gemeente')} as "Van", ${PERSOON('d.eigenaar')} as "Eigenaar",
        ${dag('d.loopt_af')} as "Loopt af",
        ${getal('(select count(*) from beleid.aanbod a where a.dossier_id = d.dossier_id and a.vervallen_op is null)')} as "Aanbod",
        ${getal('l.nummer')} as "Doorloop",
        ${getal(`(select count(*) from beleid.deel p where p.doorloop_id = l.doorloop_id and p.onderdeel = 'antwoord'
          and p.inhoud ->> 'staat' in ('beantwoord', 'open-gelaten'))`)} as "Vragen af"
      from beleid.dossier d left join beleid.doorloop l
        on l.dossier_id = d.dossier_id and l.nummer = (select max(nummer) from beleid.doorloop x where x.dossier_id = d.dossier_id)
      where d.gesloten_op is null`,
    tekst: ['Wet', 'Segmenten', 'Stand van de doorloop'],
  },
  {
    pad: '/beleid/dossiers/:id/aanbod/export',
    rol: 'beleidsadviseur',
    kies: 'select dossier_id as id from beleid.aanbod group by 1 order by count(*) desc, 1 limit 1',
    sql: `select a.naam as "Aanbod", a.doelgroep as "Voor wie", a.partners as "Partners", ${getal('a.gebruikers')} as "Gebruikers",
        ${euro('a.kosten')} as "Kosten", ${getal('a.jaar')} as "Jaar",
        (select naam from contracten.segment s where s.segment_id = a.segment_id) as "Segment", a.bron as "Bron"
      from beleid.aanbod a where a.dossier_id = :id and a.vervallen_op is null`,
    tekst: INHOUD,
  },
  {
    pad: '/beleid/aanbod/export',
    rol: 'beleidsadviseur',
    sql: `select d.thema as "Thema", d.naam as "Dossier", ${VAN('d.gemeente')} as "Van", a.naam as "Aanbod",
        a.doelgroep as "Voor wie", a.partners as "Partners", ${getal('a.gebruikers')} as "Gebruikers",
        ${euro('a.kosten')} as "Kosten", ${getal('a.jaar')} as "Jaar", a.bron as "Bron"
      from beleid.aanbod a join beleid.dossier d using (dossier_id) where a.vervallen_op is null and d.gesloten_op is null`,
    tekst: INHOUD,
  },
  {
    pad: '/beleid/doorlopen/:id/cirkel/export',
    rol: 'beleidsadviseur',
    kies: DOORLOOP,
    sql: `select a.naam as "Aanbod" ${DEEL('cirkel')}`,
    tekst: [
      'Lichamelijk functioneren',
      'Psychisch functioneren',
      'Cognitief functioneren',
      'Dagelijkse verrichtingen (ADL)',
      'Financiën',
      'Sociaal netwerk',
      'Woonsituatie',
      'Dagbesteding',
      'Huishouden',
      'Mobiliteit',
      'Voor wie',
    ],
  },
  {
    pad: '/beleid/doorlopen/:id/risico/export',
    rol: 'beleidsadviseur',
    kies: DOORLOOP,
    sql: `select g ->> 'naam' as "Groep",
        ${getal("case when jsonb_typeof(d.inhoud -> 'aantal') = 'number' then d.inhoud ->> 'aantal' end")} as "Inwoners",
        case when d.inhoud ->> 'aantal' = 'klein' then 'ja' end as "Minder dan 10", d.inhoud ->> 'bron' as "Bron",
        ${getal("d.inhoud ->> 'jaar'")} as "Jaar"
      from ${METHODE}, jsonb_array_elements(m.inhoud -> 'risicomatrix' -> 'groepen') g
      left join beleid.deel d on d.doorloop_id = :id and d.onderdeel = 'aantal' and d.sleutel = g ->> 'code'
      where l.doorloop_id = :id`,
    tekst: [
      'Schulden',
      'Laag inkomen',
      'Leefstijl',
      'Ingrijpende gebeurtenis',
      'Gezin dat niet goed functioneert',
      'Psychische problemen',
      'Klein of geen netwerk',
      'Woning past niet',
    ],
  },
  {
    pad: '/beleid/doorlopen/:id/verschuiving/export',
    rol: 'beleidsadviseur',
    kies: DOORLOOP,
    sql: `select a.naam as "Aanbod", ${getal("d.inhoud -> 'nu' ->> 'x'")} as "Preventief nu", ${getal("d.inhoud -> 'nu' ->> 'y'")} as "Zelfredzaam nu",
        ${getal("d.inhoud -> 'wens' ->> 'x'")} as "Preventief gewenst", ${getal("d.inhoud -> 'wens' ->> 'y'")} as "Zelfredzaam gewenst"
      ${DEEL('verschuiving')}`,
    tekst: ['Rol nu', 'Rol gewenst', 'Beweging'],
  },
  {
    pad: '/beleid/doorlopen/:id/voorwaarden/export',
    rol: 'beleidsadviseur',
    kies: DOORLOOP,
    sql: `select r ->> 'tekst' as "Randvoorwaarde", d.inhoud ->> 'bewijs' as "Bewijs", d.inhoud ->> 'motivering' as "Motivering"
      from ${METHODE}, jsonb_array_elements(m.inhoud -> 'kwadranten') k, jsonb_array_elements(k -> 'randvoorwaarden') r
      left join beleid.deel d on d.doorloop_id = :id and d.onderdeel = 'voorwaarde' and d.sleutel = r ->> 'code'
      where l.doorloop_id = :id`,
    tekst: ['Bouwsteen', 'Stand', 'Eigenaar'],
    leeg: ['Motivering'],
  },
  {
    pad: '/beleid/doorlopen/:id/knoppen/export',
    rol: 'beleidsadviseur',
    kies: DOORLOOP,
    sql: `select k ->> 'naam' as "Knop" from ${METHODE}, jsonb_array_elements(m.inhoud -> 'knoppen') k where l.doorloop_id = :id`,
    tekst: [
      'Keuze',
      'Levert op',
      ...['subsidiepartners', 'inkooppartners', 'inwoners'].flatMap(wie => [
        `Gevolgen voor ${wie}`,
        `Onze opmerking bij ${wie}`,
      ]),
    ],
  },
  {
    pad: '/beleid/doorlopen/:id/instrumenten/export',
    rol: 'beleidsadviseur',
    kies: DOORLOOP,
    sql: `select a.naam as "Aanbod", ${CRITERIA.map(naam => `${getal(SCORE(naam))} as "${naam}"`).join(', ')},
        d.inhoud ->> 'motivering' as "Motivering" ${DEEL('instrument')}`,
    tekst: [
      ...CRITERIA.map(naam => `Uitleg bij ${naam.charAt(0).toLowerCase()}${naam.slice(1)}`),
      'Gekozen mix',
    ],
  },
  {
    pad: '/opdrachten/export',
    rol: 'beleidsadviseur',
    sql: `select o.wat as "Opdracht", ${PERSOON('o.eigenaar')} as "Eigenaar", ${dag('o.uiterlijk')} as "Uiterlijk",
        (select naam from contracten.segment s where s.segment_id = o.segment_id) as "Segment", c.tekst as "Conclusie",
        d.naam as "Dossier", o.resultaat as "Wat ervan kwam"
      from beleid.opdracht o join beleid.conclusie c using (conclusie_id) join beleid.dossier d on d.dossier_id = o.dossier_id`,
    tekst: ['Voor', 'Stand'],
  },
  {
    pad: '/beleid/dossiers/:id/scenarios/export',
    rol: 'controller',
    kies: 'select dossier_id as id from beleid.scenario limit 1',
    sql: SCENARIO('s.dossier_id = :id'),
  },
  {
    pad: '/beleid/dossiers/:id/scenarios/:scenario/export',
    rol: 'controller',
    kies: 'select dossier_id as id, scenario_id as scenario from beleid.scenario limit 1',
    sql: SCENARIO('s.scenario_id = :scenario'),
  },
]

const SEGMENTEN_VAN = `case when d.segment_id is not null then array[d.segment_id]
  when d.wet is not null then array(select segment_id from contracten.segment s where s.wet = d.wet) end`
const SEGMENTEN_VAN_OPGAVE = `coalesce((select nullif(array_agg(segment_id), '{}') from kaders.opgave_segment s where s.opgave_id = o.opgave_id),
  case when o.wet is not null then array(select segment_id from contracten.segment s where s.wet = o.wet) end)`
/** A number of an indicator: persons as they are, money and shares by hundreds. */
const IN_EENHEID = (waarde: string) =>
  getal(`case d.indicator when 'clienten' then ${waarde} else ${waarde} / 100.0 end`)

export const KADERS: readonly Waarheid[] = [
  {
    pad: '/doelen/export',
    rol: 'beleidsadviseur',
    sql: `with recursive boom as (select doel_id, 1 as diepte from kaders.doel where ouder_id is null
        union all select k.doel_id, b.diepte + 1 from kaders.doel k join boom b on b.doel_id = k.ouder_id)
      select ${REGIO('d.gemeente')} as "Van", d.boom as "Boom", ${getal('b.diepte')} as "Niveau", d.tekst as "Tekst",
        d.toelichting as "Toelichting", d.bron as "Bron",
        ${indicator('d.indicator', 'd.gemeente', `(${SEGMENTEN_VAN})`, 'nu')} as "Waarde",
        ${indicator('d.indicator', 'd.gemeente', `(${SEGMENTEN_VAN})`, 'vorig')} as "Een jaar eerder",
        ${IN_EENHEID('d.streefwaarde')} as "Streefwaarde", ${dag('d.streef_op')} as "Streefdatum", d.ontbreekt as "Ontbreekt"
      from kaders.doel d join boom b using (doel_id) where d.beeindigd_op is null`,
    tekst: [
      'Soort',
      'Indicator',
      'Over',
      'Eenheid',
      'Beter is',
      'Beweging',
      'Draagt bij aan regionaal doel',
      'Beëindigd om',
    ],
  },
  {
    pad: '/opgaven/export',
    rol: 'beleidsadviseur',
    sql: `select ${REGIO('o.gemeente')} as "Van", o.thema as "Thema", o.titel as "Opgave", o.doelgroep as "Doelgroep",
        o.van as "Nu", o.naar as "Straks", o.met_inkoop as "Wat inkoop kan", o.met_anders as "Wat iets anders vraagt",
        ${PERSOON('o.trekker')} as "Trekker", o.volgende_stap as "Volgende stap",
        ${indicator('o.indicator', 'o.gemeente', `(${SEGMENTEN_VAN_OPGAVE})`, 'nu')} as "Waarde",
        ${indicator('o.indicator', 'o.gemeente', `(${SEGMENTEN_VAN_OPGAVE})`, 'vorig')} as "Een jaar eerder",
        ${dag('(select max(datum) from kaders.opgave_voortgang v where v.opgave_id = o.opgave_id)')} as "Laatste voortgang",
        o.onderbouwing as "Onderbouwing", o.bron as "Bron"
      from kaders.opgave o`,
    tekst: ['Staat', 'Hefbomen', 'Segmenten', 'Indicator'],
  },
  {
    pad: '/interventies/export',
    rol: 'beleidsadviseur',
    sql: `select i.naam as "Naam", i.omschrijving as "Omschrijving", i.bewijs_toelichting as "Toelichting op het bewijs",
        i.doelgroep as "Voor wie", i.inzetbaar_door as "In te zetten door", ${euro('i.licentiekosten')} as "Licentiekosten",
        i.licentie_toelichting as "Toelichting op de kosten", i.bron as "Bron",
        ${getal('(select count(*) from kaders.interventie_resultaat r where r.interventie_id = i.interventie_id)')} as "Resultaten"
      from kaders.interventie i where i.beeindigd_op is null`,
    tekst: ['Bewijs', 'Register', 'Uit gebruik om'],
  },
  {
    pad: '/reikwijdte/export',
    rol: 'beleidsadviseur',
    sql: `select ${REGIO('r.gemeente')} as "Van", r.onderwerp as "Onderwerp", v.wel as "Wel", v.niet as "Niet",
        v.normaliseren as "Eerst in het gewone leven", v.grond as "Grond", ${begin('v.geldigheid')} as "Geldt vanaf",
        ${eind('v.geldigheid')} as "Geldt tot en met"
      from kaders.reikwijdte r join kaders.reikwijdte_versie v using (reikwijdte_id) where v.geldigheid @> '2026-11-22'::date`,
    tekst: ['Wet', 'Oordeel', 'Voorbeelden van wel', 'Voorbeelden van niet', 'Segmenten'],
  },
]

export const BEHEER: readonly Waarheid[] = [
  {
    pad: '/uitwisselingen/export',
    rol: 'privacy-officer',
    sql: `select w.activiteit as "Verwerking", ${getal('w.nummer')} as "Versie", w.inhoud ->> 'betrokkenen' as "Categorieën betrokkenen",
        ${getal("s ->> 'bewaarMaanden'")} as "Bewaartermijn (maanden)", s ->> 'bewaargrond' as "Grond voor de bewaartermijn",
        w.inhoud ->> 'beveiliging' as "Beveiliging", w.voorwaarden as "Voorwaarden", ${dag('w.geldig_vanaf')} as "Eerste dag",
        ${dag('w.geldig_tot')} as "Laatste dag"
      from uitwisseling.weging w left join lateral jsonb_array_elements(w.inhoud -> 'stromen') s on true`,
    tekst: [
      'Verwerkingsverantwoordelijke',
      'Doel',
      'Categorieën persoonsgegevens',
      'Verstrekker',
      'Categorieën ontvangers',
      'Grondslag',
      'Doorgifte buiten de EER',
      'DPIA',
      'Stand',
      'Besluit',
    ],
  },
  {
    pad: '/audit/export?tot=2026-11-21',
    rol: 'privacy-officer',
    sql: `select ${getal('gebeurtenis_id')} as "Nummer", wie as "Wie", rol as "Rol", actie as "Wat", grond as "Grond",
        to_char(op at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "Wanneer", verzoek_id as "Verzoek"
      from platform.gebeurtenis where op < '2026-11-22'`,
    tekst: ['Onderwerp'],
  },
  ...(['/audit/rollen/export', '/beheer/rollen/export'] as const).map(
    (pad): Waarheid => ({
      pad: `${pad}?dag=2026-11-01`,
      rol: pad.startsWith('/audit') ? 'privacy-officer' : 'beheerder',
      sql: `select ${getal('g.gebruiker_id')} as "Gebruiker", g.naam as "Naam", s.organisatie as "Organisatie",
          array_to_string(s.gemeenten, ' ') as "Gemeenten", (select string_agg(m.naam, ', ' order by x.plek)
            from unnest(s.gemeenten) with ordinality x (code, plek) join contracten.gemeente m using (code)) as "Namen van gemeenten", case when s.actief then 'ja' else 'nee' end as "Kon inloggen",
          to_char(s.vanaf at time zone 'Europe/Amsterdam', 'DD-MM-YYYY HH24:MI') as "Vanaf"
        from platform.gebruiker_stand s join platform.gebruiker g using (gebruiker_id)
        where s.vanaf < '2026-11-02' and s.stand_id = (select max(stand_id) from platform.gebruiker_stand x
          where x.gebruiker_id = s.gebruiker_id and x.vanaf < '2026-11-02')`,
      tekst: ['Rol', 'Tot'],
    }),
  ),
]
