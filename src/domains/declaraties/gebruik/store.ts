import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { askRaakt, type Raak, type Raakvraag } from '../../../platform/register/raakt.ts'
import { type Gebruik, sayVerbod } from './zin.ts'

/*
 * What leans on what a region puts in: toewijzingen and approved lines, of the whole region. Read once it is written, so that what ends
 * or begins in the place of a row counts. A question is a row of `sleutel`, `gaat`, `sinds` and what `declaraties.tel_raakt` asks.
 */

/** Days of prices on which there is none any more (`leeg`), or none at that amount (`dagen`). */
export const findTariefraakt: Raakvraag = async (db, rijen) => {
  // First where the provider has any toewijzing at all: only there it is worth looking what else holds.
  const paren = sql`
    select v.sleutel, v.gaat, v.sinds, n.gemeente, v.contract_id, v.aanbieder, v.wet, v.code, v.tarief, v.geldigheid,
      (select datemultirange(v.geldigheid) * range_agg(c.geldigheid)
        from contracten.contractversie c join contracten.contract_gemeente g using (contract_id, begin)
        where c.contract_id = v.contract_id and g.gemeente = n.gemeente) as dagen
    from declaraties.tel_raakt((select jsonb_agg(jsonb_build_object('nr', aanbieder, 'aanbieder', aanbieder, 'dagen', '{(,)}', 'leeg', '{}'))
      from (select distinct aanbieder from v) a)) n
    join v on v.aanbieder = n.nr`
  return countRaakt(
    db,
    sql`
      with v as materialized (
        select r.sleutel, r.gaat, r.sinds, c.contract_id, c.aanbieder_id as aanbieder, r.wet,
          r.product as code, r.tarief, r.geldigheid
        from ${rijen} join contracten.contract c on c.nummer = r.contract
      ), paar as materialized (${paren})
      select q.sleutel, q.gaat, q.sinds, q.gemeente, q.aanbieder, q.wet, q.code, null::integer as segment, q.tarief,
        q.dagen - blijft.elk as leeg, q.dagen - blijft.zelfde as dagen, q.dagen - blijft.zelfde as weg
      from paar q cross join lateral (
        select coalesce(range_agg(t.geldigheid * c.geldigheid), '{}') as elk,
          coalesce(range_agg(t.geldigheid * c.geldigheid) filter (where t.tarief = q.tarief), '{}') as zelfde
        from contracten.tarief t
        join contracten.contractversie c on c.contract_id = t.contract_id
        join contracten.contract_gemeente g on (g.contract_id, g.begin, g.gemeente) = (c.contract_id, c.begin, q.gemeente)
        where t.aanbieder_id = q.aanbieder and (t.wet, t.code) = (q.wet, q.code)
          and not (q.gaat and (t.contract_id, lower(t.geldigheid)) = (q.contract_id, lower(q.geldigheid)))) blijft
      where q.dagen is not null`,
  )
}

/** Days of products on which the catalogue has none any more, or one that is something else. */
export const findProductraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, null as gemeente, null::integer as aanbieder, r.wet, r.code, null::integer as segment,
        null::integer as tarief, datemultirange(r.geldigheid) - blijft.elk as leeg,
        datemultirange(r.geldigheid) - blijft.gelijk as dagen, datemultirange(r.geldigheid) - blijft.zelfde as weg
      from ${rijen} cross join lateral (
        select coalesce(range_agg(p.geldigheid), '{}') as elk,
          coalesce(range_agg(p.geldigheid) filter (where (p.categorie, p.eenheid, s.code) = (r.categorie, r.eenheid, r.segment)), '{}')
            as zelfde,
          coalesce(range_agg(p.geldigheid) filter (where (p.categorie, p.eenheid, s.code, p.variant, p.zwaarte, p.naam)
            = (r.categorie, r.eenheid, r.segment, r.variant, r.zwaarte, r.naam)), '{}') as gelijk
        from contracten.product p join contracten.segment s using (segment_id)
        where (p.wet, p.code) = (r.wet, r.code)
          and not (r.gaat and lower(p.geldigheid) = lower(r.geldigheid))) blijft`,
    { hoe: 'product' },
  )

/** Days, segments and municipalities for which no contract of the provider is left. */
export const findContractraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select * from (
        select distinct r.sleutel, r.gaat, r.sinds, gm.gemeente, a.aanbieder_id as aanbieder, null as wet, null as code,
          k.segment_id as segment, null::integer as tarief,
          -- What goes while others of its contract stay is an ending: whoever leans on it was meant to.
          case when r.gaat and r.verder then '{}' else weg.dagen end as leeg, weg.dagen, weg.dagen as weg
        from (
          select r.*, exists (
            select from contracten.contractversie v join contracten.contract c using (contract_id)
            where c.nummer = r.nummer and v.begin <> lower(r.geldigheid)) as verder
          from ${rijen}) r
        join aanbieders.aanbieder a on a.agb = r.aanbieder cross join unnest(r.gemeenten) as gm (gemeente)
        join contracten.segment s on s.code = any (r.segmenten)
        join contracten.segmentketen k on k.boven_id = s.segment_id
        cross join lateral (
          select datemultirange(r.geldigheid) - coalesce(range_agg(v.geldigheid), '{}') as dagen
          from contracten.contract c join contracten.contractversie v using (contract_id)
          join contracten.contract_segment cs on (cs.contract_id, cs.begin) = (v.contract_id, v.begin)
          join contracten.segmentketen b on (b.segment_id, b.boven_id) = (k.segment_id, cs.segment_id)
          join contracten.contract_gemeente cg on (cg.contract_id, cg.begin, cg.gemeente) = (v.contract_id, v.begin, gm.gemeente)
          where c.aanbieder_id = a.aanbieder_id
            and not (r.gaat and (c.nummer, v.begin) = (r.nummer, lower(r.geldigheid)))) weg) q
      where not isempty(q.dagen)`,
    { hoe: 'contract' },
  )

/** All of a segment that gets another law, name or place. */
export const findSegmentraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, null as gemeente, null::integer as aanbieder, null as wet, null as code, s.segment_id as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{(,)}'::datemultirange as dagen, null::datemultirange as weg
      from ${rijen} join contracten.segment s on s.code = r.code left join contracten.segment o on o.segment_id = s.ouder_id
      where (s.wet, s.naam, o.code) is distinct from (r.wet, r.naam, r.ouder)`,
  )

/** All of a municipality that gets another name. */
export const findGemeenteraakt: Raakvraag = (db, rijen) =>
  countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, r.code as gemeente, null::integer as aanbieder, null as wet, null as code, null::integer as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{(,)}'::datemultirange as dagen, null::datemultirange as weg
      from ${rijen}`,
  )

/** What was claimed in the year and the segment of a ceiling: it is held against another amount from now on. */
export const findPlafondraakt: Raakvraag = async (db, rijen) => {
  const raakt = await countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, r.gemeente, null::integer as aanbieder, null as wet, null as code, s.segment_id as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{}'::datemultirange as dagen,
        datemultirange(daterange(make_date(r.jaar::integer, 1, 1), make_date(r.jaar::integer + 1, 1, 1))) as weg
      from ${rijen} join contracten.segment s on s.code = r.segment`,
    // The same amount stands beside the ceiling in the figures, for whoever may see those.
    { metBedrag: true },
  )
  // It is a measure of what was claimed: that stays true whatever the measure.
  return raakt.map(({ verbod: _, ...rest }) => rest)
}

/** The same of the ceiling of one provider; what hangs under a segment counts in it. */
export const findAanbiederplafondraakt: Raakvraag = async (db, rijen) => {
  const raakt = await countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.gemeente, a.aanbieder_id as aanbieder, null as wet, null as code, onder.segment_id as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{}'::datemultirange as dagen,
        datemultirange(daterange(make_date(r.jaar::integer, 1, 1), make_date(r.jaar::integer + 1, 1, 1))) as weg
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.aanbieder
      join contracten.segment s on s.code = r.segment join contracten.segmentketen onder on onder.boven_id = s.segment_id`,
    { metBedrag: true },
  )
  return raakt.map(({ verbod: _, ...rest }) => rest)
}

/** Toewijzingen of a provider that gets another name, and what is still to be paid to one that gets another account. */
export const findAanbiederraakt: Raakvraag = async (db, rijen) => {
  const toewijzingen = await countRaakt(
    db,
    sql`
      select r.sleutel, r.gaat, r.sinds, null as gemeente, a.aanbieder_id as aanbieder, null as wet, null as code, null::integer as segment,
        null::integer as tarief, '{}'::datemultirange as leeg, '{(,)}'::datemultirange as dagen, null::datemultirange as weg
      from ${rijen} join aanbieders.aanbieder a on a.agb = r.agb where a.naam <> r.naam`,
  )
  const betalingen = await askRaakt<{ sleutel: string; aantal: number; bedrag: number }>(
    db,
    sql`
    with r as (select r.sleutel, a.aanbieder_id from ${rijen} join aanbieders.aanbieder a on a.agb = r.agb
      where a.iban is distinct from r.iban)
    select r.sleutel, o.aantal::integer as aantal, o.bedrag::bigint as bedrag
    from declaraties.tel_openstaand((select array_agg(aanbieder_id) from r)) o join r using (aanbieder_id)`,
  )
  return [...toewijzingen, ...betalingen.map(rij => ({ ...rij, naam: BETALING, lijst: BETALINGEN }))]
}

const TOEWIJZING = ['toewijzing', 'toewijzingen'] as const
const REGEL = ['goedgekeurde declaratieregel', 'goedgekeurde declaratieregels'] as const
const BETALING = ['betaling die nog openstaat', 'betalingen die nog openstaan'] as const
const BETALINGEN = { href: '/betalingen', recht: 'betalingen.lezen' } as const

/** Of one question in one municipality. */
interface Telling {
  sleutel: string
  gaat: boolean
  toewijzingen: number
  zonder: number
  regels: number
  bedrag: number
  laatste: Datum | null
}

/** What is counted stays apart by question and municipality: see `sumInSteps`. */
async function countRaakt(
  db: Db,
  vragen: RawBuilder<unknown>,
  { hoe = 'tarief', metBedrag = false }: { hoe?: Parameters<typeof sayVerbod>[1]; metBedrag?: boolean } = {},
): Promise<Raak[]> {
  const { rows } = await sql<Telling>`
    with v as materialized (select row_number() over ()::integer as nr, q.* from (${vragen}) q)
    select v.sleutel, v.gaat, g.toewijzingen::integer as toewijzingen, g.zonder::integer as zonder,
      g.regels::integer as regels, g.bedrag::bigint as bedrag, g.laatste
    from declaraties.tel_raakt((select jsonb_agg(to_jsonb(v) - 'sleutel' - 'gaat') from v)) g join v using (nr)
    order by v.nr, g.gemeente`.execute(db)
  return [...Map.groupBy(rows, ({ sleutel }) => sleutel).values()].flatMap(delen => {
    const verbod = sayVerbod(toGebruik(delen), hoe)
    return delen.flatMap(({ sleutel, toewijzingen, regels, bedrag }): Raak[] =>
      [
        { naam: TOEWIJZING, aantal: toewijzingen },
        { naam: REGEL, aantal: regels, ...(metBedrag ? { bedrag } : {}) },
      ].map(raak => ({ sleutel, ...raak, inwoners: true, ...(verbod === undefined ? {} : { verbod }) })),
    )
  })
}

const toGebruik = (delen: readonly Telling[]): Gebruik => ({
  gaat: delen.some(({ gaat }) => gaat),
  zonder: delen.map(({ zonder }) => zonder),
  regels: delen.map(({ regels }) => regels),
  laatste: delen.map(({ laatste }) => laatste).reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b), null),
})
