import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testIntake } from '../../../../test/support/intake.ts'
import { GEMEENTE_A, GEMEENTE_B, GEMEENTEN } from '../../../../test/support/regio.ts'
import { lastOfMonth } from '../../../platform/dates.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { bookPrestaties, type PrestatieBoeking } from '../boeken/store.ts'

/** Persons per part and window (sturing.tel_delen) against a recount of the bookings, written as plainly as can be. */
const { db, omgeving, aanbieders: perAgb } = await testIntake()
const aanbieders = [...perAgb.values()]
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
let segmenten: number[] = []

beforeAll(async () => {
  const { rows } = await db.owner.query<{ id: number }>(
    'select segment_id as id from contracten.segment order by 1',
  )
  segmenten = rows.map(rij => rij.id)
})

interface Boeking {
  gemeente: string
  segment: number
  aanbieder: number
  persoon: number
  maand: string
  regels: number
  /** How many of those lines are credited afterwards. */
  gecrediteerd: number
}

interface Deel {
  gemeente: string | null
  segmenten: number[] | null
}

/** First of a month, from the first to the last year that the bookings and windows below reach. */
const maand = fc
  .record({ jaar: fc.integer({ min: 2023, max: 2026 }), m: fc.integer({ min: 1, max: 12 }) })
  .map(({ jaar, m }) => `${jaar}-${String(m).padStart(2, '0')}-01`)
const gemeente = fc.constantFrom(GEMEENTE_A, GEMEENTE_B)
const segment = fc.nat({ max: 2 })

const boeking: fc.Arbitrary<Boeking> = fc
  .record({
    gemeente,
    segment,
    aanbieder: fc.nat({ max: 1 }),
    persoon: fc.integer({ min: 1, max: 6 }),
    maand,
    regels: fc.integer({ min: 1, max: 3 }),
    deel: fc.nat({ max: 3 }),
  })
  .map(({ deel, ...rest }) => ({ ...rest, gecrediteerd: Math.min(deel, rest.regels) }))

const deel: fc.Arbitrary<Deel> = fc.record({
  gemeente: fc.option(gemeente),
  segmenten: fc.option(fc.uniqueArray(segment, { maxLength: 3 })),
})

/** Windows may overlap, lie years apart and end in any month: only whole months are asked. */
const venster = fc.tuple(maand, maand).map(paar => {
  const [van = '', tot = ''] = paar.sort()
  return { vanaf: van, tot: lastOfMonth(tot) }
})

function recount(boekingen: readonly Boeking[], d: Deel, v: { vanaf: string; tot: string }): number {
  const lijnen = new Map<string, number>()
  for (const b of boekingen) {
    const sleutel = [b.gemeente, b.segment, b.aanbieder, b.persoon, b.maand].join('|')
    lijnen.set(sleutel, (lijnen.get(sleutel) ?? 0) + b.regels - b.gecrediteerd)
  }
  const personen = new Set<string>()
  for (const [sleutel, regels] of lijnen) {
    const [g = '', s = '', , persoon = '', m = ''] = sleutel.split('|')
    const inDeel = (d.gemeente ?? g) === g && (d.segmenten?.includes(Number(s)) ?? true)
    if (regels > 0 && inDeel && m >= v.vanaf && m <= v.tot) personen.add(persoon)
  }
  return personen.size
}

const boek = (b: Boeking, regels: 1 | -1): PrestatieBoeking => ({
  gemeente: b.gemeente,
  maand: b.maand,
  segmentId: segmenten[b.segment] ?? 0,
  aanbiederId: aanbieders[b.aanbieder] ?? 0,
  persoon: b.persoon,
  verwijzer: '01',
  bedrag: regels * 100,
  regels,
})

test('persons of any part over any window are those with a line left: whatever was booked and credited', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(boeking, { maxLength: 25 }),
      fc.array(deel, { minLength: 1, maxLength: 4 }),
      fc.array(venster, { minLength: 1, maxLength: 3 }),
      async (boekingen, delen, vensters) => {
        await db.owner.query('truncate sturing.clientmaand')
        await ctx.write(async tx => {
          await bookPrestaties(
            tx,
            boekingen.flatMap(b => Array<PrestatieBoeking>(b.regels).fill(boek(b, 1))),
          )
          for (const b of boekingen.filter(x => x.gecrediteerd > 0))
            await bookPrestaties(tx, Array<PrestatieBoeking>(b.gecrediteerd).fill(boek(b, -1)))
        })
        const gevraagd = delen.map((d, nr) => ({
          nr,
          gemeente: d.gemeente,
          segmenten: d.segmenten?.map(s => segmenten[s]) ?? null,
        }))
        const { rows } = await ctx.read(read =>
          sql<{ w: number; nr: number; aantal: number }>`
            select w, nr, aantal from sturing.tel_delen(${JSON.stringify(gevraagd)}::jsonb,
              ${vensters.map(v => v.vanaf)}::date[], ${vensters.map(v => v.tot)}::date[])`.execute(read),
        )
        const geteld = new Map(rows.map(({ w, nr, aantal }) => [`${w} ${nr}`, aantal]))
        const verwacht = vensters.flatMap((v, w) =>
          delen.flatMap((d, nr) => {
            const aantal = recount(boekingen, d, v)
            return aantal === 0 ? [] : [[`${w} ${nr}`, aantal] as const]
          }),
        )
        expect(geteld).toEqual(new Map(verwacht))
      },
    ),
    { numRuns: 60 },
  )
})
