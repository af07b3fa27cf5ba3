import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatEuro } from '../money.ts'
import { parsePagina, parseSortering, veldId, withQuery } from './adres.ts'
import {
  formatGetal,
  formatMoment,
  formatPercentage,
  parseBedragInvoer,
  parseDatumInvoer,
  parseGetalInvoer,
  parseMaandInvoer,
} from './invoer.ts'

describe('what people type', () => {
  it.each([
    ['31-01-2026', '2026-01-31'],
    ['1/2/2026', '2026-02-01'],
    [' 01.02.2026 ', '2026-02-01'],
    ['2026-01-31', '2026-01-31'],
    ['29-02-2024', '2024-02-29'],
    ['29-02-2026', undefined],
    ['31-01-26', undefined],
    ['2026-13-01', undefined],
    ['', undefined],
    ['morgen', undefined],
  ])('date %j is %j', (tekst, datum) => {
    expect(parseDatumInvoer(tekst)).toBe(datum)
  })

  it.each([
    ['oktober 2026', '2026-10-01'],
    [' Oktober 2026 ', '2026-10-01'],
    ['okt 2026', '2026-10-01'],
    ['okt. 2026', '2026-10-01'],
    ['mrt 2026', '2026-03-01'],
    ['mei 2026', '2026-05-01'],
    ['jun 2026', '2026-06-01'],
    ['10-2026', '2026-10-01'],
    ['3/2026', '2026-03-01'],
    ['2026-10', '2026-10-01'],
    ['2026-3', '2026-03-01'],
    ['2026-13', undefined],
    ['13-2026', undefined],
    ['ok 2026', undefined],
    ['oktobar 2026', undefined],
    ['oktober', undefined],
    ['oktober 26', undefined],
    ['2026-10-15', undefined],
    ['', undefined],
  ])('month %j is %j', (tekst, datum) => {
    expect(parseMaandInvoer(tekst)).toBe(datum)
  })

  it.each([
    ['1.234,56', 123_456],
    ['€ 12', 1_200],
    ['12 €', 1_200],
    ['-€ 12', -1_200],
    ['€ -12', -1_200],
    ['1 234,56', 123_456],
    ['€ 1\u00a0234\u00a0567', 123_456_700],
    ['50 00', undefined],
    ['5 0', undefined],
    ['1 2345', undefined],
    ['1.234 567', undefined],
    ['€ € 50', undefined],
    ['€50€', undefined],
    ['12,5', 1_250],
    ['0,05', 5],
    ['-0,05', -5],
    ['-0', 0],
    ['1234567', 123_456_700],
    ['12.50', undefined],
    ['1,234.56', undefined],
    ['12,345', undefined],
    ['99999999999999999', undefined],
    ['', undefined],
    ['tien', undefined],
  ])('amount %j is %j cents', (tekst, cent) => {
    expect(parseBedragInvoer(tekst)).toBe(cent)
  })

  it('reads back every amount that we show', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), cent => {
        expect(parseBedragInvoer(formatEuro(cent))).toBe(cent)
      }),
    )
  })

  it.each([
    ['1.200', 1200],
    ['1 200', 1200],
    ['1 20', undefined],
    ['1 2 0 0', undefined],
    ['1200', 1200],
    ['-3', -3],
    ['1.20', undefined],
    ['1,5', undefined],
    ['veel', undefined],
  ])('number %j is %j', (tekst, getal) => {
    expect(parseGetalInvoer(tekst)).toBe(getal)
  })
})

describe('what people read', () => {
  it('is written the Dutch way', () => {
    expect(formatGetal(1234)).toBe('1.234')
    expect(formatPercentage(0.1234)).toBe('12,3%')
    expect(formatMoment(new Date('2026-01-31T23:30:00Z'))).toBe('01-02-2026 00:30')
  })
})

describe('an address', () => {
  it('changes, adds and drops parameters and keeps the rest in order', () => {
    expect(withQuery('/l?a=1&b=2', { a: '3' })).toBe('/l?a=3&b=2')
    expect(withQuery('/l?a=1&b=2', { a: undefined, c: 'x y' })).toBe('/l?b=2&c=x+y')
    expect(withQuery('/l?a=1', { a: '' })).toBe('/l')
    expect(withQuery('/l?a=1&a=2', { b: '3' })).toBe('/l?a=1&a=2&b=3')
  })

  it('sorts only by columns that exist', () => {
    expect(parseSortering('naam', ['naam'])).toEqual({ kolom: 'naam', richting: 'op' })
    expect(parseSortering('-naam', ['naam'])).toEqual({ kolom: 'naam', richting: 'af' })
    expect(parseSortering('naam; drop table x', ['naam'])).toBeNull()
    expect(parseSortering('', ['naam'])).toBeNull()
  })

  it.each([
    ['3', 3],
    ['0', null],
    ['-2', null],
    ['1e9', null],
    ['99999999', null],
  ])('page %j is %j', (tekst, pagina) => {
    expect(parsePagina(tekst)).toBe(pagina)
  })

  it('names a field the same by form name and by JSON pointer', () => {
    expect(veldId('kvk')).toBe(veldId('/kvk'))
    expect(veldId('/regels/0/bedrag')).toBe('veld-regels-0-bedrag')
  })
})
