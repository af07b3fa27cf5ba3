import { sql } from 'kysely'
import type { Datum } from '../../platform/dates.ts'
import { countRows, gelijkEis, type Lijstbron, searchEis } from '../../platform/db/lijst.ts'
import type { Db, Tx } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { type Eindproduct, type Onderwerp, SOORT, SOORTEN, type Soort } from './rules.ts'

declare module '../../platform/db/tables.ts' {
  interface Tables {
    'contracten.ontbreekt_besluit': BesluitTable
  }
}

/** That something is missing on purpose. */
interface BesluitTable {
  over: string
  reden: string
  door: string
  op: Date
}

/** One thing that is missing, with the names that who asks may see. */
export interface Ontbrekend extends Onderwerp {
  sleutel: string
  aanbiederId: number | null
  aanbieder: string | null
  productnaam: string | null
  segment: string | null
  /** The municipalities in which it is missing, by their names. */
  gemeente: string | null
  /** How many those are, where they are all there are. */
  alleGemeenten: number | null
  /** How many prices end. */
  tarieven: number | null
  /** Of which they are, 'jw~45A04' each. */
  tarieflijst: string[]
  /** The same products by their names. */
  producten: Eindproduct[]
  /** Running toewijzingen, down to a step of five; null where it is not about those. */
  toewijzingen: number | null
  /** What it is about, whatever the day: by this is decided about it. */
  over: string
  /** Why it is missing on purpose, said by whom and when; null when nobody said so. */
  reden: string | null
  door: string | null
  op: Date | null
}

const SOORTVOLGORDE = sql`array_position(${SOORTEN as string[]}::text[], o.soort)`
const SOORTNAAM = sql`(${JSON.stringify(Object.fromEntries(SOORTEN.map(s => [s, SOORT[s].naam])))}::jsonb ->> o.soort)`

const SLEUTEL = sql`concat_ws('~', o.soort, o.contract_id, o.aanbieder_id, o.segment_id, array_to_string(o.gemeenten, '+'),
  o.wet, o.code, o.begin, o.vanaf)`

/**
 * By what it is about and not by the day on which it is asked: of a contract and its provider by their numbers here, which also who may not see
 * them has. Of an ending the day is what it is about, and of a ceiling its year: one that comes later was not decided.
 */
const PER_DAG: readonly Soort[] = ['contract-eindigt', 'tarieven-eindigen', 'segment-zonder-plafond']
const OVER = sql`encode(sha256(convert_to(jsonb_build_array(o.soort, o.contract_id, o.aanbieder_id, o.segment_id, o.gemeenten,
  o.wet, o.code, o.begin, o.producten, case when o.soort = any (${PER_DAG as string[]}::text[]) then o.vanaf end)::text, 'UTF8')), 'hex')`
/** What is about exactly this. */
export const isOver = (over: string) => sql`${OVER} = ${over}`

const TARIEFLIJST = sql`case when o.tarieven is null then '{}' else coalesce(o.producten, array[concat_ws('~', o.wet, o.code)]) end`

/** What the version in which it can be put would have then, of what lacks in it now: all its segments, or its municipalities. */
const ERBIJ = sql`jsonb_build_object(
  'segmenten', case when s.segment_id is not null and not exists (
      select from contracten.contract_segment cs join contracten.segmentketen k on k.boven_id = cs.segment_id
      where (cs.contract_id, cs.begin, k.segment_id) = (o.herstel_id, o.herstel_begin, s.segment_id))
    then array(
      select z.code from contracten.segment z left join contracten.contract_segment cs
        on (cs.contract_id, cs.begin, cs.segment_id) = (o.herstel_id, o.herstel_begin, z.segment_id)
      where cs.segment_id is not null or z.segment_id = s.segment_id order by z.code) end,
  'gemeenten', case when exists (
      select from unnest(o.gemeenten) g (code) where not exists (
        select from contracten.contract_gemeente cg
        where (cg.contract_id, cg.begin, cg.gemeente) = (o.herstel_id, o.herstel_begin, g.code)))
    then array(
      select cg.gemeente from contracten.contract_gemeente cg where (cg.contract_id, cg.begin) = (o.herstel_id, o.herstel_begin)
      union select unnest(o.gemeenten) order by 1) end)`

/** What is missing on a day, a row for each. Of a product its last name and segment. */
export const ONTBREEKT = (dag: Datum): Lijstbron<Ontbrekend> => ({
  kolommen: sql`${SLEUTEL} as sleutel, o.soort, c.nummer as contract, o.aanbieder_id as "aanbiederId", a.naam as aanbieder, a.agb,
    o.wet, o.code as product, o.begin, p.naam as productnaam, s.naam as segment, s.code as segmentcode, o.gemeenten, g.namen as gemeente, g.alle as "alleGemeenten",
    o.vanaf, o.tarieven, ${TARIEFLIJST} as tarieflijst, e.producten, o.toewijzingen, h.nummer as herstel, o.herstel_begin as "herstelBegin",
    case when o.herstel_id is not null then ${ERBIJ} end as erbij,
    p.catalogus, (select upper(t.geldigheid) - 1 from contracten.tarief t
      where t.contract_id = o.contract_id and (t.wet, t.code) = (o.wet, o.code) and lower(t.geldigheid) = o.begin) as "tariefEind",
    ${OVER} as over, b.reden, coalesce(w.naam, b.door) as door, b.op`,
  van: sql`(
      select * from toegang.list_ontbreekt(${dag}::date) union all select * from contracten.list_ontbreekt(${dag}::date)
      union all select * from contracten.list_zonder_plafond(${dag}::date)) o
    left join contracten.ontbreekt_besluit b on b.over = ${OVER}
    left join platform.gebruiker w on b.door = 'gebruiker:' || w.gebruiker_id
    left join contracten.contract c on c.contract_id = o.contract_id
    left join contracten.contract h on h.contract_id = o.herstel_id
    left join aanbieders.aanbieder a on a.aanbieder_id = o.aanbieder_id
    left join lateral (
      select p.naam, p.segment_id, jsonb_build_object('begin', lower(p.geldigheid), 'eind', upper(p.geldigheid) - 1) as catalogus
      from contracten.product p where (p.wet, p.code) = (o.wet, o.code)
      order by p.geldigheid desc limit 1) p on true
    left join contracten.segment s on s.segment_id = coalesce(o.segment_id, p.segment_id)
    left join lateral (
      select string_agg(g.naam, ', ' order by g.naam) filter (where g.code = any (o.gemeenten)) as namen,
        case when bool_and(g.code = any (o.gemeenten)) then count(*)::integer end as alle
      from contracten.gemeente g) g on true
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('code', straks.code, 'naam', coalesce(nu.naam, straks.naam),
          'straks', case when nu.naam <> straks.naam then straks.naam end) order by straks.naam, straks.code), '[]') as producten,
        string_agg(concat_ws(' ', straks.code, nu.naam, straks.naam), ' ') as woorden
      from unnest(${TARIEFLIJST}) k
      join contracten.product straks on (straks.wet, straks.code) = (split_part(k, '~', 1), split_part(k, '~', 2))
        and straks.geldigheid @> o.vanaf
      left join contracten.product nu on (nu.wet, nu.code) = (straks.wet, straks.code) and nu.geldigheid @> (o.vanaf - 1)) e`,
  sleutel: SLEUTEL,
  volgorde: {
    soort: SOORTVOLGORDE,
    aanbieder: sql`a.naam`,
    contract: sql`c.nummer`,
    product: sql`o.code`,
    segment: sql`s.volgorde`,
    gemeente: sql`g.namen`,
    vanaf: sql`o.vanaf`,
    toewijzingen: sql`o.toewijzingen`,
  },
  daarna: sql`coalesce(o.toewijzingen, 0) desc, o.vanaf`,
  eisen: {
    zoek: searchEis(
      SOORTNAAM,
      sql`c.nummer`,
      sql`a.naam`,
      sql`a.agb`,
      sql`o.code`,
      sql`p.naam`,
      sql`e.woorden`,
      sql`h.nummer`,
      sql`s.naam`,
      sql`g.namen`,
    ),
    soort: gelijkEis(sql`o.soort`),
    staat: waarde => (waarde === 'besloten' ? sql`b.over is not null` : sql`b.over is null`),
    wet: gelijkEis(sql`o.wet`),
    segment: gelijkEis(sql`s.code`),
    gemeente: waarde => (waarde === '' ? null : sql`${waarde} = any (o.gemeenten)`),
  },
})

/** How many things are missing today, and not on purpose: as many as its list has. */
export const countOntbreekt = (ctx: Ctx): Promise<number> =>
  ctx.read(db => countRows(db, ONTBREEKT(ctx.vandaag), {}))

/** By what the list can be narrowed. */
export async function listKeuzes(db: Db) {
  const segmenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.segment order by volgorde`.execute(db)
  const gemeenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente order by naam`.execute(db)
  return { segmenten: segmenten.rows, gemeenten: gemeenten.rows }
}

export async function insertBesluit(tx: Tx, besluit: BesluitTable): Promise<void> {
  await tx.insertInto('contracten.ontbreekt_besluit').values(besluit).execute()
}

export async function deleteBesluit(tx: Tx, over: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('contracten.ontbreekt_besluit')
    .where('over', '=', over)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
