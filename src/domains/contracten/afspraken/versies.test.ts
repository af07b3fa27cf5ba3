import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { listDubbeleTarieven, mapOvergenomenTarieven } from '../registers/prijzen.ts'
import { mapPrijslijsten, prijslijstSleutel } from './store.ts'

/** What counts for a contract is what each of its versions says, on its days: of TEST-1 and two beside it, for 45A04. */
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
    begin; set constraints all deferred;
    delete from contracten.tarief where contract_id in (select contract_id from contracten.contract where nummer not like 'TEST-_');
    delete from contracten.contractversie where begin > '2025-01-01' or contract_id in (
      select contract_id from contracten.contract where nummer not like 'TEST-_');
    delete from contracten.contract where nummer not like 'TEST-_';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    commit`)
})

/** A contract of versions, each with its days and municipalities, and its prices. */
async function add(
  nummer: string,
  versies: readonly (readonly [string, ...string[]])[],
  tarieven: readonly (readonly [string, number])[] = [],
) {
  await db.owner.query(`insert into contracten.contract (nummer, aanbieder_id) values ('${nummer}', ${aanbieder})
    on conflict do nothing`)
  for (const [dagen, ...gemeenten] of versies) {
    await db.owner.query(`insert into contracten.contractversie
      select contract_id, aanbieder_id, '${dagen}' from contracten.contract where nummer = '${nummer}'`)
    for (const gemeente of gemeenten)
      await db.owner.query(`insert into contracten.contract_gemeente (contract_id, aanbieder_id, gemeente, begin)
        select contract_id, aanbieder_id, '${gemeente}', lower('${dagen}'::daterange) from contracten.contract where nummer = '${nummer}'`)
  }
  for (const [dagen, tarief] of tarieven)
    await db.owner.query(`insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
      select contract_id, aanbieder_id, 'jw', '45A04', '${dagen}', ${tarief} from contracten.contract where nummer = '${nummer}'`)
}
/** TEST-1 is for these municipalities alone from a day. */
const split = async (dag: string, ...gemeenten: string[]) => {
  await db.owner.query(`begin; set constraints all deferred;
    update contracten.contractversie v set geldigheid = '[2025-01-01,${dag})' from contracten.contract c
    where c.contract_id = v.contract_id and nummer = 'TEST-1'`)
  await add('TEST-1', [[`[${dag},2027-01-01)`, ...gemeenten]])
  await db.owner.query('commit')
}

test('a municipality has the prices of the versions that are for it, and no others', async () => {
  await split('2026-07-01', GEMEENTE_A)
  const vragen = [GEMEENTE_A, GEMEENTE_B].map(gemeente => ({
    gemeente,
    aanbiederId: aanbieder,
    productId: product,
  }))
  const lijsten = await ctx.read(tx => mapPrijslijsten(tx, vragen))
  expect(vragen.map(vraag => lijsten.get(prijslijstSleutel(vraag))?.prijzen)).toEqual([
    [{ begin: '2025-01-01', eind: '2026-12-31', tarief: 9000 }],
    [{ begin: '2025-01-01', eind: '2026-06-30', tarief: 9000 }],
  ])
})

/** From which price one of NIEUW goes on, from a day. */
const overgenomen = async (begin: string) => {
  const rij = {
    sleutel: 'x',
    contract: 'NIEUW',
    wet: 'jw',
    product: '45A04',
    geldigheid: { begin, eind: null },
  }
  return (await ctx.read(tx => mapOvergenomenTarieven(tx, [rij]))).get('x')?.sleutel
}

test('a price takes over the last one before it, in a municipality that both are for', async () => {
  await split('2026-01-01', GEMEENTE_B)
  await add(
    'OUD',
    [['[2025-01-01,2027-01-01)', GEMEENTE_A]],
    [
      ['[2026-01-01,2026-04-01)', 8000],
      ['[2026-04-01,2027-01-01)', 8500],
    ],
  )
  await add('NIEUW', [['[2025-01-01,2027-01-01)', GEMEENTE_A]])
  expect(await overgenomen('2026-09-01')).toBe('OUD~jw~45A04~2026-04-01')
  expect(await overgenomen('2026-03-01')).toBe('OUD~jw~45A04~2026-01-01')
  expect(await overgenomen('2025-09-01')).toBe('TEST-1~jw~45A04~2025-01-01')
})

test('not one of another municipality: for that one nobody asked it', async () => {
  await add('OUD', [['[2025-01-01,2027-01-01)', GEMEENTE_B]], [['[2026-06-01,2027-01-01)', 8000]])
  await add('NIEUW', [['[2025-01-01,2027-01-01)', GEMEENTE_A]])
  expect(await overgenomen('2026-09-01')).toBe('TEST-1~jw~45A04~2025-01-01')
})

test('nor one that held when its contract was not for that municipality any more, or is not for it yet', async () => {
  await split('2026-01-01', GEMEENTE_B)
  await add(
    'OUD',
    [
      ['[2025-01-01,2026-01-01)', GEMEENTE_A],
      ['[2026-01-01,2027-01-01)', GEMEENTE_B],
    ],
    [['[2026-02-01,2027-01-01)', 8000]],
  )
  await add('NIEUW', [
    ['[2025-01-01,2026-12-01)', GEMEENTE_A],
    ['[2026-12-01,2027-01-01)', GEMEENTE_A, GEMEENTE_B],
  ])
  expect(await overgenomen('2026-09-01')).toBe('TEST-1~jw~45A04~2025-01-01')
  expect(await overgenomen('2026-12-01')).toBe('OUD~jw~45A04~2026-02-01')
})

test('of more than one price beside it the first day is said, whichever was written first', async () => {
  await add('B', [['[2026-06-01,2027-01-01)', GEMEENTE_A]], [['[2026-06-01,2027-01-01)', 8000]])
  await add('A', [['[2026-03-01,2026-06-01)', GEMEENTE_A, GEMEENTE_B]], [['[2026-03-01,2026-06-01)', 8500]])
  const rij = { sleutel: 'TEST-1~jw~45A04~2025-01-01', contract: 'TEST-1' }
  const dubbel = await ctx.read(tx => listDubbeleTarieven(tx, [rij]))
  expect(dubbel.map(({ reden }) => reden)).toEqual([
    expect.stringMatching(/in Aarveld geldt vanaf 01-03-2026 al een tarief .* in contract A\./),
  ])
})
