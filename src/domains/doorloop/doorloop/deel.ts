import { isDeepStrictEqual } from 'node:util'
import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound, Problem } from '../../../platform/problem.ts'
import { GROND } from '../../dossiers/index.ts'
import { type Deel, type Doorloop, findDeel, findDoorloop, lockDoorloop, writeDeel } from './store.ts'

/** The run, or 404: also for a run of another municipality. */
export async function getDoorloop(db: Db, doorloopId: number): Promise<Doorloop> {
  const doorloop = await findDoorloop(db, doorloopId)
  if (!doorloop) throw notFound('Doorloop')
  return doorloop
}

/** The run for who writes in it: it stays in its state until that is done, so that nothing is added to what is laid before. */
export async function holdDoorloop(tx: Tx, doorloopId: number): Promise<Doorloop> {
  await lockDoorloop(tx, doorloopId)
  return getDoorloop(tx, doorloopId)
}

/** Throws 409 unless the run is under way: what is paused, laid before the college or decided is not edited. */
export function demandLopend(doorloop: Doorloop): void {
  if (doorloop.staat === 'loopt') return
  throw new Problem(
    409,
    'doorloop-staat-stil',
    'Deze doorloop kan nu niet worden gewijzigd',
    doorloop.staat === 'gepauzeerd'
      ? 'De doorloop is gepauzeerd. Hervat hem eerst.'
      : 'De doorloop is voorgelegd, afgesloten of ingetrokken.',
  )
}

export interface Bewaren {
  /** Kind of piece: 'antwoord', 'cirkel', 'risico', … */
  onderdeel: string
  /** What it is about: the code of a question or precondition, the id of an offer. */
  sleutel: string
  aanbodId?: number | null
  inhoud: object
  versie: number
  /** For the message of a conflict: 'dit antwoord'. */
  naam: string
  /** As its form has it, for one that is described: what a colleague left stands beside what was typed. */
  lees?: (inhoud: never) => object
}

/**
 * Saves one piece of a run within `tx`, with its history and one audit event. Throws 409 when the run stands still, and
 * `Botsing` with the piece of the other when somebody else was faster: nothing is overwritten unseen.
 */
export async function saveDeel(tx: Tx, ctx: Ctx, doorloop: Doorloop, wat: Bewaren): Promise<void> {
  demandLopend(doorloop)
  const { doorloopId, dossierId } = doorloop
  const { onderdeel, sleutel, inhoud, versie, naam, aanbodId = null, lees } = wat
  const bestaand = await findDeel<object>(tx, doorloopId, onderdeel, sleutel)
  const door = gebruikerIdOf(ctx.wie)
  const geschreven =
    (bestaand?.versie ?? 0) === versie &&
    (await writeDeel(tx, {
      doorloopId,
      dossierId,
      onderdeel,
      sleutel,
      aanbodId,
      inhoud,
      versie,
      door,
      op: ctx.nu,
    }))
  if (!geschreven) {
    const nu = await findDeel<object>(tx, doorloopId, onderdeel, sleutel)
    // Pressed twice: what stands there is what this person wants to save.
    if (nu?.versie === versie + 1 && isDeepStrictEqual(nu.inhoud, JSON.parse(JSON.stringify(inhoud)))) return
    if (!nu) throw notFound('Deze doorloop')
    const gegevens = { ...nu, ...lees?.(nu.inhoud as never) }
    throw await collisionOf<Deel<object>>(tx, ctx, naam, gegevens, [
      'beleid.deel',
      { doorloopId, onderdeel, sleutel },
    ])
  }
  await audit(tx, ctx, `doorloop.${onderdeel}`, GROND, { doorloop: doorloopId, onderdeel: sleutel })
}
