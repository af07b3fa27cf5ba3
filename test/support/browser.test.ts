import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BREED, launchBrowser, SMAL, visit } from './browser.ts'

const PAGINAS: Record<string, string> = {
  '/goed': '<h1>Goed</h1><details><summary>Meer</summary><p>tekst</p></details>',
  '/breed': '<h1>Breed</h1><svg width="900" height="10" aria-hidden="true"></svg>',
  '/dicht':
    '<h1>Dicht</h1><details><summary>Meer</summary><svg width="900" height="10" aria-hidden="true"></svg></details>',
  '/stijl': '<h1>Stijl</h1><p style="color:red">rood</p>',
  '/stuk': '<h1>Stuk</h1><script>throw new Error("kapot")</script>',
  '/leeg': '',
  '/twee': '<h1>Twee</h1><h1>Twee</h1>',
  '/zonderlabel': '<h1>Zonder label</h1><input name="a">',
}

let browser: Browser
let page: Page
let server: Server
let url = ''

beforeAll(async () => {
  server = createServer((vraag, antwoord) => {
    const inhoud = PAGINAS[vraag.url ?? '']
    antwoord.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'unsafe-inline'; img-src data:",
    )
    antwoord.setHeader('Content-Type', 'text/html; charset=utf-8')
    antwoord.end(
      `<!doctype html><html lang="nl"><head><title>t</title><link rel="icon" href="data:,"></head><body><main>${inhoud}</main></body></html>`,
    )
  })
  await new Promise<void>(klaar => server.listen(0, '127.0.0.1', klaar))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchBrowser()
  page = await browser.newPage()
})
// A visit leaves the window at its last size.
beforeEach(() => page.setViewportSize(SMAL))

afterAll(async () => {
  await browser?.close()
  await new Promise(klaar => server.close(klaar))
})

describe('visit', () => {
  it('answers nothing for a good page', async () => {
    expect(await visit(page, `${url}/goed`, { kop: 'Goed' })).toEqual([])
  })

  it.each([
    ['/breed', 'Breed', /scrolls sideways/],
    ['/dicht', 'Dicht', /unfolded: scrolls sideways/],
    ['/stijl', 'Stijl', /Content Security Policy/],
    ['/stuk', 'Stuk', /kapot/],
    ['/leeg', 'Leeg', /expected one h1 "Leeg", found \[\]/],
    ['/twee', 'Twee', /expected one h1/],
    ['/goed', 'Anders', /expected one h1 "Anders"/],
  ])('refuses %s', async (pad, kop, reden) => {
    await expect(visit(page, url + pad, { kop })).rejects.toThrow(reden)
  })

  it.each([
    ['/breed', 'Breed', /at 390 px: scrolls sideways/],
    ['/dicht', 'Dicht', /at 390 px with all parts unfolded: scrolls sideways/],
  ])('looks at %s in every window that is asked for, without axe as well', async (pad, kop, reden) => {
    const bezoek = { kop, vensters: [BREED, SMAL], metAxe: false }
    await expect(visit(page, url + pad, bezoek)).rejects.toThrow(reden)
    expect(await visit(page, url + pad, { ...bezoek, vensters: [BREED] })).toEqual([])
  })

  it('folds again what it opened, so that every window sees the page as it came', async () => {
    await visit(page, `${url}/goed`, { kop: 'Goed', vensters: [BREED, SMAL] })
    expect(await page.locator('details[open]').count()).toBe(0)
  })

  it('asks axe in every window', async () => {
    const gevonden = await visit(page, `${url}/zonderlabel`, { kop: 'Zonder label', vensters: [BREED, SMAL] })
    expect(gevonden.map(({ plaatsen }) => plaatsen[0]?.slice(0, 10))).toEqual(['at 1280 px', 'at 390 px,'])
  })

  it('names what axe finds, with the place', async () => {
    const [overtreding] = await visit(page, `${url}/zonderlabel`, { kop: 'Zonder label' })
    expect(overtreding?.regel).toBe('label')
    expect(overtreding?.plaatsen[0]).toContain('input')
  })
})
