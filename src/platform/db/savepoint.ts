import { clientOf } from './database.ts'
import type { Tx } from './tables.ts'

export type Poging<T> = { gelukt: true; waarde: T } | { gelukt: false; fout: unknown }

/**
 * Runs `fn` inside a savepoint: when it throws, what it did is undone and the transaction goes on. `undo` undoes it
 * also when it went well: always, to see whether it would work, or by what came of it. Throws only when the connection
 * itself is gone.
 */
export async function attempt<T>(
  tx: Tx,
  fn: () => Promise<T>,
  { undo = () => false }: { undo?: (waarde: T) => boolean } = {},
): Promise<Poging<T>> {
  const client = clientOf(tx)
  await client.query('savepoint poging')
  try {
    const waarde = await fn()
    await client.query(undo(waarde) ? ROLLBACK : 'release savepoint poging')
    return { gelukt: true, waarde }
  } catch (fout) {
    await client.query(ROLLBACK).catch(() => {
      throw fout
    })
    return { gelukt: false, fout }
  }
}

const ROLLBACK = 'rollback to savepoint poging; release savepoint poging'
