import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import { loadGegevenslijst } from '../src/domains/uitwisseling/gegevens/actions.ts'
import { ROL, ROLLEN, type Rol } from '../src/platform/auth/rollen.ts'
import { makeCtx, systeem } from '../src/platform/http/ctx.ts'
import { type Inlog, testApp } from './support/app.ts'
import {
  beantwoordWat,
  laadWegwijzer,
  maakAanbod,
  maakDoorloop,
  maakDossier,
  WEGWIJZER,
} from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import { AGB_A, GEMEENTEN, laadTestregio, testOmgeving } from './support/regio.ts'
import { valuesOf } from './support/registers.ts'
import { deliverResident, growTenfold, seedBeleid } from './support/tienvoud.ts'

/**
 * How many questions a page asks the database does not depend on how much there is: each page and each file is opened with one
 * of everything, and again with ten beside it and ten under it. A page that asks one question per row asks more then.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const aanbieders = await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving, { grenzen: { sessie: 1_000_000, adres: 1_000_000 } })
const wie = new Map<Rol, Inlog>()

/** What one request asks, and not what the house asks meanwhile. */
const gesteld = new AsyncLocalStorage<string[]>()
const vraag = pg.Client.prototype.query
vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...alles: unknown[]) {
  const [eerste] = alles as [string | { text?: string }]
  gesteld.getStore()?.push(typeof eerste === 'string' ? eerste : (eerste.text ?? ''))
  return (vraag as (...a: unknown[]) => unknown).apply(this, alles) as never
} as never)

beforeAll(async () => {
  await deliverResident(omgeving, 0, 1)
  for (const rol of ROLLEN)
    wie.set(
      rol,
      await login(
        rol,
        ROL[rol].bereik === 'aanbieder'
          ? { aanbieder: aanbieders.get(AGB_A) ?? 0 }
          : ROL[rol].bereik === 'gemeente'
            ? { gemeenten: GEMEENTEN }
            : {},
      ),
    )
  const methode = await laadWegwijzer(omgeving)
  const { gebruikerId } = wie.get('beleidsadviseur') as Inlog
  const dossier = await maakDossier(db, gebruikerId, { naam: 'Proef', gemeente: null })
  await maakAanbod(db, dossier)
  await beantwoordWat(db, await maakDoorloop(db, dossier, methode, gebruikerId))
  await loadGegevenslijst(alles, readFileSync(WEGWIJZER.replace('wegwijzer', 'gegevens'), 'utf8'))
  await seedBeleid(db.owner, gebruikerId)
})

/** Of the roles that may open it, who works on policy, else the one that may do most: their pages show most. */
function inlogVoor(recht: string): Inlog {
  const mogen = ROLLEN.filter(rol => (ROL[rol].rechten as readonly string[]).includes(recht))
  const gewicht = (rol: Rol) => (rol === 'beleidsadviseur' ? 1000 : ROL[rol].rechten.length)
  const [rol = 'beheerder'] = mogen.sort((a, b) => gewicht(b) - gewicht(a))
  return wie.get(rol) as Inlog
}

/** What stands for the parameter after a noun; of claims that which came last, since it has the most lines. */
const ID: Readonly<Record<string, string>> = {
  aanbieders: 'select min(aanbieder_id) as id from aanbieders.aanbieder',
  berichten: `select bericht_id as id from berichten.bericht where soort like '%323' order by ontvangen_op desc, bericht_id desc limit 1`,
  betalingen: 'select max(betaling_id) as id from declaraties.betaling',
  declaraties: 'select max(declaratie_id) as id from declaraties.declaratie',
  opdrachten: 'select min(opdracht_id) as id from beleid.opdracht',
  regels: 'select 1 as id',
  scenarios: 'select min(scenario_id) as id from beleid.scenario',
  segmenten: 'select code as id from contracten.segment order by segment_id limit 1',
  gemeenten: 'select min(code) as id from contracten.gemeente',
  uitwisselingen: 'select min(weging_id) as id from uitwisseling.weging',
  contracten: 'select min(contract_id) as id from contracten.contract',
  doorlopen: 'select min(doorloop_id) as id from beleid.doorloop',
  conclusies: 'select min(conclusie_id) as id from beleid.conclusie',
  toewijzingen: 'select min(toewijzing_id) as id from toegang.toewijzing',
}
const VRAAG: Readonly<Record<string, string>> = { vragen: 'k1', stap: 'pauzeer', gemeente: GEMEENTEN[0] }

const alles = makeCtx(omgeving, systeem('test', GEMEENTEN))
/** By the path of a register or an import, what its parameter can be. */
const vanRegister = new Map<string, string>()

async function fill(pad: string): Promise<string> {
  if (pad.includes(':') && !vanRegister.has(pad))
    vanRegister.set(pad, (await valuesOf(alles, pad))?.[0] ?? '')
  const sleutel = vanRegister.get(pad)
  if (sleutel) return pad.replace(/:\w+/, sleutel)
  const delen = pad.split('/')
  const uit: string[] = []
  for (const [i, deel] of delen.entries()) {
    const naam = delen.slice(0, i).findLast(d => !d.startsWith(':')) ?? ''
    const vast = VRAAG[deel.slice(1)] ?? VRAAG[naam]
    const sql = ID[naam]
    if (!deel.startsWith(':')) uit.push(deel)
    else if (vast !== undefined) uit.push(vast)
    else if (sql === undefined) uit.push('1')
    else uit.push(String((await db.owner.query<{ id: unknown }>(sql)).rows[0]?.id ?? 1))
  }
  return uit.join('/')
}

async function count(): Promise<Map<string, { status: number; vragen: string[] }>> {
  const uit = new Map<string, { status: number; vragen: string[] }>()
  for (const { pad, methode, recht } of app.routeLijst) {
    if (methode !== 'GET' || pad.includes('*') || recht === 'openbaar') continue
    const url = await fill(pad)
    const { headers } = inlogVoor(recht)
    const ask = () => app.inject({ url: url.endsWith('/export') ? `${url}?formaat=csv` : url, headers })
    // The first time some things are read once for the whole process, and who asks is read again now and then.
    await ask()
    let [status, minst] = [0, Number.POSITIVE_INFINITY]
    let vragen: string[] = []
    for (let keer = 0; keer < 2; keer++) {
      const nu: string[] = []
      status = (await gesteld.run(nu, async () => await ask())).statusCode
      if (nu.length < minst) [minst, vragen] = [nu.length, nu]
    }
    uit.set(pad, { status, vragen })
  }
  return uit
}

test('no page asks more questions because there is more', { timeout: 1_200_000 }, async () => {
  const een = await count()
  await growTenfold(db.owner)
  for (let i = 1; i < 10; i++) await deliverResident(omgeving, i, i === 9 ? 10 : 1)
  const tien = await count()
  const open = [...tien].filter(([pad, { status }]) => status === 200 && een.get(pad)?.status === 200)
  console.log(
    `${open.length} of ${tien.size} pages were open; not: ${[...tien]
      .filter(([pad]) => !open.some(([o]) => o === pad))
      .map(([pad, { status }]) => `${pad} ${status}`)
      .join(', ')}`,
  )
  const meer = open.flatMap(([pad, { vragen }]) => {
    const eerst = een.get(pad)?.vragen ?? []
    return vragen.length > eerst.length
      ? [`${pad}: ${eerst.length} → ${vragen.length}: ${more(eerst, vragen)}`]
      : []
  })
  expect(open.length).toBeGreaterThan(230)
  // Who asks is a question too: what counts none was not listened to.
  expect(open.filter(([, { vragen }]) => vragen.length === 0).map(([pad]) => pad)).toEqual([])
  expect(meer).toEqual([])
})

/** The questions that were asked more often the second time. */
function more(eerst: readonly string[], later: readonly string[]): string {
  const tel = (vragen: readonly string[], tekst: string) => vragen.filter(vraag => vraag === tekst).length
  return [...new Set(later)]
    .map(tekst => ({ tekst, erbij: tel(later, tekst) - tel(eerst, tekst) }))
    .filter(({ erbij }) => erbij > 0)
    .map(({ tekst, erbij }) => `+${erbij} ${tekst.replaceAll(/\s+/g, ' ').slice(0, 120)}`)
    .join('; ')
}
