import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/platform/config.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { tellInOrder } from '../support/verhaal.ts'

tellInOrder()

/**
 * The start of the product as people meet it: the built program as a process of its own, with the PostgreSQL that comes
 * with it in a new folder. It runs as for real (with OIDC), since a demonstration would first load a region.
 */
const ROOT = projectRoot()
const NODE = join(ROOT, 'node_modules/.bin/node')
const BUILD = join(ROOT, 'dist', 'server')
const ECHT = {
  OIDC_ISSUER: 'https://inloggen.voorbeeld.example',
  OIDC_CLIENT_ID: 'samenhang',
  OIDC_CLIENT_SECRET: 'geheim',
}

const folder = mkdtempSync(join(tmpdir(), 'samenhang-start-'))
chmodSync(folder, 0o755)
const living = new Set<ChildProcess>()
let port = 0

beforeAll(async () => {
  port = await freePort()
})

afterEach(() => {
  for (const child of living) child.kill('SIGKILL')
})
afterAll(async () => {
  if (existsSync(join(folder, 'db', 'PG_VERSION'))) await (await startEmbedded(folder)).stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Proces {
  child: ChildProcess
  /** Everything it said until now, on both channels. */
  tekst(): string
  einde: Promise<number | null>
}

function run(env: NodeJS.ProcessEnv = {}): Proces {
  const child = spawn(NODE, [join(BUILD, 'main.js')], {
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      SAMENHANG_DATA: folder,
      SAMENHANG_LOG: 'error',
      PORT: String(port),
      ...ECHT,
      ...env,
    },
  })
  living.add(child)
  let tekst = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', deel => {
      tekst += deel
    })
  const einde = new Promise<number | null>(resolve =>
    child.on('close', code => {
      living.delete(child)
      resolve(code)
    }),
  )
  return { child, tekst: () => tekst, einde }
}

/** Starts it and waits until it has said where it is and how to stop it: two lines may come in two pieces. */
async function started(): Promise<Proces> {
  const proces = run()
  await until(() => {
    if (proces.child.exitCode !== null) throw new Error(`it stopped: ${proces.tekst()}`)
    return proces.tekst().includes('Stoppen kan met Ctrl-C.\n')
  })
  return proces
}

/** What a start that is refused says, and with which exit code. */
async function refused(env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; tekst: string }> {
  const proces = run(env)
  return { code: await proces.einde, tekst: proces.tekst() }
}

async function until(ok: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (await ok()) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('it took longer than 30 s')
}

async function freePort(): Promise<number> {
  const server = await occupy(0)
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function occupy(wanted: number): Promise<Server> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(wanted, '127.0.0.1', resolve))
  return server
}

const pidOf = (file: string) => Number(readFileSync(join(folder, file), 'utf8').split('\n')[0])
const databaseRuns = () => existsSync(join(folder, 'db', 'postmaster.pid'))

/** SQL as the owner, on the server that the program started. */
async function sql(text: string): Promise<pg.QueryResult> {
  const [, , , databasePort] = readFileSync(join(folder, 'db', 'postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(folder, 'wachtwoord'), 'utf8')
  const client = new pg.Client({
    connectionString: `postgresql://samenhang:${password}@127.0.0.1:${databasePort}/samenhang`,
  })
  await client.connect()
  return client.query(text).finally(() => client.end())
}

/** The same, while the program does not run. */
async function sqlWhileStopped(text: string): Promise<void> {
  const server = await startEmbedded(folder)
  await sql(text).finally(() => server.stop())
}

/** A connection of our own; `ask` answers what comes back on one request. */
async function open(): Promise<{ ask(request: string): Promise<string> }> {
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  socket.on('error', () => undefined)
  return {
    ask: request =>
      new Promise((resolve, reject) => {
        socket.once('data', deel => resolve(String(deel)))
        socket.once('close', () => reject(new Error('closed without an answer')))
        socket.write(request)
      }),
  }
}

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)

describe('one life of an installation', () => {
  test('a first start makes everything, says where it is, and is alive and ready', async () => {
    const { child, einde, tekst } = await started()
    expect(tekst()).toBe(`Samenhang draait op http://localhost:${port}\nStoppen kan met Ctrl-C.\n`)
    expect((await get('/gezond')).status).toBe(200)
    expect(await (await get('/klaar')).json()).toEqual({ status: 'klaar' })
    expect(statSync(join(folder, 'sleutel')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'wachtwoord')).mode & 0o777).toBe(0o600)
    await sql("insert into contracten.gemeente (code, naam) values ('9101', 'Aarveld')")
    child.kill('SIGTERM')
    expect(await einde).toBe(0)
    expect(databaseRuns()).toBe(false)
    expect(existsSync(join(folder, 'proces'))).toBe(false)
  })

  test('a later start makes and migrates nothing again, and finds everything', async () => {
    const made = statSync(join(folder, 'db', 'PG_VERSION')).mtimeMs
    const { child, einde } = await started()
    expect(statSync(join(folder, 'db', 'PG_VERSION')).mtimeMs).toBe(made)
    const { rows: migraties } = await sql(
      'select count(*)::int as n from public.migratie where op > pg_postmaster_start_time()',
    )
    expect(migraties).toEqual([{ n: 0 }])
    expect((await sql('select naam from contracten.gemeente')).rows).toEqual([{ naam: 'Aarveld' }])
    child.kill('SIGINT')
    expect(await einde).toBe(0)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'on %s a request under way is finished first, new ones are refused',
    async signal => {
      const { child, einde, tekst } = await started()
      const lock = sql('begin; lock table public.migratie; select pg_sleep(1.5); commit')
      await until(
        async () =>
          (await sql("select from pg_locks where mode = 'AccessExclusiveLock' and granted")).rowCount === 1,
      )
      const underway = get('/klaar')
      await until(async () => (await sql('select from pg_locks where not granted')).rowCount === 1)
      child.kill(signal)
      await until(() => tekst().includes('Bezig met afronden…'))
      await until(() =>
        get('/gezond').then(
          () => false,
          () => true,
        ),
      )
      expect(child.exitCode).toBe(null)
      expect(await (await underway).json()).toEqual({ status: 'klaar' })
      await lock
      expect(await einde).toBe(0)
      expect(databaseRuns()).toBe(false)
    },
  )

  test('on SIGTERM every request on a connection that was accepted is answered', async () => {
    const { child, einde, tekst } = await started()
    const ask = 'GET /gezond HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const sockets = await Promise.all(Array.from({ length: 60 }, () => open()))
    // A third has asked before, and keeps its connection; the others ask for the first time.
    for (const socket of sockets.slice(0, 20)) await socket.ask(ask)
    child.kill('SIGTERM')
    await until(() => tekst().includes('Bezig met afronden…'))
    for (const answer of await Promise.all(sockets.map(socket => socket.ask(ask)))) {
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
      expect(answer).toMatch(/connection: close/i)
    }
    expect(await einde).toBe(0)
  })

  test('stopped while it is still starting, nothing is left running', async () => {
    const proces = run()
    await until(() => existsSync(join(folder, 'proces')))
    proces.child.kill('SIGINT')
    expect(await proces.einde).toBe(0)
    expect(proces.tekst()).toBe('\nBezig met afronden…\n')
    expect(databaseRuns()).toBe(false)
    expect(existsSync(join(folder, 'proces'))).toBe(false)
  })

  test('after SIGKILL of the program and its database together, as when the power fails, the next start is good', async () => {
    const { child, einde } = await started()
    const database = pidOf('db/postmaster.pid')
    child.kill('SIGKILL')
    process.kill(database, 'SIGKILL')
    await einde
    const opnieuw = await started()
    expect((await sql('select 1 as een')).rows).toEqual([{ een: 1 }])
    opnieuw.child.kill('SIGTERM')
    expect(await opnieuw.einde).toBe(0)
    expect(databaseRuns()).toBe(false)
  })

  test('after SIGKILL the next start joins the database that lives on, and stops it in the end', async () => {
    const first = await started()
    const postmaster = pidOf('db/postmaster.pid')
    first.child.kill('SIGKILL')
    await first.einde
    expect(pidOf('proces')).toBe(first.child.pid)
    const second = await started()
    expect(pidOf('db/postmaster.pid')).toBe(postmaster)
    expect((await sql('select naam from contracten.gemeente')).rows).toEqual([{ naam: 'Aarveld' }])
    second.child.kill('SIGTERM')
    expect(await second.einde).toBe(0)
    expect(databaseRuns()).toBe(false)
  })
})

describe('a start that cannot be', () => {
  test('on a port that is taken', async () => {
    const other = await occupy(port)
    expect(await refused()).toEqual({
      code: 1,
      tekst: `Poort ${port} is al in gebruik. Kies een andere, bijvoorbeeld: PORT=8081 npm start\n`,
    })
    await new Promise(resolve => other.close(resolve))
    expect(databaseRuns()).toBe(false)
    expect(existsSync(join(folder, 'proces'))).toBe(false)
  })

  test('on a data folder that is in use: the other goes on', async () => {
    const { child, einde } = await started()
    expect(await refused({ PORT: String(await freePort()) })).toEqual({
      code: 1,
      tekst: `De gegevensmap ${folder} is al in gebruik door een andere Samenhang (proces ${child.pid}). Stop die eerst, of kies een andere map met SAMENHANG_DATA.\n`,
    })
    expect((await get('/klaar')).status).toBe(200)
    child.kill('SIGTERM')
    expect(await einde).toBe(0)
  })

  test('with settings that are wrong: all of them at once', async () => {
    const { code, tekst } = await refused({
      PORT: 'tachtig',
      SAMENHANG_LOG: 'luid',
      DATABASE_URL: 'mysql://ergens',
      SAMENHANG_SLEUTEL: 'te-kort',
      OIDC_CLIENT_SECRET: '',
    })
    expect(code).toBe(1)
    expect(
      tekst
        .trim()
        .split('\n')
        .map(line => line.split(/[=:,]/)[0]),
    ).toEqual(['PORT', 'SAMENHANG_LOG', 'DATABASE_URL', 'OIDC_ISSUER', 'SAMENHANG_SLEUTEL'])
  })

  test('on a database server that does not answer', async () => {
    const nobody = await freePort()
    expect(await refused({ DATABASE_URL: `postgresql://a:b@127.0.0.1:${nobody}/c` })).toEqual({
      code: 1,
      tekst: 'De database antwoordt niet. Controleer DATABASE_URL en of de server draait.\n',
    })
  })

  test('on a database that is newer than the program', async () => {
    await sqlWhileStopped("insert into public.migratie (naam, checksum) values ('9999_later.sql', 'x')")
    expect(await refused()).toEqual({
      code: 1,
      tekst:
        'De database is nieuwer dan dit programma (9999_later.sql is hier onbekend). Werk het programma bij.\n',
    })
    expect(databaseRuns()).toBe(false)
    await sqlWhileStopped("delete from public.migratie where naam = '9999_later.sql'")
  })

  test('on a database whose migrations were changed afterwards', async () => {
    await sqlWhileStopped("update public.migratie set checksum = 'x' || checksum where naam like '0001%'")
    const { code, tekst } = await refused()
    expect(code).toBe(1)
    expect(tekst).toMatch(/^Een migratie is gewijzigd nadat zij was uitgevoerd: 0001_\w+\.sql\.\n$/)
    await sqlWhileStopped("update public.migratie set checksum = substr(checksum, 2) where naam like '0001%'")
  })

  test('as a demonstration on a database that is for real, and the other way round', async () => {
    const demo = { OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '' }
    expect(await refused(demo)).toEqual({
      code: 1,
      tekst:
        'Deze database is in gebruik genomen voor productie, en kan niet worden gestart als demonstratie. Stel OIDC_ISSUER, OIDC_CLIENT_ID en OIDC_CLIENT_SECRET in, of gebruik een andere database.\n',
    })
    await sqlWhileStopped(`update platform.instelling set waarde = '"demonstratie"' where sleutel = 'modus'`)
    expect(await refused()).toEqual({
      code: 1,
      tekst:
        'Deze database is in gebruik genomen voor demonstratie, en kan niet worden gestart als productie. Gebruik een andere database, of zet SAMENHANG_MODUS terug.\n',
    })
    await sqlWhileStopped(`update platform.instelling set waarde = '"productie"' where sleutel = 'modus'`)
  })

  test('with a key that others can read', async () => {
    chmodSync(join(folder, 'sleutel'), 0o644)
    expect(await refused()).toEqual({
      code: 1,
      tekst: `Het sleutelbestand ${join(folder, 'sleutel')} is leesbaar voor anderen. Geef het rechten 0600.\n`,
    })
    expect(databaseRuns()).toBe(false)
    chmodSync(join(folder, 'sleutel'), 0o600)
  })
})
