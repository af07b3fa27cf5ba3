import { beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { readIndicatoren, readMaandreeks } from './lezen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
const KLEIN = 12

beforeAll(async () => {
  await laadTestregio(omgeving)
  const partij = { agb: AGB_A, gemeente: GEMEENTE_A }
  for (let client = 0; client < KLEIN; client += 1)
    await lever(
      omgeving,
      toewijzingsbericht({ ...partij, identificatie: `T${client}`, client, nummer: 100 + client }),
    )
  await lever(
    omgeving,
    declaratiebericht({
      ...partij,
      identificatie: 'D',
      nummer: 'DN',
      regels: Array.from({ length: KLEIN }, (_, client) => ({
        nummer: 100 + client,
        referentie: `R${client}`,
        client,
      })),
    }),
  )
})

async function geboekt(): Promise<number> {
  const { rows } = await db.owner.query<{ bedrag: number }>(
    'select sum(bedrag)::float8 as bedrag from sturing.maandcijfer',
  )
  return rows[0]?.bedrag ?? 0
}

it('antwoordt op veel vragen tegelijk, in hun volgorde', async () => {
  const bedrag = await geboekt()
  expect(bedrag).toBeGreaterThan(0)
  const vragen = ['uitgaven', 'clienten', 'kosten-per-client', 'c5', 'per-inwoner', 'plafond'].map(
    indicator => ({ indicator, segmenten: null, gemeente: GEMEENTE_A }),
  )
  const { waarden } = await ctx.read(tx => readIndicatoren(tx, vragen, '2026-07-01'))
  // The window runs from April 2025 up to and including March 2026: three months of the ceiling of 2026.
  expect(waarden[0]?.periode).toEqual({ vanaf: '2025-04-01', tot: '2026-03-31' })
  expect(waarden.map(w => w.waarde)).toEqual([
    bedrag,
    KLEIN,
    Math.round(bedrag / KLEIN),
    10_000,
    Math.round(bedrag / 20_000),
    Math.round((bedrag / ((3 * 100_000_00) / 4)) * 10_000),
  ])
  expect(waarden.map(w => w.vorig)).toEqual([null, null, null, null, null, null])
})

it('telt alleen het deel waar de vraag over gaat', async () => {
  const { rows } = await db.owner.query<{ id: number }>(
    "select segment_id as id from contracten.segment where code = 'W-BEG'",
  )
  const { waarden } = await ctx.read(tx =>
    readIndicatoren(
      tx,
      [
        { indicator: 'uitgaven', segmenten: null, gemeente: GEMEENTE_B },
        { indicator: 'uitgaven', segmenten: [rows[0]?.id ?? 0], gemeente: null },
        { indicator: 'clienten', segmenten: null, gemeente: null },
      ],
      '2026-07-01',
    ),
  )
  expect(waarden.map(w => w.waarde)).toEqual([null, null, KLEIN])
  expect(waarden[0]?.reden).toBe('In deze maanden is niets gedeclareerd.')
})

it('deelt niet door een deel van de inwoners', async () => {
  const { rows } = await db.owner.query(
    'delete from contracten.inwonertal where gemeente = $1 returning jaar, leeftijd, aantal',
    [GEMEENTE_A],
  )
  const vraag = (gemeente: string | null) => ({ indicator: 'per-inwoner', segmenten: null, gemeente })
  const { waarden } = await ctx.read(tx =>
    readIndicatoren(tx, [vraag(null), vraag(GEMEENTE_A), vraag(GEMEENTE_B)], '2026-07-01'),
  )
  for (const { jaar, leeftijd, aantal } of rows)
    await db.owner.query(
      'insert into contracten.inwonertal (gemeente, jaar, leeftijd, aantal) values ($1, $2, $3, $4)',
      [GEMEENTE_A, jaar, leeftijd, aantal],
    )
  // All spend is of A: with only the people of B below the line, the figure would say nothing.
  expect(waarden.slice(0, 2).map(w => [w.waarde, w.reden])).toEqual([
    [null, 'Het aantal inwoners is niet bekend.'],
    [null, 'Het aantal inwoners is niet bekend.'],
  ])
})

it('geeft wie geen cijfers mag zien ook hier niets', async () => {
  const { scope } = systeem('test', [])
  const waarden = await omgeving.database.read({ ...scope, gemeentenBeleid: [...GEMEENTEN] }, tx =>
    readIndicatoren(tx, [{ indicator: 'clienten', segmenten: null, gemeente: null }], '2026-07-01'),
  )
  expect(waarden.waarden[0]?.waarde).toBeNull()
})

it('geeft elke maand van een reeks, met of zij compleet is', async () => {
  const reeks = await ctx.read(tx =>
    readMaandreeks(
      tx,
      { segmenten: null, gemeente: null, vanaf: '2026-01-15', tot: '2026-04-02' },
      '2026-06-15',
    ),
  )
  const bedrag = await geboekt()
  expect(reeks).toEqual([
    { maand: '2026-01-01', bedrag: 0, compleet: true },
    { maand: '2026-02-01', bedrag, compleet: true },
    { maand: '2026-03-01', bedrag: 0, compleet: false },
    { maand: '2026-04-01', bedrag: 0, compleet: false },
  ])
})
