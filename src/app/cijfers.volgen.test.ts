import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import {
  AGB_A,
  GEMEENTEN,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../test/support/regio.ts'
import { makeCtx, systeem } from '../platform/http/ctx.ts'
import { addInvoer, processInvoer, undoInvoer } from '../platform/register/invoer/doorvoeren.ts'
import { invoerVan } from '../platform/register/invoer/registerinvoer.ts'
import type { Register, Rijgegevens } from '../platform/register/register.ts'
import { ONGEVRAAGD, saveRow } from '../platform/register/rijen.ts'
import { removeRow } from '../platform/register/weghalen.ts'
import { rebuildCijfers } from './cijfers.ts'
import { INRICHTINGEN } from './inrichten/registers.ts'

/**
 * What was committed follows what it is worth: prices, contracts and the catalogue, and starts and stops, in the transaction in which
 * they change. Twenty hours a month over 2026 at € 90, which is € 1.800 a month.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
/** Who keeps registers and sees no resident. */
const manager = systeem('manager', GEMEENTEN)
const ctx = makeCtx(omgeving, { ...manager, scope: { ...manager.scope, gemeentenClient: [] } })
const TARIEVEN_BEGIN = '2025-01-01'
const UREN = 20

beforeEach(async () => {
  await db.owner.query(`
    truncate berichten.bericht, toegang.client, sturing.maandcijfer, sturing.verwijzercijfer, platform.invoer restart identity cascade;
    delete from contracten.tarief where lower(geldigheid) > '${TARIEVEN_BEGIN}';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set tarief = 9000 where aanbieder_id = (select aanbieder_id from aanbieders.aanbieder where agb = '${AGB_A}')
      and code = '45A04';
    update contracten.product set geldigheid = '[2025-01-01,)', eenheid = '04' where code = '45A04'`)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  expect(await perMonth()).toEqual(Array(12).fill(UREN * 9000))
})

/** Whatever changed, by whatever door: the figures are those of the facts. */
afterEach(async () => expect(await differences()).toEqual(0))

const differences = async () =>
  (await rebuildCijfers(db.database, false)).reduce((som, { verschillen }) => som + verschillen, 0)

/** What is allocated in each month of 2026. */
async function perMonth(): Promise<number[]> {
  const { rows } = await db.owner.query<{ n: number }>(`
    select coalesce(sum(toegewezen), 0)::integer as n
    from generate_series(date '2026-01-01', date '2026-12-01', interval '1 month') g (maand)
    left join sturing.maandcijfer m on m.maand = g.maand::date group by g.maand order by g.maand`)
  return rows.map(({ n }) => n)
}

const months = (...delen: readonly (readonly [aantal: number, uurtarief: number])[]) =>
  delen.flatMap(([aantal, uurtarief]) => Array<number>(aantal).fill(UREN * uurtarief))

function register(naam: string): Register {
  const found = INRICHTINGEN.find(i => i.register.naam === naam)
  if (!found) throw new Error(naam)
  return found.register
}

const save = (naam: string, gegevens: Rijgegevens) =>
  saveRow(ctx, register(naam), gegevens, { versie: 'altijd', gezien: ONGEVRAAGD })
const prijs = (begin: string, tarief: number, eind = '2026-12-31') => ({
  contract: 'TEST-1',
  wet: 'jw',
  product: '45A04',
  geldigheid: { begin, eind },
  tarief,
})

const KOPPEN = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
async function bring(regels: string): Promise<number> {
  const soort = invoerVan(register('tarieven'))
  const id = await addInvoer(ctx, soort, { naam: 'tarieven.csv', bytes: Buffer.from(KOPPEN + regels) })
  await processInvoer(ctx, soort, id)
  return id
}

describe('a price', () => {
  test('of a later day: each month at the price of that month', async () => {
    await save('tarieven', prijs('2026-10-01', 9500))
    expect(await perMonth()).toEqual(months([9, 9000], [3, 9500]))
  })

  test('that changes behind our back is found when all is counted anew', async () => {
    await db.owner.query(`update contracten.tarief set tarief = 9500 where code = '45A04'`)
    expect(await differences()).toBe(12)
    await rebuildCijfers(db.database, true)
    expect(await perMonth()).toEqual(months([12, 9500]))
  })

  test('by file: its trial changes nothing, doing it does, taking it back undoes it', async () => {
    const id = await bring(
      'TEST-1;jw;45A04;01-07-2026;31-12-2026;99,00\nTEST-2;jw;45A04;01-07-2026;31-12-2026;50,00\n',
    )
    expect(await perMonth()).toEqual(months([6, 9000], [6, 9900]))
    const soort = invoerVan(register('tarieven'))
    await addInvoer(ctx, soort, {
      naam: 'proef.csv',
      bytes: Buffer.from(`${KOPPEN}TEST-1;jw;45A04;01-08-2026;31-12-2026;1,00\n`),
    })
    expect(await perMonth()).toEqual(months([6, 9000], [6, 9900]))
    await undoInvoer(ctx, soort, id)
    expect(await perMonth()).toEqual(months([12, 9000]))
  })

  test('that may not go, since nothing would be left: refused, and the figures stay what they were', async () => {
    await save('tarieven', prijs('2026-10-01', 9500))
    const sleutel = 'TEST-1~jw~45A04~2026-10-01'
    const { rows } = await db.owner.query<{ n: number }>(
      `select max(wijziging_id)::integer as n from platform.wijziging where sleutel = $1`,
      [sleutel],
    )
    const weg = removeRow(ctx, register('tarieven'), {
      sleutel,
      versie: rows[0]?.n ?? 0,
      gezien: ONGEVRAAGD,
    })
    await expect(weg).rejects.toMatchObject({ status: 409 })
    expect(await perMonth()).toEqual(months([9, 9000], [3, 9500]))
  })

  test('known before a toewijzing comes: that counts by month at once, and a change of it as well', async () => {
    await save('tarieven', prijs('2026-10-01', 9500))
    await lever(
      omgeving,
      toewijzingsbericht({
        identificatie: 'T2',
        dagtekening: '2026-03-11',
        nummer: 1,
        product: {
          toewijzingsdatum: '2026-03-10',
          einddatum: '2026-11-30',
          redenWijziging: '05',
        },
      }),
    )
    expect(await perMonth()).toEqual([...months([9, 9000], [2, 9500]), 0])
  })
})

test('a contract that becomes one for other municipalities takes its prices along', async () => {
  await save('tarieven', prijs('2026-10-01', 9500))
  const contract = (gemeenten: string[]) => ({
    nummer: 'TEST-1',
    aanbieder: AGB_A,
    geldigheid: { begin: '2025-01-01', eind: '2026-12-31' },
    segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
    gemeenten,
  })
  await save('contracten', contract(['9102']))
  expect(await perMonth()).toEqual(months([12, 0]))
  await save('contracten', contract(['9101', '9102']))
  expect(await perMonth()).toEqual(months([9, 9000], [3, 9500]))
})

test('a product that is priced per minute from the start makes hours sixty times as much', async () => {
  const { rows } = await db.owner.query(`select naam, zwaarte from contracten.product where code = '45A04'`)
  await save('producten', {
    wet: 'jw',
    code: '45A04',
    geldigheid: { begin: '2025-01-01', eind: null },
    categorie: '45',
    naam: rows[0].naam,
    segment: 'J-AMB',
    eenheid: '01',
    variant: 'inspanning',
    zwaarte: rows[0].zwaarte,
  })
  expect(await perMonth()).toEqual(months([12, 9000 * 60]))
})

describe('a stop', () => {
  const start = (identificatie: string, begindatum = '2026-01-05') =>
    startbericht({ identificatie, nummer: 1, begindatum, dagtekening: begindatum })
  const stop = stopbericht({ identificatie: 'P1', nummer: 1 })
  /** 27 of the 28 days of February. */
  const FEBRUARI = Math.round((UREN * 27 * 9000) / 28)

  test('counts to its day, and again from a new start on', async () => {
    await lever(omgeving, start('S1'))
    expect(await perMonth()).toEqual(months([12, 9000]))
    await lever(omgeving, stop)
    expect(await perMonth()).toEqual([UREN * 9000, FEBRUARI, ...months([10, 0])])
    await lever(omgeving, start('S2', '2026-03-16'))
    const maart = Math.round((UREN * 16 * 9000) / 31)
    expect(await perMonth()).toEqual([UREN * 9000, FEBRUARI, maart, ...months([9, 9000])])
  })

  test('in one delivery with all that goes before it, and taken back', async () => {
    await lever(omgeving, start('S1'), stop)
    expect(await perMonth()).toEqual([UREN * 9000, FEBRUARI, ...months([10, 0])])
    const weg = stopbericht({ identificatie: 'P2', nummer: 1, status: '3' })
    expect((await lever(omgeving, weg))[0]?.uitkomst).toBe('verwerkt')
    expect(await perMonth()).toEqual(months([12, 9000]))
  })

  test('leaves a later price to what is not stopped', async () => {
    await lever(
      omgeving,
      start('S1'),
      stop,
      toewijzingsbericht({ identificatie: 'T3', nummer: 2, client: 1 }),
    )
    await save('tarieven', prijs('2026-10-01', 9500))
    const [jan = 0, feb = 0, ...rest] = months([9, 9000], [3, 9500])
    expect(await perMonth()).toEqual([2 * jan, feb + FEBRUARI, ...rest])
  })
})

test('a contract that a file ends: its prices end with it, the last goes on counting, and all comes back with the file', async () => {
  const soort = invoerVan(register('contracten'))
  const bytes = Buffer.from('Nummer;Loopt: eerste dag;Loopt: laatste dag\nTEST-1;01-01-2025;31-08-2026\n')
  const id = await addInvoer(ctx, soort, { naam: 'contracten.csv', bytes })
  const ends = async () =>
    (
      await db.owner.query<{ eind: string }>(
        `select (upper(t.geldigheid) - 1)::text as eind from contracten.tarief t join contracten.contract c using (contract_id)
         where c.nummer = 'TEST-1' and t.code = '45A04'`,
      )
    ).rows.map(({ eind }) => eind)
  await processInvoer(ctx, soort, id)
  expect([await ends(), await perMonth()]).toEqual([['2026-08-31'], months([12, 9000])])
  await undoInvoer(ctx, soort, id)
  expect([await ends(), await perMonth()]).toEqual([['2026-12-31'], months([12, 9000])])
})
