import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
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
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { judgeWaiting, receiveBerichten, receiveForLater } from '../inname/actions.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let backoffice: Inlog
let beideGemeenten: Inlog
let aanbieder: Inlog

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, agb: AGB_B, gemeente: GEMEENTE_B, client: 1 }),
    startbericht({ identificatie: 'S1', nummer: 1 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'N1',
      regels: [{ nummer: 1, referentie: 'R1', volume: 99 }],
    }),
  )
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  beideGemeenten = await login('backoffice', { gemeenten: [GEMEENTE_A, GEMEENTE_B] })
  aanbieder = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
/** The identificaties in the list; an answer has one of its own, from our sequence. */
const rijen = (html: string) => [...html.matchAll(/<small>(\w+) · (\w+)<\/small>/g)].map(([, soort]) => soort)

describe('/berichten', () => {
  it('toont de berichten van de eigen gemeente, met hun antwoorden', async () => {
    const antwoord = await get('/berichten', backoffice)
    expect(antwoord.statusCode).toBe(200)
    expect(rijen(antwoord.body).sort()).toEqual(['JW301', 'JW302', 'JW305', 'JW306', 'JW323', 'JW325'])
    expect(antwoord.body).toContain('Er wacht geen bericht op antwoord.')
    expect(antwoord.body).not.toContain('Beekdal')
  })

  it('toont een aanbieder alleen wat over die aanbieder gaat', async () => {
    const antwoord = await get('/berichten', aanbieder)
    expect(rijen(antwoord.body).sort()).toEqual(['JW301', 'JW302'])
    expect(antwoord.body).not.toContain('Zorggroep Eikenrode')
  })

  it.each([
    ['richting=uit&soort=325', ['JW325']],
    ['staat=afgekeurd', ['JW323']],
    ['zoek=D1', ['JW323']],
    [`zoek=${AGB_B}`, ['JW302', 'JW301']],
    ['zoek=waterlelie', ['JW302', 'JW301']],
    [`gemeente=${GEMEENTE_B}`, ['JW302', 'JW301']],
    ['zoek=%25', []],
    ['van=17-03-2026', []],
    ['tot=15-03-2026', []],
    ['van=16-03-2026&tot=16-03-2026&soort=305', ['JW305']],
    ['domein=wmo', []],
    ['staat=te-laat', []],
  ])('filtert op %s', async (query, soorten) => {
    const { body, statusCode } = await get(`/berichten?${query}`, beideGemeenten)
    expect(statusCode).toBe(200)
    expect(rijen(body).sort()).toEqual([...soorten].sort())
    if (soorten.length === 0) expect(body).toContain('Er zijn geen berichten die hierbij passen')
  })

  it('sorteert, en zegt dat een kolom niet bestaat', async () => {
    const op = await get('/berichten?sorteer=soort&gemeente=9101', beideGemeenten)
    expect(rijen(op.body)).toEqual(['JW301', 'JW302', 'JW305', 'JW306', 'JW323', 'JW325'])
    const af = await get('/berichten?sorteer=-soort&gemeente=9101', beideGemeenten)
    expect(rijen(af.body)).toEqual(['JW325', 'JW323', 'JW306', 'JW305', 'JW302', 'JW301'])
    const onbekend = await get('/berichten?sorteer=bsn;drop', beideGemeenten)
    expect(onbekend.statusCode).toBe(400)
    expect(onbekend.body).toContain('is hier geen keuze.')
  })

  it('zegt wat er mis is met een datum, en bewaart wat er stond', async () => {
    const { body, statusCode } = await get('/berichten?van=31-02-2026', backoffice)
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul een bestaande datum in')
    expect(body).toContain('value="31-02-2026"')
  })

  it('geeft dezelfde lijst als bestand', async () => {
    const csv = await get('/berichten/export?soort=323&formaat=csv', backoffice)
    expect(csv.headers['content-disposition']).toContain('berichten-2026-03-16.csv')
    expect(csv.body.trim().split('\r\n')[1]).toBe(
      'JW323;Declaratie;Ontvangen;Jeugdwet;"=""9101""";Aarveld;"=""98000001""";Zorggroep Eikenrode;D1;05-03-2026;16-03-2026 12:00;Afgekeurd;;30-03-2026;1;1',
    )
    const xlsx = await get('/berichten/export?formaat=xlsx', backoffice)
    expect(xlsx.headers['content-type']).toContain('spreadsheetml')
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })

  it('zegt wat op antwoord wacht en wat te laat is', async () => {
    const nu = new Date('2026-03-02T12:00:00+01:00')
    const ctx = makeCtx({ ...omgeving, klok: () => nu }, systeem('test', [GEMEENTE_B]))
    const bytes = toBytes(startbericht({ identificatie: 'W1', nummer: 2, agb: AGB_B, gemeente: GEMEENTE_B }))
    const { gemeente = '', berichtId = '' } = await receiveForLater(ctx, { bytes, ontvangenOp: nu })
    const { body } = await get('/berichten?staat=te-laat', beideGemeenten)
    expect(body).toContain('Er wacht 1 bericht op antwoord. Daarvan is er 1 te laat.')
    expect(rijen(body)).toEqual(['JW305'])
    expect(body).toContain('7 werkdagen te laat')
    const blad = await get(`/berichten/${gemeente}/${berichtId}`, beideGemeenten)
    expect(blad.body).toContain('Uiterlijk 5 maart 2026')
    await judgeWaiting(ctx, gemeente, berichtId)
    expect((await get('/berichten', beideGemeenten)).body).toContain('Er wacht geen bericht op antwoord.')
  })

  it('telt wat niet kan worden beoordeeld als onbeantwoord, en zegt waarom in bestand en API', async () => {
    const nu = new Date('2026-03-02T12:00:00+01:00')
    const ctx = makeCtx({ ...omgeving, klok: () => nu }, systeem('test', [GEMEENTE_B]))
    const bytes = toBytes(startbericht({ identificatie: 'W2', nummer: 2, agb: AGB_B, gemeente: GEMEENTE_B }))
    const [inname] = await receiveBerichten(ctx, [{ bytes, ontvangenOp: nu }], { tijd: 0.001 })
    expect(inname?.uitkomst).toBe('niet-te-beoordelen')
    for (const staat of ['te-laat', 'onbeantwoord']) {
      const { body } = await get(`/berichten?staat=${staat}`, beideGemeenten)
      expect(body).toContain('Er wacht 1 bericht op antwoord. Daarvan is er 1 te laat.')
      expect(rijen(body)).toEqual(['JW305'])
      expect(body).toContain('7 werkdagen te laat')
    }
    const start = await get('/', beideGemeenten)
    expect(start.body).toContain('waarvan 1 te laat')
    const csv = await get('/berichten/export?staat=te-laat&formaat=csv', beideGemeenten)
    expect(csv.body).toContain('Kan niet worden beoordeeld;Het beoordelen duurde langer dan mag.;05-03-2026')
    const api = await get('/api/v1/berichten?staat=te-laat', beideGemeenten)
    expect(api.json().berichten).toMatchObject([{ staat: 'niet-te-beoordelen', reden: 'tijd' }])
  })

  it.each(['contractmanager', 'data-analist', 'bestuur', 'privacy-officer', 'beheerder'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol)
      expect((await get('/berichten', wie)).statusCode).toBe(403)
      expect((await get('/berichten/export', wie)).statusCode).toBe(403)
    },
  )

  it('vraagt eerst om in te loggen', async () => {
    const antwoord = await app.inject({ url: '/berichten', headers: { accept: 'text/html' } })
    expect(antwoord.statusCode).toBe(302)
    expect(antwoord.headers.location).toBe('/inloggen?naar=%2Fberichten')
  })
})
