import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { findDatabaseId, highest, makeZegelgeheugen } from './zegelgeheugen.ts'

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'samenhang-zegelgeheugen-'))
})
afterEach(() => rm(data, { recursive: true, force: true }))

const STAND = { nummer: 3, hash: 'ab'.repeat(32) }
const LATER = { nummer: 4, hash: 'cd'.repeat(32) }
const [ID, ANDER] = ['7713363110794698929-16384', '7713363110794698929-16385'] as const
const ADRES = 'postgresql://web:geheim@db.example:5432/samenhang'

test.each([
  ['as it was', ADRES],
  ['another login', 'postgresql://eigenaar@db.example:5432/samenhang'],
  ['the usual port left out', 'postgresql://web@db.example/samenhang'],
  ['a number for the name', 'postgresql://web:geheim@192.0.2.1:5432/samenhang'],
  ['a socket', 'postgresql:///samenhang?host=/run/postgresql'],
  ['a socket, with who logs in', 'postgresql://web@/samenhang?host=/run/postgresql'],
  ['a socket in the place of the host', 'postgresql://web@%2Frun%2Fpostgresql/samenhang'],
  ['our own', undefined],
])('one database has one file, however its address is written: %s', async (_, adres) => {
  await makeZegelgeheugen(data, ADRES, ID).write(STAND)
  const geheugen = makeZegelgeheugen(data, adres, ID)
  expect(await geheugen.read()).toEqual([STAND])
  await geheugen.write(LATER)
  expect(await makeZegelgeheugen(data, ADRES, ID).read()).toEqual([LATER])
  expect((await readdir(data)).filter(naam => !naam.startsWith('zegel-adres-'))).toEqual([`zegel-${ID}`])
})

test('another database at another address begins with nothing known', async () => {
  await makeZegelgeheugen(data, ADRES, ID).write(STAND)
  for (const adres of [`${ADRES}2`, 'postgresql://web@db.example:5433/samenhang', undefined])
    expect(await makeZegelgeheugen(data, adres, ANDER).read()).toEqual([])
})

describe('the owner puts another database in its place', () => {
  beforeEach(() => makeZegelgeheugen(data, ADRES, ID).write(STAND))

  test('what was known of the one that the address led to is asked of it', async () => {
    expect(await makeZegelgeheugen(data, 'postgresql://x@db.example/samenhang', ANDER).read()).toEqual([
      STAND,
    ])
  })

  test('also when that other one is known by itself', async () => {
    await makeZegelgeheugen(data, `${ADRES}-proef`, ANDER).write(LATER)
    expect(await makeZegelgeheugen(data, ADRES, ANDER).read()).toEqual([LATER, STAND])
  })

  test('until it is said that this was meant', async () => {
    await makeZegelgeheugen(data, ADRES, ANDER).write(LATER)
    expect(await makeZegelgeheugen(data, ADRES, ANDER).read()).toEqual([LATER])
  })
})

// The names of before: of the spelling of the address (the first sixteen digits of a hash), and `eigen`.
test.each([
  [ADRES, 'zegel-OUD'],
  [undefined, 'zegel-eigen'],
])('a file of before is read, and gone after the next seal: %s', async (adres, naam) => {
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update('db.example:5432  /samenhang').digest('hex').slice(0, 16)
  await writeFile(join(data, naam.replace('OUD', hash)), `3:${STAND.hash}\n`)
  const geheugen = makeZegelgeheugen(data, adres, ID)
  expect(await geheugen.read()).toEqual([STAND])
  await geheugen.write(LATER)
  expect(await geheugen.read()).toEqual([LATER])
  expect((await readdir(data)).sort()).toEqual([`zegel-${ID}`, expect.stringMatching(/^zegel-adres-/)])
})

test('nothing is known any more of a database that was emptied', async () => {
  const geheugen = makeZegelgeheugen(data, ADRES, ID)
  await geheugen.write(STAND)
  await geheugen.write(undefined)
  expect(await readdir(data)).toEqual([])
})

test('an address that says where the database was, and is damaged, is no reason to forget it', async () => {
  const geheugen = makeZegelgeheugen(data, ADRES, ID)
  await geheugen.write(STAND)
  const [adres = ''] = (await readdir(data)).filter(naam => naam.startsWith('zegel-adres-'))
  await writeFile(join(data, adres), 'onzin')
  await expect(geheugen.read()).rejects.toThrow('is beschadigd')
})

test('a database is called the same by whoever asks, and another is called otherwise', async () => {
  const [een, ander] = [await testDatabase(), await testDatabase()]
  const url = new URL(een.url)
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  const anders = new pg.Client({ connectionString: url.href })
  await anders.connect()
  const id = await findDatabaseId(een.owner)
  expect(id).toMatch(/^\d+-\d+$/)
  expect(await findDatabaseId(anders)).toBe(id)
  expect(await findDatabaseId(een.database.pool)).toBe(id)
  expect(await findDatabaseId(ander.owner)).not.toBe(id)
  await anders.end()
})

test('the highest that is known counts, whatever stands first', () => {
  expect([highest([STAND, LATER]), highest([LATER, STAND]), highest([])]).toEqual([4, 4, null])
})

test('a seal that cannot be kept leaves nothing half: no file beside it, and no address that leads to it', async () => {
  // A folder in its place: everything goes well until the file takes its name.
  await mkdir(join(data, `zegel-${ID}`))
  await expect(makeZegelgeheugen(data, ADRES, ID).write(STAND)).rejects.toThrow()
  expect(await readdir(data)).toEqual([`zegel-${ID}`])
})

test('what is kept is on the disk before it takes the name of what was there', async () => {
  const proef = await open(join(data, 'proef'), 'w')
  const sync = vi.spyOn(Object.getPrototypeOf(proef), 'sync')
  await proef.close()
  await rm(join(data, 'proef'))
  const sindsdien: string[][] = []
  sync.mockImplementation(async () => {
    sindsdien.push(await readdir(data))
  })
  try {
    await makeZegelgeheugen(data, ADRES, ID).write(STAND)
  } finally {
    sync.mockRestore()
  }
  // At each of the two moments the file still has its passing name.
  expect(sindsdien).toHaveLength(2)
  expect(sindsdien[0]).toEqual([expect.stringMatching(new RegExp(`^zegel-${ID}\\.[0-9a-f]{12}$`))])
  expect(sindsdien[1]?.sort()).toEqual([
    `zegel-${ID}`,
    expect.stringMatching(/^zegel-adres-.*\.[0-9a-f]{12}$/),
  ])
})
