import { beforeAll, expect, test } from 'vitest'
import { loadDoelen } from '../src/domains/kaders/doelen/actions.ts'
import { loadBord } from '../src/domains/kaders/opgaven/actions.ts'
import { loadBeeld } from '../src/domains/sturing/beeld/actions.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { type Ctx, makeCtx, systeem, type Wie } from '../src/platform/http/ctx.ts'
import { testDatabase } from './support/database.ts'
import {
  AGB_A,
  AGB_B,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  NU,
  testOmgeving,
} from './support/regio.ts'

/**
 * Everything that is read together with who asks the same (readTogether): people who differ in what they may see, in the day
 * or in what they ask, and ask at one moment, each get what they get alone.
 */

const db = await testDatabase()
const omgeving = testOmgeving(db)
let aanbieders: number[] = []

beforeAll(async () => {
  const perAgb = await laadTestregio(omgeving)
  aanbieders = [AGB_A, AGB_B].map(agb => perAgb.get(agb) ?? 0)
  await db.owner.query(
    `insert into sturing.maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag, regels)
     select g.code, m, s.segment_id, a.aanbieder_id,
            100 * (g.code::int + extract(year from m)::int + extract(month from m)::int + 7 * s.segment_id + 31 * a.aanbieder_id), 1
     from contracten.gemeente g, contracten.segment s, aanbieders.aanbieder a,
       generate_series(date '2025-01-01', date '2026-03-01', interval '1 month') m`,
  )
  await db.owner.query(
    `with van as (select unnest(array[null, $1, $2]) as gemeente),
     doel as (insert into kaders.doel (gemeente, boom, soort, tekst, volgorde, indicator, richting)
       select gemeente, 'Boom', 'indicator', 'Doel', 1, 'besteed', 'lager' from van)
     insert into kaders.opgave (gemeente, thema, titel, doelgroep, van, naar, hefbomen, indicator, richting)
     select gemeente, 'Thema', 'Opgave', 'x', 'x', 'x', '{inkoop}', 'besteed', 'lager' from van`,
    [GEMEENTE_A, GEMEENTE_B],
  )
})

const ZONDER_FILTER = {}
const DEEL = { aantal: 10, vanaf: 0 }

const VRAGEN: [string, (ctx: Ctx) => Promise<unknown>][] = [
  ['doelen', loadDoelen],
  ['opgaven', ctx => loadBord(ctx, ZONDER_FILTER, DEEL)],
  ['opgaven van één gemeente', ctx => loadBord(ctx, { gemeente: GEMEENTE_A }, DEEL)],
  ['opgaven, bladzijde 2', ctx => loadBord(ctx, ZONDER_FILTER, { aantal: 1, vanaf: 1 })],
  ['beeld', ctx => loadBeeld(ctx, {})],
  ['beeld van 2025', ctx => loadBeeld(ctx, { jaar: 2025 })],
  ['beeld van de Wmo', ctx => loadBeeld(ctx, { wet: 'wmo' })],
  ['beeld van één aanbieder', ctx => loadBeeld(ctx, {}, { aanbieder: aanbieders[0] })],
  ['beeld van een andere', ctx => loadBeeld(ctx, {}, { aanbieder: aanbieders[1] })],
]

const alles = systeem('test', GEMEENTEN)
const WIE: [string, Wie][] = [
  ['wie alles mag', alles],
  [
    'wie geen cijfers mag lezen',
    { ...alles, rechten: new Set([...alles.rechten].filter(r => r !== 'cijfers.lezen')) },
  ],
  ['wie alleen de eerste gemeente ziet', systeem('test', [GEMEENTE_A])],
  ['wie geen cliënten ziet', { ...alles, scope: { ...alles.scope, gemeentenClient: [] } }],
  ['wie geen cijfers ziet', { ...alles, scope: { ...alles.scope, gemeentenCijfers: [] } }],
]
const DAGEN = [NU, new Date('2025-11-30T12:00:00+01:00')]

test('at one moment everybody gets what they get alone', async () => {
  const smal = openDatabase(db.url, { max: 1 })
  const vragers = VRAGEN.flatMap(([wat, lees]) =>
    WIE.flatMap(([wie, persoon]) =>
      DAGEN.map(dag => ({
        wat: `${wat}, ${wie}, ${dag.getFullYear()}`,
        lees: () =>
          lees(makeCtx({ ...omgeving, database: smal, klok: () => dag }, persoon)).catch(
            (e: Error) => e.message,
          ),
      })),
    ),
  )
  const alleen = new Map<string, unknown>()
  for (const { wat, lees } of vragers) alleen.set(wat, await lees())
  // Whoever differs in something that matters does get another answer, or this would prove nothing.
  const soorten = (deel: string) =>
    new Set([...alleen].filter(([wat]) => wat.startsWith(deel)).map(([, antwoord]) => write(antwoord))).size
  expect(soorten('doelen,')).toBeGreaterThanOrEqual(5)
  expect(soorten('opgaven,')).toBeGreaterThanOrEqual(5)
  expect(soorten('beeld,')).toBeGreaterThanOrEqual(4)
  const bezet = await smal.pool.connect()
  const samen = vragers.map(async ({ wat, lees }) => [wat, await lees()] as const)
  bezet.release()
  expect(new Map(await Promise.all(samen))).toEqual(alleen)
  await smal.close()
})

/** With what a Map holds. */
function write(antwoord: unknown): string {
  return JSON.stringify(antwoord, (_, waarde) => (waarde instanceof Map ? [...waarde] : waarde))
}
