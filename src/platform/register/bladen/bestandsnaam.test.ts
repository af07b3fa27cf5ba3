import { expect, test } from 'vitest'
import { safeName } from './bestandsnaam.ts'

test.each([
  ['segmenten 2026.xlsx', 'segmenten 2026.xlsx'],
  ['Overzicht Zeist (def).csv', 'Overzicht Zeist (def).csv'],
  ['toewijzing 111222333.CSV', 'bestand.csv'],
  ['111.222.333.xlsx', 'bestand.xlsx'],
  ['bsn_111222333', 'bestand'],
  ['gemeenten\u202excod.csv', 'bestand.csv'],
  ['a\u0007b.zip', 'bestand.zip'],
  ['a\ud800.csv', 'bestand.csv'],
  [`${'a'.repeat(300)}.csv`, `${'a'.repeat(196)}.csv`],
  // Seen before the name is cut.
  [`111222333${'a'.repeat(300)}.csv`, 'bestand.csv'],
])('the name %j is kept as %j', (naam, bewaard) => {
  expect(safeName(naam)).toBe(bewaard)
})
