import { describe, expect, it } from 'vitest'
import { ingangsdata, looptijdOp, perProduct, type Tarief } from './rules.ts'

const tarief = (productId: number, vanaf: string, bedrag: number): Tarief => ({
  productId,
  product: `Product ${productId}`,
  code: '45A04',
  wet: 'jw',
  eenheid: '04',
  segment: 'Ambulant',
  vanaf,
  eind: null,
  tarief: bedrag,
})

describe('perProduct', () => {
  const tarieven = [
    tarief(1, '2026-01-01', 9270),
    tarief(1, '2025-01-01', 9000),
    tarief(2, '2026-01-01', 5000),
    tarief(1, '2027-01-01', 9177),
  ]

  it('zet elk tarief naast het tarief ervoor, in de volgorde van de tijd', () => {
    const [een, twee] = perProduct(tarieven)
    expect([...(een?.stappen.values() ?? [])].map(s => [s.vanaf, s.tarief])).toEqual([
      ['2025-01-01', 9000],
      ['2026-01-01', 9270],
      ['2027-01-01', 9177],
    ])
    expect(een?.stappen.get('2025-01-01')?.wijziging).toBeNull()
    expect(een?.stappen.get('2026-01-01')?.wijziging).toBeCloseTo(0.03, 10)
    expect(een?.stappen.get('2027-01-01')?.wijziging).toBeCloseTo(-0.010032, 6)
    expect(twee?.stappen.get('2026-01-01')?.wijziging).toBeNull()
    expect(twee?.stappen.get('2025-01-01')).toBeUndefined()
  })

  it('kent de dagen waarop tarieven ingaan', () => {
    expect(ingangsdata(tarieven)).toEqual(['2025-01-01', '2026-01-01', '2027-01-01'])
    expect(perProduct([])).toEqual([])
  })
})

it.each([
  ['2024-12-31', 'toekomstig'],
  ['2025-01-01', 'lopend'],
  ['2026-12-31', 'lopend'],
  ['2027-01-01', 'afgelopen'],
])('een contract over 2025 en 2026 is op %s %s', (dag, stand) => {
  expect(looptijdOp({ begin: '2025-01-01', eind: '2026-12-31' }, dag)).toBe(stand)
  expect(looptijdOp({ begin: '2025-01-01', eind: null }, '2099-01-01')).toBe('lopend')
})
