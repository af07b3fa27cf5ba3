import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { createElement } from 'react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BREED, launchBrowser, SMAL, visit } from '../../../test/support/browser.ts'
import { Problem } from '../problem.ts'
import { assetsDir, ComponentenPagina, findAssets, ProblemPagina, renderPage } from './index.ts'

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

describe.each([BREED, SMAL])('at $width px', venster => {
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

describe('what a visitor downloads', () => {
  it('stays within the budget: style sheet 25 kB, font 36 kB, first page in all 100 kB, gzipped', async () => {
    const assets = findAssets()
    const bytes = (adres: string) => readFileSync(join(assetsDir, basename(adres)))
    const stijl = gzipSync(bytes(assets.stijl)).length
    const letter = bytes(assets.letter).length
    const pagina = gzipSync(paginas.get('/componenten') ?? '').length
    expect(stijl).toBeLessThanOrEqual(25_000)
    expect(letter).toBeLessThanOrEqual(36_000)
    expect(pagina).toBeGreaterThan(1_000)
    expect(stijl + letter + pagina).toBeLessThanOrEqual(100_000)
  })

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
