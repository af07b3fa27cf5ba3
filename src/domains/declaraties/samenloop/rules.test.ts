import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { isAangehouden } from './rules.ts'

const { owner } = await testDatabase()

interface Feiten {
  /** The lines it overlaps with now, and when the last of them was decided. */
  met: string | null
  sinds?: Date
  oordeel?: { wat: 'betalen' | 'niet-betalen'; over: string | null; op?: Date }
}

const [gisteren, nu, morgen] = ['2026-03-15', '2026-03-16', '2026-03-17'].map(dag => new Date(dag))
const betalen = { wat: 'betalen', over: 'x' } as const
const niet = { wat: 'niet-betalen', over: 'x' } as const
/** Of before a judgement said what it was about. */
const ooit = { wat: 'betalen', over: null } as const

test.each<[naam: string, feiten: Feiten, stand: string | null]>([
  ['nothing elsewhere', { met: null }, null],
  ['a line elsewhere', { met: 'x' }, 'te-beoordelen'],
  ['decided to pay', { met: 'x', oordeel: betalen }, 'betalen'],
  ['decided not to pay', { met: 'x', oordeel: niet }, 'niet-betalen'],
  ['a new line elsewhere after it', { met: 'x y', oordeel: betalen }, 'te-beoordelen'],
  [
    'a new line that says it was earlier',
    { met: 'x y', sinds: gisteren as Date, oordeel: betalen },
    'te-beoordelen',
  ],
  ['the same line, said to be later', { met: 'x', sinds: morgen as Date, oordeel: betalen }, 'betalen'],
  ['another line than it was about', { met: 'y', oordeel: niet }, 'te-beoordelen'],
  ['paid, and the line elsewhere is gone', { met: null, oordeel: betalen }, null],
  ['not paid, and the line elsewhere is gone', { met: null, oordeel: niet }, 'te-beoordelen'],
  ['of before, decided at the same moment', { met: 'x', oordeel: ooit }, 'betalen'],
  ['of before, a line after it', { met: 'x', sinds: morgen as Date, oordeel: ooit }, 'te-beoordelen'],
])('%s', async (_, { met, sinds = nu, oordeel }, stand) => {
  const bytes = (tekst: string | null | undefined) => (tekst ? Buffer.from(tekst) : null)
  const { rows } = await owner.query('select declaraties.stand_van($1, $2, $3, $4, $5) as stand', [
    bytes(met),
    met === null ? null : sinds,
    oordeel?.wat,
    bytes(oordeel?.over),
    oordeel?.op ?? nu,
  ])
  expect(rows).toEqual([{ stand }])
})

test('only what was decided to be paid is paid', () =>
  expect((['te-beoordelen', 'betalen', 'niet-betalen'] as const).map(isAangehouden)).toEqual([
    true,
    false,
    true,
  ]))
