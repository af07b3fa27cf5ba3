import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Tx } from './tables.ts'

/**
 * Waits for the turn of this name, which is given back when the transaction ends: what has the same name goes one after the
 * other, so that a form that is sent twice finds what the first time left.
 */
export async function takeTurn(tx: Tx, naam: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${naam}, 0))`.execute(tx)
}

/** Waits for who has the turn of this name, and keeps it from who comes; others that share it go on beside. */
export async function shareTurn(tx: Tx, naam: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${naam}, 0))`.execute(tx)
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
