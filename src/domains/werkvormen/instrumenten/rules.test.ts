import { describe, expect, it } from 'vitest'
import { describeWeging, placeInstrument, readScore, sides } from './rules.ts'

const criterium = (code: string, naam: string) => ({ code, naam, vraag: '?', links: 'l', rechts: 'r' })
const MIX = {
  uitleg: 'Uitleg',
  criteria: [criterium('a', 'Effect'), criterium('b', 'Omvang'), criterium('c', 'Toegang')],
  instrumenten: [
    { code: 's', naam: 'Subsidie' },
    { code: 'o', naam: 'Open house' },
    { code: 'i', naam: 'Inkoop' },
  ],
}

describe('what the scores say', () => {
  it.each([
    [{}, 'Er is nog niets gewogen.'],
    [{ a: 1, b: 2, c: 2 }, 'Naar de kant van subsidie wijzen: effect, omvang en toegang.'],
    [
      { a: 1, b: 5 },
      'Naar de kant van subsidie wijzen: effect. Naar de kant van inkoop wijzen: omvang. Nog open: toegang.',
    ],
    [{ a: 3, b: 3, c: 3 }, 'In het midden: effect, omvang en toegang.'],
  ])('%j', (scores, woorden) => expect(describeWeging(MIX, scores)).toBe(woorden))

  it('counts every criterion on exactly one side', () => {
    const { links, midden, rechts, open } = sides(MIX, { a: 2, b: 3 })
    expect([links, midden, rechts, open]).toEqual([['Effect'], ['Omvang'], [], ['Toegang']])
  })
})

describe('a step', () => {
  it.each([
    ['', undefined],
    ['1', 1],
    ['5', 5],
    ['0', null],
    ['6', null],
    ['2,5', null],
  ])('%j', (tekst, stap) => expect(readScore(tekst)).toBe(stap))
})

describe('the instruments along the scale', () => {
  it.each([
    [2, [1, 5]],
    [3, [1, 3, 5]],
    [5, [1, 2, 3, 4, 5]],
  ])('%i of them', (aantal, plekken) =>
    expect(Array.from({ length: aantal }, (_, i) => placeInstrument(i, aantal))).toEqual(plekken),
  )
})
