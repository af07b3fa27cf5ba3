import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { expectLogged } from '../../../../test/support/logboek.ts'
import { GEMEENTE_A, GEMEENTEN, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { Problem } from '../../../platform/problem.ts'
import { findReikwijdte, listReikwijdteOp } from '../index.ts'
import { reikwijdtePreset } from './preset.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))

let regionaal: Inlog
let lokaal: Inlog
let consulent: Inlog
let segment = 0
let id = 0

const VELDEN = {
  gemeente: 'regio',
  wet: 'jw',
  onderwerp: 'Lichte klachten',
  vanaf: '01-01-2025',
  oordeel: 'soms',
  wel: 'Langdurige klachten',
  niet: 'Gewone tegenslag',
  voorbeeldenWel: 'Maanden niet naar school\nAngst',
  voorbeeldenNiet: 'Verdriet na een verhuizing',
  normaliseren: 'Eerst het gezin',
  grond: '000',
}

beforeAll(async () => {
  await laadTestregio(omgeving)
  regionaal = await login('beleidsadviseur')
  lokaal = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  const { rows } = await db.owner.query(
    "select segment_id as id from contracten.segment where code = 'J-AMB'",
  )
  segment = rows[0].id
  const velden = { ...VELDEN, segmenten: [String(segment)] }
  const antwoord = await postFormulier(app, '/reikwijdte/nieuw', '/reikwijdte/nieuw', velden, regionaal)
  expect(antwoord.statusCode).toBe(303)
  id = Number(/\/reikwijdte\/(\d+)/.exec(String(antwoord.headers.location))?.[1])
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

describe('/reikwijdte', () => {
  it('zoekt ook in voorbeelden, en toont wat op een dag gold', async () => {
    expect((await get('/reikwijdte?zoek=verhuizing', consulent)).body).toContain('Lichte klachten')
    expect((await get('/reikwijdte?op=31-12-2024', consulent)).body).not.toContain('Lichte klachten')
    expect((await get('/reikwijdte?wet=wmo', consulent)).body).toContain(
      'geen onderwerpen die hierbij passen',
    )
  })

  it('geeft hetzelfde als bestand', async () => {
    const csv = (await get('/reikwijdte/export?oordeel=soms', consulent)).body.trim().split('\r\n')
    expect(csv[1]).toBe(
      'Regio;Jeugdwet;Lichte klachten;Soms;Langdurige klachten;"Maanden niet naar school; Angst";Gewone tegenslag;Verdriet na een verhuizing;Eerst het gezin;"=""000""";Ambulante jeugdhulp;01-01-2025;',
    )
  })
})

describe('een onderwerp', () => {
  it('zegt bij welk oordeel iets moet worden ingevuld', async () => {
    const { body } = await get('/reikwijdte/nieuw', regionaal)
    expect(body).toMatch(/wel in\? <span[^>]*>\(verplicht bij ‘Kopen we in’ en ‘Soms’\)/)
    expect(body).toMatch(/niet in\? <span[^>]*>\(verplicht bij ‘Soms’ en ‘Kopen we niet in’\)/)
  })

  const pad = () => `/reikwijdte/${id}`
  const wijzig = (meer: object, wie = regionaal) =>
    postFormulier(
      app,
      `${pad()}/wijzig`,
      '/reikwijdte/nieuw',
      { ...VELDEN, segmenten: [String(segment)], versie: '1', ...meer },
      wie,
    )

  it('wordt met alle fouten tegelijk geweigerd', async () => {
    const velden = { ...VELDEN, gemeente: 'regio', onderwerp: '', niet: '', grond: '', vanaf: '31-02-2026' }
    const { body, statusCode } = await postFormulier(
      app,
      '/reikwijdte/nieuw',
      '/reikwijdte/nieuw',
      velden,
      lokaal,
    )
    expect(statusCode).toBe(400)
    for (const melding of [
      'Kies voor wie dit geldt.',
      'Vul het onderwerp in.',
      'Schrijf op wat de gemeente niet inkoopt.',
      'Vul de grond in.',
      'Vul een bestaande datum in',
    ])
      expect(body).toContain(melding)
    expect(body).toContain('value="31-02-2026"')
  })

  it('verandert vanaf een datum; wat ervoor gold blijft te zien', async () => {
    expect((await wijzig({ vanaf: '01-01-2025' })).body).toContain('Kies een dag na de dag')
    expect((await wijzig({ vanaf: '01-07-2026', oordeel: 'niet', wel: '' })).statusCode).toBe(303)
    const nu = (await get(pad(), consulent)).body
    expect(nu).toContain('Dit verandert op 1 juli 2026')
    expect(nu).toContain('1 januari 2025 t/m 30 juni 2026: soms')
    const straks = (await get(`${pad()}?op=01-07-2026`, consulent)).body
    expect(straks).toContain('Dit geldt op 1 juli 2026.')
    expect(straks).toContain('vanaf 1 juli 2026: kopen we niet in')
  })

  it('laat twee vensters elkaar niet overschrijven', async () => {
    const botsing = await wijzig({ vanaf: '01-08-2026', niet: 'Van de ander' })
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('U hebt dit onderwerp intussen zelf gewijzigd, in een ander venster')
    expect(botsing.body).toContain('>Van de ander</textarea>')
    for (const naam of ['Voorbeelden van niet', 'Eerst in het gewone leven', 'Segmenten'])
      expect(botsing.body).toContain(`${naam}</dt>`)
    expect(botsing.body).toContain('name="versie" value="2"')
    // Whoever was slower hears that first: this day is only wrong by what the other did.
    const velden = { vanaf: '01-06-2026', versie: '1' }
    const einde = await postFormulier(app, `${pad()}/einde`, pad(), velden, regionaal)
    expect(einde.statusCode).toBe(409)
    expect(einde.body).toContain('U hebt dit onderwerp intussen zelf gewijzigd, in een ander venster')
    expect(einde.body).toMatch(
      /Onderwerp<\/dt>[\s\S]*name="versie" value="2"[\s\S]*name="vanaf"[^>]*value="01-06-2026"/,
    )
  })

  it('van de regio wijzigt een gemeente niet', async () => {
    expect((await get(`${pad()}/wijzig`, lokaal)).statusCode).toBe(404)
    expect((await wijzig({ vanaf: '01-09-2026', versie: '2' }, lokaal)).statusCode).toBe(404)
  })

  it('is voor andere domeinen te vinden op een dag en bij een segment', async () => {
    await ctx.read(async tx => {
      expect((await listReikwijdteOp(tx, '2026-03-16', segment)).map(r => r.oordeel)).toEqual(['soms'])
      expect((await listReikwijdteOp(tx, '2026-07-01')).map(r => r.oordeel)).toEqual(['niet'])
      expect(await listReikwijdteOp(tx, '2026-03-16', segment + 1)).toEqual([])
      expect((await findReikwijdte(tx, id, '2026-03-16'))?.onderwerp).toBe('Lichte klachten')
      expect(await findReikwijdte(tx, id, '2024-03-16')).toBeUndefined()
    })
  })

  it('eindigt op een dag, en komt met een nieuwe versie terug', async () => {
    const einde = (vanaf: string) =>
      postFormulier(app, `${pad()}/einde`, pad(), { vanaf, versie: '2' }, regionaal)
    const fout = await einde('01-07-2026')
    expect(fout.statusCode).toBe(400)
    expect(fout.body).toContain('value="01-07-2026"')
    expect((await einde('01-01-2027')).statusCode).toBe(303)
    expect((await get(`${pad()}?op=01-01-2027`, consulent)).body).toContain('geldt hierover niets')
    expect((await wijzig({ vanaf: '01-12-2026', versie: '3' })).body).toContain('na het einde')
    expect((await wijzig({ vanaf: '01-06-2027', versie: '3' })).statusCode).toBe(303)
  })

  it('kan in de database niet twee dingen tegelijk zeggen', async () => {
    await expect(
      db.owner.query(
        `insert into kaders.reikwijdte_versie (reikwijdte_id, geldigheid, oordeel, grond)
         values ($1, '[2026-01-01,2026-02-01)', 'wel', 'x')`,
        [id],
      ),
    ).rejects.toThrow(/reikwijdte_versie_pkey/)
  })
})

describe('een preset', () => {
  const onderwerp = {
    sleutel: 'x',
    wet: 'wmo',
    onderwerp: 'Dagbesteding',
    versies: [
      { vanaf: '2024-01-01', tot: '2025-12-31', oordeel: 'wel', wel: 'Alles', grond: 'x' },
      { vanaf: '2026-01-01', oordeel: 'niet', niet: 'Niets', grond: 'x' },
    ],
  }
  const laad = (onderwerpen: unknown[]) => reikwijdtePreset.laad(ctx, { regio: 'x', bron: 'x', onderwerpen })

  it('laadt alle versies, en de tweede keer niets', async () => {
    expect(await laad([onderwerp])).toEqual({ nieuw: 1, alAanwezig: 0 })
    expect(await laad([onderwerp])).toEqual({ nieuw: 0, alAanwezig: 1 })
  })

  it('weigert versies die overlappen, met alle fouten tegelijk', async () => {
    const [eerste, tweede] = onderwerp.versies
    const fout: unknown = await laad([
      { ...onderwerp, sleutel: 'y', versies: [tweede, eerste], segmenten: ['NIETS'] },
    ]).catch((e: unknown) => e)
    expect(fout).toBeInstanceOf(Problem)
    expect((fout as Problem).fouten.map(f => f.melding)).toEqual([
      'NIETS: hier is geen segment met deze code.',
      'y: de versie van 2024-01-01 begint voordat de vorige is geëindigd.',
    ])
  })
})

it('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, ['reikwijdte.beeindigd', 'reikwijdte.gewijzigd', 'reikwijdte.toegevoegd'])
})
