import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import type { Methode } from '../../doorloop/rules.ts'
import { getAanbod, saveStuk } from '../werkvorm/stand.ts'
import { readScore, type Weging } from './rules.ts'

export const ONDERDEEL = 'instrument'
/** Longest explanation of a criterion and of the mix. */
export const MEEST_UITLEG = 1000
export const MEEST_MOTIVERING = 4000

export interface Weginginvoer {
  score: (criterium: string) => string
  uitleg: (criterium: string) => string
  mix: readonly string[]
  motivering: string
}

/** Saves how an offer scores on the criteria and which mix was chosen. Throws as `saveStuk`. */
export async function saveWeging(
  ctx: Ctx,
  doorloopId: number,
  { aanbodId, versie }: { aanbodId: number; versie: number },
  invoer: Weginginvoer,
): Promise<void> {
  await saveStuk(ctx, doorloopId, 'instrumenten', stand => {
    getAanbod(stand, aanbodId)
    const inhoud = check(stand.doorloop.methode.instrumentmix, invoer)
    const sleutel = String(aanbodId)
    return [{ onderdeel: ONDERDEEL, sleutel, aanbodId, inhoud, versie, naam: 'de weging van dit aanbod' }]
  })
}

function check({ criteria, instrumenten }: Methode['instrumentmix'], invoer: Weginginvoer): Weging {
  const fouten: Fout[] = criteria.flatMap(({ code, naam }) => [
    ...(readScore(invoer.score(code)) === null
      ? [{ pad: `score-${code}`, melding: `Kies bij ${naam} een stap van de schaal.` }]
      : []),
    ...checkTekst({
      pad: `uitleg-${code}`,
      naam: `de uitleg bij ${naam}`,
      waarde: invoer.uitleg(code),
      verplicht: false,
      max: MEEST_UITLEG,
    }),
  ])
  const mix = instrumenten.map(({ code }) => code).filter(code => invoer.mix.includes(code))
  fouten.push(
    ...checkTekst({
      pad: 'motivering',
      naam: 'de motivering van de mix',
      waarde: invoer.motivering,
      verplicht: mix.length > 0,
      max: MEEST_MOTIVERING,
    }),
  )
  if (fouten.length > 0) throw invalid('De weging is niet bewaard', fouten)
  return readWeging({ criteria }, invoer, mix)
}

/** The weighing as far as what was typed can be read. */
export function readWeging(
  { criteria }: Pick<Methode['instrumentmix'], 'criteria'>,
  invoer: Weginginvoer,
  mix: readonly string[] = invoer.mix,
): Weging {
  const scores = criteria.flatMap(({ code }) => {
    const score = readScore(invoer.score(code))
    return score == null ? [] : [[code, score] as const]
  })
  const uitleg = criteria.flatMap(({ code }) => {
    const tekst = invoer.uitleg(code).trim()
    return tekst === '' ? [] : [[code, tekst] as const]
  })
  return {
    scores: Object.fromEntries(scores),
    uitleg: Object.fromEntries(uitleg),
    mix,
    motivering: invoer.motivering.trim(),
  }
}
