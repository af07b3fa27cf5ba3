import { createConnection } from 'node:net'
import { PassThrough } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { appMaker, type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { openDatabase } from '../db/database.ts'
import { MAX_FORMULIER } from './grenzen.ts'
import type { App } from './server.ts'
import { MAX_SAMEN } from './upload.ts'

/** What stands before every page: who may send how much how fast, and who gets in the door. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let backoffice: Inlog

const make = appMaker(omgeving)

beforeAll(async () => {
  await laadTestregio(omgeving)
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
})

const FORMULIER = { 'content-type': 'application/x-www-form-urlencoded' }
const GRENS = 'grens123456'
const MULTIPART = { 'content-type': `multipart/form-data; boundary=${GRENS}` }
const deel = (kop: string, inhoud: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`--${GRENS}\r\ncontent-disposition: form-data; ${kop}\r\n\r\n`),
    Buffer.from(inhoud as string),
    Buffer.from('\r\n'),
  ])
const EINDE = Buffer.from(`--${GRENS}--\r\n`)

async function csrfVan(wie: Inlog, url = '/berichten/aanleveren'): Promise<string> {
  const { body } = await app.inject({ url, headers: wie.headers })
  return /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
}

describe('how much may be sent', () => {
  test('only these routes take more than a form', () => {
    const ruim = app.routeLijst.filter(r => r.bodyGrens > MAX_FORMULIER && r.methode === 'POST')
    expect(ruim.map(r => `${r.pad} ${r.bodyGrens / 1024} kB`).sort()).toMatchInlineSnapshot(`
      [
        "/api/v1/berichten 25600 kB",
        "/api/v1/overnames/berichten 25600 kB",
        "/api/v1/overnames/toewijzingen 25600 kB",
        "/api/v1/overnames/verwijzingen 25600 kB",
        "/beleid/methoden 2112 kB",
        "/berichten/aanleveren 102400 kB",
        "/berichten/overnemen 25600 kB",
        "/inrichten 102400 kB",
        "/inrichten/aanbiederplafonds/invoeren 25600 kB",
        "/inrichten/aanbieders/invoeren 25600 kB",
        "/inrichten/contracten/invoeren 25600 kB",
        "/inrichten/gemeenten/invoeren 25600 kB",
        "/inrichten/inwonertallen/invoeren 25600 kB",
        "/inrichten/locaties/invoeren 25600 kB",
        "/inrichten/plafonds/invoeren 25600 kB",
        "/inrichten/producten/invoeren 25600 kB",
        "/inrichten/segmenten/invoeren 25600 kB",
        "/inrichten/tarieven/invoeren 25600 kB",
        "/toewijzingen/overnemen 25600 kB",
        "/toewijzingen/verwijzingen 25600 kB",
        "/uitwisselingen/:id/dpia 256 kB",
        "/uitwisselingen/:id/stromen/:nummer 256 kB",
        "/uitwisselingen/:id/stromen/nieuw 256 kB",
        "/uitwisselingen/:id/wijzigen 256 kB",
        "/uitwisselingen/gegevens 576 kB",
        "/uitwisselingen/nieuw 256 kB",
      ]
    `)
  })

  test.each([
    [MAX_FORMULIER, 303],
    [MAX_FORMULIER + 1, 413],
  ])('a form of %i bytes answers %i', async (bytes, status) => {
    const begin = `_csrf=${encodeURIComponent(await csrfVan(backoffice))}&x=`
    const payload = begin + 'x'.repeat(bytes - begin.length)
    const antwoord = await app.inject({
      method: 'POST',
      url: '/uitloggen',
      headers: { ...backoffice.headers, ...FORMULIER },
      payload,
    })
    expect(antwoord.statusCode).toBe(status)
    backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  })

  test('a form with files is refused where no files are asked for', async () => {
    const payload = Buffer.concat([deel('name="_csrf"', await csrfVan(backoffice)), EINDE])
    const headers = { ...backoffice.headers, ...MULTIPART }
    for (const { pad, methode, recht } of app.routeLijst) {
      if (methode !== 'POST' || pad.startsWith('/api/')) continue
      if (recht !== 'openbaar' && recht !== 'berichten.aanleveren') continue
      const { statusCode } = await app.inject({ method: 'POST', url: pad, headers, payload })
      expect(statusCode === 415, pad).toBe(pad !== '/berichten/aanleveren')
    }
  })

  test.each([
    ['no token at all', ''],
    ['a token that is none', 'verzonnen'],
    ['the token after the file', null],
  ])('an upload with %s is refused before its files are kept', async (_, token) => {
    const bestand = deel('name="bestanden"; filename="a.xml"', '<x/>')
    const csrf = deel('name="_csrf"', token ?? (await csrfVan(backoffice)))
    const antwoord = await app.inject({
      method: 'POST',
      url: '/berichten/aanleveren',
      headers: { ...backoffice.headers, ...MULTIPART },
      payload: Buffer.concat([...(token === null ? [bestand, csrf] : [csrf, bestand]), EINDE]),
    })
    expect(antwoord.statusCode).toBe(403)
    expect(antwoord.body).toContain('Dit formulier is verlopen')
  })
})

describe('what all send together', () => {
  const KB = 1024
  const bestand = (bytes: number) => deel('name="bestanden"; filename="a.xml"', Buffer.alloc(bytes, 'x'))
  /** An upload that has sent its token and so many bytes of a file, and waits. */
  async function beginUpload(server: App, bytes: number) {
    const stroom = new PassThrough()
    stroom.write(deel('name="_csrf"', await csrfVan(backoffice)))
    stroom.write(bestand(bytes))
    const antwoord = server.inject({
      method: 'POST',
      url: '/berichten/aanleveren',
      headers: { ...backoffice.headers, ...MULTIPART },
      payload: stroom,
    })
    return { antwoord, end: () => stroom.end(EINDE) }
  }
  const upload = async (server: App, bytes: number) => {
    const { antwoord, end } = await beginUpload(server, bytes)
    end()
    return (await antwoord).statusCode
  }

  test('is half a gigabyte', () => expect(MAX_SAMEN).toBe(512 * 1024 * KB))

  test('is bounded: who comes on top of it is told to wait, and not who came before or after', async () => {
    const server = await make({}, { samen: 300 * KB })
    expect(await upload(server, 200 * KB)).not.toBe(503)
    const eerste = await beginUpload(server, 200 * KB)
    await expect.poll(() => upload(server, 150 * KB)).toBe(503)
    // What was refused counts no longer, and there is room for a small one.
    expect(await upload(server, 50 * KB)).not.toBe(503)
    eerste.end()
    expect((await eerste.antwoord).statusCode).not.toBe(503)
    expect(await upload(server, 200 * KB)).not.toBe(503)
  })
})

/** A server that listens, and what a client that speaks byte by byte gets from it. */
async function listen(server: App): Promise<number> {
  await server.listen({ port: 0, host: '127.0.0.1' })
  const adres = server.server.address()
  return typeof adres === 'object' && adres !== null ? adres.port : 0
}

/** Sends `begin`, then as long as it may `brok` again and again up to `max` bytes; answers what came back and what was taken. */
function pour(
  port: number,
  begin: string,
  brok: Buffer,
  max: number,
): Promise<{ uit: string; verstuurd: number }> {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    let uit = ''
    let verstuurd = 0
    const vul = () => {
      while (verstuurd < max && socket.writable) {
        verstuurd += brok.length
        if (!socket.write(brok)) return socket.once('drain', vul)
      }
    }
    socket.on('data', stuk => {
      uit += stuk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ uit, verstuurd }))
    socket.write(begin, vul)
  })
}

const chunk = (bytes: number) => Buffer.from(`${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`, 'latin1')

describe('work for a stranger', () => {
  const KOP = (pad: string, meer: string) =>
    `POST ${pad} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n${meer}\r\n`
  const MB = 1024 * 1024

  test.each([
    ['/berichten/aanleveren', 401],
    ['/uitloggen', 415],
    ['/inloggen/demonstratie', 415],
    ['/bestaat-niet', 404],
    ['/api/v1/berichten', 401],
  ])('an endless upload in pieces to %s is cut off at once', async (pad, status) => {
    const port = await listen(await make({}))
    const kop = KOP(pad, `content-type: multipart/form-data; boundary=${GRENS}\r\n`)
    const voor = process.memoryUsage().rss
    const { uit, verstuurd } = await pour(port, kop, chunk(64 * 1024), 300 * MB)
    expect(uit.split('\r\n')[0]).toContain(String(status))
    // What lay in the buffers of the network, not what was offered.
    expect(verstuurd).toBeLessThan(30 * MB)
    expect(process.memoryUsage().rss - voor).toBeLessThan(100 * MB)
  })

  test.each([
    ['who may not', 'bestuur', null, 403],
    ['who may, without a token', 'backoffice', '', 403],
    ['who may, with a token of nobody', 'backoffice', 'verzonnen', 403],
  ] as const)('of %s nothing is read but what decides that', async (_, rol, token, status) => {
    const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
    const port = await listen(await make({}))
    const kop = KOP(
      '/berichten/aanleveren',
      `cookie: ${wie.headers.cookie}\r\ncontent-type: multipart/form-data; boundary=${GRENS}\r\n`,
    )
    const bestand = `--${GRENS}\r\ncontent-disposition: form-data; name="bestanden"; filename="a.xml"\r\n\r\n`
    const eerste = Buffer.concat([
      ...(token === null ? [] : [deel('name="_csrf"', token)]),
      Buffer.from(bestand),
    ])
    const begin = `${kop}${eerste.length.toString(16)}\r\n${eerste.toString('latin1')}\r\n`
    const { uit, verstuurd } = await pour(port, begin, chunk(64 * 1024), 300 * MB)
    expect(uit.split('\r\n')[0]).toContain(String(status))
    expect(verstuurd).toBeLessThan(30 * MB)
  })

  test('who is slow with a file holds up nobody: no turn, and no connection of the database', async () => {
    // One connection is all there is: who held it would hold up everybody.
    const database = openDatabase(db.url, { max: 1 })
    try {
      const server = await make({}, {}, { ...omgeving, database })
      const csrf = await csrfVan(backoffice)
      const traag = Array.from({ length: 5 }, () => {
        const stroom = new PassThrough()
        stroom.write(deel('name="_csrf"', csrf))
        stroom.write(
          Buffer.from(
            `--${GRENS}\r\ncontent-disposition: form-data; name="bestanden"; filename="a.xml"\r\n\r\n<x`,
          ),
        )
        const antwoord = server.inject({
          method: 'POST',
          url: '/berichten/aanleveren',
          headers: { ...backoffice.headers, ...MULTIPART },
          payload: stroom,
        })
        return { antwoord, end: () => stroom.end(Buffer.concat([Buffer.from('/>\r\n'), EINDE])) }
      })
      const ander = await login('backoffice', { gemeenten: [GEMEENTE_A] })
      for (const wie of [ander, backoffice])
        expect((await server.inject({ url: '/berichten', headers: wie.headers })).statusCode).toBe(200)
      for (const { end } of traag) end()
      // They were let in all the time, and are answered now.
      for (const { antwoord } of traag) expect((await antwoord).statusCode).toBeLessThan(500)
    } finally {
      await database.close()
    }
  })

  test('a form in endless pieces is cut off at the limit', async () => {
    const port = await listen(await make({}))
    const kop = KOP('/inloggen/demonstratie', 'content-type: application/x-www-form-urlencoded\r\n')
    const { uit, verstuurd } = await pour(port, kop, chunk(16 * 1024), 300 * MB)
    expect(uit.split('\r\n')[0]).toContain('413')
    expect(verstuurd).toBeLessThan(30 * MB)
  })

  test('an upload of who may is counted as it comes in, whatever its head promised', async () => {
    const port = await listen(await make({}))
    const csrf = await csrfVan(backoffice)
    const kop = KOP(
      '/berichten/aanleveren',
      `cookie: ${backoffice.headers.cookie}\r\ncontent-type: multipart/form-data; boundary=${GRENS}\r\n`,
    )
    const bestand = `--${GRENS}\r\ncontent-disposition: form-data; name="bestanden"; filename="a.xml"\r\n\r\n`
    const eerste = Buffer.concat([deel('name="_csrf"', csrf), Buffer.from(bestand)])
    const begin = `${kop}${eerste.length.toString(16)}\r\n${eerste.toString('latin1')}\r\n`
    const { uit, verstuurd } = await pour(port, begin, chunk(1 * MB), 400 * MB)
    expect(uit.split('\r\n')[0]).toContain('413')
    expect(verstuurd).toBeGreaterThan(95 * MB)
    expect(verstuurd).toBeLessThan(150 * MB)
  })

  test.each([
    ['a head', 'GET / HTTP/1.1\r\nhost: x\r\nx-langzaam: '],
    [
      'a form',
      'POST /uitloggen HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\n_csrf=',
    ],
  ])('%s that does not come is not waited for', async (_, begin) => {
    const server = await make({}, { tijden: { kop: 300, formulier: 300, bestand: 1_000, geduld: 60_000 } })
    const port = await listen(server)
    await pour(port, begin, Buffer.alloc(0), 0)
    expect(await new Promise(resolve => server.server.getConnections((_fout, n) => resolve(n)))).toBe(0)
  })
})

describe('forms of another', () => {
  const uitloggen = async (headers: Record<string, string>, wie: Inlog, csrf?: string) =>
    app.inject({
      method: 'POST',
      url: '/uitloggen',
      // A browser says by itself where it stands, or it does not.
      headers: { cookie: wie.headers.cookie, accept: wie.headers.accept, ...FORMULIER, ...headers },
      payload: new URLSearchParams({ _csrf: csrf ?? (await csrfVan(wie)) }).toString(),
    })

  test.each<[Record<string, string>, number]>([
    [{}, 303],
    [{ 'sec-fetch-site': 'same-origin' }, 303],
    [{ 'sec-fetch-site': 'none' }, 303],
    [{ origin: 'http://localhost:8080' }, 303],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://elders.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:8080.elders.example' }, 403],
  ])('with the head %j answer %i', async (headers, status) => {
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    expect((await uitloggen(headers, wie)).statusCode).toBe(status)
  })

  test('a token belongs to its session: not to another of the same person, nor to who is not logged in', async () => {
    const een = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const ander = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const token = await csrfVan(een)
    expect((await uitloggen({}, ander, token)).statusCode).toBe(403)
    const gast = await app.inject({ url: '/inloggen', headers: { accept: 'text/html' } })
    const gasttoken = /name="_csrf" value="([^"]+)"/.exec(gast.body)?.[1] ?? ''
    const cookie = `${een.headers.cookie}; ${gast.cookies.map(c => `${c.name}=${c.value}`).join('; ')}`
    expect((await uitloggen({ cookie }, een, gasttoken)).statusCode).toBe(403)
    expect((await uitloggen({}, een, token)).statusCode).toBe(303)
    expect((await uitloggen({}, een, token)).statusCode).toBe(303) // who is out already has nothing to lose
  })

  test('no two pages carry the same token', async () => {
    expect(await csrfVan(backoffice)).not.toBe(await csrfVan(backoffice))
  })
})

describe('cookies', () => {
  test.each([
    ['https://samenhang.voorbeeld.nl', '__Host-', true],
    ['http://localhost:8080', '', undefined],
  ])('at %s every cookie begins with %j', async (adres, voor, secure) => {
    const server = await make({ adres })
    const { rows } = await db.owner.query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, demonstratie)
       values ('Koek', $1, 'Test', 'bestuur', true) returning gebruiker_id`,
      [`koek${voor}@test.example`],
    )
    const pagina = await server.inject({ url: '/inloggen', headers: { accept: 'text/html' } })
    const cookie = pagina.cookies.map(c => `${c.name}=${c.value}`).join('; ')
    const antwoord = await server.inject({
      method: 'POST',
      url: '/inloggen/demonstratie',
      headers: { cookie, ...FORMULIER },
      payload: new URLSearchParams({
        _csrf: /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? '',
        gebruiker: String(rows[0].gebruiker_id),
      }).toString(),
    })
    expect(antwoord.statusCode).toBe(303)
    const alle = [...pagina.cookies, ...antwoord.cookies]
    expect(alle.map(c => c.name).sort()).toEqual([`${voor}samenhang`, `${voor}samenhang-gast`])
    for (const koek of alle)
      expect(koek).toMatchObject({ path: '/', httpOnly: true, sameSite: 'Lax', ...(secure && { secure }) })
    for (const koek of alle) expect(koek).not.toHaveProperty('domain')
  })
})
