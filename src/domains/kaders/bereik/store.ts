import { sql } from 'kysely'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Bereik, Segment } from './rules.ts'

/** For whose policy the asker works, and the names that policy points at. */
export async function readBereik(db: Db): Promise<Bereik> {
  const gemeenten = await sql<{ code: string; naam: string }>`
    select code, naam from contracten.gemeente
    where code = any ((select app.gemeenten_beleid())::text[]) order by naam`.execute(db)
  const segmenten = await sql<Segment>`
    select segment_id as "segmentId", code, naam, wet from contracten.segment order by volgorde`.execute(db)
  return {
    gemeenten: gemeenten.rows,
    segmenten: segmenten.rows,
    regionaal: await isRegionaal(db),
  }
}
