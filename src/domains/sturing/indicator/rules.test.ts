import { describe, expect, it } from 'vitest'
import { indicatorVan, isCompleet, measure, type Optelling, vensterOp } from './rules.ts'

const OPTELLING: Optelling = {
  bedrag: 1_000_000,
  regels: 40,
  clienten: 12,
  topVijf: 750_000,
  inwoners: 4000,
  onderPlafond: 900_000,
  plafond: 1_200_000,
}

describe('het venster', () => {
  it.each([
    ['2026-11-22', '2025-08-01', '2026-07-31'],
    ['2026-03-01', '2024-12-01', '2025-11-30'],
    ['2026-05-31', '2025-02-01', '2026-01-31'],
  ])('op %s: de laatste twaalf complete maanden', (vandaag, vanaf, tot) => {
    expect(vensterOp(vandaag)).toEqual({ vanaf, tot })
  })

  it('is een jaar eerder dezelfde maanden', () => {
    expect(vensterOp('2026-11-22', 1)).toEqual({ vanaf: '2024-08-01', tot: '2025-07-31' })
  })

  it('bevat alleen maanden die compleet zijn', () => {
    expect([isCompleet('2026-07-01', '2026-11-22'), isCompleet('2026-08-01', '2026-11-22')]).toEqual([
      true,
      false,
    ])
  })
})

describe('meten', () => {
  it.each([
    ['uitgaven', 1_000_000],
    ['clienten', 12],
    ['kosten-per-client', 83_333],
    ['c5', 7500],
    ['per-inwoner', 250],
    ['plafond', 7500],
  ])('%s', (code, waarde) => {
    expect(measure(code, OPTELLING)).toEqual({ waarde })
    expect(indicatorVan(code)?.definitie).toContain('twaalf maanden')
  })

  it.each(['clienten', 'kosten-per-client'])('toont bij 9 personen geen %s, bij 10 wel', code => {
    expect(measure(code, { ...OPTELLING, clienten: 9 })).toEqual({
      reden: 'Minder dan 10 cliënten: dat tonen we niet.',
    })
    expect(measure(code, { ...OPTELLING, clienten: 10 })).toHaveProperty('waarde')
  })

  it('zegt waarom er niets is', () => {
    expect(measure('uitgaven', { ...OPTELLING, regels: 0 })).toHaveProperty('reden')
    expect(measure('plafond', { ...OPTELLING, plafond: 0 })).toHaveProperty('reden')
    expect(measure('per-inwoner', { ...OPTELLING, inwoners: 0 })).toHaveProperty('reden')
    expect(measure('verdwenen', OPTELLING)).toHaveProperty('reden')
  })
})
