import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound, Problem } from '../../../platform/problem.ts'
import {
  type Bewaren,
  type Doorloop,
  demandLopend,
  getDoorloop,
  lockDoorloop,
  mapStanden,
  saveDeel,
} from '../../doorloop/index.ts'
import type { Mag, Werkvorm } from '../../doorloop/rules.ts'
import { type Aanbod, listAanbodVanDoorloop } from '../../dossiers/index.ts'
import { naamMetStand } from '../../dossiers/rules.ts'
import { mayUse } from './rules.ts'

/** What every tool of a run stands on. */
export interface Stand {
  doorloop: Doorloop
  aanbod: Aanbod[]
  /** May the tool be filled in now, as far as the order of the method goes? */
  open: Mag
}

/** The run with its inventory; `werkvorm` null for what has no order. Throws 404. */
export async function getStand(db: Db, doorloopId: number, werkvorm: Werkvorm | null): Promise<Stand> {
  const doorloop = await getDoorloop(db, doorloopId)
  const aanbod = (await listAanbodVanDoorloop(db, doorloop)).map(a => ({ ...a, naam: naamMetStand(a) }))
  const open: Mag =
    werkvorm === null
      ? { ok: true }
      : mayUse(doorloop.methode, werkvorm, {
          standen: await mapStanden(db, doorloopId),
          aanbod: aanbod.length,
        })
  return { doorloop, aanbod, open }
}

/** The offer, or 404: also for one of another dossier, and for one that ended before the run said anything about it. */
export function getAanbod({ aanbod }: Stand, aanbodId: number): Aanbod {
  const gevonden = aanbod.find(a => a.aanbodId === aanbodId)
  if (!gevonden) throw notFound('Aanbod')
  return gevonden
}

/**
 * Saves what `maak` makes of the run as it stands, in one transaction. Throws 404, 409 when the run stands still or it is
 * not yet the turn of this tool, 400 with every fault, and `Botsing`.
 */
export async function saveStuk(
  ctx: Ctx,
  doorloopId: number,
  werkvorm: Werkvorm | null,
  maak: (stand: Stand, db: Db) => Promise<readonly Bewaren[]> | readonly Bewaren[],
): Promise<void> {
  await ctx.write(async tx => {
    await lockDoorloop(tx, doorloopId)
    const stand = await getStand(tx, doorloopId, werkvorm)
    demandLopend(stand.doorloop)
    if (!stand.open.ok)
      throw new Problem(409, 'nog-niet-aan-de-beurt', 'Dit is nog niet aan de beurt', stand.open.reden)
    for (const wat of await maak(stand, tx)) await saveDeel(tx, ctx, stand.doorloop, wat)
  })
}
