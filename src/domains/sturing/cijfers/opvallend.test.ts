import { describe, expect, it } from 'vitest'
import {
  type Aanbiederbeeld,
  type Deel,
  type Marktleider,
  whatStandsOut,
  whatStandsOutOf,
} from './opvallend.ts'

const rustig: Deel = {
  naam: 'Wonen',
  besteed: 50_000_000,
  plafond: 100_000_000,
  doorgerekend: 90_000_000,
  compleet: 40_000_000,
  vorigCompleet: 40_000_000,
}
const over = { ...rustig, naam: 'Crisis', besteed: 103_000_000 }
const meerOver = { ...rustig, naam: 'Verblijf', besteed: 210_000_000, plafond: 200_000_000 }
const dreigt = { ...rustig, naam: 'Ambulant', doorgerekend: 104_000_000 }
const groeit = { ...rustig, naam: 'Groep', compleet: 44_000_000 }
const leider: Marktleider = { markt: 'jeugdhulp', aanbieder: 'De Linde', deel: 0.21 }

describe('what stands out: the most serious thing first, then the most euros', () => {
  it.each<[string, Deel[], Marktleider[], string, string]>([
    ['nothing claimed', [{ ...rustig, besteed: 0 }], [], 'leeg', 'nog niets gedeclareerd'],
    ['no rows at all', [], [], 'leeg', 'nog niets gedeclareerd'],
    [
      'beyond the ceiling goes before everything',
      [rustig, groeit, over],
      [leider],
      'over',
      'Crisis is over het plafond heen: €\u00a01,0\u00a0mln besteed, dat is 103% van €\u00a01,0\u00a0mln.',
    ],
    [
      'two are counted, and the one with most euros beyond is named',
      [over, meerOver],
      [],
      'over',
      '2 segmenten zijn over het plafond heen. Het meest Verblijf: €\u00a02,1\u00a0mln besteed, dat is 105% van €\u00a02,0\u00a0mln.',
    ],
    [
      'those on their way are counted beside those beyond',
      [over, dreigt],
      [],
      'over',
      '1 segment is over het plafond heen; 1 segment komt boven het plafond uit als het jaar verder verloopt zoals vorig jaar. Het meest Ambulant: €\u00a01,0\u00a0mln, dat is 104%',
    ],
    [
      'a ceiling of nothing is a ceiling',
      [{ ...rustig, plafond: 0 }],
      [],
      'over',
      'Wonen is over het plafond heen: €\u00a0500.000 besteed, bij een plafond van nul.',
    ],
    [
      'exactly at the ceiling is not beyond it',
      [{ ...rustig, besteed: 100_000_000 }],
      [],
      'rustig',
      'Alles blijft',
    ],
    [
      'a part without a ceiling does not stay within one',
      [rustig, { ...rustig, deels: true }],
      [],
      'rustig',
      'Wat een plafond heeft, blijft erbinnen',
    ],
    [
      'on its way to exactly the ceiling stays within it',
      [{ ...rustig, doorgerekend: 100_000_000 }],
      [],
      'rustig',
      'Alles blijft',
    ],
    [
      'on its way beyond goes before growth',
      [groeit, dreigt],
      [leider],
      'dreigt',
      'Ambulant komt boven het plafond uit als het jaar verder verloopt zoals vorig jaar: €\u00a01,0\u00a0mln, dat is 104%',
    ],
    [
      'growth of exactly 10% counts',
      [groeit],
      [leider],
      'groei',
      'Groep stijgt het meest: 10% (€\u00a040.000) meer',
    ],
    ['growth just below does not', [{ ...groeit, compleet: 43_999_999 }], [], 'rustig', 'Alles blijft'],
    ['a provider with 20% or more', [rustig], [leider], 'concentratie', 'De Linde ontvangt 21% van het geld'],
    ['a provider just below', [rustig], [{ ...leider, deel: 0.199 }], 'rustig', 'Alles blijft'],
    ['no ceilings', [{ ...rustig, plafond: null }], [], 'zonder-plafond', 'geen plafond vastgesteld'],
    [
      'steep growth of something tiny is no news',
      [
        { ...rustig, compleet: 1_000_000_000, vorigCompleet: 1_000_000_000 },
        { ...groeit, compleet: 50_000_000 },
      ],
      [],
      'rustig',
      'Alles blijft',
    ],
    ['without last year there is no growth', [{ ...groeit, vorigCompleet: 0 }], [], 'rustig', 'Alles blijft'],
  ])('%s', (_, delen, leiders, soort, zin) => {
    const opvallend = whatStandsOut({ segmenten: delen, gemeenten: [] }, leiders)
    expect(opvallend.soort).toBe(soort)
    expect(opvallend.zin).toContain(zin)
  })
})

it.each<[string, Deel[], Deel[], string]>([
  [
    'segments and municipalities are told apart',
    [dreigt, { ...dreigt, naam: 'Groep' }, rustig],
    [{ ...dreigt, naam: 'Zeist', doorgerekend: 109_000_000 }],
    '2 segmenten en 1 gemeente komen boven het plafond uit als het jaar verder verloopt zoals vorig jaar. Het meest Zeist:',
  ],
  [
    'one municipality is named',
    [rustig],
    [{ ...over, naam: 'Zeist' }],
    'Zeist is over het plafond heen: €\u00a01,0\u00a0mln',
  ],
  ['without segments the growth of municipalities is told', [], [groeit], 'Groep stijgt het meest: 10%'],
  ['beside segments it is not: both are the same euros', [rustig], [groeit], 'Alles blijft'],
  [
    'the ceilings of municipalities are ceilings too',
    [{ ...rustig, plafond: null }],
    [rustig],
    'Alles blijft',
  ],
])('%s', (_, segmenten, gemeenten, zin) =>
  expect(whatStandsOut({ segmenten, gemeenten }, []).zin).toContain(zin),
)

const aanbieder: Aanbiederbeeld = {
  jaar: 2026,
  besteed: 50_000_00,
  compleet: 40_000_00,
  vorigCompleet: 50_000_00,
  marktaandeel: { segment: 'Ambulant', deel: 0.199 },
}

describe('what stands out of one provider', () => {
  it.each<[string, Partial<Aanbiederbeeld>, string, string]>([
    ['nothing yet', { besteed: 0 }, 'leeg', 'in 2026 nog niets'],
    [
      'dependence from 20%',
      { marktaandeel: { segment: 'Ambulant', deel: 0.2 } },
      'concentratie',
      'Van het geld voor Ambulant gaat 20% naar deze aanbieder',
    ],
    ['a fall', {}, 'rustig', '€\u00a050.000; 20% minder dan in dezelfde maanden van 2025.'],
    ['a rise', { compleet: 55_000_00 }, 'groei', '€\u00a050.000; 10% meer'],
    ['without last year', { vorigCompleet: 0, marktaandeel: null }, 'rustig', 'tot nu toe €\u00a050.000.'],
  ])('%s', (_, afwijking, soort, zin) => {
    const opvallend = whatStandsOutOf({ ...aanbieder, ...afwijking })
    expect(opvallend.soort).toBe(soort)
    expect(opvallend.zin).toContain(zin)
  })
})
