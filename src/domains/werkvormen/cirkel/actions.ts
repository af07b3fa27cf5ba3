import type { Ctx } from '../../../platform/http/ctx.ts'
import { invalid } from '../../../platform/problem.ts'
import { getAanbod, saveStuk } from '../werkvorm/stand.ts'
import { listOnbeantwoord, readRingen } from './rules.ts'

export const ONDERDEEL = 'cirkel'

/** What the form says of a domain: a ring, 'niet', or nothing. */
export type Keuze = (domein: string) => string | undefined

/** Saves for whom an offer is meant. Throws as `saveStuk`. */
export async function saveCirkel(
  ctx: Ctx,
  doorloopId: number,
  { aanbodId, versie }: { aanbodId: number; versie: number },
  keuze: Keuze,
): Promise<void> {
  await saveStuk(ctx, doorloopId, 'cirkel', stand => {
    const { cirkel } = stand.doorloop.methode
    getAanbod(stand, aanbodId)
    const open = listOnbeantwoord(cirkel, keuze)
    if (open.length > 0)
      throw invalid(
        'De cirkel is niet bewaard',
        open.map(({ code, naam }) => ({
          pad: `domein-${code}`,
          melding: `Kies bij ${naam} een ring, of ‘niet van belang’.`,
        })),
      )
    return [
      {
        onderdeel: ONDERDEEL,
        sleutel: String(aanbodId),
        aanbodId,
        inhoud: readRingen(cirkel, keuze),
        versie,
        naam: 'de cirkel van dit aanbod',
      },
    ]
  })
}
