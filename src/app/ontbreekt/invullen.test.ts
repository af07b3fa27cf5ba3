import { beforeEach, expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, lever, testOmgeving, toewijzingsbericht } from '../../../test/support/regio.ts'
import { registerdeuren } from '../../../test/support/registerdeuren.ts'
import { text } from '../../../test/support/tekst.ts'

/** Contracts go on for a year and all their prices end: what is missing is downloaded, filled in and brought in at once. */
const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-12-01T12:00:00Z'))
await laadTestregio(omgeving)
await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1, client: 1 }))
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')
const { bring } = registerdeuren(app, manager)
await db.owner.query('create table bewaard as select * from contracten.tarief')
beforeEach(() =>
  db.owner.query(`
    begin; set constraints all deferred;
    delete from contracten.tarief;
    insert into contracten.tarief select * from bewaard;
    update contracten.contractversie set geldigheid = '[2025-01-01,2028-01-01)';
    update contracten.product set geldigheid = '[2025-01-01,)';
    commit`),
)

const PAD = '/inrichten/ontbreekt'
const get = async (url: string, wie = manager) => {
  const { statusCode, body } = await app.inject({ url, headers: wie.headers })
  return { statusCode, body }
}
/** The file that the page of this filter leads to, its rows in cells. */
async function fill(vraag: string) {
  const { body } = await get(`${PAD}?${vraag}`)
  const href = /href="([^"]*ontbreekt\/(?:tarieven|plafonds)\?[^"]*formaat=csv)"/
    .exec(body)?.[1]
    ?.replaceAll('&amp;', '&')
  const csv = href === undefined ? '' : (await get(href)).body
  const rijen = csv
    .replaceAll(/"=""(.*?)"""/g, '$1')
    .trim()
    .split('\r\n')
    .slice(1)
    .map(rij => rij.split(';'))
  return { href, csv, rijen, lijst: text(body) }
}
const prices = async () =>
  Number(
    (await db.owner.query("select count(*) from contracten.tarief where geldigheid @> '2026-12-31'::date"))
      .rows[0].count,
  )

test('of prices that end each has a row, with the days that miss and the price that was; as it is it can be brought in', async () => {
  const { csv, rijen, lijst } = await fill('soort=tarieven-eindigen')
  const geteld = [...lijst.matchAll(/ (\d+) tarieven /g)].map(([, n]) => Number(n))
  expect(geteld.length).toBeGreaterThan(1)
  expect(rijen).toHaveLength(geteld.reduce((a, b) => a + b, 0))
  expect(rijen).toHaveLength(await prices())
  expect(rijen).toContainEqual(['TEST-1', 'Jeugdwet', '45A04', '01-01-2027', '31-12-2027', '90,00'])
  const bestand = await bring('tarieven', csv)
  expect(bestand.tekst).toContain(`Dit zou het doen: ${rijen.length} nieuw.`)
  // Who forgets to fill them in sees it.
  expect(bestand.tekst).toContain('tarieven blijven gelijk')
  expect((await bestand.go()).status).toBe(303)
  expect((await get(`${PAD}?soort=tarieven-eindigen`)).body).toContain('Er zijn geen')
})

test('only of what the list is narrowed to', async () => {
  const { rijen } = await fill('soort=tarieven-eindigen&zoek=TEST-2')
  expect(new Set(rijen.map(([contract]) => contract))).toEqual(new Set(['TEST-2']))
  expect((await get(`${PAD}/tarieven?formaat=csv&gemeente=x`)).statusCode).toBe(400)
})

test('up to a price that stands there already', async () => {
  await db.owner.query(`
    insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
    select contract_id, aanbieder_id, wet, code, '[2027-07-01,2028-01-01)', 9900 from contracten.tarief join contracten.contract c using (contract_id, aanbieder_id)
    where c.nummer = 'TEST-1' and code = '45A04'`)
  const { rijen } = await fill('soort=toewijzing-zonder-tarief')
  expect(rijen).toEqual([])
  const eindigt = await fill('soort=tarieven-eindigen&zoek=TEST-1')
  expect(eindigt.rijen.filter(([, , code]) => code === '45A04').map(rij => rij[4])).toEqual(['30-06-2027'])
})

test('what never had a price has none to fill in, and that is asked', async () => {
  await db.owner.query("delete from contracten.tarief where code = '45A04'")
  const { csv, rijen } = await fill('soort=toewijzing-zonder-tarief')
  expect(rijen.map(([contract, , code, , , tarief]) => [contract, code, tarief])).toEqual([
    ['TEST-1', '45A04', ''],
  ])
  expect((await bring('tarieven', csv)).tekst).toContain('Vul een tarief in')
  // Nor is it known in which contract.
  const product = await fill('soort=product-zonder-tarief')
  expect(product.rijen.map(([contract, wet, code]) => [contract, wet, code])).toEqual([
    ['', 'Jeugdwet', '45A04'],
  ])
})

test('a price outside the catalogue ends where its product does', async () => {
  await db.owner.query(
    "update contracten.product set geldigheid = '[2025-01-01,2026-12-01)' where code = '44A07'",
  )
  const { csv, rijen } = await fill('soort=tarief-buiten-catalogus')
  expect(rijen).toContainEqual(['TEST-1', 'Jeugdwet', '44A07', '01-01-2025', '30-11-2026', '150,00'])
  expect((await (await bring('tarieven', csv)).go()).status).toBe(303)
  expect((await fill('soort=tarief-buiten-catalogus')).lijst).toContain('Er zijn geen')
})

test('of prices that follow each other, one outside the catalogue keeps its own amount', async () => {
  await db.owner.query(`
    update contracten.product set geldigheid = '[2025-01-01,2026-12-01)' where code = '44A07';
    update contracten.tarief set geldigheid = '[2025-01-01,2026-03-01)' where code = '44A07';
    insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
    select contract_id, aanbieder_id, wet, code, '[2026-03-01,2027-01-01)', tarief + 100 from contracten.tarief where code = '44A07'`)
  const { rijen } = await fill('soort=tarief-buiten-catalogus')
  expect(rijen).toContainEqual(['TEST-1', 'Jeugdwet', '44A07', '01-03-2026', '30-11-2026', '151,00'])
})

test('of ceilings each municipality has a row with what it was, and needs the day of the decision', async () => {
  const { csv, rijen, lijst } = await fill('soort=segment-zonder-plafond')
  expect(lijst).toContain('een rij per segment, gemeente en jaar')
  const { rows } = await db.owner.query(
    'select count(*)::int as n, sum(bedrag)::int as som from contracten.budgetplafond where jaar = 2026',
  )
  expect(rijen).toHaveLength(rows[0].n)
  expect(new Set(rijen.map(rij => [rij[2], rij[4]].join(' ')))).toEqual(new Set(['2027 ']))
  const som = rijen.reduce((n, rij) => n + Number((rij[3] ?? '').replaceAll('.', '').replace(',', '')), 0)
  expect(som).toBe(rows[0].som)
  expect((await bring('plafonds', csv)).tekst).toContain('Vul de dag van het besluit in')
  const gevuld = csv.replaceAll(/;\r\n/g, ';01-12-2026\r\n')
  expect((await (await bring('plafonds', gevuld)).go()).status).toBe(303)
  expect((await fill('soort=segment-zonder-plafond')).lijst).toContain('Er zijn geen')
  await db.owner.query('delete from contracten.budgetplafond where jaar = 2027')
})

test('not where nothing of it is a price, nor of more kinds together, nor for who may not mend it', async () => {
  for (const vraag of ['', 'soort=contract-eindigt', 'soort=tarieven-eindigen&staat=besloten'])
    expect([vraag, (await fill(vraag)).href]).toEqual([vraag, undefined])
  const beheerder = await login('beheerder')
  expect((await get(`${PAD}?soort=tarieven-eindigen`, beheerder)).body).not.toContain('ontbreekt/tarieven')
  expect((await get(`${PAD}/tarieven?formaat=csv`, beheerder)).statusCode).toBe(403)
})

test('each has what is mended in its own register, also of all kinds together', async () => {
  const file = async (naam: string, soort = '') => {
    const { statusCode, body } = await get(`${PAD}/${naam}?formaat=csv&soort=${soort}`)
    return [statusCode, body.trim().split('\r\n').length - 1]
  }
  for (const [naam, soort] of [
    ['tarieven', 'tarieven-eindigen'],
    ['plafonds', 'segment-zonder-plafond'],
  ] as const) {
    const [status, rijen] = await file(naam, soort)
    expect([status, Number(rijen) > 1]).toEqual([200, true])
    expect(await file(naam)).toEqual([200, rijen])
    expect(await file(naam, 'contract-eindigt')).toEqual([200, 0])
  }
})
