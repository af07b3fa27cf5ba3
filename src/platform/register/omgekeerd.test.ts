import { describe, expect, test } from 'vitest'
import { bedrag, kenmerk, keuzes, periode, tekst } from '../velden/soorten.ts'
import { isSameRow } from './gelijk.ts'
import { asRaakt } from './meegaand.ts'
import { foldOmgekeerd, type Omgekeerd, sayLater, sayOmgekeerd } from './omgekeerd.ts'
import { type Register, sayRow, sayWhich } from './register.ts'
import { sayGat } from './weghalen.ts'

const velden = {
  code: kenmerk({ label: 'Code', kop: 'Code', noem: 'de code', max: 9 }),
  dagen: periode({ label: 'Dagen', kop: 'Geldig', leeg: '' }),
  naam: tekst({ label: 'Naam', kop: 'Naam', noem: 'de naam', max: 9 }),
  bedrag: bedrag({ label: 'Bedrag', kop: 'Bedrag', leeg: '' }),
  delen: keuzes({ label: 'Delen', kop: 'Delen', kies: '' }),
}
const PRIJZEN = {
  naam: 'prijzen',
  een: 'prijs',
  velden,
  sleutel: ['code'],
  periode: 'dagen',
} as unknown as Register
const CONTRACTEN = {
  ...PRIJZEN,
  naam: 'contracten',
  een: 'contract',
  periode: undefined,
  meegaand: {
    register: PRIJZEN,
    naam: ['prijs die eindigt', 'prijzen die eindigen'],
    vervalt: ['prijs die vervalt', 'prijzen die vervallen'],
    terug: ['prijs die doorloopt', 'prijzen die doorlopen'],
  },
} as unknown as Register

const row = (naam: string, meer: object = {}) => ({
  ...{ code: 'A', naam, bedrag: 100, delen: ['x', 'y'], dagen: { begin: '2026-01-01', eind: null } },
  ...meer,
})
const turned = (oud: object | null, nieuw: object | null, meer: Partial<Omgekeerd> = {}): Omgekeerd =>
  ({
    register: 'contracten',
    sleutel: 'A',
    nummer: null,
    ongedaan: 1,
    gedaan: new Date(0),
    oud,
    nieuw,
    ...meer,
  }) as Omgekeerd

test.each([
  ['the same', row('a'), row('a'), true],
  ['a field that differs', row('a'), row('b'), false],
  ['a list in another order', row('a', { delen: ['y', 'x'] }), row('a'), true],
  ['a list with less', row('a', { delen: ['x'] }), row('a'), false],
  ['a field that was left out, and empty', { code: 'A' }, { code: 'A', naam: null }, true],
  ['what it was read with', row('a', { versie: 7 }), row('a'), true],
  ['days', row('a', { dagen: { eind: null, begin: '2026-01-01' } }), row('a'), true],
  ['other days', row('a', { dagen: { begin: '2026-01-01', eind: '2026-12-31' } }), row('a'), false],
  ['gone and gone', null, null, true],
  ['gone and there', null, row('a'), false],
  ['there and gone', row('a'), null, false],
])('a row stands as it was left: %s', (_, stand, gelaten, verwacht) => {
  expect(isSameRow({ velden }, stand, gelaten)).toBe(verwacht)
})

describe('what was done at once to one row', () => {
  const fold = (...rijen: Omgekeerd[]) =>
    foldOmgekeerd({ contracten: velden }, rijen).map(({ sleutel, oud, nieuw, ongedaan }) => [
      sleutel,
      (oud as { naam?: string } | null)?.naam ?? null,
      (nieuw as { naam?: string } | null)?.naam ?? null,
      ongedaan,
    ])
  const [a, b, c] = ['a', 'b', 'c'].map(naam => row(naam)) as [object, object, object]
  test('twice is one change, from how it began to how it ended', () => {
    expect(fold(turned(c, b, { ongedaan: 2 }), turned(b, a))).toEqual([['A', 'c', 'a', 2]])
  })
  test('there and back is nothing', () => {
    expect(fold(turned(a, b, { ongedaan: 2 }), turned(b, a))).toEqual([])
    expect(fold(turned(null, a, { ongedaan: 2 }), turned(a, null))).toEqual([])
  })
  test('rows of the same key in two registers are two', () => {
    expect(fold(turned(b, a), turned(b, a, { register: 'prijzen' }))).toHaveLength(2)
  })
})

test('a sentence names a row as people read it, with its day', () => {
  expect(sayWhich(PRIJZEN, row('a'))).toBe('A, vanaf 01-01-2026')
  expect(sayRow(PRIJZEN, row('a'))).toBe('prijs A, vanaf 01-01-2026')
  expect(sayRow(CONTRACTEN, row('a'))).toBe('contract A')
})

test('what was worked on since is named one by one, the first five', () => {
  const een = (nu: object | null, oud: object | null = row('a')) => ({
    register: PRIJZEN,
    rij: turned(oud, null),
    nu,
  })
  expect(sayLater([een(row('b')), een(null), een(row('a'), null)])).toBe(
    'Daarna is er verder gewerkt: prijs A, vanaf 01-01-2026 is gewijzigd; prijs A, vanaf 01-01-2026 is verwijderd; prijs A, vanaf 01-01-2026 is opnieuw toegevoegd. Maak dat eerst ongedaan.',
  )
  expect(sayLater(Array.from({ length: 7 }, () => een(null)))).toMatch(/is verwijderd; en nog 2\. Maak/)
})

test.each([
  [
    'a field',
    [turned(row('a'), row('b', { bedrag: 90 }))],
    ['Naam: a → b', expect.stringMatching(/^Bedrag: €.1,00 → €.0,90 \(.10,00%\)$/)],
  ],
  ['that it was added', [turned(row('a'), null)], ['het verdwijnt']],
  ['that it was taken out', [turned(null, row('a'))], ['het komt terug']],
  [
    'another row of the register',
    [turned(row('a'), row('b')), turned(row('a'), row('c'), { sleutel: 'B' })],
    ['Naam: a → b', 'contract A: Naam: a → c'],
  ],
  [
    'what went along: what comes back is counted, and what goes for it not',
    [
      turned(row('a'), row('b')),
      ...[row('p'), null].map(nieuw => turned(row('x'), nieuw, { register: 'prijzen', sleutel: 'P' })),
      turned(null, row('q'), { register: 'prijzen', sleutel: 'Q' }),
    ],
    ['Naam: a → b', '2 prijzen die doorlopen'],
  ],
] as const)('what undoing makes of it: %s', (_, rijen, verwacht) => {
  expect(sayOmgekeerd(CONTRACTEN, {}, rijen, 'A')).toEqual(verwacht)
})

test('what ends with a row is counted apart from what is gone altogether', () => {
  const gang = (...wijzigingen: [object | null, object | null][]) => ({
    vanwege: 'A',
    wijzigingen: wijzigingen.map(([oud, nieuw]) => turned(oud, nieuw)),
  })
  const korter: [object, object] = [row('a'), row('b')]
  const anders: [object | null, object | null][] = [
    [row('a'), null],
    [null, row('a')],
  ]
  expect(asRaakt(CONTRACTEN, [gang(korter), gang(...anders), gang([row('a'), null])])).toEqual([
    { sleutel: 'A', naam: ['prijs die eindigt', 'prijzen die eindigen'], aantal: 2 },
    { sleutel: 'A', naam: ['prijs die vervalt', 'prijzen die vervallen'], aantal: 1 },
  ])
  expect(asRaakt(CONTRACTEN, [gang([row('a'), null])]).map(({ aantal }) => aantal)).toEqual([1])
})

describe('a dated row that is taken out leaves days without an answer', () => {
  const days = (begin: string, eind: string | null) => ({ dagen: { begin, eind } })
  const eerst = days('2026-01-01', '2027-06-30')
  test.each([
    [
      'the later half',
      [eerst],
      days('2027-07-01', null),
      /^Vanaf 01-07-2027 geldt er dan niets\. Wat ervoor gold, eindigt op 30-06-2027\. /,
    ],
    [
      'the middle',
      [eerst, days('2028-01-01', null)],
      days('2027-07-01', '2027-12-31'),
      /^Van 01-07-2027 tot en met 31-12-2027 /,
    ],
    ['the first half', [days('2027-07-01', null)], days('2026-01-01', '2027-06-30'), undefined],
    ['the only one', [], days('2026-01-01', null), undefined],
    ['after days without one', [days('2026-01-01', '2026-12-31')], days('2027-07-01', null), undefined],
  ])('%s', (_, ander, weg, verwacht) => {
    const gezegd = sayGat(PRIJZEN, [...ander, weg], weg)
    if (verwacht === undefined) expect(gezegd).toBeUndefined()
    else expect(gezegd).toMatch(verwacht)
  })
  test('of a register without time nothing is said', () => {
    expect(sayGat(CONTRACTEN, [eerst], days('2027-07-01', null))).toBeUndefined()
  })
})
