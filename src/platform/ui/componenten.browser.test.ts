import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createElement } from 'react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BREED, launchBrowser, SMAL, visit } from '../../../test/support/browser.ts'
import { Problem } from '../problem.ts'
import { assetsDir, ComponentenPagina, ProblemPagina, renderPage } from './index.ts'

const CSP =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'"
const SOORT: Record<string, string> = { css: 'text/css', woff2: 'font/woff2', svg: 'image/svg+xml' }

let browser: Browser
let server: Server
let url = ''
const paginas = new Map<string, string>()

beforeAll(async () => {
  browser = await launchBrowser()
  const problem = new Problem(
    403,
    'geen-toegang',
    'U mag deze pagina niet zien',
    'Uw rol geeft geen toegang.',
  )
  paginas.set('/componenten', renderPage(createElement(ComponentenPagina)))
  paginas.set('/probleem', renderPage(createElement(ProblemPagina, { problem, verzoekId: 'req-1' })))
  server = createServer((vraag, antwoord) => {
    const pad = (vraag.url ?? '/').split('?')[0] ?? '/'
    const pagina = paginas.get(pad)
    antwoord.setHeader('Content-Security-Policy', CSP)
    if (pagina !== undefined) antwoord.setHeader('Content-Type', 'text/html; charset=utf-8').end(pagina)
    else if (pad.startsWith('/assets/'))
      antwoord
        .setHeader('Content-Type', SOORT[pad.split('.').at(-1) ?? ''] ?? 'text/plain')
        .end(readFileSync(join(assetsDir, basename(pad))))
    else antwoord.writeHead(404).end()
  })
  await new Promise<void>(klaar => server.listen(0, '127.0.0.1', klaar))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await browser?.close()
  await new Promise(klaar => server.close(klaar))
})

/** What is left of 1280 px at a zoom of 400 % (WCAG 1.4.10). */
const GEZOOMD = { width: 320, height: 480 }

describe.each([BREED, SMAL, GEZOOMD])('at $width px', venster => {
  it.each([
    ['/componenten', 'Componenten'],
    ['/probleem', 'U mag deze pagina niet zien'],
  ])('%s works under the strict CSP, does not scroll sideways and passes axe', async (pad, kop) => {
    const page = await browser.newPage({ viewport: venster })
    const map = process.env.SAMENHANG_BEELDEN
    expect(await visit(page, url + pad, { kop })).toEqual([])
    if (map !== undefined) {
      await page.goto(url + pad)
      await page.screenshot({ path: join(map, `${pad.slice(1)}-${venster.width}.png`), fullPage: true })
    }
    await page.close()
  })
})

describe('without a mouse, without script, on paper', () => {
  it('skips to the content with the first Tab, showing the link', async () => {
    const page = await browser.newPage({ viewport: BREED })
    await page.goto(`${url}/componenten`)
    await page.keyboard.press('Tab')
    const breedte = '(e => e.textContent === "Direct naar de inhoud" ? e.getBoundingClientRect().width : 0)'
    expect(await page.evaluate(`${breedte}(document.activeElement)`)).toBeGreaterThan(100)
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('inhoud')
    await page.close()
  })

  it('opens the menu on a phone without script, with the same links as on a wide screen', async () => {
    const context = await browser.newContext({ viewport: SMAL, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${url}/componenten`)
    const menu = page.getByRole('navigation', { name: 'Hoofdmenu' })
    expect(await menu.isVisible()).toBe(false)
    await page.getByText('Menu', { exact: true }).click()
    expect(await menu.isVisible()).toBe(true)
    const smal = await menu.getByRole('link').allInnerTexts()
    await page.setViewportSize(BREED)
    expect(await menu.getByRole('link').allInnerTexts()).toEqual(smal)
    expect(smal.length).toBeGreaterThan(5)
    await context.close()
  })

  it('prints the content with full tables and without menus or buttons', async () => {
    const page = await browser.newPage({ viewport: { width: 700, height: 1000 } })
    await page.goto(`${url}/componenten`)
    // What can be pressed or sent means nothing on paper.
    const knoppen = page.locator('main .ams-button, main button').filter({ visible: true })
    expect(await knoppen.count()).toBeGreaterThan(5)
    await page.emulateMedia({ media: 'print' })
    expect(await knoppen.allInnerTexts()).toEqual([])
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0)
    expect(await page.getByRole('search').isVisible()).toBe(false)
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
    const tabellen = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.sam-tabel')].map(e => getComputedStyle(e).overflowX)`,
    )
    expect(tabellen.length).toBeGreaterThan(1)
    expect(tabellen.filter(overloop => overloop !== 'visible')).toEqual([])
    await page.close()
  })

  it('is drawn with our own font and style sheet', async () => {
    const page = await browser.newPage({ viewport: BREED })
    await page.goto(`${url}/componenten`)
    await page.evaluate('document.fonts.ready')
    expect(await page.evaluate(`[...document.fonts].map(f => f.family + ' ' + f.status)`)).toEqual([
      'Noto Sans Variable loaded',
    ])
    await page.close()
  })
})

describe('what a visitor downloads', () => {
  it('holds no icon of the City of Amsterdam: every path drawn is one of ours or of the open package', async () => {
    const icons = readFileSync(
      join(process.cwd(), 'node_modules/@amsterdam/design-system-react-icons/dist/index.esm.js'),
      'utf8',
    )
    const paden = [...(paginas.get('/componenten') ?? '').matchAll(/ d="([^"]{12,})"/g)].map(m => m[1] ?? '')
    expect(paden.length).toBeGreaterThan(10)
    expect(paden.filter(pad => icons.includes(pad))).toEqual([])
  })
})
