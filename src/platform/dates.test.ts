import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addWerkdagen,
  dagenVan,
  dateInNederland,
  dayNumber,
  easter,
  feestdagen,
  formatDatum,
  formatDatumKort,
  formatPeriode,
  fromDayNumber,
  gaps,
  intersection,
  isDatum,
  isMoment,
  isWerkdag,
  lastOfMonth,
  maandenVan,
  overlaps,
  timeInNederland,
  weekday,
} from './dates.ts'

test.each([
  ['2026-02-28', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['26-01-01', false],
  ['', false],
])('%s exists: %s', (datum, bestaat) => expect(isDatum(datum)).toBe(bestaat))

test('day numbers and dates are each other’s inverse', () =>
  fc.assert(
    fc.property(fc.integer({ min: -30_000, max: 60_000 }), day => dayNumber(fromDayNumber(day)) === day),
  ))

test('adding days crosses the change of the clock', () => expect(addDays('2026-03-28', 2)).toBe('2026-03-30'))

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-01-15', -1, '2025-12-15'],
])('%s plus %i months is %s', (van, n, tot) => expect(addMonths(van, n)).toBe(tot))

describe('dates outside what text and calendar agree on', () => {
  test.each(['0000-01-01', '0099-01-01', '10000-01-01', '+010000-01-01', '-0001-01-01', '2026-1-1'])(
    '%s is no date here',
    datum => expect(isDatum(datum)).toBe(false),
  )
  test('no reckoning goes past the last day, or answers what is no date', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addMonths('9999-12-01', 1)).toThrow(RangeError)
    expect(() => addMonths('0001-01-01', -24)).toThrow(RangeError)
    expect(() => addDays('10000-01-01', 1)).toThrow(RangeError)
    expect(() => addMonths('', 1)).toThrow(RangeError)
  })
  test('what a message may hold is shown as it stands there', () => {
    expect(formatDatum('10000-01-01')).toBe('10000-01-01')
    expect(formatDatumKort('-0001-01-01')).toBe('-0001-01-01')
    expect(formatDatum('9999-12-31')).toBe('31 december 9999')
  })
  test('a part that ends on the last day leaves no gap after it', () =>
    expect(gaps({ begin: '2026-01-01', eind: null }, [{ begin: '2026-02-01', eind: '9999-12-31' }])).toEqual([
      { begin: '2026-01-01', eind: '2026-01-31' },
    ]))
})

describe('loops over months and days', () => {
  test.each([
    ['2026-01-31', '2026-03-01', ['2026-01-01', '2026-02-01', '2026-03-01']],
    ['2026-12-15', '2027-01-01', ['2026-12-01', '2027-01-01']],
    ['2026-02-15', '2026-02-01', ['2026-02-01']],
    ['2026-02-01', '2026-01-31', []],
  ])('the months from %s to %s', (van, tot, maanden) => expect([...maandenVan(van, tot)]).toEqual(maanden))
  test.each([
    ['2026-02-27', '2026-03-01', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['2026-02-27', '2026-02-26', []],
  ])('the days from %s to %s', (van, tot, dagen) => expect([...dagenVan(van, tot)]).toEqual(dagen))
  test.each([
    ['2026-01-01', '9999-12-31'],
    ['2026-01-01', '2126-01-01'],
    ['', '2026-01-01'],
    ['2026-01-01', '+010000-01-01'],
  ])('from %s to %s there is no first one', (van, tot) => {
    expect(() => maandenVan(van, tot).next()).toThrow(RangeError)
    expect(() => dagenVan(van, tot === '2126-01-01' ? '2127-01-01' : tot).next()).toThrow(RangeError)
  })
})

test.each([
  ['2024-02-01', '2024-02-29'],
  ['2025-02-01', '2025-02-28'],
  ['2025-12-09', '2025-12-31'],
])('the month of %s ends on %s', (van, tot) => expect(lastOfMonth(van)).toBe(tot))

test('Monday is 1 and Sunday 7', () => {
  expect(weekday('2026-11-23')).toBe(1)
  expect(weekday('2026-11-22')).toBe(7)
})

test.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
])('Easter of %i is %s', (jaar, datum) => expect(easter(jaar)).toBe(datum))

test('Koningsdag moves to Saturday when the 27th is a Sunday', () => {
  expect(feestdagen(2025)).toContain('2025-04-26')
  expect(feestdagen(2026)).toContain('2026-04-27')
})

test.each([
  ['2026-05-14', false], // Hemelvaart
  ['2026-05-25', false], // Tweede Pinksterdag
  ['2026-05-15', true],
  ['2026-11-22', false], // Sunday
])('%s is a werkdag: %s', (datum, ja) => expect(isWerkdag(datum)).toBe(ja))

test.each([
  ['2026-11-20', 3, '2026-11-25'], // Friday + 3
  ['2026-12-24', 3, '2026-12-30'], // over Christmas and the weekend
])('%s plus %i werkdagen is %s', (van, n, tot) => expect(addWerkdagen(van, n)).toBe(tot))

describe('periods include both ends', () => {
  const jan = { begin: '2026-01-01', eind: '2026-01-31' }
  test.each([
    [{ begin: '2026-01-31', eind: null }, true],
    [{ begin: '2026-02-01', eind: null }, false],
    [{ begin: '2025-01-01', eind: '2026-01-01' }, true],
    [{ begin: '2025-01-01', eind: '2025-12-31' }, false],
  ])('January overlaps %o: %s', (ander, ja) => expect(overlaps(jan, ander)).toBe(ja))
  test('what they share', () =>
    expect(intersection(jan, { begin: '2026-01-20', eind: null })).toEqual({
      begin: '2026-01-20',
      eind: '2026-01-31',
    }))
  test('the gaps between parts', () =>
    expect(
      gaps({ begin: '2026-01-01', eind: '2026-12-31' }, [{ begin: '2026-06-01', eind: '2026-06-30' }, jan]),
    ).toEqual([
      { begin: '2026-02-01', eind: '2026-05-31' },
      { begin: '2026-07-01', eind: '2026-12-31' },
    ]))
  test('an open part leaves no gap behind it', () =>
    expect(gaps(jan, [{ begin: '2026-01-11', eind: null }])).toEqual([
      { begin: '2026-01-01', eind: '2026-01-10' },
    ]))
})

test('the Dutch day begins at midnight in Amsterdam', () => {
  expect(dateInNederland(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01')
  expect(dateInNederland(new Date('2026-12-31T22:30:00Z'))).toBe('2026-12-31')
})

test('a period in words', () => {
  expect(formatPeriode({ begin: '2026-01-01', eind: null })).toBe('vanaf 1 januari 2026')
  expect(formatPeriode({ begin: '2026-01-01', eind: '2026-03-31' })).toBe('1 januari 2026 t/m 31 maart 2026')
})

test.each([
  ['2026-01-31 12:00:00+01', true],
  ['2026-01-31 23:59:59.123456-03:30', true],
  ['2026-02-29 12:00:00+00', false],
  ['2026-01-31 24:00:00+00', false],
  ['2026-01-31 12:60:00+00', false],
  ['2026-01-31 12:00:00+15', false],
  ['0000-01-01 00:00:00+00', false],
  ['2026-01-31T12:00:00Z', false],
  ['2026-01-31', false],
])('%s is a moment: %s', (tekst, uit) => expect(isMoment(tekst)).toBe(uit))

test.each([
  ['2026-07-10T15:25:09Z', '17:25:09'],
  ['2026-01-10T15:25:09Z', '16:25:09'],
  ['2026-07-10T22:00:00Z', '00:00:00'],
])('the clock at %s stands at %s', (moment, tijd) => {
  expect(timeInNederland(new Date(moment))).toBe(tijd)
})
