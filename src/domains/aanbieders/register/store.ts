import { type Generated, sql } from 'kysely'
import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Db } from '../../../platform/db/tables.ts'

/** Providers by AGB code; a code that is unknown is simply absent from the answer. */
export async function mapAanbiedersByAgb(db: Db, agbs: readonly string[]): Promise<Map<string, number>> {
  const rows = await queryKeys<{ agb: string; aanbieder_id: number }>(
    db,
    { agb: 'text' },
    [...new Set(agbs)].map(agb => [agb]),
    'select agb, aanbieder_id from vraag join aanbieders.aanbieder using (agb)',
  )
  return new Map(rows.map(row => [row.agb, row.aanbieder_id]))
}

/** Providers by part of their name, AGB code or KvK number; those that begin with it come first. */
export async function searchAanbieders(
  db: Db,
  zoek: string,
): Promise<{ aanbiederId: number; naam: string; agb: string; plaats: string | null }[]> {
  const { rows } = await sql<{ aanbiederId: number; naam: string; agb: string; plaats: string | null }>`
    select a.aanbieder_id as "aanbiederId", a.naam, a.agb,
           (select l.plaats from aanbieders.locatie l where l.aanbieder_id = a.aanbieder_id
            order by l.volgnummer limit 1) as plaats
    from aanbieders.aanbieder a
    where a.naam ilike ${zoek} or a.agb like ${zoek} or a.kvk like ${zoek}
    order by a.naam ilike ${zoek.slice(1)} desc, a.naam limit 10`.execute(db)
  return rows
}

declare module '../../../platform/db/tables.ts' {
  interface Tables {
    'aanbieders.aanbieder': AanbiederTable
    'aanbieders.locatie': LocatieTable
  }
}

interface AanbiederTable {
  aanbieder_id: Generated<number>
  agb: string
  kvk: string | null
  naam: string
  iban: Generated<string | null>
  email: Generated<string | null>
  telefoon: Generated<string | null>
}

interface LocatieTable {
  aanbieder_id: number
  volgnummer: number
  naam: string
  postcode: string | null
  plaats: string
}
