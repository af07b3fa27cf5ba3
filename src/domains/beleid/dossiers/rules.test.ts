import { describe, expect, it } from 'vitest'
import { verkeerslicht } from './rules.ts'

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
