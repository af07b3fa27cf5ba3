import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { codeOf, GEEN_BEURT } from './codes.ts'
import type { Tx } from './tables.ts'

const QUERY_CANCELED = '57014'

/**
 * Waits for a lock that others give back. That it did not come within the time of a statement (SAMENHANG_DB_TIJD) says nothing about
 * what was asked: it is said as being too busy, and may be asked again.
 */
export async function waitForTurn<T>(slot: Promise<T>): Promise<T> {
  return slot.catch(fout => {
    if (codeOf(fout) !== QUERY_CANCELED) throw fout
    throw Object.assign(new Error('no turn within the time of a statement', { cause: fout }), {
      code: GEEN_BEURT.allen,
    })
  })
}

/**
 * Waits for the turn of this name, which is given back when the transaction ends: what has the same name goes one after the
 * other, so that a form that is sent twice finds what the first time left.
 */
export async function takeTurn(tx: Tx, naam: string): Promise<void> {
  await waitForTurn(sql`select pg_advisory_xact_lock(hashtextextended(${naam}, 0))`.execute(tx))
}

/** Waits for who has the turn of this name, and keeps it from who comes; others that share it go on beside. */
export async function shareTurn(tx: Tx, naam: string): Promise<void> {
  await waitForTurn(sql`select pg_advisory_xact_lock_shared(hashtextextended(${naam}, 0))`.execute(tx))
}

/** The row that says all that was filled in already: the form was sent twice. */
export function findSame<Rij extends Gegevens, Gegevens extends object>(
  rijen: readonly Rij[],
  gegevens: Gegevens,
): Rij | undefined {
  return rijen.find(rij =>
    Object.entries(gegevens).every(([naam, waarde]) => isDeepStrictEqual(rij[naam as keyof Rij], waarde)),
  )
}
