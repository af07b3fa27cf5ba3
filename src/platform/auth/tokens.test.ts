import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  AGB_A,
  AGB_B,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  testOmgeving,
} from '../../../test/support/regio.ts'
import { ROL, ROLLEN } from './rollen.ts'
import { TOKENRECHT } from './tokens.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let aanbieder: Inlog
let collega: Inlog
let concurrent: Inlog

beforeAll(async () => {
  const ids = await laadTestregio(omgeving)
  aanbieder = await login('aanbieder', { aanbieder: ids.get(AGB_A) ?? 0 })
  collega = await login('aanbieder', { aanbieder: ids.get(AGB_A) ?? 0 })
  concurrent = await login('aanbieder', { aanbieder: ids.get(AGB_B) ?? 0 })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

async function post(url: string, wie: Inlog, velden: [string, string][], formulier = '/beheer/tokens') {
  const form = await get(formulier, wie)
  const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
  const cookie = [wie.headers.cookie, ...form.cookies.map(c => `${c.name}=${c.value}`)].join('; ')
  return app.inject({
    method: 'POST',
    url,
    headers: { ...wie.headers, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams([['_csrf', token], ...velden]).toString(),
  })
}

const maak = (wie: Inlog, naam: string, rechten: string[], dagen = '30') =>
  post('/beheer/tokens', wie, [
    ['naam', naam],
    ...rechten.map((r): [string, string] => ['rechten', r]),
    ['dagen', dagen],
  ])

const sleutelIn = (html: string) => /<code>([\w-]{43})<\/code>/.exec(html)?.[1] ?? ''
const vraag = (sleutel: string, url = '/api/v1/berichten') =>
  app.inject({ url, headers: { authorization: `Bearer ${sleutel}` } })

/** Whatever a machine can ask, somebody can hand to a machine. */
it('elk recht dat een route van de API vraagt, kan een token krijgen', () => {
  const asked = app.routeLijst
    .filter(({ pad }) => pad.startsWith('/api/v1/') || pad === '/metrics')
    .map(({ recht }) => recht)
  const may = ROLLEN.map(rol => ROL[rol].rechten).filter(rechten => rechten.includes('tokens.beheren'))
  const can = new Set<string>(['openbaar', ...may.flat().filter(recht => recht in TOKENRECHT)])
  expect([...new Set(asked)].filter(recht => !can.has(recht))).toEqual([])
})

describe('/beheer/tokens', () => {
  it('maakt een token dat precies mag wat is gekozen, en toont het één keer', async () => {
    const gemaakt = await maak(aanbieder, 'Ons pakket', ['berichten.lezen'])
    expect(gemaakt.statusCode).toBe(201)
    expect(gemaakt.headers['cache-control']).toBe('no-store')
    const sleutel = sleutelIn(gemaakt.body)
    expect(sleutel).not.toBe('')
    expect((await vraag(sleutel)).statusCode).toBe(200)
    expect((await get('/beheer/tokens', aanbieder)).body).not.toContain(sleutel)
    const leveren = await app.inject({
      method: 'POST',
      url: '/api/v1/berichten',
      headers: { authorization: `Bearer ${sleutel}`, 'content-type': 'application/xml' },
      payload: '<x/>',
    })
    expect(leveren.statusCode).toBe(403)
    const { rows } = await db.owner.query('select sleutel_hash from platform.token')
    expect(JSON.stringify(rows)).not.toContain(sleutel)
  })

  it.each([
    ['', ['berichten.lezen'], '30', 'Vul de naam in.'],
    ['x'.repeat(81), ['berichten.lezen'], '30', 'Maak de naam korter: hoogstens 80 tekens'],
    ['a', [], '30', 'Kies minstens één recht'],
    ['a', ['gebruikers.beheren'], '30', 'Kies minstens één recht'],
    ['a', ['berichten.lezen', 'cijfers.lezen'], '30', 'Kies alleen rechten die u zelf hebt'],
    ['a', ['berichten.lezen', 'tokens.beheren'], '30', 'Kies alleen rechten die u zelf hebt'],
    ['a', ['berichten.lezen'], '366', 'Kies hoe lang'],
  ])('weigert naam %s, rechten %s, dagen %s, en bewaart wat er stond', async (naam, rechten, dagen, fout) => {
    const antwoord = await maak(aanbieder, naam, rechten, dagen)
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain(fout)
    if (naam !== '') expect(antwoord.body).toContain(`value="${naam}"`)
  })

  it('trekt in, ook van een collega, en dan opent het niets meer', async () => {
    const sleutel = sleutelIn((await maak(aanbieder, 'Weg ermee', ['berichten.lezen'])).body)
    const { rows } = await db.owner.query(`select token_id from platform.token where naam = 'Weg ermee'`)
    const pad = `/beheer/tokens/${rows[0]?.token_id}/intrekken`
    expect((await get(pad, concurrent)).statusCode).toBe(404)
    expect((await post(pad, concurrent, [])).statusCode).toBe(404)
    expect((await vraag(sleutel)).statusCode).toBe(200)
    expect((await get(pad, collega)).body).toContain('Intrekken kan niet ongedaan worden gemaakt')
    const klaar = await post(pad, collega, [], pad)
    expect([klaar.statusCode, klaar.headers.location]).toEqual([303, '/beheer/tokens'])
    const na = await vraag(sleutel)
    expect(na.statusCode).toBe(401)
    expect(na.json()).toMatchObject({ type: 'urn:samenhang:probleem:token-ongeldig', status: 401 })
    expect((await get('/beheer/tokens', aanbieder)).body).toContain('Ingetrokken')
  })

  it('verloopt vanzelf', async () => {
    const sleutel = sleutelIn((await maak(aanbieder, 'Kort', ['berichten.lezen'])).body)
    expect((await vraag(sleutel)).statusCode).toBe(200)
    await db.owner.query(
      `update platform.token set verloopt_op = now() - interval '1 second' where naam = 'Kort'`,
    )
    expect((await vraag(sleutel)).statusCode).toBe(401)
    expect((await get('/beheer/tokens', aanbieder)).body).toContain('Verlopen')
  })

  it('geldt niet meer als de gebruiker niet meer actief is', async () => {
    const tijdelijk = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const sleutel = sleutelIn((await maak(tijdelijk, 'Tijdelijk', ['berichten.lezen'])).body)
    expect((await vraag(sleutel)).statusCode).toBe(200)
    await db.owner.query('update platform.gebruiker set actief = false where gebruiker_id = $1', [
      tijdelijk.gebruikerId,
    ])
    expect((await vraag(sleutel)).statusCode).toBe(401)
  })

  it.each([
    ['een andere gemeente', `gemeenten = '{${GEMEENTE_B}}'`],
    ['een gemeente erbij', `gemeenten = '{${GEMEENTE_A},${GEMEENTE_B}}'`],
    ['een andere rol', `rol = 'controller'`],
    ['een andere organisatie', `organisatie = 'Elders'`],
    ['uitgezet en weer aan', 'actief = false'],
  ])('eindigt voorgoed als de eigenaar verhuist: %s', async (_, wat) => {
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const sleutel = sleutelIn((await maak(wie, 'Verhuist', ['berichten.lezen'])).body)
    expect((await vraag(sleutel)).statusCode).toBe(200)
    const was = `rol = 'backoffice', organisatie = 'Test', gemeenten = '{${GEMEENTE_A}}', actief = true`
    for (const zet of [wat, was]) {
      await db.owner.query(`update platform.gebruiker set ${zet} where gebruiker_id = $1`, [wie.gebruikerId])
      expect((await vraag(sleutel)).statusCode).toBe(401)
    }
    // The browser of that moment is out as well.
    expect((await get('/beheer/tokens', wie)).statusCode).toBe(302)
  })

  it('eindigt als de eigenaar voor een andere aanbieder gaat werken', async () => {
    const { rows } = await db.owner.query<{ id: number }>(
      'select aanbieder_id as id from aanbieders.aanbieder order by 1 limit 2',
    )
    const [van, naar] = rows.map(rij => rij.id)
    const wie = await login('aanbieder', { aanbieder: van ?? 0 })
    const sleutel = sleutelIn((await maak(wie, 'Andere baas', ['berichten.lezen'])).body)
    expect((await vraag(sleutel)).statusCode).toBe(200)
    await db.owner.query('update platform.gebruiker set voor_aanbieder = $2 where gebruiker_id = $1', [
      wie.gebruikerId,
      naar,
    ])
    expect((await vraag(sleutel)).statusCode).toBe(401)
  })

  it('blijft gelden bij een andere naam of een ander e-mailadres', async () => {
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const sleutel = sleutelIn((await maak(wie, 'Trouwt', ['berichten.lezen'])).body)
    await db.owner.query(
      `update platform.gebruiker set naam = 'Getrouwd', email = 'getrouwd@test.example' where gebruiker_id = $1`,
      [wie.gebruikerId],
    )
    expect((await vraag(sleutel)).statusCode).toBe(200)
  })

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('mag met %s worden gestuurd', async soort => {
    const sleutel = sleutelIn((await maak(aanbieder, `Met ${soort}`, ['berichten.lezen'])).body)
    const antwoord = await app.inject({
      url: '/api/v1/berichten',
      headers: { authorization: `${soort} ${sleutel}` },
    })
    expect(antwoord.statusCode).toBe(200)
  })

  it.each(['Bearer', 'Bearer ', 'bearer x', `Bearer ${'x'.repeat(300)}`, 'Bearer a b c d e f g h i j k l m'])(
    'is geweigerd als er %j staat, ook naast een sessie',
    async authorization => {
      const antwoord = await app.inject({
        url: '/api/v1/berichten',
        headers: { ...aanbieder.headers, authorization },
      })
      expect(antwoord.statusCode).toBe(401)
    },
  )

  it('toont een ander zijn tokens niet', async () => {
    await maak(aanbieder, 'Alleen van ons', ['berichten.lezen'])
    expect((await get('/beheer/tokens', collega)).body).toContain('Alleen van ons')
    expect((await get('/beheer/tokens', concurrent)).body).not.toContain('Alleen van ons')
  })

  it('legt vast wie een token maakte en introk', async () => {
    const { rows } = await db.owner.query(
      `select distinct actie from platform.gebeurtenis where actie like 'token.%' order by 1`,
    )
    expect(rows.map(r => r.actie)).toEqual(['token.gemaakt', 'token.ingetrokken'])
  })

  it('is alleen voor wie tokens beheert', async () => {
    const wie = await login('controller', { gemeenten: [GEMEENTE_A] })
    expect((await get('/beheer/tokens', wie)).statusCode).toBe(403)
  })
})
