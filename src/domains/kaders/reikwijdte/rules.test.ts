import { describe, expect, it } from 'vitest'
import { versieOp, volgendeNa, waaromNietVanaf } from './rules.ts'

const VERSIES = [
  { begin: '2026-01-01', eind: null },
  { begin: '2024-01-01', eind: '2025-12-31' },
]

describe('wat op een dag geldt', () => {
  it.each([
    ['2023-12-31', undefined],
    ['2024-01-01', '2024-01-01'],
    ['2025-12-31', '2024-01-01'],
    ['2026-01-01', '2026-01-01'],
    ['2040-01-01', '2026-01-01'],
  ])('op %s', (dag, begin) => {
    expect(versieOp(VERSIES, dag)?.begin).toBe(begin)
  })

  it('en wat daarna komt', () => {
    expect(volgendeNa(VERSIES, '2023-01-01')?.begin).toBe('2024-01-01')
    expect(volgendeNa(VERSIES, '2024-01-01')?.begin).toBe('2026-01-01')
    expect(volgendeNa(VERSIES, '2026-01-01')).toBeUndefined()
  })
})

describe('een wijziging gaat in', () => {
  it.each([
    ['2026-01-01', false],
    ['2026-01-02', true],
    ['2025-06-01', false],
  ])('na de laatste versie: vanaf %s mag %s', (vanaf, mag) => {
    expect(waaromNietVanaf(VERSIES, vanaf) === '').toBe(mag)
  })

  it('en niet voor het einde van een versie die is beëindigd', () => {
    const beeindigd = [{ begin: '2024-01-01', eind: '2025-12-31' }]
    expect(waaromNietVanaf(beeindigd, '2025-12-31')).toContain('na het einde')
    expect(waaromNietVanaf(beeindigd, '2026-01-01')).toBe('')
    expect(waaromNietVanaf([], '1999-01-01')).toBe('')
  })
})
