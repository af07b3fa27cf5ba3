import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createConnection, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appMaker, type Inlog, type Koppeling, machine, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { AGB_A, GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

/** A refusal is about one request: whoever asks next over the same connection, or through the same proxy, is served. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const maakApp = appMaker(omgeving)
let port = 0
let backoffice: Inlog
let koppeling: Koppeling

beforeAll(async () => {
  const ids = await laadTestregio(omgeving)
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  const aanbieder = await login('aanbieder', { aanbieder: ids.get(AGB_A) ?? 0 })
  koppeling = await machine(db, aanbieder, ['berichten.aanleveren'])
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})

const MB = 1024 * 1024
const FORMULIER = 'content-type: application/x-www-form-urlencoded\r\n'
const kop = (pad: string, meer: string) => `POST ${pad} HTTP/1.1\r\nhost: x\r\n${meer}\r\n`
const GEZOND = 'GET /gezond HTTP/1.1\r\nhost: x\r\n\r\n'

/** A connection, and what came over it so far; `tot` waits until that fits, or until the other side said it is the last. */
function open() {
  const socket: Socket = createConnection({ port, host: '127.0.0.1' })
  let uit = ''
  let fout: Error | undefined
  let dicht = false
  const wachters = new Set<() => void>()
  const meld = () => {
    for (const kijk of wachters) kijk()
  }
  socket.on('data', stuk => {
    uit += stuk
    meld()
  })
  socket.on('error', reden => {
    fout = reden
  })
  for (const einde of ['end', 'close'] as const)
    socket.on(einde, () => {
      dicht = true
      meld()
    })
  const tot = (patroon: RegExp) =>
    new Promise<{ uit: string; fout: Error | undefined; dicht: boolean }>(resolve => {
      const kijk = () => {
        if (!dicht && !patroon.test(uit)) return
        wachters.delete(kijk)
        resolve({ uit, fout, dicht })
      }
      wachters.add(kijk)
      kijk()
    })
  return { socket, tot }
}

const ANTWOORD = (status: number) => new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\\r\\n\\r\\n[\\s\\S]+`)

describe('after a refusal', () => {
  test.each([
    ['/berichten/aanleveren', 401, FORMULIER],
    ['/bestaat-niet', 404, FORMULIER],
    ['/api/v1/berichten', 401, 'content-type: application/xml\r\n'],
    ['/api/v1/niets', 404, 'content-type: application/xml\r\n'],
    ['/uitloggen', 415, 'content-type: multipart/form-data; boundary=x\r\n'],
    ['/uitloggen', 415, 'content-type: text/vreemd\r\n'],
  ])(
    'of a small body to %s (%i) the next request on the same connection is served',
    async (pad, status, soort) => {
      const voor = kop(pad, `${soort}content-length: 3\r\n`)
      for (const samen of [true, false]) {
        const { socket, tot } = open()
        socket.write(samen ? `${voor}a=1` : voor)
        const { uit } = await tot(ANTWOORD(status))
        expect(uit).not.toMatch(/connection: close/i)
        socket.write(samen ? GEZOND : `a=1${GEZOND}`)
        expect((await tot(/"gezond"/)).uit).toContain('{"status":"gezond"}')
        socket.destroy()
      }
    },
  )

  test('of a small body that the sender waits with (Expect) it goes on', async () => {
    const { socket, tot } = open()
    socket.write(kop('/berichten/aanleveren', `${FORMULIER}expect: 100-continue\r\ncontent-length: 3\r\n`))
    await tot(/ 100 Continue/)
    socket.write(`a=1`)
    await tot(/HTTP\/1\.1 401 [\s\S]*\r\n\r\n[\s\S]+/)
    socket.write(GEZOND)
    expect((await tot(/"gezond"/)).uit).toContain('{"status":"gezond"}')
    socket.destroy()
  })

  test.each([
    ['in pieces', 'transfer-encoding: chunked\r\n', '3\r\na=1\r\n0\r\n\r\n'],
    ['in pieces that do not end', 'transfer-encoding: chunked\r\n', '3\r\na=1\r\n'],
    ['that is large', `content-length: ${10 * MB}\r\n`, 'a=1'],
  ])('of a body %s the answer says it is the last, and arrives whole', async (_, lengte, body) => {
    const { socket, tot } = open()
    socket.write(kop('/berichten/aanleveren', FORMULIER + lengte) + body)
    const { uit, fout } = await tot(/(?!)/)
    expect(uit).toMatch(/^HTTP\/1\.1 401 /)
    expect(uit).toMatch(/connection: close/i)
    expect(uit).toContain('niet-ingelogd')
    expect(fout).toBeUndefined()
    socket.destroy()
  })

  test('of a form with files half read, who is logged in goes on over the same connection', async () => {
    const lichaam = `--x\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\nvals\r\n--x\r\ncontent-disposition: form-data; name="bestanden"; filename="a"\r\n\r\n${'x'.repeat(2 * MB)}\r\n--x--\r\n`
    const { socket, tot } = open()
    socket.write(
      kop(
        '/berichten/aanleveren',
        `cookie: ${backoffice.headers.cookie}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${lichaam.length}\r\n`,
      ),
    )
    socket.write(lichaam)
    await tot(ANTWOORD(403))
    socket.write(GEZOND)
    expect((await tot(/"gezond"/)).uit).toContain('{"status":"gezond"}')
    socket.destroy()
  })
})

interface Vraag {
  method?: string
  path: string
  headers?: Record<string, string>
  /** Sent in pieces of unknown length when it is a list. */
  body?: string | readonly Buffer[]
}

/** Asks through this pool of connections; answers the status, or the code of what went wrong. */
function ask(agent: Agent, poort: number, { body, ...vraag }: Vraag): Promise<number | string | undefined> {
  return new Promise(resolve => {
    const uit = httpRequest({ host: '127.0.0.1', port: poort, agent, ...vraag }, antwoord => {
      antwoord.resume().on('end', () => resolve(antwoord.statusCode))
      antwoord.on('error', (fout: NodeJS.ErrnoException) => resolve(fout.code))
    })
    uit.on('error', (fout: NodeJS.ErrnoException) => resolve(fout.code))
    if (typeof body === 'string') uit.setHeader('content-length', body.length)
    for (const brok of typeof body === 'string' ? [body] : (body ?? [])) uit.write(brok)
    uit.end()
  })
}

const opruimen: { close(): unknown }[] = []
afterAll(() => {
  for (const ding of opruimen) ding.close()
})

function pool(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  opruimen.push({ close: () => agent.destroy() })
  return agent
}

/** A proxy that keeps its one connection to the server, and answers 502 when that fails: it repeats nothing. */
async function proxy(): Promise<number> {
  const agent = pool()
  const server: Server = createServer((van, naar) => {
    const door = httpRequest(
      { host: '127.0.0.1', port, agent, method: van.method, path: van.url, headers: van.headers },
      (antwoord: IncomingMessage) => {
        naar.writeHead(antwoord.statusCode ?? 502, { ...antwoord.headers, connection: 'keep-alive' })
        antwoord.pipe(naar)
      },
    )
    door.on('error', () => (naar.headersSent ? naar.end() : naar.writeHead(502).end()))
    van.pipe(door)
  })
  opruimen.push({ close: () => server.closeAllConnections() }, server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const STUK = Buffer.alloc(64 * 1024, 32)
const VREEMD: readonly [string, Vraag, number][] = [
  [
    'a small form of a stranger',
    {
      path: '/berichten/aanleveren',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=1',
    },
    401,
  ],
  ['a small message without a token', { path: '/api/v1/berichten', body: '<x/>' }, 401],
  ['something that is not there', { path: '/bestaat-niet', body: 'a=1' }, 404],
  ['pieces of a stranger', { path: '/bestaat-niet', body: [Buffer.from('a=1')] }, 404],
]

describe.each<[string, () => Promise<number> | number]>([
  ['a pool', () => port],
  ['a proxy', proxy],
])('behind %s that keeps its connection', (_, maak) => {
  test.each(VREEMD)('%s costs nobody else a request', async (_wat, vraag, status) => {
    const poort = await maak()
    const agent = pool()
    for (let i = 0; i < 5; i++) {
      expect(await ask(agent, poort, { method: 'POST', ...vraag })).toBe(status)
      const headers = { cookie: backoffice.headers.cookie }
      expect(await ask(agent, poort, { path: '/toegankelijkheid', headers })).toBe(200)
    }
  })
})

describe('a message that is too large, in pieces', () => {
  test('gets 413, and the next request of the same pool is served', async () => {
    const agent = pool()
    const headers = { ...koppeling, 'content-type': 'application/xml' }
    const body = Array.from({ length: (30 * MB) / STUK.length }, () => STUK)
    const te = await ask(agent, port, { method: 'POST', path: '/api/v1/berichten', headers, body })
    expect(te).toBe(413)
    expect(await ask(agent, port, { path: '/gezond' })).toBe(200)
  })
})

test.each([
  ['a form', '/berichten/aanleveren', FORMULIER, '_csrf=x&'],
  ['a form without a page', '/uitloggen', FORMULIER, '_csrf=x&'],
  ['files', '/berichten/aanleveren', 'content-type: multipart/form-data; boundary=x\r\n', '--x\r\n'],
  ['a message', '/api/v1/berichten', 'content-type: application/xml\r\n', '<a>'],
])('who breaks off half way %s is no fault of the database in the log', async (_, pad, soort, deel) => {
  const log: string[] = []
  const eigen = await maakApp({ log: 'info' }, { logStream: { write: regel => log.push(regel) } })
  await eigen.listen({ port: 0, host: '127.0.0.1' })
  const { port } = eigen.server.address() as AddressInfo
  const wie = pad.startsWith('/api/') ? koppeling : { cookie: backoffice.headers.cookie }
  const [[naam = '', waarde = ''] = []] = Object.entries(wie)
  for (const breek of ['destroy', 'resetAndDestroy'] as const) {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.on('error', () => {})
    const binnen = new Promise<[IncomingMessage, ServerResponse]>(klaar =>
      eigen.server.once('request', (...beide) => klaar(beide)),
    )
    socket.write(kop(pad, `${naam}: ${waarde}\r\n${soort}content-length: 5000\r\n`) + deel)
    const [vraag, antwoord] = await binnen
    // It is being read: broken off before that, nobody is told.
    await expect.poll(() => vraag.listenerCount('data')).toBeGreaterThan(0)
    socket[breek]()
    await expect.poll(() => antwoord.headersSent).toBe(true)
    expect(antwoord.statusCode).toBe(400)
  }
  expect(log.filter(regel => regel.includes('"level":50'))).toEqual([])
})
