/// <reference lib="dom" />
import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { findChromium, startChromium } from './chromium.ts'

/** WCAG 2.2 AA and everything below it. */
const REGELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export const BREED = { width: 1280, height: 900 }
export const SMAL = { width: 390, height: 844 }

/** A headless Chromium; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return await startChromium(await findChromium())
}

export interface Overtreding {
  regel: string
  uitleg: string
  /** Selectors of the elements concerned, with what is wrong. */
  plaatsen: string[]
}

export interface Bezoek {
  /** The h1 that the page must have. */
  kop: string
  /** Sizes of the window in which it is looked at, one after the other; as it is when not given. */
  vensters?: readonly { width: number; height: number }[]
  /** False: axe is not asked, everything else is. */
  metAxe?: boolean
}

/**
 * Opens an address and proves that it is a working page: the h1 is `kop`, nothing failed in the browser (a CSP
 * violation is a console error too), and the page does not scroll sideways in any of the windows, folded or unfolded. Then
 * answers what axe finds against WCAG 2.2 AA; a test expects an empty array. Folded parts are opened first, so that they
 * are checked as well.
 */
export async function visit(page: Page, url: string, bezoek: Bezoek): Promise<Overtreding[]> {
  const { kop, vensters = [page.viewportSize() ?? BREED], metAxe = true } = bezoek
  const fouten: string[] = []
  const opFout = (fout: Error) => fouten.push(fout.message)
  const opMelding = (melding: { type(): string; text(): string }) => {
    if (melding.type() === 'error') fouten.push(melding.text())
  }
  page.on('pageerror', opFout)
  page.on('console', opMelding)
  try {
    // Loaded as on the first window: the page before left it at its last.
    await page.setViewportSize(vensters[0] ?? BREED)
    await page.goto(url, { waitUntil: 'load' })
    const koppen = await page.locator('h1').allInnerTexts()
    if (koppen.length !== 1 || koppen[0]?.trim() !== kop)
      throw new Error(`${url}: expected one h1 "${kop}", found ${JSON.stringify(koppen)}`)
    if (metAxe) await page.evaluate(axe.source)
    const gevonden: Overtreding[] = []
    for (const venster of vensters) {
      await page.setViewportSize(venster)
      const waar = `${url} at ${venster.width} px`
      await assertNoSideScroll(page, waar)
      await page.evaluate(OPENKLAPPEN)
      await assertNoSideScroll(page, `${waar} with all parts unfolded`)
      if (metAxe) gevonden.push(...(await runAxe(page, venster.width)))
      await page.evaluate(DICHTKLAPPEN)
    }
    if (fouten.length > 0) throw new Error(`${url}: errors in the browser: ${fouten.join(' | ')}`)
    return gevonden
  } finally {
    page.off('pageerror', opFout)
    page.off('console', opMelding)
  }
}

/** Opens what is folded, and afterwards folds again what was: the next window sees the page as it came. */
const OPENKLAPPEN = `for (const d of document.querySelectorAll('details:not([open])')) { d.setAttribute('open', ''); d.dataset.dicht = '' }`
const DICHTKLAPPEN = `for (const d of document.querySelectorAll('details[data-dicht]')) { d.removeAttribute('open'); delete d.dataset.dicht }`

/** Evaluated as text: test code is compiled without the types of a browser, and CSP does not stop evaluation. */
async function assertNoSideScroll(page: Page, waar: string): Promise<void> {
  const maat = await page.evaluate<{ inhoud: number; venster: number; wie: string[] }>(`(() => {
    const venster = document.documentElement.clientWidth
    const buiten = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > venster + 1)
    return {
      inhoud: document.documentElement.scrollWidth,
      venster,
      wie: buiten.slice(0, 5).map(e => e.tagName.toLowerCase() + '.' + String(e.getAttribute('class'))),
    }
  })()`)
  if (maat.inhoud > maat.venster)
    throw new Error(
      `${waar}: scrolls sideways (${maat.inhoud} px in ${maat.venster} px), e.g. ${maat.wie.join(', ')}`,
    )
}

async function runAxe(page: Page, breedte: number): Promise<Overtreding[]> {
  const uitslag = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(REGELS)}, resultTypes: ['violations'] })`,
  )
  return uitslag.violations.map(overtreding => ({
    regel: overtreding.id,
    uitleg: overtreding.help,
    plaatsen: overtreding.nodes.map(
      node => `at ${breedte} px, ${node.target.join(' ')}: ${node.failureSummary ?? ''}`,
    ),
  }))
}
