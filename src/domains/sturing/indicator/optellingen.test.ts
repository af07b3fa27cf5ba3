import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { findBijgewerkt, listOptellingen } from './store.ts'

/** The sums of the indicators against a recount of the same rows, written as plainly as can be. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
const NU = { vanaf: '2025-04-01', tot: '2026-03-31' }
const TOEN = { vanaf: '2024-04-01', tot: '2025-03-31' }
const VENSTERS = [NU, TOEN]

interface Cel {
  gemeente: string
  segment: number
  aanbieder: number
  maand: string
  bedrag: number
}
const cellen: Cel[] = []
const personen: { gemeente: string; segment: number; persoon: number; maand: string }[] = []
let segmenten: number[] = []
let plafonds: { gemeente: string; segment: number; jaar: number; bedrag: number }[] = []

beforeAll(async () => {
  await laadTestregio(omgeving)
  const ids = async (sql: string) => (await db.owner.query<{ id: number }>(sql)).rows.map(rij => rij.id)
  segmenten = await ids('select segment_id as id from contracten.segment order by 1')
  await db.owner.query(
    `insert into aanbieders.aanbieder (agb, naam) select (90000000 + n)::text, 'Extra ' || n from generate_series(1, 7) n`,
  )
  const aanbieders = await ids('select aanbieder_id as id from aanbieders.aanbieder order by 1')
  // The day before the first window, its first and last month, the months around the turn of both, and one after the last.
  const maanden = [
    '2024-03',
    '2024-04',
    '2024-12',
    '2025-01',
    '2025-03',
    '2025-04',
    '2025-12',
    '2026-03',
    '2026-04',
  ]
  let n = 0
  for (const gemeente of [GEMEENTE_A, GEMEENTE_B])
    for (const segment of segmenten.slice(0, 2))
      for (const aanbieder of aanbieders)
        for (const maand of maanden) {
          n += 1
          cellen.push({
            gemeente,
            segment,
            aanbieder,
            maand: `${maand}-01`,
            bedrag: 1000 + ((n * 7919) % 90_001),
          })
          personen.push({ gemeente, segment, persoon: 1 + ((n * 31) % 40), maand: `${maand}-01` })
        }
  for (const [i, c] of cellen.entries())
    await db.owner.query(
      `insert into sturing.maandcijfer (gemeente, segment_id, aanbieder_id, maand, bedrag, regels, bijgewerkt_op)
       values ($1, $2, $3, $4, $5, 1, '2026-05-01'::timestamptz + $6 * interval '1 second')`,
      [c.gemeente, c.segment, c.aanbieder, c.maand, c.bedrag, i],
    )
  const { rows } = await db.owner.query<{ gemeente: string; segment: number; jaar: number; bedrag: number }>(
    `select distinct on (gemeente, segment_id, jaar) gemeente, segment_id as segment, jaar, bedrag::float8 as bedrag
     from contracten.budgetplafond order by gemeente, segment_id, jaar, versie desc`,
  )
  plafonds = rows
})

const DELEN = () => [
  { segmenten: null, gemeente: null, metClienten: false },
  { segmenten: null, gemeente: GEMEENTE_A, metClienten: false },
  { segmenten: segmenten.slice(0, 1), gemeente: null, metClienten: false },
  { segmenten: segmenten.slice(1, 2), gemeente: GEMEENTE_B, metClienten: false },
]
type Deel = ReturnType<typeof DELEN>[number]
const hoortBij = (deel: Deel, { gemeente, segment }: { gemeente: string; segment: number }) =>
  (deel.gemeente === null || deel.gemeente === gemeente) && (deel.segmenten?.includes(segment) ?? true)

function recount(deel: Deel, { vanaf, tot }: { vanaf: string; tot: string }) {
  const eigen = cellen.filter(c => hoortBij(deel, c) && c.maand >= vanaf && c.maand <= tot)
  const som = (rijen: readonly { bedrag: number }[]) => rijen.reduce((totaal, rij) => totaal + rij.bedrag, 0)
  const perAanbieder = Map.groupBy(eigen, c => c.aanbieder)
  const heeftPlafond = (c: Cel) =>
    plafonds.some(
      p => p.gemeente === c.gemeente && p.segment === c.segment && p.jaar === Number(c.maand.slice(0, 4)),
    )
  return {
    bedrag: som(eigen),
    regels: eigen.length,
    topVijf: [...perAanbieder.values()]
      .map(som)
      .sort((a, b) => b - a)
      .slice(0, 5)
      .reduce((a, b) => a + b, 0),
    onderPlafond: som(eigen.filter(heeftPlafond)),
  }
}

test('every sum over both windows is that of its rows: first and last month, five largest, and where a ceiling holds', async () => {
  const delen = DELEN()
  const gevonden = await ctx.read(read => listOptellingen(read, delen, VENSTERS))
  expect(gevonden.map(venster => venster.map(o => expect.objectContaining(o)))).toHaveLength(2)
  expect(gevonden).toEqual(
    VENSTERS.map(venster => delen.map(deel => expect.objectContaining(recount(deel, venster)))),
  )
  // The recount itself tells apart what the rules tell apart.
  const alles = recount(delen[0] as Deel, NU)
  expect(alles.topVijf).toBeLessThan(alles.bedrag)
  expect(alles.onderPlafond).toBeLessThan(alles.bedrag)
})

test('the figures changed last when the newest row did', async () => {
  const laatst = await ctx.read(read => findBijgewerkt(read))
  expect(laatst?.toISOString()).toBe(
    new Date(Date.parse('2026-05-01T00:00:00+02:00') + (cellen.length - 1) * 1000).toISOString(),
  )
})

describe('windows', () => {
  test('that overlap are refused', async () => {
    const overlap = [NU, { vanaf: '2026-01-01', tot: '2026-03-31' }]
    await expect(ctx.read(read => listOptellingen(read, DELEN(), overlap))).rejects.toThrow(RangeError)
  })
})
