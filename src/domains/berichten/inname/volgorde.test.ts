import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testIntake } from '../../../../test/support/intake.ts'
import {
  declaratiebericht,
  lever,
  startbericht,
  stopbericht,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { rebuildCijfers } from '../../../app/cijfers.ts'
import type { Bericht, Bericht307, ToegewezenProduct } from '../../istandaard/index.ts'

/** The order in which messages come in, and in which classes lie in a message, has no meaning (OP080, IV008, IV013). */

const { db, omgeving } = await testIntake()

beforeEach(empty)
afterEach(async () => {
  const gevonden = await rebuildCijfers(db.database, false)
  expect(gevonden.map(t => [t.tabel, t.verschillen])).toEqual(gevonden.map(t => [t.tabel, 0]))
})

async function empty(): Promise<void> {
  await db.owner.query(`truncate berichten.bericht, toegang.client, declaraties.declaratie, sturing.maandcijfer,
    sturing.clientmaand, sturing.verwijzercijfer, sturing.afkeurcijfer cascade`)
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await db.owner.query(sql)).rows
}

/** One message per delivery; answers the rules that refused each. */
async function inTurn(...berichten: readonly Bericht[]): Promise<string[][]> {
  const out: string[][] = []
  for (const bericht of berichten)
    for (const inname of await lever(omgeving, bericht)) out.push(inname.bevindingen.map(b => b.regel))
  return out
}

const CURRENT_END = `select v.eind::text from toegang.toewijzing t join toegang.toewijzing_versie v
  on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie`

const state = (identificatie: string, product: Partial<ToegewezenProduct>, deel = {}) =>
  toewijzingsbericht({ identificatie, nummer: 1, dagtekening: '2026-03-02', product, ...deel })
const t1 = state('T1', { toewijzingsdatum: '2026-01-05', einddatum: '2026-06-30' })
const t2 = state('T2', { toewijzingsdatum: '2026-01-15', einddatum: '2026-12-31', redenWijziging: '04' })
const t3 = state('T3', { toewijzingsdatum: '2026-01-25', einddatum: '2026-06-30', redenWijziging: '05' })

describe('states of a toewijzing', () => {
  test('an older one that comes last and equals an earlier one does not become the current one', async () => {
    await inTurn(t1, t3, t2)
    expect(await rows(CURRENT_END)).toEqual([{ eind: '2026-06-30' }])
  })

  test('in every order the current one is the last decided, and the figures follow it', async () => {
    const figures = new Set<string>()
    for (const volgorde of permutations([t1, t2, t3])) {
      await empty()
      expect(await inTurn(...volgorde)).toEqual([[], [], []])
      figures.add(JSON.stringify([await rows(CURRENT_END), await rows(ALLOCATED)]))
    }
    expect([...figures]).toEqual([
      JSON.stringify([[{ eind: '2026-06-30' }], [{ toegewezen: String(6 * 20 * 9000) }]]),
    ])
  })

  test('a decision that is sent again is no new state, also when another came between', async () => {
    await inTurn(t1, t2, state('T1b', { toewijzingsdatum: '2026-01-05', einddatum: '2026-06-30' }))
    expect(await rows('select versie from toegang.toewijzing_versie')).toHaveLength(2)
    expect(await rows(CURRENT_END)).toEqual([{ eind: '2026-12-31' }])
  })
})

const ALLOCATED = 'select coalesce(sum(toegewezen), 0)::text as toegewezen from sturing.maandcijfer'

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, i) =>
    permutations(items.filter((_, j) => j !== i)).map(rest => [item, ...rest]),
  )
}

const start = (identificatie: string, deel = {}) => startbericht({ identificatie, nummer: 1, ...deel })
const stop = (identificatie: string, deel = {}) => stopbericht({ identificatie, nummer: 1, ...deel })

/** The classes of these 307s as one message. */
function together(eerste: Bericht307, ...rest: readonly Bericht307[]): Bericht307 {
  return {
    ...eerste,
    client: {
      ...eerste.client,
      stopProducten: [eerste, ...rest].flatMap(bericht => bericht.client.stopProducten),
    },
  }
}

describe('inside one message', () => {
  test.each(['new first', 'deletion first'])('a correction of a stop, %s (IV008)', async volgorde => {
    await inTurn(t1, start('S1'), stop('P1'))
    const nieuw = stop('P2', { einddatum: '2026-02-28' })
    const weg = stop('P2', { status: '3' })
    const [uitkomst] = await inTurn(volgorde === 'new first' ? together(nieuw, weg) : together(weg, nieuw))
    expect(uitkomst).toEqual([])
    expect(
      await rows('select einddatum::text, status_aanlevering from toegang.start_stop order by 1, 2'),
    ).toMatchObject([
      { einddatum: '2026-02-27', status_aanlevering: '1' },
      { einddatum: '2026-02-27', status_aanlevering: '3' },
      { einddatum: '2026-02-28', status_aanlevering: '1' },
      { einddatum: null },
    ])
  })

  test('what is wrong is named where it stands in the file, not where it was judged', async () => {
    await inTurn(t1, start('S1'))
    const [inname] = await lever(
      omgeving,
      together(stop('P1'), stop('P1', { status: '3', einddatum: '2026-02-01' })),
    )
    expect(inname?.bevindingen.map(({ regel, pad }) => [regel, pad])).toEqual([
      ['TR063', '/Bericht/Client/StopProducten/StopProduct[2]'],
    ])
  })
})

describe('a restart after a temporary stop', () => {
  const tijdelijk = { einddatum: '2026-01-31', reden: '20' }
  const restart = { begindatum: '2026-02-10', dagtekening: '2026-02-11' }
  const running = [t1, start('S1'), stop('P1', tijdelijk), start('S2', restart)]

  test('the stop cannot be deleted while it runs: two starts would run at once (OP289)', async () => {
    await inTurn(...running)
    expect(await inTurn(stop('P2', { ...tijdelijk, status: '3' }))).toEqual([['OP289']])
  })
  test('but it can be replaced in one message, and deleted after the restart', async () => {
    await inTurn(...running)
    const beter = together(
      stop('P2', { ...tijdelijk, status: '3' }),
      stop('P2', { ...tijdelijk, einddatum: '2026-01-30' }),
    )
    const weg = start('S3', { ...restart, status: '3' })
    expect(
      await inTurn(beter, weg, stop('P3', { ...tijdelijk, einddatum: '2026-01-30', status: '3' })),
    ).toEqual([[], [], []])
  })
})

test('a deleted toewijzing counts as not sent: no start on it, but an earlier one can be taken back (9019)', async () => {
  const weg = state('T9', {
    toewijzingsdatum: '2026-02-01',
    einddatum: '2026-01-01',
    redenWijziging: '13',
  })
  expect(await inTurn(t1, start('S0'), weg)).toEqual([[], [], []])
  const [inname] = await lever(omgeving, start('S1', { begindatum: '2026-01-06' }))
  expect(inname?.bevindingen.map(b => [b.regel, b.retourcode])).toContainEqual(['TR019', '9019'])
  expect(await inTurn(start('S2', { status: '3' }))).toEqual([[]])
})

/**
 * One toewijzing with all that happens on it. What the standard makes dependent, by what must be there first: a start on
 * its toewijzing (TR019), a stop on its start (TR382), a new start on the stop of the one before (TR326), a declaratie on
 * its toewijzing (TR338) and on an earlier month (TR318), a credit on its debit (TR323). The three states of the
 * toewijzing depend on nothing (OP080, IV013), starts and stops not on declaraties nor the other way round (OP364).
 */
const VERHAAL: Record<string, { bericht: Bericht; na: readonly string[] }> = {
  T1: { bericht: t1, na: [] },
  T2: { bericht: t2, na: [] },
  T3: { bericht: t3, na: [] },
  S1: { bericht: start('S1'), na: ['T*'] },
  P1: {
    bericht: stop('P1', { einddatum: '2026-01-31', reden: '20', dagtekening: '2026-02-02' }),
    na: ['S1'],
  },
  S2: { bericht: start('S2', { begindatum: '2026-02-10', dagtekening: '2026-02-11' }), na: ['P1'] },
  P2: { bericht: stop('P2', { begindatum: '2026-02-10' }), na: ['S2'] },
  D1: {
    bericht: declaratiebericht({
      identificatie: 'D1',
      nummer: 'N1',
      maand: '2026-01-01',
      regels: [{ nummer: 1, referentie: 'R1' }],
    }),
    na: ['T*'],
  },
  D2: {
    bericht: declaratiebericht({
      identificatie: 'D0',
      nummer: 'N2',
      regels: [
        { nummer: 1, referentie: 'R2', maand: '2026-01-01', volume: 7 },
        { nummer: 1, referentie: 'R3', maand: '2026-01-01', crediteert: 'R1' },
        { nummer: 1, referentie: 'R4' },
      ],
    }),
    na: ['D1'],
  },
}

async function outcome(): Promise<unknown> {
  return [
    await rows(CURRENT_END),
    await rows(`select soort, begindatum::text, einddatum::text from toegang.start_stop order by 2, 1`),
    await rows(`select referentie, goedgekeurd, keten from declaraties.prestatie order by 1`),
    await rows(`select coalesce(sum(bedrag), 0)::text as bedrag, coalesce(sum(toegewezen), 0)::text as toegewezen
      from sturing.maandcijfer`),
    await rows(`select soort, staat from berichten.bericht where richting = 'in' order by identificatie`),
  ]
}

const namen = Object.keys(VERHAAL)
const shuffled = fc.shuffledSubarray(namen, { minLength: namen.length })
const berichtVan = (naam: string) => VERHAAL[naam]?.bericht ?? t1

/** The first order that keeps what must be kept, as close to `namen` as can be. */
function lawful(volgorde: readonly string[]): string[] {
  const out: string[] = []
  const open = [...volgorde]
  const ready = (naam: string) =>
    (VERHAAL[naam]?.na ?? []).every(na => (na === 'T*' ? out.some(n => n.startsWith('T')) : out.includes(na)))
  while (open.length > 0) out.push(...open.splice(open.findIndex(ready), 1))
  return out
}

describe('everything about one toewijzing', () => {
  let right: unknown
  beforeEach(async () => {
    await empty()
    await inTurn(...namen.map(berichtVan))
    right = await outcome()
  })

  test('is accepted when it comes in turn', () => {
    expect(JSON.stringify(right)).not.toContain('afgekeurd')
    expect(right).toMatchObject([
      [{ eind: '2026-06-30' }],
      { length: 4 },
      { length: 4 },
      // January, and of February the 18 days from the new start to its stop.
      [{ bedrag: String(17 * 9000), toegewezen: String(20 * 9000 + Math.round((20 * 9000 * 18) / 28)) }],
      { length: 9 },
    ])
  })

  test('in one delivery ends the same in any order', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, async volgorde => {
        await empty()
        await lever(omgeving, ...volgorde.map(berichtVan))
        expect(await outcome()).toEqual(right)
      }),
      { numRuns: 25, seed: 80 },
    )
  })

  test('in separate deliveries ends the same in any order that the standard leaves free', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, async volgorde => {
        await empty()
        await inTurn(...lawful(volgorde).map(berichtVan))
        expect(await outcome()).toEqual(right)
      }),
      { numRuns: 15, seed: 80 },
    )
  })
})
