import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { weigh, weighFirst } from '../../../test/support/gewicht.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let backoffice: Inlog

beforeAll(async () => {
  await laadTestregio(omgeving)
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
})

describe('compression', () => {
  const vraag = (opties: InjectOptions) => {
    // A browser that does not say from where it comes, unless the case says so.
    const { 'sec-fetch-site': _, ...oud } = backoffice.headers
    return app.inject({
      ...opties,
      headers: { ...oud, 'accept-encoding': 'gzip, br', ...opties.headers },
    })
  }

  test.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
    ['', undefined],
  ])('a page for who takes %j goes out as %s, with the same content', async (neemt, wijze) => {
    const { headers, rawPayload, statusCode } = await vraag({
      url: '/toegankelijkheid',
      headers: { 'accept-encoding': neemt },
    })
    expect([statusCode, headers['content-encoding']]).toEqual([200, wijze])
    const bytes =
      wijze === 'br'
        ? brotliDecompressSync(rawPayload)
        : wijze === 'gzip'
          ? gunzipSync(rawPayload)
          : rawPayload
    expect(bytes.toString()).toContain('</html>')
    expect(headers.vary).toContain('accept-encoding')
    expect(Number(headers['content-length'])).toBe(rawPayload.length)
  })

  test.each<[string, Record<string, string>, string | undefined]>([
    ['/toewijzingen', {}, 'br'],
    ['/toewijzingen?zoek=123', {}, undefined],
    ['/toewijzingen?zoek=123', { 'sec-fetch-site': 'cross-site' }, undefined],
    ['/toewijzingen?zoek=123', { 'sec-fetch-site': 'same-site' }, undefined],
    ['/toewijzingen?zoek=123', { 'sec-fetch-site': 'same-origin' }, 'br'],
    ['/toewijzingen?zoek=123', { 'sec-fetch-site': 'none' }, 'br'],
    ['/toewijzingen', { 'sec-fetch-site': 'cross-site' }, undefined],
  ])(
    '%s asked with %j is sent as %s: nobody else may choose a part of what is compressed',
    async (url, headers, wijze) => {
      const antwoord = await vraag({ url, headers })
      expect([antwoord.statusCode, antwoord.headers['content-encoding']]).toEqual([200, wijze])
    },
  )

  test('style, scripts and icon were compressed by the build; the font already is', async () => {
    const { stijl, letter, icoon, eilanden } = (await import('../ui/assets.ts')).findAssets()
    for (const url of [stijl, icoon, ...Object.values(eilanden)])
      expect((await vraag({ url })).headers['content-encoding'], url).toBe('br')
    expect((await vraag({ url: letter })).headers['content-encoding']).toBeUndefined()
  })

  test('the first page costs on the wire: style sheet 25 kB, font 36 kB, all together 100 kB', async () => {
    const { stijl, letter } = (await import('../ui/assets.ts')).findAssets()
    expect((await weigh(app, stijl)).gewicht).toBeLessThanOrEqual(25_000)
    expect((await weigh(app, letter)).gewicht).toBeLessThanOrEqual(36_000)
    expect(await weighFirst(app, '/componenten')).toBeLessThanOrEqual(100_000)
  })
})
