import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { saveStuk } from '../werkvorm/stand.ts'
import { listGewijzigd, type Stuk } from '../werkvorm/stukken.ts'
import { type Knop, type Knopkeuze, listActoren, STANDEN } from './rules.ts'

export const ONDERDEEL = 'knop'
/** Longest remark. */
export const MEEST = 2000

export interface Knopinvoer {
  versie: number
  stand: string
  /** By the place of the actor in the knob, as the fields of the form count. */
  opmerking: (actor: number) => string
}

/**
 * Saves how far the knobs are turned: of each that was changed, its own piece. `invoer` is undefined for a knob that was not
 * on the form. Throws as `saveStuk`, with all knobs that collide in one `Botsing`; see `listBotsend`.
 */
export async function saveKnoppen(
  ctx: Ctx,
  doorloopId: number,
  invoer: (code: string) => Knopinvoer | undefined,
): Promise<void> {
  await saveStuk(ctx, doorloopId, 'knoppen', ({ doorloop }, db) =>
    listGewijzigd<Knopkeuze>(db, ctx, {
      doorloopId,
      onderdeel: ONDERDEEL,
      wat: 'de knop',
      leeg: undefined,
      stukken: read(doorloop.methode.knoppen, invoer),
    }),
  )
}

function read(knoppen: readonly Knop[], invoer: (code: string) => Knopinvoer | undefined): Stuk<Knopkeuze>[] {
  const fouten: Fout[] = []
  const stukken = knoppen.flatMap(knop => {
    const van = invoer(knop.code)
    if (van === undefined || isLeeg(knop, van)) return []
    const stand = STANDEN.find(s => s === van.stand)
    const actoren = listActoren([knop])
    if (stand === undefined)
      fouten.push({ pad: `stand-${knop.code}`, melding: `Kies bij ‘${knop.naam}’ hoe ver u draait.` })
    for (const [i, actor] of actoren.entries())
      fouten.push(
        ...checkTekst({
          pad: `opmerking-${knop.code}-${i}`,
          naam: `de opmerking bij ${actor}`,
          waarde: van.opmerking(i),
          verplicht: false,
          max: MEEST,
        }),
      )
    if (stand === undefined) return []
    const opmerkingen = actoren.flatMap((actor, i) => {
      const tekst = van.opmerking(i).trim()
      return tekst === '' ? [] : [[actor, tekst] as const]
    })
    const inhoud = { stand, opmerkingen: Object.fromEntries(opmerkingen) }
    return [{ sleutel: knop.code, naam: `‘${knop.naam}’`, versie: van.versie, inhoud }]
  })
  if (fouten.length > 0) throw invalid('De knoppen zijn niet bewaard', fouten)
  return stukken
}

/** Nothing was chosen or written yet: this knob comes later. */
function isLeeg(knop: Knop, { versie, stand, opmerking }: Knopinvoer): boolean {
  return versie === 0 && stand === '' && listActoren([knop]).every((_, i) => opmerking(i).trim() === '')
}
