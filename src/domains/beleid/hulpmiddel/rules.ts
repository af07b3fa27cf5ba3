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
