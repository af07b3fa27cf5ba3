import { describe, expect, test } from 'vitest'
import { describeTak, geldendePlafonds, makeBoom, makeGedekt, metOnder } from './boom.ts'
import type { Segment } from './feiten.ts'

/** Jeugd (1) over Ambulant (2) and Verblijf (3), Pleegzorg (4) under Verblijf; Wmo (5) by itself. */
const segment = (segmentId: number, naam: string, ouderId: number | null): Segment => ({
  segmentId,
  code: naam.toLowerCase(),
  naam,
  omschrijving: '',
  wet: 'jw',
  ouderId,
  huishoudelijk: false,
})
const [JEUGD, AMBULANT, VERBLIJF, PLEEG, WMO] = [
  segment(1, 'Jeugd', null),
  segment(2, 'Ambulant', 1),
  segment(3, 'Verblijf', 1),
  segment(4, 'Pleegzorg', 3),
  segment(5, 'Wmo', null),
] as const
/** As they stand in the register: one that hangs under another can come before it. */
const ALLE = [PLEEG, WMO, JEUGD, AMBULANT, VERBLIJF]
const plafond = (segmentId: number, bedrag: number, gemeente = 'A') => ({ gemeente, segmentId, bedrag })
const boom = makeBoom(ALLE)
const tak = (id: number) => {
  const found = boom.takken.find(t => t.segment.segmentId === id)
  if (!found) throw new Error('no such segment')
  return found
}

describe('segments as a tree', () => {
  test('each before those below it, with how deep it hangs and all it takes in', () =>
    expect(boom.takken.map(t => [t.segment.naam, t.niveau, [...t.metOnder].sort()])).toEqual([
      ['Wmo', 0, [5]],
      ['Jeugd', 0, [1, 2, 3, 4]],
      ['Ambulant', 1, [2]],
      ['Verblijf', 1, [3, 4]],
      ['Pleegzorg', 2, [4]],
    ]))
  test('one segment is asked with those below it', () => {
    expect(metOnder(VERBLIJF, ALLE)).toEqual([VERBLIJF, PLEEG])
    expect(metOnder(WMO, ALLE)).toEqual([WMO])
  })
  test('what hangs under a segment that is not asked stands on top', () =>
    expect(makeBoom([VERBLIJF, PLEEG]).takken.map(t => [t.niveau, t.ouder?.naam])).toEqual([
      [0, undefined],
      [1, 'Verblijf'],
    ]))
})

describe('ceilings', () => {
  test.each<[string, ReturnType<typeof plafond>[], number]>([
    ['beside each other: both', [plafond(2, 10), plafond(5, 20)], 30],
    ['above and below: that above, once', [plafond(1, 100), plafond(2, 10), plafond(4, 5)], 100],
    ['halfway: that one and those beside it', [plafond(3, 50), plafond(4, 5), plafond(2, 10)], 60],
    ['of another municipality: that covers nothing here', [plafond(1, 100, 'A'), plafond(2, 10, 'B')], 110],
  ])('%s', (_, plafonds, som) =>
    expect(geldendePlafonds(plafonds, boom).reduce((n, { bedrag }) => n + bedrag, 0)).toBe(som),
  )
  test('cover all below them, in their own municipality', () => {
    const gedekt = makeGedekt([plafond(3, 50)], boom)
    const op = (segmentId: number, gemeente = 'A') => gedekt({ gemeente, segmentId })
    expect([op(3), op(4), op(4, 'B'), op(1), op(2)]).toEqual([true, true, false, false, false])
  })
})

test.each<[string, number, ReturnType<typeof plafond>[], string | undefined]>([
  ['by itself', 5, [plafond(5, 1)], undefined],
  ['over others without a ceiling', 1, [], 'Met de 3 segmenten eronder.'],
  [
    'over one with a ceiling',
    3,
    [plafond(4, 1)],
    'Met het segment eronder. Het plafond is de som van die eronder. Valt onder Jeugd.',
  ],
  [
    'both have one',
    1,
    [plafond(1, 9), plafond(2, 1)],
    'Met de 3 segmenten eronder. Het plafond van dit segment telt, in plaats van die eronder.',
  ],
  [
    'the one above has one too',
    2,
    [plafond(1, 9), plafond(2, 1)],
    'Valt onder Jeugd. Dit plafond telt in het totaal niet nog eens mee.',
  ],
  ['the one above has one elsewhere', 2, [plafond(1, 9, 'B'), plafond(2, 1)], 'Valt onder Jeugd.'],
])('a row says what it takes in and which ceiling counts: %s', (_, id, plafonds, zin) =>
  expect(describeTak(tak(id), plafonds, boom)).toBe(zin),
)

test('a ceiling of another municipality below it is not told to be replaced', () =>
  expect(describeTak(tak(3), [plafond(3, 100, 'A'), plafond(4, 50, 'B')], boom)).not.toContain(
    'in plaats van',
  ))
