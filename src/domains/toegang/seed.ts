import { insertBulk } from '../../platform/db/bulk.ts'
import type { Tx } from '../../platform/db/tables.ts'

export interface SeedVerwijzing {
  gemeente: string
  domein: string
  toewijzingNummer: number
  verwijzer: string
  datum: string
  cluster: string
  herhaald: boolean
}

/** Referrals of a demonstration region; a 301 does not carry them, so they come first. */
export async function seedVerwijzingen(tx: Tx, verwijzingen: readonly SeedVerwijzing[]): Promise<void> {
  await insertBulk(
    tx,
    'toegang.verwijzing',
    {
      gemeente: 'text',
      domein: 'text',
      nummer: 'bigint',
      verwijzer: 'text',
      verwezen_op: 'date',
      probleemcluster: 'text',
      herhaald: 'boolean',
    },
    verwijzingen.map(v => [
      v.gemeente,
      v.domein,
      v.toewijzingNummer,
      v.verwijzer,
      v.datum,
      v.cluster,
      v.herhaald,
    ]),
  )
}
