import { once } from 'node:events'
import { type AddressInfo, createConnection } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appMaker, type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import type { App } from './server.ts'

/** Who breaks off halfway is no fault of ours: no alarm, and no word about the database. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { login } = await testApp(db, omgeving)
const log: string[] = []
let app: App
let manager: Inlog
let csrf = ''

beforeAll(async () => {
  await laadTestregio(omgeving)
  manager = await login('contractmanager')
  app = await appMaker(omgeving)({ log: 'info' }, { logStream: { write: regel => log.push(regel) } })
  const { body } = await app.inject({ url: '/inrichten/segmenten/invoeren', headers: manager.headers })
  csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

const VORMEN: readonly (readonly [pad: string, soort: string, begin: () => string])[] = [
  [
    '/inrichten/segmenten/invoeren',
    'multipart/form-data; boundary=g',
    () =>
      `--g\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n--g\r\ncontent-disposition: form-data; name="bestand"; filename="x.csv"\r\n\r\nCode;`,
  ],
  ['/inrichten/segmenten/nieuw', 'application/x-www-form-urlencoded', () => `_csrf=${csrf}&code=`],
]

test.each(VORMEN)('%s: %s', async (pad, soort, begin) => {
  log.length = 0
  const { port } = app.server.address() as AddressInfo
  const begonnen = once(app.server, 'request')
  const socket = createConnection({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.write(
    `POST ${pad} HTTP/1.1\r\nhost: x\r\ncookie: ${manager.headers.cookie}\r\nsec-fetch-site: same-origin\r\naccept: text/html\r\ncontent-type: ${soort}\r\ncontent-length: 100000\r\n\r\n${begin()}`,
  )
  await begonnen
  socket.resetAndDestroy()
  await expect.poll(() => log.length, { timeout: 20_000 }).toBeGreaterThan(0)
  const regels = log.map(regel => JSON.parse(regel) as { level: number })
  expect(regels.filter(({ level }) => level >= 50)).toEqual([])
  expect(log.join()).not.toContain('database-onbereikbaar')
})
