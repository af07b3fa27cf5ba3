import { euro, getal, procent, type Waarheid } from './waarheid.ts'

/** On 22 November 2026 the months up to and including July are complete. */
const COMPLEET = 7

/** Spend per municipality, segment and provider of 2026 and the year before. */
const BESTEED = `select m.gemeente, m.segment_id, m.aanbieder_id,
    coalesce(sum(bedrag) filter (where jaar = 2026), 0) as besteed,
    coalesce(sum(toegewezen) filter (where jaar = 2026), 0) as toegewezen,
    coalesce(sum(bedrag) filter (where jaar = 2026 and nr <= ${COMPLEET}), 0) as compleet,
    coalesce(sum(bedrag) filter (where jaar = 2025 and nr <= ${COMPLEET}), 0) as vorig_compleet,
    coalesce(sum(bedrag) filter (where jaar = 2025), 0) as vorig
  from sturing.maandcijfer m, lateral (select extract(year from maand) as jaar, extract(month from maand) as nr) d
  where jaar in (2025, 2026) group by 1, 2, 3`

const SOMMEN = ['besteed', 'toegewezen', 'compleet', 'vorig_compleet', 'vorig']
const som = (meer = '') => SOMMEN.map(k => `coalesce(sum(${k})${meer}, 0) as ${k}`).join(', ')
const groei = 'case when vorig_compleet > 0 then (compleet - vorig_compleet)::numeric / vorig_compleet end'

const PLAFOND = `select distinct on (gemeente, segment_id) gemeente, segment_id, bedrag from contracten.budgetplafond
  where jaar = 2026 order by gemeente, segment_id, versie desc`

/** The table per segment or per municipality: `per` is a column of both, `kop` its heading. */
const standen = (per: 'segment_id' | 'gemeente', kop: string, namen: string, ook = '') => `
  with cel as (${BESTEED}), plafond as (${PLAFOND}),
  per_cel as (select gemeente, segment_id, ${som()} from cel group by 1, 2),
  rij as (
    select coalesce(c.${per}, p.${per}) as id, ${som()}, sum(p.bedrag) as plafond,
      coalesce(sum(besteed) filter (where p.bedrag is not null), 0) as onder_plafond
    from per_cel c full join plafond p using (gemeente, segment_id)
    group by 1)
  select n.code as "Code", n.naam as "${kop}", ${euro('besteed')} as "Besteed",
    ${euro('onder_plafond')} as "Waarvan met plafond", ${euro('plafond')} as "Plafond",
    ${procent('onder_plafond / nullif(plafond, 0)')} as "Benut in %",
    ${euro(`case when compleet > 0 and vorig_compleet > 0 then greatest(besteed,
      round(round(compleet / 100) * round(vorig / 100) / round(vorig_compleet / 100)) * 100) end`)} as "Doorgerekend",
    ${euro('compleet')} as "Besteed in complete maanden", ${euro('vorig_compleet')} as "Zelfde maanden vorig jaar",
    ${procent(groei)} as "Verandering in %", ${euro('toegewezen')} as "Toegewezen",
    ${euro('toegewezen - besteed')} as "Toegewezen, nog niet gedeclareerd",
    ${getal('k.aantal')} as "Unieke cliënten", ${euro('round(besteed::numeric / nullif(k.aantal, 0))')} as "Kosten per cliënt"${ook}
  from rij join (${namen}) n using (id)
  cross join lateral (select count(distinct persoon) as aantal from sturing.clientmaand c
    where c.jaar = 2026 and c.maanden > 0 and c.${per} = rij.id) k`

const VERWIJZER = `case verwijzer when '01' then 'Gemeente' when '02' then 'Huisarts' when '03' then 'Jeugdarts'
  when '04' then 'Gecertificeerde instelling' when '05' then 'Medisch specialist' when '06' then 'Geen verwijzer'
  when '08' then 'Rechter of justitie' else 'Onbekend' end as "Verwijzer"`
const PER_VERWIJZER = `select verwijzer, sum(bedrag) as bedrag, sum(toewijzingen) as toewijzingen
  from sturing.verwijzercijfer join contracten.segment using (segment_id)
  where wet = 'jw' and maand between '2026-01-01' and '2026-12-31' group by 1`

const MARKT = `case when wet = 'jw' then 'Jeugdhulp' when code = 'huishoudelijke-ondersteuning'
  then 'Huishoudelijke ondersteuning' else 'Wmo-begeleiding' end as markt`

export const CIJFERS: readonly Waarheid[] = [
  {
    pad: '/cijfers?deel=segmenten',
    rol: 'backoffice',
    sql: standen(
      'segment_id',
      'Segment',
      `select s.segment_id as id, s.code, s.naam, o.code as ouder
       from contracten.segment s left join contracten.segment o on o.segment_id = s.ouder_id`,
      ', ouder as "Onder segment"',
    ),
    // The demonstration has no segments that hang under each other; sturing/beeld/boom.test.ts has.
    leeg: ['Onder segment'],
  },
  {
    pad: '/cijfers?deel=gemeenten',
    rol: 'backoffice',
    sql: standen('gemeente', 'Gemeente', 'select code as id, code, naam from contracten.gemeente'),
  },
  {
    pad: '/cijfers?deel=maanden',
    rol: 'backoffice',
    sql: `with per as (select extract(year from maand) as jaar, extract(month from maand) as nr, sum(bedrag) as bedrag
        from sturing.maandcijfer group by 1, 2),
      laatste as (select greatest(${COMPLEET}, max(nr)) as nr from per where jaar = 2026 and bedrag <> 0)
      select ${getal('m')} as "Maand", ${euro('case when m <= laatste.nr then coalesce(dit.bedrag, 0) end')} as "Besteed in 2026",
        ${euro('coalesce(vorig.bedrag, 0)')} as "Besteed in 2025",
        case when m <= ${COMPLEET} then 'ja' when m <= laatste.nr then 'nog niet' end as "Compleet"
      from laatste, generate_series(1, 12) m left join per dit on dit.jaar = 2026 and dit.nr = m
      left join per vorig on vorig.jaar = 2025 and vorig.nr = m`,
  },
  {
    pad: '/cijfers?deel=aanbieders',
    rol: 'backoffice',
    sql: `with per as (select aanbieder_id, ${som()} from (${BESTEED}) x group by 1)
      select a.naam as "Aanbieder", ${euro('besteed')} as "Besteed", ${procent('besteed / sum(besteed) over ()')} as "Aandeel in %",
        ${procent(groei)} as "Verandering in %"
      from per join aanbieders.aanbieder a using (aanbieder_id) where besteed <> 0`,
  },
  {
    pad: '/cijfers?deel=concentratie',
    rol: 'backoffice',
    sql: `with per as (
        select ${MARKT}, a.naam, sum(besteed) as bedrag from (${BESTEED}) x join contracten.segment using (segment_id)
        join aanbieders.aanbieder a using (aanbieder_id) group by 1, 2 having sum(besteed) > 0),
      deel as (select *, bedrag / sum(bedrag) over (partition by markt) as deel,
        row_number() over (partition by markt order by bedrag desc) as nr from per),
      personen as (
        select ${MARKT}, aanbieder_id, count(distinct persoon) as n from sturing.clientmaand
        join contracten.segment using (segment_id) where jaar = 2026 and maanden > 0 group by 1, 2),
      bereik as (select markt, n::numeric / sum(n) over (partition by markt) as aandeel,
        sum(n) over (partition by markt order by n desc, aanbieder_id) / sum(n) over (partition by markt) as samen from personen),
      c90 as (select markt, count(*) filter (where samen - aandeel < 0.9 - 1e-12) as n from bereik group by 1)
      select markt as "Markt", ${getal('count(*)')} as "Aanbieders met omzet", max(naam) filter (where nr = 1) as "Grootste aanbieder",
        ${procent('max(deel)')} as "Aandeel grootste in %", ${procent('sum(deel) filter (where nr <= 5)')} as "C5 in %",
        ${getal('max(c90.n)')} as "C90 (aanbieders)", ${getal('round(sum((100 * deel) ^ 2))')} as "HHI"
      from deel join c90 using (markt) group by markt`,
  },
  {
    pad: '/cijfers?deel=verwijzers-euro',
    rol: 'backoffice',
    sql: `select ${VERWIJZER}, ${euro('bedrag')} as "Besteed", ${procent('bedrag / sum(bedrag) over ()')} as "Aandeel in %"
      from (${PER_VERWIJZER}) v`,
  },
  {
    pad: '/cijfers?deel=verwijzers-toewijzingen',
    rol: 'backoffice',
    sql: `select ${VERWIJZER}, ${getal('toewijzingen')} as "Toewijzingen",
        ${procent('toewijzingen / sum(toewijzingen) over ()')} as "Aandeel in %" from (${PER_VERWIJZER}) v`,
  },
  {
    pad: '/cijfers?deel=afkeur',
    rol: 'backoffice',
    sql: `select retourcode as "Retourcode", ${getal('sum(regels)')} as "Regels", ${euro('sum(bedrag)')} as "Bedrag"
      from sturing.afkeurcijfer where maand between '2026-01-01' and '2026-12-31' group by 1`,
    tekst: ['Reden'],
  },
  {
    pad: '/cijfers/aanbieders',
    rol: 'backoffice',
    sql: `select a.naam as "Aanbieder", a.agb as "AGB-code", ${euro('coalesce(besteed, 0)')} as "Besteed",
        ${euro('coalesce(toegewezen, 0)')} as "Toegewezen",
        ${euro('coalesce(toegewezen - besteed, 0)')} as "Toegewezen, nog niet gedeclareerd",
        ${euro('coalesce(compleet, 0)')} as "Besteed in complete maanden", ${euro('coalesce(vorig_compleet, 0)')} as "Zelfde maanden vorig jaar",
        ${getal(`(select count(distinct persoon) from sturing.clientmaand c
          where c.aanbieder_id = a.aanbieder_id and c.jaar = 2026 and c.maanden > 0)`)} as "Unieke cliënten"
      from aanbieders.aanbieder a left join (select aanbieder_id, ${som()} from (${BESTEED}) x group by 1) p using (aanbieder_id)`,
  },
]

/** Where each number of the figures for machines stands in the file beside it; eurocents there, euros here. */
export const API = [
  {
    pad: 'maanden',
    bestand: '/cijfers?deel=maanden',
    velden: { besteed: 'Besteed in 2026', besteedVorigJaar: 'Besteed in 2025' },
    aantallen: {},
  },
  {
    pad: 'segmenten',
    bestand: '/cijfers?deel=segmenten',
    velden: {
      besteed: 'Besteed',
      plafond: 'Plafond',
      doorgerekend: 'Doorgerekend',
      toegewezen: 'Toegewezen',
      nogTeDeclareren: 'Toegewezen, nog niet gedeclareerd',
      kostenPerClient: 'Kosten per cliënt',
    },
    aantallen: { code: 'Code', naam: 'Segment', clienten: 'Unieke cliënten' },
  },
  {
    pad: 'aanbieders',
    bestand: '/cijfers/aanbieders',
    velden: {
      besteed: 'Besteed',
      toegewezen: 'Toegewezen',
      nogTeDeclareren: 'Toegewezen, nog niet gedeclareerd',
    },
    aantallen: { agbCode: 'AGB-code', naam: 'Aanbieder', clienten: 'Unieke cliënten' },
  },
] as const satisfies readonly {
  pad: string
  bestand: string
  velden: Record<string, string>
  aantallen: Record<string, string>
}[]

/** The months that an indicator is about: the last twelve complete ones, and those before. */
const VENSTER = { nu: ['2025-08-01', '2026-07-31'], vorig: ['2024-08-01', '2025-07-31'] } as const
/** Per window the bits of `clientmaand.maanden`: January is 1. */
const BITS = (jaar: number) => ({ [jaar - 1]: 0b111110000000, [jaar]: 0b000001111111 })

/** An indicator over municipality `gem` and segments `seg` (null: all), as the files of goals and of assignments write it. */
export function indicator(code: string, gem: string, seg: string, venster: 'nu' | 'vorig'): string {
  const [vanaf, tot] = VENSTER[venster]
  const jaar = venster === 'nu' ? 2026 : 2025
  const hoort = (k: string) =>
    `(${gem} is null or ${k}.gemeente = ${gem}) and (${seg} is null or ${k}.segment_id = any (${seg}))`
  const waar = `m.maand between '${vanaf}' and '${tot}' and ${hoort('m')}`
  const bedrag = `(select sum(m.bedrag) from sturing.maandcijfer m where ${waar})`
  const personen = `(select nullif(count(distinct c.persoon), 0) from sturing.clientmaand c where ${hoort('c')} and (${Object.entries(
    BITS(jaar),
  )
    .map(([j, bits]) => `(c.jaar = ${j} and c.maanden & ${bits} > 0)`)
    .join(' or ')}))`
  const genoeg = `case when ${personen} >= 10 then ${personen} end`
  const inwoners = `(select sum(i.aantal) from contracten.inwonertal i where (${gem} is null or i.gemeente = ${gem})
    and i.jaar = (select max(j.jaar) from contracten.inwonertal j where j.gemeente = i.gemeente and j.jaar <= ${jaar}))`
  const top = `(select sum(x.b) from (select sum(m.bedrag) as b from sturing.maandcijfer m where ${waar}
    group by m.aanbieder_id order by 1 desc limit 5) x)`
  return getal(`case ${code} when 'uitgaven' then ${bedrag} / 100 when 'clienten' then ${genoeg}
    when 'kosten-per-client' then round(${bedrag}::numeric / (${genoeg})) / 100
    when 'c5' then round(${top} * 10000 / ${bedrag}) / 100
    when 'per-inwoner' then round(${bedrag}::numeric / ${inwoners}) / 100
    when 'plafond' then round(${onderPlafond(gem, seg, jaar)} * 10000) / 100 end`)
}

/** Spend where a ceiling holds, as a share of those ceilings: of a year as many twelfths as the window has of its months. */
function onderPlafond(gem: string, seg: string, jaar: number): string {
  return `(select sum(b.bedrag) / sum(p.deel) from (
      select distinct on (f.gemeente, f.segment_id, f.jaar) f.gemeente, f.segment_id, f.jaar,
        round(f.bedrag::numeric * case f.jaar when ${jaar} then 7 else 5 end / 12) as deel
      from contracten.budgetplafond f where f.jaar in (${jaar - 1}, ${jaar})
      order by f.gemeente, f.segment_id, f.jaar, f.versie desc) p
    left join lateral (select sum(m.bedrag) as bedrag from sturing.maandcijfer m
      where m.gemeente = p.gemeente and m.segment_id = p.segment_id and m.maand between '${jaar - 1}-08-01' and '${jaar}-07-31'
        and extract(year from m.maand) = p.jaar) b on true
    where (${gem} is null or p.gemeente = ${gem}) and (${seg} is null or p.segment_id = any (${seg})))`
}

/** Months of a scenario: what its pattern expects, the band around it, and what was spent. */
export const SCENARIO = (welke: string) => `
  with s as (select s.*, coalesce(s.verloop, array(select jsonb_array_elements_text(p -> 'verloop')::integer)) as pad,
      coalesce(s.marge, (p ->> 'marge')::integer) as breedte
    from beleid.scenario s join beleid.methode m using (methode_id), jsonb_array_elements(m.inhoud -> 'patronen') p
    where p ->> 'code' = s.patroon and ${welke}),
  besteed as (select s.scenario_id, m.maand, sum(m.bedrag) as bedrag from s join sturing.maandcijfer m
    on m.segment_id = any (s.segmenten) and (s.cijfergemeente is null or m.gemeente = s.cijfergemeente) group by 1, 2),
  jaar as (select s.*, (s.beginjaar + nr - 1)::integer as jaar, round(s.basis::numeric * (1000 + stap) / 1000) as geheel
    from s, unnest(s.pad) with ordinality x (stap, nr)),
  precies as (select j.scenario_id, j.naam, j.breedte, j.jaar, j.geheel, m as nr, b.bedrag / sum(b.bedrag) over w * j.geheel as deel
    from jaar j, generate_series(1, 12) m, lateral (select bedrag from besteed b
      where b.scenario_id = j.scenario_id and b.maand = make_date(j.beginjaar - 1, m, 1)) b
    window w as (partition by j.scenario_id, j.jaar)),
  geteld as (select *, floor(deel) + (row_number() over (partition by scenario_id, jaar order by deel - floor(deel) desc, nr)
      <= geheel - sum(floor(deel)) over (partition by scenario_id, jaar))::integer as verwacht from precies),
  maand as (select g.*, make_date(jaar, nr, 1) as maand, round(verwacht * breedte / 1000) as rand,
      sum(verwacht) over (partition by scenario_id order by jaar, nr) as opgeteld from geteld g)
  select m.naam as "Scenario",
    (array['januari','februari','maart','april','mei','juni','juli','augustus','september','oktober','november','december'])[nr]
      || ' ' || jaar as "Maand",
    ${euro('verwacht')} as "Verwacht", ${euro('verwacht - rand')} as "Onderkant marge", ${euro('verwacht + rand')} as "Bovenkant marge",
    ${euro("case when maand < '2026-08-01' then coalesce(b.bedrag, 0) end")} as "Besteed",
    case when maand < '2026-08-01' then 'ja' else 'nee' end as "Compleet", ${euro('opgeteld')} as "Verwacht opgeteld",
    ${euro("case when maand < '2026-08-01' then sum(b.bedrag) over (partition by scenario_id order by maand) end")} as "Besteed opgeteld"
  from maand m left join besteed b using (scenario_id, maand)`
