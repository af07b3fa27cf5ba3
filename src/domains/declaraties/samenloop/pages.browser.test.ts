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
  const tabel = await page.locator('.sam-tabel').evaluate(deel => deel.scrollWidth > deel.clientWidth)
  expect(tabel).toBe(true)
  await context.close()
})
