import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { knop, kop, TOETSEN } from '../../../test/support/bediening.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../test/support/browser.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

/** A form that is left, a form in parts, and a list as one likes to see it, as somebody works with them. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let browser: Browser
let base = ''

beforeAll(async () => {
  await laadTestregio(omgeving)
  browser = await launchBrowser()
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser?.close())

async function openAs({ headers }: Inlog, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: BREED, javaScriptEnabled })
  const [name = '', value = ''] = headers.cookie.split('=')
  await context.addCookies([{ name, value, url: base }])
  return context.newPage()
}

test('what was typed is kept by itself, and is there after the page was closed', async () => {
  const wie = await login('beleidsadviseur')
  const page = await openAs(wie, true)
  await page.goto(`${base}/interventies/nieuw?stap=alles`)
  await page.locator('[name=naam]').fill('Samen koken')
  await page.locator('[name=omschrijving]').fill('Elke donderdag')
  await page.getByText(/Als concept bewaard om \d\d[.:]\d\d/).waitFor({ timeout: 60_000 })
  await page.close()
  const later = await openAs(wie, true)
  await later.goto(base)
  await later.getByRole('link', { name: 'Interventie toevoegen' }).click()
  await kop(later, 'Interventie toevoegen')
  await later.getByRole('link', { name: 'Vul alles op één pagina in' }).click()
  await expect.poll(() => later.locator('[name=naam]').inputValue()).toBe('Samen koken')
  expect(await later.locator('[name=omschrijving]').inputValue()).toBe('Elke donderdag')
  await later.context().close()
})

test('a form in parts is filled in by keyboard, without a script', async () => {
  const page = await openAs(await login('beleidsadviseur'), false)
  const ga = () => TOETSEN.kies(knop(page, 'Bewaar en ga verder'))
  await page.goto(`${base}/interventies/nieuw?stap=wat`)
  await kop(page, 'Wat is het?')
  await page.locator('[name=gemeente]').selectOption('regio')
  await page.locator('[name=naam]').fill('Samen wandelen')
  await page.locator('[name=omschrijving]').fill('Elke week')
  await ga()
  await kop(page, 'Werkt het?')
  await ga()
  await expect.poll(() => page.title(), { timeout: 20_000 }).toContain('Fout: ')
  await page.locator('label[for=veld-bewijs-1]').click()
  await ga()
  await kop(page, 'Voor wie, en door wie?')
  await page.locator('[name=doelgroep]').fill('Ouderen')
  await page.locator('[name=inzetbaarDoor]').fill('Wijkteam')
  await ga()
  await kop(page, 'Kosten en bron')
  await ga()
  await kop(page, 'Interventie toevoegen')
  await page.getByText('Alles wat nodig is, is ingevuld.').waitFor()
  await TOETSEN.kies(knop(page, 'Opslaan'))
  await kop(page, 'Samen wandelen')
  await page.context().close()
})

test('and every page of it reads well, wide and narrow', async () => {
  const page = await openAs(await login('beleidsadviseur'), true)
  const pages: [string, string][] = [
    ['/interventies/nieuw', 'Interventie toevoegen'],
    ['/interventies/nieuw?stap=bewijs', 'Werkt het?'],
    ['/interventies/nieuw?stap=alles', 'Interventie toevoegen'],
    ['/interventies?sorteer=-naam&kolom=bewijs', 'Interventies'],
    [`/weergaven/nieuw?van=${encodeURIComponent('/interventies?sorteer=-naam')}`, 'Bewaar deze weergave'],
  ]
  for (const [pad, titel] of pages)
    expect(await visit(page, `${base}${pad}`, { kop: titel, vensters: [BREED, SMAL] }), pad).toEqual([])
  await page.goto(`${base}/weergaven/nieuw?van=${encodeURIComponent('/interventies?sorteer=-naam')}`)
  await page.locator('[name=naam]').fill('Van Z naar A')
  await page.getByRole('button', { name: 'Opslaan' }).click()
  await page.getByRole('link', { name: 'Van Z naar A' }).waitFor()
  expect(await visit(page, `${base}/weergaven`, { kop: 'Uw weergaven', vensters: [BREED, SMAL] })).toEqual([])
  await page.context().close()
})
