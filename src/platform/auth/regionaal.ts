import { sql } from 'kysely'
import type { Db } from '../db/tables.ts'
import { Problem } from '../problem.ts'

/** True for who works for every municipality: only they write policy of the region. The database holds it as well. */
export async function isRegionaal(db: Db): Promise<boolean> {
  const { rows } = await sql<{ ja: boolean }>`select app.is_regionaal() as ja`.execute(db)
  return rows[0]?.ja ?? false
}

/** Throws 403 for policy of the region (`gemeente` null) when the asker works for some of its municipalities only. */
export async function demandRegionaal(db: Db, gemeente: string | null): Promise<void> {
  if (gemeente !== null || (await isRegionaal(db))) return
  throw new Problem(
    403,
    'beleid-van-de-regio',
    'Dit is beleid van de regio',
    'Alleen wie voor alle gemeenten werkt, wijzigt beleid van de regio. Meedenken kan wel.',
  )
}
