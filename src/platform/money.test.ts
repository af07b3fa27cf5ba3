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
