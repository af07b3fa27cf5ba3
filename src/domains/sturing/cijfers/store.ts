import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type {
  Aanbieder,
  AanbiederCel,
  AfkeurCel,
  Cel,
  Clienten,
  Gemeente,
  Plafond,
  Segment,
  Selectie,
  Stam,
  VerwijzerCel,
} from './feiten.ts'
import { maskOf } from './rules.ts'

/** Names, and the first and last year with figures: found along the key, not by reading all rows. */
export async function readStam(db: Db): Promise<Stam> {
  const segmenten = await sql<Segment>`
    select segment_id as "segmentId", code, naam, omschrijving, wet, ouder_id as "ouderId",
           exists (select from contracten.product p where p.segment_id = s.segment_id and p.wet = 'wmo' and p.categorie = '01')
             as huishoudelijk
    from contracten.segment s order by volgorde`.execute(db)
  const gemeenten = await sql<
    Gemeente & { eerste: string | null; laatste: string | null; plafond: number | null }
  >`
    select g.code, g.naam, (select m.maand from sturing.maandcijfer m where m.gemeente = g.code and m.bedrag <> 0
                            order by m.maand limit 1) as eerste,
           (select m.maand from sturing.maandcijfer m where m.gemeente = g.code and m.toegewezen <> 0
            order by m.maand desc limit 1) as laatste,
           (select max(p.jaar) from contracten.budgetplafond p where p.gemeente = g.code) as plafond
    from contracten.gemeente g
    where g.code = any ((select app.gemeenten_cijfers())::text[]) order by g.naam`.execute(db)
  const eerste = gemeenten.rows.flatMap(g => (g.eerste === null ? [] : [g.eerste])).sort()[0]
  return {
    segmenten: segmenten.rows,
    gemeenten: gemeenten.rows.map(({ code, naam }) => ({ code, naam })),
    eersteJaar: eerste === undefined ? null : +eerste.slice(0, 4),
    laatsteJaar:
      gemeenten.rows
        .flatMap(g => [
          ...(g.laatste === null ? [] : [+g.laatste.slice(0, 4)]),
          ...(g.plafond === null ? [] : [g.plafond]),
        ])
        .sort((a, b) => b - a)[0] ?? null,
  }
}

/** This year and the year before, of all providers or one. */
export async function listCellen(db: Db, s: Selectie): Promise<Cel[]> {
  const { rows } = await sql<Omit<Cel, 'jaar' | 'maand'> & { datum: Datum }>`
    select maand as datum, segment_id as "segmentId", gemeente,
           sum(bedrag)::bigint as bedrag, sum(toegewezen)::bigint as toegewezen,
           extract(epoch from max(bijgewerkt_op))::float8 * 1000 as bijgewerkt
    from sturing.maandcijfer where ${inJaren(s, s.jaar - 1)}
    group by gemeente, maand, segment_id`.execute(db)
  return rows.map(({ datum, ...cel }) => ({ ...cel, jaar: +datum.slice(0, 4), maand: +datum.slice(5, 7) }))
}

/** Spend of the selected year per segment, of all providers. */
export async function mapSegmenttotalen(db: Db, s: Selectie): Promise<Map<number, Eurocent>> {
  const { rows } = await sql<{ segmentId: number; bedrag: Eurocent }>`
    select segment_id as "segmentId", sum(bedrag)::bigint as bedrag
    from sturing.maandcijfer where ${inJaren({ ...s, aanbieder: null }, s.jaar)} group by segment_id`.execute(
    db,
  )
  return new Map(rows.map(r => [r.segmentId, r.bedrag]))
}

/** Rows of the selection from 1 January of `vanaf` up to the end of the selected year. */
export function inJaren(s: Selectie, vanaf: number) {
  return sql`maand between ${`${vanaf}-01-01`}::date and ${`${s.jaar}-12-31`}::date
    and (${s.gemeente}::text is null or gemeente = ${s.gemeente})
    and (${s.segmenten}::integer[] is null or segment_id = any (${s.segmenten}::integer[]))
    and (${s.aanbieder}::integer is null or aanbieder_id = ${s.aanbieder})`
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
export function grens(s: Selectie, jaren: number) {
  return sql`make_date(${s.jaar + jaren}::integer, 1, 1) + make_interval(months => ${s.compleet}::integer)`
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

/**
 * Distinct persons of this year, counted anew for every part: sums of them would count a person twice. `markten` are
 * lists of segments; a provider is counted per market. `takken` are segments that others hang under, each with those.
 */
export async function countClienten(
  db: Db,
  s: Selectie,
  markten: readonly (readonly number[])[],
  takken: readonly { segmentId: number; metOnder: readonly number[] }[],
): Promise<Clienten> {
  const marktVan: (number | null)[] = []
  for (const [nummer, segmenten] of markten.entries())
    for (const segmentId of segmenten) marktVan[segmentId - 1] = nummer
  const array = Array.from(marktVan, nummer => nummer ?? null)
  const { rows } = await sql<{ per: string; sleutel: string; aantal: number; aantal_maanden: number }>`
    select per, sleutel, aantal, aantal_maanden from sturing.tel_clienten(${s.jaar}::integer,
      ${maskOf(s.compleet)}::integer, ${array}::integer[], ${s.gemeente}::text, ${s.segmenten}::integer[],
      ${s.aanbieder}::integer)`.execute(db)
  const per = (wat: string) => new Map(rows.filter(r => r.per === wat).map(r => [r.sleutel, r.aantal]))
  const totaal = rows.find(r => r.per === 'totaal')
  const perMarkt = new Map<number, Map<number, number>>()
  for (const [sleutel, aantal] of per('aanbieder')) {
    const [markt = '', aanbieder = ''] = sleutel.split('|')
    if (markt === '') continue
    const aanbieders = perMarkt.get(+markt) ?? new Map<number, number>()
    perMarkt.set(+markt, aanbieders.set(+aanbieder, aantal))
  }
  return {
    totaal: totaal?.aantal ?? 0,
    compleet: totaal?.aantal_maanden ?? 0,
    perSegment: new Map([...per('segment'), ...(await countTakken(db, s, takken))]),
    perGemeente: per('gemeente'),
    perMarkt,
  }
}

async function countTakken(
  db: Db,
  s: Selectie,
  takken: readonly { segmentId: number; metOnder: readonly number[] }[],
): Promise<[string, number][]> {
  const uit: [string, number][] = []
  for (const { segmentId, metOnder } of takken) {
    const { rows } = await sql<{ aantal: number }>`
      select aantal from sturing.unieke_clienten(${s.jaar}::integer, ${maskOf(12)}::integer, 'totaal', ${s.gemeente}::text,
        ${[...metOnder]}::integer[], ${s.aanbieder}::integer)`.execute(db)
    uit.push([String(segmentId), rows[0]?.aantal ?? 0])
  }
  return uit
}

/** Distinct persons over the complete months of last year. */
export async function countClientenVorig(db: Db, s: Selectie): Promise<number> {
  const { rows } = await sql<{ aantal: number }>`
    select aantal from sturing.unieke_clienten(${s.jaar - 1}::integer, ${maskOf(s.compleet)}::integer, 'totaal',
      ${s.gemeente}::text, ${s.segmenten}::integer[], ${s.aanbieder}::integer)`.execute(db)
  return rows[0]?.aantal ?? 0
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

export async function findAanbieder(db: Db, aanbiederId: number): Promise<Aanbieder | undefined> {
  const { rows } = await sql<Aanbieder>`
    select aanbieder_id as "aanbiederId", naam, agb from aanbieders.aanbieder where aanbieder_id = ${aanbiederId}`.execute(
    db,
  )
  return rows[0]
}
