import { expect, test } from 'vitest'
import { mendOf, type Onderwerp, SOORTEN, type Soort, sayOntbreekt } from './rules.ts'

const NIEUW_CONTRACT = '/inrichten/contracten/nieuw'
const NIEUW_TARIEF = '/inrichten/tarieven/nieuw'
const CONTRACT = '/inrichten/contracten/rij/C%2F1~2026-01-01'
const TARIEF = '/inrichten/tarieven/rij/C%2F1~jw~45A04~2026-01-01'
const rij: Omit<Onderwerp, 'soort'> = { contract: 'C/1', wet: 'jw', product: '45A04', begin: '2026-01-01' }

const WAAR: Readonly<Record<Soort, string>> = {
  'toewijzing-zonder-contract': NIEUW_CONTRACT,
  'toewijzing-zonder-tarief': NIEUW_TARIEF,
  'product-zonder-tarief': NIEUW_TARIEF,
  'tarief-buiten-catalogus': TARIEF,
  'contract-zonder-tarief': NIEUW_TARIEF,
  'contract-eindigt': CONTRACT,
  'contract-zonder-segment': CONTRACT,
  'contract-zonder-gemeente': CONTRACT,
  'segment-zonder-contract': NIEUW_CONTRACT,
}

test.each(SOORTEN)('%s is mended where it stands', soort =>
  expect(mendOf({ soort, ...rij }).href).toBe(WAAR[soort]),
)

test.each([
  [1, '1 ding ontbreekt nog'],
  [2, '2 dingen ontbreken nog'],
  [1234, '1.234 dingen ontbreken nog'],
])('%i: %s', (aantal, zin) => expect(sayOntbreekt(aantal)).toBe(zin))
