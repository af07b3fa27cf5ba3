import { beforeAll, expect, test } from 'vitest'
import type { Recht } from '../src/platform/auth/rollen.ts'
import { ROL, ROLLEN, type Rol } from '../src/platform/auth/rollen.ts'
import { type Inlog, machine, testApp } from './support/app.ts'
import { laadWegwijzer, maakAanbod, maakDoorloop, maakDossier } from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import { openFormulier } from './support/formulier.ts'
import { AGB_A, GEMEENTE_A, laadTestregio, lever, testOmgeving, toewijzingsbericht } from './support/regio.ts'

/** The sweep of odd questions: whatever stands in an address, the answer is a page, a refusal or 404; never a fault of ours. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const aanbieders = await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving, { grenzen: { sessie: 1_000_000, adres: 1_000_000 } })
const wie = new Map<Rol, Inlog>()
let doorloop = 0

beforeAll(async () => {
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  for (const rol of ROLLEN)
    wie.set(
      rol,
      await login(
        rol,
        rol === 'aanbieder' ? { aanbieder: aanbieders.get(AGB_A) ?? 0 } : { gemeenten: [GEMEENTE_A] },
      ),
    )
  const methode = await laadWegwijzer(omgeving)
  const { gebruikerId } = wie.get('beleidsadviseur') as Inlog
  const dossier = await maakDossier(db, gebruikerId, { naam: 'Proef', gemeente: GEMEENTE_A })
  await maakAanbod(db, dossier)
  doorloop = await maakDoorloop(db, dossier, methode, gebruikerId)
})

/** Names that the pages read from a query. */
const NAMEN = [
  'zoek',
  'q',
  'pagina',
  'sorteer',
  'per',
  'jaar',
  'maand',
  'gemeente',
  'van',
  'tot',
  'dag',
  'datum',
  'soort',
  'staat',
  'rol',
  'wie',
  'actie',
  'onderwerp',
  'thema',
  'segment',
  'aanbieder',
  'product',
  'bericht',
  'formaat',
  'melding',
  'opgeslagen',
  'naar',
  'code',
  'state',
  'dossier',
  'doorloop',
  'versie',
  'gegeven',
  'doel',
  'id',
  'cursor',
  'limiet',
  'na',
  'methode',
] as const

/** What no link of ours holds: each value, and what it must be answered with where anything at all may be seen. */
const GEK: readonly [string, 'geweigerd' | 'verdragen'][] = [
  ['%00', 'geweigerd'],
  ['a%00b', 'geweigerd'],
  ['%0d%0aset-cookie:x', 'geweigerd'],
  ['%1b', 'geweigerd'],
  ['%7f', 'geweigerd'],
  ['%zz', 'geweigerd'],
  ['%', 'geweigerd'],
  ['%e9', 'geweigerd'],
  ['%c0%80', 'geweigerd'],
  ['x'.repeat(9000), 'geweigerd'],
  ['1.5', 'verdragen'],
  ['-1', 'verdragen'],
  ['0', 'verdragen'],
  ['1e9', 'verdragen'],
  ['99999999999999999999', 'verdragen'],
  ['NaN', 'verdragen'],
  ['2026-02-30', 'verdragen'],
  ['9999-12-31', 'verdragen'],
  ['-0001-01-01', 'verdragen'],
  ['__proto__', 'verdragen'],
  ['constructor', 'verdragen'],
  ["'%22;--", 'verdragen'],
  ['%F0%9F%92%A5', 'verdragen'],
  ['%EF%BF%BD%E2%80%AE', 'verdragen'],
  ['%25%5f%5c', 'verdragen'],
  ['', 'verdragen'],
]

const lezend = () => app.routeLijst.filter(r => r.methode === 'GET' && !r.pad.includes('*'))
const wieMag = (recht: string): Inlog | undefined =>
  recht === 'openbaar'
    ? undefined
    : wie.get(ROLLEN.find(rol => (ROL[rol].rechten as string[]).includes(recht)) ?? 'raad')
/** An address of this route; `id` for each part that is an id. */
const vul = (pad: string, id = '1') =>
  pad
    .replace('/doorlopen/:id', `/doorlopen/${id === '1' ? doorloop : id}`)
    .replace(/:gemeente/g, id === '1' ? GEMEENTE_A : id)
    .replace(/:\w+/g, id)

async function vraag(url: string, inlog: Inlog | undefined) {
  const { statusCode } = await app.inject({ url, headers: inlog?.headers ?? { accept: 'text/html' } })
  return statusCode
}

test('every route is asked with every odd value in every query name at once, and in each alone', {
  timeout: 600_000,
}, async () => {
  const mis: string[] = []
  for (const { pad, recht } of lezend())
    for (const [waarde, hoe] of GEK) {
      const inlog = wieMag(recht)
      const alle = NAMEN.map(naam => `${naam}=${waarde.slice(0, 300)}`).join('&')
      const url = `${vul(pad)}?${waarde.length > 300 ? `zoek=${waarde}` : alle}`
      const status = await vraag(url, inlog)
      if (status >= 500) mis.push(`${status} ${pad} ${waarde.slice(0, 20)}`)
      if (hoe === 'geweigerd' && ![400, 414].includes(status))
        mis.push(`${status} instead of 400 ${pad} ${waarde.slice(0, 20)}`)
    }
  expect(mis).toEqual([])
})

test('every route takes each query name twice, as a list, as an object, and a hundred times', {
  timeout: 600_000,
}, async () => {
  const mis: string[] = []
  const vormen = [
    (n: string) => `${n}=1&${n}=2`,
    (n: string) => `${n}[]=1&${n}[]=2`,
    (n: string) => `${n}[a]=1&${n}.b=2`,
    (n: string) => Array(100).fill(`${n}=x`).join('&'),
    (n: string) => `${n}&${n}`,
  ]
  for (const { pad, recht } of lezend()) {
    const inlog = wieMag(recht)
    for (const vorm of vormen.slice(0, 3).concat(vormen[4] ?? [])) {
      const url = `${vul(pad)}?${NAMEN.map(vorm).join('&')}`
      const status = await vraag(url, inlog)
      if (status >= 500) mis.push(`${status} ${url.slice(0, 90)}`)
    }
    for (const naam of ['zoek', 'bericht', 'naar', 'pagina', 'dag']) {
      const status = await vraag(`${vul(pad)}?${vormen[3]?.(naam)}`, inlog)
      if (status >= 500) mis.push(`${status} ${pad} ${naam} × 100`)
    }
  }
  expect(mis).toEqual([])
})

const NUMMERS = [
  '1.5',
  '-1',
  '0',
  'abc',
  '99999999999999999999',
  '%00',
  '%zz',
  '%2f',
  '..%2f',
  '%E2%80%AE',
  'x'.repeat(300),
  '__proto__',
  "'",
]

test('no id in a path, however odd, is a fault of ours', { timeout: 600_000 }, async () => {
  const mis: string[] = []
  for (const { pad, recht } of lezend().filter(r => r.pad.includes(':')))
    for (const nummer of NUMMERS) {
      const url = vul(pad, nummer)
      const status = await vraag(url, wieMag(recht))
      if (status >= 500) mis.push(`${status} ${url.slice(0, 90)}`)
    }
  expect(mis).toEqual([])
})

/** Asks as a machine that does this for somebody. */
function machineOf(wie: Inlog, recht: Recht | 'openbaar') {
  return async (url: string, body: object) =>
    app.inject({
      method: 'POST',
      url,
      headers: await machine(db, wie, recht === 'openbaar' ? [] : [recht]),
      payload: body,
    })
}

/** What sends a form or a message to a path with an id in it. */
const schrijvend = () => app.routeLijst.filter(r => r.methode === 'POST' && r.pad.includes(':'))

test('also not of what changes something, by somebody who may, with a form that is ours', {
  timeout: 600_000,
}, async () => {
  const mis: string[] = []
  const antwoorden = new Map<number, number>()
  expect(schrijvend().length).toBeGreaterThan(40)
  for (const { pad, recht } of schrijvend()) {
    const inlog = wieMag(recht)
    if (inlog === undefined) throw new Error(`everybody may ${pad}`)
    const send = pad.startsWith('/api/')
      ? machineOf(inlog, recht)
      : await openFormulier(app, '/toegankelijkheid', inlog)
    for (const nummer of NUMMERS) {
      const url = vul(pad, nummer)
      // Every field that a form of ours might ask for is there, and empty of meaning.
      const { statusCode } = await send(url, { versie: '1', tekst: 'x', naam: 'x', stap: 'x' })
      antwoorden.set(statusCode, (antwoorden.get(statusCode) ?? 0) + 1)
      // Not found, refused, or with faults in what was typed; never done, and never our fault.
      if (![400, 404, 409, 410, 413, 414, 415].includes(statusCode))
        mis.push(`${statusCode} POST ${url.slice(0, 90)}`)
    }
  }
  expect(mis).toEqual([])
  // Most were read as far as their id: without a token all would be 403.
  expect(antwoorden.get(404) ?? 0).toBeGreaterThan(schrijvend().length)
})

test('nor without such a form: then nothing is read of it', async () => {
  for (const { pad, recht } of schrijvend().filter(r => !r.pad.startsWith('/api/'))) {
    const { statusCode } = await app.inject({
      url: vul(pad, '1'),
      method: 'POST',
      headers: { ...wieMag(recht)?.headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'versie=1',
    })
    expect([pad, statusCode]).toEqual([pad, 403])
  }
})
