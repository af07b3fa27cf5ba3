/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, ElementHandle, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { BREED } from './browser.ts'

/** How somebody works: the same intentions, by mouse or by keyboard. */
export interface Hand {
  /** Follows a link, presses a button, ticks a box, picks a radio button, unfolds a part. */
  kies(doel: Locator): Promise<void>
  /** Picks the option that begins with this word. */
  kiesUit(lijst: Locator, woord: string): Promise<void>
  /** Puts this text in a field, in place of what was there. */
  typ(veld: Locator, tekst: string): Promise<void>
  bestand(veld: Locator, naam: string, inhoud: Buffer): Promise<void>
}

export const MUIS: Hand = {
  async kies(doel) {
    const id = await doel.getAttribute('id')
    const keuze = ['radio', 'checkbox'].includes((await doel.getAttribute('type')) ?? '')
    const label = doel.page().locator(`label[for="${id}"]`)
    // Where the box itself is drawn by the style sheet, people click on its words.
    await (keuze && (await label.count()) > 0 ? label : doel).click()
  },
  async kiesUit(lijst, woord) {
    const optie = lijst.locator('option').filter({ hasText: new RegExp(`^${woord}`) })
    await lijst.selectOption({ label: (await optie.first().textContent()) ?? '' })
  },
  typ: (veld, tekst) => veld.fill(tekst),
  async bestand(veld, naam, inhoud) {
    const [kiezer] = await Promise.all([veld.page().waitForEvent('filechooser'), veld.click()])
    await kiezer.setFiles({ name: naam, mimeType: 'application/xml', buffer: inhoud })
  },
}

export const TOETSEN: Hand = {
  async kies(doel) {
    const soort = await doel.getAttribute('type')
    if (soort === 'radio') return pickRadio(doel)
    await tabTo(doel)
    await doel.page().keyboard.press(soort === 'checkbox' ? 'Space' : 'Enter')
  },
  async kiesUit(lijst, woord) {
    await tabTo(lijst)
    await lijst.page().keyboard.type(woord)
  },
  async typ(veld, tekst) {
    await tabTo(veld)
    const { keyboard } = veld.page()
    await keyboard.press('ControlOrMeta+A')
    // Key by key as far as a field could mind; the rest at once, for time. A busy browser lets that overtake the keys, so they are awaited.
    const eerst = tekst.slice(0, 20)
    await keyboard.type(eerst)
    if (tekst === eerst) return
    await expect.poll(() => veld.inputValue(), { timeout: 15_000 }).toBe(eerst)
    await keyboard.insertText(tekst.slice(20))
  },
  async bestand(veld, naam, inhoud) {
    const page = veld.page()
    // Asked for before the first Tab: told to a busy browser together with the key, it can come after it, and then nobody hears of it.
    const [kiezer] = await Promise.all([
      page.waitForEvent('filechooser'),
      tabTo(veld).then(() => page.keyboard.press('Space')),
    ])
    await kiezer.setFiles({ name: naam, mimeType: 'application/xml', buffer: inhoud })
  },
}

/** Tab goes to a group of radio buttons, the arrows through it. */
async function pickRadio(doel: Locator): Promise<void> {
  const page = doel.page()
  const groep = page.locator(`input[type="radio"][name="${await doel.getAttribute('name')}"]`)
  await tabTo(groep)
  for (let i = await groep.count(); i > 0; i -= 1) {
    if (await isFocused(doel)) break
    await page.keyboard.press('ArrowDown')
  }
  if (!(await doel.isChecked())) await page.keyboard.press('Space')
  if (!(await doel.isChecked())) throw new Error(`the keyboard does not pick ${doel}`)
}

async function isFocused(doel: Locator): Promise<boolean> {
  return (await doel.and(doel.page().locator(':focus')).count()) === 1
}

/**
 * Presses Tab until the focus is on `doel`, past the menu by the skip link; a thing that cannot be reached so is not there
 * for everyone.
 */
export async function tabTo(doel: Locator): Promise<void> {
  // Attached: the box of a tick is drawn by the style sheet, the real one has no size.
  await doel.first().waitFor({ state: 'attached' })
  const page = doel.page()
  const doelen = (await doel.elementHandles()) as ElementHandle<Element>[]
  for (let i = 0; i < 300; i += 1) {
    await page.keyboard.press('Tab')
    const waar = await page.evaluate(alle => {
      const hier = document.activeElement
      if (alle.some(e => e === hier)) return 'er'
      return hier?.matches('.ams-skip-link') && alle.every(e => e.closest('main')) ? 'ervoor' : ''
    }, doelen)
    if (waar === 'er') return
    if (waar === 'ervoor') await page.keyboard.press('Enter')
  }
  throw new Error(`the keyboard does not reach ${doel}`)
}

export const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true })
export const knop = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
/** The text field whose label begins so: an optional one says more. */
export const tekstveld = (plek: Page | Locator, label: string) =>
  plek.getByRole('textbox', { name: new RegExp(`^${label}`) })
export const keuzelijst = (plek: Page | Locator, label: string) =>
  plek.getByRole('combobox', { name: new RegExp(`^${label}`) })
export const rondje = (plek: Page | Locator, groep: string, name: string | RegExp) =>
  plek.getByRole('group', { name: new RegExp(`^${groep}`) }).getByRole('radio', { name, exact: true })
export const vinkje = (plek: Page | Locator, name: string | RegExp) =>
  plek.getByRole('checkbox', { name, exact: true })

export async function kop(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** What is in it, as one line of text. */
export const tekstVan = async (doel: Locator) => (await doel.innerText()).replace(/\s+/g, ' ')

/** The file that a browser saves after following this link. */
export async function download(doel: Locator, met: Hand): Promise<Buffer> {
  const [bestand] = await Promise.all([doel.page().waitForEvent('download'), met.kies(doel)])
  return readFileSync(await bestand.path())
}

/** Collects what goes wrong in a browser; a page that was rightly refused is not among it. */
export function watchErrors(page: Page): string[] {
  const fouten: string[] = []
  page.on('pageerror', fout => fouten.push(fout.message))
  page.on('console', melding => {
    const geweigerd = /the server responded with a status of 4\d\d/.test(melding.text())
    if (['error', 'warning'].includes(melding.type()) && !geweigerd) fouten.push(melding.text())
  })
  return fouten
}

export interface Reis {
  browser: Browser
  base: string
  /** As the login page calls it. */
  rol: string
  met: Hand
  /** With JavaScript; without it unless said so. */
  script?: boolean
}

/** Runs a journey from the login page in a browser of its own and shows where it was when it failed. */
export async function reis(
  { browser, base, rol, met, script = false }: Reis,
  fn: (page: Page) => Promise<void>,
): Promise<void> {
  const opties: BrowserContextOptions = { viewport: BREED, javaScriptEnabled: script }
  const context = await browser.newContext(opties)
  // Only ends what hangs: a machine that is busy with other work is slow, and not wrong.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const fouten = watchErrors(page)
  try {
    await page.goto(`${base}/inloggen`)
    await met.kies(knop(page, new RegExp(`^Kijk als ${rol}:`)))
    await page.getByRole('heading', { level: 1, name: /^Welkom/ }).waitFor()
    await fn(page)
    expect(fouten, 'errors in the browser').toEqual([])
  } catch (error) {
    const tekst = await page.locator('main').innerText()
    throw new Error(`at ${page.url()}:\n${tekst.slice(0, 3000)}`, { cause: error })
  } finally {
    await context.close()
  }
}
