import { expect, test } from 'vitest'
import { versie } from '../../../../test/support/toewijzing.ts'
import { difference, verwijzing } from './actions.ts'

const HIER = { gemeente: '0384', aanbiederId: 9, verwijzer: '01' }

test.each([1, -1] as const)(
  'a first state counts %i for its referrer, in the month and segment in which it begins',
  aantal =>
    expect(verwijzing(HIER, versie({ ingang: '2025-02-17', segmentId: 4 }), aantal)).toEqual([
      { gemeente: '0384', maand: '2025-02-01', segmentId: 4, verwijzer: '01', aantal },
    ]),
)
test.each([
  ['a later state', undefined],
  ['one outside every segment', versie({ segmentId: null })],
])('%s counts for no referrer', (_, eerste) => expect(verwijzing(HIER, eerste, 1)).toEqual([]))

test('a change books what it was less and what it is more, per month and segment', () => {
  const oud = { versie: versie({ segmentId: 4, eind: '2025-02-28' }), horizon: '2026-12-31' }
  const nieuw = { versie: versie({ segmentId: 5, eind: '2025-01-31' }), horizon: '2026-12-31' }
  const boeking = (maand: string, segmentId: number, toegewezen: number) => ({
    gemeente: '0384',
    aanbiederId: 9,
    maand,
    segmentId,
    toegewezen,
  })
  const eraf = [boeking('2025-01-01', 4, -88_000), boeking('2025-02-01', 4, -112_000)]
  const erbij = [boeking('2025-01-01', 5, 88_000)]
  expect(difference(HIER, oud, nieuw)).toEqual([...eraf, ...erbij])
  expect(difference(HIER, oud, undefined)).toEqual(eraf)
  expect(difference(HIER, undefined, nieuw)).toEqual(erbij)
  expect(difference(HIER, undefined, undefined)).toEqual([])
})
