import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { AGB_A, GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let beheerder: Inlog
let aanbieders: Map<string, number>

beforeAll(async () => {
  aanbieders = await laadTestregio(omgeving)
  beheerder = await login('beheerder')
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const gebruiker = async (id: number) =>
  (await db.owner.query('select * from platform.gebruiker where gebruiker_id = $1', [id])).rows[0]
const VELDEN = {
  naam: 'Nieuwe Collega',
  email: 'nieuw@test.example',
  organisatie: 'Gemeente Aarveld',
  rol: 'consulent',
  gemeenten: [GEMEENTE_A, GEMEENTE_B],
  agb: '',
  actief: 'ja',
}

describe('/beheer/gebruikers', () => {
  it('toont de gebruikers, en filtert op rol', async () => {
    await login('bestuur')
    const { body, statusCode } = await get('/beheer/gebruikers', beheerder)
    expect(statusCode).toBe(200)
    expect(body).toContain('Gebruikers</h1>')
    expect(body).toContain('Test bestuur')
    const { body: alleen } = await get('/beheer/gebruikers?rol=beheerder', beheerder)
    expect(alleen).not.toContain('Test bestuur')
    expect((await get('/beheer/gebruikers?zoek=niemand', beheerder)).body).toContain(
      'Er zijn geen gebruikers die hierbij passen',
    )
  })

  it.each(['backoffice', 'controller', 'contractmanager', 'bestuur', 'privacy-officer'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
      for (const url of ['/beheer/gebruikers', '/beheer/gebruikers/nieuw', '/beheer/gebruikers/1'])
        expect((await get(url, wie)).statusCode).toBe(403)
      expect((await postFormulier(app, '/beheer/gebruikers/nieuw', '/', VELDEN, wie)).statusCode).toBe(403)
    },
  )
})

describe('toevoegen', () => {
  const pad = '/beheer/gebruikers/nieuw'

  it('zegt bij welke rol iets moet worden ingevuld', async () => {
    const { body } = await get(pad, beheerder)
    expect(body).toMatch(/Gemeenten <span[^>]*>\(verplicht bij backoffice, controller[^)]*\)/)
    expect(body).toMatch(/AGB-code <span[^>]*>\(verplicht bij aanbieder\)/)
  })

  it('legt een gebruiker vast, met audit', async () => {
    const antwoord = await postFormulier(app, pad, pad, VELDEN, beheerder)
    expect(antwoord.statusCode).toBe(303)
    const { rows } = await db.owner.query(
      `select rol, gemeenten, demonstratie, versie from platform.gebruiker where email = 'nieuw@test.example'`,
    )
    expect(rows).toEqual([
      { rol: 'consulent', gemeenten: [GEMEENTE_A, GEMEENTE_B], demonstratie: false, versie: 1 },
    ])
    const log = await db.owner.query(
      'select actie from platform.gebeurtenis order by gebeurtenis_id desc limit 1',
    )
    expect(log.rows[0].actie).toBe('gebruiker.toegevoegd')
  })

  it('zoekt de aanbieder op bij de AGB-code', async () => {
    const velden = { ...VELDEN, email: 'aanbod@test.example', rol: 'aanbieder', agb: AGB_A }
    expect((await postFormulier(app, pad, pad, velden, beheerder)).statusCode).toBe(303)
    const { rows } = await db.owner.query(
      `select voor_aanbieder from platform.gebruiker where email = 'aanbod@test.example'`,
    )
    expect(rows[0].voor_aanbieder).toBe(aanbieders.get(AGB_A))
  })

  it('weigert met alle fouten tegelijk en bewaart wat er stond', async () => {
    const velden = { ...VELDEN, naam: '', email: 'nieuw@test.example', gemeenten: [] }
    const { body, statusCode } = await postFormulier(app, pad, pad, velden, beheerder)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 3 dingen die u moet aanpassen')
    expect(body).toContain('href="#veld-naam"')
    expect(body).toContain('Er is al een gebruiker met dit e-mailadres.')
    expect(body).toContain('value="Gemeente Aarveld"')
  })
})

describe('wijzigen', () => {
  const formulier = (id: number) => `/beheer/gebruikers/${id}`
  const van = (
    rij: { naam: string; email: string; organisatie: string; rol: string },
    meer: object = {},
  ) => ({
    naam: rij.naam,
    email: rij.email,
    organisatie: rij.organisatie,
    rol: rij.rol,
    gemeenten: [GEMEENTE_A],
    agb: '',
    actief: 'ja',
    versie: '1',
    ...meer,
  })

  it('zet wie uitgezet wordt er meteen uit', async () => {
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    expect((await get('/toewijzingen', wie)).statusCode).toBe(200)
    const pad = formulier(wie.gebruikerId)
    const velden = van(await gebruiker(wie.gebruikerId), { actief: 'nee' })
    expect((await postFormulier(app, pad, pad, velden, beheerder)).statusCode).toBe(303)
    expect((await get('/toewijzingen', wie)).statusCode).toBe(302)
    const { rows } = await db.owner.query(
      'select 1 from platform.sessie where gebruiker_id = $1 and verloopt_op > now()',
      [wie.gebruikerId],
    )
    expect(rows).toEqual([])
  })

  it('laat twee vensters elkaar niet overschrijven, en toont wat de ander deed', async () => {
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const pad = formulier(wie.gebruikerId)
    const rij = await gebruiker(wie.gebruikerId)
    const eerst = await postFormulier(app, pad, pad, van(rij, { naam: 'Van de een' }), beheerder)
    expect(eerst.statusCode).toBe(303)
    const botsing = await postFormulier(app, pad, pad, van(rij, { naam: 'Van de ander' }), beheerder)
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('U hebt deze gebruiker intussen zelf gewijzigd, in een ander venster')
    expect(botsing.body).toContain('Van de een')
    expect(botsing.body).toContain('value="Van de ander"')
    expect((await gebruiker(wie.gebruikerId)).naam).toBe('Van de een')
    // The form now carries the version of the other, so that a deliberate second try goes through.
    expect(botsing.body).toContain('name="versie" value="2"')
    const opnieuw = van(rij, { naam: 'Van de ander', versie: '2' })
    expect((await postFormulier(app, pad, pad, opnieuw, beheerder)).statusCode).toBe(303)
    expect(await gebruiker(wie.gebruikerId)).toMatchObject({ naam: 'Van de ander', versie: 3 })
  })

  it('voegt samen wat twee beheerders in verschillende velden schreven, en houdt de aanbieder', async () => {
    const wie = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
    const pad = formulier(wie.gebruikerId)
    const { body: geopend } = await get(pad, beheerder)
    const was = /name="_was" value="([^"]+)"/.exec(geopend)?.[1] ?? ''
    expect(geopend).toMatch(new RegExp(`name="agb"[^>]*value="${AGB_A}"`))
    const velden = van(await gebruiker(wie.gebruikerId), { agb: AGB_A, gemeenten: [] })
    const een = { ...velden, naam: 'Van de een' }
    expect((await postFormulier(app, pad, pad, een, beheerder)).statusCode).toBe(303)
    const ander = { ...velden, organisatie: 'Anders', _was: was }
    const { body, statusCode } = await postFormulier(app, pad, pad, ander, beheerder)
    expect(statusCode).toBe(409)
    expect(body).toContain('staat in het formulier wat er nu staat: Naam.')
    for (const [naam, waarde] of [
      ['naam', 'Van de een'],
      ['organisatie', 'Anders'],
      ['agb', AGB_A],
    ])
      expect(body).toMatch(new RegExp(`name="${naam}"[^>]*value="${waarde}"`))
  })

  it('laat van twee die tegelijk opslaan er precies een door', async () => {
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const pad = formulier(wie.gebruikerId)
    const rij = await gebruiker(wie.gebruikerId)
    const antwoorden = await Promise.all(
      ['A', 'B', 'C'].map(naam => postFormulier(app, pad, pad, van(rij, { naam }), beheerder)),
    )
    expect(antwoorden.map(a => a.statusCode).sort()).toEqual([303, 409, 409])
    expect((await gebruiker(wie.gebruikerId)).versie).toBe(2)
  })

  it('laat een beheerder zichzelf niet buitensluiten', async () => {
    const pad = formulier(beheerder.gebruikerId)
    const velden = van(await gebruiker(beheerder.gebruikerId), { actief: 'nee' })
    const antwoord = await postFormulier(app, pad, pad, velden, beheerder)
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain('U kunt uzelf niet uitzetten')
  })

  it('kent geen gebruiker die niet bestaat', async () => {
    expect((await get('/beheer/gebruikers/999999', beheerder)).statusCode).toBe(404)
    expect((await get('/beheer/gebruikers/abc', beheerder)).statusCode).toBe(404)
  })
})
