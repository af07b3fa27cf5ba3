import type { Generated } from 'kysely'
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
