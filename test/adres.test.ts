import { beforeAll, expect, it } from 'vitest'
import { ROL, ROLLEN, type Rol } from '../src/platform/auth/rollen.ts'
import { type Inlog, testApp } from './support/app.ts'
import { laadWegwijzer, maakDoorloop, maakDossier } from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from './support/regio.ts'

/** What an address asks is heeded or named: on every page, in every file. And our own links ask nothing that is refused. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let aanbieder = 0
beforeAll(async () => {
  aanbieder = (await laadTestregio(omgeving)).get(AGB_A) ?? 0
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 11 }),
    declaratiebericht({ identificatie: 'A', nummer: 'D1', regels: [{ nummer: 11, referentie: 'A' }] }),
  )
  const { gebruikerId } = await login('beleidsadviseur')
  const dossier = await maakDossier(db, gebruikerId, { naam: 'Dagbesteding', looptAf: '2026-12-31' })
  await maakDoorloop(db, dossier, await laadWegwijzer(omgeving), gebruikerId)
})

const inlog = (rol: Rol) =>
  login(rol, rol === 'aanbieder' ? { aanbieder } : { gemeenten: rol === 'beheerder' ? [] : [GEMEENTE_A] })
const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

const ADRESSEN = app.routeLijst.filter(
  ({ methode, pad, recht }) =>
    // Figures of the installation are for a machine that asks nothing.
    methode === 'GET' && !pad.startsWith('/api/') && recht !== 'openbaar' && pad !== '/metrics',
)

it.each(ADRESSEN)('$pad zegt wat het adres vraagt en er niet is', async ({ pad, recht }) => {
  const url = pad.replaceAll(':gemeente', GEMEENTE_A).replaceAll(/:\w+/g, '1')
  for (const rol of ROLLEN.filter(r => (ROL[r].rechten as readonly string[]).includes(recht))) {
    const wie = await inlog(rol)
    const zonder = await get(url, wie)
    if (zonder.statusCode !== 200 || zonder.headers['content-type']?.includes('json')) continue
    // The second is a name that each object of the language has.
    for (const naam of ['zeker', 'constructor']) {
      const { statusCode, body } = await get(`${url}?${naam}=ja`, wie)
      expect([url, statusCode, body.includes(naam)]).toEqual([url, 400, true])
    }
    return
  }
})

it.each(ROLLEN)('geen eigen link vraagt iets dat er niet is: %s', async rol => {
  const wie = await inlog(rol)
  const gezien = new Set(['/'])
  const fout: string[] = []
  let rand = ['/']
  for (let diepte = 0; diepte < 3; diepte += 1) {
    const verder: string[] = []
    for (const url of rand) {
      const { body, statusCode } = await get(url, wie)
      if (statusCode === 400) fout.push(url)
      for (const [, href = ''] of body.matchAll(/href="(\/[^"#]+)/g)) {
        const naar = href.replaceAll('&amp;', '&')
        // Of each kind of question one: what is asked, not of what.
        const soort = naar.replaceAll(/\d+/g, '1').replaceAll(/=[^&]*/g, '=')
        if (gezien.has(soort) || /^\/(?:assets|api|uitloggen)/.test(naar)) continue
        gezien.add(soort)
        verder.push(naar)
      }
    }
    rand = verder
  }
  expect(gezien.size).toBeGreaterThan(10)
  expect(fout).toEqual([])
})
