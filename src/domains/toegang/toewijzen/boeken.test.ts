import { expect, test } from 'vitest'
import { versie } from '../../../../test/support/toewijzing.ts'
import { verwijzing } from './actions.ts'

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
