import { describe, expect, it } from 'vitest'
import type { Versie } from '../toewijzen/rules.ts'
import {
  bekendOp,
  compareVersies,
  describeOmvang,
  describeTarief,
  describeVolume,
  geldendeStand,
  geldigheidOp,
  type Stand,
} from './rules.ts'

const VERSIE: Versie = {
  toegewezenOp: '2025-12-15T12:00:00',
  categorie: '45',
  code: '45A04',
  productId: 1,
  segmentId: 1,
  ingang: '2026-01-01',
  eind: '2026-12-31',
  redenWijziging: null,
  volume: 4,
  eenheid: '04',
  frequentie: '2',
  budget: null,
  tarief: 9000,
  tariefVanaf: '2025-01-01',
}

describe('describeOmvang', () => {
  it.each([
    [{ volume: 4, eenheid: '04', frequentie: '2' }, '4 uur per week'],
    [{ volume: 1, eenheid: '04', frequentie: '4' }, '1 uur per maand'],
    [{ volume: 1, eenheid: '01', frequentie: '1' }, '1 minuut per dag'],
    [{ volume: 59, eenheid: '01', frequentie: '2' }, '59 minuten per week'],
    [{ volume: 60, eenheid: '01', frequentie: '2' }, '1 uur per week'],
    [
      { volume: 1974, eenheid: '01', frequentie: '6' },
      '32 uur en 54 minuten in totaal, over de hele looptijd',
    ],
    [{ volume: 61, eenheid: '01', frequentie: '4' }, '1 uur en 1 minuut per maand'],
    [{ volume: 7, eenheid: '14', frequentie: '2' }, '7 etmalen per week'],
    [{ volume: 1, eenheid: '16', frequentie: '2' }, '1 dagdeel per week'],
    [{ volume: 30_000, eenheid: '83', frequentie: '2' }, '€\u00a0300,00 per week'],
    [{ volume: 1, eenheid: '82', frequentie: '6' }, '1 stuk in totaal, over de hele looptijd'],
    [{ volume: null, eenheid: null, frequentie: null }, 'geen omvang afgesproken'],
  ])('%j is «%s»', (omvang, tekst) => {
    expect(describeOmvang({ ...omvang, budget: null })).toBe(tekst)
  })

  it('noemt een budget in plaats van een omvang', () => {
    expect(describeOmvang({ volume: null, eenheid: null, frequentie: null, budget: 500_000 })).toBe(
      'een budget van €\u00a05.000,00 over de hele looptijd',
    )
  })

  it('kent ook een eenheid die niet in de lijst staat', () => {
    expect(describeVolume(3, '99')).toBe('3')
  })
})

describe('geldigheidOp', () => {
  it.each([
    ['2025-12-31', 'toekomstig'],
    ['2026-01-01', 'geldig'],
    ['2026-12-31', 'geldig'],
    ['2027-01-01', 'verlopen'],
  ])('op %s: %s', (dag, stand) => expect(geldigheidOp(VERSIE, dag)).toBe(stand))

  it('zonder einddatum verloopt zij niet; verwijderd telt altijd', () => {
    expect(geldigheidOp({ ...VERSIE, eind: null }, '2099-01-01')).toBe('geldig')
    expect(geldigheidOp({ ...VERSIE, redenWijziging: '13' }, '2026-06-01')).toBe('verwijderd')
  })
})

describe('compareVersies', () => {
  it('zegt niets over wat gelijk bleef', () => {
    expect(compareVersies(VERSIE, { ...VERSIE, toegewezenOp: '2026-02-01T09:00:00' })).toEqual([])
  })

  it('zegt wat er veranderde, in woorden', () => {
    expect(compareVersies(VERSIE, { ...VERSIE, eind: null, volume: 6, tarief: null })).toEqual([
      { wat: 'Einddatum', was: '31 december 2026', wordt: 'zonder einddatum' },
      { wat: 'Omvang', was: '4 uur per week', wordt: '6 uur per week' },
      { wat: 'Tarief', was: '€\u00a090,00', wordt: 'geen tarief' },
    ])
  })

  it('noemt een verwijdering', () => {
    const verwijderd = { ...VERSIE, eind: '2026-01-01', redenWijziging: '13' }
    expect(compareVersies(VERSIE, verwijderd).map(v => v.wat)).toEqual(['Einddatum', 'Verwijderd'])
  })
})

describe('wat op een dag bekend was', () => {
  const stand = (nummer: number, ontvangen: string, toegewezenOp: string): Stand => ({
    ...VERSIE,
    nummer,
    toegewezenOp,
    berichtId: '',
    ontvangenOp: new Date(ontvangen),
    vastgelegdOp: new Date(ontvangen),
    ingetrokkenOp: null,
  })
  const standen = [
    stand(1, '2026-01-02T10:00:00+01:00', '2026-01-01T10:00:00'),
    stand(2, '2026-03-31T23:59:00+02:00', '2026-03-30T10:00:00'),
    stand(3, '2026-04-10T10:00:00+02:00', '2026-02-01T10:00:00'),
  ]

  it('telt de hele dag mee, in Nederlandse tijd', () => {
    expect(bekendOp(standen, '2026-01-01')).toEqual([])
    expect(bekendOp(standen, '2026-03-30').map(s => s.nummer)).toEqual([1])
    expect(bekendOp(standen, '2026-03-31').map(s => s.nummer)).toEqual([1, 2])
  })

  it('laat het laatste besluit gelden, ook als een eerder besluit later binnenkwam', () => {
    expect(geldendeStand(standen)?.nummer).toBe(2)
    expect(geldendeStand([])).toBeUndefined()
    const gelijk = [
      stand(1, '2026-01-02', '2026-01-01T10:00:00'),
      stand(2, '2026-01-03', '2026-01-01T10:00:00'),
    ]
    expect(geldendeStand(gelijk)?.nummer).toBe(2)
  })
})

describe('what a unit costs on a day', () => {
  const prijs = (begin: string, tarief: number, eind: string | null = null) => ({ begin, eind, tarief })
  const zeg = (dag: string, prijzen: Parameters<typeof describeTarief>[1]['prijzen'], deel = {}) =>
    describeTarief(
      { ingang: '2026-01-01', eind: null, eenheid: '04', ...deel },
      { prijzen, eenheid: '04' },
      dag,
    )?.replaceAll('\u00a0', ' ')
  const OPVOLGEND = [prijs('2025-01-01', 6400, '2026-09-30'), prijs('2026-10-01', 7000)]
  const VAN_64 = '€ 64,00 per uur, contracttarief dat geldt vanaf 1 januari 2025'
  it.each([
    ['2026-09-30', OPVOLGEND, {}, `${VAN_64}; vanaf 1 oktober 2026: € 70,00 per uur`],
    ['2026-10-01', OPVOLGEND, {}, '€ 70,00 per uur, contracttarief dat geldt vanaf 1 oktober 2026'],
    // A later price that it does not live to see is none of its business, and after its end its last day counts.
    ['2026-06-01', OPVOLGEND, { eind: '2026-08-31' }, VAN_64],
    ['2026-12-01', OPVOLGEND, { eind: '2026-08-31' }, VAN_64],
    // Where no other follows, until when is said; unless the toewijzing ends first.
    ['2026-06-01', OPVOLGEND.slice(0, 1), {}, `${VAN_64} tot en met 30 september 2026`],
    ['2026-09-30', OPVOLGEND.slice(0, 1), { eind: '2026-10-01' }, `${VAN_64} tot en met 30 september 2026`],
    ['2026-06-01', OPVOLGEND.slice(0, 1), { eind: '2026-09-30' }, VAN_64],
    [
      '2026-06-01',
      [prijs('2025-01-01', 6400, '2026-08-31'), prijs('2026-10-01', 7000)],
      {},
      `${VAN_64} tot en met 31 augustus 2026; vanaf 1 oktober 2026: € 70,00 per uur`,
    ],
    // One that begins on its last day does.
    ['2026-06-01', OPVOLGEND, { eind: '2026-10-01' }, `${VAN_64}; vanaf 1 oktober 2026: € 70,00 per uur`],
    [
      '2025-12-01',
      [prijs('2026-01-01', 100)],
      {},
      '€ 1,00 per uur, contracttarief dat geldt vanaf 1 januari 2026',
    ],
    ['2026-02-01', [prijs('2026-03-01', 100)], {}, 'nog geen tarief; vanaf 1 maart 2026: € 1,00 per uur'],
    [
      '2027-02-01',
      [prijs('2026-01-01', 100, '2026-12-31')],
      {},
      '€ 1,00 per uur was het laatste tarief; het gold tot en met 31 december 2026',
    ],
    [
      '2026-10-01',
      OPVOLGEND,
      { eenheid: '01' },
      '€ 1,17 per minuut, contracttarief dat geldt vanaf 1 oktober 2026',
    ],
    ['2026-10-01', OPVOLGEND, { eenheid: '83' }, 'in euro’s toegewezen, zonder tarief'],
    ['2026-10-01', [], {}, undefined],
  ])('on %s %j %j', (dag, prijzen, deel, tekst) => expect(zeg(dag, prijzen, deel)).toBe(tekst))
})
