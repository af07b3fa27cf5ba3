import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import { askRaakt, type Raak, type Raakvraag } from '../../../platform/register/raakt.ts'
import { PRODUCTSEGMENTEN } from './prijzen.ts'

const RECHT = 'contracten.lezen' as const
const SOORT = {
  product: { naam: ['product', 'producten'], pad: 'producten', filter: 'segment' },
  contract: { naam: ['contract', 'contracten'], pad: 'contracten', filter: 'aanbieder' },
  tarief: { naam: ['tarief', 'tarieven'], pad: 'tarieven', filter: 'zoek' },
  achterblijver: {
    naam: ['tarief dat niet mee verandert', 'tarieven die niet mee veranderen'],
    pad: 'tarieven',
    filter: 'zoek',
  },
  buitenstaander: {
    naam: ['tarief dat buiten het contract komt te staan', 'tarieven die buiten het contract komen te staan'],
    pad: 'tarieven',
    filter: 'zoek',
  },
  plafond: { naam: ['budgetplafond', 'budgetplafonds'], pad: 'plafonds', filter: 'gemeente' },
} as const satisfies Record<string, { naam: readonly [string, string]; pad: string; filter: string }>

interface Telling {
  sleutel: string
  soort: keyof typeof SOORT
  aantal: number
  /** By what the list is narrowed, or null when it cannot be. */
  bij: string | null
  verbod?: string | null
}

/** Counts of rows of this domain that hang on a row: `sleutel`, `soort`, `aantal`, `bij` and, where it may not, `verbod`. */
async function countHanging(db: Db, vraag: RawBuilder<unknown>): Promise<Raak[]> {
  const rijen = await askRaakt<Telling>(db, vraag)
  return rijen.map(({ sleutel, soort, aantal, bij, verbod }) => {
    const { naam, pad, filter } = SOORT[soort]
    const lijst = bij && { href: `/inrichten/${pad}?${filter}=${encodeURIComponent(bij)}`, recht: RECHT }
    return { sleutel, naam, aantal, ...(lijst ? { lijst } : {}), ...(verbod ? { verbod } : {}) }
  })
}

const ANDERE_WET =
  'Hieronder vallen producten van de wet die er nu staat. Maak voor de andere wet een nieuw segment.'

/** What lies in a segment that gets another law, name or place. Its law stays as long as it has products. */
export const findSegmentinhoud: Raakvraag = (db, rijen) =>
  countHanging(
    db,
    sql`
    with r as (
      select r.sleutel, r.wet, s.segment_id, r.code, s.wet <> r.wet as ander from ${rijen}
      join contracten.segment s on s.code = r.code left join contracten.segment o on o.segment_id = s.ouder_id
      where (s.wet, s.naam, o.code) is distinct from (r.wet, r.naam, r.ouder))
    select r.sleutel, 'product' as soort, count(*)::integer as aantal, r.code as bij, case when r.ander then ${ANDERE_WET} end as verbod
    from r join contracten.product p using (segment_id) group by r.sleutel, r.code, r.ander
    union all
    select r.sleutel, 'contract', count(distinct contract_id)::integer, null, null
    from r join contracten.contract_segment using (segment_id) group by r.sleutel
    union all
    select r.sleutel, 'plafond', count(distinct (b.gemeente, b.jaar))::integer, null, null
    from r join contracten.budgetplafond b using (segment_id) group by r.sleutel`,
  )

/** Prices on the days on which a product becomes another, or is no more. */
export const findProducttarieven: Raakvraag = (db, rijen) =>
  countHanging(
    db,
    sql`
    select r.sleutel, 'tarief' as soort, count(*)::integer as aantal, r.code as bij
    from ${rijen} cross join lateral (
      select datemultirange(r.geldigheid) - coalesce(range_agg(p.geldigheid), '{}') as dagen
      from contracten.product p join contracten.segment s using (segment_id)
      where (p.wet, p.code, p.categorie, p.naam, s.code, p.eenheid, p.variant, p.zwaarte)
          = (r.wet, r.code, r.categorie, r.naam, r.segment, r.eenheid, r.variant, r.zwaarte)
        and not (r.gaat and lower(p.geldigheid) = lower(r.geldigheid))) anders
    join contracten.tarief t on (t.wet, t.code) = (r.wet, r.code) and t.geldigheid && anders.dagen
    group by r.sleutel, r.code`,
  )

/** Prices that stay behind when their contract ends later: in that time there is none. */
export const findAchterblijvers: Raakvraag = (db, rijen) =>
  countHanging(
    db,
    sql`
    select r.sleutel, 'achterblijver' as soort, count(*)::integer as aantal, r.nummer as bij
    from ${rijen} join contracten.contract c on c.nummer = r.nummer
    join contracten.contractversie v on v.contract_id = c.contract_id and v.geldigheid @> lower(r.geldigheid)
    join contracten.tarief t on t.contract_id = c.contract_id
    where upper(t.geldigheid) = upper(r.geldigheid) and v.geldigheid @> upper(r.geldigheid) and r.sinds is null
    group by r.sleutel, r.nummer`,
  )

/**
 * Prices that would be in no segment of their contract on some of their days, where they were: a price is for what the contract covers,
 * also when its contract, product or segment changes. `geraakt`: the prices of each row that changes (`sleutel`, `contract_id`, `wet`,
 * `code`, `geldigheid`: its days, or those that the row was about) with the segments that the product had (null: those that it has).
 */
const findBuitenstaanders = (db: Db, geraakt: RawBuilder<unknown>, verbod: RawBuilder<unknown>) =>
  countHanging(
    db,
    sql`
    with geraakt (sleutel, contract_id, wet, code, geldigheid, was) as (${geraakt}),
    product as materialized (
      select p.wet, p.code, ${PRODUCTSEGMENTEN} as segmenten from contracten.productcode p)
    select g.sleutel, 'buitenstaander' as soort, count(*)::integer as aantal, null as bij, ${verbod} as verbod
    from geraakt g join product p using (wet, code) join contracten.contract c using (contract_id)
    where not isempty(
      datemultirange(g.geldigheid) * case when g.was is null then '{(,)}' else ${coveredBy(sql`g.was`)} end
      - ${coveredBy(sql`p.segmenten`)})
    group by g.sleutel`,
  )

/** The days on which contract `c` covers one of these segments. */
const coveredBy = (segmenten: RawBuilder<unknown>) => sql`(
  select coalesce(range_agg(v.geldigheid), '{}')
  from contracten.contractversie v join contracten.contract_segment s using (contract_id, begin)
  where v.contract_id = c.contract_id and s.segment_id = any (${segmenten}))`

/** Prices of a contract that loses the segment that they are in. */
export const findContractbuitenstaanders: Raakvraag = (db, rijen) =>
  findBuitenstaanders(
    db,
    sql`
    select r.sleutel, t.contract_id, t.wet, t.code, t.geldigheid * r.geldigheid, null::integer[]
    from ${rijen} join contracten.contract c using (nummer) join contracten.tarief t using (contract_id)
    join (select p.wet, p.code, ${PRODUCTSEGMENTEN} as segmenten from contracten.productcode p) p using (wet, code)
    where t.geldigheid && r.geldigheid
      and p.segmenten && array(select s.segment_id from contracten.segment s where s.code = any (r.segmenten))`,
    sql`'Voor product ' || min(code) || ' geldt hier een tarief, en zijn segment zou niet meer in het contract staan. Laat het segment staan, of haal eerst het tarief weg.'`,
  )

/** Prices of a product that leaves the segment for which their contract names it. */
export const findProductbuitenstaanders: Raakvraag = (db, rijen) =>
  findBuitenstaanders(
    db,
    sql`
    select r.sleutel, t.contract_id, t.wet, t.code, t.geldigheid, r.segmenten_was
    from (select r.sleutel, r.wet, r.code, ${withAbove(sql`r.segment`)} as segmenten_was from ${rijen}) r
    join contracten.tarief t using (wet, code)`,
    sql`'Contract ' || min(nummer) || ' heeft er een tarief voor, en noemt geen ander segment van dit product. Zet dat segment eerst in het contract.'`,
  )

/** Prices of what lies in a segment that leaves the one for which their contract names it. */
export const findSegmentbuitenstaanders: Raakvraag = (db, rijen) =>
  findBuitenstaanders(
    db,
    sql`
    select r.sleutel, t.contract_id, t.wet, t.code, t.geldigheid, r.segmenten_was
    from (select r.sleutel, r.code as segment, ${withAbove(sql`r.ouder`)} as segmenten_was from ${rijen}) r
    join contracten.segment s on s.code = r.segment
    join (select p.wet, p.code, ${PRODUCTSEGMENTEN} as segmenten from contracten.productcode p) p on s.segment_id = any (p.segmenten)
    join contracten.tarief t on (t.wet, t.code) = (p.wet, p.code)`,
    sql`'Contract ' || min(nummer) || ' heeft een tarief voor product ' || min(code) || ' hieronder, en noemt dit segment zelf niet. Zet dit segment eerst in het contract.'`,
  )

/** A segment by its code, with all that it hangs under. */
function withAbove(code: RawBuilder<unknown>): RawBuilder<number[]> {
  return sql`array(
    select k.boven_id from contracten.segmentketen k join contracten.segment s using (segment_id) where s.code = ${code})`
}

/** What was agreed for a municipality that gets another name. */
export const findGemeenteafspraken: Raakvraag = (db, rijen) =>
  countHanging(
    db,
    sql`
    select r.sleutel, 'contract' as soort, count(distinct cg.contract_id)::integer as aantal, null as bij
    from ${rijen} join contracten.contract_gemeente cg on cg.gemeente = r.code group by r.sleutel
    union all
    select r.sleutel, 'plafond', count(distinct (b.segment_id, b.jaar))::integer, r.code
    from ${rijen} join contracten.budgetplafond b on b.gemeente = r.code group by r.sleutel, r.code`,
  )

/** What was agreed with a provider that gets another name. */
export const findAanbiederafspraken: Raakvraag = (db, rijen) =>
  countHanging(
    db,
    sql`
    select r.sleutel, 'contract' as soort, count(*)::integer as aantal, r.agb as bij
    from ${rijen} join aanbieders.aanbieder a on a.agb = r.agb join contracten.contract c using (aanbieder_id)
    where a.naam <> r.naam group by r.sleutel, r.agb`,
  )
