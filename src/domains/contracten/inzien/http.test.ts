import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { ALLE, BEIDE, contract as contractVan, EEN, versie } from '../../../../test/support/ontbreekt.ts'
import { AGB_A, AGB_B, GEMEENTE_A, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NBSP = '\u00a0'

let manager: Inlog
let aanbiederB: Inlog
let contract: (nummer: string) => number

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  const { rows } = await db.owner.query<{ nummer: string; contract_id: number }>(
    'select nummer, contract_id from contracten.contract',
  )
  contract = nummer => rows.find(rij => rij.nummer === nummer)?.contract_id ?? 0
  // The hourly tarief of the first contract splits in two: 90.00 until 2026, then 93.15 (3.5% more).
  await db.owner.query(
    `update contracten.tarief set geldigheid = daterange('2025-01-01', '2026-01-01')
     where contract_id = $1 and code = '45A04'`,
    [contract('TEST-1')],
  )
  await db.owner.query(
    `insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
     select contract_id, aanbieder_id, 'jw', '45A04',
            daterange('2026-01-01', '2027-01-01'), 9315
     from contracten.contract where nummer = 'TEST-1'`,
  )
  manager = await login('contractmanager')
  aanbiederB = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const nummers = (html: string) => [...html.matchAll(/\/contracten\/\d+"[^>]*>(TEST-\d)</g)].map(([, n]) => n)

describe('/contracten', () => {
  it('toont alle contracten van de regio, op naam van de aanbieder', async () => {
    const { body, statusCode } = await get('/contracten', manager)
    expect(statusCode).toBe(200)
    expect(body).toContain('2 contracten met aanbieders')
    expect(nummers(body)).toEqual(['TEST-2', 'TEST-1'])
    expect(nummers((await get('/contracten?sorteer=nummer', manager)).body)).toEqual(['TEST-1', 'TEST-2'])
  })

  it.each([
    ['zoek=eikenrode', ['TEST-1']],
    ['zoek=test-2', ['TEST-2']],
    ['looptijd=afgelopen', []],
    ['looptijd=lopend', ['TEST-2', 'TEST-1']],
    ['wet=wmo', ['TEST-2', 'TEST-1']],
  ])('filtert op %s', async (query, verwacht) => {
    expect(nummers((await get(`/contracten?${query}`, manager)).body)).toEqual(verwacht)
  })

  it('noemt een gemeente die er niet is, en laat dan alles zien', async () => {
    const { statusCode, body } = await get('/contracten?gemeente=9999', manager)
    expect([statusCode, nummers(body)]).toEqual([400, ['TEST-2', 'TEST-1']])
    expect(body).toContain('gemeente: ‘9999’ is hier geen keuze.')
  })

  it('toont een aanbieder alleen het eigen contract', async () => {
    expect(nummers((await get('/contracten', aanbiederB)).body)).toEqual(['TEST-2'])
    expect((await get(`/contracten/${contract('TEST-1')}`, aanbiederB)).statusCode).toBe(404)
    expect((await get(`/contracten/${contract('TEST-1')}/export`, aanbiederB)).statusCode).toBe(404)
    expect((await get(`/contracten/${contract('TEST-2')}`, aanbiederB)).statusCode).toBe(200)
  })

  it('geeft dezelfde lijst als bestand', async () => {
    const csv = await get('/contracten/export?zoek=TEST-1', manager)
    expect(csv.body.trim().split('\r\n')[1]).toBe(
      'TEST-1;"=""98000001""";Zorggroep Eikenrode;Jeugdwet, Wmo;Ambulante jeugdhulp, Jeugdhulp met verblijf, Begeleiding;Aarveld, Beekdal;4;01-01-2025;31-12-2026',
    )
  })

  it.each(['bestuur', 'privacy-officer', 'beheerder'] as const)('is er niet voor %s', async rol => {
    const wie = await login(rol)
    for (const url of ['/contracten', '/contracten/export', `/contracten/${contract('TEST-1')}`])
      expect((await get(url, wie)).statusCode).toBe(403)
  })
})

describe('/contracten/:id', () => {
  it('toont de tarieven per ingangsdatum, met de indexering', async () => {
    const { body } = await get(`/contracten/${contract('TEST-1')}`, manager)
    expect(body).toContain('Contract TEST-1</h1>')
    expect(body).toContain(
      'Zorggroep Eikenrode, 1 januari 2025 t/m 31 december 2026: 4 producten in 3 segmenten.',
    )
    expect(body).toContain('Vanaf 01-01-2026 (nu)')
    expect(body).toMatch(/Jeugdhulp ambulant regulier.*€\u00a090,00.*€\u00a093,15<br\/><small>\+3,50%/s)
  })

  it('zegt van elk product wat er nu geldt, ook als dat eerder begon of al voorbij is', async () => {
    const pad = `/contracten/${contract('TEST-1')}`
    const ending = (tot: string) =>
      db.owner.query(
        "update contracten.tarief set geldigheid = daterange('2025-01-01', $2) where contract_id = $1 and code <> '45A04'",
        [contract('TEST-1'), tot],
      )
    const { body } = await get(pad, manager)
    // What began in 2025 and goes on, stands under the column of 2026 too.
    expect(body).toMatch(new RegExp(`Pleeg.*€${NBSP}150,00.*€${NBSP}150,00`, 's'))
    expect(body).toContain('De tarieven zoals ze nu zijn, gelden vanaf 1 januari 2026')
    await ending('2025-07-01')
    const daarna = (await get(`${pad}?product=pleeg`, manager)).body
    await ending('2027-01-01')
    expect(daarna).toContain('Vanaf 01-01-2025 t/m 30-06-2025')
    expect(daarna).not.toContain('(nu)')
    expect(daarna).toContain(
      'Er gelden nu geen tarieven die hierbij passen; de laatste golden tot en met 30 juni 2025.',
    )
  })

  it('zoekt een product op naam of code', async () => {
    const pad = `/contracten/${contract('TEST-1')}`
    const { body } = await get(`${pad}?product=pleeg`, manager)
    expect(body).toContain(`€${NBSP}150,00`)
    expect(body).not.toContain('Begeleiding regulier')
    expect((await get(`${pad}?product=zzz`, manager)).body).toContain('Er is geen product met een tarief')
  })

  it('geeft alle tarieven als bestand', async () => {
    const csv = await get(`/contracten/${contract('TEST-1')}/export`, manager)
    const regels = csv.body.trim().split('\r\n')
    expect(regels).toHaveLength(6)
    expect(regels).toContain(
      'Ambulante jeugdhulp;Jeugdwet;45A04;Jeugdhulp ambulant regulier;uur;01-01-2026;31-12-2026;93,15',
    )
  })

  it('zegt bij de aanbieder wat er later verandert, en houdt een opvolger tegen het contract ervoor', async () => {
    const anders = await testDatabase()
    const later = testOmgeving(anders)
    const bij = (await laadTestregio(later)).get(AGB_A)
    const proef = await testApp(anders, later)
    const wie = await proef.login('contractmanager')
    const read = async (url: string) => text((await proef.app.inject({ url, headers: wie.headers })).body)
    expect(await read(`/aanbieders/${bij}`)).not.toContain('Wat verandert')
    const { rows } = await anders.owner
      .query(`
      begin; set constraints all deferred;
      update contracten.contractversie set geldigheid = '[2025-01-01,2026-07-01)' where contract_id = ${EEN};
      ${versie('TEST-1', '[2026-07-01,2027-01-01)', ALLE, `'${GEMEENTE_A}'`)}
      ${contractVan('NIEUW', '[2027-01-01,2028-01-01)', ALLE, BEIDE)}
      update contracten.product set geldigheid = '[2025-01-01,2026-04-01)' where code = '45A01';
      update contracten.tarief set geldigheid = '[2025-01-01,2026-04-01)' where code = '45A01';
      insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
      select n.contract_id, n.aanbieder_id, 'jw', '45A04', '[2027-01-01,2028-01-01)', 9270 from contracten.contract n where nummer = 'NIEUW';
      commit`)
      .then(() =>
        anders.owner.query<{ id: number; een: number }>(
          `select contract_id as id, ${EEN} as een from contracten.contract where nummer = 'NIEUW'`,
        ),
      )
    expect(await read(`/aanbieders/${bij}`)).toMatch(/ Wat verandert .* Vanaf 01-07-2026 eraf: Beekdal\. /)
    // The button is for what holds today; what begins later is named, each with its own page.
    const { body } = await proef.app.inject({
      url: `/contracten/${rows[0]?.een}`,
      headers: wie.headers,
    })
    expect(body).toContain('href="/inrichten/contracten/rij/TEST-1~2025-01-01/wijzig"')
    // What left the catalogue is paid on in its contract, for what runs.
    expect(text(body)).toMatch(/Vanaf 01-04-2026.* € \d+,\d\d alleen nog voor wat toen al was toegewezen/)
    expect(await read(`/aanbieders/${bij}`)).toContain('Volgt vanaf 01-01-2027 op TEST-1. Erbij: Beekdal.')
    expect(text(body)).toContain(
      'Apart staat wat later begint: vanaf 01-07-2026 . Eindigt het contract eerder?',
    )
    const pagina = await read(`/contracten/${rows[0]?.id}`)
    expect(pagina).toContain('92,70 +3,00%')
    expect(pagina).toContain('ten opzichte van dat in contract TEST-1.')
  })

  it('bestaat niet onder een ander nummer', async () => {
    expect((await get('/contracten/999999', manager)).statusCode).toBe(404)
    expect((await get('/contracten/abc', manager)).statusCode).toBe(404)
  })
})
