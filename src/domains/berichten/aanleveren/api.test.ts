import { beforeAll, describe, expect, it } from 'vitest'
import { type Koppeling, machine, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import type { Recht } from '../../../platform/auth/rollen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let aanbieder: Koppeling
let ander: Koppeling
let gemeente: Koppeling
let alleenLezen: Koppeling
let sessie = ''

beforeAll(async () => {
  const ids = await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, agb: AGB_B, gemeente: GEMEENTE_B }),
  )
  const alles: Recht[] = ['berichten.lezen', 'berichten.aanleveren']
  const a = await login('aanbieder', { aanbieder: ids.get(AGB_A) ?? 0 })
  const b = await login('aanbieder', { aanbieder: ids.get(AGB_B) ?? 0 })
  const g = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  aanbieder = await machine(db, a, alles)
  ander = await machine(db, b, alles)
  gemeente = await machine(db, g, alles)
  alleenLezen = await machine(db, a, ['berichten.lezen'])
  sessie = a.headers.cookie
})

const get = (url: string, wie: Koppeling) => app.inject({ url, headers: wie })
const lever_ = (payload: Buffer | string, wie: Koppeling, type = 'application/xml') =>
  app.inject({
    method: 'POST',
    url: '/api/v1/berichten',
    headers: { ...wie, 'content-type': type },
    payload,
  })
/** Path of a full address, as `inject` wants it. */
const padVan = (href: string) => new URL(href).pathname

const start = toBytes(startbericht({ identificatie: 'S1', nummer: 1 }))

describe('POST /api/v1/berichten', () => {
  it('antwoordt 201 met waar het staat en wat het antwoord is; nog eens sturen 200', async () => {
    const eerste = await lever_(start, aanbieder)
    expect(eerste.statusCode).toBe(201)
    expect(eerste.headers['api-version']).toBe('1.0.0')
    const uit = eerste.json()
    expect(uit).toMatchObject({
      uitkomst: 'verwerkt',
      soort: 'JW305',
      gemeente: GEMEENTE_A,
      niveau: null,
      bevindingen: [],
    })
    expect(eerste.headers.location).toBe(uit._links.bericht.href)
    expect((await get(padVan(uit._links.bericht.href), aanbieder)).json()).toMatchObject({
      identificatie: 'S1',
      staat: 'verwerkt',
      gebeurtenissen: [{ soort: 'ontvangen' }, { soort: 'beoordeeld' }],
    })
    const antwoord = await get(padVan(uit._links.antwoordBestand.href), gemeente)
    expect(antwoord.headers['content-type']).toContain('application/xml')
    expect(antwoord.body).toContain('<jw306:IdentificatieRetour>')
    const weer = await lever_(start, aanbieder)
    expect(weer.statusCode).toBe(200)
    expect(weer.json()).toMatchObject({ uitkomst: 'al-ontvangen', id: uit.id, _links: uit._links })
  })

  it.each([1, 2, 3])(
    'neemt wat tien keer tegelijk komt één keer aan (201), en zegt dat de andere keren (200): %i',
    async keer => {
      const regels = Array.from({ length: 300 }, (_, i) => ({ nummer: 1, referentie: `P${keer}.${i}` }))
      const bytes = toBytes(declaratiebericht({ identificatie: `P${keer}`, nummer: `P${keer}`, regels }))
      const antwoorden = await Promise.all(Array.from({ length: 10 }, () => lever_(bytes, aanbieder)))
      expect(antwoorden.map(a => a.statusCode).sort()).toEqual([...Array(9).fill(200), 201])
      expect(new Set(antwoorden.map(a => a.json().id)).size).toBe(1)
      const eerste = antwoorden.find(a => a.statusCode === 201)
      expect(eerste?.json().uitkomst).toBe('afgekeurd')
      const { berichten } = (await get(`/api/v1/berichten?zoek=P${keer}&soort=323`, aanbieder)).json()
      expect(berichten.map((b: { staat: string }) => b.staat)).toEqual(['afgekeurd'])
    },
  )

  it('zegt bij een afgekeurd bericht welke regels zijn gebroken', async () => {
    const fout = declaratiebericht({
      identificatie: 'D1',
      nummer: 'N1',
      regels: [{ nummer: 5, referentie: 'R1' }],
    })
    const antwoord = await lever_(toBytes(fout), aanbieder)
    expect(antwoord.statusCode).toBe(201)
    const uit = antwoord.json()
    expect(uit.uitkomst).toBe('afgekeurd')
    expect(uit.bevindingen[0]).toMatchObject({ regel: 'TR338', retourcode: '9338' })
    expect(uit.bevindingen[0].titel).toContain('toewijzing')
  })

  it('ontvangt een groot bericht en beoordeelt het daarna (202)', async () => {
    const regels = Array.from({ length: 1800 }, (_, i) => ({
      nummer: 5000 + i,
      referentie: `G${i}`,
      volume: 1,
    }))
    const bytes = toBytes(declaratiebericht({ identificatie: 'G1', nummer: 'G1', regels }))
    const antwoord = await lever_(bytes, aanbieder)
    expect(antwoord.statusCode).toBe(202)
    const { uitkomst, _links } = antwoord.json()
    expect(uitkomst).toBe('ontvangen')
    expect((await get(padVan(_links.bericht.href), aanbieder)).json().staat).toBe('ontvangen')
  })

  it.each([
    ['geen XML', 'zomaar tekst', 422, 'bericht-geweigerd'],
    [
      'een andere regio',
      toBytes(startbericht({ identificatie: 'S3', nummer: 1, gemeente: '9999' })),
      422,
      'bericht-geweigerd',
    ],
    ['niets', '', 400, 'leeg-bericht'],
    ['te veel', Buffer.alloc(25 * 1024 * 1024 + 1, 32), 413, 'te-groot'],
    [
      'een bericht van een ander',
      toBytes(startbericht({ identificatie: 'S4', nummer: 1, agb: AGB_B })),
      403,
      'niet-uw-bericht',
    ],
  ])('weigert %s', async (_wat, inhoud, status, type) => {
    const antwoord = await lever_(inhoud, aanbieder)
    expect(antwoord.statusCode).toBe(status)
    expect(antwoord.headers['content-type']).toContain('application/problem+json')
    const problem = antwoord.json()
    expect(problem).toMatchObject({ type: `urn:samenhang:probleem:${type}`, status })
    if (status === 422)
      expect(problem.errors[0]).toEqual({
        pointer: expect.any(String),
        detail: expect.any(String),
        code: expect.any(String),
      })
  })

  it('leest alleen XML', async () => {
    expect((await lever_('{}', aanbieder, 'application/json')).statusCode).toBe(415)
  })

  it('vraagt een token dat mag aanleveren; een sessie is niet genoeg', async () => {
    expect((await lever_(start, alleenLezen)).statusCode).toBe(403)
    const metSessie = await app.inject({
      method: 'POST',
      url: '/api/v1/berichten',
      headers: { cookie: sessie, 'content-type': 'application/xml' },
      payload: start,
    })
    expect(metSessie.statusCode).toBe(401)
    expect(metSessie.json().type).toBe('urn:samenhang:probleem:token-nodig')
    const zonder = await app.inject({
      method: 'POST',
      url: '/api/v1/berichten',
      headers: { 'content-type': 'application/xml' },
      payload: start,
    })
    expect(zonder.statusCode).toBe(401)
  })
})

describe('GET /api/v1/berichten', () => {
  it('geeft alles precies één keer, over zoveel antwoorden als nodig', async () => {
    const alle = (await get('/api/v1/berichten?aantal=100', aanbieder)).json()
    expect(alle._links.volgende).toBeUndefined()
    const ids: string[] = []
    let url: string | undefined = '/api/v1/berichten?aantal=2'
    while (url) {
      const deel: { berichten: { id: string }[]; _links: { volgende?: { href: string } } } = (
        await get(url, aanbieder)
      ).json()
      expect(deel.berichten.length).toBeLessThanOrEqual(2)
      ids.push(...deel.berichten.map(b => b.id))
      const volgende = deel._links.volgende?.href
      url = volgende && `${new URL(volgende).pathname}${new URL(volgende).search}`
    }
    expect(ids).toEqual(alle.berichten.map((b: { id: string }) => b.id))
    expect(ids.length).toBeGreaterThan(4)
  })

  it('filtert, en toont een ander niets', async () => {
    const soorten = async (query: string, wie: Koppeling) =>
      (await get(`/api/v1/berichten?${query}`, wie)).json().berichten.map((b: { soort: string }) => b.soort)
    expect(await soorten('richting=uit&soort=306', aanbieder)).toEqual(['JW306'])
    expect(await soorten('zoek=S1', gemeente)).toEqual(['JW305'])
    expect((await soorten('', ander)).sort()).toEqual(['JW301', 'JW302'])
  })

  it.each(['aantal=0', 'aantal=101', 'staat=weg', 'van=gisteren', 'na=xyz', 'soort=999x', 'richting=op'])(
    'weigert %s',
    async query => {
      const antwoord = await get(`/api/v1/berichten?${query}`, aanbieder)
      expect(antwoord.statusCode).toBe(400)
      expect(antwoord.json().errors.length).toBeGreaterThan(0)
    },
  )
})

describe('een plaats in de lijst die niet van ons komt', () => {
  const ID = '00000000-0000-4000-8000-000000000000'
  it.each([
    ['9999-99-99 99:99:99+99', ID],
    ['2026-02-30 12:00:00+00', ID],
    ['0000-01-01 12:00:00+00', ID],
    ['2026-02-01 24:00:00+00', ID],
    ['2026-02-01 12:00:60+00', ID],
    ['2026-02-01 12:00:00+99', ID],
    ['2026-02-01 12:00:00+00', '-'.repeat(36)],
    ['2026-02-01 12:00:00+00', ID.replaceAll('-', '0')],
  ])('weigert %s en %s', async (...plaats) => {
    const na = Buffer.from(JSON.stringify(plaats)).toString('base64url')
    const antwoord = await get(`/api/v1/berichten?na=${na}`, aanbieder)
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.json().errors[0].pointer).toBe('/na')
  })
})

describe('één bericht', () => {
  it('bestaat niet voor wie het niet mag zien, langs geen enkele weg', async () => {
    const { berichten } = (await get('/api/v1/berichten?richting=uit', aanbieder)).json()
    const pad = padVan(berichten[0]._links.self.href)
    for (const url of [pad, `${pad}/bestand`]) {
      const antwoord = await get(url, ander)
      expect(antwoord.statusCode).toBe(404)
      expect(antwoord.json().status).toBe(404)
    }
    const melden = await app.inject({ method: 'POST', url: `${pad}/opgehaald`, headers: ander })
    expect(melden.statusCode).toBe(404)
  })

  it('is opgehaald als de ontvanger dat meldt, en alleen die', async () => {
    const [antwoord] = (await get('/api/v1/berichten?soort=325', aanbieder)).json().berichten
    const meld = (wie: Koppeling, pad: string) =>
      app.inject({ method: 'POST', url: `${padVan(pad)}/opgehaald`, headers: wie })
    const self = antwoord._links.self.href
    expect((await meld(gemeente, self)).json()).toMatchObject({
      status: 403,
      type: 'urn:samenhang:probleem:niet-de-ontvanger',
    })
    for (let keer = 0; keer < 2; keer += 1) {
      const gemeld = await meld(aanbieder, self)
      expect([gemeld.statusCode, gemeld.json().staat]).toEqual([200, 'opgehaald'])
    }
    const kaart = (await get(padVan(self), aanbieder)).json()
    expect(kaart.gebeurtenissen.filter((g: { soort: string }) => g.soort === 'opgehaald')).toHaveLength(1)
    const [binnen] = (await get('/api/v1/berichten?soort=323', aanbieder)).json().berichten
    expect((await meld(aanbieder, binnen._links.self.href)).statusCode).toBe(409)
  })
})
