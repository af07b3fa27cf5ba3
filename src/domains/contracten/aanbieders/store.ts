import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
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

export interface Filter {
  zoek: string | null
  wet: 'jw' | 'wmo' | null
  segment: number | null
  /** With or without a contract that holds today; null does not filter. */
  contract: 'ja' | 'nee' | null
}

export interface Selectie {
  filter: Filter
  vandaag: Datum
}

const LOPEND = (vandaag: Datum) =>
  sql`contracten.contract c where c.aanbieder_id = a.aanbieder_id and c.geldigheid @> ${vandaag}::date`

const kolommen = (vandaag: Datum) => sql`a.aanbieder_id as "aanbiederId", a.agb, a.kvk, a.naam,
  (select l.plaats from aanbieders.locatie l where l.aanbieder_id = a.aanbieder_id order by l.volgnummer limit 1) as plaats,
  array(select distinct s.naam::text from contracten.contract_segment cs join contracten.segment s using (segment_id)
    where cs.contract_id in (select c.contract_id from ${LOPEND(vandaag)}) order by 1) as segmenten,
  (select count(distinct cg.gemeente) from contracten.contract_gemeente cg
    where cg.contract_id in (select c.contract_id from ${LOPEND(vandaag)})) as gemeenten,
  (select count(*) from ${LOPEND(vandaag)}) as contracten`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  naam: sql`a.naam`,
  agb: sql`a.agb`,
  plaats: sql`plaats`,
  gemeenten: sql`gemeenten`,
  contracten: sql`contracten`,
}
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

function conditions({ filter, vandaag }: Selectie): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  const { zoek, wet, segment, contract } = filter
  if (zoek !== null) eisen.push(sql`(a.naam ilike ${zoek} or a.agb like ${zoek} or a.kvk like ${zoek})`)
  const metSegment = (eis: RawBuilder<unknown>) => sql`exists (
    select from contracten.contract_segment cs join contracten.segment s using (segment_id)
    where cs.contract_id in (select c.contract_id from ${LOPEND(vandaag)}) and ${eis})`
  if (wet !== null) eisen.push(metSegment(sql`s.wet = ${wet}`))
  if (segment !== null) eisen.push(metSegment(sql`s.segment_id = ${segment}`))
  if (contract === 'ja') eisen.push(sql`exists (select from ${LOPEND(vandaag)})`)
  if (contract === 'nee') eisen.push(sql`not exists (select from ${LOPEND(vandaag)})`)
  return sql.join(eisen, sql` and `)
}

export async function listAanbieders(
  db: Db,
  selectie: Selectie,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Aanbieder[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`a.naam`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Aanbieder>`
    select ${kolommen(selectie.vandaag)} from aanbieders.aanbieder a where ${conditions(selectie)}
    order by ${kolom} ${richting} nulls last, a.naam, a.aanbieder_id
    limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

export async function countAanbieders(db: Db, selectie: Selectie): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from aanbieders.aanbieder a where ${conditions(selectie)}`.execute(db)
  return rows[0]?.n ?? 0
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
