import { describe, expect, it } from 'vitest'
import { tweedeMethode } from '../../../../test/support/beleid.ts'
import type { Voorwaardestand } from '../../doorloop/doorloop/rules.ts'
import { listBlokkerend, listRandvoorwaarden } from './rules.ts'

const methode = tweedeMethode()

describe('what stands in the way of deciding', () => {
  it.each<[Voorwaardestand | undefined, number]>([
    [undefined, 1],
    ['onbekend', 1],
    ['niet-voldaan', 1],
    ['voldaan', 0],
    ['gemotiveerd', 0],
  ])('a precondition that is %s: %i', (stand, aantal) => {
    const standen = new Map(stand === undefined ? [] : [['r1', stand] as const])
    expect(listBlokkerend(methode, standen)).toHaveLength(aantal)
  })
  it('names the quadrant', () =>
    expect(listRandvoorwaarden(methode)).toEqual([
      { code: 'r1', tekst: 'Er is een plan.', kwadrant: 'Het wat' },
    ]))
})
