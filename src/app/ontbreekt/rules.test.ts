import { expect, test } from 'vitest'
import { mendOf, type Onderwerp, SOORTEN, type Soort, sayOntbreekt, sayProducten } from './rules.ts'

const CONTRACT = '/inrichten/contracten/rij/C%2F1~2026-01-01/wijzig'
const NIEUW_TARIEF =
  '/inrichten/tarieven/nieuw?contract=C%2F1&wet=jw&product=45A04&geldigheidBegin=2026-03-16'
const NIEUW_CONTRACT =
  '/inrichten/contracten/nieuw?aanbieder=98000001&segmenten=J-AMB&gemeenten=9101&gemeenten=9102&geldigheidBegin=2026-03-16'
const rij: Omit<Onderwerp, 'soort'> = {
  contract: 'C/1',
  agb: '98000001',
  wet: 'jw',
  product: '45A04',
  segmentcode: 'J-AMB',
  gemeenten: ['9101', '9102'],
  begin: '2026-01-01',
  vanaf: '2026-03-16',
  herstel: null,
  herstelBegin: null,
  catalogus: { begin: '2025-01-01', eind: '2026-03-15' },
  tariefEind: '2026-12-31',
}

const VANDAAG = '2026-04-01'

const WAAR: Readonly<Record<Soort, string>> = {
  'toewijzing-zonder-contract': NIEUW_CONTRACT,
  'toewijzing-zonder-tarief': NIEUW_TARIEF,
  'product-zonder-tarief': NIEUW_TARIEF,
  'tarief-buiten-catalogus':
    '/inrichten/tarieven/rij/C%2F1~jw~45A04~2026-01-01/wijzig?geldigheidBegin=2026-01-01&geldigheidEind=2026-03-15',
  'contract-zonder-tarief': NIEUW_TARIEF,
  'segment-zonder-tarief': NIEUW_TARIEF,
  'tarieven-eindigen': NIEUW_TARIEF,
  'contract-eindigt': CONTRACT,
  'contract-zonder-segment': CONTRACT,
  'contract-zonder-gemeente': CONTRACT,
  'segment-zonder-contract': NIEUW_CONTRACT,
  'segment-zonder-plafond': '/inrichten/plafonds/nieuw?gemeente=9101&segment=J-AMB&jaar=2026',
}

test.each(SOORTEN)('%s is mended where it stands', soort =>
  expect(mendOf({ soort, ...rij }, VANDAAG).href).toBe(WAAR[soort]),
)

test('what is not known is not said', () => {
  const product = { ...rij, soort: 'product-zonder-tarief', contract: null } as const
  expect(mendOf(product, VANDAAG).href).toBe(
    '/inrichten/tarieven/nieuw?wet=jw&product=45A04&geldigheidBegin=2026-03-16',
  )
})

test.each<[NonNullable<Onderwerp['erbij']>, string, string]>([
  [
    { segmenten: null, gemeenten: ['9101', '9102'] },
    'Zet de gemeente in het contract',
    '?gemeenten=9101&gemeenten=9102',
  ],
  [
    { segmenten: ['J-AMB', 'J-VER'], gemeenten: null },
    'Zet het segment in het contract',
    '?segmenten=J-AMB&segmenten=J-VER',
  ],
  [
    { segmenten: ['J-AMB'], gemeenten: ['9101'] },
    'Zet de gemeente en het segment in het contract',
    '?segmenten=J-AMB&gemeenten=9101',
  ],
  [{ segmenten: null, gemeenten: null }, 'Zet de gemeente of het segment in het contract', ''],
])('in a contract of the provider that is there, what lacks in it is filled in: %j', (erbij, doe, vraag) => {
  for (const soort of ['toewijzing-zonder-contract', 'contract-eindigt'] as const)
    expect(mendOf({ soort, ...rij, herstel: 'C/2', herstelBegin: '2027-01-01', erbij }, VANDAAG)).toEqual({
      doe,
      href: `/inrichten/contracten/rij/C%2F2~2027-01-01/wijzig${vraag}`,
    })
})

const PRIJS = '/inrichten/tarieven/rij/C%2F1~jw~45A04~2026-01-01'
const PRODUCT = '/inrichten/producten/rij/jw~45A04~2025-01-01/wijzig?geldigheidBegin=2025-01-01'
test.each<[string, Partial<Onderwerp>, (string | undefined)[]]>([
  [
    'goes on too long: it ends with its product, or the product goes on with it',
    {},
    [
      `${PRIJS}/wijzig?geldigheidBegin=2026-01-01&geldigheidEind=2026-03-15`,
      `${PRODUCT}&geldigheidEind=2026-12-31`,
    ],
  ],
  ['has no last day', { tariefEind: null }, [expect.any(String), `${PRODUCT}&geldigheidEind=`]],
  [
    'begins after its product ended',
    { vanaf: '2026-01-01', catalogus: { begin: '2025-01-01', eind: '2025-12-31' } },
    [`${PRODUCT}&geldigheidEind=2026-12-31`, PRIJS],
  ],
  [
    'begins before its product',
    { vanaf: '2026-01-01', catalogus: { begin: '2026-02-01', eind: null } },
    [PRIJS, undefined],
  ],
])('a price outside the catalogue that %s', (_, anders, verwacht) => {
  const { href, of } = mendOf({ soort: 'tarief-buiten-catalogus', ...rij, ...anders }, VANDAAG)
  expect([href, of?.href]).toEqual(verwacht)
})

test('of more prices at once the list is opened, and of those that belong in the next contract that of it', () => {
  const meer = { ...rij, soort: 'tarieven-eindigen', wet: null, product: null } as const
  expect(mendOf(meer, VANDAAG).href).toBe('/inrichten/tarieven?contract=C%2F1')
  expect(mendOf({ ...meer, herstel: 'C/2' }, VANDAAG).href).toBe('/inrichten/tarieven?contract=C%2F2')
  expect(mendOf({ ...rij, soort: 'tarieven-eindigen', herstel: 'C/2' }, VANDAAG).href).toBe(
    NIEUW_TARIEF.replace('C%2F1', 'C%2F2'),
  )
})

test.each(['toewijzing-zonder-contract', 'segment-zonder-contract'] as const)(
  '%s since nobody knows when: the first day is for who puts it in',
  soort =>
    expect(mendOf({ soort, ...rij, vanaf: VANDAAG }, VANDAAG).href).toBe(
      NIEUW_CONTRACT.replace('&geldigheidBegin=2026-03-16', ''),
    ),
)

const P = (code: string, straks: string | null = null) => ({ code, naam: `P${code}`, straks })
test.each([
  [[], ''],
  [[P('1')], 'P1 (1)'],
  [[P('1', 'Q'), P('2')], 'P1, daarna Q (1), P2 (2)'],
  [[P('1'), P('2'), P('3'), P('4')], 'P1 (1), P2 (2), P3 (3) en 1 ander product'],
  [[P('1'), P('2'), P('3'), P('4'), P('5')], 'P1 (1), P2 (2), P3 (3) en 2 andere producten'],
])('products %#', (producten, zin) => expect(sayProducten(producten)).toBe(zin))

test.each([
  [1, '1 ding ontbreekt nog'],
  [2, '2 dingen ontbreken nog'],
  [1234, '1.234 dingen ontbreken nog'],
])('%i: %s', (aantal, zin) => expect(sayOntbreekt(aantal)).toBe(zin))
