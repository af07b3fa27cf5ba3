import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { knop, kop, TOETSEN } from '../../../test/support/bediening.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../test/support/browser.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { AGB_A, laadTestregio, lever, testOmgeving, toewijzingsbericht } from '../../../test/support/regio.ts'
import { TIJDEN } from '../../platform/http/grenzen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
await lever(omgeving, toewijzingsbericht({ identificatie: 'T', nummer: 11, agb: AGB_A }))
const { app, login } = await testApp(db, omgeving, {}, { tijden: { ...TIJDEN, geduld: 300 } })
const { headers } = await login('contractmanager')
let browser: Browser
let base = ''
let page: Page

const open = async (javaScriptEnabled: boolean) => {
  const context = await browser.newContext({ viewport: BREED, javaScriptEnabled })
  const [naam = '', waarde = ''] = headers.cookie.split('=')
  await context.addCookies([{ name: naam, value: waarde, url: base }])
  return context.newPage()
}
beforeAll(async () => {
  browser = await launchBrowser()
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  page = await open(false)
})
afterAll(() => browser?.close())

/** axe needs a script of its own, and this page is the answer to a form: the same, in a browser that allows one, standing still. */
async function look(titel: string): Promise<void> {
  const kijker = await open(true)
  const body = (await page.content()).replace(/<meta http-equiv="refresh"[^>]*>/, '')
  await kijker.route(page.url(), route => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
  expect(await visit(kijker, page.url(), { kop: titel, vensters: [BREED, SMAL] })).toEqual([])
  await kijker.context().close()
}

test('what a change touches is seen first, by keyboard and without a script, and then it is saved', async () => {
  await page.goto(`${base}/inrichten/tarieven/rij/${encodeURIComponent('TEST-1~jw~45A04~2025-01-01')}/wijzig`)
  await TOETSEN.typ(page.locator('[name="geldigheidBegin"]'), '01-07-2026')
  await TOETSEN.typ(page.locator('[name="tarief"]'), '95,00')
  await TOETSEN.kies(knop(page, 'Opslaan'))
  await page.getByText('Kijk eerst wat dit raakt').waitFor()
  // Where one looks first: it has the focus, as what is wrong in a field has.
  const gevraagd = page.getByRole('region', { name: 'Kijk eerst wat dit raakt' })
  await expect
    .poll(() => gevraagd.evaluate(deel => deel === deel.ownerDocument.activeElement), { timeout: 10_000 })
    .toBe(true)
  expect(await page.locator('[name="tarief"]').inputValue()).toBe('95,00')
  await look('Wijzig dit tarief')
  await TOETSEN.kies(knop(page, 'Sla het toch op'))
  await page.getByText('Het is opgeslagen').waitFor()
})

test('a file that takes long is followed without a script, to what came of it', async () => {
  const client = await db.owner.connect()
  await client.query('begin; lock table contracten.contract in access exclusive mode')
  try {
    await page.goto(`${base}/inrichten/contracten/invoeren`)
    const inhoud = `Nummer;Aanbieder;Loopt: eerste dag;Segmenten;Gemeenten\nB-1;${AGB_A};01-01-2025;J-AMB;9101\n`
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'contracten.csv', mimeType: 'text/csv', buffer: Buffer.from(inhoud) })
    await TOETSEN.kies(knop(page, 'Bekijk wat het doet'))
    await kop(page, 'Bezig met contracten.csv')
    await look('Bezig met contracten.csv')
  } finally {
    await client.query('rollback')
    client.release()
  }
  await page.getByText('Dit zou het doen: 1 nieuw.').first().waitFor()
  await kop(page, 'contracten.csv')
})
