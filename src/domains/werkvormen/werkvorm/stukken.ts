import { isDeepStrictEqual } from 'node:util'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Problem } from '../../../platform/problem.ts'
import { enumerate } from '../../../platform/tekst.ts'
import { type Bewaren, type Deel, listDeelversies, listDelen } from '../../doorloop/index.ts'

/** One of the pieces on a form that holds several. */
export interface Stuk<Inhoud> {
  sleutel: string
  aanbodId?: number
  /** In the message of a conflict, behind what the pieces are: 'de plek van' … */
  naam: string
  /** The version on which it was filled in; 0 when there was none yet. */
  versie: number
  inhoud: Inhoud
}

export interface Stukken<Inhoud extends object> {
  doorloopId: number
  onderdeel: string
  /** What the pieces are, before their names: 'de plek van'. */
  wat: string
  /** What an untouched piece that nobody saved yet says. */
  leeg: Inhoud | undefined
  stukken: readonly Stuk<Inhoud>[]
}

/**
 * The pieces of a form that this person changed, to be saved together. What someone did not touch is never written, so two
 * people may work on different pieces at the same time. Throws one `Botsing` with all pieces that collide; see
 * `listBotsend`.
 */
export async function listGewijzigd<Inhoud extends object>(
  db: Db,
  ctx: Pick<Ctx, 'wie'>,
  { doorloopId, onderdeel, wat, leeg, stukken }: Stukken<Inhoud>,
): Promise<Bewaren[]> {
  const delen = await listDelen<Inhoud>(db, doorloopId, onderdeel)
  /** What the form of this piece held when it was opened. */
  const bijOpenen = async ({ sleutel, versie }: Stuk<Inhoud>) =>
    versie === 0
      ? leeg
      : (await listDeelversies<Inhoud>(db, doorloopId, onderdeel, sleutel)).find(v => v.versie === versie)
          ?.inhoud
  const gewijzigd: Bewaren[] = []
  const botsend: { naam: string; deel: Deel<Inhoud> }[] = []
  for (const stuk of stukken) {
    const deel = delen.find(d => d.sleutel === stuk.sleutel)
    if (isDeepStrictEqual(stuk.inhoud, deel?.inhoud ?? leeg)) continue
    if (deel !== undefined && deel.versie !== stuk.versie) {
      if (isDeepStrictEqual(stuk.inhoud, await bijOpenen(stuk))) continue
      botsend.push({ naam: stuk.naam, deel })
    }
    gewijzigd.push({ ...stuk, onderdeel, naam: `${wat} ${stuk.naam}` })
  }
  if (botsend.length > 0) {
    const keren = await Promise.all(
      botsend.map(({ deel: { sleutel } }) =>
        findLaatste(db, ctx, ['beleid.deel', { doorloopId, onderdeel, sleutel }]),
      ),
    )
    throw new Botsing(
      `${wat} ${enumerate(botsend.map(b => b.naam))}`,
      botsend.map(b => b.deel),
      // With a colleague among them it is not only one's own.
      keren.find(keer => !keer.zelf) ?? { zelf: true, naam: null, op: null },
    )
  }
  return gewijzigd
}

/** The pieces that somebody else changed under what was typed: of the form as a whole, or of one that was just written. */
export function listBotsend<Inhoud>(problem: Problem | undefined): Deel<Inhoud>[] {
  return problem instanceof Botsing ? [problem.nu as Deel<Inhoud> | Deel<Inhoud>[]].flat() : []
}
