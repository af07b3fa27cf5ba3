import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let consulent: Inlog
let backoffice: Inlog
let beide: Inlog
let aanbiederA: Inlog
let aanbiederB: Inlog
let idVan: (nummer: number) => number

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 11 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 12, agb: AGB_B, gemeente: GEMEENTE_B, client: 1 }),
    toewijzingsbericht({
      identificatie: 'T3',
      nummer: 13,
      domein: 'wmo',
      client: 2,
      product: { einddatum: '2026-03-31' },
    }),
    startbericht({ identificatie: 'S1', nummer: 11 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'N1',
      regels: [{ nummer: 11, referentie: 'R1', volume: 15 }],
    }),
  )
  const later = { ...omgeving, klok: () => new Date('2026-04-02T09:00:00+02:00') }
  await lever(
    later,
    toewijzingsbericht({
      identificatie: 'T4',
      nummer: 11,
      dagtekening: '2026-04-01',
      product: {
        toewijzingsdatum: '2026-04-01',
        redenWijziging: '05',
        einddatum: '2026-06-30',
      },
    }),
  )
  const { rows } = await db.owner.query<{ nummer: number; toewijzing_id: number }>(
    'select nummer::int, toewijzing_id::int from toegang.toewijzing',
  )
  idVan = nummer => rows.find(rij => rij.nummer === nummer)?.toewijzing_id ?? 0
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  beide = await login('backoffice', { gemeenten: [GEMEENTE_A, GEMEENTE_B] })
  aanbiederA = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
  aanbiederB = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const nummers = (html: string) =>
  [...html.matchAll(/aria-label="Toewijzing (\d+)"/g)].map(([, n]) => Number(n))
const pad = (nummer: number, gemeente = GEMEENTE_A as string) => `/toewijzingen/${gemeente}/${idVan(nummer)}`

describe('/toewijzingen', () => {
  it('toont de toewijzingen van de eigen gemeente, met de omvang in woorden', async () => {
    const { body, statusCode } = await get('/toewijzingen', consulent)
    expect(statusCode).toBe(200)
    expect(nummers(body).sort()).toEqual([11, 13])
    expect(body).toContain('<h1 class="ams-heading ams-heading--1">Toewijzingen</h1>')
    expect(body).toContain('2 toewijzingen, waarvan 2 vandaag geldig.')
    expect(body).toContain('20 uur per maand')
    expect(body).toContain('Testpersoon0')
    expect(body).not.toContain('Testpersoon1')
  })

  it('toont een aanbieder alleen de eigen toewijzingen', async () => {
    expect(nummers((await get('/toewijzingen', aanbiederB)).body)).toEqual([12])
    expect(nummers((await get('/toewijzingen', aanbiederA)).body).sort()).toEqual([11, 13])
  })

  it.each([
    ['zoek=11', [11]],
    ['zoek=testpersoon1', []],
    ['zoek=%25', []],
    ['wet=wmo', [13]],
    [`gemeente=${GEMEENTE_B}`, [12]],
    ['stand=verlopen', []],
    ['eindigt=binnenkort', [13]],
    ['start=geen', [12, 13]],
  ])('filtert op %s', async (query, verwacht) => {
    const { body } = await get(`/toewijzingen?${query}`, beide)
    expect(nummers(body).sort()).toEqual(verwacht)
    if (verwacht.length === 0) expect(body).toContain('Er zijn geen toewijzingen die hierbij passen')
  })

  it('sorteert in de gevraagde richting', async () => {
    expect(nummers((await get('/toewijzingen?sorteer=nummer', beide)).body)).toEqual([11, 12, 13])
    expect(nummers((await get('/toewijzingen?sorteer=-nummer', beide)).body)).toEqual([13, 12, 11])
  })

  it('geeft dezelfde lijst als bestand', async () => {
    const csv = await get('/toewijzingen/export?wet=wmo&formaat=csv', consulent)
    expect(csv.headers['content-disposition']).toContain('toewijzingen-2026-03-16.csv')
    expect(csv.body.trim().split('\r\n')[1]).toBe(
      '"=""13""";"=""9101""";Aarveld;Wmo;Testpersoon2;Zorggroep Eikenrode;Begeleiding;"=""02""";02A16;Begeleiding regulier;20 uur per maand;20;"=""04""";"=""4""";;01-01-2026;31-03-2026;Geldig',
    )
  })

  it('schrijft in het logboek wie welke toewijzingen zag, zonder naam', async () => {
    await get('/toewijzingen?wet=wmo', consulent)
    const { rows } = await db.owner.query(
      `select wie, actie, onderwerp from platform.gebeurtenis order by gebeurtenis_id desc limit 1`,
    )
    expect(rows[0]).toEqual({
      wie: `gebruiker:${consulent.gebruikerId}`,
      actie: 'toewijzingen.bekeken',
      onderwerp: { toewijzingen: [`${GEMEENTE_A}.${idVan(13)}`] },
    })
  })

  it.each(['contractmanager', 'data-analist', 'bestuur', 'privacy-officer', 'beheerder'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol)
      for (const url of ['/toewijzingen', '/toewijzingen/export', pad(11)])
        expect((await get(url, wie)).statusCode).toBe(403)
    },
  )
})

describe('een cliënt zoeken', () => {
  it('brengt bij de toewijzingen van die cliënt, zonder het BSN in het adres of het logboek', async () => {
    const antwoord = await postFormulier(
      app,
      '/toewijzingen/client',
      '/toewijzingen',
      { client: testBsn(0) },
      consulent,
    )
    expect(antwoord.statusCode).toBe(303)
    const adres = String(antwoord.headers.location)
    expect(adres).toMatch(/^\/toewijzingen\?client=9101\.\d+$/)
    expect(nummers((await get(adres, consulent)).body)).toEqual([11])
    const { rows } = await db.owner.query(
      `select 1 from platform.gebeurtenis where onderwerp::text like '%9999%'`,
    )
    expect(rows).toEqual([])
  })

  it('vindt op een deel van de naam, alleen wie u mag zien, en zet geen naam in het adres', async () => {
    const antwoord = await postFormulier(
      app,
      '/toewijzingen/client',
      '/toewijzingen',
      { client: 'testpersoon' },
      consulent,
    )
    expect(antwoord.statusCode).toBe(303)
    const adres = String(antwoord.headers.location)
    expect(adres).toMatch(/^\/toewijzingen\?client=9101\.\d+/)
    expect(adres).not.toContain('9102')
    const { rows } = await db.owner.query(
      `select 1 from platform.gebeurtenis where onderwerp::text ilike '%testpersoon%'`,
    )
    expect(rows).toEqual([])
  })

  it('geeft een naam die niets oplevert terug in het veld', async () => {
    const antwoord = await postFormulier(
      app,
      '/toewijzingen/client',
      '/toewijzingen',
      { client: 'Nergenshuizen' },
      consulent,
    )
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain('geen cliënt bekend die u mag zien')
    expect(antwoord.body).toContain('value="Nergenshuizen"')
  })

  it.each([
    ['x', 'minstens twee letters'],
    ['123456789', 'Dit nummer bestaat niet als BSN'],
    [testBsn(9), 'geen cliënt bekend die u mag zien'],
    [testBsn(1), 'geen cliënt bekend die u mag zien'],
  ])('zegt het als %s niets oplevert', async (bsn, melding) => {
    const antwoord = await postFormulier(
      app,
      '/toewijzingen/client',
      '/toewijzingen',
      { client: bsn },
      consulent,
    )
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain(melding)
    if (bsn.length > 1) expect(antwoord.body).not.toContain(bsn)
  })
})

describe('/toewijzingen/:gemeente/:id', () => {
  it('toont wat nu geldt, hoe het zo kwam en wat er is gedeclareerd', async () => {
    const { body, statusCode } = await get(pad(11), backoffice)
    expect(statusCode).toBe(200)
    expect(body).toContain('Toewijzing 11</h1>')
    expect(body).toContain(
      'Jeugdhulp ambulant regulier: 20 uur per maand, 1 januari 2026 t/m 31 december 2026.',
    )
    expect(body).toContain('contracttarief dat geldt vanaf 1 januari 2025')
    const maart = body.indexOf('februari 2026</a>')
    expect(body.slice(maart, maart + 600)).toMatch(/15 uur.*20 uur.*75,0%.*€\u00a01\.350,00/s)
    expect(body).toContain('Gemelde starts en stops')
  })

  it('toont het tarief van vandaag, en het volgende dat bekend is', async () => {
    const tarief =
      "from contracten.tarief where code = '45A04' and aanbieder_id = (select aanbieder_id from toegang.toewijzing where nummer = 11)"
    await db.owner.query(`
      update contracten.tarief set geldigheid = '[2025-01-01,2026-10-01)' where (contract_id, code) in (select contract_id, code ${tarief});
      insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
      select contract_id, aanbieder_id, wet, code, '[2026-10-01,2027-01-01)', 9500 ${tarief}`)
    try {
      const { body } = await get(pad(11), backoffice)
      expect(body.replaceAll('\u00a0', ' ')).toContain(
        '€ 90,00 per uur, contracttarief dat geldt vanaf 1 januari 2025; vanaf 1 oktober 2026: € 95,00 per uur',
      )
    } finally {
      await db.owner.query(`
        delete ${tarief} and lower(geldigheid) = '2026-10-01';
        update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)' where (contract_id, code) in (select contract_id, code ${tarief})`)
    }
  })

  it('laat een consulent geen declaraties zien', async () => {
    const { body } = await get(pad(11), consulent)
    expect(body).toContain('Wat is toegewezen')
    expect(body).not.toContain('Gedeclareerd per maand')
  })

  it('toont wat op een dag bekend was', async () => {
    const ervoor = await get(`${pad(11)}?op=15-03-2026`, backoffice)
    expect(ervoor.body).toContain('Deze toewijzing was toen nog niet bij ons bekend.')
    const later = { ...omgeving, klok: () => new Date('2026-05-01T09:00:00+02:00') }
    const straks = await testApp(db, later)
    const wie = await straks.login('backoffice', { gemeenten: [GEMEENTE_A] })
    const vraag = async (op: string) =>
      (await straks.app.inject({ url: `${pad(11)}?op=${op}`, headers: wie.headers })).body
    const nu = await vraag('')
    expect(nu).toContain('1 januari 2026 t/m 30 juni 2026.')
    expect(nu).toContain('Einddatum: van 31 december 2026 naar 30 juni 2026')
    expect(nu).toContain('Reden: Herbeoordeling: verkorting toewijzing.')
    const toen = await vraag('2026-04-01')
    expect(toen).toContain('1 januari 2026 t/m 31 december 2026.')
    expect(toen).toContain('U ziet wat bekend was op 1 april 2026')
    expect(toen).toContain('Daarna is deze toewijzing nog veranderd.')
    expect(await vraag('2026-04-02')).toContain('1 januari 2026 t/m 30 juni 2026.')
  })

  it('weigert een dag die niet bestaat en bewaart wat er stond', async () => {
    const { body, statusCode } = await get(`${pad(11)}?op=31-02-2026`, backoffice)
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul een bestaande datum in')
    expect(body).toContain('value="31-02-2026"')
  })

  it('bestaat niet voor wie haar niet mag zien', async () => {
    expect((await get(pad(12, GEMEENTE_B), consulent)).statusCode).toBe(404)
    expect((await get(pad(11), aanbiederB)).statusCode).toBe(404)
    expect((await get(pad(11), aanbiederA)).statusCode).toBe(200)
    expect((await get(`/toewijzingen/${GEMEENTE_A}/999999`, backoffice)).statusCode).toBe(404)
    expect((await get(`/toewijzingen/${GEMEENTE_A}/abc`, backoffice)).statusCode).toBe(404)
  })

  it('houdt de verwijzer voor de gemeente', async () => {
    expect((await get(pad(11), consulent)).body).toContain('Verwijzer')
    expect((await get(pad(11), aanbiederA)).body).not.toContain('Verwijzer')
  })
})
