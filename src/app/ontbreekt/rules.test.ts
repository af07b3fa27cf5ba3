import { expect, test } from 'vitest'
import { mendOf, type Onderwerp, SOORTEN, type Soort, sayOntbreekt } from './rules.ts'

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
}

const WAAR: Readonly<Record<Soort, string>> = {
  'toewijzing-zonder-contract': NIEUW_CONTRACT,
  'toewijzing-zonder-tarief': NIEUW_TARIEF,
  'product-zonder-tarief': NIEUW_TARIEF,
  'tarief-buiten-catalogus': '/inrichten/tarieven/rij/C%2F1~jw~45A04~2026-01-01',
  'contract-zonder-tarief': NIEUW_TARIEF,
  'tarieven-eindigen': '/inrichten/tarieven?contract=C%2F1',
  'contract-eindigt': CONTRACT,
  'contract-zonder-segment': CONTRACT,
  'contract-zonder-gemeente': CONTRACT,
  'segment-zonder-contract': NIEUW_CONTRACT,
}

test.each(SOORTEN)('%s is mended where it stands', soort =>
  expect(mendOf({ soort, ...rij }).href).toBe(WAAR[soort]),
)

test('what is not known is not said', () => {
  const product = { ...rij, soort: 'product-zonder-tarief', contract: null } as const
  expect(mendOf(product).href).toBe(
    '/inrichten/tarieven/nieuw?wet=jw&product=45A04&geldigheidBegin=2026-03-16',
  )
})

test.each(['toewijzing-zonder-contract', 'contract-eindigt'] as const)(
  '%s is mended in a contract of the provider that is there',
  soort =>
    expect(mendOf({ soort, ...rij, herstel: 'C/2', herstelBegin: '2027-01-01' })).toEqual({
      doe: 'Zet de gemeente of het segment in het contract',
      href: '/inrichten/contracten/rij/C%2F2~2027-01-01/wijzig',
    }),
)

test.each([
  [1, '1 ding ontbreekt nog'],
  [2, '2 dingen ontbreken nog'],
  [1234, '1.234 dingen ontbreken nog'],
])('%i: %s', (aantal, zin) => expect(sayOntbreekt(aantal)).toBe(zin))
