import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { NOBODY } from './db/database.ts'
import { enqueue, startJobs } from './jobs.ts'

const db = await testDatabase()

test('what a job fails on is logged and kept by its kind and place, without a value of a row', async () => {
  const log: string[] = []
  const kept = async () => (await db.owner.query('select last_error from graphile_worker._private_jobs')).rows
  const jobs = startJobs(
    db.database,
    { opruimen: async () => void (await db.owner.query("select 'Jansen'::integer")) },
    (niveau, tekst) => log.push(`${niveau} ${tekst}`),
  )
  await db.database.write(NOBODY, tx => enqueue(tx, 'opruimen', {}))
  try {
    await expect
      .poll(() => log.filter(regel => regel.startsWith('error')), { timeout: 20_000 })
      .toHaveLength(1)
    await expect.poll(async () => JSON.stringify(await kept())).toContain('22P02')
  } finally {
    await jobs.stop()
  }
  const fouten = log.filter(regel => regel.startsWith('error')).join()
  expect(fouten).toContain('22P02')
  expect(fouten).toContain('jobs.test.ts')
  expect(fouten + JSON.stringify(await kept())).not.toContain('Jansen')
}, 40_000)
