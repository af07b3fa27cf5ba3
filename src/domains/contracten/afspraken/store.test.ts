import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { AGB_A, GEMEENTE_A, GEMEENTEN, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { mapPrijslijsten } from './store.ts'

/** What a product costs once the catalogue has left it: 45A04 at € 90 in TEST-1, which runs through 2026. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
const { rows } = await db.owner.query<{ product: number; aanbieder: number }>(
  `select product_id as product, aanbieder_id as aanbieder from contracten.product, aanbieders.aanbieder
   where code = '45A04' and agb = $1`,
  [AGB_A],
)
const { product = 0, aanbieder = 0 } = rows[0] ?? {}

beforeEach(async () => {
  await db.owner.query(`
    delete from contracten.tarief where contract_id in (select contract_id from contracten.contract where nummer = 'TEST-9');
    delete from contracten.contractversie where contract_id in (select contract_id from contracten.contract where nummer = 'TEST-9');
    delete from contracten.contract where nummer = 'TEST-9';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.product set geldigheid = '[2025-01-01,2026-07-01)' where code = '45A04'`)
})

async function prices() {
  const vraag = { gemeente: GEMEENTE_A, aanbiederId: aanbieder, productId: product }
  const [lijst] = (await ctx.read(tx => mapPrijslijsten(tx, [vraag]))).values()
  return lijst?.prijzen
}

/** Ends the contract and its prices; the last price was still that of the last day in the catalogue. */
const end = (contract: string, tarief = contract) =>
  db.owner.query(`
    update contracten.tarief set geldigheid = '[2025-01-01,${tarief})' where aanbieder_id = ${aanbieder};
    update contracten.contractversie set geldigheid = '[2025-01-01,${contract})' where aanbieder_id = ${aanbieder}`)

test('the last price goes on as long as its contract runs, and no longer', async () => {
  await end('2026-10-01', '2026-07-01')
  expect(await prices()).toEqual([{ begin: '2025-01-01', eind: '2026-09-30', tarief: 9000 }])
})

test('a price that holds goes before a last one that only goes on, whichever contract came first', async () => {
  await end('2027-01-01', '2026-07-01')
  await db.owner.query(`
    with nieuw as (
      insert into contracten.contract (nummer, aanbieder_id)
      values ('TEST-9', ${aanbieder}) returning contract_id, aanbieder_id
    ), versie as (
      insert into contracten.contractversie select contract_id, aanbieder_id, '[2026-09-01,2027-01-01)' from nieuw
    ), waar as (
      insert into contracten.contract_gemeente
      select contract_id, aanbieder_id, '${GEMEENTE_A}', '2026-09-01' from nieuw
    )
    insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
    select contract_id, aanbieder_id, 'jw', '45A04', '[2026-09-01,2027-01-01)', 9900 from nieuw`)
  expect(await prices()).toEqual([
    { begin: '2025-01-01', eind: '2026-08-31', tarief: 9000 },
    { begin: '2026-09-01', eind: '2026-12-31', tarief: 9900 },
  ])
})
