import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { knop, kop, TOETSEN } from '../../../test/support/bediening.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../test/support/browser.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'

const db = await testDatabase()
const { app, login } = await testApp(db, testOmgeving(db))
await db.owner.query("insert into contracten.gemeente (code, naam) values ('0355', 'Zeist')")
const { headers } = await login('contractmanager')
let browser: Browser
let base = ''
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  const context = await browser.newContext({ viewport: BREED, javaScriptEnabled: false })
  const [naam = '', waarde = ''] = headers.cookie.split('=')
  await context.addCookies([{ name: naam, value: waarde, url: base }])
  page = await context.newPage()
})
afterAll(() => browser?.close())

const SEGMENTEN =
  'Code;Wet;Naam;Omschrijving;Bron;Volgorde\namb;jw;Ambulant;Thuis;003;1\nver;jw;Verblijf;Elders;003;'
const AANBIEDERS = 'AGB-code;Naam\n01000001;De Brug\n'

test('several files at once, by keyboard and without a script, read well wide and narrow', async () => {
  const look = async (titel: string) => {
    // axe needs a script of its own: the same page in a browser that allows one.
    const met = await browser.newContext({ viewport: BREED })
    await met.addCookies(await page.context().cookies())
    const kijker = await met.newPage()
    expect(await visit(kijker, page.url(), { kop: titel, vensters: [BREED, SMAL] })).toEqual([])
    await met.close()
  }
  const kiest = async (laatste: string) => {
    await page.goto(`${base}/inrichten`)
    await page.locator('input[type="file"]').setInputFiles(
      Object.entries({
        'segmenten.csv': `${SEGMENTEN}${laatste}\n`,
        'aanbieders.csv': AANBIEDERS,
        'lees mij.txt': 'x',
      }).map(([name, inhoud]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(inhoud) })),
    )
    await TOETSEN.kies(knop(page, 'Bekijk wat ze doen'))
    await kop(page, '2 bestanden samen')
  }
  await page.goto(`${base}/inrichten`)
  await look('Inrichten')
  await kiest('twee')
  await look('2 bestanden samen')
  await kiest('2')
  await look('2 bestanden samen')
  await TOETSEN.kies(knop(page, 'Voer alles door'))
  await page.getByText('Dit is gedaan').first().waitFor()
  await look('2 bestanden samen')
})
