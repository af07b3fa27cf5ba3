import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDatabase } from './database.ts'
import { TESTSLEUTEL } from './sleutel.ts'

/** Of this test file in this run alone: two runs at once share nothing that is written. */
const DATA = mkdtempSync(join(tmpdir(), 'samenhang-cli-test-'))
process.once('exit', () => rmSync(DATA, { recursive: true, force: true }))

/** The real command; it builds first when the source is newer. */
const CLI = join(import.meta.dirname, '../../bin/samenhang')

export interface Afloop {
  status: number | null
  /** What it said on standard error, without the line that says on which database it works. */
  stderr: string
  /** That line. */
  waar: string
  stdout: string
  /** Standard output read as one JSON value per line. */
  regels: Record<string, unknown>[]
}

/** Starts the command line on a test database, from a folder that is not the project. */
export function startSamenhang(
  db: Pick<TestDatabase, 'url'>,
  argumenten: readonly string[],
  omgeving: Readonly<Record<string, string>> = {},
) {
  return spawn(CLI, [...argumenten], {
    cwd: tmpdir(),
    // A process group of its own: killing it reaches what it started.
    detached: true,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: db.url,
      SAMENHANG_SLEUTEL: TESTSLEUTEL.toString('base64'),
      SAMENHANG_DATA: DATA,
      ...(omgeving.OIDC_ISSUER === undefined && { SAMENHANG_MODUS: 'demonstratie' }),
      ...omgeving,
    },
  })
}

/** Starts the command line and kills it, as a crash does, once `wanneer` answers true. */
export async function samenhangKilled(
  db: Pick<TestDatabase, 'url'>,
  argumenten: readonly string[],
  wanneer: () => Promise<boolean>,
): Promise<void> {
  const proces = startSamenhang(db, argumenten, {})
  const klaar = new Promise(gedaan => proces.on('close', gedaan))
  while (proces.exitCode === null && !(await wanneer())) await new Promise(gedaan => setTimeout(gedaan, 50))
  if (proces.pid !== undefined && proces.exitCode === null) process.kill(-proces.pid, 'SIGKILL')
  await klaar
}

/** Runs it to its end. */
export async function samenhang(
  db: Pick<TestDatabase, 'url'>,
  argumenten: readonly string[],
  omgeving: Readonly<Record<string, string>> = {},
): Promise<Afloop> {
  const proces = startSamenhang(db, argumenten, omgeving)
  let stdout = ''
  let stderr = ''
  proces.stdout.on('data', deel => {
    stdout += deel
  })
  proces.stderr.on('data', deel => {
    stderr += deel
  })
  const status = await new Promise<number | null>(klaar => proces.on('close', klaar))
  const lines = stdout.split('\n').filter(line => line.startsWith('{'))
  const [waar = ''] = /^Database .*\n/m.exec(stderr) ?? []
  return {
    status,
    stdout,
    stderr: stderr.replace(waar, ''),
    waar: waar.trim(),
    regels: lines.map(line => JSON.parse(line)),
  }
}
