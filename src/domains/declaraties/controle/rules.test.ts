import { describe, expect, test } from 'vitest'
import { checkDeclaratie, type DeclaratieFeiten } from './declaratieregels.ts'
import type { Omvang } from './omvang.ts'
import { expectedBedrag, PRESTATIE_REGELS } from './prestatieregels.ts'
import { checkPrestatie, type EerdereRegel, type Feiten, type Prestatie, type Toewijzing } from './rules.ts'

const prestatie = (deel: Partial<Prestatie> = {}): Prestatie => ({
  referentie: 'R1',
  vorigeReferentie: null,
  toewijzingNummer: 100,
  categorie: '45',
  code: '45A04',
  begin: '2025-03-01',
  eind: '2025-03-31',
  volume: 10,
  eenheid: '04',
  tarief: 8000,
  bedrag: 80_000,
  debet: true,
  ...deel,
})

const omvang = (deel: Partial<Omvang> = {}): Omvang => ({
  volume: 20,
  eenheid: '04',
  frequentie: '4',
  ingang: '2025-01-01',
  eind: '2025-12-31',
  variant: 'inspanning',
  domein: 'jw',
  categorie: '45',
  ...deel,
})

const toewijzing = (deel: Partial<Toewijzing> = {}): Toewijzing => ({
  categorie: '45',
  code: '45A04',
  ingang: '2025-01-01',
  eind: '2025-12-31',
  verwijderd: false,
  omvang: omvang(),
  budget: null,
  ...deel,
})

const feiten = (deel: Partial<Feiten> = {}): Feiten => ({
  periodeEind: '2025-03-31',
  toewijzing: toewijzing(),
  product: { categorie: '45', eenheid: '04', tarief: 8000, gecontracteerd: true },
  referentieBekend: false,
  origineel: undefined,
  origineelGecrediteerd: false,
  openDebet: false,
  geleverd: 0,
  gedeclareerd: 0,
  ...deel,
})

const codes = (p: Prestatie, f: Feiten) => checkPrestatie(p, f).map(b => b.regel)

test('a line that keeps every rule is payable', () => expect(codes(prestatie(), feiten())).toEqual([]))

describe('each rule has a line that breaks it, and says so with its retourcode and the facts', () => {
  const cases: [regel: string, retourcode: string, p: Partial<Prestatie>, f: Partial<Feiten>][] = [
    ['TR338', '9338', {}, { toewijzing: undefined }],
    ['TR384', '9384', {}, { toewijzing: toewijzing({ verwijderd: true }) }],
    ['TR339', '9339', {}, { toewijzing: toewijzing({ categorie: '44', code: null }) }],
    ['TR340', '9340', {}, { toewijzing: toewijzing({ code: '45A05' }) }],
    [
      'TR381',
      'S329',
      {},
      { product: { categorie: '44', eenheid: '04', tarief: 8000, gecontracteerd: true } },
    ],
    ['TR381', 'S329', {}, { product: undefined }],
    ['TR341', '9341', { eenheid: '16' }, {}],
    ['TR307', '9307', { begin: '2025-03-01' }, { toewijzing: toewijzing({ ingang: '2025-03-02' }) }],
    ['TR308', '9308', {}, { toewijzing: toewijzing({ eind: '2025-03-30' }) }],
    ['TR387', '9387', { begin: '2025-03-02' }, {}],
    ['TR388', '9388', { eind: '2025-03-30' }, {}],
    ['TR319', '9319', {}, { periodeEind: '2025-02-28' }],
    ['TR314', '8021', {}, { referentieBekend: true }],
    ['TR389', '9389', {}, { openDebet: true }],
    ['TR321', '9321', { volume: 21, bedrag: 168_000 }, {}],
    ['TR322', '9322', {}, { geleverd: 231 * 60 }],
    [
      'TR369',
      '9369',
      {},
      { toewijzing: toewijzing({ omvang: null, budget: 100_000 }), gedeclareerd: 20_001 },
    ],
    [
      'OP302',
      '0611',
      { eenheid: '83', volume: 80_000, tarief: null },
      { product: { categorie: '45', eenheid: '83', tarief: null, gecontracteerd: false } },
    ],
    ['TR418', '0611', { tarief: 8001, bedrag: 80_010 }, {}],
    [
      'TR418',
      '0611',
      {},
      { product: { categorie: '45', eenheid: '04', tarief: null, gecontracteerd: true } },
    ],
    ['TR346', '9346', { bedrag: 80_001 }, {}],
  ]
  test.each(cases)('%s (%s)', (regel, retourcode, p, f) => {
    const gevonden = checkPrestatie(prestatie(p), feiten(f)).find(b => b.regel === regel)
    expect(gevonden?.retourcode).toBe(retourcode)
    expect(gevonden?.feiten.length).toBeGreaterThan(0)
  })
  test('no rule is without a case', () => {
    const credit = ['TR323', 'TR390']
    expect([...new Set([...cases.map(([regel]) => regel), ...credit])].sort()).toEqual(
      PRESTATIE_REGELS.map(regel => regel.code).sort(),
    )
  })
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

describe('minutes', () => {
  const minuten = prestatie({ eenheid: '01', volume: 95, tarief: 146, bedrag: 13_823 })
  const perUur = feiten({ product: { categorie: '45', eenheid: '04', tarief: 8730, gecontracteerd: true } })
  test('on a toewijzing in hours: tarief for information, amount from the hourly price, rounded at the end (IV081)', () =>
    expect(codes(minuten, perUur)).toEqual([]))
  test('rounding half up: 8733 / 60 = 145,55 → 146; 8724 / 60 = 145,4 → 145', () => {
    expect(expectedBedrag({ ...minuten, volume: 1 }, 8733)).toBe(146)
    expect(expectedBedrag({ ...minuten, volume: 1 }, 8724)).toBe(145)
  })
  test('minutes × the rounded tarief is not the amount', () =>
    expect(codes({ ...minuten, bedrag: 95 * 146 }, perUur)).toEqual(['TR346']))
  test('of a product priced per minute are simply multiplied', () => {
    const perMinuut = feiten({
      product: { categorie: '45', eenheid: '01', tarief: 146, gecontracteerd: true },
      toewijzing: toewijzing({ omvang: omvang({ eenheid: '01', volume: 100 }) }),
    })
    expect(codes({ ...minuten, bedrag: 95 * 146 }, perMinuut)).toEqual([])
  })
  test('count as hours against the allocated volume', () =>
    expect(codes({ ...minuten, volume: 1201, bedrag: 174_746 }, perUur)).toEqual(['TR321']))
})

describe('euros (eenheid 83)', () => {
  const euros = prestatie({ eenheid: '83', volume: 250_000, tarief: null, bedrag: 250_000 })
  const traject = feiten({
    product: { categorie: '45', eenheid: '83', tarief: null, gecontracteerd: true },
    toewijzing: toewijzing({ omvang: omvang({ eenheid: '83', volume: 300_000, frequentie: '6' }) }),
  })
  test('have no tarief and no multiplication', () => expect(codes(euros, traject)).toEqual([]))
  test('stay within the volume in cents', () =>
    expect(codes({ ...euros, volume: 300_001, bedrag: 300_001 }, traject)).toEqual(['TR321', 'TR322']))
})

describe('credits are tested as credits only (IV085, IV091)', () => {
  const origineel: EerdereRegel = { ...prestatie({ referentie: 'R0' }), goedgekeurd: true, keten: 1 }
  const credit = prestatie({ debet: false, vorigeReferentie: 'R0' })
  const bekend = (deel: Partial<Feiten> = {}) => feiten({ origineel, openDebet: true, ...deel })
  test('an exact copy of an approved line passes, also over a spent budget', () =>
    expect(codes(credit, bekend({ geleverd: 999_999 }))).toEqual([]))
  test.each<[string, Partial<Prestatie>, Partial<Feiten>]>([
    ['names no known line', {}, { origineel: undefined }],
    ['names a refused line', {}, { origineel: { ...origineel, goedgekeurd: false } }],
    ['names a credit', {}, { origineel: { ...origineel, debet: false } }],
    ['has another amount', { bedrag: 79_999 }, {}],
    ['has another period', { eind: '2025-03-30' }, {}],
    ['has another volume', { volume: 9 }, {}],
  ])('TR323 when it %s', (_, p, f) => expect(codes({ ...credit, ...p }, bekend(f))).toEqual(['TR323']))
  test('TR390 the second time', () =>
    expect(codes(credit, bekend({ origineelGecrediteerd: true }))).toEqual(['TR390']))
})

describe('a declaratie as a whole', () => {
  const basis: DeclaratieFeiten = {
    nummer: 'D1',
    maand: '2025-03-01',
    nummerBekend: false,
    laatsteMaand: '2025-02-01',
  }
  test.each<[string, Partial<DeclaratieFeiten>, string[]]>([
    ['the month after', {}, []],
    ['the first ever', { laatsteMaand: undefined }, []],
    ['the same month again (IV090)', { laatsteMaand: '2025-03-01' }, []],
    ['a gap of months', { laatsteMaand: '2024-11-01' }, []],
    ['before an earlier month', { laatsteMaand: '2025-04-01' }, ['TR318']],
    ['a number used before', { nummerBekend: true }, ['TR333']],
  ])('%s', (_, deel, regels) =>
    expect(checkDeclaratie({ ...basis, ...deel }).map(b => b.regel)).toEqual(regels),
  )
})
