import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { toProblem } from '../http/fouten.tsx'
import { isCorrectable, Problem } from '../problem.ts'
import { nextRang } from './beurt.ts'
import { type Database, NOBODY, openDatabase } from './database.ts'
import { SLOT } from './sloten.ts'
import type { Db } from './tables.ts'

const { database, owner, url } = await testDatabase()

test('a date stays the string it is and an int8 is a number', async () => {
  const { rows } = await database.read(NOBODY, db =>
    sql<{ d: string; n: number }>`select date '2026-03-29' as d, 9007199254740991::int8 as n`.execute(db),
  )
  expect(rows[0]).toEqual({ d: '2026-03-29', n: 9007199254740991 })
})

test('an int8 that JavaScript cannot hold is refused instead of rounded', async () => {
  await expect(
    database.read(NOBODY, db => sql`select 9007199254740993::int8 as n`.execute(db)),
  ).rejects.toThrow('int8')
})

test('without context the application role sees nothing, with it only its own', async () => {
  await owner.query(
    "insert into contracten.gemeente (code, naam) values ('0355', 'Zeist'), ('0312', 'Bunnik')",
  )
  await owner.query(
    "insert into contracten.inwonertal values ('0355', 2025, '0-17', 10), ('0312', 2025, '0-17', 20)",
  )
  const count = (gemeentenCijfers: string[]) =>
    database.read({ ...NOBODY, gemeentenCijfers }, async db => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from contracten.inwonertal`.execute(db)
      return rows[0]?.n
    })
  expect(await count([])).toBe(0)
  expect(await count(['0312'])).toBe(1)
  expect(await count(['0312', '0355'])).toBe(2)
})

test('the context does not survive its transaction', async () => {
  await database.read({ ...NOBODY, gemeentenCijfers: ['0355'] }, async () => undefined)
  const { rows } = await database.pool.query("select current_setting('app.gemeenten_cijfers', true) as c")
  expect(rows[0].c || '').toBe('')
})

test('a write that throws leaves nothing behind', async () => {
  const fout = new Error('halfway')
  await expect(
    database.write(NOBODY, async tx => {
      await sql`insert into contracten.gemeente (code, naam) values ('9999', 'Proef')`.execute(tx)
      throw fout
    }),
  ).rejects.toBe(fout)
  const { rowCount } = await owner.query("select from contracten.gemeente where code = '9999'")
  expect(rowCount).toBe(0)
})

test('a refused constraint becomes a Problem', async () => {
  await expect(
    database.write(NOBODY, tx =>
      sql`insert into contracten.gemeente (code, naam) values ('0355', 'Zeist')`.execute(tx),
    ),
  ).rejects.toMatchObject({ status: 409, type: 'bestaat-al' })
  await expect(
    database.write(NOBODY, tx => sql`delete from contracten.gemeente`.execute(tx)),
  ).rejects.toBeInstanceOf(Problem)
})

test.each([
  ['a number that is too great', sql`select ${'99999999999'}::integer`],
  ['a character that no text holds', sql`select ${'a\u0000'}::text`],
])('%s is a fault to correct, not a failure', async (_, opdracht) => {
  const fout: unknown = await database.write(NOBODY, tx => opdracht.execute(tx)).catch((e: unknown) => e)
  expect(fout).toMatchObject({ status: 400, fouten: [{ pad: '' }] })
  expect(isCorrectable(fout)).toBe(true)
})

test('a scope with anything but codes is refused before it reaches SQL', async () => {
  await expect(
    database.read({ ...NOBODY, gemeentenCijfers: ["0355'; drop"] }, async () => undefined),
  ).rejects.toThrow('municipality')
})

test.each([
  ['a number that is too great', '2147483648', 'kleiner'],
  ['a character that no column holds', 'a\u0000b', 'onzichtbaar teken'],
])('%s is a fault of what was typed', async (_, waarde, melding) => {
  const vraag = /^\d+$/.test(waarde) ? sql`select ${waarde}::int8::int4` : sql`select ${waarde}::text`
  await expect(database.write(NOBODY, tx => vraag.execute(tx))).rejects.toMatchObject({
    status: 400,
    fouten: [{ melding: expect.stringContaining(melding) }],
  })
})

test('who waits for a change of key is told to come back, long before its query is cut off', async () => {
  const { rows } = await owner.query<{ in_ms: number }>(
    `select extract(epoch from substring(proconfig[1] from 'lock_timeout=(.*)')::interval)::integer * 1000 as in_ms
     from pg_proc where oid = 'platform.eis_sleutel'::regproc`,
  )
  expect(rows[0]?.in_ms).toBeGreaterThan(0)
  expect(rows[0]?.in_ms).toBeLessThan(60_000)
  await owner.query("alter function platform.eis_sleutel set lock_timeout = '200ms'")
  const wisselaar = await owner.connect()
  const wacht = openDatabase(url, { max: 1, sleutelNr: 1 })
  try {
    await wisselaar.query('begin')
    await wisselaar.query('select pg_advisory_xact_lock($1)', [SLOT.sleutel])
    const fout = await wacht.read(NOBODY, async () => 1).catch((e: unknown) => e)
    expect(toProblem(fout)).toMatchObject({ status: 503, type: 'sleutel-wisselt' })
    await wisselaar.query('rollback')
    expect(await wacht.read(NOBODY, async () => 1)).toBe(1)
  } finally {
    wisselaar.release()
    await wacht.close()
  }
})

/** Holds every connection of a pool of one, so that what is asked meanwhile waits. */
async function whileBusy<T>(smal: Database, ask: () => Promise<T>): Promise<T> {
  const bezet = await smal.pool.connect()
  const antwoord = ask()
  bezet.release()
  return antwoord
}

test('who asks the same while it waits gets it together; another scope, another question or a later one reads anew', async () => {
  const smal = openDatabase(url, { max: 1 })
  let gelezen = 0
  const lees = async (db: Db, _wat: string) => {
    gelezen += 1
    const { rows } = await sql<{ codes: string[] }>`
      select coalesce(array_agg(gemeente), '{}') as codes from contracten.inwonertal`.execute(db)
    return rows[0]?.codes
  }
  const vraag = (gemeente: string, wat: string) =>
    smal.readTogether({ ...NOBODY, gemeentenCijfers: [gemeente] }, lees, wat)
  const antwoorden = await whileBusy(smal, () =>
    Promise.all([
      vraag('0312', 'a'),
      vraag('0312', 'a'),
      vraag('0355', 'a'),
      vraag('0312', 'b'),
      vraag('0312', 'a'),
    ]),
  )
  expect(antwoorden).toEqual([['0312'], ['0312'], ['0355'], ['0312'], ['0312']])
  expect(gelezen).toBe(3)
  await vraag('0312', 'a')
  expect(gelezen).toBe(4)
  await smal.close()
})

test('what another waits for too does not wait for what its first asker has under way', async () => {
  // Of two turns one person may have one; the other place stays free.
  const smal = openDatabase(url, { max: 2 })
  const lees = async (_db: Db, vraag: string) => vraag
  const vast = Promise.withResolvers<void>()
  const veel = () => ({ rang: nextRang(), persoon: 'veel' })
  const begin = Promise.withResolvers<void>()
  const bezig = smal.read(
    NOBODY,
    async () => {
      begin.resolve()
      await vast.promise
    },
    veel(),
  )
  await begin.promise
  const volgorde: string[] = []
  const eerste = smal.readTogether(NOBODY, lees, 'a', veel())
  const samen = smal.readTogether(NOBODY, lees, 'a', { rang: nextRang(), persoon: 'ander' })
  const klaar = Promise.all([
    eerste.then(() => volgorde.push('eerste')),
    samen.then(() => volgorde.push('samen')),
    bezig.then(() => volgorde.push('bezig')),
  ])
  // Somebody else comes and goes by the free place meanwhile: by then both have their answer.
  for (let i = 0; i < 3; i += 1) await smal.read(NOBODY, async () => undefined)
  vast.resolve()
  await klaar
  expect(volgorde).toEqual(['eerste', 'samen', 'bezig'])
  await smal.close()
})

describe('nobody gets the answer of another, asked at the same moment', () => {
  const echo = async (_db: Db, vraag: unknown) => vraag

  test('whatever two questions differ in, what JSON does not see included', async () => {
    const smal = openDatabase(url, { max: 1 })
    const waarden = fc.array(fc.anything({ withMap: true, withSet: true, withDate: true }), { minLength: 2 })
    const nauwelijks = [
      undefined,
      null,
      Number.NaN,
      '',
      0,
      '0',
      [],
      {},
      [undefined],
      [null],
      new Map(),
      new Set(),
    ]
    await fc.assert(
      fc.asyncProperty(waarden, async vragen => {
        const antwoorden = await whileBusy(smal, () =>
          Promise.all(vragen.map(vraag => smal.readTogether(NOBODY, echo, vraag))),
        )
        expect(antwoorden).toStrictEqual(vragen)
      }),
      { examples: [[nauwelijks]], numRuns: 100 },
    )
    await smal.close()
  })

  test('nor by whichever part of the scope two askers differ', async () => {
    const smal = openDatabase(url, { max: 1 })
    const zicht = async (db: Db) => {
      const { rows } = await sql<{ zicht: string }>`
        select concat_ws('|', current_setting('app.gemeenten_client'), current_setting('app.gemeenten_cijfers'),
          current_setting('app.gemeenten_beleid'), current_setting('app.aanbieder')) as zicht`.execute(db)
      return rows[0]?.zicht
    }
    const scopes = [
      NOBODY,
      { ...NOBODY, gemeentenClient: ['0312'] },
      { ...NOBODY, gemeentenCijfers: ['0312'] },
      { ...NOBODY, gemeentenBeleid: ['0312'] },
      { ...NOBODY, gemeentenCijfers: ['0312', '0355'] },
      { ...NOBODY, aanbieder: 1 },
      { ...NOBODY, aanbieder: 2 },
    ]
    const antwoorden = await whileBusy(smal, () =>
      Promise.all(scopes.map(scope => smal.readTogether(scope, zicht, null))),
    )
    expect(antwoorden).toEqual([
      '{}|{}|{}|',
      '{0312}|{}|{}|',
      '{}|{0312}|{}|',
      '{}|{}|{0312}|',
      '{}|{0312,0355}|{}|',
      '{}|{}|{}|1',
      '{}|{}|{}|2',
    ])
    await smal.close()
  })

  test('nor when a function made on the spot uses what is not in its question', async () => {
    const smal = openDatabase(url, { max: 1 })
    const vraag = (recht: string) => smal.readTogether(NOBODY, async () => recht, 'hetzelfde')
    const antwoorden = await whileBusy(smal, () => Promise.all(['wel', 'niet'].map(vraag)))
    expect(antwoorden).toEqual(['wel', 'niet'])
    await smal.close()
  })

  test('a question that holds a function cannot be compared, and is refused', () => {
    expect(() => database.readTogether(NOBODY, echo, { kies: () => 1 })).toThrow()
  })
})

test('who asks once a shared read has begun is told what was committed since', async () => {
  const smal = openDatabase(url, { max: 2 })
  const wie = { ...NOBODY, gemeentenCijfers: ['0312'] }
  let later: Promise<number | undefined> | undefined
  const tel = async (db: Db): Promise<number | undefined> => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from contracten.inwonertal`.execute(db)
    if (later === undefined) {
      await owner.query("insert into contracten.inwonertal values ('0312', 2026, '0-17', 20)")
      later = smal.readTogether(wie, tel, null)
    }
    return rows[0]?.n
  }
  const eerst = await smal.readTogether(wie, tel, null)
  expect([eerst, await later]).toEqual([1, 2])
  await smal.close()
})

test('a shared read that fails fails for all who waited, and is tried anew for the next', async () => {
  const smal = openDatabase(url, { max: 1 })
  let gelezen = 0
  const mislukEerst = async () => {
    gelezen += 1
    if (gelezen === 1) throw new Error('mislukt')
    return gelezen
  }
  const vraag = () => smal.readTogether(NOBODY, mislukEerst, null)
  const uitslag = await whileBusy(smal, () => Promise.allSettled([vraag(), vraag()]))
  expect(uitslag.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await vraag()).toBe(2)
  await smal.close()
})
