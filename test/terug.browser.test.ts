import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testApp } from './support/app.ts'
import { BREED, launchBrowser } from './support/browser.ts'
import { testDatabase } from './support/database.ts'
import { laadTestregio, testOmgeving } from './support/regio.ts'

/** The Back button after saving: what was saved, never an empty form nor one that saves it again. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let browser: Browser
let base = ''
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  await laadTestregio(omgeving)
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  const [name = '', value = ''] = (await login('beleidsadviseur')).headers.cookie.split('=')
  const context = await browser.newContext({ viewport: BREED })
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name, value, url: base }])
  page = await context.newPage()
})
afterAll(() => browser?.close())

const opslaan = () =>
  Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Opslaan' }).click()])
const waar = () => new URL(page.url()).pathname
const aantal = async () => (await db.owner.query('select 1 from kaders.interventie')).rows.length

async function vul(naam: string) {
  await page.locator('[name=naam]').fill(naam)
  await page.locator('[name=omschrijving]').fill('Samen bewegen')
  await page.locator('[name=doelgroep]').fill('Jeugd')
  await page.locator('[name=inzetbaarDoor]').fill('Een trainer')
  if (await page.locator('select[name=gemeente]').count())
    await page.locator('[name=gemeente]').selectOption('regio')
  // The choice itself lies under its label.
  await page.locator('label[for=veld-bewijs-1]').click()
}

it('from a new thing that was saved after a refusal: to that thing, and on to where one came from', async () => {
  const eerder = await aantal()
  await page.goto(`${base}/interventies`)
  await page.goto(`${base}/interventies/nieuw?stap=alles`)
  await page.locator('[name=naam]').fill('Buurtsport')
  await opslaan()
  expect(await page.title()).toContain('Fout: ')
  await vul('Buurtsport')
  await opslaan()
  expect(await aantal()).toBe(eerder + 1)
  const gemaakt = waar()
  expect(gemaakt).toMatch(/^\/interventies\/\d+$/)
  // The refused form, and the one before it.
  for (let stap = 0; stap < 2; stap += 1) {
    await page.goBack().catch(() => undefined)
    await expect.poll(waar, { timeout: 20_000 }).toBe(gemaakt)
    await expect.poll(() => page.locator('h1').innerText(), { timeout: 20_000 }).toBe('Buurtsport')
  }
  await page.goBack()
  expect(waar()).toBe('/interventies')
  expect(await aantal()).toBe(eerder + 1)
})

it('from a change: to what was changed, and a new form is new', async () => {
  await page.goto(`${base}/interventies/nieuw?stap=alles`)
  await vul('Wijksport')
  await opslaan()
  const pad = waar()
  await page.goto(`${base}${pad}/wijzig`)
  await page.locator('[name=naam]').fill('Straatsport')
  await opslaan()
  await page.goBack().catch(() => undefined)
  await expect.poll(waar, { timeout: 20_000 }).toBe(pad)
  await expect.poll(() => page.locator('h1').innerText(), { timeout: 20_000 }).toBe('Straatsport')
  await page.goto(`${base}${pad}/wijzig`)
  expect(waar()).toBe(`${pad}/wijzig`)
  const getypt = { naam: 'Pleinsport', omschrijving: 'Regel een\nregel twee' }
  for (const [naam, waarde] of Object.entries(getypt)) await page.locator(`[name=${naam}]`).fill(waarde)
  await page.goto(`${base}/interventies`)
  // What was not sent is there to go on with.
  await page.goBack()
  expect(waar()).toBe(`${pad}/wijzig`)
  for (const [naam, waarde] of Object.entries(getypt))
    expect(await page.locator(`[name=${naam}]`).inputValue()).toBe(waarde)
})
