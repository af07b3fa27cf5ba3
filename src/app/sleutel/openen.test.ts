import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, lever, testOmgeving, toewijzingsbericht } from '../../../test/support/regio.ts'
import { TESTSLEUTEL } from '../../../test/support/sleutel.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const map = await mkdtemp(join(tmpdir(), 'samenhang-sleutel-'))
afterAll(() => rm(map, { recursive: true, force: true }))
const bestand = join(map, 'sleutel')

const start = (sleutel = '') =>
  samenhang(db, ['gebruiker', 'lijst'], { SAMENHANG_SLEUTEL: sleutel, SAMENHANG_DATA: map })

test('an empty database gets a key of its own, for its owner only, and keeps it', async () => {
  await db.owner.query('delete from platform.sleutel')
  expect((await start()).status).toBe(0)
  expect((await stat(bestand)).mode & 0o777).toBe(0o600)
  expect((await start()).status).toBe(0)
})

test('without its key a database does not start, and no key is made', async () => {
  await rm(bestand)
  const { status, stderr } = await start()
  expect([status, stderr]).toEqual([2, expect.stringContaining('De sleutel van deze database ontbreekt')])
  expect(existsSync(bestand)).toBe(false)
  for (const opdracht of [
    ['db', 'migreer'],
    ['sleutel', 'wissel'],
    ['reservekopie', 'controleer'],
    ['audit', 'controleer'],
  ])
    expect((await samenhang(db, opdracht, { SAMENHANG_SLEUTEL: '', SAMENHANG_DATA: map })).status).toBe(2)
  expect(existsSync(bestand)).toBe(false)
})

test('a database of before this check takes the key that reads it, and no other', async () => {
  await laadTestregio(omgeving)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  await db.owner.query('delete from platform.sleutel')
  const { status, stderr } = await start(Buffer.alloc(32, 1).toString('base64'))
  expect([status, stderr]).toEqual([2, expect.stringContaining('De sleutel hoort niet bij deze database')])
  await writeFile(bestand, TESTSLEUTEL.toString('base64'), { mode: 0o600 })
  expect((await start()).status).toBe(0)
})

test('a key file that others can read, or that is damaged, is refused', async () => {
  await rm(bestand)
  await writeFile(bestand, TESTSLEUTEL.toString('base64'), { mode: 0o644 })
  expect((await start()).stderr).toContain('leesbaar voor anderen')
  await rm(bestand)
  await writeFile(bestand, 'kort', { mode: 0o600 })
  expect((await start()).stderr).toContain('is beschadigd')
})
