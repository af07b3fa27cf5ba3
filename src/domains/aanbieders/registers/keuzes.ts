import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Optie } from '../../../platform/ui/velden.tsx'

/** The providers that can be chosen, by the code that a file and a message name too. */
export async function listAanbieders(db: Db): Promise<Optie[]> {
  const { rows } = await sql<Optie>`
    select agb as waarde, naam from aanbieders.aanbieder order by naam, agb`.execute(db)
  return rows
}
