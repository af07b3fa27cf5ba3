import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, lastOfMonth, maandenVan } from '../../../platform/dates.ts'
import {
  calendarWeeks,
  isPassendeEenheid,
  maxVoorLooptijd,
  maxVoorPeriode,
  type Omvang,
  sundays,
  toHeleUren,
} from './omvang.ts'

const omvang = (deel: Partial<Omvang>): Omvang => ({
  volume: 3,
  eenheid: '04',
  frequentie: '2',
  ingang: '2022-10-11',
  eind: '2022-12-28',
  variant: 'inspanning',
  domein: 'jw',
  categorie: '45',
  ...deel,
})

describe('worked example of berichten.md § 4.5: 3 hours a week, 11-10-2022 to 28-12-2022', () => {
  test.each([
    ['October', '2022-10-11', '2022-10-31', 12],
    ['November', '2022-11-01', '2022-11-30', 15],
    ['December', '2022-12-01', '2022-12-28', 15],
  ])('%s holds %s–%s: %i hours', (_, begin, eind, uren) =>
    expect(maxVoorPeriode(omvang({}), begin, eind)).toBe(uren),
  )
  test('the term holds 12 weeks: 36 hours, less than the months together', () =>
    expect(maxVoorLooptijd(omvang({}))).toBe(36))
  test('a term from Sunday to Monday of the second week touches three weeks', () =>
    expect(maxVoorLooptijd(omvang({ ingang: '2022-10-16', eind: '2022-10-24' }))).toBe(9))
})

describe('worked example: € 300 a week output-based, 11-10-2022 to 31-12-2022', () => {
  const euros = omvang({ volume: 30_000, eenheid: '83', variant: 'output', eind: '2022-12-31' })
  test.each([
    ['2022-10-11', '2022-10-31', 90_000],
    ['2022-11-01', '2022-11-30', 120_000],
    ['2022-12-01', '2022-12-31', 150_000],
  ])('%s–%s: %i cents', (begin, eind, cents) => expect(maxVoorPeriode(euros, begin, eind)).toBe(cents))
  test('the term is the sum of its months', () => expect(maxVoorLooptijd(euros)).toBe(360_000))
})

describe('an output-based toewijzing per week', () => {
  const output = (ingang: string, eind: string) => omvang({ volume: 1, variant: 'output', ingang, eind })
  test('that ends on a Sunday gets no extra week', () =>
    expect(maxVoorPeriode(output('2022-12-05', '2022-12-18'), '2022-12-05', '2022-12-18')).toBe(2))
  test('without any Sunday counts one week', () =>
    expect(maxVoorLooptijd(output('2022-12-05', '2022-12-08'))).toBe(1))
  test('whose last Sunday is in the month before gives the left-over week to that month', () => {
    const over = output('2022-11-07', '2022-12-02')
    expect(maxVoorPeriode(over, '2022-11-07', '2022-11-30')).toBe(4)
    expect(maxVoorPeriode(over, '2022-12-01', '2022-12-02')).toBe(0)
    expect(maxVoorLooptijd(over)).toBe(4)
  })
  test('that begins on its last Sunday gives the left-over week to the month of that Sunday', () => {
    const kort = output('2022-11-27', '2022-12-02')
    expect(maxVoorPeriode(kort, '2022-11-27', '2022-11-30')).toBe(2)
    expect(maxVoorPeriode(kort, '2022-12-01', '2022-12-02')).toBe(0)
    expect(maxVoorLooptijd(kort)).toBe(2)
  })
  test('whose last Sunday is the first of a month gives the left-over week to that month', () => {
    const eerste = output('2022-04-01', '2022-05-04')
    expect(maxVoorPeriode(eerste, '2022-04-01', '2022-04-30')).toBe(4)
    expect(maxVoorPeriode(eerste, '2022-05-01', '2022-05-04')).toBe(2)
    expect(maxVoorLooptijd(eerste)).toBe(6)
  })
  test('over any term holds as much in all its months together as in the whole', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (na, dagen) => {
        const ingang = addDays('2024-01-01', na)
        const eind = addDays(ingang, dagen)
        const maanden = [...maandenVan(ingang, eind)].map(maand =>
          maxVoorPeriode(
            output(ingang, eind),
            maand < ingang ? ingang : maand,
            lastOfMonth(maand) < eind ? lastOfMonth(maand) : eind,
          ),
        )
        expect(maanden.reduce((som, max) => som + max, 0)).toBe(maxVoorLooptijd(output(ingang, eind)))
      }),
    ))
  test('without an end has no week left over', () =>
    expect(
      maxVoorPeriode(omvang({ volume: 1, variant: 'output', eind: null }), '2022-11-01', '2022-11-30'),
    ).toBe(4))
})

describe('other frequencies', () => {
  test('per day: the days of the period', () => {
    const dag = omvang({ volume: 2, frequentie: '1' })
    expect(maxVoorPeriode(dag, '2022-11-01', '2022-11-30')).toBe(60)
    expect(maxVoorLooptijd(dag)).toBe(2 * 79)
    expect(maxVoorLooptijd(omvang({ volume: 2, frequentie: '1', eind: null }))).toBeUndefined()
  })
  test('per month: a broken month keeps the full volume (IV078)', () => {
    const maand = omvang({ volume: 10, frequentie: '4' })
    expect(maxVoorPeriode(maand, '2022-10-11', '2022-10-31')).toBe(10)
    expect(maxVoorLooptijd(maand)).toBe(30)
  })
  test('in total: the volume, open-ended or not', () => {
    expect(maxVoorPeriode(omvang({ volume: 40, frequentie: '6' }), '2022-10-11', '2022-10-31')).toBe(40)
    expect(maxVoorLooptijd(omvang({ volume: 40, frequentie: '6', eind: null }))).toBe(40)
  })
})

test('Wmo hulp bij het huishouden may take six weeks in one month, also in February', () => {
  const hulp = omvang({ domein: 'wmo', categorie: '01' })
  expect(maxVoorPeriode(hulp, '2022-02-01', '2022-02-28')).toBe(18)
  expect(maxVoorPeriode(omvang({ categorie: '01' }), '2022-02-01', '2022-02-28')).toBe(15)
  expect(maxVoorPeriode(omvang({ domein: 'wmo', categorie: '02' }), '2022-02-01', '2022-02-28')).toBe(15)
})

test.each([
  ['2022-10-10', '2022-10-16', 1, 1],
  ['2022-10-16', '2022-10-17', 2, 1],
  ['2022-10-17', '2022-10-22', 1, 0],
  ['2022-10-17', '2022-10-17', 1, 0],
  ['2022-10-16', '2022-10-16', 1, 1],
  ['2022-10-17', '2022-10-16', 0, 0],
  ['2022-10-31', '2022-10-01', 0, 0],
])('%s–%s touches %i weeks and %i Sundays', (begin, eind, weken, zondagen) => {
  expect(calendarWeeks(begin, eind)).toBe(weken)
  expect(sundays(begin, eind)).toBe(zondagen)
})

test.each([
  [380, 6],
  [390, 7],
  [389, 6],
  [10, 1],
])('IV079: %i minutes are claimed as %i hours', (minuten, uren) => expect(toHeleUren(minuten)).toBe(uren))

test.each([
  ['04', '04', true],
  ['01', '04', true],
  ['04', '01', false],
  ['01', '16', false],
  ['16', '04', false],
])('TR341: unit %s on a toewijzing in %s fits: %s', (gedeclareerd, toegewezen, past) =>
  expect(isPassendeEenheid(gedeclareerd, toegewezen)).toBe(past),
)
