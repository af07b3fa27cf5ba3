import { describe, expect, it } from 'vitest'
import {
  buildBomen,
  type Doel,
  liesUnder,
  listMeetgebreken,
  nietOvergenomen,
  platteBoom,
  standVan,
  waaromNietOnder,
} from './rules.ts'

const doel = (doelId: number, ouderId: number | null, meer: Partial<Doel> = {}): Doel => ({
  doelId,
  gemeente: null,
  boom: 'Visie',
  ouderId,
  soort: 'doel',
  tekst: `Doel ${doelId}`,
  toelichting: null,
  bron: null,
  volgorde: doelId,
  indicator: null,
  wet: null,
  segmentId: null,
  richting: null,
  streefwaarde: null,
  streefOp: null,
  ontbreekt: null,
  versie: 1,
  beeindigdOp: null,
  beeindigdReden: null,
  ...meer,
})

describe('een boom', () => {
  it('staat van boven naar beneden, op volgorde', () => {
    const doelen = [doel(3, 1, { volgorde: 2 }), doel(2, 1, { volgorde: 9 }), doel(1, null), doel(4, 3)]
    const rijen = buildBomen(doelen).flatMap(boom => platteBoom(boom.wortels))
    expect(rijen.map(r => [r.doel.doelId, r.diepte])).toEqual([
      [1, 1],
      [3, 2],
      [4, 3],
      [2, 2],
    ])
  })

  it('laat ook zien wat onder iets hangt dat er niet bij is', () => {
    expect(buildBomen([doel(2, 1)])[0]?.wortels.map(k => k.doel.doelId)).toEqual([2])
  })

  it('zet de regio voor de gemeenten', () => {
    const bomen = buildBomen([doel(1, null, { gemeente: '9101', boom: 'A' }), doel(2, null, { boom: 'B' })])
    expect(bomen.map(b => b.naam)).toEqual(['B', 'A'])
  })
})

describe('wat er nog moet staan om te weten hoe iets wordt gemeten', () => {
  it.each([
    ['een indicator waar niets staat', {}, ['ontbreekt']],
    ['een die zegt wat ontbreekt', { ontbreekt: 'Uitval' }, []],
    ['een die wordt gelezen', { indicator: 'clienten', richting: 'lager' }, []],
    ['een zonder kant', { indicator: 'clienten' }, ['richting']],
    ['een zonder kant, al ontbreekt er iets', { indicator: 'clienten', ontbreekt: 'Uitval' }, ['richting']],
    ['alleen een kant', { richting: 'hoger' }, ['ontbreekt']],
    ['een doel', { soort: 'doel' }, []],
    ['inzet', { soort: 'inzet' }, []],
  ] as const)('%s', (_, meer, verwacht) => {
    expect(listMeetgebreken(doel(1, null, { soort: 'indicator', ...meer }))).toEqual(verwacht)
  })
})

describe('de plek van een doel', () => {
  it.each([
    ['visie', null, true],
    ['doel', null, true],
    ['resultaat', null, false],
    ['indicator', 'visie', true],
    ['resultaat', 'doel', true],
    ['doel', 'doel', true],
    ['visie', 'doel', false],
    ['doel', 'resultaat', false],
    ['inzet', 'resultaat', true],
    ['inzet', 'indicator', false],
  ] as const)('een %s onder %s: %s', (soort, ouder, mag) => {
    expect(waaromNietOnder(soort, ouder === null ? null : { soort: ouder }) === '').toBe(mag)
  })

  it('is nooit onder zichzelf, ook niet bij een kring', () => {
    const doelen = [doel(1, null), doel(2, 1), doel(3, 2)]
    expect([liesUnder(doelen, 3, 1), liesUnder(doelen, 1, 3), liesUnder(doelen, 2, 2)]).toEqual([
      true,
      false,
      true,
    ])
    expect(liesUnder([doel(1, 2), doel(2, 1)], 1, 9)).toBe(false)
  })
})

describe('waar een meting staat', () => {
  it.each([
    ['lager', 90, 100, 'goed'],
    ['lager', 110, 100, 'verkeerd'],
    ['hoger', 110, 100, 'goed'],
    ['hoger', 90, 100, 'verkeerd'],
    ['hoger', 1004, 1000, 'gelijk'],
    ['hoger', 1005, 1000, 'goed'],
    ['lager', null, 100, 'onbekend'],
    ['lager', 100, null, 'onbekend'],
    ['lager', 100, 0, 'onbekend'],
  ] as const)('%s is beter: %s na %s gaat %s', (richting, waarde, vorig, beweging) => {
    expect(standVan({ richting, streefwaarde: null }, { waarde, vorig }).beweging).toBe(beweging)
  })

  it.each([
    ['lager', 100, true],
    ['lager', 101, false],
    ['hoger', 100, true],
    ['hoger', 99, false],
  ] as const)('%s is beter, streven 100: %s haalt het %s', (richting, waarde, gehaald) => {
    expect(standVan({ richting, streefwaarde: 100 }, { waarde, vorig: null }).gehaald).toBe(gehaald)
  })
})

it('een doel van de regio is overgenomen als een lopend doel van een gemeente eraan bijdraagt', () => {
  const doelen = [
    doel(1, null),
    doel(2, null),
    doel(3, null, { soort: 'resultaat' }),
    doel(4, null, { gemeente: '9101' }),
    doel(5, null, { gemeente: '9101', beeindigdOp: new Date(0) }),
  ]
  const koppelingen = [
    { doelId: 4, regionaalId: 1 },
    { doelId: 5, regionaalId: 2 },
  ]
  expect(nietOvergenomen(doelen, koppelingen).map(d => d.doelId)).toEqual([2])
})
