import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { type Stand, saveStuk } from '../werkvorm/stand.ts'
import { listGewijzigd } from '../werkvorm/stukken.ts'
import {
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
  await saveStuk(ctx, doorloopId, 'verschuiving', (stand, db) =>
    listGewijzigd<Verschuiving>(db, ctx, {
      doorloopId,
      onderdeel: ONDERDEEL,
      wat: 'de plek van',
      leeg: LEEG,
      stukken: read(stand, invoer),
    }),
  )
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
    return [{ sleutel: String(aanbodId), aanbodId, naam, versie: van.versie, inhoud }]
  })
  if (fouten.length > 0) throw invalid('De kaart is niet bewaard', fouten)
  return rijen
}
