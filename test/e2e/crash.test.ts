import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { herbereken } from '../../src/app/cijfers.ts'
import { hashSleutel } from '../../src/platform/auth/koekje.ts'
import { projectRoot } from '../../src/platform/config.ts'
import { openKluis } from '../../src/platform/crypto.ts'
import { testDatabase } from '../support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  laadTestregio,
  lever,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../support/regio.ts'

/**
 * Real processes on one database, killed at the worst moments: halfway an intake, between receiving and judging, while
 * another process works. Nothing may be lost, nothing may be there twice, and the figures must equal a rebuild.
 */
const ROOT = projectRoot()
const SLEUTEL = Buffer.alloc(32, 7)
const TOKEN = 'proef-token-dat-lang-genoeg-is'
const CLIENTEN = 400
const GROOT = 4000

const db = await testDatabase()
const omgeving = { ...testOmgeving(db), kluis: openKluis(SLEUTEL) }
const folder = mkdtempSync(join(tmpdir(), 'samenhang-crash-'))
const living = new Set<ChildProcess>()

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  const { rows } = await db.owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol, voor_aanbieder, demonstratie)
     values ('Anna', 'a@test.example', 'A', 'aanbieder', $1, true) returning gebruiker_id`,
    [aanbieders.get(AGB_A)],
  )
  await db.owner.query(
    `insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op)
     values ($1, 'proef', $2, '{berichten.aanleveren,berichten.lezen}', now() + interval '1 hour')`,
    [hashSleutel(TOKEN), rows[0].gebruiker_id],
  )
  // A demonstration that is already loaded: the process starts at once.
  await db.owner.query(`insert into platform.instelling (sleutel, waarde) values ('regio-geladen', 'true')`)
  for (let van = 0; van < CLIENTEN; van += 200)
    await lever(
      omgeving,
      ...Array.from({ length: 200 }, (_, i) => {
        const n = van + i
        const bericht = toewijzingsbericht({ identificatie: `T${n}`, nummer: n * 10, client: n })
        const [product] = bericht.client.toegewezenProducten
        if (!product) throw new Error('no product')
        bericht.client.toegewezenProducten = Array.from({ length: 10 }, (_, k) => ({
          ...product,
          toewijzingNummer: n * 10 + k,
          // One product cannot be allocated twice at once (TR302): each number has a month of its own.
          ...month(k),
        }))
        return bericht
      }),
    )
})

afterEach(() => {
  for (const child of living) child.kill('SIGKILL')
  living.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const month = (k: number) => {
  const maand = String(k + 1).padStart(2, '0')
  return {
    ingangsdatum: `2025-${maand}-01`,
    einddatum: new Date(Date.UTC(2025, k + 1, 0)).toISOString().slice(0, 10),
  }
}

/** A 323 with `regels` lines, over months that lie behind. */
function big(nummer: string, regels: number): Buffer {
  return toBytes(
    declaratiebericht({
      identificatie: nummer,
      nummer,
      regels: Array.from({ length: regels }, (_, i) => {
        const k = Math.floor(i / CLIENTEN) % 10
        const client = i % CLIENTEN
        return {
          nummer: client * 10 + k,
          client,
          referentie: `${nummer}R${i}`,
          maand: `2025-${String(k + 1).padStart(2, '0')}-01`,
        }
      }),
    }),
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** A web process with its worker, ready to serve. */
async function startProcess(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort()
  const child = spawn(join(ROOT, 'node_modules/.bin/node'), [join(ROOT, 'dist/server/main.js')], {
    env: {
      ...process.env,
      DATABASE_URL: db.url,
      PORT: String(port),
      SAMENHANG_DATA: folder,
      SAMENHANG_SLEUTEL: SLEUTEL.toString('base64'),
      SAMENHANG_LOG: 'error',
      NODE_ENV: 'production',
    },
    stdio: 'ignore',
    detached: false,
  })
  living.add(child)
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 200; i += 1) {
    if (
      await fetch(`${url}/klaar`).then(
        r => r.ok,
        () => false,
      )
    )
      return { child, url }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the process did not become ready')
}

function deliver(url: string, bytes: Buffer): Promise<number> {
  return fetch(`${url}/api/v1/berichten`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/xml' },
    body: new Uint8Array(bytes),
  }).then(
    response => response.status,
    () => 0,
  )
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise(resolve => child.on('exit', resolve))
  child.kill('SIGKILL')
  await gone
  living.delete(child)
}

async function state(nummer: string) {
  const { rows } = await db.owner.query(
    `select (select count(*)::int from berichten.bericht where identificatie = $1 and richting = 'in') as berichten,
            (select count(*)::int from berichten.bericht a join berichten.bericht b on a.antwoord_op = b.bericht_id where b.identificatie = $1) as antwoorden,
            (select count(*)::int from declaraties.declaratie where nummer = $1) as declaraties,
            (select count(*)::int from declaraties.prestatie where referentie like $1 || 'R%') as prestaties,
            (select count(*)::int from declaraties.prestatie where referentie like $1 || 'R%' and goedgekeurd) as goedgekeurd`,
    [nummer],
  )
  return rows[0]
}

async function figuresEqualFacts(): Promise<void> {
  const tabellen = await herbereken(db.database, false)
  expect(tabellen.map(t => [t.tabel, t.verschillen])).toEqual(tabellen.map(t => [t.tabel, 0]))
}

test('killed while it takes a declaratie in, at several moments: sent again it is there once, whole', {
  timeout: 120_000,
}, async () => {
  for (const [i, wacht] of [20, 60, 120, 200, 320].entries()) {
    const nummer = `KILL${randomBytes(2).toString('hex')}${i}`
    const regels = 200
    const bytes = toBytes(
      declaratiebericht({
        identificatie: nummer,
        nummer,
        regels: Array.from({ length: regels }, (_, j) => ({
          nummer: j * 10 + 5 + i > 9 ? j * 10 + ((5 + i) % 10) : j * 10 + 5 + i,
          client: j,
          referentie: `${nummer}R${j}`,
          maand: `2025-${String(((5 + i) % 10) + 1).padStart(2, '0')}-01`,
        })),
      }),
    )
    const first = await startProcess()
    const sent = deliver(first.url, bytes)
    await new Promise(resolve => setTimeout(resolve, wacht))
    await kill(first.child)
    await sent
    const half = await state(nummer)
    expect([0, regels], 'all lines or none').toContain(half.prestaties)
    const second = await startProcess()
    expect([200, 201]).toContain(await deliver(second.url, bytes))
    expect(await state(nummer)).toEqual({
      berichten: 1,
      antwoorden: 1,
      declaraties: 1,
      prestaties: regels,
      goedgekeurd: regels,
    })
    await kill(second.child)
  }
  await figuresEqualFacts()
})

test('a large declaratie that was received and not yet judged is judged after a restart, once, by one of two processes', {
  timeout: 120_000,
}, async () => {
  const bytes = big('GROOT', GROOT)
  const first = await startProcess()
  expect(await deliver(first.url, bytes)).toBe(202)
  await kill(first.child)
  // As when the worker was killed with the job in hand: the queue would keep it locked for hours.
  await db.owner.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gestorven'")
  await Promise.all([startProcess(), startProcess()])
  for (let i = 0; i < 300; i += 1) {
    const now = await state('GROOT')
    if (now.antwoorden === 1) break
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  expect(await state('GROOT')).toMatchObject({
    berichten: 1,
    antwoorden: 1,
    declaraties: 1,
    prestaties: GROOT,
  })
  await figuresEqualFacts()
})
