export type Oordeel = 'betalen' | 'niet-betalen'

/** How a line stands that is or was also claimed at another municipality. */
export type Stand = 'te-beoordelen' | Oordeel

export const STAND = {
  'te-beoordelen': { naam: 'Te beoordelen', toon: 'waarschuwing' },
  betalen: { naam: 'Wordt betaald', toon: 'succes' },
  'niet-betalen': { naam: 'Wordt niet betaald', toon: 'fout' },
} as const

export interface Feiten {
  /** When the last overlapping line elsewhere was decided; null when there is none (any more). */
  sinds: Date | null
  /** What was decided last about this line here. */
  oordeel: { oordeel: Oordeel; op: Date } | undefined
}

/**
 * How an approved line stands that was not credited; undefined when there is nothing to judge. A judgement counts as long
 * as what it was about stays the same: a new line elsewhere asks for a new one, and so does a line elsewhere that is gone
 * while this one is not paid. Grondslag: Jeugdwet art. 2.18 en Wmo 2015 art. 2.6.4: controle.
 */
export function standVan({ sinds, oordeel }: Feiten): Stand | undefined {
  if (sinds === null) return oordeel?.oordeel === 'niet-betalen' ? 'te-beoordelen' : undefined
  return oordeel === undefined || oordeel.op < sinds ? 'te-beoordelen' : oordeel.oordeel
}

/** Whether the money of a line waits. */
export function isAangehouden(stand: Stand): boolean {
  return stand !== 'betalen'
}
