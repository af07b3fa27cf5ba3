import { describe, expect, test } from 'vitest'
import {
  codes,
  feiten,
  omvang,
  prestatie,
  product,
  toewijzing,
  uitkomst,
} from '../../../../test/support/prestatie.ts'
import { PRESTATIE_REGELS } from './prestatieregels.ts'
import { checkPrestatie, type Feiten, type Prestatie } from './rules.ts'

test('a line that keeps every rule is payable', () => expect(codes(prestatie(), feiten())).toEqual([]))

type Rij = [
  regel: string,
  retourcode: string,
  geval: string,
  p: Partial<Prestatie>,
  f: Partial<Feiten>,
  wat: string,
  gedeclareerd: string,
  afgesproken: string,
]
const VREEMD = toewijzing({ categorie: null, code: null, omvang: null })
const EUROS: Partial<Prestatie> = { eenheid: '83', volume: 80_000, tarief: null }

/** berichten.md § 4.5: each rule with a line that breaks it, and what the aanbieder reads beside «waarom?». */
const GEVALLEN: Rij[] = [
  [
    'TR338',
    '9338',
    'no such toewijzing',
    {},
    { toewijzing: undefined },
    'Toewijzing',
    '100',
    'niet gevonden',
  ],
  [
    'TR384',
    '9384',
    'deleted',
    {},
    { toewijzing: toewijzing({ verwijderd: true }) },
    'Toewijzing',
    '100',
    'verwijderd',
  ],
  [
    'TR339',
    '9339',
    'other category than allocated, aspecific',
    {},
    { toewijzing: toewijzing({ categorie: '44', code: null }) },
    'Productcategorie',
    '45',
    '44',
  ],
  [
    'TR340',
    '9340',
    'other code than allocated',
    {},
    { toewijzing: toewijzing({ code: '45A05' }) },
    'Productcode',
    '45A04',
    '45A05',
  ],
  [
    'TR381',
    'S329',
    'code of another category',
    {},
    { product: product({ categorie: '44' }) },
    'Categorie van 45A04',
    '45',
    '44',
  ],
  [
    'TR381',
    'S329',
    'code that the catalogue does not know',
    {},
    { product: undefined },
    'Categorie van 45A04',
    '45',
    'code staat niet in de catalogus',
  ],
  ['TR341', '9341', 'dagdelen on hours', { eenheid: '16' }, {}, 'Eenheid', 'dagdelen', 'uur'],
  [
    'TR341',
    '9341',
    'hours on minutes: only minutes on hours are allowed',
    {},
    { toewijzing: toewijzing({ omvang: omvang({ eenheid: '01', volume: 9999 }) }) },
    'Eenheid',
    'uur',
    'minuten',
  ],
  [
    'TR341',
    '9341',
    'minutes on etmalen',
    { eenheid: '01' },
    { toewijzing: toewijzing({ omvang: omvang({ eenheid: '14' }) }) },
    'Eenheid',
    'minuten',
    'etmalen',
  ],
  [
    'TR341',
    '9341',
    'aspecific: the unit follows the contract (OP302)',
    {},
    { toewijzing: VREEMD, product: product({ eenheid: '82' }) },
    'Eenheid',
    'uur',
    'stuks',
  ],
  [
    'TR341',
    '9341',
    'the unit of the Omvang goes before that of the contract',
    {},
    { toewijzing: toewijzing({ omvang: omvang({ eenheid: '84' }) }) },
    'Eenheid',
    'uur',
    'stuks',
  ],
  ['TR341', '9341', 'euros on hours', EUROS, {}, 'Eenheid', 'euro’s', 'uur'],
  [
    'TR341',
    '9341',
    'a unit that no list knows is named by its code',
    { eenheid: '99' },
    {},
    'Eenheid',
    '99',
    'uur',
  ],
  [
    'TR307',
    '9307',
    'a day before the Ingangsdatum',
    {},
    { toewijzing: toewijzing({ ingang: '2025-03-02' }) },
    'Begindatum',
    '01-03-2025',
    '02-03-2025',
  ],
  [
    'TR308',
    '9308',
    'a day after the Einddatum',
    {},
    { toewijzing: toewijzing({ eind: '2025-03-30' }) },
    'Einddatum',
    '31-03-2025',
    '30-03-2025',
  ],
  [
    'TR387',
    '9387',
    'not from the first',
    { begin: '2025-03-02' },
    {},
    'Begindatum',
    '02-03-2025',
    '01-03-2025',
  ],
  [
    'TR387',
    '9387',
    'not from the Ingangsdatum within the month',
    { begin: '2025-03-11' },
    { toewijzing: toewijzing({ ingang: '2025-03-10' }) },
    'Begindatum',
    '11-03-2025',
    '10-03-2025',
  ],
  ['TR388', '9388', 'not to the last', { eind: '2025-03-30' }, {}, 'Einddatum', '30-03-2025', '31-03-2025'],
  [
    'TR388',
    '9388',
    'not to the Einddatum within the month',
    { eind: '2025-03-19' },
    { toewijzing: toewijzing({ eind: '2025-03-20' }) },
    'Einddatum',
    '19-03-2025',
    '20-03-2025',
  ],
  [
    'TR388',
    '9388',
    'not to the last on an open-ended toewijzing',
    { eind: '2025-03-30' },
    { toewijzing: toewijzing({ eind: null }) },
    'Einddatum',
    '30-03-2025',
    '31-03-2025',
  ],
  [
    'TR319',
    '9319',
    'a month after the DeclaratiePeriode',
    {},
    { periodeEind: '2025-02-28' },
    'Einddatum',
    '31-03-2025',
    '28-02-2025',
  ],
  [
    'TR314',
    '8021',
    'used before',
    {},
    { referentieBekend: true },
    'Referentienummer',
    'R1',
    'nog niet gebruikt',
  ],
  [
    'TR389',
    '9389',
    'a second debit',
    {},
    { openDebet: true },
    'Regels voor deze maand',
    'nog een',
    'één, al goedgekeurd',
  ],
  [
    'TR321',
    '9321',
    'an hour over the month',
    { volume: 21, bedrag: 168_000 },
    {},
    'Volume in de periode',
    '21 uur',
    '20 uur',
  ],
  [
    'TR322',
    '9322',
    'an hour over the term, told in minutes',
    {},
    { geleverd: 231 * 60 },
    'Volume over de looptijd',
    '14.460 minuten',
    '14.400 minuten',
  ],
  [
    'TR322',
    '9322',
    'a dagdeel over the term, told in its own unit',
    { eenheid: '16' },
    {
      geleverd: 231,
      toewijzing: toewijzing({ omvang: omvang({ eenheid: '16' }) }),
      product: product({ eenheid: '16' }),
    },
    'Volume over de looptijd',
    '241 dagdelen',
    '240 dagdelen',
  ],
  [
    'TR369',
    '9369',
    'a cent over the budget',
    {},
    { toewijzing: toewijzing({ omvang: null, budget: 100_000 }), gedeclareerd: 20_001 },
    'Bedrag over de looptijd',
    '€ 1.000,01',
    '€ 1.000,00',
  ],
  [
    'OP302',
    '0611',
    'not in a contract',
    {},
    { product: product({ gecontracteerd: false }) },
    'Contract',
    '45A04',
    'niet in een contract van deze aanbieder met deze gemeente',
  ],
  [
    'TR418',
    '0611',
    'a cent too much per hour (OP262)',
    { tarief: 8001, bedrag: 80_010 },
    {},
    'Tarief',
    '€ 80,01',
    '€ 80,00',
  ],
  [
    'TR418',
    '0611',
    'no tarief was agreed',
    {},
    { product: product({ tarief: null }) },
    'Tarief',
    '€ 80,00',
    'geen tarief in het contract',
  ],
  [
    'TR418',
    '0611',
    'no tarief was claimed (CD087)',
    { tarief: null, bedrag: 0 },
    {},
    'Tarief',
    'geen',
    '€ 80,00',
  ],
  ['TR346', '9346', 'a cent too much', { bedrag: 80_001 }, {}, 'Bedrag', '€ 800,01', '€ 800,00'],
]

describe('each rule has a line that breaks it, and says so with its retourcode and the facts', () => {
  test.each(GEVALLEN)('%s (%s): %s', (regel, retourcode, _, p, f, ...feit) =>
    expect(uitkomst(prestatie(p), feiten(f)).filter(rij => rij[0] === regel)).toEqual([
      [regel, retourcode, ...feit],
    ]),
  )
  test('no rule is without a case', () => {
    const credit = ['TR323', 'TR390'] // credit.test.ts
    expect([...new Set([...GEVALLEN.map(([regel]) => regel), ...credit])].sort()).toEqual(
      PRESTATIE_REGELS.map(regel => regel.code).sort(),
    )
  })
  test('what is wrong is told in words, with what to do', () =>
    expect(checkPrestatie(prestatie({ bedrag: 1 }), feiten())[0]?.melding).toBe(
      'Het bedrag is niet het volume maal het tarief. Reken het bedrag opnieuw uit; minuten gaan tegen het uurtarief, pas aan het eind afgerond.',
    ))
})

describe('a rule is silent on what it cannot judge', () => {
  test('without a toewijzing: not its unit, dates or volume (TR338 says enough)', () =>
    expect(
      codes(
        prestatie({ begin: '2025-03-02', eind: '2025-03-30', eenheid: '16' }),
        feiten({ toewijzing: undefined }),
      ),
    ).toEqual(['TR338']))
  test('aspecific, with a code that the catalogue does not know: not its unit', () =>
    expect(codes(prestatie({ eenheid: '16' }), feiten({ toewijzing: VREEMD, product: undefined }))).toEqual([
      'TR381',
    ]))
  test('per month without an end: no total over the term (TR322)', () =>
    expect(
      codes(
        prestatie(),
        feiten({ toewijzing: toewijzing({ eind: null, omvang: omvang({ eind: null }) }), geleverd: 999_999 }),
      ),
    ).toEqual([]))
})

describe('the edges of a rule still pass', () => {
  test.each<[string, Partial<Prestatie>, Partial<Feiten>]>([
    [
      'TR307/TR387: begins on the Ingangsdatum',
      { begin: '2025-03-10' },
      { toewijzing: toewijzing({ ingang: '2025-03-10' }) },
    ],
    [
      'TR308/TR388: ends on the Einddatum',
      { eind: '2025-03-20' },
      { toewijzing: toewijzing({ eind: '2025-03-20' }) },
    ],
    ['TR321: exactly the volume', { volume: 20, bedrag: 160_000 }, {}],
    ['TR322: exactly the term', {}, { geleverd: 230 * 60 }],
    [
      'TR369: exactly the budget',
      {},
      { toewijzing: toewijzing({ omvang: null, budget: 100_000 }), gedeclareerd: 20_000 },
    ],
    [
      'TR339/TR340: aspecific, any code of the category',
      {},
      { toewijzing: toewijzing({ code: null, omvang: null }) },
    ],
    [
      'generic: any category',
      {},
      { toewijzing: toewijzing({ categorie: null, code: null, omvang: null, budget: 1_000_000 }) },
    ],
  ])('%s', (_, p, f) => expect(codes(prestatie(p), feiten(f))).toEqual([]))
})
