import type { Raakt } from '../methode/rules.ts'

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

/** Where the work of a conclusion lands. */
export type Bestemming = 'inkoop' | 'subsidies' | 'toegang' | 'sturing' | 'beleid'

export const BESTEMMINGEN: Readonly<Record<Bestemming, { naam: string; wordt: string }>> = {
  inkoop: { naam: 'Inkoop', wordt: 'Een opmerking bij een segment of de inkoopstrategie' },
  subsidies: { naam: 'Subsidies', wordt: 'Een initiatiefvraag voor een subsidietafel' },
  toegang: { naam: 'Toegang', wordt: 'Een spelregel voor consulenten' },
  sturing: { naam: 'Sturing', wordt: 'Een meting in de cijfers' },
  beleid: { naam: 'Beleid', wordt: 'Iets om verder uit te zoeken of te schrijven' },
}

export type Opdrachtstaat = 'open' | 'opgepakt' | 'klaar' | 'vervallen'

/** From where an opdracht can go where; each needs to say what came of it, but for taking it up. */
export const OPDRACHTSTAPPEN: Readonly<
  Record<Opdrachtstaat, { naam: string; naar: readonly Opdrachtstaat[] }>
> = {
  open: { naam: 'Open', naar: ['opgepakt', 'klaar', 'vervallen'] },
  opgepakt: { naam: 'Opgepakt', naar: ['klaar', 'vervallen', 'open'] },
  klaar: { naam: 'Klaar', naar: ['opgepakt'] },
  vervallen: { naam: 'Vervallen', naar: ['open'] },
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
export function vergelijkConclusies(
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
