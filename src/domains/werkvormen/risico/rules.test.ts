import { describe, expect, it } from 'vitest'
import { countCellen, coverage, listBereik, readAantal, readCellen } from './rules.ts'

const MATRIX = {
  uitleg: 'Uitleg',
  noot: 'Noot',
  groepen: [
    { code: 'oud', naam: 'Ouderen' },
    { code: 'jong', naam: 'Jongeren' },
    { code: 'mantel', naam: 'Mantelzorgers' },
  ],
  factoren: [
    { code: 'geld', naam: 'Schulden' },
    { code: 'huis', naam: 'Woning' },
  ],
}

describe('the ticks of a form', () => {
  it('keep only what the method knows', () => {
    const vinkjes: Record<string, string[]> = { oud: ['huis', 'vreemd', 'geld'], vreemd: ['geld'], jong: [] }
    const keuze = readCellen(MATRIX, groep => vinkjes[groep] ?? [])
    expect(keuze).toEqual({ cellen: { oud: ['geld', 'huis'] } })
    expect(countCellen(MATRIX, keuze)).toBe(2)
  })
})

describe('all offers together', () => {
  const ingevuld = [
    { naam: 'A', keuze: { cellen: { oud: ['geld'] } } },
    { naam: 'B', keuze: { cellen: { oud: ['geld'], jong: ['geld'] } } },
  ]
  it('show who nobody reaches and where several do the same', () => {
    expect(coverage(MATRIX, ingevuld)).toEqual({
      groepenZonder: ['Mantelzorgers'],
      factorenZonder: ['Woning'],
      overlap: [{ groep: 'Ouderen', factor: 'Schulden', aanbod: ['A', 'B'] }],
    })
    expect(listBereik(ingevuld, 'oud')).toEqual(['A', 'B'])
  })
  it('miss everyone when nothing is filled in', () => {
    const { groepenZonder, factorenZonder, overlap } = coverage(MATRIX, [])
    expect([groepenZonder.length, factorenZonder.length, overlap.length]).toEqual([3, 2, 0])
  })
})

describe('a number of residents', () => {
  it.each([
    ['', null],
    ['0', 'klein'],
    ['9', 'klein'],
    ['10', 10],
    ['< 10', 'klein'],
    ['Minder dan 10', 'klein'],
    ['1.234', 1234],
    ['1000000', 1_000_000],
    ['1000001', undefined],
    ['12,5', undefined],
    ['-3', undefined],
    ['veel', undefined],
  ])('%j is %j', (tekst, verwacht) => expect(readAantal(tekst)).toBe(verwacht))
})
