import { expect, test } from 'vitest'
import type { Datum, Periode } from '../dates.ts'
import { bedrag, periode, tekst } from '../velden/soorten.ts'
import { planChanges } from './plan.ts'
import { toVoorbeelden } from './voorbeelden.ts'

const PRIJS = {
  sleutel: ['product'],
  periode: 'geldig',
  velden: {
    product: tekst({ label: 'Product', noem: 'het product' }),
    geldig: periode({ label: 'Geldig', leeg: 'Vul in.' }),
    prijs: bedrag({ label: 'Prijs', leeg: 'Vul in.' }),
    noot: tekst({ label: 'Noot', noem: 'de noot', verplicht: false }),
  },
}
interface Prijs {
  product: string
  geldig: Periode
  prijs: number
  noot: string | null
}
const prijs = (
  begin: Datum,
  eind: Datum | null,
  cent: number,
  product = 'A',
  noot: string | null = null,
): Prijs => ({
  product,
  geldig: { begin, eind },
  prijs: cent,
  noot,
})
const voorbeelden = (nu: readonly Prijs[], ...wil: Prijs[]) => {
  const gewenst = wil.map((gegevens, i) => ({ nummer: i + 2, gegevens }))
  return toVoorbeelden(PRIJS as never, {}, planChanges<Prijs>(PRIJS, nu, gewenst).wijzigingen as never)
}
const kort = (nu: readonly Prijs[], ...wil: Prijs[]) =>
  voorbeelden(nu, ...wil).map(({ soort, volgtOp, velden }) => [
    soort,
    volgtOp === undefined ? null : `${volgtOp.wanneer}${volgtOp.eindigt ? ' eindigt' : ''}`,
    ...velden.map(({ kop, oud, nieuw, verschil = '' }) => `${kop}: ${oud} > ${nieuw} ${verschil}`.trim()),
  ])

const EURO = '€\u00a0'
const nu = [prijs('2025-01-01', null, 9119)]
test.each<[string, Prijs[], Prijs[], (string | null)[][]]>([
  [
    'what ends stands on the line of what begins',
    nu,
    [prijs('2026-01-01', null, 9571)],
    [
      [
        'nieuw',
        '01-01-2025 t/m 31-12-2025 eindigt',
        'Geldig: null > vanaf 01-01-2026',
        `Prijs: ${EURO}91,19 > ${EURO}95,71 +4,96%`,
      ],
    ],
  ],
  [
    'what had ended already is followed too; what stays the same is not named again',
    [prijs('2025-01-01', '2025-12-31', 9119, 'A', 'oud')],
    [prijs('2026-01-01', null, 9119)],
    [['nieuw', '01-01-2025 t/m 31-12-2025', 'Geldig: null > vanaf 01-01-2026', 'Noot: oud > null']],
  ],
  [
    'what follows nothing says all that is filled in',
    nu,
    [prijs('2026-01-01', null, 9571, 'B')],
    [['nieuw', null, 'Product: null > B', 'Geldig: null > vanaf 01-01-2026', `Prijs: null > ${EURO}95,71`]],
  ],
  [
    'what changes where it stands, by how much',
    nu,
    [prijs('2025-01-01', null, 9000)],
    [['gewijzigd', null, `Prijs: ${EURO}91,19 > ${EURO}90,00 -1,30%`]],
  ],
])('%s', (_, staat, wil, verwacht) => {
  expect(kort(staat, ...wil)).toEqual(verwacht)
})

test('of more than are shown, the first hundred lines', () => {
  const namen = Array.from({ length: 120 }, (_, i) => `P${String(i).padStart(3, '0')}`)
  const uit = voorbeelden(
    namen.map(naam => prijs('2025-01-01', null, 9000, naam)),
    ...namen.map(naam => prijs('2026-01-01', null, 9100, naam)),
  )
  expect([uit.length, new Set(uit.map(({ soort }) => soort))]).toEqual([100, new Set(['nieuw'])])
})
