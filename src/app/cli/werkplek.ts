import type { Config } from '../../platform/config.ts'
import { readAdres } from '../../platform/db/adres.ts'
import { type Ctx, makeCtx, systeem } from '../../platform/http/ctx.ts'
import { loadConfig } from '../../platform/instellingen.ts'
import type { Exitcode } from '../cli.ts'
import { asOwner, type Openen, openPlek, type Plek, setUp, type Werkplek } from '../omgeving.ts'
import { explainFault } from '../uitleg.ts'

/**
 * Runs one command on the database (that of a running Samenhang when there is one) and closes it again; see `orExplain`.
 */
export async function withWerkplek(
  naam: string,
  fn: (werkplek: Werkplek) => Promise<Exitcode>,
): Promise<Exitcode> {
  return withPlekOpen({}, async (plek, config) => {
    // It closes the plek from here on, so that this is not done twice.
    const werkplek = await setUp(config, plek, { naam: `samenhang-${naam}` })
    return fn(werkplek).finally(() => werkplek.sluit())
  })
}

/** As `withWerkplek`, with the database as it is: not migrated, and its keys not looked at. */
export async function withPlek(
  fn: (plek: Plek, config: Config) => Promise<Exitcode>,
  openen: Openen = {},
): Promise<Exitcode> {
  return withPlekOpen(openen, (plek, config) => fn(plek, config).finally(() => plek.sluit()))
}

/** Reaches the database and says which it is before anything can be refused; `fn` closes it. */
async function withPlekOpen(
  openen: Openen,
  fn: (plek: Plek, config: Config) => Promise<Exitcode>,
): Promise<Exitcode> {
  let eigenServer = false
  return orExplain(
    async () => {
      const config = loadConfig()
      eigenServer = config.databaseUrl === undefined
      const plek = await openPlek(config, openen).catch(fout => {
        process.stderr.write(`Database in ${config.data}\n`)
        throw fout
      })
      // A database that cannot be asked is named all the same; the command itself says why it cannot.
      sayWhere(plek, await asOwner(plek, readModus).catch(() => undefined))
      return fn(plek, config)
    },
    () => eigenServer,
  )
}

/** Which database a command works on, on standard error: a wrong setting is seen before it does harm. */
function sayWhere({ ownerUrl }: { ownerUrl: string }, modus?: string | null): void {
  const gebruik =
    modus === undefined ? '' : modus === null ? ', nog niet in gebruik' : `, in gebruik voor ${modus}`
  process.stderr.write(`Database ${nameOf(ownerUrl)}${gebruik}\n`)
}

function nameOf(databaseUrl: string): string {
  const { host, port, database } = readAdres(databaseUrl)
  return `${database} op ${host}:${port}`
}

/** Which database the settings name, in words and without reaching it; never with what one logs in with. */
export function whichDatabase({ databaseUrl, data }: Pick<Config, 'databaseUrl' | 'data'>): string {
  return databaseUrl === undefined ? `database in ${data}` : `database ${nameOf(databaseUrl)}`
}

/** What the database was taken into use for, which a setting here cannot change; null for nothing yet. */
async function readModus(pool: { query(sql: string): Promise<{ rows: unknown[] }> }): Promise<string | null> {
  const { rows: tabel } = await pool.query("select where to_regclass('platform.instelling') is not null")
  if (tabel.length === 0) return null
  const { rows } = await pool.query("select waarde from platform.instelling where sleutel = 'modus'")
  return (rows[0] as { waarde: string } | undefined)?.waarde ?? null
}

/** Says what a person can solve on standard error in Dutch, with exit code 2. */
export async function orExplain(
  fn: () => Promise<Exitcode>,
  eigenServer: () => boolean = () => false,
): Promise<Exitcode> {
  try {
    return await fn()
  } catch (fout) {
    const uitleg = explainFault(fout, eigenServer())
    if (uitleg === undefined) throw fout
    process.stderr.write(`${uitleg}\n`)
    return 2
  }
}

/** The context of the command line: who can run it on the server may act for every municipality. */
export async function cliCtx(werkplek: Werkplek): Promise<Ctx> {
  const { rows } = await werkplek.database.pool.query<{ code: string }>(
    'select code from contracten.gemeente order by code',
  )
  return makeCtx(
    werkplek,
    systeem(
      'cli',
      rows.map(row => row.code),
    ),
  )
}

/** One line of JSON on standard output. */
export function printRegel(waarde: unknown): void {
  process.stdout.write(`${JSON.stringify(waarde)}\n`)
}

/** What went wrong in the way the command was given, and exit code 2. */
export function wrongUse(tekst: string): Exitcode {
  process.stderr.write(tekst.endsWith('\n') ? tekst : `${tekst}\n`)
  return 2
}
