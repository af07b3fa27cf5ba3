import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { expectLogged } from '../../../../test/support/logboek.ts'
import {
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { projectRoot } from '../../../platform/config.ts'
import { clientOf } from '../../../platform/db/database.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { Problem } from '../../../platform/problem.ts'
import { opgavenPreset } from './preset.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))

let regionaal: Inlog
let lokaal: Inlog
let consulent: Inlog
let pad = ''

const VELDEN = {
  gemeente: 'regio',
  thema: 'Jeugd',
  titel: 'Minder uit huis',
  doelgroep: 'Kinderen',
  van: 'Veel verblijf',
  naar: 'Meer thuis',
  metInkoop: '',
  metAnders: '',
  hefbomen: ['inkoop', 'toegang'],
  trekker: '',
  indicator: 'uitgaven',
  wet: 'jw',
  richting: 'lager',
  onderbouwing: '',
  volgendeStap: 'Beginnen',
  bron: '',
  segmenten: [] as string[],
}

beforeAll(async () => {
  await laadTestregio(omgeving)
  regionaal = await login('beleidsadviseur')
  lokaal = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  const antwoord = await postFormulier(app, '/opgaven/nieuw', '/opgaven/nieuw', VELDEN, regionaal)
  expect(antwoord.statusCode).toBe(303)
  pad = String(antwoord.headers.location).split('?')[0] ?? ''
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

describe('/opgaven/nieuw', () => {
  it('neemt een gemeente bij naam, zoals een lange lijst die stuurt, en maakt er geen beleid van de regio van', async () => {
    for (const wie of [regionaal, lokaal]) {
      const velden = { ...VELDEN, titel: `Bij naam ${wie.gebruikerId}`, gemeente: 'Aarveld' }
      expect((await postFormulier(app, '/opgaven/nieuw', '/opgaven/nieuw', velden, wie)).statusCode).toBe(303)
      const { rows } = await db.owner.query('select gemeente from kaders.opgave where titel = $1', [
        velden.titel,
      ])
      expect(rows).toEqual([{ gemeente: GEMEENTE_A }])
      await db.owner.query(
        'delete from kaders.opgave_staat where opgave_id in (select opgave_id from kaders.opgave where titel = $1)',
        [velden.titel],
      )
      await db.owner.query('delete from kaders.opgave where titel = $1', [velden.titel])
    }
    const onbekend = { ...VELDEN, titel: 'Van niemand', gemeente: 'Nergenshuizen' }
    expect(
      (await postFormulier(app, '/opgaven/nieuw', '/opgaven/nieuw', onbekend, regionaal)).statusCode,
    ).toBe(400)
  })
})

describe('/opgaven', () => {
  it('toont per thema de opgave met hefboom, staat en volgende stap', async () => {
    const { body, statusCode } = await get('/opgaven', consulent)
    expect(statusCode).toBe(200)
    for (const tekst of ['Jeugd</h2>', 'Minder uit huis', 'Voorgenomen', 'Beginnen', 'Inkoop, Toegang'])
      expect(body).toContain(tekst)
    expect(body).not.toContain('Opgave toevoegen')
  })

  it('filtert, en geeft hetzelfde als bestand', async () => {
    expect((await get('/opgaven?hefboom=subsidie', regionaal)).body).toContain(
      'geen opgaven die hierbij passen',
    )
    expect((await get('/opgaven?zoek=thuis&staat=voorgenomen', regionaal)).body).toContain('Minder uit huis')
    const voorbij = (await get('/opgaven?pagina=9', regionaal)).body
    expect(voorbij).toContain('Toon alle opgaven')
    expect(voorbij).not.toContain('Er zijn nog geen veranderopgaven')
    const csv = (await get('/opgaven/export?gemeente=regio', regionaal)).body
    expect(csv).toContain('Regio;Jeugd;Minder uit huis;Voorgenomen;Kinderen;Veel verblijf;Meer thuis')
  })

  it('is er niet voor een aanbieder', async () => {
    const { rows } = await db.owner.query('select min(aanbieder_id) as id from aanbieders.aanbieder')
    const wie = await login('aanbieder', { aanbieder: rows[0].id })
    expect((await get('/opgaven', wie)).statusCode).toBe(403)
  })
})

describe('een opgave', () => {
  it('wordt met alle fouten tegelijk geweigerd, en wat er stond blijft staan', async () => {
    const velden = {
      ...VELDEN,
      gemeente: GEMEENTE_B,
      titel: '',
      hefbomen: [],
      richting: '',
      van: 'Zo is het',
    }
    const { body, statusCode } = await postFormulier(app, '/opgaven/nieuw', '/opgaven/nieuw', velden, lokaal)
    expect(statusCode).toBe(400)
    for (const melding of [
      'Kies voor wie deze opgave is.',
      'Vul de titel in.',
      'Kies minstens één hefboom.',
      'Kies welke kant op beter is.',
    ])
      expect(body).toContain(melding)
    expect(body).toContain('>Zo is het</textarea>')
  })

  it('van de regio wijzigt een gemeente niet', async () => {
    expect((await get(`${pad}/wijzig`, lokaal)).statusCode).toBe(404)
    const velden = { ...VELDEN, titel: 'Gekaapt', versie: '1' }
    expect((await postFormulier(app, `${pad}/wijzig`, '/opgaven/nieuw', velden, lokaal)).statusCode).toBe(403)
    expect((await postFormulier(app, `${pad}/wijzig`, pad, velden, consulent)).statusCode).toBe(403)
  })

  it('laat twee vensters elkaar niet overschrijven', async () => {
    const velden = { ...VELDEN, versie: '1' }
    const een = { ...velden, volgendeStap: 'Van de een' }
    expect((await postFormulier(app, `${pad}/wijzig`, `${pad}/wijzig`, een, regionaal)).statusCode).toBe(303)
    const ander = { ...velden, volgendeStap: 'Van de ander' }
    const botsing = await postFormulier(app, `${pad}/wijzig`, `${pad}/wijzig`, ander, regionaal)
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Van de een')
    expect(botsing.body).toContain('>Van de ander</textarea>')
  })

  it('stopt alleen met een reden, en kan weer worden opgepakt', async () => {
    const stap = (velden: Record<string, string>) => postFormulier(app, `${pad}/stap`, pad, velden, regionaal)
    expect((await stap({ versie: '2' })).body).toContain('Kies wat er met de opgave gebeurt.')
    const zonder = await stap({ stap: 'stop', reden: '', versie: '2' })
    expect(zonder.statusCode).toBe(400)
    expect(zonder.body).toContain('Vul de reden in.')
    expect((await stap({ stap: 'stop', reden: 'Geen geld', versie: '2' })).statusCode).toBe(303)
    const { body } = await get(pad, regionaal)
    expect(body).toContain('Deze opgave is gestopt')
    expect(body).toContain('Geen geld')
    expect((await stap({ stap: 'bereik', reden: '', versie: '3' })).statusCode).toBe(409)
    expect((await stap({ stap: 'heropen', reden: '', versie: '3' })).statusCode).toBe(303)
    const { rows } = await db.owner.query(
      'select staat, door from kaders.opgave_staat order by opgave_staat_id',
    )
    expect(rows.map(r => r.staat)).toEqual(['voorgenomen', 'gestopt', 'loopt'])
    expect(rows[2].door).toBe(regionaal.gebruikerId)
  })
})

describe('acties en voortgang', () => {
  it('ook een consulent voegt een actie toe en rondt haar af', async () => {
    const velden = {
      hefboom: 'toegang',
      tekst: 'Handreiking maken',
      eigenaar: String(consulent.gebruikerId),
      klaarOp: '01-03-2026',
      staat: 'open',
    }
    const nieuw = `${pad}/acties/nieuw`
    const fout = await postFormulier(app, nieuw, nieuw, { ...velden, tekst: '', klaarOp: 'ooit' }, consulent)
    expect(fout.statusCode).toBe(400)
    expect(fout.body).toContain('value="ooit"')
    expect((await postFormulier(app, nieuw, nieuw, velden, consulent)).statusCode).toBe(303)
    expect((await get(pad, consulent)).body).toContain('Over de datum')
    const { rows } = await db.owner.query('select actie_id from kaders.opgave_actie')
    const actie = `${pad}/acties/${rows[0].actie_id}`
    const klaar = { ...velden, staat: 'klaar', versie: '1' }
    expect((await postFormulier(app, actie, actie, klaar, consulent)).statusCode).toBe(303)
    const botsing = await postFormulier(app, actie, actie, klaar, consulent)
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('U hebt deze actie intussen zelf gewijzigd, in een ander venster')
    expect(botsing.body).toMatch(/Klaar op<\/dt><dd[^>]*>01-03-2026/)
    expect((await get('/opgaven', consulent)).body).toContain('1 van 1 acties klaar')
    expect((await get(`${pad}/acties/999999`, consulent)).statusCode).toBe(404)
  })

  it('voortgang is een verhaal met een getal, en blijft staan', async () => {
    const velden = { datum: '10-03-2026', verhaal: 'Het loopt', getal: '12,5', eenheid: 'procent' }
    const fout = await postFormulier(app, `${pad}/voortgang`, pad, { ...velden, eenheid: '' }, consulent)
    expect(fout.statusCode).toBe(400)
    expect(fout.body).toContain('>Het loopt</textarea>')
    const tweemaal = await Promise.all(
      [1, 2].map(() => postFormulier(app, `${pad}/voortgang`, pad, velden, consulent)),
    )
    expect(tweemaal.map(antwoord => antwoord.statusCode)).toEqual([303, 303])
    const verteld = await db.owner.query("select from kaders.opgave_voortgang where verhaal = 'Het loopt'")
    expect(verteld.rowCount).toBe(1)
    const { body } = await get(pad, regionaal)
    expect(body).toContain('12,5 procent')
    expect(body).toContain('Test consulent')
    const scope = systeem('test', GEMEENTEN).scope
    for (const poging of [
      'update kaders.opgave_voortgang set verhaal = $1',
      "delete from kaders.opgave_staat where $1 <> ''",
    ])
      await expect(
        omgeving.database.write(scope, tx => clientOf(tx).query(poging, ['x'])),
      ).rejects.toMatchObject({ status: 403 })
  })
})

describe('wie weg is', () => {
  it('houdt een trekker en een eigenaar die weg zijn, tot iemand een ander kiest', async () => {
    const vertrokken = await login('consulent', { gemeenten: [GEMEENTE_A] })
    const trekker = String(vertrokken.gebruikerId)
    const velden = { ...VELDEN, titel: 'Met trekker', trekker }
    const nieuw = await postFormulier(app, '/opgaven/nieuw', '/opgaven/nieuw', velden, regionaal)
    const eigen = String(nieuw.headers.location).split('?')[0] ?? ''
    const actie = { hefboom: 'toegang', tekst: 'Bellen', eigenaar: trekker, klaarOp: '', staat: 'open' }
    const bij = `${eigen}/acties/nieuw`
    expect((await postFormulier(app, bij, bij, actie, regionaal)).statusCode).toBe(303)
    await db.owner.query('update platform.gebruiker set actief = false where gebruiker_id = $1', [trekker])
    const { rows } = await db.owner.query('select max(actie_id) as id from kaders.opgave_actie')
    for (const [pad, meer] of [
      [`${eigen}/wijzig`, velden],
      [`${eigen}/acties/${rows[0].id}`, actie],
    ] as const) {
      expect((await get(pad, regionaal)).body).toMatch(new RegExp(`value="${trekker}"[^>]*selected`))
      expect((await postFormulier(app, pad, pad, { ...meer, versie: '1' }, regionaal)).statusCode).toBe(303)
    }
    expect((await get(bij, regionaal)).body).not.toContain(`value="${trekker}"`)
    const { rows: bewaard } = await db.owner.query('select trekker from kaders.opgave where titel = $1', [
      'Met trekker',
    ])
    expect(bewaard).toEqual([{ trekker: vertrokken.gebruikerId }])
  })
})

describe('presets', () => {
  it.each(['leidse-regio', 'achterhoek'])(
    'die van %s past in iedere regio, en twee keer laden verandert niets',
    async map => {
      const inhoud = JSON.parse(readFileSync(join(projectRoot(), 'regio', map, 'opgaven.json'), 'utf8'))
      const aantal = inhoud.opgaven.length
      expect(await opgavenPreset.laad(ctx, inhoud)).toEqual({ nieuw: aantal, alAanwezig: 0 })
      expect(await opgavenPreset.laad(ctx, inhoud)).toEqual({ nieuw: 0, alAanwezig: aantal })
    },
  )

  it('noemt wat hier niet bestaat', async () => {
    const inhoud = JSON.parse(
      readFileSync(join(projectRoot(), 'regio/zuidoost-utrecht/opgaven.json'), 'utf8'),
    )
    const fout: unknown = await opgavenPreset.laad(ctx, inhoud).catch((e: unknown) => e)
    expect(fout).toBeInstanceOf(Problem)
    const meldingen = (fout as Problem).fouten.map(f => f.melding)
    expect(meldingen).toContain('verblijf: hier is geen segment met deze code.')
    expect(meldingen).toContain('0355: hier is geen gemeente met deze code.')
  })
})

it('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, [
    'opgave.actie-gewijzigd',
    'opgave.actie-toegevoegd',
    'opgave.toegevoegd',
    'opgave.voortgang',
  ])
})
