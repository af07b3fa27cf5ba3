import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { holdSlot } from '../bestandsslot.ts'
import {
  binaries,
  checkEigenaar,
  checkReachable,
  giveTo,
  initialise,
  readWachtwoord,
  run,
  type Serverbestanden,
  ServerFout,
  serverUser,
} from './initdb.ts'
import { findUitleg, openLog } from './serverlog.ts'

export { ServerFout } from './initdb.ts'

/** A PostgreSQL server of our own that is running. */
export interface EmbeddedServer {
  /** As its owner: for migrations and management only. */
  url: string
  /** As a role that can become samenhang_app, and nothing else. */
  appUrl: string
  /** False when it was already running: another process uses it, or left it behind. */
  eigen: boolean
  /** From now on starts it again, on the same port, whenever it dies. */
  bewaak(meld: (tekst: string) => void): void
  /** Since when it is down although it was tried to start it again. */
  wegSinds(): Date | undefined
  /** Leaves it running, no longer guarded. */
  laatLos(): void
  /** Stops it, whoever started it. */
  stop(): Promise<void>
}

export interface Starten {
  /** Lines for postgresql.conf that only apply to a new folder. */
  extra?: readonly string[]
  /** Whether a process that we do not know of holds the folder: then a server that does not answer us is left alone. */
  vanEenAnder?: () => Promise<boolean>
}

/** How long a start waits for another that is under way, in milliseconds. */
const GEDULD = 90_000

/**
 * Starts the PostgreSQL 18 that came with the package in `folder` (made when missing), or joins it when it already
 * runs there: after a crash of our process the server lives on, and the next start simply uses it. One start at a time.
 * Throws ServerFout with a Dutch explanation when the folder cannot be used.
 */
export async function startEmbedded(
  folder: string,
  { extra = [], vanEenAnder = async () => false }: Starten = {},
): Promise<EmbeddedServer> {
  const bin = await binaries()
  const owner = serverUser()
  await mkdir(folder, { recursive: true })
  await checkReachable(folder, owner)
  if (owner) await giveTo(folder, owner)
  const bestanden: Serverbestanden = { bin, owner, folder, database: join(folder, 'db') }
  const release = holdSlot(join(folder, 'start.slot'), GEDULD)
  if (!release)
    throw new ServerFout(
      `Een ander proces is al lang bezig de database in ${folder} te starten. Probeer het zo weer.`,
    )
  try {
    await initialise(bestanden, extra)
    await checkEigenaar(bestanden)
    const wachtwoord = await readWachtwoord(bestanden)
    const { port, eigen } = await startServer(bestanden, wachtwoord, undefined, vanEenAnder)
    const appWachtwoord = await readWachtwoord(bestanden, 'inlog')
    await prepare(port, wachtwoord, appWachtwoord)
    return {
      url: address(port, 'samenhang', wachtwoord),
      appUrl: address(port, APP_LOGIN, appWachtwoord),
      eigen,
      ...guard(bestanden, port, wachtwoord),
    }
  } finally {
    release()
  }
}

/** Joins the server that answers, or starts one; waits for one that is starting or still going down. */
async function startServer(
  bestanden: Serverbestanden,
  wachtwoord: string,
  opPoort: number | undefined,
  vanEenAnder: () => Promise<boolean>,
): Promise<{ port: number; eigen: boolean }> {
  const { bin, owner, database, folder } = bestanden
  for (const eind = Date.now() + 60_000; ; await wait(200)) {
    const log = await openLog(database)
    const running = log.port
    if (running !== undefined) {
      if (await answers(running, wachtwoord)) return { port: running, eigen: false }
      if (await vanEenAnder())
        throw new ServerFout(
          `De gegevensmap ${folder} is in gebruik door een Samenhang op een andere machine of in een andere container.`,
        )
    }
    const port = opPoort ?? (await freePort())
    try {
      await run(
        bin.pg_ctl,
        ['start', '-w', '-s', '-t', '60', '-D', database, '-l', log.path, '-o', `-p ${port}`],
        { ...owner, cwd: database },
      )
      return { port, eigen: true }
    } catch (error) {
      const uitleg = await findUitleg(folder, log, error)
      if (!uitleg.straksWeer || Date.now() > eind) throw new ServerFout(uitleg.tekst)
    }
  }
}

/** Watches over a running server, and ends it. */
function guard(
  bestanden: Serverbestanden,
  port: number,
  wachtwoord: string,
): Pick<EmbeddedServer, 'bewaak' | 'wegSinds' | 'laatLos' | 'stop'> {
  let weg: Date | undefined
  let los = false
  let waker: pg.Client | undefined

  /** Resolves when the server goes away, or at once when it is away. */
  async function untilGone(): Promise<void> {
    const client = new pg.Client({
      connectionString: address(port, 'samenhang', wachtwoord, 'postgres'),
      application_name: 'samenhang-waker',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    })
    const gone = new Promise<void>(resolve => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    try {
      await client.connect()
      waker = client
      weg = undefined
      await gone
    } catch {
      await client.end().catch(() => undefined)
    } finally {
      waker = undefined
    }
  }

  async function watch(meld: (tekst: string) => void): Promise<void> {
    while (!los) {
      await untilGone()
      if (los || (await answers(port, wachtwoord))) continue
      weg ??= new Date()
      try {
        await startServer(bestanden, wachtwoord, port, async () => false)
        meld('De database was weg en is opnieuw gestart.')
      } catch (error) {
        meld(error instanceof Error ? error.message : String(error))
        await wait(2000)
      }
    }
  }

  const laatLos = () => {
    los = true
    waker?.end().catch(() => undefined)
  }
  return {
    bewaak: meld => void watch(meld),
    wegSinds: () => weg,
    laatLos,
    stop: async () => {
      laatLos()
      const { bin, owner, database } = bestanden
      await run(bin.pg_ctl, ['stop', '-w', '-s', '-m', 'fast', '-D', database], {
        ...owner,
        cwd: database,
      }).catch(() => undefined)
    },
  }
}

async function answers(port: number, wachtwoord: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: address(port, 'samenhang', wachtwoord, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** The role that the application logs in with: no rights of its own, and one role it can become. */
const APP_LOGIN = 'samenhang_inlog'

/** The database and the roles that the migrations do not make; already there after the first start. */
async function prepare(port: number, wachtwoord: string, appWachtwoord: string): Promise<void> {
  const client = new pg.Client({ connectionString: address(port, 'samenhang', wachtwoord, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'samenhang'")
    if (rowCount === 0) await client.query('create database samenhang')
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = 'samenhang_app') then create role samenhang_app; end if;
      if not exists (select from pg_roles where rolname = '${APP_LOGIN}') then
        create role ${APP_LOGIN} login noinherit; end if;
    end $$`)
    await client.query(`alter role ${APP_LOGIN} password ${pg.escapeLiteral(appWachtwoord)}`)
    await client.query(`grant samenhang_app to ${APP_LOGIN} with inherit false`)
  } finally {
    await client.end()
  }
}

function address(port: number, rol: string, wachtwoord: string, database = 'samenhang'): string {
  return `postgresql://${rol}:${wachtwoord}@127.0.0.1:${port}/${database}`
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const found = server.address()
      server.close(() => resolvePort(typeof found === 'object' && found ? found.port : 0))
    })
  })
}
