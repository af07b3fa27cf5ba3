import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  concentration,
  costPerClient,
  countCompleet,
  countVerstreken,
  extrapolate,
  growth,
  growthOfAantal,
  maskOf,
  maySeeSmall,
  showAantal,
} from './rules.ts'

describe('a month is complete when three whole months have passed since its last day', () => {
  it.each([
    [2026, '2026-01-01', 0],
    [2026, '2026-04-30', 0],
    [2026, '2026-05-01', 1],
    [2026, '2026-11-22', 7],
    [2026, '2026-11-30', 7],
    [2026, '2026-12-01', 8],
    [2026, '2027-03-31', 11],
    [2026, '2027-04-01', 12],
    [2025, '2026-11-22', 12],
    [2027, '2026-11-22', 0],
  ])('%i on %s: %i', (jaar, vandaag, aantal) => {
    expect(countCompleet(jaar, vandaag)).toBe(aantal)
  })
  it.each([
    [2026, '2026-01-01', 1],
    [2026, '2026-11-22', 11],
    [2025, '2026-01-01', 12],
    [2027, '2026-12-31', 0],
  ])('%i on %s has begun months: %i', (jaar, vandaag, aantal) => {
    expect(countVerstreken(jaar, vandaag)).toBe(aantal)
  })
})

it('counts the first months as a mask', () => {
  expect([0, 1, 7, 12].map(maskOf)).toEqual([0, 1, 127, 4095])
})

it('says growth only when there is something to compare with', () => {
  expect(growth(104, 100)).toBeCloseTo(0.04)
  expect(growth(0, 100)).toBe(-1)
  expect(growth(5, 0)).toBeNull()
  expect(growth(5, -3)).toBeNull()
})

describe('the year extrapolated', () => {
  it('takes the complete months times what the rest was last year', () => {
    const jaar = {
      besteed: 75_000_00,
      compleet: 60_000_00,
      vorigCompleet: 50_000_00,
      vorigTotaal: 100_000_00,
    }
    expect(extrapolate(jaar)).toBe(120_000_00)
  })
  it('is never less than what is booked', () => {
    const jaar = {
      besteed: 90_000_00,
      compleet: 30_000_00,
      vorigCompleet: 50_000_00,
      vorigTotaal: 100_000_00,
    }
    expect(extrapolate(jaar)).toBe(90_000_00)
  })
  it('is itself when all months are complete', () => {
    const jaar = { besteed: 123_00, compleet: 123_00, vorigCompleet: 50_00, vorigTotaal: 50_00 }
    expect(extrapolate(jaar)).toBe(123_00)
  })
  it.each([
    ['without last year', 10_00, 0],
    ['without complete months', 0, 10_00],
  ])('says nothing %s', (_, compleet, vorigCompleet) => {
    expect(extrapolate({ besteed: 10_00, compleet, vorigCompleet, vorigTotaal: vorigCompleet })).toBeNull()
  })
  it('stays exact for national totals', () => {
    const miljard = 100_000_000_000
    expect(
      extrapolate({
        besteed: 0,
        compleet: 5 * miljard,
        vorigCompleet: 4 * miljard,
        vorigTotaal: 8 * miljard,
      }),
    ).toBe(10 * miljard)
  })
})

describe('concentration', () => {
  it('is computed by hand: 50, 20, 10, 10, 5, 5', () => {
    expect(concentration([5_00, 50_00, 10_00, 20_00, 10_00, 5_00, 0], [60, 30, 9, 1])).toEqual({
      aanbieders: 6,
      grootste: 0.5,
      c5: 0.95,
      hhi: 2500 + 400 + 100 + 100 + 25 + 25,
      c90: 2,
    })
  })
  it('is 10,000 with one provider and nothing without', () => {
    expect(concentration([1], [1]).hhi).toBe(10_000)
    expect(concentration([], [])).toEqual({ aanbieders: 0, grootste: 0, c5: 0, hhi: 0, c90: 0 })
  })
  it('lies between 10,000 ÷ n and 10,000, whatever the shares', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 300 }), bedragen => {
        const { hhi, c5, grootste } = concentration(bedragen, [])
        expect(hhi).toBeGreaterThanOrEqual(Math.floor(10_000 / bedragen.length))
        expect(hhi).toBeLessThanOrEqual(10_000)
        expect(c5).toBeGreaterThanOrEqual(grootste - 1e-9)
      }),
    )
  })
})

describe('small numbers', () => {
  it.each([
    [0, false, { soort: 'getal', aantal: 0 }],
    [1, false, { soort: 'minder-dan-5' }],
    [4, false, { soort: 'minder-dan-5' }],
    [5, false, { soort: 'getal', aantal: 5 }],
    [1, true, { soort: 'getal', aantal: 1 }],
  ] as const)('%i persons, may see residents: %s', (aantal, mag, toont) => {
    expect(showAantal(aantal, mag)).toEqual(toont)
  })
  it.each([
    ['own municipality', ['0355'], ['0355'], true],
    ['the region, of which only one is own', ['0355'], ['0355', '0310'], false],
    ['no residents at all', [], ['0355'], false],
    ['nothing selected', ['0355'], [], false],
  ])('%s', (_, mag, selectie, uitkomst) => {
    expect(maySeeSmall(mag, selectie)).toBe(uitkomst)
  })
  it('hides the average and the growth with the count, which they would give away', () => {
    expect(costPerClient(100_01, showAantal(4, false))).toBeNull()
    expect(costPerClient(100_01, showAantal(4, true))).toBe(25_00)
    expect(costPerClient(100_00, showAantal(0, true))).toBeNull()
    expect(growthOfAantal(showAantal(8, false), showAantal(4, false))).toBeNull()
    expect(growthOfAantal(showAantal(8, false), showAantal(5, false))?.deel).toBeCloseTo(0.6)
  })
})

describe('a difference between counts of persons', () => {
  const groei = (nu: number, vorig: number) => growthOfAantal(showAantal(nu, true), showAantal(vorig, true))
  it.each([
    // 2 × √(n + m): 21,3 of 57 and 56; 98,2 of 1.264 and 1.148; exactly 20 of 60 and 40.
    [57, 56, true],
    [1264, 1148, false],
    [60, 40, true],
    [61, 40, false],
    [40, 61, false],
    [56, 56, true],
  ])('of %i and %i: chance %s', (nu, vorig, toeval) => expect(groei(nu, vorig)?.toeval).toBe(toeval))
  it('is none without last year', () => expect(groei(5, 0)).toBeNull())
})
