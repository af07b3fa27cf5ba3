import {
  addToegewezen,
  compareTelling,
  countFeiten,
  replaceCijfers,
  startTelling,
  type Vergelijking,
} from '../domains/sturing/index.ts'
import { readToegewezen } from '../domains/toegang/index.ts'
import type { Database } from '../platform/db/database.ts'
import { systeem } from '../platform/http/ctx.ts'

/**
 * Counts all figures anew from the facts, in one transaction, and answers where the tables differed. With `vervang`
 * the tables then hold the new count; without it nothing is written.
 */
export async function rebuildCijfers(database: Database, vervang: boolean): Promise<Vergelijking[]> {
  const { rows } = await database.pool.query<{ code: string }>('select code from contracten.gemeente')
  const { scope } = systeem(
    'cijfers',
    rows.map(r => r.code),
  )
  return database.write(
    scope,
    async tx => {
      await startTelling(tx, vervang)
      await countFeiten(tx)
      for await (const boekingen of readToegewezen(tx)) await addToegewezen(tx, boekingen)
      const vergelijking = await compareTelling(tx)
      if (vervang && vergelijking.some(v => v.verschillen > 0)) await replaceCijfers(tx)
      return vergelijking
    },
    { momentopname: !vervang },
  )
}
