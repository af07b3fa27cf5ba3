import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { isAangehouden } from './rules.ts'

const { owner } = await testDatabase()

interface Feiten {
  sinds: Date | null
  oordeel: { oordeel: string; op: Date } | undefined
}

const [gisteren, nu, morgen] = ['2026-03-15', '2026-03-16', '2026-03-17'].map(dag => new Date(dag)) as [
  Date,
  Date,
  Date,
]
const oordeel = (wat: 'betalen' | 'niet-betalen', op = nu): Feiten['oordeel'] => ({ oordeel: wat, op })

test.each<[naam: string, feiten: Feiten, stand: string | null]>([
  ['nothing elsewhere', { sinds: null, oordeel: undefined }, null],
  ['a line elsewhere', { sinds: nu, oordeel: undefined }, 'te-beoordelen'],
  ['decided to pay', { sinds: gisteren, oordeel: oordeel('betalen') }, 'betalen'],
  ['decided at the same moment', { sinds: nu, oordeel: oordeel('betalen') }, 'betalen'],
  ['decided not to pay', { sinds: gisteren, oordeel: oordeel('niet-betalen') }, 'niet-betalen'],
  ['a new line elsewhere after it', { sinds: morgen, oordeel: oordeel('betalen') }, 'te-beoordelen'],
  ['paid, and the line elsewhere is gone', { sinds: null, oordeel: oordeel('betalen') }, null],
  [
    'not paid, and the line elsewhere is gone',
    { sinds: null, oordeel: oordeel('niet-betalen') },
    'te-beoordelen',
  ],
])('%s', async (_, { sinds, oordeel }, stand) => {
  const { rows } = await owner.query('select declaraties.stand_van($1, $2, $3) as stand', [
    sinds,
    oordeel?.oordeel,
    oordeel?.op,
  ])
  expect(rows).toEqual([{ stand }])
})

test('only what was decided to be paid is paid', () =>
  expect((['te-beoordelen', 'betalen', 'niet-betalen'] as const).map(isAangehouden)).toEqual([
    true,
    false,
    true,
  ]))
