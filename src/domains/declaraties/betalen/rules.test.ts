import { describe, expect, it } from 'vitest'
import { type Betaling, checkVastleggen, totaalVan } from './rules.ts'

const BETALING: Betaling = {
  gemeente: '9101',
  betalingId: 1,
  declaratieId: 1,
  aanbiederId: 1,
  bedrag: 90_000,
  dagtekening: '2026-03-05',
  betaaldOp: null,
  regel: null,
}
const velden = (...args: Parameters<typeof checkVastleggen>) => checkVastleggen(...args).map(b => b.pad)

describe('checkVastleggen', () => {
  it.each([
    ['2026-03-16', []],
    ['2026-03-05', []],
    ['2026-03-04', ['datum']],
    ['2026-03-17', ['datum']],
    [undefined, ['datum']],
  ])('betaald op %s: %j', (dag, pad) => expect(velden([BETALING], dag, '2026-03-16')).toEqual(pad))

  it('noemt alles wat er mis is tegelijk', () => {
    expect(velden([], undefined, '2026-03-16')).toEqual(['betaling', 'datum'])
  })
})

it('trekt af wat te verrekenen is', () => {
  expect(totaalVan([{ bedrag: 90_000 }, { bedrag: -15_050 }])).toBe(74_950)
})
