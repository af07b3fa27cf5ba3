import { sql } from 'kysely'
import { addDays, type Datum, type Periode } from '../../../platform/dates.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Wijziging } from '../../../platform/register/plan.ts'
import type { Register, Rijgegevens } from '../../../platform/register/register.ts'
import { sayVerbod } from './zin.ts'

/*
 * Whether what was approved would still be judged so, by the question of the judge itself (`mapAfspraken`): the product as the catalogue has it
 * on its day, and the first of the prices of that (`prijsdagen`). Asked of all approved lines that a change can be about, before it and after
 * it; whatever way it came about, a price that is no longer theirs is one that was changed under them (ADR 27).
 */

/** Of which approved lines the price can change: of providers, of products ('jw~45A04'), or where both are told of both. */
interface Bereik {
  aanbieders: readonly number[] | null
  producten: readonly string[] | null
}

/** What changes of a register can be about: its rows as they stood and as they become. */
type Bereikvraag = (tx: Tx, rijen: readonly Rijgegevens[]) => Promise<Bereik>

/** Approved lines that were judged alike, as `declaraties.beoordeelde_regels` has them. */
interface Beoordeeld {
  gemeente: string
  aanbieder: number
  agb: string
  wet: string
  code: string
  catalogus: Datum
  /** A daterange: the day by which they were judged, or the month in which that is. */
  dagen: string
  /** In eurocents per unit of the line. */
  tarief: number
  eenheid: string
  /** Of a line in minutes the hourly prices, in eurocents, at which it comes to its amount (IV081); else null. */
  uurVan: number | null
  uurTot: number | null
  aantal: number
}

/** The same, with those of its days on which that is the price: a datemultirange. */
type Waar = Beoordeeld & { waar: string }

/** Of a register by which prices hold (`bewaakt`): refuses what would give approved lines another price. */
export const watchPrijzen =
  (find: Bereikvraag): NonNullable<Register['bewaakt']> =>
  async (tx, wijzigingen) => {
    const rijen = wijzigingen.flatMap(({ oud, nieuw }) => [oud, nieuw].filter(rij => rij !== null))
    const bereik = await find(tx, rijen)
    const waar = await listWaar(tx, bereik, rijen)
    return async () => {
      const onwaar = waar.length === 0 ? [] : await listOnwaar(tx, waar)
      return [...Map.groupBy(onwaar, regel => causeOf(regel, wijzigingen))].flatMap(([sleutel, regels]) => {
        const verbod = sayVerbod(toGebruik(regels), 'waarheid')
        return verbod === undefined ? [] : [{ sleutel, verbod }]
      })
    }
  }

const productOf = ({ wet, product, code }: Rijgegevens) => `${wet}~${product ?? code}`

/** Of the provider of its contract, and its product. */
export const rangeOfTarief: Bereikvraag = async (tx, rijen) => {
  const { rows } = await sql<{ id: number }>`
    select distinct aanbieder_id as id from contracten.contract where nummer = any (${rijen.map(({ contract }) => contract)}::text[])`.execute(
    tx,
  )
  return { aanbieders: rows.map(({ id }) => id), producten: [...new Set(rijen.map(productOf))] }
}

export const rangeOfContract: Bereikvraag = async (tx, rijen) => {
  const { rows } = await sql<{ id: number }>`
    select aanbieder_id as id from aanbieders.aanbieder where agb = any (${rijen.map(({ aanbieder }) => aanbieder)}::text[])`.execute(
    tx,
  )
  return { aanbieders: rows.map(({ id }) => id), producten: null }
}

export const rangeOfProduct: Bereikvraag = async (_tx, rijen) => ({
  aanbieders: null,
  producten: [...new Set(rijen.map(productOf))],
})

/** Of all that lies in it: what left the catalogue is paid while a contract names a segment of it. */
export const rangeOfSegment: Bereikvraag = async (tx, rijen) => {
  const { rows } = await sql<{ product: string }>`
    select distinct p.wet || '~' || p.code as product
    from contracten.segment s join contracten.segmentketen k on k.boven_id = s.segment_id join contracten.product p on p.segment_id = k.segment_id
    where s.code = any (${rijen.map(({ code }) => code)}::text[])`.execute(tx)
  return { aanbieders: null, producten: rows.map(({ product }) => product) }
}

/**
 * The days on which `regels` have their price now (`nu`): on a day the lowest `rang` counts, and of that the oldest contract, so of each price
 * what those before it leave.
 */
const BETAALD = sql`
  catalogusproduct as materialized (
    select r.*, p.product_id, p.eenheid as per from regels r
    join contracten.product p on (p.wet, p.code) = (r.wet, r.code) and p.geldigheid @> r.catalogus
  ), betaald as materialized (
    select d.product_id, d.aanbieder_id, d.gemeente, d.tarief, datemultirange(d.dagen) - coalesce(range_agg(d.dagen) over (
      partition by d.product_id, d.aanbieder_id, d.gemeente order by d.rang, d.contract_id
      groups between unbounded preceding and 1 preceding), '{}') as dagen
    from contracten.prijsdagen d
    where d.product_id = any (array(select distinct product_id from catalogusproduct))
      and d.aanbieder_id = any (array(select distinct aanbieder from catalogusproduct))
  ), nu as materialized (
    select c.nr, range_agg(b.dagen) as waar from catalogusproduct c
    join betaald b on (b.product_id, b.aanbieder_id, b.gemeente) = (c.product_id, c.aanbieder, c.gemeente)
      and contracten.tarief_in(b.tarief, c.per, c.eenheid) = c.tarief
      and (c.per <> '04' or c.eenheid <> '01' or b.tarief between c."uurVan" and c."uurTot")
    group by 1
  )`

async function listWaar(
  db: Db,
  { aanbieders, producten }: Bereik,
  rijen: readonly Rijgegevens[],
): Promise<Waar[]> {
  if (aanbieders?.length === 0 || producten?.length === 0) return []
  const { rows } = await sql<Waar>`
    with grenzen as (
      select lower(geldigheid) as dag from contracten.product union select upper(geldigheid) from contracten.product
      union select unnest(${listGrenzen(rijen)}::date[])
    ), regels as materialized (
      select row_number() over () as nr, b.gemeente, b.aanbieder_id as aanbieder, a.agb, b.wet, b.code, b.catalogus, b.dagen, b.tarief,
        b.eenheid, b.uur_van as "uurVan", b.uur_tot as "uurTot", b.aantal
      from declaraties.beoordeelde_regels(
        ${aanbieders}::integer[], ${producten}::text[], array(select dag from grenzen where dag is not null)) b
      join aanbieders.aanbieder a using (aanbieder_id)
    ), ${BETAALD}
    select r.gemeente, r.aanbieder, r.agb, r.wet, r.code, r.catalogus, r.dagen::text as dagen, r.tarief, r.eenheid, r."uurVan", r."uurTot", r.aantal,
      (nu.waar * datemultirange(r.dagen))::text as waar
    from regels r join nu using (nr) where nu.waar && r.dagen`.execute(db)
  return rows
}

/** The first days of rows, and those after their last: by those the catalogue can be cut otherwise. */
const listGrenzen = (rijen: readonly Rijgegevens[]): Datum[] =>
  rijen.flatMap(({ geldigheid }) => {
    const dagen = geldigheid as Periode | undefined
    return dagen === undefined ? [] : [dagen.begin, ...(dagen.eind === null ? [] : [addDays(dagen.eind, 1)])]
  })

/** Those of which that is no longer the price on each of these days. */
async function listOnwaar(db: Db, waar: readonly Waar[]): Promise<Onwaar[]> {
  const { rows } = await sql<Onwaar>`
    with regels as materialized (
      select row_number() over () as nr, r.* from jsonb_to_recordset(${JSON.stringify(waar)}::jsonb) as r (gemeente text, aanbieder integer,
        agb text, wet text, code text, catalogus date, dagen daterange, tarief integer, eenheid text,
        "uurVan" bigint, "uurTot" bigint, aantal integer, waar datemultirange)
    ), ${BETAALD}
    select r.gemeente, r.agb, r.wet, r.code, r.aantal, upper(r.dagen) - 1 as laatste
    from regels r left join nu using (nr) where not r.waar <@ coalesce(nu.waar, '{}')`.execute(db)
  return rows
}

type Onwaar = Pick<Beoordeeld, 'gemeente' | 'agb' | 'wet' | 'code' | 'aantal'> & { laatste: Datum }

/** The key of the row that is about their product, or about a contract of their provider; of more the first. */
function causeOf({ agb, wet, code }: Onwaar, wijzigingen: readonly Wijziging<Rijgegevens>[]): string {
  const names = (rij: Rijgegevens | null) =>
    rij !== null && (productOf(rij) === `${wet}~${code}` || rij.aanbieder === agb)
  const door = wijzigingen.find(({ oud, nieuw }) => names(oud) || names(nieuw)) ?? wijzigingen[0]
  return door?.sleutel ?? ''
}

const toGebruik = (regels: readonly Onwaar[]) => ({
  gaat: false,
  zonder: [],
  regels: [...Map.groupBy(regels, ({ gemeente }) => gemeente).values()].map(deel =>
    deel.reduce((n, { aantal }) => n + aantal, 0),
  ),
  laatste: regels.map(({ laatste }) => laatste).reduce((a, b) => (a > b ? a : b)),
})
