import { describe, expect, it } from 'vitest'
import type { Beeld } from './rules.ts'
import { wijziging, wijzigingVanAantal } from './teksten.ts'

const beeld = (compleet: number) => ({ compleet, filter: { jaar: 2026 } }) as Beeld

describe('a change, and what may be said of it', () => {
  it.each([
    [0.024, { richting: 'op', oordeel: 'neutraal', tekst: '2,4% meer dan in 2025 (januari t/m juli)' }],
    [0.0999, { richting: 'op', oordeel: 'neutraal', tekst: '10,0% meer dan in 2025 (januari t/m juli)' }],
    [0.1, { richting: 'op', oordeel: 'slecht', tekst: '10,0% meer dan in 2025 (januari t/m juli)' }],
    [-0.5, { richting: 'af', oordeel: 'neutraal', tekst: '50,0% minder dan in 2025 (januari t/m juli)' }],
    [0.0004, { richting: 'gelijk', tekst: 'even veel als in 2025' }],
    [null, undefined],
  ])('of %j', (deel, verwacht) => expect(wijziging(deel, beeld(7), 'op')).toEqual(verwacht))

  it('over a whole year names no months, and without complete months nothing is said', () => {
    expect(wijziging(0.2, beeld(12), 'op')?.tekst).toBe('20,0% meer dan in 2025')
    expect(wijziging(0.2, beeld(0), 'op')).toBeUndefined()
  })

  it('of persons that can be chance is about as many', () => {
    const tekst = 'ongeveer even veel als in 2025 (januari t/m juli)'
    expect(wijzigingVanAantal({ deel: 0.018, toeval: true }, beeld(7))).toEqual({ richting: 'gelijk', tekst })
    expect(wijzigingVanAantal({ deel: 0.101, toeval: false }, beeld(7))?.tekst).toMatch(/^10,1% meer dan/)
    expect(wijzigingVanAantal(null, beeld(7))).toBeUndefined()
  })
})
