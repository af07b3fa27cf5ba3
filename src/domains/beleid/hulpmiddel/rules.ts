import { type Mag, mayAnswer, type Standen } from '../doorloop/rules.ts'
import { type Hulpmiddel, listVragen, type Methode, type Wet } from '../methode/rules.ts'

export const WETNAAM: Readonly<Record<Wet, string>> = { jw: 'Jeugdwet', wmo: 'Wmo', pw: 'Participatiewet' }

/**
 * May this tool be filled in now? A tool follows the question that points at it: what belongs to the HOE opens when the
 * WAT is done. A tool that no question points at is always open. Grondslag: 004 hoofdstuk 3, de volgorde.
 */
export function mayUse(
  methode: Methode,
  hulpmiddel: Hulpmiddel,
  stand: { standen: Standen; aanbod: number },
): Mag {
  const vraag = listVragen(methode).find(v => v.vraag.hulpmiddel === hulpmiddel)
  return mayAnswer(methode, vraag?.kwadrant ?? { fase: 'wat' }, stand)
}

/** Names as Dutch people list them: 'a', 'a en b', 'a, b en c'. */
export function enumerate(namen: readonly string[]): string {
  return namen.length < 2 ? (namen[0] ?? '') : `${namen.slice(0, -1).join(', ')} en ${namen.at(-1)}`
}

/** A name in the middle of a sentence: without its capital, unless it is an abbreviation. */
export function inSentence(naam: string): string {
  return /^[A-Z][a-z]/.test(naam) ? `${naam.charAt(0).toLowerCase()}${naam.slice(1)}` : naam
}
