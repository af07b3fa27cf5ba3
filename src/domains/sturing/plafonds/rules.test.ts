import { describe, expect, test } from 'vitest'
import { groupByJaar, measureBenutting, type Plafondstand, yearToOpen } from './rules.ts'

describe('how far a ceiling is used', () => {
  test.each([
    ['nothing approved', 100_00, 0, { deel: 0, ruimte: 100_00 }],
    ['one cent below', 100_00, 99_99, { deel: 0.9999, ruimte: 1 }],
    ['on it', 100_00, 100_00, { deel: 1, ruimte: 0 }],
    ['one cent over', 100_00, 100_01, { deel: 1.0001, ruimte: -1 }],
    ['of nothing', 0, 1, { deel: null, ruimte: -1 }],
  ] as const)('%s', (_, bedrag, besteed, verwacht) => {
    expect(measureBenutting({ bedrag, besteed })).toEqual(verwacht)
  })
})

describe('the years', () => {
  const stand = (jaar: number, segment: string): Plafondstand => ({
    jaar,
    segment,
    gemeente: 'Aarveld',
    bedrag: 1,
    vastgesteldOp: '2025-12-01',
    besteed: 0,
  })

  test('newest first, each with its ceilings in their order', () => {
    const [a, b, c] = [stand(2025, 'A'), stand(2026, 'A'), stand(2025, 'B')]
    expect(groupByJaar([a, b, c])).toEqual([
      [2026, [b]],
      [2025, [a, c]],
    ])
  })

  test.each([
    [[2025, 2026, 2027], 2026, 2026],
    [[2024, 2025], 2026, 2025],
    [[2028, 2027], 2026, 2027],
    [[], 2026, undefined],
  ])('of %j in %i: %s is unfolded', (jaren, dit, open) => {
    expect(yearToOpen(jaren, dit)).toBe(open)
  })
})
