import { sql } from 'kysely'
import type { Datum } from '../../platform/dates.ts'
import type { Db } from '../../platform/db/tables.ts'

export interface Actie {
  actie: string
  aantal: number
  personen: number
}

/** What the log holds of today, per kind of action. */
export async function listActiesVandaag(db: Db, vandaag: Datum): Promise<Actie[]> {
  const { rows } = await sql<Actie>`
    select actie, count(*) as aantal, count(distinct wie) as personen from platform.gebeurtenis
    where op >= ${vandaag}::date and op < ${vandaag}::date + 1 group by actie order by aantal desc, actie`.execute(
    db,
  )
  return rows
}
