import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { checkVorm } from '../../../platform/vormfouten.ts'
import { checkMethode, type Methode } from './rules.ts'
import { METHODE } from './schema.ts'
import { insertMethode } from './store.ts'

const MEEST = 20

/** Reads a method from the text of a file. Throws 400 with every fault, each with its place in the file. */
export function readMethode(tekst: string): Methode {
  let inhoud: unknown
  try {
    inhoud = JSON.parse(tekst)
  } catch {
    throw invalid('Dit bestand is geen JSON', [
      { pad: 'bestand', melding: 'Kies een bestand zoals u dat hier kunt downloaden.' },
    ])
  }
  const vorm: Fout[] = checkVorm(METHODE, inhoud)
    .slice(0, MEEST)
    .map(({ melding }) => ({ pad: 'bestand', melding }))
  if (vorm.length > 0) throw invalid('De methode heeft niet de juiste vorm', vorm)
  const methode = inhoud as Methode
  const regels = checkMethode(methode).map(melding => ({ pad: 'bestand', melding }))
  if (regels.length > 0) throw invalid('De methode klopt niet', regels)
  return methode
}

/**
 * Keeps a method as its next version; undefined when it is the same as the last. Runs that have begun keep the version
 * they began with. Throws 400 with every fault, 403 for who works for some municipalities only: all of them use it.
 */
export async function loadMethode(
  ctx: Ctx,
  tekst: string,
): Promise<{ methodeId: number; versie: number } | undefined> {
  const methode = readMethode(tekst)
  return ctx.write(async tx => {
    await demandRegionaal(tx, null)
    const nieuw = await insertMethode(tx, methode, gebruikerIdOf(ctx.wie))
    if (nieuw)
      await audit(
        tx,
        ctx,
        'methode.toegevoegd',
        'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan',
        { methode: nieuw.methodeId },
      )
    return nieuw
  })
}
