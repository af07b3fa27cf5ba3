import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { VORMEN, volledig } from '../../../test/support/opdrachten.ts'
import { laadTestregio, lever, testOmgeving, toewijzingsbericht } from '../../../test/support/regio.ts'
import { TESTSLEUTEL } from '../../../test/support/sleutel.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { projectRoot, readConfig } from '../../platform/config.ts'
import { asOwner } from '../omgeving.ts'
import { claimMap } from '../startproeven.ts'
import { changeSleutel } from './wissel.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const map = await mkdtemp(join(tmpdir(), 'samenhang-sleutel-'))
afterAll(() => rm(map, { recursive: true, force: true }))
const bestand = join(map, 'sleutel')

const start = (sleutel = '') =>
  samenhang(db, ['gebruiker', 'lijst'], { SAMENHANG_SLEUTEL: sleutel, SAMENHANG_DATA: map })

test('an empty database gets a key of its own, for its owner only, and keeps it', async () => {
  await db.owner.query('delete from platform.sleutel')
  const eerst = await start()
  expect(eerst.status).toBe(0)
  expect(eerst.stderr).toContain(
    `Er is een nieuwe sleutel gemaakt, voor deze database: ${bestand}. Bewaar hem`,
  )
  expect((await stat(bestand)).mode & 0o777).toBe(0o600)
  const weer = await start()
  expect([weer.status, weer.stderr]).toEqual([0, ''])
})

test('for real work on a database of one’s own no key is made', async () => {
  await db.owner.query('delete from platform.sleutel')
  await rm(bestand)
  const productie = {
    SAMENHANG_MODUS: 'productie',
    OIDC_ISSUER: 'https://inloggen.example',
    OIDC_CLIENT_ID: 'a',
    OIDC_CLIENT_SECRET: 'b',
    SAMENHANG_SLEUTEL: '',
    SAMENHANG_DATA: map,
  }
  const { status, stderr, waar } = await samenhang(db, ['db', 'migreer'], productie)
  expect([status, stderr]).toEqual([2, expect.stringContaining('Deze database heeft nog geen sleutel.')])
  expect(waar).toMatch(/^Database test_\w+ op /)
  expect(existsSync(bestand)).toBe(false)
  // Nor for a command that only looks at one that nobody named for anything yet.
  const kijk = await samenhang(db, ['audit', 'controleer'], {
    SAMENHANG_MODUS: '',
    SAMENHANG_SLEUTEL: '',
    SAMENHANG_DATA: map,
  })
  expect([kijk.status, kijk.stderr]).toEqual([2, expect.stringContaining('nog geen sleutel')])
  expect(existsSync(bestand)).toBe(false)
  expect((await start()).status).toBe(0)
})

test('without its key a database does not start, and no key is made', async () => {
  await rm(bestand)
  const { status, stderr } = await start()
  expect([status, stderr]).toEqual([2, expect.stringContaining('De sleutel van deze database ontbreekt')])
  expect(existsSync(bestand)).toBe(false)
})

/** What needs no database, and so says of none on which it works. */
const ZONDER_DATABASE = ['bericht controleer', 'bericht lees', 'bericht schrijf']
/** What makes a region in memory, half a minute long, and opens nothing. */
const IN_GEHEUGEN = ['regio maak', 'regio ijk']
/** What a DBA does once, before there is a key. */
const ZONDER_SLEUTEL = ['reservekopie rol']
/** Values that are well formed, so that it is the missing key that is met. */
const WAARDEN: Readonly<Record<string, string>> = {
  ROL: 'beheerder',
  'E-MAIL': 'a@b.example',
  REDEN: 'proef',
  MAP: join(projectRoot(), 'regio/leidschendam-voorburg'),
  BESTAND: join(map, 'bestand'),
}

test.each(VORMEN.filter(([naam, wat]) => !IN_GEHEUGEN.includes(`${naam} ${wat}`)))(
  'and no command makes a key, or works on a database unsaid: %s %s',
  async (naam, wat, vorm) => {
    const welke = `${naam} ${wat}`
    await rm(bestand, { force: true })
    const argumenten = volledig(vorm).map(deel => WAARDEN[deel.replace('…', '')] ?? deel)
    const { status, waar, stderr } = await samenhang(db, [naam, wat, ...argumenten], {
      SAMENHANG_SLEUTEL: '',
      SAMENHANG_DATA: map,
    })
    expect(status).toBe(ZONDER_SLEUTEL.includes(welke) ? 0 : 2)
    expect(existsSync(bestand)).toBe(false)
    if (ZONDER_DATABASE.includes(welke)) return
    // Before anything is thrown away it is asked, by name.
    if (welke === 'db leeg') expect(stderr).toMatch(/weg van de database test_\w+ op .+ --ja/s)
    else expect(waar).toMatch(/^Database test_\w+ op .+ (?:in gebruik voor|nog niet in gebruik)/)
  },
)

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

test('a change while Samenhang runs on our own server says to stop it first, and changes nothing', async () => {
  const config = readConfig({
    SAMENHANG_DATA: map,
    SAMENHANG_SLEUTEL: Buffer.alloc(32, 3).toString('base64'),
    SAMENHANG_SLEUTEL_OUD: TESTSLEUTEL.toString('base64'),
  })
  const sleutels = () => db.owner.query('select sleutel_nr, zegelsleutel, klaar_op from platform.sleutel')
  await asOwner({ ownerUrl: db.url }, async client => {
    const wissel = () => changeSleutel(config, client, () => undefined)
    const voor = (await sleutels()).rows
    const release = await claimMap(config)
    await expect(wissel().finally(release)).rejects.toThrow(
      'Samenhang draait nog met de oude sleutel. Stop Samenhang eerst',
    )
    expect((await sleutels()).rows).toEqual(voor)
    await wissel()
    expect((await sleutels()).rows).toHaveLength(2)
    // With both keys it may run again while the files are done: the same command goes on beside it.
    const weer = await claimMap(config)
    await wissel().finally(weer)
  })
})

test('on a database that somebody brought it goes on, whoever runs', async () => {
  const config = readConfig({
    DATABASE_URL: db.url,
    SAMENHANG_MODUS: 'demonstratie',
    SAMENHANG_DATA: map,
    SAMENHANG_SLEUTEL: Buffer.alloc(32, 4).toString('base64'),
    SAMENHANG_SLEUTEL_OUD: Buffer.alloc(32, 3).toString('base64'),
  })
  // Whoever holds this folder works on our own server, which this command does not touch.
  const release = await claimMap({ ...config, databaseUrl: undefined })
  await asOwner({ ownerUrl: db.url }, client => changeSleutel(config, client, () => undefined)).finally(
    release,
  )
  const { rows } = await db.owner.query('select count(*)::int as n from platform.sleutel')
  expect(rows).toEqual([{ n: 3 }])
})
