import { expect, test } from 'vitest'
import { orderDeclaraties } from './volgorde.ts'

type Bericht = Parameters<typeof orderDeclaraties>[0][number] & { naam: string }

/** A declaratie with its lines as 'R2' or, when it credits one, 'R2>R1'. */
const bericht = (naam: string, maand: string, regels: string[], deel: Partial<Bericht> = {}): Bericht => ({
  naam,
  gemeente: '0384',
  aanbiederId: 1,
  domein: 'jw',
  maand,
  clienten: regels.map(regel => {
    const [referentie = '', vorigeReferentie = null] = regel.split('>')
    return { prestaties: [{ referentie, vorigeReferentie }] }
  }),
  ...deel,
})

test.each<[string, Bericht[], string]>([
  ['one alone', [bericht('a', '2025-03-01', ['R1'])], 'a'],
  [
    'the earliest month first (TR318)',
    [
      bericht('b', '2025-04-01', ['R2']),
      bericht('c', '2025-05-01', ['R3']),
      bericht('a', '2025-03-01', ['R1']),
    ],
    'abc',
  ],
  [
    'of one month as they came',
    [bericht('a', '2025-03-01', ['R9']), bericht('b', '2025-03-01', ['R1'])],
    'ab',
  ],
  [
    'in a month, the line before what credits it (TR323)',
    [bericht('b', '2025-03-01', ['R2>R1']), bericht('a', '2025-03-01', ['R1'])],
    'ab',
  ],
  [
    'a chain of three, whichever line of which client it hangs on',
    [
      bericht('c', '2025-03-01', ['R7', 'R4>R3']),
      bericht('b', '2025-03-01', ['R2>R1', 'R3']),
      bericht('a', '2025-03-01', ['R6', 'R1']),
    ],
    'abc',
  ],
  [
    'the month goes before the credit',
    [bericht('b', '2025-04-01', ['R1']), bericht('a', '2025-03-01', ['R2>R1'])],
    'ab',
  ],
  [
    'the same number of another aanbieder is another line (OP283)',
    [bericht('b', '2025-03-01', ['R2>R1']), bericht('a', '2025-03-01', ['R1'], { aanbiederId: 2 })],
    'ba',
  ],
  [
    'a credit within one message (TR316 is for another rule) moves nothing',
    [bericht('b', '2025-03-01', ['R1', 'R2>R1']), bericht('a', '2025-03-01', ['R3'])],
    'ba',
  ],
])('%s', (_, berichten, namen) => {
  const voor = [...berichten]
  expect(
    orderDeclaraties(berichten)
      .map(b => b.naam)
      .join(''),
  ).toBe(namen)
  expect(berichten).toEqual(voor)
})

test('two that credit each other have no order; the search ends, and what stands alone goes before them', () => {
  const berichten = [
    bericht('b', '2025-03-01', ['R1', 'R2>R3']),
    bericht('c', '2025-03-01', ['R3', 'R4>R1']),
    bericht('a', '2025-03-01', ['R9']),
  ]
  const [eerste, ...rest] = orderDeclaraties(berichten).map(b => b.naam)
  expect([eerste, ...rest.sort()]).toEqual(['a', 'b', 'c'])
})
