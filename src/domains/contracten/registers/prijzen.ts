import { sql } from 'kysely'
import { type Datum, formatDatumKort, type Periode } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import {
  asRange,
  type Meegaand,
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

/** Prices that last longer than the contract that they are in, with what is left of them. */
export const findTariefeinden: Meegaand['find'] = async (db, contracten) => {
  const [sleutels, nummers] = [contracten.map(c => c.sleutel), contracten.map(c => c.nummer)]
  const dagen = contracten.map(c => asRange(c.geldigheid as Periode))
  const { rows } = await sql<Tariefeinde>`
    select r.sleutel as vanwege, c.nummer as contract, t.wet, t.code as product, t.tarief,
      ${readRange(sql`t.geldigheid`)} as geldigheid,
      case when t.geldigheid && r.geldigheid then ${readRange(sql`(t.geldigheid * r.geldigheid)`)} end as blijft
    from unnest(${sleutels}::text[], ${nummers}::text[], ${dagen}::daterange[]) as r (sleutel, nummer, geldigheid)
    join contracten.contract c on c.nummer = r.nummer join contracten.tarief t using (contract_id)
    where not t.geldigheid <@ r.geldigheid order by c.nummer, t.wet, t.code, t.geldigheid`.execute(db)
  return rows.map(({ vanwege, blijft, ...rij }) => ({ vanwege, blijft, rij }))
}

interface Tariefeinde {
  vanwege: string
  contract: string
  wet: string
  product: string
  tarief: number
  geldigheid: Periode
  blijft: Periode | null
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

/** The same of all prices in contracts: another municipality may bring two of them together. */
export async function listDubbeleContracten(db: Db, contracten: readonly Sleutelrij[]): Promise<Strijdig[]> {
  const dubbel = await listDubbel(
    db,
    contracten.map(({ sleutel }) => sleutel),
  )
  const eerste = new Map(dubbel.toReversed().map(d => [d.contract, d]))
  return [...eerste].map(([nummer, d]) => sayDubbel(nummer, d))
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
      select t.aanbieder_id, t.wet, t.code, lower(t.geldigheid) as begin, max(coalesce(upper(t.geldigheid), 'infinity')) over (
        partition by t.aanbieder_id, t.wet, t.code, g.gemeente order by lower(t.geldigheid), t.contract_id
        rows between unbounded preceding and 1 preceding) as tot
      from geraakt r join contracten.tarief t using (aanbieder_id, wet, code)
      join contracten.contract_gemeente g on g.contract_id = t.contract_id
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
      select a.nummer as ander, g.naam as gemeente, greatest(lower(t.geldigheid), lower(b.geldigheid)) as vanaf
      from contracten.tarief b join contracten.contract a using (contract_id)
      join contracten.contract_gemeente bg on bg.contract_id = b.contract_id
      join contracten.contract_gemeente tg on tg.contract_id = t.contract_id and tg.gemeente = bg.gemeente
      join contracten.gemeente g on g.code = bg.gemeente
      where (b.aanbieder_id, b.wet, b.code) = (t.aanbieder_id, t.wet, t.code)
        and b.contract_id <> t.contract_id and b.geldigheid && t.geldigheid
      limit 1) x
    order by c.nummer, t.wet, t.code, begin`.execute(db)
  return rows
}

/** Of so many products at once it is said which prices are double. */
const HOOGSTENS = 100

const sayDubbel = (sleutel: string, { ander, code, gemeente, vanaf }: Dubbel): Strijdig => ({
  sleutel,
  reden: `Voor product ${code} in ${gemeente} geldt vanaf ${formatDatumKort(vanaf)} al een tarief met deze aanbieder, in contract ${ander}. Er kan er maar een gelden: beëindig eerst dat tarief, of kies andere dagen.`,
})

/** The segments of contract `c`. */
export const CONTRACTSEGMENTEN = sql`array(select segment_id from contracten.contract_segment s where s.contract_id = c.contract_id)`
/** The segments of product `p` in any version of it, and all that these hang under: a contract may name the whole or the part. */
export const PRODUCTSEGMENTEN = sql`array(
  with recursive boven (segment_id) as (
    select segment_id from contracten.product v where (v.wet, v.code) = (p.wet, p.code)
    union select s.ouder_id from boven join contracten.segment s using (segment_id) where s.ouder_id is not null)
  select segment_id from boven)`
