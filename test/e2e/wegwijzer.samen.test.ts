import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bouwEiland } from '../../scripts/build-assets.mjs'
import type { Inlog } from '../support/app.ts'
import { knop, MUIS, rondje, tekstVan, tekstveld, watchErrors } from '../support/bediening.ts'
import { BREED, launchBrowser } from '../support/browser.ts'
import { tellInOrder } from '../support/verhaal.ts'
import { werkvormOpstelling } from '../support/werkvorm.ts'

tellInOrder()

/** The Wegwijzer with more people at once: the wheel that follows what others do, and three who write the same answer. */
// The pages load the real style sheet and scripts: they must be there before the server starts.
const browser: Browser = await launchBrowser()
const t = await werkvormOpstelling()
const pad = `/beleid/doorlopen/${t.doorloop}`
const VRAGEN = 19
const TWAALF = 'Welke vorm van partnerschap hebben we nu voornamelijk?'
let base = ''

beforeAll(async () => {
  base = await t.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser.close())

async function open(wie: Inlog, script = true): Promise<{ page: Page; fouten: string[] }> {
  const context: BrowserContext = await browser.newContext({ viewport: BREED, javaScriptEnabled: script })
  context.setDefaultTimeout(60_000)
  const [name = '', value = ''] = wie.headers.cookie.split('=')
  await context.addCookies([{ name, value, url: base }])
  const page = await context.newPage()
  return { page, fouten: watchErrors(page) }
}

const wiel = (page: Page) => page.getByRole('navigation', { name: /^Vragenwiel/ })
const vakken = (page: Page) => wiel(page).locator('svg a')
const onderschrift = (page: Page) => tekstVan(wiel(page).locator('.sam-wiel-tekst'))
/** The wheel is awake when one question at a time takes the focus. */
const wakker = (page: Page) => wiel(page).locator('svg a[tabindex="-1"]').first().waitFor()
const nummerMetFocus = async (page: Page) =>
  /^Vraag (\d+),/.exec((await page.locator(':focus').getAttribute('aria-label')) ?? '')?.[1]

describe('het vragenwiel', () => {
  test('gaat met pijltjes, Home en End langs de vragen, zegt eronder welke het is, en opent haar met Enter', async () => {
    const { page, fouten } = await open(t.adviseur)
    await page.goto(`${base}${pad}`)
    await wakker(page)
    // One stop for Tab: the next question to answer.
    await page.locator('main .sam-tabs a').last().focus()
    await page.keyboard.press('Tab')
    expect(await nummerMetFocus(page)).toBe('12')
    expect(await onderschrift(page)).toBe(`Vraag 12 ${TWAALF} nog leeg`)
    for (const [toets, nummer] of [
      ['ArrowRight', '13'],
      ['ArrowDown', '14'],
      ['ArrowLeft', '13'],
      ['ArrowUp', '12'],
      ['End', String(VRAGEN)],
      ['ArrowRight', '1'],
      ['ArrowLeft', String(VRAGEN)],
      ['Home', '1'],
    ] as const) {
      await page.keyboard.press(toets)
      expect(await nummerMetFocus(page), toets).toBe(nummer)
      expect(await onderschrift(page)).toMatch(new RegExp(`^Vraag ${nummer} `))
    }
    expect(await onderschrift(page)).toMatch(/ beantwoord$/)
    await page.keyboard.press('Tab')
    expect(await nummerMetFocus(page), 'Tab leaves the wheel').toBeUndefined()
    await page.keyboard.press('Shift+Tab')
    expect(await nummerMetFocus(page), 'and comes back to where it was').toBe('1')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${base}${pad}/vragen/k1`)
    expect(fouten).toEqual([])
    await page.context().close()
  })

  test('volgt vanzelf wat een ander beantwoordt', async () => {
    const { page, fouten } = await open(t.adviseur)
    await page.clock.install()
    await page.goto(`${base}${pad}`)
    await wakker(page)
    expect(await wiel(page).getAttribute('aria-label')).toBe(`Vragenwiel: 11 van ${VRAGEN} vragen af`)
    await vakken(page).nth(11).focus()
    expect(await onderschrift(page)).toContain('nog leeg')
    await t.post(`${pad}/vragen/p1`, { staat: 'beantwoord', tekst: 'Open house.', versie: '0' }, t.collega)
    const gevraagd = page.waitForResponse(antwoord => antwoord.url().endsWith(`${pad}/stand`))
    await page.clock.runFor(20_000)
    await gevraagd
    await page.getByRole('navigation', { name: `Vragenwiel: 12 van ${VRAGEN} vragen af` }).waitFor()
    // The focus stays where it was, and the text below says what changed.
    expect(await nummerMetFocus(page)).toBe('12')
    expect(await onderschrift(page)).toBe(`Vraag 12 ${TWAALF} beantwoord`)
    expect(fouten).toEqual([])
    await page.context().close()
  })

  test('is zonder JavaScript een tekening van links, en de lijst zegt hetzelfde', async () => {
    const { page } = await open(t.adviseur, false)
    await page.goto(`${base}${pad}`)
    expect(await vakken(page).count()).toBe(VRAGEN)
    const lijst = page.locator('.sam-vragenlijst li')
    expect(await lijst.count()).toBe(VRAGEN)
    for (const [i, regel] of (await lijst.allInnerTexts()).entries()) {
      const [vraag = '', stand = ''] = regel.split(/ (?=[^?]*$)/)
      const naam = await vakken(page).nth(i).getAttribute('aria-label')
      expect(naam).toContain(`Vraag ${i + 1},`)
      expect(naam).toContain(`: ${vraag} (${stand}`)
      expect(await vakken(page).nth(i).getAttribute('href')).toBe(
        await lijst.nth(i).locator('a').getAttribute('href'),
      )
      expect(await vakken(page).nth(i).getAttribute('tabindex')).toBe('0')
    }
    await vakken(page).nth(6).click()
    await page.waitForURL(`${base}${pad}/vragen/v1`)
    await page.context().close()
  })
})

test.each([
  ['wiel', '', '[tabindex="-1"]'],
  ['kaart', '/verschuiving', '.sam-zet'],
])('het eiland %s komt in de browser uit zoals de server het tekende', async (naam, deel, wakkerTeken) => {
  const { page, fouten } = await open(t.adviseur)
  // The development build of React says so when it finds anything else than it would have made.
  const body = await bouwEiland(naam, 'development')
  await page.route(`**/assets/${naam}.*.js`, route => route.fulfill({ contentType: 'text/javascript', body }))
  await page.goto(`${base}${pad}${deel}`)
  await page.locator(`[data-eiland="${naam}"] ${wakkerTeken}`).first().waitFor()
  expect(fouten).toEqual([])
  await page.context().close()
})

interface Mens {
  page: Page
  fouten: string[]
  tekst: string
}

/** Saves the answer and answers whether it went through; if not, the page must have refused it for somebody else's. */
async function bewaar({ page }: Mens): Promise<boolean> {
  const [antwoord] = await Promise.all([
    page.waitForResponse(r => r.request().method() === 'POST'),
    knop(page, 'Bewaar antwoord').click(),
  ])
  expect([303, 409]).toContain(antwoord.status())
  await page.waitForLoadState()
  return antwoord.status() === 303
}

/** The page shows what `ander` saved, and still holds what this person typed. */
async function expectBotsing({ page, tekst }: Mens, ander: Mens): Promise<void> {
  expect(await tekstVan(page.locator('main'))).toMatch(
    new RegExp(`Iemand anders heeft dit antwoord intussen gewijzigd.*Antwoord ${ander.tekst}`),
  )
  expect(await tekstveld(page, 'Antwoord').inputValue()).toBe(tekst)
}

test('drie mensen tegelijk aan één vraag verliezen niets', async () => {
  const wie = [t.adviseur, t.collega, await t.login('beleidsadviseur')]
  const teksten = ['Veel aanbieders, ieder voor zich.', 'De buurt kent ze niet.', 'Eén tafel voor iedereen.']
  const mensen: Mens[] = await Promise.all(
    wie.map(async (inlog, i) => ({ ...(await open(inlog)), tekst: teksten[i] ?? '' })),
  )
  for (const { page, tekst } of mensen) {
    await page.goto(`${base}${pad}/vragen/p3`)
    await tekstveld(page, 'Antwoord').fill(tekst)
    await MUIS.kies(rondje(page, 'Hoe ver', 'Beantwoord'))
  }
  const gelukt = await Promise.all(mensen.map(bewaar))
  const [een, ...over] = mensen.toSorted(
    (a, b) => Number(gelukt[mensen.indexOf(b)]) - Number(gelukt[mensen.indexOf(a)]),
  )
  const [twee, drie] = over
  if (!een || !twee || !drie) throw new Error('three people')
  expect(gelukt.filter(Boolean)).toHaveLength(1)
  for (const mens of over) await expectBotsing(mens, een)
  expect(await bewaar(twee), 'a second time, having read the other').toBe(true)
  // Meanwhile there is something new to read for the third.
  expect(await bewaar(drie)).toBe(false)
  await expectBotsing(drie, twee)
  expect(await bewaar(drie)).toBe(true)

  await een.page.reload()
  expect(await tekstveld(een.page, 'Antwoord').inputValue()).toBe(drie.tekst)
  const eerder = een.page.locator('details').filter({ hasText: 'Eerdere versies (2)' })
  await eerder.locator('summary').click()
  expect(await tekstVan(eerder)).toMatch(new RegExp(`Versie 2 .*${twee.tekst}.*Versie 1 .*${een.tekst}`))
  for (const { page, fouten } of mensen) {
    expect(fouten).toEqual([])
    await page.context().close()
  }
})
