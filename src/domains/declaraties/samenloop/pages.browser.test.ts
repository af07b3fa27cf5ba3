import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, SMAL, visit } from '../../../../test/support/browser.ts'
import { GEMEENTE_A, GEMEENTE_B } from '../../../../test/support/regio.ts'
import { regel, testSamenloop } from '../../../../test/support/samenloop.ts'

const { app, wie, child, claim } = await testSamenloop()
let browser: Browser
let base = ''

beforeAll(async () => {
  browser = await launchBrowser()
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  await child(1)
  await claim(GEMEENTE_A, 'A1', regel(1, 'A1.1'))
  await claim(GEMEENTE_B, 'B1', regel(1, 'B1.1'))
})
afterAll(() => browser?.close())

it('on a telephone the judgement is in reach without scrolling sideways', async () => {
  const [name = '', value = ''] = wie.vanA.headers.cookie.split('=')
  const context = await browser.newContext({ viewport: SMAL })
  await context.addCookies([{ name, value, url: base }])
  const page = await context.newPage()
  expect(await visit(page, `${base}/declaraties/samenloop`, { kop: 'Dubbel gedeclareerd' })).toEqual([])
  const doos = await page.getByRole('link', { name: 'Beoordeel regel A1.1' }).boundingBox()
  expect(doos?.x).toBeGreaterThan(0)
  expect((doos?.x ?? 0) + (doos?.width ?? 0)).toBeLessThanOrEqual(SMAL.width)
  const scrolls = await page.locator('.sam-tabel').evaluate(deel => deel.scrollWidth > deel.clientWidth)
  expect(scrolls).toBe(false)
  await context.close()
})

it('who decides reads that it is done, and no more what happens until it is', async () => {
  const [name = '', value = ''] = wie.vanA.headers.cookie.split('=')
  const context = await browser.newContext()
  await context.addCookies([{ name, value, url: base }])
  const page = await context.newPage()
  await page.goto(`${base}/declaraties/samenloop`)
  expect(await page.locator('main').innerText()).toContain('Zolang u niet hebt beslist')
  await page.getByRole('link', { name: 'Beoordeel regel A1.1' }).click()
  await page.getByText('Niet betalen: de aanbieder').click()
  await page.getByLabel('Waarom').fill('Woont elders.')
  await page.getByRole('button', { name: 'Leg het oordeel vast' }).click()
  const tekst = await page.locator('main').innerText()
  expect(tekst).toContain('Het oordeel is vastgelegd')
  expect(tekst).not.toContain('Zolang u niet hebt beslist')
  await context.close()
})
