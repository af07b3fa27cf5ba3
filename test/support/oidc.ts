import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type AccountClaims, type Configuration } from 'oidc-provider'

export interface Testprovider {
  issuer: string
  start(origin: string): void
  close(): void
}

/** Answers a free port of this machine. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}

/**
 * A real OpenID provider on loopback; whoever logs in as X gets the claims that `claimsOf` makes of X. By default it follows
 * the standard: scopes are answered at userinfo, not in the ID token.
 */
export async function startProvider(
  claimsOf: (login: string) => AccountClaims,
  configuratie: Configuration = {},
): Promise<Testprovider> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    start(origin) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: 'samenhang',
            client_secret: 'geheim',
            redirect_uris: [`${origin}/inloggen/terug`],
            post_logout_redirect_uris: [`${origin}/uitgelogd`],
            response_types: ['code'],
          },
        ],
        claims: { email: ['email', 'email_verified'], profile: ['preferred_username', 'roles'] },
        cookies: { keys: ['proef'] },
        findAccount: (_, id) => ({ accountId: id, claims: async () => claimsOf(id) }),
        ...configuratie,
      })
      server.on('request', provider.callback())
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A browser without a screen: follows redirects by hand and keeps the cookies of every server. */
export class Browser {
  /** Per server: by path and name, as a browser keeps them. */
  readonly #jar = new Map<string, Map<string, { pad: string; naam: string; waarde: string }>>()

  /** The cookies that go along to this address. */
  cookies(url: string): ReadonlyMap<string, string> {
    const { origin, pathname } = new URL(url)
    const passend = [...(this.#jar.get(origin)?.values() ?? [])].filter(({ pad }) => pathname.startsWith(pad))
    return new Map(passend.map(({ naam, waarde }) => [naam, waarde]))
  }

  async get(url: string, body?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies(url)].map(([k, v]) => `${k}=${v}`).join('; '),
        accept: 'text/html',
      },
      ...(body ? { method: 'POST', body } : {}),
    })
    const { origin } = new URL(url)
    const jar = this.#jar.get(origin) ?? new Map()
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const naam = pair.slice(0, at)
      const pad = /path=([^;]+)/i.exec(line)?.[1] ?? '/'
      if (/expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(`${pad} ${naam}`)
      else jar.set(`${pad} ${naam}`, { pad, naam, waarde: pair.slice(at + 1) })
    }
    this.#jar.set(origin, jar)
    return response
  }

  /** Follows redirects until a page. */
  async follow(url: string, body?: URLSearchParams): Promise<{ url: string; response: Response }> {
    let here = { url, response: await this.get(url, body) }
    while (here.response.status >= 300 && here.response.status < 400) {
      const next = new URL(here.response.headers.get('location') ?? '', here.url).href
      here = { url: next, response: await this.get(next) }
    }
    return here
  }

  /** Posts the first form of a page, with its hidden fields. */
  async submit(van: string, html: string, velden: Record<string, string>) {
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1] ?? ''
    const verborgen = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const body = new URLSearchParams(verborgen.map(([, naam = '', waarde = '']) => [naam, waarde]))
    for (const [naam, waarde] of Object.entries(velden)) body.set(naam, waarde)
    return this.follow(new URL(action.replaceAll('&amp;', '&'), van).href, body)
  }
}

/** Goes through the pages of the provider as `login`, from `here`, until back at `origin`. */
export async function throughProvider(
  browser: Browser,
  origin: string,
  login: string,
  begin: { url: string; response: Response },
) {
  let here = begin
  for (const velden of [{ prompt: 'login', login, password: 'x' }, { prompt: 'consent' }]) {
    if (here.url.startsWith(origin)) break
    here = await browser.submit(here.url, await here.response.text(), velden)
  }
  return { browser, ...here, text: await here.response.text() }
}
