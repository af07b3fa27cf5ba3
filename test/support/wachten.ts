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

/** Runs `actie` while another connection holds what `slot` takes: it must wait for that, and goes on after `intussen`. */
export async function whileHeld<T>(
  db: Pick<TestDatabase, 'owner'>,
  slot: string,
  actie: () => Promise<T>,
  intussen: () => Promise<unknown> = async () => undefined,
): Promise<T> {
  const ander = await db.owner.connect()
  try {
    await ander.query('begin')
    await ander.query(slot)
    const bezig = actie()
    await untilSomebodyWaits(db)
    await intussen()
    await ander.query('commit')
    return await bezig
  } finally {
    ander.release(true)
  }
}
