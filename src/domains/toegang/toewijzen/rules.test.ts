import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayNumber } from '../../../platform/dates.ts'
import {
  checkToewijzing,
  convertTarief,
  type Feiten,
  isSameVersie,
  TOEWIJZING_REGELS,
  type ToegewezenProduct,
  toVersie,
  type Versie,
  waardePerMaand,
} from './rules.ts'

const product = (deel: Partial<ToegewezenProduct> = {}): ToegewezenProduct => ({
  toewijzingNummer: 1,
  product: { categorie: '45', code: '45A04' },
  toewijzingsdatum: '2025-01-01',
  toewijzingstijd: '09:00:00',
  ingangsdatum: '2025-01-10',
  einddatum: '2025-03-31',
  omvang: { volume: 4, eenheid: '04', frequentie: '2' },
  ...deel,
})

const versie = (deel: Partial<Versie> = {}): Versie => ({
  ...toVersie(product(), 1, { productId: 1, eenheid: '04', tarief: 7000, tariefVanaf: '2025-01-01' }),
  ...deel,
})

const feiten = (deel: Partial<Feiten> = {}): Feiten => ({
  bestaand: undefined,
  clientId: 7,
  aanbiederId: 9,
  catalogusCategorie: '45',
  verzoekBekend: undefined,
  ...deel,
})
const bestaand = (deel = {}) => ({
  clientId: 7,
  aanbiederId: 9,
  actueel: versie(),
  geldt: true,
  heeftGoedgekeurdeRegels: false,
  ...deel,
})

describe('level 3 and 4 on a ToegewezenProduct', () => {
  const cases: [naam: string, p: Partial<ToegewezenProduct>, f: Partial<Feiten>, regels: string[]][] = [
    ['a new number', {}, {}, []],
    ['the same number for the same client, aanbieder and product', {}, { bestaand: bestaand() }, []],
    ['TR332: number of another client', {}, { bestaand: bestaand({ clientId: 8 }) }, ['TR332']],
    ['TR332: number of another aanbieder', {}, { bestaand: bestaand({ aanbiederId: 8 }) }, ['TR332']],
    [
      'TR332: other product on the number (OP257)',
      { product: { categorie: '45', code: '45A05' } },
      { bestaand: bestaand() },
      ['TR332'],
    ],
    ['TR379: reference without request', { referentieAanbieder: 'X' }, { verzoekBekend: false }, ['TR379']],
    ['reference while requests are not recorded', { referentieAanbieder: 'X' }, {}, []],
    [
      'TR385: deletion with approved lines',
      { redenWijziging: '13' },
      { bestaand: bestaand({ heeftGoedgekeurdeRegels: true }) },
      ['TR385'],
    ],
    ['deletion without approved lines', { redenWijziging: '13' }, { bestaand: bestaand() }, []],
    ['TR381: code of another category', {}, { catalogusCategorie: '44' }, ['TR381']],
    ['TR381: unknown code', {}, { catalogusCategorie: undefined }, ['TR381']],
    ['aspecific: no code to check', { product: { categorie: '45' } }, { catalogusCategorie: undefined }, []],
  ]
  test.each(cases)('%s', (_, p, f, regels) =>
    expect(checkToewijzing(product(p), feiten(f), '/').map(b => b.regel)).toEqual(regels),
  )
  test('no rule is without a case', () =>
    expect(new Set(cases.flatMap(([, , , regels]) => regels))).toEqual(
      new Set(TOEWIJZING_REGELS.map(r => r.code)),
    ))
})

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

test.each([
  [6000, '04', '01', 100],
  [8733, '04', '01', 146],
  [100, '01', '04', 6000],
  [5000, '16', '16', 5000],
])('a tarief of %i per %s is %s-wise %i', (tarief, van, naar, uit) =>
  expect(convertTarief(tarief, van, naar)).toBe(uit),
)

test.each([
  ['09:00:00', '2025-01-01T09:00:00'],
  ['09:00:00.5', '2025-01-01T09:00:00.5'],
  ['09:00:00.500000', '2025-01-01T09:00:00.5'],
  ['09:00:00.000', '2025-01-01T09:00:00'],
  [`09:00:00.${'1'.repeat(400)}`, '2025-01-01T09:00:00.111111'],
  ['24:00:00', '2025-01-02T00:00:00'],
  ['24:00:00.000', '2025-01-02T00:00:00'],
])('a Toewijzingstijd of %s is the moment that the database gives back', (tijd, moment) =>
  expect(toVersie(product({ toewijzingstijd: tijd }), 1, undefined).toegewezenOp).toBe(moment),
)

test('a re-sent toewijzing is no new state; a shorter one is', () => {
  expect(isSameVersie(versie(), versie({ toegewezenOp: '2025-02-01T09:00:00' }))).toBe(true)
  expect(isSameVersie(versie(), versie({ eind: '2025-03-30' }))).toBe(false)
  expect(isSameVersie(versie(), versie({ redenWijziging: '13' }))).toBe(false)
})
