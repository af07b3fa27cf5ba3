import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeBeweging, LEEG, move, readPlek } from './rules.ts'
import { arrow, draw, MAAT, placeAt, placeLabels, STRAAL } from './tekening.ts'

const ROLLEN = ['regie', 'loslaten']

describe('a place as typed', () => {
  it.each([
    [{ x: '3', y: '10', rol: 'regie' }, { plek: { x: 3, y: 10, rol: 'regie' } }],
    [{ x: ' 0 ', y: '0', rol: '' }, { plek: { x: 0, y: 0, rol: '' } }],
    [{ x: '', y: '', rol: '' }, { plek: null }],
    [{ x: '11', y: '1', rol: '' }, expect.objectContaining({ veld: 'x' })],
    [{ x: '1', y: '', rol: '' }, expect.objectContaining({ veld: 'y' })],
    [{ x: '1,5', y: '1', rol: '' }, expect.objectContaining({ veld: 'x' })],
    [{ x: '', y: '', rol: 'regie' }, expect.objectContaining({ veld: 'x' })],
    [{ x: '1', y: '1', rol: 'onzin' }, expect.objectContaining({ veld: 'rol' })],
  ])('%j', (invoer, gelezen) => expect(readPlek(invoer, ROLLEN)).toEqual(gelezen))
})

describe('the movement in words', () => {
  const plek = (x: number, y: number) => ({ x, y, rol: '' })
  it.each([
    [LEEG, 'Nog niet geplaatst'],
    [{ nu: plek(1, 1), wens: null }, 'Nog geen gewenste plek'],
    [{ nu: null, wens: plek(1, 1) }, 'Nieuw op de kaart'],
    [{ nu: plek(2, 2), wens: plek(2, 2) }, 'Blijft waar het is'],
    [{ nu: plek(2, 2), wens: plek(3, 5) }, '1 stap naar preventief en 3 stappen naar zelfredzaam'],
    [{ nu: plek(5, 5), wens: plek(4, 5) }, '1 stap naar curatief'],
    [{ nu: plek(5, 5), wens: plek(5, 3) }, '2 stappen naar afhankelijk'],
  ])('%j', (verschuiving, woorden) => expect(describeBeweging(verschuiving)).toBe(woorden))
})

describe('arrow keys', () => {
  it.each([
    ['ArrowRight', { x: 6, y: 10 }],
    ['ArrowLeft', { x: 4, y: 10 }],
    ['ArrowUp', { x: 5, y: 10 }],
    ['ArrowDown', { x: 5, y: 9 }],
    ['Enter', undefined],
  ])('%s', (toets, naar) => expect(move({ x: 5, y: 10 }, toets)).toEqual(naar))
})

describe('the drawing', () => {
  const punten = fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      soort: fc.constantFrom('nu' as const, 'wens' as const),
      x: fc.integer({ min: 0, max: 10 }),
      y: fc.integer({ min: 0, max: 10 }),
    }),
    { maxLength: 24 },
  )
  it('keeps every dot inside the picture, and a lone dot where it was put', () => {
    fc.assert(
      fc.property(punten, rij => {
        for (const p of draw(rij)) {
          expect(Math.min(p.cx, p.cy)).toBeGreaterThan(STRAAL)
          expect(Math.max(p.cx, p.cy)).toBeLessThan(MAAT - STRAAL)
        }
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), (x, y) => {
        const [punt] = draw([{ id: 1, soort: 'nu', x, y }])
        expect(placeAt((punt?.cx ?? 0) / MAAT, (punt?.cy ?? 0) / MAAT)).toEqual({ x, y })
      }),
    )
  })
  it('spreads dots on the same place', () => {
    const getekend = draw([1, 2, 3].map(id => ({ id, soort: 'nu', x: 5, y: 5 }) as const))
    expect(new Set(getekend.map(p => `${p.cx},${p.cy}`)).size).toBe(3)
  })
  it('draws no arrow where two dots touch', () => {
    const [a, b] = draw([
      { id: 1, soort: 'nu', x: 5, y: 5 },
      { id: 1, soort: 'wens', x: 5, y: 5 },
    ])
    expect(a && b && arrow(a, b)).toBeUndefined()
  })
  it('leaves a name out rather than cover another or a dot', () => {
    const vol = draw(
      Array.from({ length: 12 }, (_, i) => ({ id: i + 1, soort: 'wens', x: 5, y: 5 }) as const),
    )
    const namen = new Map(vol.map(({ id }) => [id, `Aanbod nummer ${id}`]))
    const labels = placeLabels(vol, namen)
    expect(labels.length).toBeLessThan(12)
    expect(new Set(labels.map(l => `${l.x} ${l.y}`)).size).toBe(labels.length)
  })

  it('puts no name across an arrow', () => {
    const twee = draw([
      { id: 1, soort: 'nu', x: 2, y: 2 },
      { id: 1, soort: 'wens', x: 2, y: 4 },
      { id: 2, soort: 'nu', x: 3, y: 4 },
      { id: 2, soort: 'wens', x: 6, y: 5 },
    ])
    const [een, ander] = placeLabels(
      twee,
      new Map([
        [1, 'Begeleiding individueel'],
        [2, 'Begeleiding in een groep'],
      ]),
    )
    const plek = (id: number) => twee.find(p => p.id === id && p.soort === 'wens')
    // The arrow of the first comes from below, that of the second from the left: both names go above their dot.
    expect(een?.y).toBeLessThan((plek(1)?.cy ?? 0) - STRAAL)
    expect(ander?.y).toBeLessThan((plek(2)?.cy ?? 0) - STRAAL)
  })
})
