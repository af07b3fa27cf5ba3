import { describe, expect, test } from 'vitest'
import { appMaker, type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import type { App } from './server.ts'

/** Who may ask how often, and by which address somebody counts. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { login } = await testApp(db, omgeving)
const make = appMaker(omgeving)

describe('how often may be asked', () => {
  const GRENZEN = { sessie: 60, adres: 80 }
  const times = async (n: number, vraag: (keer: number) => Promise<{ statusCode: number }>) => {
    const codes: number[] = []
    for (let i = 0; i < n; i++) codes.push((await vraag(i + 1)).statusCode)
    return codes.filter(code => code === 429).length
  }

  test('per address without a session, also when nothing is there; files are not counted', async () => {
    const server = await make({ grenzen: GRENZEN })
    const van = (remoteAddress: string, url: string) => () => server.inject({ url, remoteAddress })
    expect(await times(100, van('192.0.2.1', '/assets/noto-sans.woff2?x'))).toBe(20)
    expect(await times(100, van('192.0.2.2', '/bestaat-niet'))).toBe(20)
    expect(await times(100, van('192.0.2.3', '/gezond'))).toBe(0)
    const { stijl } = (await import('../ui/assets.ts')).findAssets()
    expect(await times(100, van('192.0.2.4', stijl))).toBe(0)
    expect((await server.inject({ url: '/inloggen', remoteAddress: '192.0.2.1' })).statusCode).toBe(429)
    expect((await server.inject({ url: '/inloggen', remoteAddress: '192.0.2.5' })).statusCode).toBe(200)
  })

  test('who asks whether we are ready is not counted, and costs the database little', async () => {
    let vragen = 0
    const database: typeof omgeving.database = {
      ...omgeving.database,
      proef: (...vraag) => {
        vragen += 1
        return omgeving.database.proef(...vraag)
      },
    }
    const server = await make({ grenzen: GRENZEN }, {}, { ...omgeving, database })
    const klaar = () => server.inject({ url: '/klaar', remoteAddress: '192.0.2.8' })
    expect(await times(100, klaar)).toBe(0)
    expect((await klaar()).statusCode).toBe(200)
    expect(vragen).toBeGreaterThan(0)
    expect(vragen).toBeLessThan(25)
  })

  test('per session when there is one: a busy colleague or stranger at the same address is no hindrance', async () => {
    const server = await make({ grenzen: GRENZEN })
    const een = await login('bestuur')
    const ander = await login('bestuur')
    const vraag = (wie: Inlog | null) => () =>
      server.inject({ url: '/toegankelijkheid', remoteAddress: '192.0.2.9', headers: wie?.headers ?? {} })
    expect(await times(70, vraag(een))).toBe(10)
    expect(await times(50, vraag(ander))).toBe(0)
    expect(await times(100, vraag(null))).toBe(20)
    expect((await vraag(ander)()).statusCode).toBe(200)
    // A key that is no session counts for the address.
    const vals = { ...een, headers: { ...een.headers, cookie: `samenhang=${'x'.repeat(43)}` } }
    expect((await vraag(vals)()).statusCode).toBe(429)
  })

  test('tokens that open nothing count for the address', async () => {
    const server = await make({ grenzen: GRENZEN })
    const raad = (n: number) =>
      server.inject({
        url: '/api/v1/berichten',
        headers: { authorization: `Bearer ${String(n).padStart(43, 'x')}` },
      })
    expect(await times(100, raad)).toBe(20)
  })

  test('a subscriber of IPv6 is one address, whatever its end', async () => {
    const server = await make({ grenzen: GRENZEN })
    const vraag = (n: number) =>
      server.inject({ url: '/inloggen', remoteAddress: `2001:db8:1:2::${n.toString(16)}` })
    expect(await times(100, vraag)).toBe(20)
  })

  test('a town hall behind one address logs in on Monday morning', async () => {
    const server = await make({})
    const { rows } = await db.owner.query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, demonstratie)
       values ('Maan Dag', 'maandag@test.example', 'Test', 'bestuur', true) returning gebruiker_id`,
    )
    for (let i = 0; i < 200; i++) {
      const van = { remoteAddress: '192.0.2.77' }
      const pagina = await server.inject({
        ...van,
        url: '/inloggen?naar=/',
        headers: { accept: 'text/html' },
      })
      expect(pagina.statusCode).toBe(200)
      const cookie = pagina.cookies.map(c => `${c.name}=${c.value}`).join('; ')
      const csrf = /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? ''
      const antwoord = await server.inject({
        ...van,
        method: 'POST',
        url: '/inloggen/demonstratie',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ _csrf: csrf, gebruiker: String(rows[0].gebruiker_id) }).toString(),
      })
      expect(antwoord.statusCode).toBe(303)
    }
  })
})

describe('who a proxy says it is', () => {
  const vraag = (server: App, remoteAddress: string, doorgestuurd: string) =>
    server.inject({ url: '/toegankelijkheid', remoteAddress, headers: { 'x-forwarded-for': doorgestuurd } })

  test('without a proxy that we know, nobody escapes the limit or locks another out by X-Forwarded-For', async () => {
    for (const adres of ['http://localhost:8080', 'https://samenhang.voorbeeld.nl']) {
      const server = await make({ adres, grenzen: { sessie: 60, adres: 60 } })
      for (let i = 0; i < 60; i++) await vraag(server, '203.0.113.1', `198.51.100.${i}`)
      expect((await vraag(server, '203.0.113.1', '198.51.100.99')).statusCode).toBe(429)
      expect((await server.inject({ url: '/inloggen', remoteAddress: '198.51.100.5' })).statusCode).toBe(200)
    }
  })

  test('behind one that we know, only what that proxy adds counts', async () => {
    const server = await make({ proxies: ['10.0.0.0/24'], grenzen: { sessie: 60, adres: 60 } })
    // The proxy adds the true address last; what the sender wrote before it is invented.
    for (let i = 0; i < 60; i++) await vraag(server, '10.0.0.5', `198.51.100.${i}, 203.0.113.1`)
    expect((await vraag(server, '10.0.0.5', '198.51.100.99, 203.0.113.1')).statusCode).toBe(429)
    expect((await vraag(server, '10.0.0.5', '198.51.100.5')).statusCode).toBe(200)
    // Somebody past the proxy, who says to be it.
    for (let i = 0; i < 60; i++) await vraag(server, '10.0.9.9', '203.0.113.77')
    expect((await vraag(server, '10.0.0.5', '203.0.113.77')).statusCode).toBe(200)
  })
})
