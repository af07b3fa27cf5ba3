import {
  listVragen,
  type Mag,
  type Methode,
  mayAnswer,
  type Standen,
  type Werkvorm,
} from '../../doorloop/rules.ts'
import type { Wet } from '../../dossiers/rules.ts'

export const WETNAAM: Readonly<Record<Wet, string>> = { jw: 'Jeugdwet', wmo: 'Wmo', pw: 'Participatiewet' }

/**
 * May this tool be filled in now? A tool follows the question that points at it: what belongs to the HOE opens when the
 * WAT is done. A tool that no question points at is always open. Grondslag: 004 hoofdstuk 3, de volgorde.
 */
export function mayUse(
  methode: Methode,
  werkvorm: Werkvorm,
  stand: { standen: Standen; aanbod: number },
): Mag {
  const vraag = listVragen(methode).find(v => v.vraag.hulpmiddel === werkvorm)
  return mayAnswer(methode, vraag?.kwadrant ?? { fase: 'wat' }, stand)
}
