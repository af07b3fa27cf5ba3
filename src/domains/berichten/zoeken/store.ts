import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import { BERICHT_BRON, BERICHT_KOLOMMEN, type Berichtregel } from '../verkeer/store.ts'

/** Messages with exactly this identificatie, whoever sent them; newest first. */
export async function listByIdentificatie(db: Db, identificatie: string): Promise<Berichtregel[]> {
  const { rows } = await sql<Berichtregel>`
    select ${BERICHT_KOLOMMEN} from ${BERICHT_BRON} where b.identificatie = ${identificatie}
    order by b.ontvangen_op desc limit 20`.execute(db)
  return rows
}
