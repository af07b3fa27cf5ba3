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
