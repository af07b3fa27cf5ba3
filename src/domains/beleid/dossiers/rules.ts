import type { Datum } from '../../../platform/dates.ts'
import { dayNumber } from '../../../platform/dates.ts'

/** When a policy that runs out asks for attention, counted from today. */
export type Verkeerslicht = 'verlopen' | 'rood' | 'oranje' | 'groen' | 'onbekend'

export const ROOD_DAGEN = 183
export const ORANJE_DAGEN = 365

/**
 * Traffic light of a dossier: red with less than half a year to go, orange with less than a year; the last day of the
 * policy itself is not yet expired. `looptAf` null: no end is known. Grondslag: 004, a run begins when policy runs out.
 */
export function verkeerslicht(looptAf: Datum | null, vandaag: Datum): Verkeerslicht {
  if (looptAf === null) return 'onbekend'
  const dagen = dayNumber(looptAf) - dayNumber(vandaag)
  if (dagen < 0) return 'verlopen'
  if (dagen < ROOD_DAGEN) return 'rood'
  return dagen < ORANJE_DAGEN ? 'oranje' : 'groen'
}

/** What the light asks of the owner, in one sentence. `bezig`: a run is under way. */
export function advies(licht: Verkeerslicht, bezig: boolean): string {
  if (bezig) return 'Er loopt een doorloop van de Wegwijzer.'
  switch (licht) {
    case 'verlopen':
      return 'Het beleid is verlopen. Start een doorloop, of sluit het dossier.'
    case 'rood':
      return 'Het beleid loopt binnen een half jaar af. Start nu een doorloop.'
    case 'oranje':
      return 'Het beleid loopt binnen een jaar af. Een doorloop, het college en de raad kosten samen maanden: plan de start.'
    case 'groen':
      return 'Het beleid loopt voorlopig door.'
    case 'onbekend':
      return 'Er is geen einddatum ingevuld.'
  }
}
