import { isVoorbijgaand } from '../../../platform/db/codes.ts'
import { attempt } from '../../../platform/db/savepoint.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { isBotsing } from './rules.ts'

/** So often messages that collided with another transaction are looked at again. */
const MEESTE_BOTSINGEN = 3

interface Werk<P, R> {
  handle(posten: readonly P[]): Promise<Map<string, R>>
  giveUp(post: P, fout: unknown): Promise<R>
}

/**
 * Handles messages together, in the caller's transaction, so that one that cannot be handled never stops another: when
 * together fails, each is tried by itself to find out which it was; that one is given up and the rest goes on together.
 * Throws what says nothing about the messages: the database was away.
 */
export async function handleApart<P extends { berichtId: string }, R>(
  tx: Tx,
  posten: readonly P[],
  werk: Werk<P, R>,
): Promise<Map<string, R>> {
  if (posten.length === 0) return new Map()
  const samen = await tryTogether(tx, posten, werk)
  if (samen.gelukt) return samen.waarde
  const [enige] = posten
  if (enige && posten.length === 1) return new Map([[enige.berichtId, await werk.giveUp(enige, samen.fout)]])

  const slecht = new Map<P, unknown>()
  for (const post of posten) {
    const alleen = await tryTogether(tx, [post], werk, true)
    if (!alleen.gelukt) slecht.set(post, alleen.fout)
  }
  const out = new Map<string, R>()
  for (const [post, fout] of slecht) out.set(post.berichtId, await werk.giveUp(post, fout))
  // Each can be handled, but not all at once: then one after the other.
  const groepen = slecht.size === 0 ? posten.map(post => [post]) : [posten.filter(post => !slecht.has(post))]
  for (const groep of groepen) for (const [id, r] of await handleApart(tx, groep, werk)) out.set(id, r)
  return out
}

async function tryTogether<P, R>(tx: Tx, posten: readonly P[], { handle }: Werk<P, R>, undo = false) {
  for (let keer = 1; ; keer += 1) {
    const poging = await attempt(tx, () => handle(posten), { undo: () => undo })
    if (poging.gelukt) return poging
    if (isVoorbijgaand(poging.fout)) throw poging.fout
    if (!isBotsing(poging.fout) || keer === MEESTE_BOTSINGEN) return poging
  }
}
