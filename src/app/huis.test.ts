import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { testApp } from '../../test/support/app.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testOmgeving } from '../../test/support/regio.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/db/database.ts'
import { SLOT } from '../platform/db/sloten.ts'
import { buildApp } from './app.tsx'

const db = await testDatabase()
const omgeving = testOmgeving(db)

test('whom to tell about a weakness comes from the settings (RFC 9116)', async () => {
  const { app } = await testApp(db, omgeving, {
    contact: 'mailto:beveiliging@voorbeeld.nl',
    adres: 'https://samenhang.voorbeeld.nl',
  })
  const { statusCode, headers, body } = await app.inject({ url: '/.well-known/security.txt' })
  expect(statusCode).toBe(200)
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(body).toBe(
    'Contact: mailto:beveiliging@voorbeeld.nl\nExpires: 2026-09-12T11:00:00.000Z\nPreferred-Languages: nl, en\nCanonical: https://samenhang.voorbeeld.nl/.well-known/security.txt\n',
  )
})

test('without one nothing is said', async () => {
  const { app } = await testApp(db, omgeving)
  expect((await app.inject({ url: '/.well-known/security.txt' })).statusCode).toBe(404)
})

describe('GET /klaar says why not', () => {
  const map = mkdtempSync(join(tmpdir(), 'samenhang-klaar-'))
  afterAll(() => rmSync(map, { recursive: true }))
  mkdirSync(join(map, 'db', 'migrations'), { recursive: true })
  writeFileSync(join(map, 'db', 'migrations', '0001_alleen.sql'), 'select 1;')

  /** What /klaar answers with this database, and what goes into the log. */
  async function ask(url: string, sleutelNr?: number) {
    const log: string[] = []
    const database = openDatabase(url, { max: 1, ...(sleutelNr !== undefined && { sleutelNr }) })
    const config = readConfig({ SAMENHANG_LOG: 'warn' })
    const app = await buildApp(config, { ...omgeving, database }, { logStream: { write: r => log.push(r) } })
    const { statusCode, body } = await app.inject({ url: '/klaar', headers: { accept: 'application/json' } })
    await app.close()
    await database.close()
    return { statusCode, detail: JSON.parse(body).detail, log: log.join() }
  }

  test('the key was changed under it', async () => {
    const { statusCode, detail, log } = await ask(db.url, 99)
    expect([statusCode, detail]).toEqual([503, expect.stringContaining('met de nieuwe sleutel starten')])
    expect(log).toContain('niet-klaar')
    expect(log).not.toContain('onverwachte fout')
  })

  test('the key is being changed: it answers too late, and is not called away', async () => {
    const client = await db.owner.connect()
    try {
      await client.query(`begin; select pg_advisory_xact_lock(${SLOT.sleutel})`)
      // Held until the answer is there: however slow this machine is, nothing else can end the wait.
      expect((await ask(db.url, 1)).detail).toContain('niet binnen drie seconden')
      await client.query('rollback')
    } finally {
      client.release()
    }
  })

  // A server that answers `select 1`, and nothing of what pages and forms ask.
  test.each([
    'platform.sessie in access exclusive mode',
    'platform.sessie in share mode',
    'platform.gebruiker in access exclusive mode',
    'platform.gebeurtenis in access exclusive mode',
    'public.migratie in access exclusive mode',
  ])(
    'it answers and does not work: %s. In time, and nothing is left waiting there',
    async slot => {
      const client = await db.owner.connect()
      try {
        await client.query(`begin; lock table ${slot}`)
        const { statusCode, detail } = await ask(db.url, 1)
        expect([statusCode, detail]).toEqual([503, expect.stringContaining('niet binnen drie seconden')])
        const wacht = `select from pg_locks l join pg_database d on d.oid = l.database
          where datname = current_database() and not granted`
        await expect.poll(async () => (await db.owner.query(wacht)).rows).toHaveLength(0)
      } finally {
        await client.query('rollback')
        client.release()
      }
      expect((await ask(db.url, 1)).statusCode).toBe(200)
    },
    15_000,
  )

  test('the server is away', async () => {
    const { detail } = await ask('postgresql://a:b@127.0.0.1:1/c')
    expect(detail).toContain('De database antwoordt nu niet')
  })

  test('it is of another version', async () => {
    const { app } = await testApp(db, omgeving, { wortel: map })
    const { body } = await app.inject({ url: '/klaar', headers: { accept: 'application/json' } })
    expect(JSON.parse(body).detail).toContain('bin/samenhang db migreer')
  })
})
