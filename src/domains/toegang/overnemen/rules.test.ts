import { describe, expect, test } from 'vitest'
import { type Bekend, checkSamen, meldingenVan, productVan } from './rules.ts'
import { checkRij, type Rij } from './velden.ts'

const RIJ: Rij = {
  gemeente: '9101',
  wet: 'jw',
  nummer: 1,
  toegewezenOp: '2025-12-15',
  bsn: '999900006',
  naam: 'Sem',
  geboortedatum: '2012-04-05',
  geslacht: '1',
  aanbieder: '98000001',
  categorie: '45',
  product: '45A04',
  geldig: { begin: '2026-01-01', eind: null },
  volume: 20,
  eenheid: '04',
  frequentie: '4',
  budget: null,
  begin: null,
  gestopt: null,
  redenStop: null,
  verwijzer: null,
  verwezenOp: null,
  probleemcluster: null,
  herhaald: null,
}
const STOP = { begin: '2026-01-05', gestopt: '2026-01-31', redenStop: '31' } as const

describe('one row', () => {
  test.each<[string, Partial<Rij>, string[]]>([
    ['is good', {}, []],
    ['without a product', { categorie: null, product: null }, []],
    ['a code without its categorie', { categorie: null }, ['categorie']],
    ['the first day of the law', { geldig: { begin: '2015-01-01', eind: null } }, []],
    ['the day before', { geldig: { begin: '2014-12-31', eind: null } }, ['geldigBegin']],
    ['no omvang', { volume: null, eenheid: null, frequentie: null }, []],
    ['half of one', { volume: null }, ['volume']],
    ['a budget', { volume: null, eenheid: null, frequentie: null, budget: 100 }, []],
    ['both', { budget: 100 }, ['budget']],
    ['a stop', STOP, []],
    ['a stop on the day of the start', { ...STOP, gestopt: '2026-01-05' }, []],
    ['a stop before it', { ...STOP, gestopt: '2026-01-04' }, ['gestopt']],
    ['a stop without a start', { ...STOP, begin: null }, ['begin']],
    ['a stop without a reason', { ...STOP, redenStop: null }, ['redenStop']],
    ['a reason that only the Wmo has', { ...STOP, redenStop: '99' }, ['redenStop']],
    ['a reason without a stop', { ...STOP, gestopt: null }, ['redenStop']],
    ['a referrer without a day', { verwijzer: '02' }, ['verwezenOp']],
  ])('%s', (_, anders, paden) => expect(checkRij({ ...RIJ, ...anders }).map(f => f.pad)).toEqual(paden))
})

const LEEG: Bekend = {
  geboren: new Map(),
  namen: new Map(),
  producten: new Set(['jw|45A04']),
  staat: new Set(),
  verwijzers: new Map(),
}
const VANDAAG = '2026-03-16'
const check = (rijen: readonly Partial<Rij>[], bekend: Partial<Bekend> = {}) =>
  checkSamen(
    rijen.map((anders, i) => {
      const rij = { ...RIJ, ...anders }
      const toewijzing = `${rij.gemeente}|${rij.wet}|${rij.nummer}`
      return {
        nummer: i + 2,
        rij,
        sleutel: `${toewijzing}|${rij.toegewezenOp}`,
        toewijzing,
        persoon: rij.bsn,
      }
    }),
    { ...LEEG, ...bekend },
    VANDAAG,
  ).map(({ nummer, melding }) => [nummer, melding.split(' ').slice(0, 3).join(' ')])

describe('rows beside each other and beside what stands here', () => {
  const huisarts = { verwijzer: '02', verwezenOp: '2025-12-01' } as const
  test.each<[string, Partial<Rij>[], Partial<Bekend>, unknown[]]>([
    ['one', [{}], {}, []],
    ['two states', [{}, { toegewezenOp: '2026-02-01' }], {}, []],
    ['one state twice', [{}, {}], {}, [[3, 'Dit toewijzingnummer staat']]],
    [
      'another birth date here',
      [{}],
      { geboren: new Map([['999900006', '2011-01-01']]) },
      [[2, 'Onder dit BSN']],
    ],
    ['another in the file', [{}, { nummer: 2, geboortedatum: '2011-01-01' }], {}, [[3, 'Onder dit BSN']]],
    ['a product of the other law', [{ wet: 'wmo' }], {}, [[2, 'Productcode 45A04 is']]],
    ['the same referrer', [huisarts], { verwijzers: new Map([['9101|jw|1', '02']]) }, []],
    ['another', [huisarts], { verwijzers: new Map([['9101|jw|1', '01']]) }, [[2, 'Bij deze toewijzing']]],
    [
      'none, and it is there',
      [huisarts],
      { verwijzers: new Map([['9101|jw|1', null]]) },
      [[2, 'Deze toewijzing staat']],
    ],
    [
      'two in one file',
      [huisarts, { ...huisarts, verwijzer: '01', toegewezenOp: '2026-02-01' }],
      {},
      [[3, 'Bij deze toewijzing']],
    ],
    ['said with the later state', [{}, { ...huisarts, toegewezenOp: '2026-02-01' }], {}, []],
    ['today', [{ toegewezenOp: VANDAAG }], {}, []],
    ['tomorrow', [{ toegewezenOp: '2026-03-17' }], {}, [[2, '17-03-2026 ligt in']]],
    ['begun before it held', [{ begin: '2025-12-31' }], {}, [[2, 'De levering begon']]],
    [
      'begun when an earlier state held',
      [
        { begin: '2026-01-05' },
        { begin: '2026-01-05', toegewezenOp: '2026-02-01', geldig: { begin: '2026-02-01', eind: null } },
      ],
      {},
      [],
    ],
    ['begun before, of what is known', [{ begin: '2025-12-31' }], { staat: new Set(['9101|jw|1']) }, []],
  ])('%s', (_, rijen, bekend, fouten) => expect(check(rijen, bekend)).toEqual(fouten))
})

test.each<[string, Partial<Rij>, string[]]>([
  ['nothing', {}, []],
  ['a start', { begin: '2026-01-05' }, ['start']],
  ['a start and its stop', STOP, ['start', 'stop']],
])('a row says %s', (_, anders, soorten) =>
  expect(meldingenVan({ ...RIJ, ...anders }).map(m => m.soort)).toEqual(soorten),
)

test('a product is a code, a categorie or nothing', () => {
  expect(productVan(RIJ)).toEqual({ product: { categorie: '45', code: '45A04' } })
  expect(productVan({ categorie: '45', product: null })).toEqual({ product: { categorie: '45' } })
  expect(productVan({ categorie: null, product: null })).toEqual({})
})
