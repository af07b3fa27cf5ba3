import { describe, expect, it } from 'vitest'
import type { Beeld } from './rules.ts'
import { formatBenut, sayBenutting, sayRuimte, wijziging, wijzigingVanAantal } from './teksten.ts'

const beeld = (compleet: number) => ({ compleet, filter: { jaar: 2026 } }) as Beeld

describe('a change, and what may be said of it', () => {
  it.each([
    [0.024, { richting: 'op', oordeel: 'neutraal', tekst: '2,4% meer dan in 2025 (januari t/m juli)' }],
    [0.0999, { richting: 'op', oordeel: 'neutraal', tekst: '10,0% meer dan in 2025 (januari t/m juli)' }],
    [0.1, { richting: 'op', oordeel: 'slecht', tekst: '10,0% meer dan in 2025 (januari t/m juli)' }],
    [-0.5, { richting: 'af', oordeel: 'neutraal', tekst: '50,0% minder dan in 2025 (januari t/m juli)' }],
    [0.0004, { richting: 'gelijk', tekst: 'even veel als in 2025' }],
    [null, undefined],
  ])('of %j', (deel, verwacht) => expect(wijziging(deel, beeld(7), 'op')).toEqual(verwacht))

  it('over a whole year names no months, and without complete months nothing is said', () => {
    expect(wijziging(0.2, beeld(12), 'op')?.tekst).toBe('20,0% meer dan in 2025')
    expect(wijziging(0.2, beeld(0), 'op')).toBeUndefined()
  })

  it('of persons that can be chance is about as many', () => {
    const tekst = 'ongeveer even veel als in 2025 (januari t/m juli)'
    expect(wijzigingVanAantal({ deel: 0.018, toeval: true }, beeld(7))).toEqual({ richting: 'gelijk', tekst })
    expect(wijzigingVanAantal({ deel: 0.101, toeval: false }, beeld(7))?.tekst).toMatch(/^10,1% meer dan/)
    expect(wijzigingVanAantal(null, beeld(7))).toBeUndefined()
  })
})

describe('an amount against a ceiling', () => {
  const MILJOEN = 100_000_000
  const heel = { besteed: 6 * MILJOEN, doorgerekend: 9 * MILJOEN, toegewezen: 12 * MILJOEN }
  const deels = { besteed: 4 * MILJOEN, doorgerekend: 7 * MILJOEN, toegewezen: 8 * MILJOEN }
  const stand = (plafond: number | null, binnen = heel) => ({
    ...heel,
    plafond,
    binnen,
    benutting: plafond === null || plafond === 0 ? null : binnen.besteed / plafond,
  })
  it.each([
    [
      'all of it has one',
      stand(8 * MILJOEN),
      '75,0% van het plafond van € 8,0 mln',
      '€ 1,0 mln boven het plafond, als',
      '75,0%',
    ],
    [
      'a part of it has one: no more is held against that',
      stand(8 * MILJOEN, deels),
      '€ 4,0 mln daarvan heeft een plafond: 50,0% van € 8,0 mln. € 2,0 mln heeft er geen.',
      '€ 7,0 mln daarvan heeft een plafond: € 1,0 mln onder dat, als',
      '50,0% (over € 4.000.000)',
    ],
    [
      'all that is claimed yet has one, and not all that was assigned',
      stand(8 * MILJOEN, { ...heel, toegewezen: 8 * MILJOEN }),
      '75,0% van het plafond van € 8,0 mln. Niet alles heeft een plafond.',
      '€ 9,0 mln daarvan heeft een plafond: € 1,0 mln boven dat, als',
      '75,0%',
    ],
    ['none has one', stand(null), undefined, 'Als het jaar', '–'],
    ['a ceiling of nothing', stand(0), 'Het plafond is € 0', '€ 9,0 mln boven het plafond, als', '–'],
  ])('%s', (_, rij, benutting, ruimte, cel) => {
    const kaal = (tekst: string | undefined) => tekst?.replaceAll('\u00a0', ' ')
    expect([kaal(sayBenutting(rij)), kaal(formatBenut(rij))]).toEqual([benutting, cel])
    expect(kaal(sayRuimte(rij))).toContain(ruimte)
  })
})
