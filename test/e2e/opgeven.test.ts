import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { killHard } from '../support/proces.ts'
import { TESTSLEUTEL } from '../support/sleutel.ts'
import { startWebproces } from '../support/webproces.ts'

/**
 * The built program, started as for real, watches over itself: what cannot work any more ends with a fault, so that
 * whatever started it starts it anew. What makes it unfit and how long it waits is tested in src/app; here that it does.
 */
const db = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'samenhang-opgeven-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a process whose key was changed under it ends by itself, with a fault and the reason', async () => {
  await db.owner.query(`insert into platform.instelling (sleutel, waarde) values ('regio-geladen', 'true')`)
  const proces = await startWebproces({ databaseUrl: db.url, sleutel: TESTSLEUTEL, data: folder })
  try {
    const einde = once(proces.child, 'exit')
    // As another process that changes the key leaves it.
    await db.owner.query(
      `insert into platform.sleutel (sleutel_nr, zegelsleutel, zegel_begin, klaar_op)
       select sleutel_nr + 1, zegelsleutel, zegel_begin, now() from platform.sleutel order by 1 desc limit 1`,
    )
    expect(await einde).toEqual([1, null])
    expect(proces.fouten()).toContain(
      'De sleutel van de database is gewisseld. Samenhang stopt en moet opnieuw worden gestart.',
    )
  } finally {
    await killHard(proces.child)
  }
})
