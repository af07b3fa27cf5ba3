import { sql } from 'kysely'
import { type Datum, formatDatumKort, type Periode } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import {
  asRange,
  type Meegaand,
  type Register,
  readRange,
  type Sleutelrij,
  type Strijdig,
} from '../../../platform/register/register.ts'

/**
 * Thousands of rows against all prices in one go. Right after a trial the database knows too little of the table to choose that itself,
 * and looks each row up in the slow GiST index of the key: a price list of 20,000 rows then takes longer than a statement may.
 */
export async function atOnce<T>(db: Db, doe: () => Promise<T>): Promise<T> {
  await sql`set local enable_nestloop = off`.execute(db)
  const uit = await doe()
  await sql`set local enable_nestloop = on`.execute(db)
  return uit
}

/**
 * Prices that last longer than what their contract covers: than the contract itself, or than the segment for which it holds them. With what
 * is left of them. One of which nothing would be left because of its segment, or more than one part, is refused by what leans on the
 * contract (raakt.ts): nobody means to take a price out by a segment.
 */
export const findTariefeinden: Meegaand['find'] = async (db, wijzigingen) => {
  const straks = wijzigingen.flatMap(({ nieuw }) =>
    nieuw === null ? [] : [{ ...nieuw, geldigheid: asRange(nieuw.geldigheid as Periode) }],
  )
  const nummers = [...new Set(wijzigingen.map(({ oud, nieuw }) => String((nieuw ?? oud)?.nummer)))]
  const { rows } = await sql<Tariefeinde>`
    with product as materialized (
      select p.wet, p.code, ${PRODUCTSEGMENTEN} as segmenten from contracten.productcode p
    ), nu as materialized (
      select c.nummer, v.geldigheid, concat_ws('~', c.nummer, v.begin) as sleutel, array(
        select s.segment_id from contracten.contract_segment s
        where (s.contract_id, s.begin) = (v.contract_id, v.begin)) as segmenten
      from contracten.contract c join contracten.contractversie v using (contract_id) where c.nummer = any (${nummers})
    ), straks as materialized (
      select nummer, geldigheid, segmenten from nu where sleutel <> all (${wijzigingen.map(w => w.sleutel)})
      union all
      select r.nummer, r.geldigheid, array(select s.segment_id from contracten.segment s where s.code = any (r.segmenten))
      from jsonb_to_recordset(${JSON.stringify(straks)}::jsonb) as r (nummer text, geldigheid daterange, segmenten text[])
    ), heel as materialized (
      select nummer, range_agg(geldigheid) as dagen from straks group by nummer
    ), gedekt as materialized (
      select n.nummer, p.wet, p.code, range_agg(n.geldigheid) filter (where n.nu) as nu, range_agg(n.geldigheid) filter (where not n.nu) as straks
      from (select nummer, geldigheid, segmenten, true from nu union all select *, false from straks) as n (nummer, geldigheid, segmenten, nu)
      join product p on n.segmenten && p.segmenten group by 1, 2, 3
    ), prijs as materialized (
      select c.nummer, t.wet, t.code, t.tarief, t.geldigheid, heel.dagen as heel,
        datemultirange(t.geldigheid) - heel.dagen
          + (datemultirange(t.geldigheid) * coalesce(g.nu, '{}') - coalesce(g.straks, '{}')) as weg
      from heel join contracten.contract c using (nummer) join contracten.tarief t using (contract_id)
      left join gedekt g using (nummer, wet, code)
    ), over as (
      select *, datemultirange(geldigheid) - weg as blijft from prijs where not isempty(weg)
    )
    select nummer as contract, wet, code as product, tarief, ${readRange(sql`geldigheid`)} as geldigheid,
      case when not isempty(blijft) then ${readRange(sql`range_merge(blijft)`)} end as blijft
    from over
    where datemultirange(range_merge(blijft)) = blijft and not (isempty(blijft) and heel && geldigheid)
    order by nummer, wet, code, geldigheid`.execute(db)
  const vanwege = new Map(
    wijzigingen.toReversed().flatMap(({ sleutel, oud }) => (oud === null ? [] : [[oud.nummer, sleutel]])),
  )
  return rows.map(({ blijft, ...rij }) => ({ vanwege: vanwege.get(rij.contract) ?? '', blijft, rij }))
}

interface Tariefeinde {
  contract: string
  wet: string
  product: string
  tarief: number
  geldigheid: Periode
  blijft: Periode | null
}

/**
 * Prices that a contract takes over from another of the same provider: the last that began before them for the same product, in a
 * municipality that it is for on their first day, and that the other was for while that price held.
 */
export const mapOvergenomenTarieven: NonNullable<Register['neemtOver']> = async (db, tarieven) => {
  const van = (naam: string) => tarieven.map(tarief => String(tarief[naam]))
  const begint = tarieven.map(({ geldigheid }) => (geldigheid as Periode).begin)
  const { rows } = await atOnce(db, () =>
    sql<Omit<Tariefeinde, 'blijft'> & { voor: string }>`
    with deelt as materialized (
      select distinct h.contract_id, hv.geldigheid as hier, g.contract_id as van, gv.geldigheid as daar
      from contracten.contract_gemeente g join contracten.contract_gemeente h using (aanbieder_id, gemeente)
      join contracten.contractversie gv on (gv.contract_id, gv.begin) = (g.contract_id, g.begin)
      join contracten.contractversie hv on (hv.contract_id, hv.begin) = (h.contract_id, h.begin)
      where g.contract_id <> h.contract_id
    )
    select distinct on (r.sleutel) r.sleutel as voor, a.nummer as contract, t.wet, t.code as product, t.tarief,
      ${readRange(sql`t.geldigheid`)} as geldigheid
    from unnest(${van('sleutel')}::text[], ${van('contract')}::text[], ${van('wet')}::text[], ${van('product')}::text[],
      ${begint}::date[]) as r (sleutel, contract, wet, code, begin)
    join contracten.contract c on c.nummer = r.contract join deelt d on d.contract_id = c.contract_id and d.hier @> r.begin
    join contracten.tarief t on (t.contract_id, t.wet, t.code) = (d.van, r.wet, r.code)
      and d.daar && (t.geldigheid * daterange(null, r.begin))
    join contracten.contract a on a.contract_id = d.van
    order by r.sleutel, lower(t.geldigheid) desc, d.van`.execute(db),
  )
  return new Map(
    rows.map(({ voor, ...gegevens }) => [
      voor,
      {
        sleutel: `${gegevens.contract}~${gegevens.wet}~${gegevens.product}~${gegevens.geldigheid.begin}`,
        gegevens,
      },
    ]),
  )
}

/** Prices that are per another unit than the one that they follow: each is for the unit of its first day. */
export const mapEenheidwissels: NonNullable<Register['maat']> = async (db, stappen) => {
  if (stappen.length === 0) return []
  const gevraagd = stappen.map(({ van, naar }, nr) => ({
    nr,
    wet: naar.wet,
    product: naar.product,
    was: (van.geldigheid as Periode).begin,
    wordt: (naar.geldigheid as Periode).begin,
  }))
  const { rows } = await sql<{ nr: number; van: string; naar: string }>`
    with wissel as materialized (
      select wet, code as product from contracten.product group by wet, code having count(distinct eenheid) > 1)
    select r.nr, e.van, e.naar
    from jsonb_to_recordset(${JSON.stringify(gevraagd)}::jsonb) as r (nr integer, wet text, product text, was date, wordt date)
    join wissel using (wet, product)
    cross join lateral (
      select contracten.eenheid_op(r.wet, r.product, r.was) as van, contracten.eenheid_op(r.wet, r.product, r.wordt) as naar) e
    where e.van <> e.naar`.execute(db)
  const wissels = new Map(rows.map(({ nr, ...tarief }) => [nr, { tarief }]))
  return stappen.map((_, nr) => wissels.get(nr))
}

interface Dubbel {
  contract: string
  wet: string
  code: string
  begin: Datum
  ander: string
  gemeente: string
  vanaf: Datum
}

/** Prices beside which there is another for the same: nobody could say which of the two a claim is held against. */
export async function listDubbeleTarieven(db: Db, tarieven: readonly Sleutelrij[]): Promise<Strijdig[]> {
  const dubbel = await listDubbel(db, [...new Set(tarieven.map(t => String(t.contract)))])
  const perRij = new Map(dubbel.map(d => [sleutelVan(d), d]))
  return tarieven.flatMap(({ sleutel }) => perRij.get(sleutel) ?? []).map(d => sayDubbel(sleutelVan(d), d))
}

const sleutelVan = ({ contract, wet, code, begin }: Dubbel) => `${contract}~${wet}~${code}~${begin}`

const nummersVan = (contracten: readonly Sleutelrij[]) => [...new Set(contracten.map(c => String(c.nummer)))]

/** The same of all prices in contracts: another municipality may bring two of them together. */
export async function listDubbeleContracten(db: Db, contracten: readonly Sleutelrij[]): Promise<Strijdig[]> {
  const dubbel = await listDubbel(db, nummersVan(contracten))
  const eerste = new Map(dubbel.toReversed().map(d => [d.contract, d]))
  return contracten.flatMap(({ sleutel, nummer }) => {
    const d = eerste.get(String(nummer))
    return d === undefined ? [] : [sayDubbel(sleutel, d)]
  })
}

/**
 * Prices in these contracts beside which the provider has another, in another contract, for the same product, municipality and day. First
 * which products have any, each price after the one before it; only of those beside which: prices of one contract never overlap.
 */
async function listDubbel(db: Db, contracten: readonly string[]): Promise<Dubbel[]> {
  const { rows: botsend } = await atOnce(db, () =>
    sql<{ aanbieder: number; wet: string; code: string }>`
    with geraakt as materialized (
      select distinct t.aanbieder_id, t.wet, t.code from contracten.contract c join contracten.tarief t using (contract_id)
      where c.nummer = any (${contracten})
    ), rij as (
      select t.aanbieder_id, t.wet, t.code, lower(d.dagen) as begin, max(coalesce(upper(d.dagen), 'infinity')) over (
        partition by t.aanbieder_id, t.wet, t.code, g.gemeente order by lower(d.dagen), t.contract_id
        rows between unbounded preceding and 1 preceding) as tot
      from geraakt r join contracten.tarief t using (aanbieder_id, wet, code)
      join contracten.contractversie v on v.contract_id = t.contract_id and v.geldigheid && t.geldigheid
      join contracten.contract_gemeente g on (g.contract_id, g.begin) = (v.contract_id, v.begin)
      cross join lateral (select v.geldigheid * t.geldigheid) d (dagen)
    )
    select distinct aanbieder_id as aanbieder, wet, code from rij where begin < tot limit ${HOOGSTENS}`.execute(
      db,
    ),
  )
  if (botsend.length === 0) return []
  const van = (naam: 'aanbieder' | 'wet' | 'code') => botsend.map(b => b[naam])
  const { rows } = await sql<Dubbel>`
    select c.nummer as contract, t.wet, t.code, lower(t.geldigheid) as begin, x.ander, x.gemeente, x.vanaf
    from unnest(${van('aanbieder')}::integer[], ${van('wet')}::text[], ${van('code')}::text[]) as d (aanbieder_id, wet, code)
    join contracten.tarief t using (aanbieder_id, wet, code)
    join contracten.contract c on c.contract_id = t.contract_id and c.nummer = any (${contracten})
    cross join lateral (
      select a.nummer as ander, g.naam as gemeente,
        greatest(lower(t.geldigheid), lower(b.geldigheid), tv.begin, bv.begin) as vanaf
      from contracten.tarief b join contracten.contract a using (contract_id)
      join contracten.contractversie bv on bv.contract_id = b.contract_id
      join contracten.contract_gemeente bg on (bg.contract_id, bg.begin) = (bv.contract_id, bv.begin)
      join contracten.contractversie tv on tv.contract_id = t.contract_id
      join contracten.contract_gemeente tg on (tg.contract_id, tg.begin, tg.gemeente) = (tv.contract_id, tv.begin, bg.gemeente)
      join contracten.gemeente g on g.code = bg.gemeente
      where (b.aanbieder_id, b.wet, b.code) = (t.aanbieder_id, t.wet, t.code)
        and b.contract_id <> t.contract_id
        and not isempty(b.geldigheid * t.geldigheid * bv.geldigheid * tv.geldigheid)
      order by vanaf, a.nummer, g.naam limit 1) x
    order by c.nummer, t.wet, t.code, begin`.execute(db)
  return rows
}

/** Of so many products at once it is said which prices are double. */
const HOOGSTENS = 100

const sayDubbel = (sleutel: string, { ander, code, gemeente, vanaf }: Dubbel): Strijdig => ({
  sleutel,
  reden: `Voor product ${code} in ${gemeente} geldt vanaf ${formatDatumKort(vanaf)} al een tarief met deze aanbieder, in contract ${ander}. Er kan er maar een gelden: beëindig eerst dat tarief, of kies andere dagen.`,
})

/** When contract `c` covers a segment: of each segment of each version its days. */
export interface Segmentdagen extends Periode {
  segment: number
}
export const SEGMENTDAGEN = sql`array(
  select jsonb_build_object('segment', s.segment_id, 'begin', v.begin, 'eind', upper(v.geldigheid) - 1)
  from contracten.contractversie v join contracten.contract_segment s using (contract_id, begin) where v.contract_id = c.contract_id)`
/** The segments of product `p` in any version of it, and all that these hang under: a contract may name the whole or the part. */
export const PRODUCTSEGMENTEN = sql`array(
  select k.boven_id from contracten.product v join contracten.segmentketen k using (segment_id)
  where (v.wet, v.code) = (p.wet, p.code))`
