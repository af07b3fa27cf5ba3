import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { buildApp } from '../../app/app.tsx'
import { readConfig } from '../config.ts'
import type { App } from '../http/server.ts'
import { localPath } from './oidc.ts'

const { database, owner, kluis } = await testDatabase()

/** A real OpenID provider on loopback: whoever logs in as X gets the e-mail address X. */
async function startProvider(): Promise<{
  issuer: string
  server: Server
  allow: (redirect: string) => void
}> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    server,
    allow: redirect => {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: 'samenhang',
            client_secret: 'geheim',
            redirect_uris: [redirect],
            response_types: ['code'],
          },
        ],
        claims: { email: ['email', 'email_verified'] },
        conformIdTokenClaims: false,
        cookies: { keys: ['proef'] },
        findAccount: (_, id) => ({
          accountId: id,
          claims: async () => ({ sub: id, email: id, email_verified: !id.startsWith('onbevestigd') }),
        }),
      })
      server.on('request', provider.callback())
    },
  }
}

/** A browser without a screen: follows redirects by hand and keeps the cookies of both servers. */
class Browser {
  readonly #jar = new Map<string, Map<string, string>>()

  async get(url: string, body?: URLSearchParams): Promise<Response> {
    const origin = new URL(url).origin
    const cookies = this.#jar.get(origin) ?? new Map<string, string>()
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; '), accept: 'text/html' },
      ...(body ? { method: 'POST', body } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    this.#jar.set(origin, cookies)
    return response
  }

  /** Follows redirects until a page, or until one to somewhere else than `stay`. */
  async follow(url: string, response: Response): Promise<{ url: string; response: Response }> {
    let here = { url, response }
    while (here.response.status >= 300 && here.response.status < 400) {
      const next = new URL(here.response.headers.get('location') ?? '', here.url).href
      here = { url: next, response: await this.get(next) }
    }
    return here
  }
}

let app: App
let provider: Awaited<ReturnType<typeof startProvider>>
let base = ''

beforeAll(async () => {
  provider = await startProvider()
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  base = `http://127.0.0.1:${port}`
  provider.allow(`${base}/inloggen/terug`)
  const config = readConfig({
    PORT: String(port),
    SAMENHANG_LOG: 'silent',
    SAMENHANG_ADRES: base,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'samenhang',
    OIDC_CLIENT_SECRET: 'geheim',
  })
  app = await buildApp(config, { database, kluis, klok: () => new Date() })
  await app.listen({ port, host: '127.0.0.1' })
  await owner.query(`
    insert into platform.gebruiker (naam, email, organisatie, rol, demonstratie, actief) values
      ('Petra Proef', 'Petra@voorbeeld.example', 'Regio', 'bestuur', false, true),
      ('Dirk Demo', 'demo@voorbeeld.example', 'Regio', 'bestuur', true, true),
      ('Wim Weg', 'weg@voorbeeld.example', 'Regio', 'bestuur', false, false)`)
})

afterAll(async () => {
  await app?.close()
  provider?.server.closeAllConnections()
  provider?.server.close()
})

/** Logs in at the provider as `email` and comes back; answers the last page and the browser. */
async function login(email: string, naar = '/') {
  const browser = new Browser()
  const begin = `${base}/inloggen/oidc?naar=${encodeURIComponent(naar)}`
  let here = await browser.follow(begin, await browser.get(begin))
  for (const velden of [{ prompt: 'login', login: email, password: 'x' }, { prompt: 'consent' }]) {
    const action = /action="([^"]+)"/.exec(await here.response.text())?.[1] ?? ''
    const response = await browser.get(new URL(action, here.url).href, new URLSearchParams(velden))
    here = await browser.follow(new URL(action, here.url).href, response)
    if (here.url.startsWith(base)) break
  }
  return { browser, ...here, text: await here.response.text() }
}

describe('login by OpenID Connect', () => {
  test('a known user comes in where they wanted to be, whatever the case of the address', async () => {
    const { url, response, text } = await login('petra@voorbeeld.example', '/?van=elders')
    expect(response.status).toBe(200)
    expect(url).toBe(`${base}/?van=elders`)
    expect(text).toContain('Petra Proef')
  })

  test.each([
    ['someone without a role', 'nieuw@voorbeeld.example'],
    ['a demonstration user', 'demo@voorbeeld.example'],
    ['a user who was switched off', 'weg@voorbeeld.example'],
    ['an address that the provider did not verify', 'onbevestigd@voorbeeld.example'],
  ])('%s is refused', async (_, email) => {
    const { response, browser } = await login(email)
    expect(response.status).toBe(403)
    const start = await browser.get(`${base}/`)
    expect(start.status).toBe(302)
  })

  test('a return without a login that was begun here is refused', async () => {
    const response = await fetch(`${base}/inloggen/terug?code=x&state=y`, {
      headers: { accept: 'text/html' },
    })
    expect(response.status).toBe(403)
  })
})

describe('the demonstration login does not exist in production', () => {
  test.each(['/inloggen/demonstratie'])('POST %s is not a route', async url => {
    const response = await app.inject({ method: 'POST', url, payload: { gebruiker: '1' } })
    expect(response.statusCode).toBe(404)
  })
  test('the login page names no role', async () => {
    const page = await app.inject({ url: '/inloggen', headers: { accept: 'text/html' } })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain('Dirk Demo')
    expect(page.body).not.toContain('Demonstratie')
  })
})

test.each([
  ['/cijfers', '/cijfers'],
  ['//elders.example', '/'],
  ['/\\elders.example', '/'],
  ['https://elders.example', '/'],
  ['/inloggen', '/'],
  [undefined, '/'],
])('after login %s leads to %s', (naar, uit) => expect(localPath(naar)).toBe(uit))
