import { describe, expect, test } from 'vitest'
import { type Afwijking, product, versie } from '../../../../test/support/toewijzing.ts'
import {
  checkToewijzing,
  convertTarief,
  type Feiten,
  isHerhaling,
  isSameVersie,
  TOEWIJZING_REGELS,
  toVersie,
  type Versie,
} from './rules.ts'

const feiten = (deel: Partial<Feiten> = {}): Feiten => ({
  bestaand: undefined,
  clientId: 7,
  aanbiederId: 9,
  catalogusCategorie: '45',
  verzoekBekend: undefined,
  ...deel,
})
const bestaand = (deel = {}) => ({
  clientId: 7,
  aanbiederId: 9,
  actueel: versie(),
  geldt: true,
  hasGoedgekeurdeRegels: false,
  ...deel,
})

describe('level 3 and 4 on a ToegewezenProduct', () => {
  const generiek = { product: undefined }
  const cases: [naam: string, p: Afwijking, f: Partial<Feiten>, regels: string[]][] = [
    ['a new number', {}, {}, []],
    ['the same number for the same client, aanbieder and product', {}, { bestaand: bestaand() }, []],
    ['TR332: number of another client', {}, { bestaand: bestaand({ clientId: 8 }) }, ['TR332']],
    ['TR332: number of another aanbieder', {}, { bestaand: bestaand({ aanbiederId: 8 }) }, ['TR332']],
    [
      'TR332: other product on the number (OP257)',
      { product: { categorie: '45', code: '45A05' } },
      { bestaand: bestaand() },
      ['TR332'],
    ],
    [
      'TR332: other category on the number, without a code',
      { product: { categorie: '45' } },
      { bestaand: bestaand({ actueel: versie({ categorie: '44', code: null }) }) },
      ['TR332'],
    ],
    ['TR332: a generic one on the number of a product', generiek, { bestaand: bestaand() }, ['TR332']],
    [
      'a generic one on its own number',
      generiek,
      { bestaand: bestaand({ actueel: versie({ categorie: null, code: null }) }) },
      [],
    ],
    [
      'another product on a number whose 301 came back as not processed (OP286)',
      { product: { categorie: '45', code: '45A05' } },
      { bestaand: bestaand({ geldt: false }) },
      [],
    ],
    ['TR379: reference without request', { referentieAanbieder: 'X' }, { verzoekBekend: false }, ['TR379']],
    ['reference while requests are not recorded', { referentieAanbieder: 'X' }, {}, []],
    [
      'TR385: deletion with approved lines',
      { redenWijziging: '13' },
      { bestaand: bestaand({ hasGoedgekeurdeRegels: true }) },
      ['TR385'],
    ],
    ['no reference where no request is known', {}, { verzoekBekend: false }, []],
    ['reference with its request (IV097)', { referentieAanbieder: 'X' }, { verzoekBekend: true }, []],
    [
      'a shorter one with approved lines: only deletion is barred (OP362)',
      { redenWijziging: '02' },
      { bestaand: bestaand({ hasGoedgekeurdeRegels: true }) },
      [],
    ],
    ['deletion of a number that is not here', { redenWijziging: '13' }, {}, []],
    ['deletion without approved lines', { redenWijziging: '13' }, { bestaand: bestaand() }, []],
    ['TR381: code of another category', {}, { catalogusCategorie: '44' }, ['TR381']],
    ['TR381: unknown code', {}, { catalogusCategorie: undefined }, ['TR381']],
    ['generic: no code to check', generiek, { catalogusCategorie: undefined }, []],
    ['aspecific: no code to check', { product: { categorie: '45' } }, { catalogusCategorie: undefined }, []],
  ]
  test.each(cases)('%s', (_, p, f, regels) =>
    expect(checkToewijzing(product(p), feiten(f), '/').map(b => b.regel)).toEqual(regels),
  )
  test.each([
    ['TR332', '9332'],
    ['TR379', '9379'],
    ['TR385', '9385'],
    ['TR381', 'S329'],
  ])('%s is answered with %s (berichten.md § 3)', (code, retourcode) =>
    expect(TOEWIJZING_REGELS.find(r => r.code === code)?.retourcode).toBe(retourcode),
  )
  test('what is wrong is told with what to do, at the place it is wrong', () =>
    expect(checkToewijzing(product(), feiten({ catalogusCategorie: '44' }), '/Bericht/Client')).toEqual([
      {
        regel: 'TR381',
        retourcode: 'S329',
        pad: '/Bericht/Client',
        melding:
          'De productcode past niet bij de productcategorie. Gebruik een code die op de ingangsdatum in de productcatalogus bij deze categorie staat.',
      },
    ]))
  test('no rule is without a case', () =>
    expect(new Set(cases.flatMap(([, , , regels]) => regels))).toEqual(
      new Set(TOEWIJZING_REGELS.map(r => r.code)),
    ))
})

test.each([
  [6000, '04', '01', 100],
  [8733, '04', '01', 146],
  [100, '01', '04', 6000],
  [5000, '16', '16', 5000],
  [100, '01', '01', 100],
  [5000, '16', '01', 5000],
  [5000, '01', '16', 5000],
])('a tarief of %i per %s is %s-wise %i', (tarief, van, naar, uit) =>
  expect(convertTarief(tarief, van, naar)).toBe(uit),
)

test.each([
  ['09:00:00', '2025-01-01T09:00:00'],
  ['09:00:00.5', '2025-01-01T09:00:00.5'],
  ['09:00:00.500000', '2025-01-01T09:00:00.5'],
  ['09:00:00.000', '2025-01-01T09:00:00'],
  ['09:00:00.0500', '2025-01-01T09:00:00.05'],
  [`09:00:00.${'1'.repeat(400)}`, '2025-01-01T09:00:00.111111'],
  ['24:00:00', '2025-01-02T00:00:00'],
  ['24:00:00.000', '2025-01-02T00:00:00'],
])('a Toewijzingstijd of %s is the moment that the database gives back', (tijd, moment) =>
  expect(toVersie(product({ toewijzingstijd: tijd }), 1, undefined).toegewezenOp).toBe(moment),
)

describe('the same decision twice (OP087, IV013)', () => {
  const later = { toegewezenOp: '2025-02-01T09:00:00' }
  test('what was sent again says nothing new; decided again, it does', () => {
    expect(isHerhaling(versie(), versie())).toBe(true)
    expect(isHerhaling(versie(), versie(later))).toBe(false)
    expect(isSameVersie(versie(), versie(later))).toBe(true)
  })
  test.each<Partial<Versie>>([
    { ingang: '2025-01-11' },
    { eind: '2025-03-30' },
    { volume: 5 },
    { eenheid: '01' },
    { frequentie: '4' },
    { budget: 1 },
    { redenWijziging: '13' },
  ])('with another %o it is another state, also at the same moment', deel => {
    expect(isSameVersie(versie(), versie(deel))).toBe(false)
    expect(isHerhaling(versie(), versie(deel))).toBe(false)
  })
  test('another reason for the same content is no other state, unless it deletes (IV099)', () =>
    expect(isSameVersie(versie({ redenWijziging: '02' }), versie())).toBe(true))
})

describe('the state that a ToegewezenProduct describes', () => {
  const afspraak = { productId: 3, eenheid: '04', tarief: 6000, tariefVanaf: '2024-07-01' }
  const inMinuten = product({ omvang: { volume: 90, eenheid: '01', frequentie: '2' } })
  test('a specific one: its product, its Omvang and the tarief of the Ingangsdatum', () =>
    expect(toVersie(product({ redenWijziging: '02' }), 5, afspraak)).toEqual({
      toegewezenOp: '2025-01-01T09:00:00',
      categorie: '45',
      code: '45A04',
      productId: 3,
      segmentId: 5,
      ingang: '2025-01-10',
      eind: '2025-03-31',
      redenWijziging: '02',
      volume: 4,
      eenheid: '04',
      frequentie: '2',
      budget: null,
      tarief: 6000,
      tariefVanaf: '2024-07-01',
    }))
  test('a generic one with a budget: no product, no Omvang, no tarief', () =>
    expect(
      toVersie(product({ product: undefined, omvang: undefined, budget: 900 }), null, undefined),
    ).toEqual({
      toegewezenOp: '2025-01-01T09:00:00',
      categorie: null,
      code: null,
      productId: null,
      segmentId: null,
      ingang: '2025-01-10',
      eind: '2025-03-31',
      redenWijziging: null,
      volume: null,
      eenheid: null,
      frequentie: null,
      budget: 900,
      tarief: null,
      tariefVanaf: null,
    }))
  test('allocated in minutes, agreed per hour: the tarief of a minute (IV081)', () =>
    expect(toVersie(inMinuten, 5, afspraak).tarief).toBe(100))
  test('no tarief agreed is no tarief, whatever the unit', () =>
    expect(toVersie(inMinuten, 5, { ...afspraak, tarief: null }).tarief).toBe(null))
  test('without an Omvang the tarief stays as it was agreed', () =>
    expect(toVersie(product({ omvang: undefined }), 5, afspraak).tarief).toBe(6000))
})
