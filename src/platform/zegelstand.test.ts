import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeZegelgeheugen } from './zegelstand.ts'

const data = await mkdtemp(join(tmpdir(), 'samenhang-zegelstand-'))
afterAll(() => rm(data, { recursive: true, force: true }))

const PRODUCTIE = 'postgresql://web:geheim@db.example:5432/samenhang'

test.each([
  ['another login of the same', 'postgresql://eigenaar@db.example:5432/samenhang', true],
  ['another database on that server', 'postgresql://web:geheim@db.example:5432/acceptatie', false],
  ['another port', 'postgresql://web:geheim@db.example:5433/samenhang', false],
  ['another server', 'postgresql://web:geheim@elders.example:5432/samenhang', false],
  ['another socket', 'postgresql:///samenhang?host=/run/een', false],
  ['our own', undefined, false],
])('one folder keeps what it knows per database: %s', async (_, adres, dezelfde) => {
  const stand = { nummer: 3, hash: 'ab'.repeat(32) }
  await makeZegelgeheugen(data, PRODUCTIE).write(stand)
  expect(await makeZegelgeheugen(data, adres).read()).toEqual(dezelfde ? stand : undefined)
})
