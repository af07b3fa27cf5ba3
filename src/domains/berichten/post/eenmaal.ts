import { attempt } from '../../../platform/db/savepoint.ts'
import type { Tx } from '../../../platform/db/tables.ts'

/**
 * Looks what is new and records it. Bytes that another records at the same moment are known once they have done so: then it looks
 * again, and each round finds at least one such message more. Answers what was found, and what recording answered.
 */
export async function recordOnce<G, R>(
  tx: Tx,
  look: () => Promise<G>,
  record: (gevonden: G) => Promise<R>,
): Promise<[G, R]> {
  for (;;) {
    const gevonden = await look()
    const gedaan = await attempt(tx, () => record(gevonden))
    if (gedaan.gelukt) return [gevonden, gedaan.waarde]
    if (!isZelfdeBericht(gedaan.fout)) throw gedaan.fout
  }
}

const isZelfdeBericht = (fout: unknown) =>
  fout instanceof Error && 'constraint' in fout && fout.constraint === 'bericht_vingerafdruk'
