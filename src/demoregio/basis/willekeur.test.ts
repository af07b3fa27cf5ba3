import { describe, expect, it } from 'vitest'
import { hash, Worp } from './willekeur.ts'

describe('random streams', () => {
  it('answer the same on every machine', () => {
    const worp = new Worp(1, 'traject', 'A-001', 'verloop')
    expect([worp.u32(), worp.u32(), worp.u32(), worp.getal(1000)]).toEqual([
      188340820, 4208862087, 3073799980, 951,
    ])
  })

  it('differ by seed, entity, id and purpose, and keep text and numbers apart', () => {
    const alle = [
      hash(1, 'a', 1, 'x'),
      hash(2, 'a', 1, 'x'),
      hash(1, 'b', 1, 'x'),
      hash(1, 'a', 2, 'x'),
      hash(1, 'a', 1, 'y'),
      hash(1, 'a', '1', 'x'),
      hash(1, 'a1', 'x'),
    ]
    expect(new Set(alle).size).toBe(alle.length)
  })

  it('spread evenly: no tenth is off by more than a twentieth', () => {
    const bakken = Array.from({ length: 10 }, () => 0)
    for (let id = 0; id < 100_000; id++) {
      const bak = new Worp(3, 'persoon', id, 'proef').getal(10)
      bakken[bak] = (bakken[bak] ?? 0) + 1
    }
    for (const n of bakken) expect(Math.abs(n - 10_000)).toBeLessThan(500)
  })

  it('draws by whole weights and never what weighs nothing', () => {
    const worp = new Worp(4, 'proef', 0, 'gewicht')
    const telling = [0, 0, 0]
    for (let i = 0; i < 40_000; i++) {
      const k = worp.gewogen([1, 0, 3])
      telling[k] = (telling[k] ?? 0) + 1
    }
    expect(telling[1]).toBe(0)
    expect((telling[2] ?? 0) / 40_000).toBeCloseTo(0.75, 1)
  })

  it('shuffles without losing anything', () => {
    const rij = Array.from({ length: 50 }, (_, i) => i)
    const geschud = new Worp(5, 'proef', 0, 'schud').schud(rij)
    expect(geschud).not.toEqual(rij)
    expect([...geschud].sort((a, b) => a - b)).toEqual(rij)
  })
})
