import { expect } from 'vitest'
import type { TestDatabase } from './database.ts'

/** Until so many in this database wait for a lock: then what was set going has come to where it must wait. */
export async function untilSomebodyWaits(db: Pick<TestDatabase, 'owner'>, hoeveel = 1): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await db.owner.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows[0]?.n
    })
    .toBeGreaterThanOrEqual(hoeveel)
}
