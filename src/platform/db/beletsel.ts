import { Problem } from '../problem.ts'
import { codeOf, isZwijgt } from './codes.ts'
import type { Database } from './database.ts'
import { outageProblem } from './errors.ts'

/**
 * Why the database does not take work of a program with so many migrations, in words for who watches over us; undefined when
 * it does, within three seconds. For GET /klaar. What answers too late is not away: who changes the key holds everybody up.
 */
export async function findBeletsel(database: Database, migraties: number): Promise<string | undefined> {
  const answer = database.proef(PROEF_MS, WERK).then(
    ([rij]) => (rij?.migraties === migraties ? undefined : ANDERE_VERSIE),
    error => (isTraag(error) ? TE_LAAT : (outageOf(error)?.detail ?? 'De database geeft een fout.')),
  )
  const late = new Promise<string>(resolve => setTimeout(resolve, PROEF_MS, TE_LAAT).unref())
  return Promise.race([answer, late])
}

/**
 * What nearly every request needs: to read and write who is logged in, to read the log of who did what, and a commit that
 * reaches the disk: one that wrote nothing is not waited for, also when it has a transaction id, so a message of nothing is written
 * that nobody reads. A server may answer `select 1` and none of these.
 */
const WERK = `lock table platform.sessie in row exclusive mode; select from platform.gebruiker limit 1;
  select from platform.gebeurtenis limit 1; select pg_logical_emit_message(true, 'samenhang', '');
  select count(*)::int as migraties from public.migratie`

/** The answer stayed away, or the server itself gave up. */
const isTraag = (error: unknown) => isZwijgt(error) || codeOf(error) === QUERY_CANCELED
const QUERY_CANCELED = '57014'

/** How long a sign of life may take, in milliseconds. */
export const PROEF_MS = 3_000

const ANDERE_VERSIE = 'De database is van een andere versie van Samenhang. Voer uit: bin/samenhang db migreer'
const TE_LAAT =
  'De database antwoordt niet binnen drie seconden: zij heeft het druk, of haar sleutel wordt gewisseld.'

function outageOf(error: unknown): Problem | undefined {
  return error instanceof Problem ? error : outageProblem(error)
}
