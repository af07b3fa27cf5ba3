import { describe, expect, it } from 'vitest'
import {
  looptijdOp,
  mapOpvolging,
  sayNu,
  sayStraks,
  sayVergeleken,
  type Tarief,
  tarieventabel,
  type Versie,
} from './rules.ts'

type Rij = readonly [product: number, vanaf: string, eind: string | null, bedrag: number]
const tarief = ([productId, vanaf, eind, bedrag]: Rij): Tarief => ({
  productId,
  product: `Product ${productId}`,
  code: '45A04',
  wet: 'jw',
  eenheid: '04',
  segment: 'Ambulant',
  vanaf,
  eind,
  tarief: bedrag,
  uit: null,
  naloop: null,
})
/** A table as text: its headings, then each product; `+`: a change from the price before. */
const lees = (rijen: readonly Rij[], vandaag: string) => {
  const { kolommen, regels } = tarieventabel(rijen.map(tarief), vandaag)
  const zeg = (wijziging: number | null) =>
    wijziging === null ? '' : ` ${wijziging > 0 ? '+' : ''}${(wijziging * 100).toFixed(2)}`
  return [
    kolommen.map(({ vanaf, tot, nu }) => `${vanaf}${tot === null ? '' : ` t/m ${tot}`}${nu ? ' nu' : ''}`),
    ...regels.map(({ cellen }) => cellen.map(cel => (cel ? `${cel.tarief}${zeg(cel.wijziging)}` : 'niet'))),
  ]
}
const JAAR: Rij = [1, '2026-01-01', '2026-12-31', 8347]
const HALF: readonly Rij[] = [
  [2, '2026-01-01', '2026-01-31', 5000],
  [2, '2026-02-01', '2026-12-31', 5250],
]

it('what is counted otherwise from a day stands apart, each with its own changes', () => {
  const uur = tarief([1, '2026-01-01', '2026-06-30', 9000])
  const minuut = [tarief([1, '2026-07-01', '2026-12-31', 150]), tarief([1, '2027-01-01', null, 156])]
  const { regels } = tarieventabel(
    [uur, ...minuut.map(t => ({ ...t, eenheid: '01' }))],
    '2026-11-30',
    new Map([[1, { contract: 'C', tarief: 8000 }]]),
  )
  expect(
    regels.map(({ eenheid, cellen }) => [eenheid, ...cellen.map(cel => cel && [cel.tarief, cel.wijziging])]),
  ).toEqual([
    ['04', [9000, 0.125], null, null],
    ['01', null, [150, null], [156, 156 / 150 - 1]],
  ])
})

describe('tarieventabel', () => {
  it.each<[string, readonly Rij[], string, (readonly string[])[], string]>([
    ['niets', [], '2026-11-30', [[]], ''],
    [
      'een ander product begint midden in het jaar: wat doorloopt, staat ook daar',
      [JAAR, ...HALF, [1, '2027-01-01', null, 8764]],
      '2026-11-30',
      [
        ['2026-01-01', '2026-02-01 nu', '2027-01-01'],
        ['8347', '8347', '8764 +5.00'],
        ['5000', '5250 +5.00', 'niet'],
      ],
      'De tarieven zoals ze nu zijn, gelden vanaf 1 februari 2026.',
    ],
    [
      'alles is afgelopen',
      [[1, '2026-01-01', '2026-06-30', 11710]],
      '2026-11-30',
      [['2026-01-01 t/m 2026-06-30'], ['11710']],
      'Er gelden nu geen tarieven; de laatste golden tot en met 30 juni 2026.',
    ],
    [
      'één product is afgelopen: daarvan geldt nu niets',
      [JAAR, [2, '2026-01-01', '2026-06-30', 11710]],
      '2026-11-30',
      [
        ['2026-01-01', '2026-07-01 t/m 2026-12-31 nu'],
        ['8347', '8347'],
        ['11710', 'niet'],
      ],
      'De tarieven zoals ze nu zijn, gelden vanaf 1 juli 2026 tot en met 31 december 2026.',
    ],
    [
      'op de laatste dag geldt het nog',
      [[1, '2026-01-01', '2026-06-30', 11710]],
      '2026-06-30',
      [['2026-01-01 t/m 2026-06-30 nu'], ['11710']],
      'De tarieven zoals ze nu zijn, gelden vanaf 1 januari 2026 tot en met 30 juni 2026.',
    ],
    [
      'op de dag erna niet meer',
      [[1, '2026-01-01', '2026-06-30', 11710]],
      '2026-07-01',
      [['2026-01-01 t/m 2026-06-30'], ['11710']],
      'Er gelden nu geen tarieven; de laatste golden tot en met 30 juni 2026.',
    ],
    [
      'in een gat geldt niets; wat erna komt, is vergeleken met wat ervoor gold',
      [
        [1, '2027-01-01', null, 11000],
        [1, '2026-01-01', '2026-06-30', 10000],
      ],
      '2026-11-30',
      [
        ['2026-01-01 t/m 2026-06-30', '2027-01-01'],
        ['10000', '11000 +10.00'],
      ],
      'Er gelden nu geen tarieven; de laatste golden tot en met 30 juni 2026, de volgende gaan in op 1 januari 2027.',
    ],
    [
      'alles begint nog',
      [[1, '2027-01-01', '9999-12-31', 10000]],
      '2026-11-30',
      [['2027-01-01'], ['10000']],
      'Er gelden nu geen tarieven; de eerste gaan in op 1 januari 2027.',
    ],
    [
      'in de volgorde van de tijd, wat daalt ook',
      [
        [1, '2026-01-01', '2026-12-31', 9270],
        [1, '2025-01-01', '2025-12-31', 9000],
        [2, '2026-01-01', null, 5000],
        [1, '2027-01-01', null, 9177],
      ],
      '2025-03-01',
      [
        ['2025-01-01 nu', '2026-01-01', '2027-01-01'],
        ['9000', '9270 +3.00', '9177 -1.00'],
        ['niet', '5000', '5000'],
      ],
      'De tarieven zoals ze nu zijn, gelden vanaf 1 januari 2025.',
    ],
  ])('%s', (_, rijen, vandaag, tabel, zin) => {
    expect(lees(rijen, vandaag)).toEqual(tabel)
    expect(sayNu(rijen.map(tarief), vandaag)).toBe(zin)
  })
})

it('een eerste tarief is vergeleken met dat van het contract ervoor', () => {
  const rijen: Rij[] = [
    [1, '2027-01-01', '2027-06-30', 9270],
    [1, '2027-07-01', null, 9270],
    [2, '2027-01-01', null, 5000],
  ]
  const vorigen = new Map([[1, { contract: 'A', tarief: 9000 }]])
  const { regels } = tarieventabel(rijen.map(tarief), '2027-03-01', vorigen)
  expect(regels.map(({ cellen }) => cellen.map(cel => cel?.wijziging?.toFixed(4)))).toEqual([
    ['0.0300', '0.0000'],
    [undefined, undefined],
  ])
  expect(sayVergeleken(vorigen)).toMatch(/ ten opzichte van dat in contract A\.$/)
  expect(sayVergeleken(new Map())).toMatch(/\(de indexering\)\.$/)
})

it('wat later verandert, met de dag', () => {
  const versie = (begin: string, segmenten: string[], gemeenten: string[]): Versie => ({
    begin,
    eind: null,
    segmenten,
    gemeenten,
  })
  const versies = [
    versie('2025-01-01', ['Ambulant'], ['Aarveld']),
    versie('2026-07-01', ['Ambulant'], ['Aarveld', 'Beekdal']),
    versie('2027-01-01', ['Verblijf'], ['Aarveld', 'Beekdal']),
  ]
  const straks = ['Vanaf 01-07-2026 erbij: Beekdal.', 'Vanaf 01-01-2027 erbij: Verblijf. Eraf: Ambulant.']
  expect(sayStraks(versies, '2026-06-30')).toEqual(straks)
  expect(sayStraks(versies, '2026-07-01')).toEqual(straks.slice(1))
  expect(sayStraks(versies, '2027-01-01')).toEqual([])
  expect(sayStraks(versies.slice(0, 1), '2024-01-01')).toEqual([])
})

it.each([
  ['2024-12-31', 'toekomstig'],
  ['2025-01-01', 'lopend'],
  ['2026-12-31', 'lopend'],
  ['2027-01-01', 'afgelopen'],
])('een contract over 2025 en 2026 is op %s %s', (dag, stand) => {
  expect(looptijdOp({ begin: '2025-01-01', eind: '2026-12-31' }, dag)).toBe(stand)
  expect(looptijdOp({ begin: '2025-01-01', eind: null }, '2099-01-01')).toBe('lopend')
})

it('na de catalogus geldt de laatste prijs alleen voor wat al was toegewezen, zolang het contract dat noemt', () => {
  const uit = { uit: '2026-02-01', naloop: { begin: '2026-02-01', eind: '2026-06-30' } }
  const rijen = [
    { ...tarief([1, '2026-01-01', '2026-01-31', 9000]), ...uit },
    tarief([2, '2026-01-01', '2026-12-31', 5000]),
    // One that lasts longer than the catalogue itself.
    { ...tarief([3, '2026-01-01', '2026-12-31', 7000]), uit: '2026-03-01', naloop: null },
  ]
  const { kolommen, regels } = tarieventabel(rijen, '2026-01-15')
  expect(kolommen.map(({ vanaf }) => vanaf)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01', '2026-07-01'])
  expect(
    regels.map(({ cellen }) =>
      cellen.map(cel => (cel === null ? 'niet' : `${cel.tarief}${cel.alleenLopend ? ' lopend' : ''}`)),
    ),
  ).toEqual([
    ['9000', '9000 lopend', '9000 lopend', 'niet'],
    ['5000', '5000', '5000', '5000'],
    ['7000', '7000', '7000 lopend', '7000 lopend'],
  ])
})

describe('een contract dat een ander opvolgt', () => {
  const versie = (begin: string, eind: string | null, segmenten: string[], gemeenten: string[]): Versie => ({
    begin,
    eind,
    segmenten,
    gemeenten,
  })
  const A = {
    nummer: 'A',
    versies: [versie('2025-01-01', '2026-12-31', ['Ambulant', 'Verblijf'], ['Aarveld', 'Beekdal'])],
  }
  it.each<[string, Versie[], string | undefined]>([
    [
      'met minder',
      [versie('2027-01-01', null, ['Ambulant', 'Verblijf'], ['Aarveld'])],
      'Volgt vanaf 01-01-2027 op A. Eraf: Beekdal.',
    ],
    [
      'met hetzelfde',
      [versie('2027-01-01', null, ['Ambulant', 'Verblijf'], ['Aarveld', 'Beekdal'])],
      'Volgt vanaf 01-01-2027 op A. Zelfde segmenten en gemeenten.',
    ],
    ['een dag later', [versie('2027-01-02', null, ['Ambulant'], ['Aarveld'])], undefined],
    ['voor iets anders', [versie('2027-01-01', null, ['Begeleiding'], ['Aarveld'])], undefined],
  ])('%s', (_, versies, zin) => {
    expect(mapOpvolging([A, { nummer: 'B', versies }], '2026-11-30').get('B')).toBe(zin)
    // What began already is no news.
    expect(mapOpvolging([A, { nummer: 'B', versies }], '2027-01-02').size).toBe(0)
  })
  it('samen met een tweede: wat dat overneemt, gaat er niet af', () => {
    const B = { nummer: 'B', versies: [versie('2027-01-01', null, ['Ambulant'], ['Aarveld', 'Beekdal'])] }
    const C = { nummer: 'C', versies: [versie('2027-01-01', null, ['Verblijf'], ['Aarveld', 'Beekdal'])] }
    expect([...mapOpvolging([A, B, C], '2026-11-30').values()]).toEqual([
      'Volgt vanaf 01-01-2027 op A. Zelfde segmenten en gemeenten.',
      'Volgt vanaf 01-01-2027 op A. Zelfde segmenten en gemeenten.',
    ])
  })
})
