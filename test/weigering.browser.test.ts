import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Inlog, testApp } from './support/app.ts'
import { launchBrowser, SMAL } from './support/browser.ts'
import { testDatabase } from './support/database.ts'
import { laadTestregio, testOmgeving } from './support/regio.ts'

/** A form that is refused says so where one looks first: in the title, in the focus and in sight, without script too. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let browser: Browser
let base = ''
let wie: Inlog
let pad = ''

beforeAll(async () => {
  browser = await launchBrowser()
  await laadTestregio(omgeving)
  wie = await login('beleidsadviseur')
  const { rows } = await db.owner.query(
    `insert into kaders.interventie (naam, omschrijving, doelgroep, inzetbaar_door, bewijs)
     values ('Buurtsport', 'Samen bewegen', 'Jeugd', 'Een trainer', 'praktijk') returning interventie_id as id`,
  )
  pad = `/interventies/${rows[0].id}`
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser?.close())

async function open(url: string, javaScriptEnabled: boolean): Promise<Page> {
  const [name = '', value = ''] = wie.headers.cookie.split('=')
  const context = await browser.newContext({ viewport: SMAL, javaScriptEnabled })
  await context.addCookies([{ name, value, url: base }])
  const page = await context.newPage()
  await page.goto(`${base}${url}`)
  return page
}

it.each([
  ['Voeg een resultaat toe', true],
  ['Voeg een resultaat toe', false],
  ['Neem uit gebruik', true],
  ['Neem uit gebruik', false],
])('folded at the end of a page: %s, with script: %s', async (kop, script) => {
  const page = await open(pad, script)
  const vak = page.locator('details', { hasText: kop })
  await vak.locator('summary').click()
  await vak.locator('button').click()
  const samenvatting = page.getByRole('alert')
  // The page that is left has none: it is there when the answer is.
  await samenvatting.waitFor()
  expect(await page.title()).toBe('Fout: Buurtsport – Samenhang')
  await expect.poll(() => samenvatting.evaluate(deel => deel === deel.ownerDocument.activeElement)).toBe(true)
  const doos = await samenvatting.boundingBox()
  expect(doos?.y).toBeGreaterThanOrEqual(0)
  expect(doos?.y).toBeLessThan(SMAL.height)
  await page.context().close()
})

it.each(['Voeg een resultaat toe', 'Neem uit gebruik'])(
  'a summary keeps its distance, and its marks stand at the first line: %s',
  async kop => {
    const page = await open(pad, true)
    const vak = page.locator('details', { hasText: kop })
    await vak.locator('summary').click()
    await vak.locator('button').click()
    await page.getByRole('alert').waitFor()
    const plekken = await page.evaluate<{ onder: number; links: { uitlijning: string }[] }>(`(() => {
    const alert = document.querySelector('.ams-alert[role=alert]')
    let volgende = alert.nextElementSibling
    while (volgende.matches('input[type=hidden]')) volgende = volgende.nextElementSibling
    return {
      onder: volgende.getBoundingClientRect().top - alert.getBoundingClientRect().bottom,
      links: [...alert.querySelectorAll('li > a')].map(a => ({ uitlijning: getComputedStyle(a).verticalAlign })),
    }
  })()`)
    expect(plekken.onder).toBeGreaterThanOrEqual(12)
    for (const { uitlijning } of plekken.links) expect(uitlijning).toBe('top')
    await page.context().close()
  },
)

it('a button that is a form of its own touches neither what stands above it nor what stands below', async () => {
  await db.owner.query(
    `insert into kaders.interventie (naam, omschrijving, doelgroep, inzetbaar_door, bewijs, beeindigd_op, beeindigd_reden)
     values ('Oude sport', 'Samen bewegen', 'Jeugd', 'Een trainer', 'praktijk', now(), 'Stopt')`,
  )
  const { rows } = await db.owner.query(
    `select interventie_id as id from kaders.interventie where naam = 'Oude sport'`,
  )
  const page = await open(`/interventies/${rows[0].id}`, true)
  const ruimte = await page.getByRole('button', { name: 'Neem weer in gebruik' }).evaluate(knop => {
    const [vorm, plek] = [knop.closest('form'), knop.getBoundingClientRect()]
    const boven = vorm?.previousElementSibling?.getBoundingClientRect().bottom ?? 0
    const onder = vorm?.nextElementSibling?.getBoundingClientRect().top ?? 0
    return [plek.top - boven, onder - plek.bottom]
  })
  for (const afstand of ruimte) expect(afstand).toBeGreaterThanOrEqual(12)
  await page.context().close()
})
