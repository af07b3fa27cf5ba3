import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'

export type Aard = 'preventief' | 'curatief'
export type Toegang = 'vrij' | 'geindiceerd'
export type Instrument = 'subsidie' | 'inkoop' | 'open-house' | 'eigen-dienst' | 'vrijwillig'

/** An offer of the inventory as the tools of a run show it. */
export interface Aanbod {
  aanbodId: number
  naam: string
  aard: Aard
  toegang: Toegang
  instrument: Instrument
  gebruikers: number | null
}

/** What stands in the inventory of a dossier now, by name. */
export async function listAanbodVanDossier(db: Db, dossierId: number): Promise<Aanbod[]> {
  const { rows } = await sql<Aanbod>`
    select aanbod_id as "aanbodId", naam, aard, toegang, instrument, gebruikers from beleid.aanbod
    where dossier_id = ${dossierId} and vervallen_op is null order by lower(naam), aanbod_id`.execute(db)
  return rows
}
