import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { buildApp } from '../../app/app.tsx'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { makeCtx, systeem, type Wie } from './ctx.ts'
import { toProblem } from './fouten.tsx'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

test('twenty exports of one session at once: somebody else’s page comes before any of them is done', async () => {
  await laadTestregio(omgeving)
  const veel = await login('privacy-officer')
  const ander = await login('beleidsadviseur')
  const slot = await db.owner.connect()
  // Until this lock goes, an export that was given a turn keeps it.
  await slot.query('begin; lock table platform.gebeurtenis in access exclusive mode')
  let klaar = 0
  const exports = Array.from({ length: 20 }, async () => {
    const { statusCode } = await app.inject({ url: '/audit/export?formaat=csv', headers: veel.headers })
    klaar += 1
    return statusCode
  })
  try {
    // Every turn that can be had is taken.
    await expect.poll(async () => waiting()).toBeGreaterThan(0)
    for (const pad of ['/doelen', '/opgaven']) {
      const { statusCode } = await app.inject({ url: pad, headers: ander.headers })
      expect([statusCode, klaar]).toEqual([200, 0])
    }
  } finally {
    await slot.query('rollback')
    slot.release()
  }
  expect(new Set(await Promise.all(exports))).toEqual(new Set([200]))
})

test('a session and the tokens of one person have their turns together', async () => {
  const zelf = { ...systeem('proef', []), id: 'gebruiker:1' }
  const wie = [zelf, ...[1, 2, 3].map(n => ({ ...zelf, id: `token:${n}`, eigenaar: 'gebruiker:1' }))]
  let bezig = 0
  let verder: () => void = () => undefined
  const poort = new Promise<void>(open => {
    verder = open
  })
  const lezen = wie.map(w =>
    makeCtx(omgeving, w).read(async () => {
      bezig += 1
      await poort
    }),
  )
  await expect.poll(() => bezig).toBe(2)
  // What comes after them comes before the rest of theirs: by then all that may go have gone.
  await makeCtx(omgeving, { ...zelf, id: 'gebruiker:2' }).read(async () => undefined)
  expect(bezig).toBe(2)
  verder()
  await Promise.all(lezen)
  expect(bezig).toBe(4)
})

describe('no turn within the patience', () => {
  const log: string[] = []
  // A patience of four seconds, four turns, and two of them for one person.
  const krap = openDatabase(db.url, { max: 4, tijden: { tijd: 3, stilte: 1 } })
  afterAll(() => krap.close())

  /** What somebody who asks for a page hears, and what goes into the log, while `aantal` turns of this person are kept. */
  async function askWhile(aantal: number, van: (gebruikerId: number) => Wie) {
    const { gebruikerId, headers } = await login('beleidsadviseur')
    const drukke = await buildApp(
      readConfig({ SAMENHANG_LOG: 'warn' }),
      { ...omgeving, database: krap },
      { logStream: { write: regel => log.push(regel) } },
    )
    let verder: () => void = () => undefined
    const poort = new Promise<void>(open => {
      verder = open
    })
    const bezig = Array.from({ length: aantal }, () =>
      makeCtx({ ...omgeving, database: krap }, van(gebruikerId)).read(() => poort),
    )
    log.length = 0
    const { statusCode, body } = await drukke.inject({ url: '/doelen?zoek=Jansen', headers })
    verder()
    await Promise.all(bezig)
    await drukke.close()
    expect(statusCode).toBe(503)
    return { body, regels: log.splice(0).map(regel => JSON.parse(regel)) }
  }
  const huis = systeem('proef', [])

  test('everybody together asks too much: that is what is said and logged, not that the database is away', async () => {
    // Also looking up who asks, which takes a connection without a turn.
    const { body, regels } = await askWhile(4, () => huis)
    expect(body).toContain('Het is nu te druk')
    expect(body).not.toContain('database')
    expect(regels).toEqual([expect.objectContaining({ oorzaak: 'te-druk' })])
  })

  test('one person asks too much: they hear that it is their own work they wait for', async () => {
    const { body, regels } = await askWhile(2, id => ({ ...huis, id: `gebruiker:${id}` }))
    expect(body).toContain('Uw vorige vragen lopen nog')
    expect(regels).toEqual([expect.objectContaining({ oorzaak: 'te-veel-tegelijk', code: 'BEURT_PERSOON' })])
    expect(JSON.stringify(regels)).not.toMatch(/Jansen|gebruiker:|doelen/)
  })
})

test('no turn because nobody gets an answer: it is the database that is silent', async () => {
  const open = new Set<Socket>()
  const stil = createServer(socket => open.add(socket))
  await new Promise<void>(luistert => stil.listen(0, '127.0.0.1', luistert))
  const { port } = stil.address() as AddressInfo
  const weg = openDatabase(`postgresql://x@127.0.0.1:${port}/x`, { max: 1, tijden: { tijd: 1, stilte: 1 } })
  const ctx = makeCtx({ ...omgeving, database: weg }, systeem('proef', []))
  const lezen = Array.from({ length: 3 }, () => ctx.read(async () => undefined).catch(toProblem))
  for (const fout of await Promise.all(lezen)) expect(fout).toMatchObject({ type: 'database-onbereikbaar' })
  // Whoever is looked up has no turn and waits for the pool alike.
  const zonderBeurt = new Error('timeout exceeded when trying to connect')
  const bezig = ctx.read(async () => undefined).catch(() => undefined)
  await expect.poll(() => weg.zwijgtMs()).toBeGreaterThan(1000)
  expect(toProblem(weg.oorzaakOf(zonderBeurt)).type).toBe('database-onbereikbaar')
  expect(toProblem(zonderBeurt).type).toBe('te-druk')
  for (const socket of open) socket.destroy()
  stil.close()
  await bezig
  await weg.close()
})

/** How many connections wait for the lock. */
async function waiting(): Promise<number> {
  const { rows } = await db.owner.query(
    `select count(*)::int as n from pg_locks where relation = 'platform.gebeurtenis'::regclass and not granted`,
  )
  return rows[0].n
}
