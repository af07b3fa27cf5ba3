import { describe, expect, test } from 'vitest'
import { judgeEenheidstap, judgePlafondstap, judgeStap, sayStappen, stepOf } from './sprong.ts'

const rij = (tarief: number) => ({ tarief })

test.each([
  ['een eerste prijs', { oud: null, nieuw: rij(9119) }, undefined],
  ['wat volgt', { oud: null, nieuw: rij(9571), volgtOp: { gegevens: rij(9119) } }, [9119, 9571]],
  ['wat iets vervangt', { oud: rij(9119), nieuw: rij(9571) }, [9119, 9571]],
  [
    'wat vervangt en volgt',
    { oud: rij(9119), nieuw: rij(9571), volgtOp: { gegevens: rij(100) } },
    [9119, 9571],
  ],
  [
    'wat per iets anders is',
    {
      oud: null,
      nieuw: rij(170),
      volgtOp: { gegevens: rij(164), andereMaat: { tarief: { van: '01', naar: '04' } } },
    },
    undefined,
  ],
  ['wat weggaat', { oud: rij(9119), nieuw: null }, undefined],
])('from which price to which: %s', (_, wijziging, verwacht) => {
  const stap = stepOf(wijziging)
  expect(stap && [stap.was, stap.wordt]).toEqual(verwacht)
})

describe('a price that is worth a look', () => {
  test.each([
    [9119, 9571, undefined],
    [10000, 12500, undefined],
    [10000, 7500, undefined],
    [10000, 12501, '25,01% hoger dan het vorige, €\u00a0100,00.'],
    [10000, 7499, '25,01% lager dan het vorige, €\u00a0100,00.'],
    [10000, 14000, '40% hoger dan het vorige, €\u00a0100,00.'],
    [10000, 800, '92% lager dan het vorige, €\u00a0100,00.'],
    [10000, 20000, '2 keer zo hoog als het vorige, €\u00a0100,00.'],
    [10000, 24000, '2,4 keer zo hoog als het vorige, €\u00a0100,00.'],
    [9119, 109571, '12 keer zo hoog als het vorige, €\u00a091,19.'],
  ])('%i → %i: %s', (was, wordt, verwacht) => {
    expect(judgeStap({ was, wordt })?.melding).toBe(verwacht && `Dit tarief is ${verwacht}`)
  })

  test.each([
    [
      '01',
      '04',
      'Dit tarief is per uur. Het vorige, €\u00a01,64, is per minuut, dat is €\u00a098,40 per uur.',
    ],
    [
      '04',
      '01',
      'Dit tarief is per minuut. Het vorige, €\u00a01,64, is per uur, dat is €\u00a00,03 per minuut.',
    ],
    ['82', '84', 'Dit tarief is per stuk (inspanning). Het vorige, €\u00a01,64, is per stuk (output).'],
    ['16', '04', 'Dit tarief is per uur. Het vorige, €\u00a01,64, is per dagdeel.'],
  ])('across units no share of it is told: %s → %s', (van, naar, melding) => {
    expect(judgeEenheidstap(164, { van, naar }).melding).toBe(melding)
  })

  test('says what to expect: just what is usual', () => {
    const verwacht = judgeStap({ was: 9119, wordt: 1 })?.verwacht
    expect(verwacht).toBe('een tarief van €\u00a068,40 tot en met €\u00a0113,98')
    expect([6839, 6840, 11398, 11399].map(wordt => judgeStap({ was: 9119, wordt }) === undefined)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})

test.each([
  [[], ''],
  [[[9119, 9119]], '1 tarief blijft gelijk.'],
  [[[9119, 9571]], '1 tarief stijgt: +4,96%.'],
  [[[10000, 9000]], '1 tarief daalt: -10,00%.'],
  [
    [
      [10000, 10350],
      [10000, 10350],
    ],
    '2 tarieven stijgen: +3,50%.',
  ],
  [
    [
      [10000, 10350],
      [10000, 10000],
      [10000, 9790],
      [10000, 10496],
    ],
    '2 tarieven stijgen, 1 tarief daalt, 1 tarief blijft gelijk: van -2,10% tot +4,96%.',
  ],
])('of %j is said %j', (stappen, zin) => {
  expect(sayStappen(stappen.map(([was = 0, wordt = 0]) => ({ was, wordt })))).toBe(zin)
})

test('of a list of 200,000 prices too', () => {
  const veel = Array.from({ length: 200_000 }, (_, i) => ({ was: 100_000, wordt: 100_001 + (i % 1000) }))
  expect(sayStappen(veel)).toBe('200.000 tarieven stijgen: van 0,00% tot +1,00%.')
})

test.each([
  [100_00, 150_00, undefined],
  [100_00, 50_00, undefined],
  [0, 150_00, undefined],
  [100_00, 150_01, '50,01% hoger dan dat van 2026, €\u00a0100,00.'],
  [100_00, 49_99, '50,01% lager dan dat van 2026, €\u00a0100,00.'],
  [100_00, 1_300_00, '13 keer zo hoog als dat van 2026, €\u00a0100,00.'],
])('a ceiling beside that of the year before, %i → %i: %s', (was, wordt, verwacht) => {
  expect(judgePlafondstap({ was, wordt }, 2027)?.melding).toBe(verwacht && `Dit plafond is ${verwacht}`)
})
