import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { rebuildCijfers } from '../../src/app/cijfers.ts'
import { openKluis } from '../../src/platform/crypto.ts'
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
  untilAnswered,
} from '../support/crashproef.ts'
import { testDatabase } from '../support/database.ts'
import { killHard } from '../support/proces.ts'
import { testOmgeving } from '../support/regio.ts'
import { tellInOrder } from '../support/verhaal.ts'
import { startWebproces, type Webproces } from '../support/webproces.ts'

tellInOrder()

/**
 * Real processes on one database, killed at the worst moments: halfway an intake, between receiving and judging, while
 * another process works. Nothing may be lost, nothing may be there twice, and the figures must equal a rebuild.
 */
const SLEUTEL = Buffer.alloc(32, 7)
const GROOT = 4000

const db = await testDatabase()
const omgeving = { ...testOmgeving(db), kluis: openKluis(SLEUTEL) }
const folder = mkdtempSync(join(tmpdir(), 'samenhang-crash-'))
const living = new Set<Webproces>()

beforeAll(() => prepareProef(omgeving, db.owner))

afterEach(async () => {
  for (const proces of living) await kill(proces)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function startProcess(): Promise<Webproces> {
  const proces = await startWebproces({ databaseUrl: db.url, sleutel: SLEUTEL, data: folder })
  living.add(proces)
  return proces
}

async function kill(proces: Webproces): Promise<void> {
  await killHard(proces.child)
  living.delete(proces)
}

async function figuresEqualFacts(): Promise<void> {
  const tabellen = await rebuildCijfers(db.database, false)
  expect(tabellen.map(t => [t.tabel, t.verschillen])).toEqual(tabellen.map(t => [t.tabel, 0]))
}

test(`killed ${KEREN} times while it takes a declaratie in, each at another moment: sent again it is there once, whole`, {
  timeout: 600_000,
}, async () => {
  let proces = await startProcess()
  let duur = await measureIntake(proces.url)
  let onderbroken = 0
  for (let keer = 0; keer < KEREN; keer += 1) {
    const { nummer, bytes } = part(keer)
    const sent = deliver(proces.url, bytes)
    await new Promise(resolve => setTimeout(resolve, momentVan(keer, duur)))
    await kill(proces)
    if ((await sent) === 0) onderbroken += 1
    const half = await state(db.owner, nummer)
    expect([0, DEEL], 'all lines or none').toContain(half.prestaties)
    proces = await startProcess()
    // 202: it was recorded before the kill, and the new process is judging it.
    const begin = performance.now()
    expect([200, 201, 202]).toContain(await deliver(proces.url, bytes))
    // How long one takes changes with what else the machine does: the next kill goes by the last that was whole.
    if (half.berichten === 0) duur = performance.now() - begin
    await untilAnswered(db.owner, nummer)
    expect(await state(db.owner, nummer)).toEqual({
      berichten: 1,
      antwoorden: 1,
      declaraties: 1,
      prestaties: DEEL,
      goedgekeurd: DEEL,
    })
  }
  await kill(proces)
  expect(onderbroken, 'kills in the midst of an intake').toBeGreaterThan(KEREN / 4)
  await figuresEqualFacts()
})

test('a large declaratie that was received and not yet judged is judged after a restart, once, by one of two processes', {
  timeout: 600_000,
}, async () => {
  const bytes = big('GROOT', GROOT)
  const first = await startProcess()
  expect(await deliver(first.url, bytes)).toBe(202)
  await kill(first)
  // As when the worker was killed with the job in hand: the queue would keep it locked for hours.
  await db.owner.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gestorven'")
  await Promise.all([startProcess(), startProcess()])
  await untilAnswered(db.owner, 'GROOT')
  expect(await state(db.owner, 'GROOT')).toMatchObject({
    berichten: 1,
    antwoorden: 1,
    declaraties: 1,
    prestaties: GROOT,
  })
  await figuresEqualFacts()
})
