import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../test/support/app.ts'
import { testDatabase } from '../../test/support/database.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../test/support/regio.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/db/database.ts'
import { endWhenUnfit } from './opgeven.ts'
import { makeToestand } from './toestand.ts'

/** Between the program and the database: a network that drops packets, without a word to either side. */
async function openProxy(naar: { host: string; port: number }) {
  const open = new Set<Socket>()
  let stil = false
  const server = createServer(van => {
    const door = connect(naar)
    // What fell silent stays so: what was lost does not come any more.
    const dood = { ja: stil }
    doden.add(dood)
    for (const [een, ander] of [
      [van, door],
      [door, van],
    ] as const) {
      open.add(een)
      een.on('data', stuk => dood.ja || ander.write(stuk))
      een.on('error', () => undefined)
      een.on('close', () => {
        open.delete(een)
        if (!dood.ja) ander.destroy()
      })
    }
  })
  const doden = new Set<{ ja: boolean }>()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    /** Every connection, and each new one, is there and says nothing. */
    zwijg: () => {
      stil = true
      for (const dood of doden) dood.ja = true
    },
    /** Only what is connected now falls silent. */
    zwijgNu: () => {
      for (const dood of doden) dood.ja = true
    },
    /** New connections get through again. */
    laatDoor: () => {
      stil = false
    },
    sluit: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

const db = await testDatabase()
const url = new URL(db.url)
const proxy = await openProxy({ host: url.hostname, port: Number(url.port || 5432) })
const config = readConfig({ SAMENHANG_LOG: 'silent', SAMENHANG_DB_TIJD: '1', SAMENHANG_DB_STILTE: '1' })
const viaProxy = new URL(db.url)
viaProxy.hostname = '127.0.0.1'
viaProxy.port = String(proxy.port)
const database = openDatabase(viaProxy.href, { max: 4, tijden: config.db })
const omgeving = { ...testOmgeving(db), database, toestand: makeToestand(config, database, undefined) }
const { app, login } = await testApp(db, omgeving, config)
let wie: Inlog
beforeAll(async () => {
  await laadTestregio(testOmgeving(db))
  wie = await login('controller', { gemeenten: [GEMEENTE_A] })
})
afterAll(async () => {
  proxy.sluit()
  await database.close()
})

const page = async () => {
  const { statusCode, body } = await app.inject({ url: '/declaraties', headers: wie.headers })
  return { statusCode, body }
}
const status = async (pad: string) => (await app.inject({ url: pad })).statusCode
const all = async () => [(await page()).statusCode, await status('/klaar'), await status('/gezond')]
/** Some connections that are open and idle. */
const warm = () => Promise.all([page(), page(), page(), page()])
const LANG = { timeout: 25_000, interval: 200 }

describe('a connection to the database that falls silent', () => {
  test('a page says so within the limit, /klaar as well, and it heals when the network lets go', async () => {
    await warm()
    expect(await all()).toEqual([200, 200, 200])
    proxy.zwijg()
    const begin = performance.now()
    const antwoorden = await warm()
    // Twice: looking up who asks may use one connection that is dead, and a new one that does not come about.
    expect(performance.now() - begin).toBeLessThan(2 * 1000 * (config.db.tijd + config.db.stilte) + 4_000)
    for (const { statusCode, body } of antwoorden) {
      expect(statusCode).toBe(503)
      expect(body).toContain('De database antwoordt nu niet.')
    }
    expect(await status('/klaar')).toBe(503)
    // Nothing that was asked came back any more: whoever watches over this process may start another.
    await expect.poll(() => status('/gezond'), LANG).toBe(503)
    proxy.laatDoor()
    await expect.poll(all, LANG).toEqual([200, 200, 200])
  }, 90_000)

  test('what is connected is dead and new connections work: replaced, without a visitor who waits for each', async () => {
    await warm()
    expect(await all()).toEqual([200, 200, 200])
    proxy.zwijgNu()
    await expect.poll(() => status('/klaar'), LANG).toBe(200)
    await expect.poll(all, LANG).toEqual([200, 200, 200])
    expect((await warm()).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    expect(database.zwijgtMs()).toBe(0)
  }, 90_000)

  test('a process of which nobody asks anything finds out by itself', async () => {
    const { toestand } = omgeving
    const release = endWhenUnfit({ database, toestand }, async () => undefined, fail)
    proxy.zwijg()
    try {
      await expect.poll(() => database.zwijgtMs(), LANG).toBeGreaterThan(0)
    } finally {
      release()
      proxy.laatDoor()
    }
    await expect.poll(all, LANG).toEqual([200, 200, 200])
  }, 60_000)
})

const fail = () => {
  throw new Error('given up')
}

test('a server that is not there is no silence: the process stays, whatever it waits for', async () => {
  const weg = openDatabase('postgresql://x@127.0.0.1:1/x', { tijden: config.db })
  const toestand = makeToestand(config, weg, undefined)
  for (let i = 0; i < 3; i++) await expect(weg.proef(1000)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect([weg.zwijgtMs(), toestand.stuk()]).toEqual([0, undefined])
  await weg.close()
})
