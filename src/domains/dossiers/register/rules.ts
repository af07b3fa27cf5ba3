import type { Datum } from '../../../platform/dates.ts'
import { dayNumber } from '../../../platform/dates.ts'

/** The law that a policy carries out: Jeugdwet, Wmo 2015, Participatiewet. */
export type Wet = 'jw' | 'wmo' | 'pw'

export const WETTEN: readonly { waarde: Wet; naam: string }[] = [
  { waarde: 'wmo', naam: 'Wmo 2015' },
  { waarde: 'jw', naam: 'Jeugdwet' },
  { waarde: 'pw', naam: 'Participatiewet' },
]

/** Laws as they are named in a list. */
export function wetNamen(wetten: readonly Wet[]): string {
  return WETTEN.filter(wet => wetten.includes(wet.waarde))
    .map(wet => wet.naam)
    .join(', ')
}

/** How a run of the Wegwijzer stands. */
export type Staat = 'loopt' | 'gepauzeerd' | 'voorgelegd' | 'vastgesteld' | 'ingetrokken'

export const STAAT: Readonly<
  Record<Staat, { naam: string; toon: 'info' | 'neutraal' | 'succes' | 'waarschuwing' | 'accent' }>
> = {
  loopt: { naam: 'Loopt', toon: 'info' },
  gepauzeerd: { naam: 'Gepauzeerd', toon: 'waarschuwing' },
  voorgelegd: { naam: 'Voorgelegd', toon: 'accent' },
  vastgesteld: { naam: 'Vastgesteld', toon: 'succes' },
  ingetrokken: { naam: 'Ingetrokken', toon: 'neutraal' },
}

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

const BEZIG = {
  loopt: 'Er loopt een doorloop van de Wegwijzer.',
  gepauzeerd: 'De doorloop van de Wegwijzer is gepauzeerd.',
  voorgelegd: 'De doorloop van de Wegwijzer ligt voor aan college en raad.',
} as const

/** What the light asks of the owner, in a sentence or two. `staat`: of the last run, null when there never was one. */
export function advies(licht: Verkeerslicht, staat: Staat | null): string {
  if (staat === 'loopt' || staat === 'gepauzeerd' || staat === 'voorgelegd')
    return `${licht === 'verlopen' ? 'Het beleid is verlopen. ' : ''}${BEZIG[staat]}`
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
