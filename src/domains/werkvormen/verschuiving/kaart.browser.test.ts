import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maakAanbod } from '../../../../test/support/beleid.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../../test/support/browser.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { werkvormOpstelling } from '../../../../test/support/werkvorm.ts'

tellInOrder()

const KOP = { kop: 'Van curatief naar preventief' }
// The page loads the real style sheet and script: they must be there before the server starts.
const browser: Browser = await launchBrowser()
const t = await werkvormOpstelling()
const [hulp, sterk] = t.aanbod
let url = ''

beforeAll(async () => {
  const { rows } = await t.db.owner.query('select dossier_id from beleid.doorloop where doorloop_id = $1', [
    t.doorloop,
  ])
  for (let i = 3; i <= 12; i += 1) await maakAanbod(t.db, rows[0].dossier_id, `Volgend aanbod ${i}`)
  const base = await t.app.listen({ port: 0, host: '127.0.0.1' })
  url = `${base}/beleid/doorlopen/${t.doorloop}/verschuiving`
})
afterAll(() => browser.close())

async function open(venster: { width: number; height: number }, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport: venster, javaScriptEnabled })
  const [name = '', value = ''] = t.adviseur.headers.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  context.setDefaultTimeout(60_000)
  return context.newPage()
}

const veld = (page: Page, naam: string) => page.locator(`[name="${naam}"]`)

describe('the map in a browser', () => {
  it('is complete without JavaScript: fields, save, and the place is kept', async () => {
    const page = await open(BREED, false)
    await page.goto(url)
    await veld(page, `nu-x-${hulp}`).fill('2')
    await veld(page, `nu-y-${hulp}`).fill('3')
    await veld(page, `nu-rol-${hulp}`).selectOption('overnemen')
    await page.getByRole('button', { name: 'Bewaar de kaart' }).click()
    expect(await page.getByText('Bewaard').first().isVisible()).toBe(true)
    expect(await veld(page, `nu-x-${hulp}`).inputValue()).toBe('2')
    // Nothing that only works with a script is offered.
    expect(await page.getByRole('button', { name: /Zet op de kaart/ }).count()).toBe(0)
    expect(await page.locator('svg [tabindex]').count()).toBe(0)
    await page.context().close()
  })

  it('lets a dot be moved with the arrow keys, and says where it is', async () => {
    const page = await open(BREED)
    await page.goto(url)
    const naam = 'Hulp bij het huishouden'
    const dot = page.locator(`svg [role="button"][aria-label*="${naam}, nu"]`)
    await dot.focus()
    for (const toets of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(toets)
    expect(await veld(page, `nu-x-${hulp}`).inputValue()).toBe('3')
    expect(await veld(page, `nu-y-${hulp}`).inputValue()).toBe('4')
    expect(await page.locator('[aria-live="polite"]').innerText()).toBe(
      `${naam}, nu: 3 van 10 naar preventief, 4 van 10 naar zelfredzaam`,
    )
    await page.context().close()
  })

  it.each([BREED, SMAL])('lets a dot be dragged at $width px, and the form saves it', async venster => {
    const page = await open(venster)
    await page.goto(url)
    // Awake as soon as the dot that was saved before can be taken.
    await page.locator('svg [role="button"]').first().waitFor()
    const zet = page.getByRole('button', { name: /Zet op de kaart.*Sterk blijven, gewenst/ })
    if ((await zet.count()) > 0) await zet.click()
    const dot = page.locator('svg [role="button"][aria-label*="Sterk blijven, gewenst"]')
    await dot.scrollIntoViewIfNeeded()
    const kader = await page.locator('.sam-kaartbeeld svg').boundingBox()
    const van = await dot.boundingBox()
    if (kader === null || van === null) throw new Error('the map is not there')
    await page.mouse.move(van.x + van.width / 2, van.y + van.height / 2)
    await page.mouse.down()
    await page.mouse.move(kader.x + kader.width * 0.6, kader.y + kader.height * 0.3, { steps: 4 })
    await page.mouse.move(kader.x + kader.width * (378 / 400), kader.y + kader.height * (30 / 400), {
      steps: 4,
    })
    await page.mouse.up()
    expect(await veld(page, `wens-x-${sterk}`).inputValue()).toBe('10')
    expect(await veld(page, `wens-y-${sterk}`).inputValue()).toBe('10')
    await page.getByRole('button', { name: 'Bewaar de kaart' }).click()
    await page.getByText('Bewaard').first().waitFor()
    expect(await veld(page, `wens-x-${sterk}`).inputValue()).toBe('10')
    await page.context().close()
  })

  it.each([BREED, SMAL])('passes axe with twelve offers at $width px', async venster => {
    const page = await open(venster)
    expect(await visit(page, url, KOP)).toEqual([])
    expect(await page.locator('.sam-plekken li').count()).toBe(12)
    await page.context().close()
  })
})
