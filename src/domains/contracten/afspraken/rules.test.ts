import { describe, expect, test } from 'vitest'
import { orderPrijzen, type Prijs, prijsOp } from './rules.ts'

const prijs = (begin: string, eind: string | null, tarief: number): Prijs => ({ begin, eind, tarief })

describe('the prices of a product in the order of their days', () => {
  test.each<[string, Prijs[], Prijs[]]>([
    ['none', [], []],
    [
      'one after the other',
      [prijs('2026-10-01', null, 7000), prijs('2026-01-01', '2026-09-30', 6400)],
      [prijs('2026-01-01', '2026-09-30', 6400), prijs('2026-10-01', null, 7000)],
    ],
    [
      'the same amount goes on: it is one price, since its first day',
      [prijs('2025-01-01', '2025-12-31', 6400), prijs('2026-01-01', '2026-12-31', 6400)],
      [prijs('2025-01-01', '2026-12-31', 6400)],
    ],
    [
      'the same amount after days without a price is another',
      [prijs('2025-01-01', '2025-11-30', 6400), prijs('2026-01-01', null, 6400)],
      [prijs('2025-01-01', '2025-11-30', 6400), prijs('2026-01-01', null, 6400)],
    ],
    [
      'of two on one day the first counts, the other before and after it',
      [prijs('2026-03-01', '2026-03-31', 6400), prijs('2026-01-01', null, 7000)],
      [
        prijs('2026-01-01', '2026-02-28', 7000),
        prijs('2026-03-01', '2026-03-31', 6400),
        prijs('2026-04-01', null, 7000),
      ],
    ],
    [
      'one that lies within the first never counts',
      [prijs('2026-01-01', null, 6400), prijs('2026-03-01', '2026-03-31', 7000)],
      [prijs('2026-01-01', null, 6400)],
    ],
  ])('%s', (_, kandidaten, uit) => expect(orderPrijzen(kandidaten)).toEqual(uit))
})

describe('the price of a day', () => {
  const prijzen = [prijs('2026-01-01', '2026-09-30', 6400), prijs('2026-11-01', '2026-12-31', 7000)]
  test.each([
    ['2025-12-31', undefined],
    ['2026-01-01', 6400],
    ['2026-09-30', 6400],
    ['2026-10-31', 6400],
    ['2026-11-01', 7000],
    ['2027-06-01', 7000],
  ])('%s: %s', (dag, tarief) => expect(prijsOp(prijzen, dag)?.tarief).toBe(tarief))
})
