import { beforeAll, expect, it } from 'vitest'
import { ROLLEN } from '../src/platform/auth/rollen.ts'
import { type Inlog, testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'
import { AGB_A, GEMEENTE_A, laadTestregio, testOmgeving } from './support/regio.ts'

/** A filter that asks for what is no choice is said on the page: on every list that somebody reaches from the start page. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let aanbieder = 0
beforeAll(async () => {
  aanbieder = (await laadTestregio(omgeving)).get(AGB_A) ?? 0
})

/** Figures take a year or a region that is not there for the present one, and show which in the title. */
const CIJFERS = /^\/cijfers/
const get = async (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const seen = new Set<string>()

it.each(ROLLEN)('een onbekende keuze in een filter wordt gezegd: %s', async rol => {
  const wie = await login(
    rol,
    rol === 'aanbieder' ? { aanbieder } : { gemeenten: rol === 'beheerder' ? [] : [GEMEENTE_A] },
  )
  const start = (await get('/', wie)).body
  const links = new Set([...start.matchAll(/href="(\/[a-z/-]+)"/g)].map(m => m[1] ?? ''))
  for (const pad of links) {
    if (CIJFERS.test(pad)) continue
    const { body, statusCode } = await get(pad, wie)
    const balk = statusCode === 200 ? /<form class="sam-filterbalk".*?<\/form>/s.exec(body)?.[0] : undefined
    for (const [, naam = ''] of balk?.matchAll(/<select[^>]* name="(\w+)"/g) ?? []) {
      seen.add(`${pad}?${naam}`)
      const anders = await get(`${pad}?${naam}=dat-is-er-niet`, wie)
      expect([pad, naam, anders.body.includes('‘dat-is-er-niet’ is hier geen keuze.')]).toEqual([
        pad,
        naam,
        true,
      ])
    }
  }
})

it('en dat zijn er veel', () => {
  expect(seen).toContain('/berichten?staat')
  expect(seen).toContain('/betalingen?staat')
  expect(seen.size).toBeGreaterThan(12)
})
