import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { TESTSLEUTEL } from '../../test/support/sleutel.ts'
import { readConfig } from '../platform/config.ts'
import { openWerkplek } from './omgeving.ts'

const data = await mkdtemp(join(tmpdir(), 'samenhang-omgeving-'))
afterAll(() => rm(data, { recursive: true, force: true }))

test('a process works with the times and the folder that were set', async () => {
  const { url } = await testDatabase()
  const werkplek = await openWerkplek(
    readConfig({
      DATABASE_URL: url,
      SAMENHANG_MODUS: 'demonstratie',
      SAMENHANG_SLEUTEL: TESTSLEUTEL.toString('base64'),
      SAMENHANG_DATA: data,
      SAMENHANG_DB_TIJD: '7',
      SAMENHANG_DB_STILTE: '3',
    }),
  )
  try {
    const { pool } = werkplek.database
    const { rows } = await pool.query('show statement_timeout')
    expect([rows[0], pool.options.query_timeout]).toEqual([{ statement_timeout: '7s' }, 10_000])
  } finally {
    await werkplek.sluit()
  }
})
