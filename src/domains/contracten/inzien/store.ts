import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { type Lijstbron, nummerEis, searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Looptijd, Tarief } from './rules.ts'

export interface Contract {
  contractId: number
  nummer: string
  aanbiederId: number
  aanbieder: string
  agb: string
  begin: Datum
  /** Last day; null when open-ended. */
  eind: Datum | null
  segmenten: string[]
  wetten: ('jw' | 'wmo')[]
  gemeenten: string[]
  producten: number
}

/** The last day inside a daterange. */
const LAATSTE = (kolom: string) => sql`(upper(${sql.ref(kolom)}) - 1)`

const BRON = sql`contracten.contract c join aanbieders.aanbieder a on a.aanbieder_id = c.aanbieder_id`
const KOLOMMEN = sql`c.contract_id as "contractId", c.nummer, c.aanbieder_id as "aanbiederId", a.naam as aanbieder, a.agb,
  lower(c.geldigheid) as begin, ${LAATSTE('c.geldigheid')} as eind,
  array(select s.naam::text from contracten.contract_segment cs join contracten.segment s using (segment_id)
    where cs.contract_id = c.contract_id order by s.volgorde) as segmenten,
  array(select distinct s.wet from contracten.contract_segment cs join contracten.segment s using (segment_id)
    where cs.contract_id = c.contract_id order by s.wet) as wetten,
  array(select g.naam::text from contracten.contract_gemeente cg join contracten.gemeente g on g.code = cg.gemeente
    where cg.contract_id = c.contract_id order by g.naam) as gemeenten,
  (select count(distinct (t.wet, t.code)) from contracten.tarief t where t.contract_id = c.contract_id) as producten`

const LOOPTIJD: Readonly<Record<Looptijd, (dag: Datum) => RawBuilder<unknown>>> = {
  lopend: dag => sql`c.geldigheid @> ${dag}::date`,
  toekomstig: dag => sql`lower(c.geldigheid) > ${dag}::date`,
  afgelopen: dag => sql`upper(c.geldigheid) <= ${dag}::date`,
}

/** Contracts as they stand on the day they are looked at. */
export const CONTRACTEN = (vandaag: Datum): Lijstbron<Contract> => ({
  kolommen: KOLOMMEN,
  van: BRON,
  sleutel: sql`c.contract_id`,
  volgorde: {
    nummer: sql`c.nummer`,
    aanbieder: sql`a.naam`,
    begin: sql`lower(c.geldigheid)`,
    eind: sql`upper(c.geldigheid)`,
    producten: sql`producten`,
  },
  eisen: {
    zoek: searchEis(sql`c.nummer`, sql`a.naam`, sql`a.agb`),
    wet: wet =>
      wet === ''
        ? null
        : sql`exists (select from contracten.contract_segment cs join contracten.segment s using (segment_id)
            where cs.contract_id = c.contract_id and s.wet = ${wet})`,
    segment: segment =>
      segment === ''
        ? null
        : sql`exists (select from contracten.contract_segment cs
            where cs.contract_id = c.contract_id and cs.segment_id = ${Number(segment)})`,
    gemeente: gemeente =>
      gemeente === ''
        ? null
        : sql`exists (select from contracten.contract_gemeente cg
            where cg.contract_id = c.contract_id and cg.gemeente = ${gemeente})`,
    aanbieder: nummerEis(sql`c.aanbieder_id`),
    looptijd: looptijd => (looptijd === '' ? null : LOOPTIJD[looptijd as Looptijd](vandaag)),
  },
})

export async function findContract(db: Db, contractId: number): Promise<Contract | undefined> {
  const { rows } = await sql<Contract>`
    select ${KOLOMMEN} from ${BRON} where c.contract_id = ${contractId}`.execute(db)
  return rows[0]
}

/** Contracts whose number begins with the text. */
export async function listContractenByNummer(db: Db, begin: string): Promise<Contract[]> {
  const { rows } = await sql<Contract>`
    select ${KOLOMMEN} from ${BRON} where c.nummer ilike ${begin} order by c.nummer limit 20`.execute(db)
  return rows
}

/** Every price ever agreed in a contract; `zoek` narrows to products by name or code. */
export async function listTarieven(db: Db, contractId: number, zoek: string | null): Promise<Tarief[]> {
  const eis = zoek === null ? sql`true` : sql`(p.naam ilike ${zoek} or p.code ilike ${zoek})`
  const { rows } = await sql<Tarief>`
    select p.product_id as "productId", p.naam as product, t.code, t.wet, p.eenheid, s.naam as segment,
           lower(t.geldigheid) as vanaf, ${LAATSTE('t.geldigheid')} as eind, t.tarief
    from contracten.tarief t
    join lateral (
      select p.* from contracten.product p where p.wet = t.wet and p.code = t.code
      order by p.geldigheid desc limit 1) p on true
    join contracten.segment s using (segment_id)
    where t.contract_id = ${contractId} and ${eis}
    order by s.volgorde, p.naam, p.code, lower(t.geldigheid)`.execute(db)
  return rows
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
