import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import {
  Browser,
  freePort,
  startProvider,
  type Testprovider,
  throughProvider,
} from '../../../test/support/oidc.ts'
import { buildApp } from '../../app/app.tsx'
import { readConfig } from '../config.ts'
import type { App } from '../http/server.ts'

const { database, owner, kluis } = await testDatabase()

interface Opstelling {
  app: App
  base: string
  provider: Testprovider
  log: string[]
  login(wie: string, naar?: string, browser?: Browser): Promise<Awaited<ReturnType<typeof throughProvider>>>
}

const opstellingen: Opstelling[] = []
afterAll(async () => {
  for (const { app, provider } of opstellingen) {
    await app.close()
    provider.close()
  }
})

/** The application against a provider of this shape, on the database of this file. */
async function opstelling(
  env: NodeJS.ProcessEnv,
  ...vorm: Parameters<typeof startProvider>
): Promise<Opstelling> {
  const provider = await startProvider(...vorm)
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  provider.start(base)
  const config = readConfig({
    PORT: String(port),
    SAMENHANG_LOG: 'warn',
    SAMENHANG_ADRES: base,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'samenhang',
    OIDC_CLIENT_SECRET: 'geheim',
    ...env,
  })
  const log: string[] = []
  const stream = { write: (regel: string) => log.push(regel) }
  const app = await buildApp(config, { database, kluis, klok: () => new Date() }, { logStream: stream })
  await app.listen({ port, host: '127.0.0.1' })
  const klaar: Opstelling = {
    app,
    base,
    provider,
    log,
    login: async (wie, naar = '/', browser = new Browser()) =>
      throughProvider(
        browser,
        base,
        wie,
        await browser.follow(`${base}/inloggen/oidc?naar=${encodeURIComponent(naar)}`),
      ),
  }
  opstellingen.push(klaar)
  return klaar
}

const MERK: Readonly<Record<string, unknown>> = { tekst: 'true', nee: 'false', leeg: undefined }
const standaard = (id: string) => ({
  sub: id,
  email: id.replace(/^(tekst|nee|leeg|onbevestigd)\+/, ''),
  email_verified: (id.startsWith('onbevestigd')
    ? false
    : (MERK[id.split('+')[0] ?? ''] ?? !id.startsWith('leeg'))) as boolean,
})

beforeEach(async () => {
  await owner.query(`delete from platform.sessie; delete from platform.gebruiker_stand; delete from platform.gebruiker;
    insert into platform.gebruiker (naam, email, organisatie, rol, demonstratie, actief) values
      ('Petra Proef', 'Petra@voorbeeld.example', 'Regio', 'bestuur', false, true),
      ('Dirk Demo', 'demo@voorbeeld.example', 'Regio', 'bestuur', true, true),
      ('Wim Weg', 'weg@voorbeeld.example', 'Regio', 'bestuur', false, false)`)
})

const gebeurtenissen = async (actie: string) =>
  (
    await owner.query<{ wie: string; onderwerp: Record<string, unknown> }>(
      'select wie, onderwerp from platform.gebeurtenis where actie = $1 order by gebeurtenis_id desc',
      [actie],
    )
  ).rows
const gebruiker = async (email: string) =>
  (await owner.query('select * from platform.gebruiker where lower(email) = lower($1)', [email])).rows[0]

describe('a provider with the e-mail address in the ID token', () => {
  let huis: Opstelling
  beforeAll(async () => {
    huis = await opstelling({ SAMENHANG_CONTACT: 'mailto:hulp@voorbeeld.example' }, standaard, {
      conformIdTokenClaims: false,
    })
  })

  test('a known user comes in where they wanted to be, whatever the case of the address', async () => {
    const { url, response, text } = await huis.login(
      'petra@voorbeeld.example',
      '/toegankelijkheid?van=elders',
    )
    expect(response.status).toBe(200)
    expect(url).toBe(`${huis.base}/toegankelijkheid?van=elders`)
    expect(text).toContain('Petra Proef')
    const { gebruiker_id, oidc_iss, oidc_sub } = await gebruiker('petra@voorbeeld.example')
    expect([oidc_iss, oidc_sub]).toEqual([huis.provider.issuer, 'petra@voorbeeld.example'])
    expect((await gebeurtenissen('sessie.begonnen'))[0]).toEqual({
      wie: `gebruiker:${gebruiker_id}`,
      onderwerp: { gebruiker: gebruiker_id },
    })
    expect((await gebeurtenissen('gebruiker.gekoppeld'))[0]?.onderwerp).toEqual({ gebruiker: gebruiker_id })
  })

  test.each(['//elders.example/', 'https://elders.example/', '/\\elders.example/', '/\t/elders.example/'])(
    'who would be sent elsewhere after login (%j) comes on our own first page',
    async naar => {
      const { url, response } = await huis.login('petra@voorbeeld.example', naar)
      expect([response.status, url]).toEqual([200, `${huis.base}/`])
    },
  )

  test('email_verified as text counts as well', async () => {
    expect((await huis.login('tekst+petra@voorbeeld.example')).response.status).toBe(200)
  })

  test.each([
    ['someone without a role', 'nieuw@voorbeeld.example', 'onbekend', 'nog geen rol'],
    ['a demonstration user', 'demo@voorbeeld.example', 'onbekend', 'nog geen rol'],
    ['a user who was switched off', 'weg@voorbeeld.example', 'uitgezet', 'is uitgezet'],
    [
      'an address that is not verified',
      'onbevestigd+petra@voorbeeld.example',
      'email-niet-bevestigd',
      'gecontroleerd',
    ],
    [
      'an address not verified, as text',
      'nee+petra@voorbeeld.example',
      'email-niet-bevestigd',
      'gecontroleerd',
    ],
    [
      'an address without a word about it',
      'leeg+petra@voorbeeld.example',
      'email-niet-bevestigd',
      'gecontroleerd',
    ],
  ])('%s is refused, told why, and logged without who', async (_, email, oorzaak, uitleg) => {
    huis.log.length = 0
    const { response, browser, text } = await huis.login(email)
    expect(response.status).toBe(403)
    expect(text).toContain(uitleg)
    expect(text).toContain('hulp@voorbeeld.example')
    expect((await browser.get(`${huis.base}/`)).status).toBe(302)
    expect(huis.log.join()).toContain(`"oorzaak":"${oorzaak}"`)
    expect(huis.log.join()).not.toMatch(/voorbeeld\.example|Petra/)
    expect((await gebeurtenissen('inloggen.geweigerd'))[0]?.onderwerp).toMatchObject({ oorzaak })
  })

  test('another account with the same address is refused, and the first still comes in', async () => {
    await huis.login('petra@voorbeeld.example')
    const { response, text } = await huis.login('tekst+petra@voorbeeld.example')
    expect(response.status).toBe(403)
    expect(text).toContain('ander account')
    expect((await huis.login('petra@voorbeeld.example')).response.status).toBe(200)
  })

  test('the account counts, not the address: another address here changes nothing', async () => {
    await huis.login('petra@voorbeeld.example')
    await owner.query(
      `update platform.gebruiker set email = 'nieuw@elders.example' where naam = 'Petra Proef'`,
    )
    const { response, text } = await huis.login('petra@voorbeeld.example')
    expect(response.status).toBe(200)
    expect(text).toContain('Petra Proef')
  })

  test('two tabs that log in at once both come in, in one session', async () => {
    const browser = new Browser()
    const een = await browser.follow(`${huis.base}/inloggen/oidc?naar=/toegankelijkheid`)
    const twee = await browser.follow(`${huis.base}/inloggen/oidc?naar=/uitwisselingen`)
    const klaar = await throughProvider(browser, huis.base, 'petra@voorbeeld.example', een)
    expect([klaar.response.status, klaar.url]).toEqual([200, `${huis.base}/toegankelijkheid`])
    const ook = await throughProvider(browser, huis.base, 'petra@voorbeeld.example', twee)
    expect([ook.response.status, ook.url]).toEqual([200, `${huis.base}/uitwisselingen`])
    const { rows } = await owner.query('select 1 from platform.sessie')
    expect(rows).toHaveLength(1)
  })

  test('a login begun in another browser is refused', async () => {
    const dader = new Browser()
    const begonnen = await dader.get(`${huis.base}/inloggen/oidc`)
    const staat = new URL(begonnen.headers.get('location') ?? '').searchParams.get('state')
    const slachtoffer = new Browser()
    await slachtoffer.get(`${huis.base}/inloggen/oidc`)
    const antwoord = await slachtoffer.get(`${huis.base}/inloggen/terug?code=x&state=${staat}`)
    expect(antwoord.status).toBe(403)
    expect(await antwoord.text()).toContain('in een andere browser begonnen')
  })

  test.each(['', '?code=x&state=y', '?state=a&state=b', '?error=access_denied&state=y'])(
    'a return without a login that was begun here is refused: %s',
    async vraag => {
      const response = await fetch(`${huis.base}/inloggen/terug${vraag}`, {
        headers: { accept: 'text/html' },
      })
      expect(response.status).toBe(403)
    },
  )

  test('who stops at the provider is told so', async () => {
    const browser = new Browser()
    const begonnen = await browser.get(`${huis.base}/inloggen/oidc`)
    const staat = new URL(begonnen.headers.get('location') ?? '').searchParams.get('state') ?? ''
    const vraag = new URLSearchParams({ error: 'access_denied', state: staat, iss: huis.provider.issuer })
    const antwoord = await browser.get(`${huis.base}/inloggen/terug?${vraag}`)
    expect(antwoord.status).toBe(403)
    expect(await antwoord.text()).toContain('bij de inlogdienst gestopt')
    expect(huis.log.join()).toContain('"oorzaak":"afgebroken"')
  })

  test('logging out ends the session here and leads on to the provider, which leads back', async () => {
    const { browser, text, url } = await huis.login('petra@voorbeeld.example')
    const uit = /<form[^>]*action="\/uitloggen".*?<\/form>/s.exec(text)?.[0] ?? ''
    const sleutel = browser.cookies(huis.base).get('samenhang')
    const klaar = await browser.submit(url, uit, {})
    expect(klaar.response.status).toBe(200)
    const verder = /url=(\S+)$/.exec(klaar.response.headers.get('refresh') ?? '')?.[1] ?? ''
    expect(verder.startsWith(`${huis.provider.issuer}/session/end?`)).toBe(true)
    expect(await klaar.response.text()).toContain('uitgelogd bij Samenhang')
    const oud = await fetch(`${huis.base}/`, {
      redirect: 'manual',
      headers: { cookie: `samenhang=${sleutel}`, accept: 'text/html' },
    })
    expect(oud.status).toBe(302)
    const vraag = await browser.follow(verder)
    const terug = await browser.submit(vraag.url, await vraag.response.text(), { logout: 'yes' })
    expect(terug.url.split('?')[0]).toBe(`${huis.base}/uitgelogd`)
    expect(await terug.response.text()).toContain('U bent uitgelogd')
    // At the provider too: the next login asks who it is.
    const opnieuw = await browser.follow(`${huis.base}/inloggen/oidc`)
    expect(await opnieuw.response.text()).toContain('name="login"')
    expect((await gebeurtenissen('sessie.beeindigd')).length).toBeGreaterThan(0)
  })
})

test('a provider with the e-mail address at userinfo only, as the standard has it', async () => {
  const huis = await opstelling({}, standaard)
  const { response, text } = await huis.login('petra@voorbeeld.example')
  expect(response.status).toBe(200)
  expect(text).toContain('Petra Proef')
  expect((await huis.login('onbevestigd+petra@voorbeeld.example')).response.status).toBe(403)
})

describe('a provider shaped like Entra: preferred_username, no e-mail address, roles', () => {
  let huis: Opstelling
  const rollen = new Map<string, unknown>()
  beforeAll(async () => {
    huis = await opstelling(
      { OIDC_EMAIL_CLAIM: 'preferred_username', OIDC_ROL_CLAIM: 'roles' },
      id => ({ sub: id, preferred_username: id, roles: rollen.get(id) ?? [] }),
      { conformIdTokenClaims: false },
    )
  })
  const PETRA = 'petra@voorbeeld.example'

  test('recognizes by the claim that was named', async () => {
    rollen.set(PETRA, ['bestuur', 'iets-anders'])
    expect((await huis.login(PETRA)).response.status).toBe(200)
    expect((await gebruiker(PETRA)).oidc_sub).toBe(PETRA)
  })

  test('takes over the role that the provider gives, writes down which it was, and ends what went with the old', async () => {
    rollen.set(PETRA, ['bestuur'])
    const eerst = await huis.login(PETRA)
    rollen.set(PETRA, ['raad'])
    expect((await huis.login(PETRA)).response.status).toBe(200)
    const { rol, gebruiker_id } = await gebruiker(PETRA)
    expect(rol).toBe('raad')
    expect((await gebeurtenissen('gebruiker.gewijzigd'))[0]?.onderwerp).toEqual({
      gebruiker: gebruiker_id,
      rolOud: 'bestuur',
      rolNieuw: 'raad',
      door: 'inlogdienst',
    })
    expect((await eerst.browser.get(`${huis.base}/`)).status).toBe(302)
  })

  test.each([
    ['none', [], 'geen rol'],
    ['one that needs a municipality', ['backoffice'], 'past niet'],
    ['one that needs a provider', ['aanbieder'], 'past niet'],
    ['two, neither of them the one here', ['raad', 'beheerder'], 'past niet'],
  ])('refuses who gets %s', async (_, gegeven, uitleg) => {
    rollen.set(PETRA, gegeven)
    const { response, text } = await huis.login(PETRA)
    expect(response.status).toBe(403)
    expect(text).toContain(uitleg)
    expect((await gebruiker(PETRA)).rol).toBe('bestuur')
  })
})

describe('the demonstration login does not exist in production', () => {
  test.each(['/inloggen/demonstratie'])('POST %s is not a route', async url => {
    const response = await (opstellingen[0] as Opstelling).app.inject({
      method: 'POST',
      url,
      payload: { gebruiker: '1' },
    })
    expect(response.statusCode).toBe(404)
  })
  test('the login page names no role', async () => {
    const page = await (opstellingen[0] as Opstelling).app.inject({
      url: '/inloggen',
      headers: { accept: 'text/html' },
    })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain('Dirk Demo')
    expect(page.body).not.toContain('Demonstratie')
  })
})

test('a provider that is away is written down as that, by the code of the network', async () => {
  const { base, provider, log } = await opstelling({}, login => ({ sub: login }))
  provider.close()
  const antwoord = await fetch(`${base}/inloggen/oidc`, { redirect: 'manual' })
  expect(antwoord.status).toBe(503)
  expect(log.join()).toContain('"oorzaak":"inlogdienst-onbereikbaar","code":"ECONNREFUSED"')
  expect(log.join()).toContain('"oorzaak":"inloggen-onbereikbaar"')
  for (const onwaar of ['TypeError', 'onverwachte fout']) expect(log.join()).not.toContain(onwaar)
})

test('a provider that names itself otherwise than is set is no provider that is away', async () => {
  const { provider } = await opstelling({}, login => ({ sub: login }))
  const OIDC_ISSUER = provider.issuer.replace('127.0.0.1', 'localhost')
  const { base, log } = await opstelling({ OIDC_ISSUER }, login => ({ sub: login }))
  const antwoord = await fetch(`${base}/inloggen/oidc`, { headers: { accept: 'text/html' } })
  expect(antwoord.status).toBe(503)
  expect(await antwoord.text()).toContain('past niet bij wat hier is ingesteld')
  expect(log.join()).toContain('"oorzaak":"inlogdienst-anders-ingesteld"')
})
