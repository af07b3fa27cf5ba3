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

/**
 * Opens an address and proves that it is a working page: the h1 is `kop`, nothing failed in the browser (a CSP
 * violation is a console error too), and the page does not scroll sideways. Then answers what axe finds against
 * WCAG 2.2 AA; a test expects an empty array. Folded parts are opened first, so that they are checked as well.
 */
export async function visit(page: Page, url: string, { kop }: { kop: string }): Promise<Overtreding[]> {
  const fouten: string[] = []
  const opFout = (fout: Error) => fouten.push(fout.message)
  const opMelding = (melding: { type(): string; text(): string }) => {
    if (melding.type() === 'error') fouten.push(melding.text())
  }
  page.on('pageerror', opFout)
  page.on('console', opMelding)
  try {
    await page.goto(url, { waitUntil: 'load' })
    const koppen = await page.locator('h1').allInnerTexts()
    if (koppen.length !== 1 || koppen[0]?.trim() !== kop)
      throw new Error(`${url}: expected one h1 "${kop}", found ${JSON.stringify(koppen)}`)
    await assertNoSideScroll(page, url)
    await page.locator('details').evaluateAll(alle => {
      for (const details of alle) details.setAttribute('open', '')
    })
    await assertNoSideScroll(page, `${url} with all parts unfolded`)
    if (fouten.length > 0) throw new Error(`${url}: errors in the browser: ${fouten.join(' | ')}`)
    return await runAxe(page)
  } finally {
    page.off('pageerror', opFout)
    page.off('console', opMelding)
  }
}

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

async function runAxe(page: Page): Promise<Overtreding[]> {
  await page.evaluate(axe.source)
  const uitslag = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(REGELS)}, resultTypes: ['violations'] })`,
  )
  return uitslag.violations.map(overtreding => ({
    regel: overtreding.id,
    uitleg: overtreding.help,
    plaatsen: overtreding.nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }))
}
