import { describe, expect, it } from 'vitest'
import { layoutWiel, moveFocus } from './rules.ts'

const afstand = ({ x, y }: { x: number; y: number }) => Math.hypot(x - 220, y - 220)

describe('layoutWiel', () => {
  it.each([[[6, 5, 5, 3]], [[2, 9]], [[1, 1, 1, 1, 1, 1]]])(
    'geeft elke vraag van %j een eigen plek in de ring',
    aantallen => {
      const wiel = layoutWiel(aantallen)
      expect(wiel.map(k => k.vakken.length)).toEqual(aantallen)
      const plekken = wiel.flatMap(k => k.vakken)
      for (const vak of plekken)
        expect([afstand(vak.nummer), afstand(vak.teken)].map(Math.round)).toEqual([162, 114])
      expect(new Set(plekken.map(v => v.pad)).size).toBe(plekken.length)
    },
  )
  it('begint rechtsboven en gaat met de klok mee', () => {
    const [eerste, tweede, derde, vierde] = layoutWiel([1, 1, 1, 1]).map(k => k.vakken[0])
    expect(
      [eerste, tweede, derde, vierde].map(v => [(v?.nummer.x ?? 0) > 220, (v?.nummer.y ?? 0) > 220]),
    ).toEqual([
      [true, false],
      [true, true],
      [false, true],
      [false, false],
    ])
  })
})

describe('moveFocus', () => {
  it.each([
    [0, 'ArrowRight', 1],
    [18, 'ArrowRight', 0],
    [0, 'ArrowLeft', 18],
    [4, 'Home', 0],
    [4, 'End', 18],
    [4, 'a', undefined],
  ])('van %i met %s naar %s', (huidig, toets, naar) => {
    expect(moveFocus(huidig, toets, 19)).toBe(naar)
  })
})
