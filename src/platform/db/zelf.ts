import { sql } from 'kysely'
import type { Db } from './tables.ts'

/** From here on this transaction also sees what only this person may: what they keep for themselves, and how far their work is. */
export async function asSelf(db: Db, wie: { id: string }): Promise<void> {
  await sql`select set_config('app.wie', ${wie.id}, true)`.execute(db)
}
