import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { GEMEENTE_A, GEMEENTEN, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { projectRoot } from '../../../platform/config.ts'
import { clientOf } from '../../../platform/db/database.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { interventiesPreset } from './preset.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
const INHOUD = JSON.parse(
  readFileSync(join(projectRoot(), 'regio/leidschendam-voorburg/interventies.json'), 'utf8'),
)

let regionaal: Inlog
let lokaal: Inlog
let consulent: Inlog
let pad = ''

beforeAll(async () => {
  await laadTestregio(omgeving)
  expect(await interventiesPreset.laad(ctx, INHOUD)).toEqual({ nieuw: 3, alAanwezig: 0 })
  regionaal = await login('beleidsadviseur')
  lokaal = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
  const { rows } = await db.owner.query(
    "select interventie_id as id from kaders.interventie where sleutel = 'powerful-ageing'",
  )
  pad = `/interventies/${rows[0].id}`
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

describe('/interventies', () => {
  it('toont het sterkste bewijs eerst, en innovatie als zodanig', async () => {
    const { body } = await get('/interventies', consulent)
    const namen = [...body.matchAll(/\/interventies\/\d+"[^>]*>([^<]+)</g)].map(([, naam]) => naam)
    expect(namen).toEqual([
      'Powerful Ageing',
      'Thuisbegeleiding bij multiproblematiek',
      'Schoolmaatschappelijk werk plus',
    ])
    expect(body).toContain('Nog onbewezen: innovatie')
  })

  it('filtert, en geeft hetzelfde als bestand', async () => {
    const { body } = await get('/interventies?bewijs=onbewezen', consulent)
    expect(body).toContain('Schoolmaatschappelijk werk plus')
    expect(body).not.toContain('Powerful')
    expect((await get('/interventies?pagina=9', consulent)).body).toContain('Toon alle interventies')
    const csv = (await get('/interventies/export?zoek=ouderen', consulent)).body.trim().split('\r\n')
    expect(csv).toHaveLength(2)
    expect(csv[1]).toContain('Wetenschappelijk bewezen')
  })
})

describe('een interventie', () => {
  it('toont het bewijs en het resultaat zoals de bron het noemt', async () => {
    const { body } = await get(pad, consulent)
    expect(body).toContain('66 procent beter')
    expect(body).toContain('vier maanden')
    expect(body).toContain('twee jaar lang twee keer per week')
    expect(body).not.toContain('Wijzig</a>')
  })

  it('krijgt van iedereen die meewerkt een resultaat, dat blijft staan', async () => {
    const velden = {
      maat: 'Trapliften',
      waarde: '12,5',
      eenheid: 'stuks',
      n: '40',
      periode: '2026',
      bron: '',
    }
    const fout = await postFormulier(app, `${pad}/resultaat`, pad, { ...velden, waarde: 'x' }, consulent)
    expect(fout.statusCode).toBe(400)
    expect(fout.body).toContain('Vul de bron in.')
    expect(fout.body).toContain('Vul een getal in')
    expect(fout.body).toContain('value="Trapliften"')
    const eigen = { ...velden, bron: 'Eigen telling' }
    const tweemaal = await Promise.all(
      [1, 2].map(() => postFormulier(app, `${pad}/resultaat`, pad, eigen, consulent)),
    )
    expect(tweemaal.map(antwoord => antwoord.statusCode)).toEqual([303, 303])
    const gemeten = await db.owner.query("select from kaders.interventie_resultaat where maat = 'Trapliften'")
    expect(gemeten.rowCount).toBe(1)
    const { body } = await get(pad, consulent)
    expect(body).toContain('12,5 stuks')
    expect(body).toContain('40 mensen')
    const teVeel = { ...velden, n: '99.999.999.999', bron: 'Eigen telling' }
    const geweigerd = await postFormulier(app, `${pad}/resultaat`, pad, teVeel, consulent)
    expect(geweigerd.statusCode).toBe(400)
    expect(geweigerd.body).toContain('href="#veld-n"')
    const onzichtbaar = { ...velden, maat: 'Trap\u0000liften', bron: 'Eigen telling' }
    const teken = await postFormulier(app, `${pad}/resultaat`, pad, onzichtbaar, consulent)
    expect(teken.statusCode).toBe(400)
    expect(teken.body).toContain('Er staat een onzichtbaar teken in de tekst.')
    const { scope } = systeem('test', GEMEENTEN)
    await expect(
      omgeving.database.write(scope, tx => clientOf(tx).query('delete from kaders.interventie_resultaat')),
    ).rejects.toMatchObject({ status: 403 })
  })

  const velden = {
    gemeente: GEMEENTE_A,
    naam: 'Eigen proef',
    omschrijving: 'Iets nieuws',
    bewijs: 'onbewezen',
    bewijsToelichting: '',
    register: '',
    doelgroep: 'Iedereen',
    inzetbaarDoor: 'Het wijkteam',
    licentiekosten: '99,50',
    licentieToelichting: '',
    bron: '',
  }

  it('voegt een gemeente alleen voor zichzelf toe', async () => {
    const nieuw = '/interventies/nieuw'
    const regio = await postFormulier(app, nieuw, nieuw, { ...velden, gemeente: 'regio' }, lokaal)
    expect(regio.statusCode).toBe(400)
    const fout = await postFormulier(
      app,
      nieuw,
      nieuw,
      { ...velden, bewijs: '', licentiekosten: 'x' },
      lokaal,
    )
    expect(fout.body).toContain('Kies hoe sterk het bewijs is.')
    expect(fout.body).toContain('Vul de kosten in als bedrag')
    const goed = await postFormulier(app, nieuw, nieuw, velden, lokaal)
    expect(goed.statusCode).toBe(303)
    expect((await get(String(goed.headers.location), lokaal)).body).toContain('Dit is een innovatie')
    expect((await get(`${pad}/wijzig`, lokaal)).statusCode).toBe(404)
  })

  it('gaat uit gebruik met een reden en komt terug; twee mensen botsen', async () => {
    const einde = (reden: string, versie: string) =>
      postFormulier(app, `${pad}/einde`, pad, { reden, versie }, regionaal)
    expect((await einde('', '1')).statusCode).toBe(400)
    expect((await einde('Te duur', '1')).statusCode).toBe(303)
    const teLaat = await einde('Ook te duur', '1')
    expect(teLaat.statusCode).toBe(409)
    expect(teLaat.body).toContain('Iemand anders heeft deze interventie intussen gewijzigd')
    expect((await get('/interventies', regionaal)).body).not.toContain('Powerful')
    expect((await get(pad, regionaal)).body).toContain('Te duur')
    const herstel = () => postFormulier(app, `${pad}/herstel`, pad, { versie: '2' }, regionaal)
    expect((await herstel()).statusCode).toBe(303)
    expect((await herstel()).body).toContain('Iemand anders heeft deze interventie intussen gewijzigd')
    const wijzig = { ...velden, gemeente: 'regio', naam: 'Van een ander', versie: '1' }
    const botsing = await postFormulier(app, `${pad}/wijzig`, `${pad}/wijzig`, wijzig, regionaal)
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('value="Van een ander"')
    expect(botsing.body).toMatch(/Licentiekosten<\/dt><dd/)
    expect(botsing.body).toContain('Powerful Ageing')
  })

  it('van een preset laden verandert de tweede keer niets', async () => {
    expect(await interventiesPreset.laad(ctx, INHOUD)).toEqual({ nieuw: 0, alAanwezig: 3 })
  })
})
