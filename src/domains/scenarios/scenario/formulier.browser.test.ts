import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { knop, kop, TOETSEN } from '../../../../test/support/bediening.ts'
import { laadWegwijzer, maakAanbod, maakDossier } from '../../../../test/support/beleid.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../../test/support/browser.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'

/** The forms of a scenario and of an offer, as somebody fills them in. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let browser: Browser
let base = ''
let wie: Inlog
let dossier: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  await laadWegwijzer(omgeving)
  wie = await login('beleidsadviseur')
  dossier = await maakDossier(db, wie.gebruikerId)
  await db.owner.query(
    `insert into beleid.dossier_segment select $1, segment_id from contracten.segment where wet = 'wmo' limit 1`,
    [dossier],
  )
  browser = await launchBrowser()
  base = `${await app.listen({ port: 0, host: '127.0.0.1' })}/beleid/dossiers/${dossier}`
})
afterAll(() => browser?.close())

async function open(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: BREED, javaScriptEnabled })
  const [name = '', value = ''] = wie.headers.cookie.split('=')
  await context.addCookies([{ name, value, url: base }])
  return context.newPage()
}

test('a scenario is filled in by subject, by keyboard, without a script', async () => {
  const page = await open(false)
  const ga = () => TOETSEN.kies(knop(page, 'Bewaar en ga verder'))
  await page.goto(`${base}/scenarios/nieuw?stap=groep`)
  await page.getByText('Alleen bij ‘Groep inwoners’: Een andere groep').waitFor()
  await page.locator('[name=naam]').fill('Langer thuis')
  await page.locator('[name=groep]').fill('GGZ en LVB')
  await ga()
  await kop(page, 'Hoe lopen de kosten?')
  await page.locator('[name=patroon]').selectOption('impuls')
  await page.locator('[name=verloop]').fill('+2%; 0; -2,5')
  await ga()
  await kop(page, 'Waarmee vergelijkt u?')
  await page.locator('[name=basis]').fill('1.000')
  await page.locator('[name=basisReden]').fill('Begroting')
  await ga()
  await kop(page, 'Waar komt het geld vandaan?')
  await ga()
  await kop(page, 'Rekenvoorbeeld: korter helpen')
  await page.locator('[name=clienten]').fill('40')
  await ga()
  await kop(page, 'Nieuw scenario')
  await TOETSEN.kies(knop(page, 'Opslaan'))
  // The figures of the worked example are all filled in, or none.
  await expect.poll(() => page.title(), { timeout: 20_000 }).toContain('Fout: ')
  await page.getByText('Vul ook ‘Duur nu’ in, of laat alle vier de velden leeg.').first().waitFor()
  await page.locator('[name=clienten]').fill('')
  await TOETSEN.kies(knop(page, 'Opslaan'))
  await kop(page, 'Langer thuis')
  await page.getByText('Scenario voor GGZ en LVB').waitFor()
  await page.getByText('+2% · 0% · -2,5% (eigen percentages)').waitFor()
  await page.context().close()
})

test('with script another group is asked only while none of the list is chosen', async () => {
  const page = await open(true)
  await page.goto(`${base}/scenarios/nieuw?stap=alles`)
  const groep = page.locator('[name=groep]')
  await groep.waitFor()
  await page.locator('[name=groepKeuze]').selectOption('Eenzame mensen')
  await groep.waitFor({ state: 'hidden' })
  await page.locator('[name=groepKeuze]').selectOption('')
  await groep.waitFor()
  await page.context().close()
})

test('every form reads well, wide and narrow', async () => {
  const page = await open(true)
  const aanbod = await maakAanbod(db, dossier)
  const { rows } = await db.owner.query<{ id: number }>(
    `insert into beleid.scenario (dossier_id, naam, groep, methode_id, patroon, segmenten, beginjaar, basis)
     select $1, 'Proef', 'Eenzame mensen', methode_id, 'impuls', '{1}', 2026, 100 from beleid.methode
     returning scenario_id as id`,
    [dossier],
  )
  const een = `/scenarios/${rows[0]?.id}`
  const pages: [string, string][] = [
    ['/scenarios/nieuw', 'Nieuw scenario'],
    ['/scenarios/nieuw?stap=verloop', 'Hoe lopen de kosten?'],
    ['/scenarios/nieuw?stap=alles', 'Nieuw scenario'],
    [`${een}/wijzigen`, 'Scenario wijzigen'],
    [`${een}/beeindigen`, 'Scenario beëindigen'],
    ['/aanbod/nieuw', 'Aanbod toevoegen'],
    [`/aanbod/${aanbod}`, 'Aanbod wijzigen: Hulp bij het huishouden'],
    ['/aanbod', 'Huidig aanbod: Huishoudelijke ondersteuning'],
  ]
  for (const [pad, titel] of pages)
    expect(await visit(page, `${base}${pad}`, { kop: titel, vensters: [BREED, SMAL] }), pad).toEqual([])
  await page.context().close()
})
