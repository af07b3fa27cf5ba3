import { expect } from 'vitest'
import { NOBODY } from '../../src/platform/db/database.ts'
import type { Tx } from '../../src/platform/db/tables.ts'
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

/** Runs `actie` while another transaction has done `hold`: it must wait for that, and goes on after `intussen`. */
export async function whileHeld<T>(
  db: TestDatabase,
  hold: (tx: Tx) => Promise<unknown>,
  actie: () => Promise<T>,
  intussen: (tx: Tx) => Promise<unknown> = async () => undefined,
): Promise<T> {
  const { bezig } = await db.database.write(NOBODY, async tx => {
    await hold(tx)
    const begonnen = actie()
    await untilSomebodyWaits(db)
    await intussen(tx)
    return { bezig: begonnen }
  })
  return bezig
}
