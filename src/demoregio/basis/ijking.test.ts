import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ijkrapport, makeRegio } from '../index.ts'
import { dalend, divideAtLeastOne, jeugdaandelen, passend, wmoaandelen } from './ijking.ts'

const som = (rij: readonly number[]) => rij.reduce((a, b) => a + b, 0)

describe('market shares of document 003', () => {
  it('youth: 155 falling shares, five hold half, the 133 smallest a quarter', () => {
    const aandelen = jeugdaandelen()
    expect(aandelen).toHaveLength(155)
    expect(som(aandelen)).toBeCloseTo(100, 6)
    expect(aandelen.every((x, i) => i === 0 || x <= (aandelen[i - 1] ?? 0))).toBe(true)
    expect(som(aandelen.slice(0, 5))).toBeCloseTo(50, 6)
    expect(som(aandelen.slice(-133))).toBeCloseTo(25, 6)
  })

  it('Wmo: 87 shares, seven hold half, nineteen 80 percent and still the 72 smallest a quarter', () => {
    const aandelen = wmoaandelen()
    expect(aandelen).toHaveLength(87)
    expect(som(aandelen.slice(0, 7))).toBeCloseTo(50, 6)
    expect(som(aandelen.slice(0, 19))).toBeCloseTo(80, 6)
    expect(som(aandelen.slice(-72))).toBeCloseTo(25, 6)
    expect(Math.max(...aandelen)).toBeLessThan(15)
  })
})

describe('the arithmetic of calibration', () => {
  it('a falling row keeps its sum and its ratio', () => {
    const rij = dalend(8, 2, 3, 70)
    expect(som(rij)).toBeCloseTo(70, 9)
    expect((rij[0] ?? 0) / (rij[2] ?? 1)).toBeCloseTo(4, 6)
  })

  it('fits rows and columns and leaves empty cells empty', () => {
    const cel = passend(
      [
        [1, 1, 0],
        [1, 1, 1],
      ],
      [60, 40],
      [50, 30, 20],
    )
    expect(cel[0]?.[2]).toBe(0)
    expect(cel.map(som)).toEqual([expect.closeTo(60, 4), expect.closeTo(40, 4)])
    expect([0, 1, 2].map(j => som(cel.map(r => r[j] ?? 0)))).toEqual(
      [50, 30, 20].map(x => expect.closeTo(x, 6)),
    )
  })

  it('gives every cell at least one and sums exactly', () => {
    expect(som(divideAtLeastOne(397, [80, 10, 0.1, 0, 5]))).toBe(397)
    expect(divideAtLeastOne(397, [80, 10, 0.1, 0, 5])[2]).toBe(1)
    expect(divideAtLeastOne(397, [80, 10, 0.1, 0, 5])[3]).toBe(0)
  })
})

describe('the region hits its targets', () => {
  for (const [schaal, seed] of [
    [0.1, 1],
    [0.25, 11],
    [0.5, 5],
  ] as const) {
    const opties = { seed, schaal, jaren: 'verschoven', peildatum: '2026-11-22' } as const
    it(`at scale ${schaal}, seed ${seed}`, { timeout: 600_000 }, () => {
      const regels = ijkrapport(makeRegio(opties), schaal)
      expect(regels.length).toBeGreaterThan(50)
      expect(regels.filter(r => !r.goed)).toEqual([])
    })
  }

  it('at full scale, seed 1, the same to the cent every time (golden hash)', { timeout: 600_000 }, () => {
    const regio = makeRegio({ seed: 1, schaal: 1, jaren: 'verschoven', peildatum: '2026-11-22' })
    expect(ijkrapport(regio, 1).filter(r => !r.goed)).toEqual([])
    const tekst = JSON.stringify([regio.referentie, regio.verwijzingen, regio.waarheid])
    expect(createHash('sha256').update(tekst).digest('hex')).toBe(
      'fab6e23a3f09fbc22546d94aa1997db4f791b0cb458593c915b99d7249a734dd',
    )
  })

  it('in its original years too', () => {
    const regio = makeRegio({ seed: 1, schaal: 0.1, jaren: 'origineel', peildatum: '2020-12-31' })
    expect(regio.referentie.ankerjaar).toBe(2018)
    expect(ijkrapport(regio, 0.1).filter(r => !r.goed)).toEqual([])
  })
})
