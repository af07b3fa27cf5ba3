import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { maskOf } from './rules.ts'

export type Wet = 'jw' | 'wmo'

export interface Segment {
  segmentId: number
  code: string
  naam: string
  omschrijving: string
  wet: Wet
  /** Household help: outside the regional purchase of begeleiding, shown as context. */
  huishoudelijk: boolean
}

export interface Gemeente {
  code: string
  naam: string
}

/** What every page needs to name things and to offer as filter. */
export interface Stam {
  segmenten: Segment[]
  gemeenten: Gemeente[]
  eersteJaar: number | null
}

/** Which figures; null does not filter. `compleet`: how many months of the year are complete. */
export interface Selectie {
  jaar: number
  compleet: number
  wet: Wet | null
  segmenten: readonly number[] | null
  gemeente: string | null
  aanbieder: number | null
}

/** Names, and the first year with figures: found along the key, not by reading all rows. */
export async function readStam(db: Db): Promise<Stam> {
  const segmenten = await sql<Segment>`
    select segment_id as "segmentId", code, naam, omschrijving, wet,
           exists (select from contracten.product p where p.segment_id = s.segment_id and p.wet = 'wmo' and p.categorie = '01')
             as huishoudelijk
    from contracten.segment s order by volgorde`.execute(db)
  const gemeenten = await sql<Gemeente & { eerste: string | null }>`
    select g.code, g.naam, (select m.maand from sturing.maandcijfer m where m.gemeente = g.code and m.bedrag <> 0
                            order by m.maand limit 1) as eerste
    from contracten.gemeente g
    where g.code = any ((select app.gemeenten_cijfers())::text[]) order by g.naam`.execute(db)
  const eerste = gemeenten.rows.flatMap(g => (g.eerste === null ? [] : [g.eerste])).sort()[0]
  return {
    segmenten: segmenten.rows,
    gemeenten: gemeenten.rows.map(({ code, naam }) => ({ code, naam })),
    eersteJaar: eerste === undefined ? null : +eerste.slice(0, 4),
  }
}

/** Spend and allocated value of one municipality, segment and month. */
export interface Cel {
  jaar: number
  /** 1 to 12. */
  maand: number
  segmentId: number
  gemeente: string
  bedrag: Eurocent
  toegewezen: Eurocent
  bijgewerktOp: Date
}

/** This year and the year before, of all providers or one. */
export async function listCellen(db: Db, s: Selectie): Promise<Cel[]> {
  const { rows } = await sql<Cel>`
    select extract(year from maand)::integer as jaar, extract(month from maand)::integer as maand,
           segment_id as "segmentId", gemeente, sum(bedrag)::bigint as bedrag, sum(toegewezen)::bigint as toegewezen,
           max(bijgewerkt_op) as "bijgewerktOp"
    from sturing.maandcijfer where ${inJaren(s, s.jaar - 1)} group by maand, segment_id, gemeente`.execute(db)
  return rows
}

function inJaren(s: Selectie, vanaf: number) {
  return sql`maand between ${`${vanaf}-01-01`}::date and ${`${s.jaar}-12-31`}::date
    and (${s.gemeente}::text is null or gemeente = ${s.gemeente})
    and (${s.segmenten}::integer[] is null or segment_id = any (${s.segmenten}::integer[]))
    and (${s.aanbieder}::integer is null or aanbieder_id = ${s.aanbieder})`
}

export interface AanbiederCel {
  aanbiederId: number
  naam: string
  segmentId: number
  bedrag: Eurocent
  toegewezen: Eurocent
  compleet: Eurocent
  vorigCompleet: Eurocent
}

/** Per provider and segment: this year, and the complete months of this and last year. */
export async function listAanbieders(db: Db, s: Selectie): Promise<AanbiederCel[]> {
  const { rows } = await sql<AanbiederCel>`
    select k.*, a.naam from (
      select aanbieder_id as "aanbiederId", segment_id as "segmentId",
             coalesce(sum(bedrag) filter (where maand >= ${`${s.jaar}-01-01`}::date), 0)::bigint as bedrag,
             coalesce(sum(toegewezen) filter (where maand >= ${`${s.jaar}-01-01`}::date), 0)::bigint as toegewezen,
             coalesce(sum(bedrag) filter (where maand >= ${`${s.jaar}-01-01`}::date and maand < ${grens(s, 0)}), 0)::bigint as compleet,
             coalesce(sum(bedrag) filter (where maand < ${grens(s, -1)}), 0)::bigint as "vorigCompleet"
      from sturing.maandcijfer where ${inJaren(s, s.jaar - 1)} group by 1, 2) k
    join aanbieders.aanbieder a on a.aanbieder_id = k."aanbiederId"`.execute(db)
  return rows
}

/** First day after the complete months, `jaren` from the selected year. */
function grens(s: Selectie, jaren: number) {
  return sql`make_date(${s.jaar + jaren}::integer, 1, 1) + make_interval(months => ${s.compleet}::integer)`
}

export interface Plafond {
  gemeente: string
  segmentId: number
  bedrag: Eurocent
}

/** The ceiling in force per municipality and segment: the last decision. */
export async function listPlafonds(db: Db, s: Selectie): Promise<Plafond[]> {
  const { rows } = await sql<Plafond>`
    select distinct on (gemeente, segment_id) gemeente, segment_id as "segmentId", bedrag
    from contracten.budgetplafond
    where jaar = ${s.jaar} and (${s.gemeente}::text is null or gemeente = ${s.gemeente})
      and (${s.segmenten}::integer[] is null or segment_id = any (${s.segmenten}::integer[]))
    order by gemeente, segment_id, versie desc`.execute(db)
  return rows
}

export interface Clienten {
  totaal: number
  /** Over the complete months of this and last year. */
  compleet: number
  vorigCompleet: number
  perSegment: ReadonlyMap<string, number>
  perGemeente: ReadonlyMap<string, number>
}

const HEEL_JAAR = maskOf(12)

/** Distinct persons, counted anew for every part: sums of them would count a person twice. */
export async function countClienten(db: Db, s: Selectie): Promise<Clienten> {
  const tel = (wat: string, jaar: number, masker: number, per: string) => sql`
    select ${wat} as wat, sleutel, aantal from sturing.unieke_clienten(${jaar}::integer, ${masker}::integer, ${per},
      ${s.gemeente}::text, ${s.segmenten}::integer[], ${s.aanbieder}::integer)`
  const { rows } = await sql<{ wat: string; sleutel: string; aantal: number }>`
    ${tel('totaal', s.jaar, HEEL_JAAR, 'totaal')}
    union all ${tel('compleet', s.jaar, maskOf(s.compleet), 'totaal')}
    union all ${tel('vorig', s.jaar - 1, maskOf(s.compleet), 'totaal')}
    union all ${tel('segment', s.jaar, HEEL_JAAR, 'segment')}
    union all ${tel('gemeente', s.jaar, HEEL_JAAR, 'gemeente')}`.execute(db)
  const per = (wat: string) => new Map(rows.filter(r => r.wat === wat).map(r => [r.sleutel, r.aantal]))
  const een = (wat: string) => per(wat).get('') ?? 0
  return {
    totaal: een('totaal'),
    compleet: een('compleet'),
    vorigCompleet: een('vorig'),
    perSegment: per('segment'),
    perGemeente: per('gemeente'),
  }
}

/** Distinct persons per provider in this year, within the given segments. */
export async function countClientenPerAanbieder(
  db: Db,
  s: Selectie,
  segmenten: readonly number[] | null,
): Promise<Map<number, number>> {
  const { rows } = await sql<{ sleutel: string; aantal: number }>`
    select sleutel, aantal from sturing.unieke_clienten(${s.jaar}::integer, ${HEEL_JAAR}::integer, 'aanbieder',
      ${s.gemeente}::text, ${segmenten}::integer[], ${s.aanbieder}::integer)`.execute(db)
  return new Map(rows.map(r => [+r.sleutel, r.aantal]))
}

export interface VerwijzerCel {
  verwijzer: string
  bedrag: Eurocent
  toewijzingen: number
}

/** Euros and toewijzingen per referrer: two figures that never share a chart (sturing § 1.7, trap 1). */
export async function listVerwijzers(
  db: Db,
  s: Selectie,
  segmenten: readonly number[],
): Promise<VerwijzerCel[]> {
  const { rows } = await sql<VerwijzerCel>`
    select verwijzer, sum(bedrag)::bigint as bedrag, sum(toewijzingen)::integer as toewijzingen
    from sturing.verwijzercijfer
    where maand between ${`${s.jaar}-01-01`}::date and ${`${s.jaar}-12-31`}::date
      and (${s.gemeente}::text is null or gemeente = ${s.gemeente}) and segment_id = any (${segmenten}::integer[])
    group by verwijzer order by verwijzer`.execute(db)
  return rows
}

export interface AfkeurCel {
  retourcode: string
  regels: number
  bedrag: Eurocent
}

/** Findings per retourcode in this year, most frequent first. */
export async function listAfkeur(db: Db, s: Selectie): Promise<AfkeurCel[]> {
  const { rows } = await sql<AfkeurCel>`
    select retourcode, sum(regels)::integer as regels, sum(bedrag)::bigint as bedrag
    from sturing.afkeurcijfer
    where maand between ${`${s.jaar}-01-01`}::date and ${`${s.jaar}-12-31`}::date
      and (${s.gemeente}::text is null or gemeente = ${s.gemeente})
      and (${s.wet}::text is null or domein = ${s.wet})
      and (${s.aanbieder}::integer is null or aanbieder_id = ${s.aanbieder})
    group by retourcode order by regels desc, retourcode`.execute(db)
  return rows
}

export interface Aanbieder {
  aanbiederId: number
  naam: string
  agb: string
}

export async function findAanbieder(db: Db, aanbiederId: number): Promise<Aanbieder | undefined> {
  const { rows } = await sql<Aanbieder>`
    select aanbieder_id as "aanbiederId", naam, agb from aanbieders.aanbieder where aanbieder_id = ${aanbiederId}`.execute(
    db,
  )
  return rows[0]
}
