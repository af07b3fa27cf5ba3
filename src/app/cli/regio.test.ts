import { describe, expect, it } from 'vitest'
import { readRegioOpties } from './regio.ts'

describe('options of samenhang regio', () => {
  it('without options: seed 1, a tenth, years shifted to today', () => {
    expect(readRegioOpties({}, '2026-11-22')).toEqual({
      seed: 1,
      schaal: 0.1,
      jaren: 'verschoven',
      peildatum: '2026-11-22',
    })
  })

  it('the original years end when their last message is in', () => {
    expect(readRegioOpties({ jaren: 'origineel' }, '2026-11-22')).toMatchObject({ peildatum: '2020-12-31' })
  })

  it.each([
    [{ seed: '1.5' }, '--seed'],
    [{ schaal: '0.05' }, '--schaal'],
    [{ schaal: 'groot' }, '--schaal'],
    [{ schaal: '11' }, '--schaal'],
    [{ jaren: 'straks' }, '--jaren'],
    [{ peildatum: '2026-02-30' }, '--peildatum'],
  ])('refuses %j with a sentence that names the option', (waarden, optie) => {
    expect(readRegioOpties(waarden, '2026-11-22')).toContain(optie)
  })
})
