import { beforeEach, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { laadTestregio, lever, testOmgeving, toewijzingsbericht } from '../../../../test/support/regio.ts'
import { registerdeuren } from '../../../../test/support/registerdeuren.ts'

/** A product is counted per hour, with a price and a toewijzing of all of 2026; then it becomes something else from a day. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1, client: 1 }))
const { app, login } = await testApp(db, omgeving)
const { bring, change, read, remove } = registerdeuren(app, await login('contractmanager'))

beforeEach(() =>
  db.owner.query(`
    begin; set constraints all deferred;
    delete from contracten.tarief where lower(geldigheid) > '2025-01-01';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    delete from contracten.product where lower(geldigheid) > '2025-01-01';
    update contracten.product set geldigheid = '[2025-01-01,)';
    commit`),
)

const product = (anders: Record<string, string>) =>
  change('producten', 'jw~45A04~2025-01-01', {
    wet: 'jw',
    code: '45A04',
    geldigheidBegin: '01-07-2026',
    geldigheidEind: '',
    categorie: '45',
    naam: 'Jeugdhulp ambulant regulier',
    segment: 'J-AMB',
    eenheid: '04',
    variant: 'inspanning',
    zwaarte: '100',
    ...anders,
  })

test.each([
  ['from a day', '01-07-2026'],
  ['for all days', '01-01-2025'],
])('another unit %s is said, with what prices are per from then', async (_, geldigheidBegin) => {
  const { status, tekst } = await product({ geldigheidBegin, eenheid: '01' })
  expect([status, tekst]).toEqual([
    400,
    expect.stringContaining(
      `De eenheid wordt minuut, en was uur. Een tarief geldt per eenheid van zijn eerste dag: wat op of na ${geldigheidBegin} begint, is dan per minuut`,
    ),
  ])
})

test('a price after it is told beside the one before in its own unit, also where the number is as it was', async () => {
  expect((await (await product({ eenheid: '01' })).go()).status).toBe(303)
  const kop = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
  const { tekst, go } = await bring('tarieven', `${kop}TEST-1;jw;45A04;01-07-2026;31-12-2026;91,00\n`)
  expect(tekst.replaceAll('\u00a0', ' ')).toContain(
    'Dit tarief is per minuut. Het vorige, € 90,00, is per uur, dat is € 1,50 per minuut.',
  )
  expect(tekst).not.toMatch(/\d%|tarief stijgt|tarief daalt|blijft gelijk/)
  expect((await go()).status).toBe(303)
  // The page of the contract has them apart: a minute is no percentage of an hour.
  const { rows } = await db.owner.query("select contract_id from contracten.contract where nummer = 'TEST-1'")
  const page = (await read(`/contracten/${rows[0].contract_id}?product=45A04`)).replaceAll('\u00a0', ' ')
  expect(page).toMatch(/ uur .*€ 90,00.* minuut .*€ 91,00/)
  expect(page).not.toContain('1,11%')
})

test('the same unit is not', async () => {
  expect((await product({ naam: 'Ambulant' })).tekst).not.toContain('De eenheid wordt')
})

/** What is told of the price of a night, and is missing, once the product is counted in minutes from this day of the month in which help began. */
test('by whichever day it is counted otherwise, no answer tells on which day of a month help began', async () => {
  const begin = { ingangsdatum: '2026-03-10' }
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, client: 2, code: '44A07', product: begin }),
  )
  const told: unknown[] = []
  for (const dag of ['08', '09', '10', '11', '12']) {
    const wissel = await bring(
      'producten',
      `Wet;Code;Geldig: eerste dag;Geldig: laatste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte
jw;44A07;${dag}-03-2026;;44;Verblijf;J-VER;01;inspanning;100\n`,
    )
    expect((await wissel.go()).status).toBe(303)
    const kop = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
    const { tekst } = await bring('tarieven', `${kop}TEST-1;jw;44A07;01-01-2025;31-12-2026;155,00\n`)
    const { rows } = await db.owner.query(
      "select soort, toewijzingen from toegang.list_ontbreekt('2026-06-16') where code = '44A07' order by 1",
    )
    told.push([/minder dan 5 toewijzing\S* die een ander tarief/.test(tekst), rows])
    await db.owner.query(`
      begin; set constraints all deferred;
      delete from contracten.product where lower(geldigheid) > '2025-01-01';
      update contracten.product set geldigheid = '[2025-01-01,)';
      commit`)
  }
  // It began in that month: it is counted, whichever day of it is asked.
  expect(told[0]).toEqual([true, [{ soort: 'toewijzing-zonder-tarief', toewijzingen: 0 }]])
  expect(told).toEqual(told.map(() => told[0]))
})

test('in the same unit a price is for what began under an earlier version of the product too', async () => {
  expect((await (await product({ naam: 'Ambulant' })).go()).status).toBe(303)
  const kop = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
  await (await bring('tarieven', `${kop}TEST-1;jw;45A04;01-08-2026;31-12-2026;95,00\n`)).go()
  const { tekst } = await remove('tarieven', 'TEST-1~jw~45A04~2026-08-01')
  expect(tekst).toMatch(/toewijzingen die een ander tarief krijgen minder dan 5/)
})
