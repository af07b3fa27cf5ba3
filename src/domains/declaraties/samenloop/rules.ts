export type Oordeel = 'betalen' | 'niet-betalen'

/** How a line stands that is or was claimed twice; the database decides it (`declaraties.stand_van`). */
export type Stand = 'te-beoordelen' | Oordeel

export const STAND = {
  'te-beoordelen': { naam: 'Te beoordelen', toon: 'waarschuwing' },
  betalen: { naam: 'Wordt betaald', toon: 'succes' },
  'niet-betalen': { naam: 'Wordt niet betaald', toon: 'fout' },
} as const

/** Whether the money of a line waits. */
export function isAangehouden(stand: Stand): boolean {
  return stand !== 'betalen'
}
