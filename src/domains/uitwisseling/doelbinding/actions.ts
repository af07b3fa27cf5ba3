import type { Db } from '../../../platform/db/tables.ts'
import { type Antwoord, mayExchange as decide, type Reden, type Uitwisselvraag } from '../register/rules.ts'
import { listNietVoor, listWeegbaar, type Weging } from '../register/store.ts'

/** The answer with the weighing that it rests on, as it is kept. */
export type Gewogen = Antwoord & { bron: Weging | null }

/** Reasons of a weighing that is not about this purpose, or not about this municipality. */
const VER: ReadonlySet<Reden> = new Set(['geen-weging', 'andere-gemeente', 'ander-doel'])

/**
 * May this role have this data element for this purpose on this day? Asks the weighings that `db` may see; without a
 * decided one that covers it, the answer is no. Grondslag: AVG art. 5 lid 1 onder b; 004 bijlage II.
 */
export async function mayExchange(db: Db, vraag: Uitwisselvraag): Promise<Gewogen> {
  let wegingen = await listWeegbaar(db, vraag)
  let antwoord = decide(wegingen, vraag)
  // Nothing for this purpose here: another weighing can only say what it was about instead.
  if (!antwoord.ok && VER.has(antwoord.reden)) {
    wegingen = [...wegingen, ...(await listNietVoor(db, vraag))]
    antwoord = decide(wegingen, vraag)
  }
  const { weging } = antwoord
  const bron = wegingen.find(w => w === weging)?.bron ?? null
  return { ...antwoord, bron }
}
