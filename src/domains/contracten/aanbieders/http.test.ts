import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { AGB_A, AGB_B, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let manager: Inlog
let backoffice: Inlog
let aanbiederB: Inlog
let ids: Map<string, number>

beforeAll(async () => {
  ids = await laadTestregio(omgeving)
  await db.owner.query(
    `insert into aanbieders.aanbieder (agb, naam) values ('98000003', 'Praktijk Zonder Contract')`,
  )
  manager = await login('contractmanager')
  backoffice = await login('backoffice', { gemeenten: ['9101'] })
  aanbiederB = await login('aanbieder', { aanbieder: ids.get(AGB_B) ?? 0 })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const agbs = (html: string) => [...new Set([...html.matchAll(/>(9800000\d)</g)].map(([, agb]) => agb))]

describe('/aanbieders', () => {
  it('toont alle aanbieders van de regio op naam', async () => {
    const { body, statusCode } = await get('/aanbieders', manager)
    expect(statusCode).toBe(200)
    expect(body).toContain('3 aanbieders van jeugdhulp en Wmo-ondersteuning.')
    expect(agbs(body)).toEqual(['98000003', '98000002', '98000001'])
    expect(agbs((await get('/aanbieders?sorteer=agb', manager)).body)).toEqual([
      '98000001',
      '98000002',
      '98000003',
    ])
  })

  it.each([
    ['zoek=water', ['98000002']],
    ['zoek=98000001', ['98000001']],
    ['zoek=_', []],
    ['contract=nee', ['98000003']],
    ['contract=ja', ['98000002', '98000001']],
    ['wet=wmo', ['98000002', '98000001']],
  ])('filtert op %s', async (query, verwacht) => {
    expect(agbs((await get(`/aanbieders?${query}`, manager)).body)).toEqual(verwacht)
  })

  it('toont een aanbieder alleen zichzelf', async () => {
    expect(agbs((await get('/aanbieders', aanbiederB)).body)).toEqual(['98000002'])
    expect((await get(`/aanbieders/${ids.get(AGB_A)}`, aanbiederB)).statusCode).toBe(404)
  })

  it('geeft dezelfde lijst als bestand', async () => {
    const csv = await get('/aanbieders/export?zoek=eikenrode', manager)
    expect(csv.body.trim().split('\r\n')[1]).toBe(
      '"=""98000001""";"=""98000001""";Zorggroep Eikenrode;Aarveld;Ambulante jeugdhulp, Begeleiding, Jeugdhulp met verblijf;2;1',
    )
  })

  it.each(['bestuur', 'privacy-officer', 'beheerder'] as const)('is er niet voor %s', async rol => {
    const wie = await login(rol)
    for (const url of ['/aanbieders', '/aanbieders/export', `/aanbieders/${ids.get(AGB_A)}`])
      expect((await get(url, wie)).statusCode).toBe(403)
  })
})

describe('/aanbieders/:id', () => {
  it('toont locaties, contracten en tarieven, en wijst de weg naar wat deze rol mag zien', async () => {
    const { body } = await get(`/aanbieders/${ids.get(AGB_A)}`, backoffice)
    expect(body).toContain('Zorggroep Eikenrode</h1>')
    expect(body).toContain('met een lopend contract voor 3 segmenten in 2 gemeenten.')
    expect(body).toContain('TEST-1')
    expect(body).toContain('Pleegzorg')
    expect(body).toContain(`href="/declaraties?aanbieder=${ids.get(AGB_A)}"`)
    const zonder = await get(`/aanbieders/${ids.get(AGB_A)}`, manager)
    expect(zonder.body).not.toContain('/declaraties?')
    expect(zonder.body).toContain(`href="/cijfers/aanbieders/${ids.get(AGB_A)}"`)
  })

  it('zegt het als er geen contract is', async () => {
    const { rows } = await db.owner.query(
      `select aanbieder_id from aanbieders.aanbieder where agb = '98000003'`,
    )
    const { body } = await get(`/aanbieders/${rows[0].aanbieder_id}`, manager)
    expect(body).toContain('Aanbieder, zonder lopend contract.')
    expect(body).toContain('Met deze aanbieder is geen contract.')
    expect(body).toContain('Er is geen locatie vastgelegd.')
  })
})

describe('a contract that does not hold today', () => {
  const set = (dagen: string) =>
    db.owner.query(`begin; set constraints all deferred;
      update contracten.contractversie set geldigheid = '${dagen}' where contract_id in (
        select contract_id from contracten.contract where nummer = 'TEST-2');
      update contracten.tarief set geldigheid = '${dagen}' where contract_id in (
        select contract_id from contracten.contract where nummer = 'TEST-2'); commit`)
  const lijst = async () => {
    const csv = await get('/aanbieders/export?zoek=water', manager)
    return csv.body.trim().split('\r\n')[1]?.split(';').slice(4)
  }
  afterEach(() => set('[2025-01-01,2027-01-01)'))

  it.each([
    ['[2025-01-01,2026-03-16)', 'nee'],
    ['[2025-01-01,2026-03-17)', 'ja'],
  ])('counts for %s: %s', async (dagen, contract) => {
    await set(dagen)
    expect(agbs((await get(`/aanbieders?contract=${contract}`, manager)).body)).toContain('98000002')
    expect(agbs((await get('/aanbieders?wet=wmo', manager)).body).includes('98000002')).toBe(
      contract === 'ja',
    )
    expect((await lijst())?.slice(-2)).toEqual(contract === 'ja' ? ['2', '1'] : ['0', '0'])
  })
})
