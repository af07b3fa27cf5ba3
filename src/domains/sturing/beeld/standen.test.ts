import { describe, expect, it } from 'vitest'
import type { Stand } from './rules.ts'
import { exceptionsFirst, plafondstandOf, toDeel } from './standen.ts'

/** A row of which `doorgerekend` euros are expected under a ceiling of 100, hanging under `ouder`. */
const rij = (
  sleutel: string,
  binnen: Omit<Stand['binnen'], 'toegewezen'>,
  { plafond = 100, ouder = null }: { plafond?: number | null; ouder?: string | null } = {},
) => ({ sleutel, naam: sleutel, plafond, ouder, niveau: ouder === null ? 0 : 1, binnen }) as Stand

const binnen = rij('binnen', { besteed: 50, doorgerekend: 90 })
const over = rij('over', { besteed: 101, doorgerekend: 101 })
const veelOver = rij('veelOver', { besteed: 300, doorgerekend: 300 })
const dreigt = rij('dreigt', { besteed: 50, doorgerekend: 1000 })
const zonder = rij('zonder', { besteed: 5000, doorgerekend: 9000 }, { plafond: null })

it('what is told of a row is of what its ceiling covers, and that this is not all of it', () => {
  const heel = { besteed: 50, doorgerekend: 90, toegewezen: 10 }
  const deelVan = (binnen: Stand['binnen'], plafond: number | null = 100) => {
    const { besteed, doorgerekend, deels } = toDeel({ ...rij('x', binnen, { plafond }), ...heel }) as {
      besteed: number
      doorgerekend: number
      deels?: boolean
    }
    return [besteed, doorgerekend, deels]
  }
  expect(deelVan(heel)).toEqual([50, 90, false])
  expect(deelVan({ ...heel, besteed: 40 })).toEqual([40, 90, true])
  expect(deelVan({ ...heel, doorgerekend: 80 })).toEqual([50, 80, true])
  // Nothing of it is claimed yet.
  expect(deelVan({ ...heel, toegewezen: 9 })).toEqual([50, 90, true])
  expect(deelVan({ ...heel, besteed: 0 }, null)).toEqual([50, 90, undefined])
})

describe('the exception first', () => {
  it('what is covered by the ceiling is held against it', () =>
    expect([binnen, over, dreigt, zonder].map(plafondstandOf)).toEqual(['binnen', 'over', 'dreigt', null]))

  it('beyond goes before on its way, the fullest first, and the rest keeps its order', () =>
    expect(exceptionsFirst([zonder, dreigt, binnen, over, veelOver]).map(r => r.sleutel)).toEqual([
      'veelOver',
      'over',
      'dreigt',
      'zonder',
      'binnen',
    ]))

  it('the fullest is the one that goes furthest beyond its own ceiling, as a share of it', () => {
    const groot = rij('groot', { besteed: 900, doorgerekend: 1100 }, { plafond: 1000 })
    const klein = rij('klein', { besteed: 5, doorgerekend: 20 }, { plafond: 10 })
    const iets = rij('iets', { besteed: 90, doorgerekend: 105 })
    expect(exceptionsFirst([iets, groot, klein]).map(r => r.sleutel)).toEqual(['klein', 'groot', 'iets'])
  })

  it('a row stays under the one it hangs under, and takes that along', () => {
    const top = rij('top', { besteed: 1, doorgerekend: 2 })
    const onder = rij('onder', { besteed: 200, doorgerekend: 200 }, { ouder: 'top' })
    const naast = rij('naast', { besteed: 1, doorgerekend: 2 }, { ouder: 'top' })
    expect(exceptionsFirst([binnen, dreigt, top, naast, onder]).map(r => r.sleutel)).toEqual([
      'top',
      'onder',
      'naast',
      'dreigt',
      'binnen',
    ])
  })

  it('a row of which the one above is not in the selection stands on top', () =>
    expect(
      exceptionsFirst([binnen, rij('los', { besteed: 101, doorgerekend: 1 }, { ouder: 'elders' })]).map(
        r => r.sleutel,
      ),
    ).toEqual(['los', 'binnen']))
})
