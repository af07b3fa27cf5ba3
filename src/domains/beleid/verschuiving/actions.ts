import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, type Problem } from '../../../platform/problem.ts'
import type { Bewaren } from '../doorloop/deel.ts'
import { type Deel, listDeelversies, listDelen } from '../doorloop/store.ts'
import { enumerate } from '../hulpmiddel/rules.ts'
import { type Stand, saveStuk } from '../hulpmiddel/stand.ts'
import {
  isSame,
  LEEG,
  type Plekinvoer,
  readPlek,
  SOORTEN,
  SOORTNAAM,
  type Soort,
  type Verschuiving,
} from './rules.ts'

export const ONDERDEEL = 'verschuiving'

export type Aanbodinvoer = Record<Soort, Plekinvoer> & { versie: number }

/**
 * Saves the map: of every offer that was changed, its own piece. What someone did not touch is never written, so two
 * people may move different offers at the same time. Throws as `saveStuk`, with all offers that collide in one `Botsing`;
 * see `listBotsend`.
 */
export async function saveVerschuiving(
  ctx: Ctx,
  doorloopId: number,
  invoer: (aanbodId: number) => Aanbodinvoer | undefined,
): Promise<void> {
  await saveStuk(ctx, doorloopId, 'verschuiving', async (stand, db) => {
    const rijen = read(stand, invoer)
    const delen = await listDelen<Verschuiving>(db, doorloopId, ONDERDEEL)
    const teBewaren: Bewaren[] = []
    const botsend: { naam: string; deel: Deel<Verschuiving> }[] = []
    for (const { aanbodId, naam, versie, inhoud } of rijen) {
      const deel = delen.find(d => d.aanbodId === aanbodId)
      if (isSame(inhoud, deel?.inhoud ?? LEEG)) continue
      if (versie !== (deel?.versie ?? 0) && (await isUntouched(db, doorloopId, aanbodId, versie, inhoud)))
        continue
      if (deel !== undefined && deel.versie !== versie) botsend.push({ naam, deel })
      const sleutel = String(aanbodId)
      teBewaren.push({ onderdeel: ONDERDEEL, sleutel, aanbodId, inhoud, versie, naam: `de plek van ${naam}` })
    }
    if (botsend.length > 0)
      throw new Botsing(
        `de plek van ${enumerate(botsend.map(b => b.naam))}`,
        botsend.map(b => b.deel),
      )
    return teBewaren
  })
}

/** The pieces that somebody else changed under what was typed: of the map as a whole, or of one that was just written. */
export function listBotsend(problem: Problem | undefined): Deel<Verschuiving>[] {
  return problem instanceof Botsing ? [problem.nu as Deel<Verschuiving> | Deel<Verschuiving>[]].flat() : []
}

function read({ aanbod, doorloop }: Stand, invoer: (aanbodId: number) => Aanbodinvoer | undefined) {
  const rollen = doorloop.methode.verschuiving.rollen.map(rol => rol.code)
  const fouten: Fout[] = []
  const rijen = aanbod.flatMap(({ aanbodId, naam }) => {
    const van = invoer(aanbodId)
    if (van === undefined) return []
    const inhoud: Verschuiving = { ...LEEG }
    for (const soort of SOORTEN) {
      const gelezen = readPlek(van[soort], rollen)
      if ('plek' in gelezen) inhoud[soort] = gelezen.plek
      else
        fouten.push({
          pad: `${soort}-${gelezen.veld}-${aanbodId}`,
          melding: `${naam}, ${SOORTNAAM[soort].toLowerCase()}: ${gelezen.fout}.`,
        })
    }
    return [{ aanbodId, naam, versie: van.versie, inhoud }]
  })
  if (fouten.length > 0) throw invalid('De kaart is niet bewaard', fouten)
  return rijen
}

/** True when the form still holds what it was opened with: somebody else changed it, this person did not. */
async function isUntouched(
  db: Db,
  doorloopId: number,
  aanbodId: number,
  versie: number,
  inhoud: Verschuiving,
): Promise<boolean> {
  const versies = await listDeelversies<Verschuiving>(db, doorloopId, ONDERDEEL, String(aanbodId))
  const bij = versie === 0 ? LEEG : versies.find(v => v.versie === versie)?.inhoud
  return bij !== undefined && isSame(inhoud, bij)
}
