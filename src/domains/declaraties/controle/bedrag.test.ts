import { describe, expect, test } from 'vitest'
import {
  codes,
  feiten,
  omvang,
  prestatie,
  product,
  toewijzing,
  uitkomst,
} from '../../../../test/support/prestatie.ts'
import { expectedBedrag } from './prestatieregels.ts'

describe('minutes', () => {
  const minuten = prestatie({ eenheid: '01', volume: 95, tarief: 146, bedrag: 13_823 })
  const perUur = feiten({ product: product({ tarief: 8730, minuutTarief: 146 }) })
  test('on a toewijzing in hours: tarief for information, amount from the hourly price, rounded at the end (IV081)', () =>
    expect(codes(minuten, perUur)).toEqual([]))
  test('rounding half up: 8733 / 60 = 145,55 → 146; 8724 / 60 = 145,4 → 145', () => {
    expect(expectedBedrag({ ...minuten, volume: 1 }, 8733)).toBe(146)
    expect(expectedBedrag({ ...minuten, volume: 1 }, 8724)).toBe(145)
  })
  test('minutes × the rounded tarief is not the amount', () =>
    expect(codes({ ...minuten, bedrag: 95 * 146 }, perUur)).toEqual(['TR346']))
  test('of a product priced per minute are simply multiplied', () => {
    const perMinuut = feiten({
      product: product({ eenheid: '01', tarief: 146, minuutTarief: 146 }),
      toewijzing: toewijzing({ omvang: omvang({ eenheid: '01', volume: 100 }) }),
    })
    expect(codes({ ...minuten, bedrag: 95 * 146 }, perMinuut)).toEqual([])
  })
  test('count as hours against the allocated volume', () =>
    expect(codes({ ...minuten, volume: 1201, bedrag: 174_746 }, perUur)).toEqual(['TR321']))
})

describe('euros (eenheid 83)', () => {
  const euros = prestatie({ eenheid: '83', volume: 250_000, tarief: null, bedrag: 250_000 })
  const traject = feiten({
    product: product({ eenheid: '83', tarief: null, minuutTarief: null }),
    toewijzing: toewijzing({ omvang: omvang({ eenheid: '83', volume: 300_000, frequentie: '6' }) }),
  })
  test('have no tarief and no multiplication', () => expect(codes(euros, traject)).toEqual([]))
  test('stay within the volume in cents', () =>
    expect(uitkomst({ ...euros, volume: 300_001, bedrag: 300_001 }, traject)).toEqual([
      ['TR321', '9321', 'Volume in de periode', '€ 3.000,01', '€ 3.000,00'],
      ['TR322', '9322', 'Volume over de looptijd', '€ 3.000,01', '€ 3.000,00'],
    ]))
})
