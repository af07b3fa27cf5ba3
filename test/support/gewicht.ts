import { brotliDecompressSync } from 'node:zlib'
import { expect } from 'vitest'
import type { App } from '../../src/platform/http/server.ts'

/** What a browser says about itself when somebody follows a link on our own page. */
const BROWSER = { 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': 'same-origin' }

/** Gets an address as a browser does; `gewicht` is what goes over the wire, in bytes, and `body` what the reader sees. */
export async function weigh(app: App, url: string, headers: Record<string, string> = {}) {
  const antwoord = await app.inject({ url, headers: { ...headers, ...BROWSER } })
  const { statusCode, headers: koppen, rawPayload } = antwoord
  if (String(koppen['content-type']).startsWith('text/html') && rawPayload.length > 1024)
    expect(koppen['content-encoding'], `${url} is not compressed`).toBe('br')
  const body =
    koppen['content-encoding'] === 'br' ? brotliDecompressSync(rawPayload).toString() : antwoord.body
  return { statusCode, headers: koppen, body, gewicht: rawPayload.length }
}

/** What a browser fetches for this page when it has nothing yet: page, style, letter, icon and scripts. */
export async function weighFirst(
  app: App,
  url: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const { body, gewicht } = await weigh(app, url, headers)
  const urls = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, adres = '']) => adres)
  let totaal = gewicht
  for (const adres of new Set(urls)) totaal += (await weigh(app, adres)).gewicht
  return totaal
}
