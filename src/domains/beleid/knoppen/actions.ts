import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { saveStuk } from '../hulpmiddel/stand.ts'
import { type Knop, type Knopkeuze, listActoren, STANDEN } from './rules.ts'

export const ONDERDEEL = 'knop'
/** Longest remark. */
export const MEEST = 2000

export interface Knopinvoer {
  stand: string
  /** By the place of the actor in the knob, as the fields of the form count. */
  opmerking: (actor: number) => string
}

/** Saves how far a knob is turned. Throws as `saveStuk`. */
export async function saveKnop(
  ctx: Ctx,
  doorloopId: number,
  { code, versie }: { code: string; versie: number },
  invoer: Knopinvoer,
): Promise<void> {
  await saveStuk(ctx, doorloopId, 'knoppen', ({ doorloop }) => {
    const knop = doorloop.methode.knoppen.find(k => k.code === code)
    if (!knop) throw notFound('Knop')
    const inhoud = check(knop, invoer)
    return [{ onderdeel: ONDERDEEL, sleutel: code, inhoud, versie, naam: `de knop ‘${knop.naam}’` }]
  })
}

function check(knop: Knop, { stand, opmerking }: Knopinvoer): Knopkeuze {
  const gekozen = STANDEN.find(s => s === stand)
  const actoren = listActoren([knop])
  const fouten: Fout[] = [
    ...(gekozen === undefined
      ? [{ pad: `stand-${knop.code}`, melding: `Kies bij ‘${knop.naam}’ hoe ver u draait.` }]
      : []),
    ...actoren.flatMap((actor, i) =>
      checkTekst({
        pad: `opmerking-${knop.code}-${i}`,
        naam: `de opmerking bij ${actor}`,
        waarde: opmerking(i),
        verplicht: false,
        max: MEEST,
      }),
    ),
  ]
  if (fouten.length > 0 || gekozen === undefined) throw invalid('De knop is niet bewaard', fouten)
  const opmerkingen = actoren.flatMap((actor, i) => {
    const tekst = opmerking(i).trim()
    return tekst === '' ? [] : [[actor, tekst] as const]
  })
  return { stand: gekozen, opmerkingen: Object.fromEntries(opmerkingen) }
}
