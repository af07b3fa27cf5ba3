import { expect, test } from 'vitest'
import { versie } from '../../../../test/support/toewijzing.ts'
import { boekingenVan } from './actions.ts'

const PRIJZEN = {
  prijzen: [{ begin: '2025-01-01', eind: null, tarief: 7000 }],
  prijseenheid: '04',
  gestopt: [],
}
const waarde = (deel: Parameters<typeof versie>[0]) => ({
  gemeente: '0384',
  aanbiederId: 9,
  horizon: '2026-12-31',
  omvang: versie(deel),
  ...PRIJZEN,
})

test('what a state comes to is booked per month and segment: what it was less, what it is more', () => {
  const boeking = (maand: string, segmentId: number, toegewezen: number) => ({
    gemeente: '0384',
    aanbiederId: 9,
    maand,
    segmentId,
    toegewezen,
  })
  expect(boekingenVan([waarde({ segmentId: 4, eind: '2025-02-28' })], -1)).toEqual([
    boeking('2025-01-01', 4, -88_000),
    boeking('2025-02-01', 4, -112_000),
  ])
  expect(boekingenVan([waarde({ segmentId: 5, eind: '2025-01-31' })])).toEqual([
    boeking('2025-01-01', 5, 88_000),
  ])
  expect(boekingenVan([])).toEqual([])
})
