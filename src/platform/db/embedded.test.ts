import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { firstLine, killHard, startScript } from '../../../test/support/proces.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { makeToestand } from '../../app/toestand.ts'
import { readConfig } from '../config.ts'
import { clientOf, NOBODY, openDatabase } from './database.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'

const EXTRA = { extra: ['shared_buffers = 16MB', 'max_connections = 20'] }
const mappen: string[] = []
const servers: EmbeddedServer[] = []

async function nieuweMap(): Promise<string> {
  const map = await mkdtemp(join(tmpdir(), 'samenhang-server-'))
  await chmod(map, 0o755)
  mappen.push(map)
  return map
}

async function start(map: string): Promise<EmbeddedServer> {
  const server = await startEmbedded(map, EXTRA)
  servers.push(server)
  return server
}

afterAll(async () => {
  for (const server of servers) await server.stop()
  for (const map of mappen) await rm(map, { recursive: true, force: true })
})

async function ask(url: string, ...vragen: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const vraag of vragen) rows = (await client.query(vraag)).rows
    return rows
  } finally {
    await client.end()
  }
}

describe('a start that was killed', () => {
  // What is there on the disk when the axe falls.
  it.each<[string, (map: string) => Promise<boolean>]>([
    ['at its first step', async map => existsSync(join(map, 'start.slot'))],
    ['before initdb', async map => (await inVoorlopig(map)) !== undefined],
    ['during initdb', async map => (await inVoorlopig(map))?.includes('PG_VERSION') ?? false],
    ['late in initdb', async map => (await inVoorlopig(map))?.includes('postgresql.auto.conf') ?? false],
    ['just after initdb', async map => existsSync(join(map, 'db', 'PG_VERSION'))],
    ['while the server starts', async map => existsSync(join(map, 'db', 'postmaster.pid'))],
  ])('%s leaves a folder that the next start can use', async (_, moment) => {
    const map = await nieuweMap()
    const proces = startScript('start-server.ts', [map])
    while (!(await moment(map)) && proces.exitCode === null) await wait(1)
    await killHard(proces)
    const server = await start(map)
    expect(await ask(server.url, 'select 1 as een')).toEqual([{ een: 1 }])
    expect((await readdir(map)).filter(naam => naam.startsWith('db.nieuw'))).toEqual([])
    await server.stop()
  })
})

async function inVoorlopig(map: string): Promise<string[] | undefined> {
  const naam = (await readdir(map)).find(n => /^db\.nieuw-[0-9a-f]+$/.test(n))
  return naam === undefined ? undefined : readdir(join(map, naam)).catch(() => undefined)
}

describe('one folder', () => {
  it('is started once by two processes at the same time', async () => {
    const map = await nieuweMap()
    const twee = [startScript('start-server.ts', [map]), startScript('start-server.ts', [map])]
    const antwoorden = (await Promise.all(twee.map(firstLine))).map(regel => JSON.parse(regel))
    expect(antwoorden[0].url).toBe(antwoorden[1].url)
    expect(antwoorden.filter(a => a.eigen)).toHaveLength(1)
    for (const proces of twee) await killHard(proces)
    const server = await start(map)
    expect(server.eigen).toBe(false)
    await server.stop()
  })

  it('that another machine uses is left alone', async () => {
    const map = await nieuweMap()
    await (await start(map)).stop()
    await writeFile(join(map, 'db', 'postmaster.pid'), `1\n${map}/db\n0\n1\n\n127.0.0.1\n`)
    await expect(startEmbedded(map, { ...EXTRA, vanEenAnder: async () => true })).rejects.toThrow(
      'in gebruik door een Samenhang op een andere machine of in een andere container',
    )
  })

  it('says what is wrong with it now, not what an old log says', async () => {
    const map = await nieuweMap()
    await (await start(map)).stop()
    await writeFile(join(map, 'db', 'server.log'), 'FATAL: iets van vorig jaar: No space left on device\n')
    await chmod(join(map, 'db'), 0o755)
    await expect(startEmbedded(map, EXTRA)).rejects.toThrow(`chmod 700 ${join(map, 'db')}`)
    await chmod(join(map, 'db'), 0o700)
    const conf = join(map, 'db', 'postgresql.conf')
    await writeFile(conf, `${await readFile(conf, 'utf8')}\nonzin = 1\n`)
    const fout = await startEmbedded(map, EXTRA).catch(String)
    expect(fout).toContain('onzin')
    expect(fout).not.toContain('vorig jaar')
    expect(fout).not.toContain('schijf is vol')
  })

  it.runIf(process.getuid?.() === 0)('that was copied as another user names that as the cause', async () => {
    const map = await nieuweMap()
    await (await start(map)).stop()
    await chown(join(map, 'db'), 0, 0)
    await expect(startEmbedded(map, EXTRA)).rejects.toThrow(`chown -R postgres ${join(map, 'db')}`)
  })
})

describe('a running server', async () => {
  const map = await nieuweMap()
  const server = await start(map)

  it('lets the application in as a role that can become samenhang_app, and nothing else', async () => {
    expect(
      await ask(
        server.appUrl,
        `select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as machtig,
           (select array_agg(r.rolname::text) from pg_roles r
            where pg_has_role(current_user, r.oid, 'set') and r.rolname <> current_user) as wordt
         from pg_roles where rolname = current_user`,
      ),
    ).toEqual([{ machtig: false, wordt: ['samenhang_app'] }])
    expect(await ask(server.appUrl, 'set role samenhang_app', 'select current_user::text as wie')).toEqual([
      { wie: 'samenhang_app' },
    ])
    await expect(ask(server.appUrl, 'set role samenhang')).rejects.toThrow('permission denied')
    await expect(ask(server.appUrl, 'create table public.x ()')).rejects.toThrow('permission denied')
  })

  it('is started again on the same port when it dies, and says so', async () => {
    const gemeld: string[] = []
    server.bewaak(tekst => gemeld.push(tekst))
    await expect
      .poll(() =>
        ask(server.url, "select 1 from pg_stat_activity where application_name = 'samenhang-waker'"),
      )
      .toHaveLength(1)
    const pid = Number((await readFile(join(map, 'db', 'postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => ask(server.appUrl, 'select 1 as een').catch(() => []), { timeout: 120_000 })
      .toEqual([{ een: 1 }])
    await expect.poll(() => gemeld).toContain('De database was weg en is opnieuw gestart.')
    await expect.poll(() => server.wegSinds()).toBeUndefined()
  })

  it('is not ready when its disk is almost full', async () => {
    const db = await testDatabase()
    const config = (minimaalVrij: number) => ({ ...readConfig({}), data: map, minimaalVrij })
    const klaar = async (minimaalVrij: number) => {
      const toestand = makeToestand(config(minimaalVrij), db.database, server)
      const { app } = await testApp(db, { ...testOmgeving(db), toestand })
      return app.inject({ url: '/klaar', headers: { accept: 'application/json' } })
    }
    expect((await klaar(0)).statusCode).toBe(200)
    const vol = await klaar(999_999_999)
    expect([vol.statusCode, vol.json().detail]).toEqual([503, expect.stringContaining('MB vrij')])
  })
})

describe('a server that does not come back', () => {
  it('makes the process not ready, and after a minute not fit to go on', async () => {
    const map = await nieuweMap()
    const server = await start(map)
    const database = openDatabase(server.appUrl.replace(/samenhang$/, 'postgres'), { max: 2 })
    let later = 0
    const toestand = makeToestand(
      { ...readConfig({}), data: map },
      database,
      server,
      () => Date.now() + later,
    )
    const db = await testDatabase()
    const { app } = await testApp(db, { ...testOmgeving(db), database, toestand })
    const status = async (url: string) => (await app.inject({ url })).statusCode
    server.bewaak(() => undefined)
    const waker = "select 1 from pg_stat_activity where application_name = 'samenhang-waker'"
    await expect.poll(() => ask(server.url, waker)).toHaveLength(1)
    const conf = join(map, 'db', 'postgresql.conf')
    await writeFile(conf, `${await readFile(conf, 'utf8')}\nonzin = 1\n`)
    const pid = Number((await readFile(join(map, 'db', 'postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => server.wegSinds(), { timeout: 120_000 }).toBeDefined()
    expect([await status('/klaar'), await status('/gezond')]).toEqual([503, 200])
    later = 61_000
    expect(await status('/gezond')).toBe(503)
    server.laatLos()
    await database.close()
  })
})

describe('health', async () => {
  const db = await testDatabase()
  const toestand = makeToestand(readConfig({}), db.database, undefined)
  const { app } = await testApp(db, { ...testOmgeving(db), toestand })
  const status = async (url: string) => (await app.inject({ url })).statusCode

  it('is not ready after the server said that its disk is full', async () => {
    expect(await status('/klaar')).toBe(200)
    const vol = db.database.write(NOBODY, tx =>
      clientOf(tx).query("do $$ begin raise exception 'vol' using errcode = 'disk_full'; end $$"),
    )
    await expect(vol).rejects.toThrow('vol')
    expect(await status('/klaar')).toBe(503)
    expect(await status('/gezond')).toBe(200)
  })

  it('is not fit to go on when the key was changed under it', async () => {
    const database = openDatabase(db.url, { max: 1, sleutelNr: 99 })
    const { app } = await testApp(db, {
      ...testOmgeving(db),
      toestand: makeToestand(readConfig({}), database, undefined),
    })
    expect((await app.inject({ url: '/gezond' })).statusCode).toBe(200)
    await expect(database.read(NOBODY, async () => 1)).rejects.toMatchObject({ status: 503 })
    const { statusCode, body } = await app.inject({ url: '/gezond' })
    expect([statusCode, body]).toEqual([503, expect.stringContaining('sleutel')])
    await database.close()
  })
})
