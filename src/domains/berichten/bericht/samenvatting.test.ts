import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { berichtVan, MODELLEN } from '../../../../test/support/berichten.ts'
import { declaratiebericht, toewijzingsbericht } from '../../../../test/support/regio.ts'
import { summariseBericht } from './samenvatting.ts'

const PARTIJEN = { gemeente: 'Aarveld', aanbieder: 'Zorggroep Eikenrode' }

describe('summariseBericht', () => {
  it.each(MODELLEN.map(model => [model.naam, model] as const))(
    '%s is altijd in één zin te zeggen, met rijen die bij hun koppen passen',
    (_naam, model) => {
      fc.assert(
        fc.property(berichtVan(model), bericht => {
          const { zin, lijst, feiten } = summariseBericht(bericht, PARTIJEN)
          expect(zin).toMatch(/^(Gemeente Aarveld|Zorggroep Eikenrode) .*\.$/)
          for (const rij of lijst?.rijen ?? []) expect(rij).toHaveLength(lijst?.namen.length ?? 0)
          for (const [, waarde] of feiten) expect(waarde).not.toMatch(/undefined|\[object|NaN/)
        }),
        { numRuns: 15, seed: 7 },
      )
    },
  )

  it('noemt de omvang in woorden, en geld in euro’s', () => {
    const omvang = (o: { volume: number; eenheid: string; frequentie: string }) =>
      summariseBericht(
        toewijzingsbericht({ identificatie: 'T', nummer: 1, product: { omvang: o } }),
        PARTIJEN,
      ).lijst?.rijen[0]?.[4]
    expect(omvang({ volume: 3, eenheid: '04', frequentie: '2' })).toBe('3 × uur, per week')
    expect(omvang({ volume: 30_000, eenheid: '83', frequentie: '2' })).toBe('€\u00a0300,00, per week')
  })

  it('zegt bij een negatief totaal dat er wordt verrekend', () => {
    const regels = [{ nummer: 1, referentie: 'R2', crediteert: 'R1', volume: 1 }]
    const { zin } = summariseBericht(declaratiebericht({ identificatie: 'D', nummer: 'N', regels }), PARTIJEN)
    expect(zin).toBe('Zorggroep Eikenrode verrekent €\u00a090,00 met gemeente Aarveld over februari 2026.')
  })
})
