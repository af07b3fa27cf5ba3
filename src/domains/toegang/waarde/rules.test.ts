import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { product, versie } from '../../../../test/support/toewijzing.ts'
import { addDays, dayNumber } from '../../../platform/dates.ts'
import { toVersie, type Versie } from '../toewijzen/rules.ts'
import { horizonOf, type Omstandigheden, waardePerMaand as waarde } from './rules.ts'

/** At one price for ever, that of the state itself, and never stopped. */
const zonderMeer = ({ tarief }: Versie): Omstandigheden => ({
  prijzen: tarief === null ? [] : [{ begin: '2000-01-01', eind: null, tarief }],
  prijseenheid: '04',
  gestopt: [],
})
const waardePerMaand = (v: Versie, horizon: string) => waarde(v, horizon, zonderMeer(v))

describe('the allocated value per month', () => {
  const som = (v: Versie, horizon = '2026-12-31') =>
    waardePerMaand(v, horizon).reduce((s, m) => s + m.waarde, 0)
  test('per week: days / 7 × volume × tarief; 22 days of January = 22/7 × 4 × € 70', () =>
    expect(waardePerMaand(versie(), '2026-12-31')).toEqual([
      { maand: '2025-01-01', waarde: 88_000 },
      { maand: '2025-02-01', waarde: 112_000 },
      { maand: '2025-03-01', waarde: 124_000 },
    ]))
  test('per month: the part of the month', () =>
    expect(waardePerMaand(versie({ frequentie: '4', volume: 31 }), '2026-12-31')[0]?.waarde).toBe(22 * 7000))
  test('per day', () =>
    expect(waardePerMaand(versie({ frequentie: '1', volume: 1 }), '2026-12-31')[1]?.waarde).toBe(28 * 7000))
  test('euros are their own price', () =>
    expect(som(versie({ eenheid: '83', volume: 100_001, frequentie: '6', tarief: null }))).toBe(100_001))
  test('open-ended counts to the horizon', () =>
    expect(waardePerMaand(versie({ eind: null }), '2025-12-31').at(-1)?.maand).toBe('2025-12-01'))
  test('nothing agreed, or nothing allocated, is worth nothing', () => {
    expect(waardePerMaand(versie({ tarief: null }), '2026-12-31')).toEqual([])
    expect(waardePerMaand(versie({ volume: null }), '2026-12-31')).toEqual([])
    expect(waardePerMaand(versie({ volume: null, frequentie: '6' }), '2026-12-31')).toEqual([])
  })
  test('months without a whole cent are left out', () =>
    expect(
      waardePerMaand(versie({ volume: null, frequentie: null, budget: 1 }), '2026-12-31').map(m => m.waarde),
    ).toEqual([1]))
  test('outside every segment it is no commitment that is steered on (I02)', () =>
    expect(waardePerMaand(versie({ segmentId: null }), '2026-12-31')).toEqual([]))
  test('from the middle of a month to the middle of the next: the days of each', () =>
    expect(
      waardePerMaand(
        versie({ frequentie: '1', volume: 1, ingang: '2025-01-30', eind: '2025-02-03' }),
        '2026-12-31',
      ),
    ).toEqual([
      { maand: '2025-01-01', waarde: 2 * 7000 },
      { maand: '2025-02-01', waarde: 3 * 7000 },
    ]))
  test('the horizon is the end of the year after the one of recording', () => {
    expect(horizonOf('2025-01-01')).toBe('2026-12-31')
    expect(horizonOf('2025-12-31')).toBe('2026-12-31')
  })
  test('9999-12-31 is sent for no end, and counts as none', () => {
    const zonder = toVersie(product({ einddatum: '9999-12-31' }), 1, undefined)
    expect(zonder.eind).toBe(null)
  })
  test.each(['2036-12-31', '2037-01-01', '9998-12-31'])(
    'an end on %s counts to ten years after the horizon at most, and a budget keeps its share per day',
    eind => {
      const v = versie({
        volume: null,
        eenheid: null,
        frequentie: null,
        budget: 10_000_000,
        eind,
        ingang: '2026-01-01',
      })
      const maanden = waardePerMaand(v, '2026-12-31')
      const dagen = dayNumber(eind) - dayNumber('2026-01-01') + 1
      expect(maanden.length).toBeLessThanOrEqual(132)
      expect(maanden.every(({ maand }) => maand <= '2036-12-01')).toBe(true)
      // January has 31 of the days; a share is rounded to a cent.
      expect(Math.abs((maanden[0]?.waarde ?? 0) - (10_000_000 * 31) / dagen)).toBeLessThanOrEqual(1)
      if (eind === '2036-12-31') expect(som(v)).toBe(10_000_000)
    },
  )
  test('per month, nothing is lost before the limit', () =>
    expect(
      waardePerMaand(
        versie({ frequentie: '4', volume: 1, ingang: '2026-01-01', eind: '9998-12-31' }),
        '2026-12-31',
      ),
    ).toHaveLength(132))
  test('a volume beyond what can ever be claimed counts as the most that can be claimed in a month', () => {
    const v = versie({ volume: 99_999_999, frequentie: '1', ingang: '2026-01-01', eind: '2026-02-28' })
    expect(waardePerMaand(v, '2026-12-31')).toEqual([
      { maand: '2026-01-01', waarde: 99_999_999 },
      { maand: '2026-02-01', waarde: 99_999_999 },
    ])
    // So many of them still make a number that is exact.
    expect(Number.isSafeInteger(99_999_999 * 80_000_000)).toBe(true)
  })
  test('a deleted toewijzing is worth nothing', () =>
    expect(waardePerMaand(versie({ redenWijziging: '13' }), '2026-12-31')).toEqual([]))
  test('a total or budget sums to itself, whatever the days', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 0, max: 900 }),
        (budget, dagen) => {
          const v = versie({
            volume: null,
            eenheid: null,
            frequentie: null,
            budget,
            eind: addDays('2025-01-10', dagen),
          })
          expect(som(v)).toBe(budget)
        },
      ),
    ))
})

describe('the value of a month at the price of its first day', () => {
  const prijs = (begin: string, tarief: number, eind: string | null = null) => ({ begin, eind, tarief })
  const bij = (deel: Partial<Omstandigheden>, v: Partial<Versie> = {}) =>
    waarde(versie({ ingang: '2026-09-01', eind: '2026-12-31', ...v }), '2027-12-31', {
      prijzen: [prijs('2026-01-01', 6400)],
      prijseenheid: '04',
      gestopt: [],
      ...deel,
    }).map(({ maand, waarde: w }) => [maand.slice(5, 7), w])

  test('4 hours a week at € 64, and at € 70 from 1 October: 30/7 × 4 × 64, then 31/7 × 4 × 70', () =>
    expect(bij({ prijzen: [prijs('2026-01-01', 6400, '2026-09-30'), prijs('2026-10-01', 7000)] })).toEqual([
      ['09', 109_714],
      ['10', 124_000],
      ['11', 120_000],
      ['12', 124_000],
    ]))
  test('a price that begins within a month counts from the next: that month is claimed at the price of its first day', () =>
    expect(bij({ prijzen: [prijs('2026-01-01', 6400, '2026-10-01'), prijs('2026-10-02', 7000)] })).toEqual([
      ['09', 109_714],
      ['10', 113_371],
      ['11', 120_000],
      ['12', 124_000],
    ]))
  test('the month in which it begins counts at the price of its Ingangsdatum', () => {
    const prijzen = [prijs('2026-01-01', 6400, '2026-09-14'), prijs('2026-09-15', 7000)]
    expect(bij({ prijzen }, { ingang: '2026-09-15' })[0]).toEqual(['09', Math.round((4 * 16 * 7000) / 7)])
    expect(bij({ prijzen }, { ingang: '2026-09-14' })[0]).toEqual(['09', Math.round((4 * 17 * 6400) / 7)])
  })
  test('no price yet is worth nothing; no price any more leaves the last one', () => {
    expect(bij({ prijzen: [prijs('2026-11-01', 7000, '2026-11-30')] })).toEqual([
      ['11', 120_000],
      ['12', 124_000],
    ])
  })
  test('minutes at a price per hour are rounded once: 50 a week at € 64 is 30/7 × 50 × 64 / 60', () =>
    expect(bij({}, { volume: 50, eenheid: '01' })[0]).toEqual(['09', 22_857]))
  test('hours at a price per minute', () =>
    expect(bij({ prijseenheid: '01', prijzen: [prijs('2026-01-01', 100)] })[0]).toEqual(['09', 102_857]))
  test('a volume for the whole term: each day its part, at the price of its month', () =>
    expect(
      bij(
        { prijzen: [prijs('2026-01-01', 6400, '2026-10-31'), prijs('2026-11-01', 7000)] },
        { volume: 122, frequentie: '6' },
      ),
    ).toEqual([
      ['09', 30 * 6400],
      ['10', 31 * 6400],
      ['11', 30 * 7000],
      ['12', 31 * 7000],
    ]))
  test('euros and a budget know no price', () => {
    const prijzen = [prijs('2026-10-10', 7000)]
    const budget = { volume: null, eenheid: null, frequentie: null, budget: 12_200 }
    expect(bij({ prijzen }, budget)).toEqual(bij({ prijzen: [] }, budget))
    expect(bij({ prijzen: [] }, { volume: 500, eenheid: '83', frequentie: '4' })[0]).toEqual(['09', 500])
  })

  describe('after a stop', () => {
    const stop = (begin: string, eind: string | null = null) => ({ gestopt: [{ begin, eind }] })
    test('nothing counts any more', () =>
      expect(bij(stop('2026-10-15'))).toEqual([
        ['09', 109_714],
        ['10', Math.round((4 * 14 * 6400) / 7)],
      ]))
    test('up to a new start, from which it counts again', () =>
      expect(bij(stop('2026-10-15', '2026-11-30'))).toEqual([
        ['09', 109_714],
        ['10', Math.round((4 * 14 * 6400) / 7)],
        ['12', 113_371],
      ]))
    test('a stop and a new start within a month: to the day', () => {
      expect(bij(stop('2026-10-15', '2026-11-20'))).toEqual([
        ['09', 109_714],
        ['10', Math.round((4 * 14 * 6400) / 7)],
        ['11', Math.round((4 * 10 * 6400) / 7)],
        ['12', 113_371],
      ])
      expect(bij(stop('2026-10-31'))).toEqual([
        ['09', 109_714],
        ['10', Math.round((4 * 30 * 6400) / 7)],
      ])
    })
    test('of a total or a budget the part of the term that lies before it', () => {
      expect(
        bij(stop('2026-10-01'), { volume: null, eenheid: null, frequentie: null, budget: 12_200 }),
      ).toEqual([['09', 3000]])
      expect(bij(stop('2026-10-11'), { volume: 122, frequentie: '6' })).toEqual([
        ['09', 30 * 6400],
        ['10', 10 * 6400],
      ])
    })
    test('one after the last day changes nothing, one before the first leaves nothing', () => {
      expect(bij(stop('2027-01-01'))).toEqual(bij({}))
      expect(bij(stop('2026-08-31'))).toEqual([])
    })
  })
})
