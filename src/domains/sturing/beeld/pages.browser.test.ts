import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../../test/support/browser.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { weigh } from '../../../../test/support/gewicht.ts'
import { vulRegiocijfers } from '../../../../test/support/regiocijfers.ts'

const db = await testDatabase()
const klok = () => new Date('2026-11-22T12:00:00Z')
const { app, login } = await testApp(db, { ...db, klok })
let browser: Browser
let url = ''
let samenhang = ''

beforeAll(async () => {
  browser = await launchBrowser()
  await vulRegiocijfers(db.owner, '2026-11-22')
  samenhang = (await login('contractmanager')).headers.cookie.replace('samenhang=', '')
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => browser?.close())

const PAGINAS = [
  ['/cijfers', 'Regio in cijfers'],
  ['/cijfers?gemeente=9002&wet=wmo', 'Regio in cijfers'],
  ['/cijfers/segmenten/ambulant', 'Ambulant'],
  ['/cijfers/gemeenten/9001', 'Aarveld in cijfers'],
  ['/cijfers/aanbieders', 'Aanbieders in cijfers'],
  ['/cijfers/aanbieders/1', 'Zorgaanbieder 1'],
  ['/bronnen', 'Bronnen en definities'],
] as const

describe.each([BREED, SMAL])('at $width px', venster => {
  it.each(PAGINAS)('%s works, does not scroll sideways and passes axe', async (pad, kop) => {
    const context = await browser.newContext({ viewport: venster })
    await context.addCookies([{ name: 'samenhang', value: samenhang, url }])
    const page = await context.newPage()
    expect(await visit(page, url + pad, { kop })).toEqual([])
    const map = process.env.SAMENHANG_BEELDEN
    if (map !== undefined) {
      await page.goto(url + pad)
      const naam = pad.slice(1).replaceAll(/[^a-z0-9]+/g, '-')
      await page.screenshot({ path: join(map, `${naam}-${venster.width}.png`), fullPage: true })
    }
    await context.close()
  })
})

it.each(PAGINAS)('%s is at most 30 kB on the wire', async pad => {
  const { statusCode, gewicht } = await weigh(app, pad, { cookie: `samenhang=${samenhang}` })
  expect(statusCode).toBe(200)
  expect(gewicht).toBeLessThanOrEqual(30_000)
})
