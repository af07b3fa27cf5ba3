import { beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'

/** The verb of what a contract of the provider lacks opens that contract with it ticked, and with all that it had. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let manager: Inlog

beforeAll(async () => {
  await laadTestregio(omgeving)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1, client: 1 }))
  manager = await login('contractmanager')
  // A segment that has no price, so that it can leave the contract alone.
  await db.owner.query(`delete from contracten.tarief t using contracten.contract c
    where c.contract_id = t.contract_id and c.nummer = 'TEST-1' and t.code = '45A04'`)
})

const VERSIE = `contract_id = (select contract_id from contracten.contract where nummer = 'TEST-1')`
const J_AMB = `segment_id = (select segment_id from contracten.segment where code = 'J-AMB')`

async function ticked(naam: string) {
  const get = async (url: string) => (await app.inject({ url, headers: manager.headers })).body
  const lijst = await get('/inrichten/ontbreekt?soort=toewijzing-zonder-contract')
  const [, href = '', doe] =
    /<a[^>]* href="(\/inrichten\/contracten\/rij\/TEST-1[^"]*)"[^>]*>(Zet[^<]*)</.exec(lijst) ?? []
  const form = await get(href.replaceAll('&amp;', '&'))
  const vinkjes = [...form.matchAll(/<input[^>]*>/g)].map(([vinkje]) => vinkje)
  return {
    doe,
    form,
    codes: vinkjes
      .filter(vinkje => vinkje.includes(`name="${naam}"`) && / checked/.test(vinkje))
      .map(vinkje => /value="([^"]*)"/.exec(vinkje)?.[1])
      .sort(),
  }
}

test.each([
  ['gemeenten', `${VERSIE} and gemeente = '${GEMEENTE_A}'`, 'de gemeente', GEMEENTE_A],
  ['segmenten', `${VERSIE} and ${J_AMB}`, 'het segment', 'J-AMB'],
])('%s', async (naam, rij, wat, code) => {
  const { rows } = await db.owner.query(
    `select array_agg(distinct code) as codes from (
       select s.code, 'segmenten' as wat from contracten.contract_segment join contracten.segment s using (segment_id) where ${VERSIE}
       union all select gemeente, 'gemeenten' from contracten.contract_gemeente where ${VERSIE}) x where wat = $1`,
    [naam],
  )
  const tabel = `contracten.contract_${naam === 'gemeenten' ? 'gemeente' : 'segment'}`
  await db.owner.query(`create table if not exists bewaard_${naam} as select * from ${tabel} where ${rij}`)
  await db.owner.query(`delete from ${tabel} where ${rij}`)
  const { doe, form, codes } = await ticked(naam)
  await db.owner.query(`insert into ${tabel} select * from bewaard_${naam}`)
  expect(doe).toBe(`Zet ${wat} in het contract`)
  expect(codes).toEqual(rows[0]?.codes.sort())
  expect(codes).toContain(code)
  expect(form).toContain(`Al ingevuld: ${naam}. Er is nog niets gewijzigd.`)
})
