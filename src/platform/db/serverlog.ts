import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SCHIJF_VOL } from './codes.ts'

/** Where the log of a server stands before a start: what is in it already tells of earlier ones. */
export interface Serverlog {
  path: string
  vanaf: number
  /** The port in postmaster.pid, if there is one; the file may be a leftover of a crash. */
  port: number | undefined
}

export async function openLog(database: string): Promise<Serverlog> {
  const path = join(database, 'server.log')
  const text = await readFile(join(database, 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(text.split('\n')[3])
  return {
    path,
    vanaf: await stat(path).then(
      found => found.size,
      () => 0,
    ),
    port: Number.isInteger(port) && port > 0 ? port : undefined,
  }
}

const STRAKS = /pre-existing shared memory|starting up|shutting down|could not (?:bind|create any TCP)/i
/** Two started at once. The one that was first goes on and logs more, so this may stand further up. */
const ANDER = /postmaster\.pid.* already exists|Is another postmaster/i

/** Why a server did not start, for a person; `straksWeer`: another start or stop is still under way, or the port was just taken. */
export async function findUitleg(
  folder: string,
  log: Serverlog,
  error: unknown,
): Promise<{ tekst: string; straksWeer: boolean }> {
  const nieuw = await readFile(log.path).then(
    bytes => bytes.subarray(log.vanaf).toString('utf8').trim(),
    () => '',
  )
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
  const detail = [nieuw.split('\n').slice(-5).join('\n'), stderr].filter(Boolean).join('\n')
  return {
    tekst: explain(folder, detail),
    straksWeer: STRAKS.test(detail) || ANDER.test(nieuw) || ANDER.test(stderr),
  }
}

/** The cause in what the server or initdb said, in Dutch; the words themselves when none is recognised. */
export function explain(folder: string, detail: string): string {
  if (/No space left/i.test(detail)) return `${SCHIJF_VOL} De gegevens staan in ${folder}.`
  if (/lock file .*postmaster\.pid.* already exists|is being used/i.test(detail))
    return `De gegevensmap ${folder} is al in gebruik door een ander proces.`
  if (/Permission denied/i.test(detail))
    return `De gegevensmap ${folder} is niet toegankelijk voor de database.`
  if (/incompatible with server|database files are incompatible/i.test(detail))
    return `De gegevens in ${folder} zijn van een andere versie van PostgreSQL.`
  return `De database in ${folder} start niet.\n${detail}`
}
