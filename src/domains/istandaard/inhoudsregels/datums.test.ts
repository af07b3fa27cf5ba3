import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { berichtVan, datumsIn, MODELLEN } from '../../../../test/support/berichten.ts'
import type { Bericht } from '../model/bericht.ts'
import type { Berichtmodel } from '../model/boom.ts'
import { checkBytes } from '../xml/controleer.ts'
import { writeBericht } from '../xml/schrijven.ts'
import { DATUMREGELS } from './datums.ts'

const EIGEN = new Set(DATUMREGELS.map(regel => regel.code))

/** Valid for the schema, and outside what any date in a message can be. */
const ONMOGELIJK = [
  '-9999-01-01',
  '-0001-01-01',
  '0001-01-01',
  '10000-01-01',
  '5874898-01-01',
  '999999999-12-31',
]

const bevindingenOp = (bericht: Bericht, pad: string) =>
  checkBytes(Buffer.from(writeBericht(bericht))).bevindingen.filter(b => EIGEN.has(b.regel) && b.pad === pad)

/** Filled in as anyone would: no date that is out of bounds. */
const gewoon = (model: Berichtmodel) =>
  berichtVan(model).map(bericht => {
    for (const { element, zet } of datumsIn(model, bericht))
      zet(element === 'Datum' ? '1980-05-06' : '2025-05-06')
    return bericht
  })

describe('elke datum van elk bericht', () => {
  it.each(MODELLEN)(
    '$naam: een jaar dat niet kan, krijgt op zijn plaats een zin; een gewone dag niet',
    model => {
      fc.assert(
        fc.property(gewoon(model), fc.constantFrom(...ONMOGELIJK), fc.nat(), (bericht, onmogelijk, keuze) => {
          const datums = datumsIn(model, bericht)
          for (const { pad } of datums) expect(bevindingenOp(bericht, pad)).toEqual([])
          const gekozen = datums[keuze % datums.length]
          if (gekozen === undefined) throw new Error('een bericht zonder datum')
          gekozen.zet(onmogelijk)
          const [bevinding, ...meer] = bevindingenOp(bericht, gekozen.pad)
          expect(meer).toEqual([])
          expect(bevinding?.melding).toMatch(/^De .* ligt niet tussen \d{4} en \d{4}\. Vul .*\.$/)
          expect(bevinding?.melding).not.toContain(onmogelijk)
        }),
        { numRuns: 60 },
      )
    },
  )
})

describe('de randen', () => {
  it.each([
    ['Dagtekening', '2014-12-31', false],
    ['Dagtekening', '2015-01-01', true],
    ['Dagtekening', '2099-12-31', true],
    ['Dagtekening', '2100-01-01', false],
    ['Toewijzingsdatum', '2014-12-31', false],
    ['Toewijzingsdatum', '2015-01-01', true],
    ['Datum', '1899-12-31', false],
    ['Datum', '1900-01-01', true],
    ['Ingangsdatum', '1999-12-31', false],
    ['Ingangsdatum', '2000-01-01', true],
    ['Ingangsdatum', '2100-01-01', false],
    ['Einddatum', '1999-12-31', false],
    ['Einddatum', '9999-12-31', true],
  ])('een 301 met %s %s mag: %s', (element, datum, mag) => {
    const model = MODELLEN.find(({ naam }) => naam === 'JW301')
    if (model === undefined) throw new Error('geen model')
    fc.assert(
      fc.property(
        gewoon(model).filter(b =>
          datumsIn(model, b).some(d => d.element === element && !d.pad.includes('/Periode/')),
        ),
        bericht => {
          const plek = datumsIn(model, bericht).find(
            d => d.element === element && !d.pad.includes('/Periode/'),
          )
          plek?.zet(datum)
          expect(bevindingenOp(bericht, plek?.pad ?? '').length).toBe(mag ? 0 : 1)
        },
      ),
      { numRuns: 5 },
    )
  })
})
