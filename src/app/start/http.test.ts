import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  AANBIEDERS,
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { ROLLEN } from '../../platform/auth/rollen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NBSP = '\u00a0'
let aanbieders: Map<string, number>

beforeAll(async () => {
  aanbieders = await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 11, product: { einddatum: '2026-04-27' } }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 22, agb: AGB_B, gemeente: GEMEENTE_B, client: 1 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'DN1',
      regels: [
        { nummer: 11, referentie: 'R1' },
        { nummer: 11, referentie: 'R2', maand: '2026-01-01', tarief: 9100 },
      ],
    }),
  )
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

describe('de startpagina', () => {
  it.each(ROLLEN)('is er voor %s, met een zin en een weg verder', async rol => {
    const wie = await login(rol, {
      gemeenten: [GEMEENTE_A],
      ...(rol === 'aanbieder' ? { aanbieder: aanbieders.get(AGB_A) ?? 0 } : {}),
    })
    const { body, statusCode } = await get('/', wie)
    expect(statusCode).toBe(200)
    expect(body).toContain(`Welkom, Test ${rol}</h1>`)
    expect(body).toMatch(/sam-inleiding">[^<]{10,}</)
    expect(body.match(/<a [^>]*href="\/[a-z]+[^"]*"/g)?.length).toBeGreaterThan(3)
  })

  it('zegt een backoffice wat wacht en wat is afgekeurd', async () => {
    const { body } = await get('/', await login('backoffice', { gemeenten: [GEMEENTE_A] }))
    expect(body).toContain('Er wacht geen bericht op antwoord.')
    expect(body).toMatch(/Het tarief is anders dan in het contract.*€\u00a0910,00/s)
    expect(body).toContain('href="/toewijzingen?start=geen&amp;stand=geldig"')
  })

  it('zegt een aanbieder wat opnieuw moet, en niets van een ander', async () => {
    const { body } = await get('/', await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 }))
    expect(body).toContain(`1 regel is afgekeurd (€${NBSP}910,00). Verbeter ze en dien ze opnieuw in.`)
    const ander = (await get('/', await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 }))).body
    expect(ander).toContain('Deze week vervalt er geen betaling.')
    expect(ander).not.toContain('910,00')
  })

  it('leidt de privacy officer naar wat er vandaag is gebeurd, en niet naar alles van ooit', async () => {
    const wie = await login('privacy-officer')
    await get('/audit', wie)
    const { body } = await get('/', wie)
    const links = [...body.matchAll(/href="\/audit\?([^"]*)"/g)].map(([, vraag = '']) => vraag.split('&amp;'))
    expect(links.length).toBeGreaterThan(0)
    for (const delen of links) expect(delen.slice(1)).toEqual(['van=2026-03-16', 'tot=2026-03-16'])
  })

  it('zegt een consulent wat binnen zes weken afloopt', async () => {
    const { body } = await get('/', await login('consulent', { gemeenten: [GEMEENTE_A] }))
    expect(body).toContain('Binnen 6 weken eindigt 1 toewijzing. Is er daarna nog hulp nodig?')
    expect(body).toContain('27-04-2026')
    const elders = (await get('/', await login('consulent', { gemeenten: [GEMEENTE_B] }))).body
    expect(elders).toContain('Binnen 6 weken eindigt er geen toewijzing.')
  })
})

describe('/zoeken', () => {
  it.each([
    ['eiken', 'Zorggroep Eikenrode'],
    [AGB_A, 'Zorggroep Eikenrode'],
    ['TEST-1', 'TEST-1'],
    ['pleegz', 'Pleegzorg'],
    ['45A04', '45A04'],
    ['11', 'Toewijzing 11'],
    ['DN1', 'Declaratie DN1'],
    ['D1', 'Declaratie D1'],
  ])('vindt op %s: %s', async (q, gevonden) => {
    const { body } = await get(`/zoeken?q=${q}`, await login('backoffice', { gemeenten: [GEMEENTE_A] }))
    const inhoud = body.slice(body.indexOf('<main'))
    expect(inhoud).toContain(gevonden)
    expect(inhoud).not.toContain('Niets gevonden')
  })

  it('vindt alleen wat iemand mag zien', async () => {
    const zoek = async (q: string, wie: Inlog) => {
      const { body } = await get(`/zoeken?q=${q}`, wie)
      return body.slice(body.indexOf('<main'))
    }
    const a = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const aanbiederB = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
    const manager = await login('contractmanager')
    expect(await zoek('22', a)).not.toContain('Toewijzing 22')
    expect(await zoek('22', aanbiederB)).toContain('Toewijzing 22')
    expect(await zoek('11', aanbiederB)).not.toContain('Toewijzing 11')
    expect(await zoek('eiken', aanbiederB)).not.toContain(AANBIEDERS[AGB_A])
    expect(await zoek('TEST-1', aanbiederB)).not.toContain('href="/contracten/')
    expect(await zoek('11', manager)).not.toContain('Toewijzing 11')
    expect(await zoek('DN1', manager)).not.toContain('Declaratie DN1')
  })

  it('zoekt nooit op BSN, maar zegt waar het wel kan', async () => {
    const { body } = await get(
      `/zoeken?q=${testBsn(0)}`,
      await login('backoffice', { gemeenten: [GEMEENTE_A] }),
    )
    expect(body).toContain('Zoekt u een cliënt op BSN?')
    expect(body).not.toContain('Testpersoon0')
  })

  it('zegt wat te doen bij niets, te weinig en jokertekens', async () => {
    const wie = await login('contractmanager')
    expect((await get('/zoeken', wie)).body).toContain('Waar kunt u op zoeken?')
    expect((await get('/zoeken?q=e', wie)).body).toContain('Typ minstens twee tekens')
    for (const q of ['%25%25', '__', 'zzzz'])
      expect((await get(`/zoeken?q=${q}`, wie)).body).toContain('Niets gevonden')
  })

  it.each(['bestuur', 'privacy-officer', 'beheerder'] as const)('is er niet voor %s', async rol => {
    expect((await get('/zoeken?q=eiken', await login(rol))).statusCode).toBe(403)
  })
})

it('/toegankelijkheid is er voor iedereen', async () => {
  const { body, statusCode } = await app.inject({
    url: '/toegankelijkheid',
    headers: { accept: 'text/html' },
  })
  expect(statusCode).toBe(200)
  expect(body).toContain('Wat is getest')
  expect(body).toContain('klacht')
})
