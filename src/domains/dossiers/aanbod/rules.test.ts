import { describe, expect, it } from 'vitest'
import { gatenEnOverlap, type Telbaar, totalen } from './rules.ts'

const AANBOD: Telbaar = {
  naam: 'Hulp bij het huishouden',
  aard: 'curatief',
  toegang: 'geindiceerd',
  instrument: 'open-house',
  doelgroep: 'Ouderen',
  bewijs: 'onbekend',
  gebruikers: 900,
  kosten: 123_456_78,
  segmentId: null,
}
const PREVENTIEF: Telbaar = {
  ...AANBOD,
  naam: 'Fit en vitaal',
  aard: 'preventief',
  toegang: 'vrij',
  bewijs: 'bewezen',
  kosten: 10_000_01,
}
const teksten = (...aanbod: Telbaar[]) => gatenEnOverlap(aanbod).map(rij => `${rij.soort}: ${rij.tekst}`)

describe('totalen', () => {
  it('telt kosten op tot op de cent, en zegt van hoeveel ze ontbreken', () => {
    expect(totalen([AANBOD, PREVENTIEF, { ...AANBOD, kosten: null }])).toEqual({
      aantal: 3,
      kosten: 133_456_79,
      kostenOnbekend: 1,
      preventief: 10_000_01,
      curatief: 123_456_78,
    })
  })
})

describe('gatenEnOverlap', () => {
  it('zegt niets over een lege inventarisatie', () => {
    expect(teksten()).toEqual([])
  })
  it('noemt wat er niet is', () => {
    expect(teksten(AANBOD)).toEqual([
      'gat: Er is geen preventief aanbod.',
      'gat: Niets is vrij toegankelijk: voor alles is een indicatie nodig.',
      'gat: Van geen enkel aanbod staat vast dat het werkt.',
    ])
    expect(teksten(PREVENTIEF)).toEqual(['gat: Er is geen curatief aanbod als preventie niet genoeg is.'])
  })
  it('vindt aanbod voor dezelfde groep, maar niet als de toegang verschilt', () => {
    expect(teksten(AANBOD, PREVENTIEF)).toEqual([])
    expect(
      teksten(AANBOD, PREVENTIEF, { ...PREVENTIEF, naam: 'Beweegcoach', doelgroep: ' ouderen' }),
    ).toEqual([
      'overlap: Fit en vitaal en Beweegcoach zijn er allebei voor ouderen (preventief, vrij toegankelijk).',
    ])
    const drie = ['Wandelclub', 'Beweegcoach', 'Valtraining'].map(naam => ({ ...PREVENTIEF, naam }))
    expect(teksten(AANBOD, ...drie)).toEqual([
      'overlap: Wandelclub, Beweegcoach en Valtraining zijn er allemaal voor ouderen (preventief, vrij toegankelijk).',
    ])
  })
  it('noemt wat niet bekend is', () => {
    expect(teksten(AANBOD, { ...PREVENTIEF, gebruikers: null, kosten: null })).toEqual([
      'ontbreekt: Van 1 aanbod is het aantal gebruikers niet bekend.',
      'ontbreekt: Van 1 aanbod zijn de kosten niet bekend.',
    ])
  })
})
