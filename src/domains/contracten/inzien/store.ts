import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { type Lijstbron, nummerEis, searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { readRange } from '../../../platform/register/register.ts'
import { mapEenheidwissels, mapOvergenomenTarieven } from '../registers/prijzen.ts'
import type { Looptijd, Tarief, Versie, Vorigen } from './rules.ts'

export interface Contract {
  contractId: number
  nummer: string
  aanbiederId: number
  aanbieder: string
  agb: string
  begin: Datum
  /** Last day; null when open-ended. */
  eind: Datum | null
  /** First day of the version that is shown: the one of the day that is looked at. What follows is what it covers. */
  versie: Datum
  segmenten: string[]
  wetten: ('jw' | 'wmo')[]
  gemeenten: string[]
  producten: number
}

export interface Contractversie extends Versie {
  contractId: number
}

/** The last day inside a daterange. */
const LAATSTE = (kolom: string) => sql`(upper(${sql.ref(kolom)}) - 1)`

/** Of version `v` of a contract. */
const SEGMENTNAMEN = sql`array(
  select s.naam::text from contracten.contract_segment cs join contracten.segment s using (segment_id)
  where (cs.contract_id, cs.begin) = (v.contract_id, v.begin) order by s.volgorde)`
const GEMEENTENAMEN = sql`array(
  select g.naam::text from contracten.contract_gemeente cg join contracten.gemeente g on g.code = cg.gemeente
  where (cg.contract_id, cg.begin) = (v.contract_id, v.begin) order by g.naam)`

/** Contracts `c`, each in all its days (`geldigheid`) and in the version `v` of a day: else in the one nearest to it. */
const bron = (
  dag: Datum,
) => sql`contracten.contract c join aanbieders.aanbieder a on a.aanbieder_id = c.aanbieder_id
  cross join lateral (
    select range_merge(range_agg(geldigheid)) as geldigheid from contracten.contractversie
    where contract_id = c.contract_id) heel
  cross join lateral (
    select contract_id, begin from contracten.contractversie where contract_id = c.contract_id
    order by begin > ${dag}::date, abs(begin - ${dag}::date) limit 1) v`
const KOLOMMEN = sql`c.contract_id as "contractId", c.nummer, c.aanbieder_id as "aanbiederId", a.naam as aanbieder, a.agb,
  lower(heel.geldigheid) as begin, ${LAATSTE('heel.geldigheid')} as eind, v.begin as versie,
  ${SEGMENTNAMEN} as segmenten,
  array(select distinct s.wet from contracten.contract_segment cs join contracten.segment s using (segment_id)
    where (cs.contract_id, cs.begin) = (v.contract_id, v.begin) order by s.wet) as wetten,
  ${GEMEENTENAMEN} as gemeenten,
  (select count(distinct (t.wet, t.code)) from contracten.tarief t where t.contract_id = c.contract_id) as producten`

const LOOPTIJD: Readonly<Record<Looptijd, (dag: Datum) => RawBuilder<unknown>>> = {
  lopend: dag => sql`heel.geldigheid @> ${dag}::date`,
  toekomstig: dag => sql`lower(heel.geldigheid) > ${dag}::date`,
  afgelopen: dag => sql`upper(heel.geldigheid) <= ${dag}::date`,
}

/** Contracts as they stand on the day they are looked at. */
export const CONTRACTEN = (vandaag: Datum): Lijstbron<Contract> => ({
  kolommen: KOLOMMEN,
  van: bron(vandaag),
  sleutel: sql`c.contract_id`,
  volgorde: {
    nummer: sql`c.nummer`,
    aanbieder: sql`a.naam`,
    begin: sql`lower(heel.geldigheid)`,
    eind: sql`upper(heel.geldigheid)`,
    producten: sql`producten`,
  },
  eisen: {
    zoek: searchEis(sql`c.nummer`, sql`a.naam`, sql`a.agb`),
    wet: wet =>
      wet === ''
        ? null
        : sql`exists (select from contracten.contract_segment cs join contracten.segment s using (segment_id)
            where (cs.contract_id, cs.begin) = (v.contract_id, v.begin) and s.wet = ${wet})`,
    segment: segment =>
      segment === ''
        ? null
        : sql`exists (select from contracten.contract_segment cs
            where (cs.contract_id, cs.begin) = (v.contract_id, v.begin) and cs.segment_id = ${Number(segment)})`,
    gemeente: gemeente =>
      gemeente === ''
        ? null
        : sql`exists (select from contracten.contract_gemeente cg
            where (cg.contract_id, cg.begin) = (v.contract_id, v.begin) and cg.gemeente = ${gemeente})`,
    aanbieder: nummerEis(sql`c.aanbieder_id`),
    looptijd: looptijd => (looptijd === '' ? null : LOOPTIJD[looptijd as Looptijd](vandaag)),
  },
})

export async function findContract(
  db: Db,
  contractId: number,
  vandaag: Datum,
): Promise<Contract | undefined> {
  const { rows } = await sql<Contract>`
    select ${KOLOMMEN} from ${bron(vandaag)} where c.contract_id = ${contractId}`.execute(db)
  return rows[0]
}

/** Contracts whose number begins with the text. */
export async function listContractenByNummer(db: Db, begin: string, vandaag: Datum): Promise<Contract[]> {
  const { rows } = await sql<Contract>`
    select ${KOLOMMEN} from ${bron(vandaag)} where c.nummer ilike ${begin} order by c.nummer limit 20`.execute(
    db,
  )
  return rows
}

/** What contracts cover from one day to the next, by contract. */
export async function listVersies(db: Db, contracten: readonly number[]): Promise<Contractversie[]> {
  const { rows } = await sql<Contractversie>`
    select v.contract_id as "contractId", v.begin, ${LAATSTE('v.geldigheid')} as eind, ${SEGMENTNAMEN} as segmenten, ${GEMEENTENAMEN} as gemeenten
    from contracten.contractversie v where v.contract_id = any (${contracten}) order by v.contract_id, v.begin`.execute(
    db,
  )
  return rows
}

/** Every price ever agreed in a contract; `zoek` narrows to products by name or code. */
export async function listTarieven(db: Db, contractId: number, zoek: string | null): Promise<Tarief[]> {
  const eis = zoek === null ? sql`true` : sql`(p.naam ilike ${zoek} or p.code ilike ${zoek})`
  const { rows } = await sql<Tarief>`
    select p.product_id as "productId", p.naam as product, t.code, t.wet,
           -- A price is for the unit of its first day.
           coalesce(contracten.eenheid_op(t.wet, t.code, lower(t.geldigheid)), p.eenheid) as eenheid, s.naam as segment,
           lower(t.geldigheid) as vanaf, ${LAATSTE('t.geldigheid')} as eind, t.tarief, upper(p.geldigheid) as uit,
           case when n.dagen is not null then ${readRange(sql`n.dagen`)} end as naloop
    from contracten.tarief t
    join lateral (
      select p.* from contracten.product p where p.wet = t.wet and p.code = t.code
      order by p.geldigheid desc limit 1) p on true
    left join (
      select product_id, vanaf, range_merge(range_agg(dagen)) as dagen from contracten.prijsdagen
      where contract_id = ${contractId} and rang = 2 group by 1, 2) n on (n.product_id, n.vanaf) = (p.product_id, lower(t.geldigheid))
    join contracten.segment s using (segment_id)
    where t.contract_id = ${contractId} and ${eis}
    order by s.volgorde, p.naam, p.code, lower(t.geldigheid)`.execute(db)
  return rows
}

/** Of the first price of each product in a contract the one that it follows in another, as `neemtOver` says. */
export async function mapVorigen(db: Db, nummer: string, tarieven: readonly Tarief[]): Promise<Vorigen> {
  const eerste = [...Map.groupBy(tarieven, ({ productId }) => productId).values()].flatMap(alle =>
    alle.toSorted((a, b) => (a.vanaf < b.vanaf ? -1 : 1)).slice(0, 1),
  )
  const rijen = eerste.map(({ productId, wet, code, vanaf, eind }) => ({
    sleutel: String(productId),
    contract: nummer,
    wet,
    product: code,
    geldigheid: { begin: vanaf, eind },
  }))
  const vorigen = await mapOvergenomenTarieven(db, rijen)
  const stappen = rijen.flatMap(naar => {
    const van = vorigen.get(naar.sleutel)?.gegevens
    return van === undefined ? [] : [{ van, naar }]
  })
  // What was counted otherwise before is no measure of it.
  const wissels = await mapEenheidwissels(db, stappen)
  return new Map(
    stappen.flatMap(({ van, naar }, i) =>
      wissels[i]
        ? []
        : [[Number(naar.sleutel), { contract: String(van.contract), tarief: Number(van.tarief) }]],
    ),
  )
}

export interface Productvondst {
  productId: number
  code: string
  naam: string
  wet: 'jw' | 'wmo'
  segment: string
  contracten: number
}

/** Products of the catalogue by name or code, with how many contracts within the scope hold a price for them. */
export async function listProducten(db: Db, zoek: string): Promise<Productvondst[]> {
  const { rows } = await sql<Productvondst>`
    select p.product_id as "productId", p.code, p.naam, p.wet, s.naam as segment,
           (select count(distinct t.contract_id) from contracten.tarief t where t.wet = p.wet and t.code = p.code) as contracten
    from contracten.product p join contracten.segment s using (segment_id)
    where p.naam ilike ${zoek} or p.code ilike ${zoek} order by p.naam, p.code limit 10`.execute(db)
  return rows
}

export async function listKeuzes(db: Db) {
  const gemeenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente order by naam`.execute(db)
  const segmenten = await sql<{ waarde: string; naam: string }>`
    select segment_id::text as waarde, naam from contracten.segment order by volgorde`.execute(db)
  const aanbieders = await sql<{ waarde: string; naam: string }>`
    select aanbieder_id::text as waarde, naam from aanbieders.aanbieder order by naam`.execute(db)
  return { gemeenten: gemeenten.rows, segmenten: segmenten.rows, aanbieders: aanbieders.rows }
}
