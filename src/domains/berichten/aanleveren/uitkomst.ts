import { audit } from '../../../platform/audit.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import {
  type Berichtkaart,
  type BewaardeBevinding,
  findAntwoord,
  findBericht,
  listBevindingen,
  type Verwant,
} from '../bericht/store.ts'
import { GROND } from '../grond.ts'
import type { Inname } from '../inname/actions.ts'

/** Which message to show the outcome of, as it stands in the address of the page. */
export interface Kenmerk {
  gemeente: string
  berichtId: string
  /** It had been received before. */
  eerder: boolean
}

export interface Uitkomst {
  bericht: Berichtkaart
  eerder: boolean
  /** A job still has to judge it. */
  bezig: boolean
  bevindingen: readonly BewaardeBevinding[]
  antwoord: Verwant | undefined
}

/** So many messages fit on one page and in one address. */
const MEESTE = 20

/** '9101:0190…' and ':eerder' behind it for what had been received before. */
export function toKenmerk({ gemeente = '', berichtId = '', uitkomst }: Inname): string {
  return `${gemeente}:${berichtId}${uitkomst === 'al-ontvangen' ? ':eerder' : ''}`
}

/** Reads what `toKenmerk` wrote; anything else is left out. */
export function parseKenmerken(waarden: unknown): Kenmerk[] {
  return [waarden ?? []]
    .flat()
    .slice(0, MEESTE)
    .flatMap(waarde => {
      const delen = /^(\d{4}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(:eerder)?$/.exec(String(waarde))
      if (!delen) return []
      return [{ gemeente: delen[1] ?? '', berichtId: delen[2] ?? '', eerder: delen[3] !== undefined }]
    })
}

/** How these messages stand now; what the asker may not see is left out. */
export async function listUitkomsten(ctx: Ctx, kenmerken: readonly Kenmerk[]): Promise<Uitkomst[]> {
  if (kenmerken.length === 0) return []
  return ctx.write(async tx => {
    const out: Uitkomst[] = []
    for (const { gemeente, berichtId, eerder } of kenmerken) {
      const bericht = await findBericht(tx, gemeente, berichtId)
      if (!bericht) continue
      const bezig = bericht.staat === 'ontvangen' && bericht.verwerktOp === null
      const bevindingen = await listBevindingen(tx, gemeente, berichtId)
      out.push({ bericht, eerder, bezig, bevindingen, antwoord: await findAntwoord(tx, gemeente, berichtId) })
    }
    if (out.length > 0)
      await audit(tx, ctx, 'bericht.uitkomst-ingezien', GROND, {
        berichten: out.map(u => u.bericht.berichtId),
      })
    return out
  })
}
