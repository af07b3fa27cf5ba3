import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportion, divideRounded, formatEuro, formatHeleEuro, formatMiljoen } from './money.ts'

test.each([
  [1455, 10, 146],
  [1454, 10, 145],
  [-1455, 10, -146],
  [1, 3, 0],
  [2, 3, 1],
])('%i / %i rounds half away from zero to %i (IV081)', (n, d, uit) => expect(divideRounded(n, d)).toBe(uit))

test('amounts in Dutch form', () => {
  expect(formatEuro(123_456)).toBe('€\u00a01.234,56')
  expect(formatHeleEuro(12_345_678)).toBe('€\u00a0123.457')
  expect(formatMiljoen(3_812_345_600)).toBe('€\u00a038,1\u00a0mln')
  expect(formatMiljoen(6_120_000)).toBe('€\u00a061.200')
})

test.each<[number, number[], number[]]>([
  // Of equal rests the lower index gets the cent, also where the fractions are not written the same.
  [100, [1, 1, 1], [34, 33, 33]],
  [1, [49, 49, 49, 49], [1, 0, 0, 0]],
  [59, [7, 14, 21, 28, 30], [4, 8, 12, 17, 18]],
  [-100, [1, 1, 1], [-33, -33, -34]],
  [7, [0, 0], [0, 0]],
])('%i over %j is %j', (total, weights, parts) => expect(apportion(total, weights)).toEqual(parts))

test('apportioning gives what exact arithmetic gives', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 }),
      (total, weights) => {
        const som = BigInt(weights.reduce((a, b) => a + b, 0))
        const delen = weights.map(w => BigInt(total) * BigInt(w))
        const heel = delen.map(deel => deel / som)
        const over = Number(BigInt(total) - heel.reduce((a, b) => a + b, 0n))
        const volgorde = delen
          .map((deel, i) => ({ i, rest: Number(deel % som) }))
          .sort((a, b) => b.rest - a.rest || a.i - b.i)
        const waar = heel.map(Number)
        for (const { i } of volgorde.slice(0, over)) waar[i] = (waar[i] ?? 0) + 1
        expect(apportion(total, weights)).toEqual(waar)
      },
    ),
  ))

test('apportioning keeps the sum and favours nobody by more than a cent', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 }),
      (total, weights) => {
        const parts = apportion(total, weights)
        const sum = weights.reduce((a, b) => a + b, 0)
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
        for (const [i, part] of parts.entries())
          expect(Math.abs(part - (total * (weights[i] ?? 0)) / sum)).toBeLessThan(1)
      },
    ),
  ))
