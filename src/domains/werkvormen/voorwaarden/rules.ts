import type { Methode, Voorwaardestand } from '../../doorloop/rules.ts'

/** How a precondition stands, with what shows it or why going on is justified all the same. */
export interface Voorwaarde {
  stand: Exclude<Voorwaardestand, 'onbekend'>
  bewijs: string
  motivering: string
  /** The user who looks after it. */
  eigenaar: number | null
}

export const STANDEN = ['voldaan', 'niet-voldaan', 'gemotiveerd'] as const

export const STAND: Readonly<
  Record<Voorwaardestand, { naam: string; toon: 'neutraal' | 'succes' | 'fout' | 'waarschuwing' }>
> = {
  onbekend: { naam: 'Nog niet ingevuld', toon: 'neutraal' },
  voldaan: { naam: 'Voldaan', toon: 'succes' },
  'niet-voldaan': { naam: 'Niet voldaan', toon: 'fout' },
  gemotiveerd: { naam: 'Gemotiveerd', toon: 'waarschuwing' },
}

export interface Randvoorwaarde {
  code: string
  tekst: string
  kwadrant: string
}

/** All preconditions of a method in its order, with the quadrant they belong to. */
export function listRandvoorwaarden(methode: Methode): Randvoorwaarde[] {
  return methode.kwadranten.flatMap(kwadrant =>
    kwadrant.randvoorwaarden.map(({ code, tekst }) => ({ code, tekst, kwadrant: kwadrant.naam })),
  )
}

/**
 * Preconditions that stand in the way of laying the run before college and raad: neither met nor motivated. Grondslag:
 * 004 bijlage IV, randvoorwaarden.
 */
export function listBlokkerend(
  methode: Methode,
  standen: ReadonlyMap<string, Voorwaardestand>,
): Randvoorwaarde[] {
  return listRandvoorwaarden(methode).filter(
    ({ code }) => !['voldaan', 'gemotiveerd'].includes(standen.get(code) ?? 'onbekend'),
  )
}
