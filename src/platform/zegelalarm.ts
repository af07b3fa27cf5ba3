import type { Db } from './db/tables.ts'
import { readBekend, type Zegelgeheugen } from './zegelgeheugen.ts'
import { explainTerugzetting, findVerdwenen } from './zegelstand.ts'
import { explainUitstel, findUitstel } from './zegeluitstel.ts'

/**
 * Why nothing more is sealed, in Dutch; undefined when this machine knows nothing of it or what it knows is still there. A
 * log of which seals were taken away or made anew is not sealed over as if nothing had happened.
 */
export async function findTerugzetting(
  db: Db,
  geheugen: Zegelgeheugen | undefined,
): Promise<string | undefined> {
  const { bekend, onleesbaar } = await readBekend(geheugen)
  if (onleesbaar !== undefined) return onleesbaar
  const weg = await findVerdwenen(db, bekend)
  return weg && explainTerugzetting(weg.nummer)
}

/** Why the log is not sealed, or not in time, in Dutch; undefined when nothing is wrong with it. For who watches over it. */
export async function findAlarm(
  db: Db,
  geheugen: Zegelgeheugen | undefined,
  nu: Date,
): Promise<string | undefined> {
  const sinds = await findUitstel(db, nu)
  return (await findTerugzetting(db, geheugen)) ?? (sinds && explainUitstel(sinds))
}
