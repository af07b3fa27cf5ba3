import { describe, expect, it } from 'vitest'
import { advies, verkeerslicht } from './rules.ts'

describe('verkeerslicht: rood binnen een half jaar, oranje binnen een jaar', () => {
  it.each([
    [null, 'onbekend'],
    ['2026-03-15', 'verlopen'],
    ['2026-03-16', 'rood'],
    ['2026-09-14', 'rood'],
    ['2026-09-15', 'oranje'],
    ['2027-03-15', 'oranje'],
    ['2027-03-16', 'groen'],
  ] as const)('beleid tot en met %s is op 16 maart 2026 %s', (looptAf, verwacht) => {
    expect(verkeerslicht(looptAf, '2026-03-16')).toBe(verwacht)
  })
})

describe('advies: wat het beleid nu vraagt', () => {
  it.each([
    ['rood', 'loopt', 'Er loopt een doorloop van de Wegwijzer.'],
    ['rood', 'gepauzeerd', 'De doorloop van de Wegwijzer is gepauzeerd.'],
    ['groen', 'voorgelegd', 'De doorloop van de Wegwijzer ligt voor aan college en raad.'],
    ['verlopen', 'loopt', 'Het beleid is verlopen. Er loopt een doorloop van de Wegwijzer.'],
    ['verlopen', 'ingetrokken', 'Het beleid is verlopen. Start een doorloop, of sluit het dossier.'],
    ['groen', 'vastgesteld', 'Het beleid loopt voorlopig door.'],
    ['onbekend', null, 'Er is geen einddatum ingevuld.'],
  ] as const)('%s, met een doorloop die %s is', (licht, staat, verwacht) => {
    expect(advies(licht, staat)).toBe(verwacht)
  })
})
