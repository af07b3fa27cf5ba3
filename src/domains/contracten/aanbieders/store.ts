import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { type Lijstbron, searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'

export interface Aanbieder {
  aanbiederId: number
  agb: string
  kvk: string | null
  naam: string
  /** Place of the first location. */
  plaats: string | null
  /** Segments and municipalities of the contracts that hold today. */
  segmenten: string[]
  gemeenten: number
  contracten: number
}

/** What contracts of provider `a` say today; what they cover stands beside it. */
const LOPEND = (vandaag: Datum) => sql`contracten.contractversie v
  left join contracten.contract_segment using (contract_id, begin) left join contracten.contract_gemeente using (contract_id, begin)
  where v.aanbieder_id = a.aanbieder_id and v.geldigheid @> ${vandaag}::date`

const kolommen = (vandaag: Datum) => sql`a.aanbieder_id as "aanbiederId", a.agb, a.kvk, a.naam,
  (select l.plaats from aanbieders.locatie l where l.aanbieder_id = a.aanbieder_id order by l.volgnummer limit 1) as plaats,
  array(select distinct naam::text from contracten.segment
    where segment_id in (select segment_id from ${LOPEND(vandaag)}) order by 1) as segmenten,
  (select count(distinct gemeente) from ${LOPEND(vandaag)}) as gemeenten,
  (select count(distinct v.contract_id) from ${LOPEND(vandaag)}) as contracten`

/** Of the list: a contract that holds on the day it is looked at. */
export const AANBIEDERS = (vandaag: Datum): Lijstbron<Aanbieder> => {
  const metSegment = (eis: RawBuilder<unknown>) => sql`exists (
    select from contracten.segment s where ${eis}
      and s.segment_id in (select segment_id from ${LOPEND(vandaag)}))`
  return {
    kolommen: kolommen(vandaag),
    van: sql`aanbieders.aanbieder a`,
    sleutel: sql`a.aanbieder_id`,
    volgorde: {
      naam: sql`a.naam`,
      agb: sql`a.agb`,
      plaats: sql`plaats`,
      gemeenten: sql`gemeenten`,
      contracten: sql`contracten`,
    },
    eisen: {
      zoek: searchEis(sql`a.naam`, sql`a.agb`, sql`a.kvk`),
      wet: wet => (wet === '' ? null : metSegment(sql`s.wet = ${wet}`)),
      segment: segment => (segment === '' ? null : metSegment(sql`s.segment_id = ${Number(segment)}`)),
      contract: contract =>
        contract === '' ? null : sql`${contract === 'ja'} = exists (select from ${LOPEND(vandaag)})`,
    },
  }
}

export async function findAanbieder(
  db: Db,
  aanbiederId: number,
  vandaag: Datum,
): Promise<Aanbieder | undefined> {
  const { rows } = await sql<Aanbieder>`
    select ${kolommen(vandaag)} from aanbieders.aanbieder a where a.aanbieder_id = ${aanbiederId}`.execute(db)
  return rows[0]
}

export interface Locatie {
  volgnummer: number
  naam: string
  postcode: string | null
  plaats: string
}

export async function listLocaties(db: Db, aanbiederId: number): Promise<Locatie[]> {
  const { rows } = await sql<Locatie>`
    select volgnummer, naam, postcode, plaats from aanbieders.locatie
    where aanbieder_id = ${aanbiederId} order by volgnummer`.execute(db)
  return rows
}

/** The segments a list can be narrowed to. */
export async function listSegmenten(db: Db): Promise<{ waarde: string; naam: string }[]> {
  const { rows } = await sql<{ waarde: string; naam: string }>`
    select segment_id::text as waarde, naam from contracten.segment order by volgorde`.execute(db)
  return rows
}
