import type { Db } from '../../../platform/db/tables.ts'
import { type Antwoord, mayExchange as decide, type Uitwisselvraag } from '../register/rules.ts'
import { listWeegbaar, type Weging } from '../register/store.ts'

/** The answer with the weighing that it rests on, as it is kept. */
export type Gewogen = Antwoord & { bron: Weging | null }

/**
 * May this role have this data element for this purpose on this day? Asks the weighings that `db` may see; without a
 * decided one that covers it, the answer is no. Grondslag: AVG art. 5 lid 1 onder b; 004 bijlage II.
 */
export async function mayExchange(db: Db, vraag: Uitwisselvraag): Promise<Gewogen> {
  const wegingen = await listWeegbaar(db)
  const antwoord = decide(wegingen, vraag)
  const { weging } = antwoord
  const bron = wegingen.find(w => w === weging)?.bron ?? null
  return { ...antwoord, bron }
}
