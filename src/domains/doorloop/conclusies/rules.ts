import type { Raakt } from '../methode/rules.ts'
import type { Opdrachtstaat } from '../opdrachten/rules.ts'

export type Richting = 'behouden' | 'opzetten' | 'versterken' | 'curatief' | 'loslaten'

/** What policy can do with an offer, in the order of the sheet. Grondslag: 004 hoofdstuk 3 and bijlage IV, figuur 10. */
export const RICHTINGEN: Readonly<Record<Richting, string>> = {
  behouden: 'Preventief behouden',
  opzetten: 'Preventief opzetten',
  versterken: 'Preventief versterken',
  curatief: 'Curatief aanpakken',
  loslaten: 'Loslaten',
}

export const RAAKT: Readonly<Record<Raakt, string>> = {
  niets: 'Geen rechten van inwoners',
  nieuw: 'Alleen nieuwe aanvragen',
  bestaand: 'Ook lopende indicaties of bestaande rechten',
}

/** The conclusions that nobody takes up: without an opdracht, or only with ones that lapsed. */
export function listZonderOpdracht<C extends { conclusieId: number }>(
  conclusies: readonly C[],
  opdrachten: readonly { conclusieId: number; staat: Opdrachtstaat }[],
): C[] {
  const opgepakt = new Set(opdrachten.filter(o => o.staat !== 'vervallen').map(o => o.conclusieId))
  return conclusies.filter(c => !opgepakt.has(c.conclusieId))
}

export interface Conclusietekst {
  kwadrant: string
  richting: Richting
  tekst: string
}

export interface Verschil {
  soort: 'nieuw' | 'verdwenen' | 'gebleven' | 'verplaatst'
  nu: Conclusietekst | undefined
  eerder: Conclusietekst | undefined
}

/**
 * Conclusions of this run against those of an earlier one, matched by their words: kept, moved to another direction or
 * quadrant, new, gone. In the order of this run, and what is gone at the end.
 */
export function compareConclusies(
  nu: readonly Conclusietekst[],
  eerder: readonly Conclusietekst[],
): Verschil[] {
  const over = [...eerder]
  const uit: Verschil[] = nu.map(conclusie => {
    const plek = over.findIndex(oud => normaal(oud.tekst) === normaal(conclusie.tekst))
    const oud = plek < 0 ? undefined : over.splice(plek, 1)[0]
    if (oud === undefined) return { soort: 'nieuw', nu: conclusie, eerder: undefined }
    const gelijk = oud.richting === conclusie.richting && oud.kwadrant === conclusie.kwadrant
    return { soort: gelijk ? 'gebleven' : 'verplaatst', nu: conclusie, eerder: oud }
  })
  return [...uit, ...over.map(oud => ({ soort: 'verdwenen' as const, nu: undefined, eerder: oud }))]
}

const normaal = (tekst: string) => tekst.trim().toLowerCase().replaceAll(/\s+/g, ' ')
