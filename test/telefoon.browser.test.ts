import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Inlog, testApp } from './support/app.ts'
import { laadWegwijzer, maakDoorloop, maakDossier } from './support/beleid.ts'
import { BREED, launchBrowser, SMAL } from './support/browser.ts'
import { testDatabase } from './support/database.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from './support/regio.ts'

/** All of a list, and what can be done with its rows, is in sight on a telephone without scrolling sideways, and stays within its row. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let browser: Browser
let base = ''
const wie = {} as { controller: Inlog; backoffice: Inlog; adviseur: Inlog }

beforeAll(async () => {
  browser = await launchBrowser()
  await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 11 }),
    ...['A', 'B'].map((naam, i) =>
      declaratiebericht({
        identificatie: naam,
        nummer: `DECL2026000${naam}`,
        regels: [{ nummer: 11, referentie: naam, maand: i === 0 ? '2026-01-01' : '2026-02-01' }],
      }),
    ),
    // The same client and month at another municipality as well.
    toewijzingsbericht({ identificatie: 'T1B', nummer: 11, gemeente: GEMEENTE_B }),
    declaratiebericht({
      identificatie: 'C',
      nummer: 'DECL2026000C',
      gemeente: GEMEENTE_B,
      regels: [{ nummer: 11, referentie: 'C', maand: '2026-01-01' }],
    }),
  )
  await db.owner.query(
    `update declaraties.betaling set betaald_op = '2026-03-10', betaald_door = 'test' where betaling_id = (select min(betaling_id) from declaraties.betaling)`,
  )
  wie.controller = await login('controller', { gemeenten: [GEMEENTE_A] })
  wie.backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  wie.adviseur = await login('beleidsadviseur')
  const methode = await laadWegwijzer(omgeving)
  const dossier = await maakDossier(db, wie.adviseur.gebruikerId, {
    naam: 'Huishoudelijke ondersteuning en ontwikkelingsgerichte begeleiding',
    looptAf: '2026-12-31',
  })
  await maakDoorloop(db, dossier, methode, wie.adviseur.gebruikerId)
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser?.close())

/** Every cell, link, button and box of a list that does not lie wholly within the window. */
const outside = (page: Page) =>
  page.evaluate<
    string[]
  >(`[...document.querySelectorAll('.sam-tabel tbody :is(td, th, a, button, input:not([type=hidden]))')]
    .filter(e => { const d = e.getBoundingClientRect(); return d.width > 0 && (d.left < 0 || d.right > innerWidth + 1) })
    .map(e => e.getAttribute('aria-label') ?? e.textContent)`)

it.each([
  ['controller', '/betalingen/regels?staat=open', 2],
  ['controller', '/betalingen/regels?staat=betaald', 2],
  ['controller', '/betalingen', 1],
  ['controller', '/declaraties', 2],
  ['backoffice', '/berichten', 5],
  ['backoffice', '/toewijzingen', 1],
  ['adviseur', '/beleid', 2],
] as const)('%s op %s', async (rol, pad, minstens) => {
  const [name = '', value = ''] = wie[rol].headers.cookie.split('=')
  const context = await browser.newContext({ viewport: SMAL })
  await context.addCookies([{ name, value, url: base }])
  const page = await context.newPage()
  await page.goto(`${base}${pad}`)
  expect(await page.locator('.sam-tabel tbody :is(a, button, input)').count()).toBeGreaterThanOrEqual(
    minstens,
  )
  expect(await outside(page)).toEqual([])
  await context.close()
})

/**
 * Every last cell of a row that does not lie in its own row (of a row that is one line: from top to bottom), or lies over another cell.
 */
const misplaced = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.sam-tabel')].flatMap(deel => {
    const gestapeld = innerWidth < 600 && deel.classList.contains('sam-stapelt')
    const plek = e => e.getBoundingClientRect()
    const cellen = [...deel.querySelectorAll('tr > :is(td, th)')]
    const raakt = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
    return [...deel.querySelectorAll((gestapeld ? 'tbody ' : '') + 'tr > :last-child')].flatMap(cel => {
      const [d, rij] = [plek(cel), plek(cel.parentElement)]
      const buiten = gestapeld ? d.top < rij.top || d.bottom > rij.bottom : Math.abs(d.top - rij.top) > 2 || Math.abs(d.bottom - rij.bottom) > 2
      return [
        ...(buiten ? [cel.textContent + ': off its row'] : []),
        ...cellen.filter(e => e !== cel && raakt(d, plek(e))).map(e => cel.textContent + ': over ' + e.textContent),
      ]
    })
  })`)

it.each([
  ['controller', '/betalingen/regels?staat=open'],
  ['controller', '/declaraties/samenloop'],
  ['adviseur', '/beleid'],
] as const)('the action cells of %s op %s lie in their own row and over no other cell', async (rol, pad) => {
  const [name = '', value = ''] = wie[rol].headers.cookie.split('=')
  for (const viewport of [BREED, SMAL]) {
    const context = await browser.newContext({ viewport })
    await context.addCookies([{ name, value, url: base }])
    const page = await context.newPage()
    await page.goto(`${base}${pad}`)
    expect(await page.locator('.sam-tabel tbody tr').count()).toBeGreaterThanOrEqual(1)
    expect(await misplaced(page)).toEqual([])
    await context.close()
  }
})
