import { expect } from 'vitest'
import type { TestDatabase } from './database.ts'

/** What was done is in the log, each at least once, and by somebody: the last test of a file that does all of it. */
export async function expectLogged(
  db: Pick<TestDatabase, 'owner'>,
  acties: readonly string[],
): Promise<void> {
  const { rows } = await db.owner.query<{ actie: string }>(
    `select distinct actie from platform.gebeurtenis where actie = any($1) and wie like 'gebruiker:%' order by 1`,
    [acties],
  )
  expect(rows.map(({ actie }) => actie)).toEqual([...acties].sort())
}
