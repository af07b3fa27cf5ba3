import { describe, expect, it } from 'vitest'
import { tweedeMethode } from '../../../../test/support/beleid.ts'
import {
  depthOf,
  describeCirkel,
  listOnbeantwoord,
  listVakken,
  placeLabel,
  readRingen,
  wrap,
} from './rules.ts'

const VORM = {
  uitleg: 'Uitleg',
  domeinen: [
    { code: 'lichaam', naam: 'Lichamelijk functioneren' },
    { code: 'adl', naam: 'ADL' },
    { code: 'geld', naam: 'Financiën' },
    { code: 'netwerk', naam: 'Sociaal netwerk' },
  ],
  ringen: [
    { code: 'laag', naam: 'Laag' },
    { code: 'beperkt', naam: 'Beperkt' },
  ],
}

describe('for whom an offer is', () => {
  it.each([
    [{}, 'Dit aanbod stelt aan geen enkel levensdomein een grens: het is voor iedereen.'],
    [{ geld: 'laag' }, 'Dit aanbod is voor mensen die laag scoren op financiën.'],
    [
      { netwerk: 'laag', geld: 'laag', lichaam: 'laag' },
      'Dit aanbod is voor mensen die laag scoren op lichamelijk functioneren, financiën en sociaal netwerk.',
    ],
    [
      { adl: 'beperkt', geld: 'laag' },
      'Dit aanbod is voor mensen die laag scoren op financiën en hoogstens beperkt scoren op ADL.',
    ],
  ])('%j', (ringen, zin) => expect(describeCirkel(VORM, { ringen })).toBe(zin))
})

describe('what a form says', () => {
  const keuze = (velden: Record<string, string>) => (domein: string) => velden[domein]
  it('keeps only domains and rings of the method', () =>
    expect(readRingen(VORM, keuze({ geld: 'laag', adl: 'niet', vreemd: 'laag', netwerk: 'hoog' }))).toEqual({
      ringen: { geld: 'laag' },
    }))
  it('asks for a choice in every domain', () =>
    expect(
      listOnbeantwoord(VORM, keuze({ lichaam: 'laag', adl: 'niet', geld: 'zomaar' })).map(d => d.code),
    ).toEqual(['geld', 'netwerk']))
})

describe('the picture', () => {
  it('has a part for every domain and ring of any method', () => {
    const { domeinen, ringen } = tweedeMethode().cirkel
    const vakken = listVakken(domeinen.length, ringen.length, 100)
    expect(vakken).toHaveLength(14 * 5)
    for (const { pad } of vakken) expect(pad).not.toMatch(/NaN|Infinity/)
  })
  it('is filled from the inside up to the chosen ring', () => {
    const cirkel = { ringen: { geld: 'beperkt', adl: 'laag' } }
    expect(['geld', 'adl', 'netwerk'].map(code => depthOf(VORM, cirkel, code))).toEqual([2, 1, 0])
  })
  it('has its names outside: the first on top, the rest clockwise', () => {
    expect(placeLabel(0, 4, 100)).toEqual({ x: 0, y: -100, anker: 'middle' })
    expect(placeLabel(1, 4, 100)).toEqual({ x: 100, y: -0, anker: 'start' })
    expect(placeLabel(3, 4, 100)).toMatchObject({ x: -100, anker: 'end' })
  })
  it.each([
    ['Sociaal netwerk', ['Sociaal', 'netwerk']],
    ['ADL', ['ADL']],
    ['Multidisciplinariteit nu', ['Multidiscipl', 'inariteit nu']],
  ])('breaks %s in lines that fit', (naam, regels) => expect(wrap(naam, 13)).toEqual(regels))
})
