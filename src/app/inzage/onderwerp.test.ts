import { beforeAll, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'

/** The privacy officer finds what was seen by the number that people know, and sees no resident by it. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let officer: Inlog

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const acties = (html: string) => [...html.matchAll(/sam-rijkop">([^<]+)</g)].map(([, actie]) => actie)

beforeAll(async () => {
  await laadTestregio(omgeving)
  // Its own id is not its number.
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T0', nummer: 7, client: 1 }),
    toewijzingsbericht({ identificatie: 'T1', nummer: 100393 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'DECL26',
      regels: [{ nummer: 100393, referentie: 'R1' }],
    }),
  )
  officer = await login('privacy-officer')
  const consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  const controller = await login('controller', { gemeenten: [GEMEENTE_A] })
  const { rows } = await db.owner.query<{ toewijzing: number; declaratie: number }>(
    `select toewijzing_id::int as toewijzing, (select declaratie_id::int from declaraties.declaratie) as declaratie
     from toegang.toewijzing where nummer = 100393`,
  )
  await get('/toewijzingen', consulent)
  await get(`/toewijzingen/${GEMEENTE_A}/${rows[0]?.toewijzing}`, consulent)
  await get(`/declaraties/${GEMEENTE_A}/${rows[0]?.declaratie}`, controller)
})

it.each([
  ['100393', ['Toewijzing bekeken', 'Lijst van toewijzingen bekeken']],
  ['7', ['Lijst van toewijzingen bekeken']],
  ['DECL26', ['Declaratie bekeken']],
  ['999', []],
])('%s', async (nummer, wat) => {
  const { body, statusCode } = await get(`/audit?onderwerp=${nummer}&sorteer=actie`, officer)
  expect([statusCode, acties(body).filter(actie => actie?.includes('bekeken'))]).toEqual([200, wat])
  expect(body).not.toContain('Testpersoon')
  const bestand = await get(`/audit/export?onderwerp=${nummer}`, officer)
  expect(bestand.statusCode).toBe(200)
})

it('wie een nummer opzoekt, staat zelf in het logboek, zonder wat is getypt', async () => {
  const asked = async () =>
    (
      await db.owner.query(
        "select onderwerp from platform.gebeurtenis where actie = 'audit.onderwerp-gezocht'",
      )
    ).rows
  const voor = (await asked()).length
  await get('/audit?onderwerp=Jansen', officer)
  await get('/audit', officer)
  const na = await asked()
  expect([na.length - voor, JSON.stringify(na).includes('Jansen')]).toEqual([1, false])
  expect((await get('/audit?actie=audit.onderwerp-gezocht', officer)).body).toContain(
    'Nummer opgezocht in het inzagelogboek',
  )
})

it('wie had welke rol noemt een gemeente bij haar naam', async () => {
  await db.owner.query("update platform.gebruiker_stand set vanaf = '2026-03-01'")
  const { rows } = await db.owner.query('select naam from contracten.gemeente where code = $1', [GEMEENTE_A])
  expect((await get('/audit/rollen', officer)).body).toContain(rows[0].naam)
})
