import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { laadWegwijzer, maakDoorloop, maakDossier } from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { expectLogged } from '../../../../test/support/logboek.ts'
import { GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let bea: Inlog
let methodeId: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  methodeId = await laadWegwijzer(omgeving)
  bea = await login('beleidsadviseur')
})

const get = (url: string, wie = bea) => app.inject({ url, headers: wie.headers })
const namen = (html: string) =>
  [...html.matchAll(/\/beleid\/dossiers\/\d+"[^>]*>([^<]+)</g)].map(([, n]) => n)

describe('/beleid', () => {
  it('zegt wat eerst moet als er nog niets is', async () => {
    expect((await get('/beleid')).body).toContain('Er zijn nog geen dossiers')
  })

  it('toont wat het eerst afloopt bovenaan, en telt wat dringend is', async () => {
    await maakDossier(db, bea.gebruikerId, { naam: 'Groen', looptAf: '2028-01-01' })
    const rood = await maakDossier(db, bea.gebruikerId, { naam: 'Rood', looptAf: '2026-06-01' })
    await maakDossier(db, bea.gebruikerId, { naam: 'Verlopen', looptAf: '2026-03-15', gemeente: GEMEENTE_A })
    await maakDossier(db, bea.gebruikerId, { naam: 'Elders', gemeente: GEMEENTE_B })
    const { body } = await get('/beleid')
    expect(namen(body)).toEqual(['Verlopen', 'Rood', 'Groen', 'Elders'])
    expect(body).toContain('Van 2 dossiers is het beleid verlopen of loopt het binnen een half jaar af')
    await maakDoorloop(db, rood, methodeId, bea.gebruikerId)
    expect((await get('/beleid')).body).toContain('Van 1 dossier is het beleid verlopen')
  })

  it.each([
    ['zoek=ROOD', ['Rood']],
    ['licht=rood', ['Rood']],
    ['licht=verlopen', ['Verlopen']],
    ['licht=onbekend', ['Elders']],
    ['doorloop=loopt', ['Rood']],
    ['doorloop=geen&gemeente=regio', ['Groen']],
    [`gemeente=${GEMEENTE_B}`, ['Elders']],
    ['wet=jw', []],
    ['dossiers=gesloten', []],
    ['sorteer=-naam', ['Verlopen', 'Rood', 'Groen', 'Elders']],
  ])('filtert en sorteert: %s', async (query, verwacht) => {
    expect(namen((await get(`/beleid?${query}`)).body)).toEqual(verwacht)
  })

  it('toont een gemeente alleen het eigen beleid en dat van de regio', async () => {
    const lokaal = await login('consulent', { gemeenten: [GEMEENTE_A] })
    expect(namen((await get('/beleid', lokaal)).body)).toEqual(['Verlopen', 'Rood', 'Groen'])
    const csv = await get('/beleid/export', lokaal)
    expect(csv.body).not.toContain('Elders')
    expect(csv.body.trim().split('\r\n')).toHaveLength(4)
  })

  it.each(['aanbieder', 'beheerder'] as const)('is er niet voor %s', async rol => {
    const wie = await login(rol, rol === 'aanbieder' ? { aanbieder: 1 } : {})
    expect((await get('/beleid', wie)).statusCode).toBe(403)
  })
})

const DOSSIER = {
  naam: 'Vervoer',
  thema: 'Meedoen',
  wetten: ['wmo'],
  gemeente: 'regio',
  toelichting: '',
  eigenaar: '',
  looptAf: '31-12-2027',
  segmenten: [],
  versie: '0',
}

describe('een dossier', () => {
  it('wordt geweigerd met alle fouten tegelijk en bewaart wat er stond', async () => {
    const velden = { ...DOSSIER, wetten: [], looptAf: '31-02-2027', thema: 'Mijn thema' }
    const pad = '/beleid/dossiers/nieuw'
    const { body, statusCode } = await postFormulier(app, pad, pad, velden, bea)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 3 dingen die u moet aanpassen')
    expect(body).toContain('value="Mijn thema"')
    expect(body).toContain('value="31-02-2027"')
  })

  it('wordt bewaard, gewijzigd, en laat twee mensen elkaar niet overschrijven', async () => {
    const pad = '/beleid/dossiers/nieuw'
    const velden = { ...DOSSIER, eigenaar: String(bea.gebruikerId) }
    const nieuw = await postFormulier(app, pad, pad, velden, bea)
    expect(nieuw.statusCode).toBe(303)
    const dossier = /\/beleid\/dossiers\/\d+/.exec(String(nieuw.headers.location))?.[0] ?? ''
    const wijzig = { ...velden, versie: '1' }
    const een = await postFormulier(
      app,
      `${dossier}/wijzig`,
      `${dossier}/wijzig`,
      { ...wijzig, naam: 'Reizen' },
      bea,
    )
    expect(een.statusCode).toBe(303)
    const twee = await postFormulier(
      app,
      `${dossier}/wijzig`,
      `${dossier}/wijzig`,
      { ...wijzig, naam: 'Taxi' },
      bea,
    )
    expect(twee.statusCode).toBe(409)
    expect(twee.body).toContain('Reizen')
    expect(twee.body).toContain('value="Taxi"')
  })

  it.each([
    ['segmenten', ['99999999999'], 'Kies uit de segmenten die er zijn.'],
    ['toelichting', 'Met een\0teken dat niemand typt', 'een teken dat u niet ziet in, na ‘Met een’'],
  ])('struikelt niet over %s van wie met het formulier knoeit', async (veld, waarde, melding) => {
    const pad = '/beleid/dossiers/nieuw'
    const velden = { ...DOSSIER, naam: `Knoei ${veld}`, eigenaar: String(bea.gebruikerId), [veld]: waarde }
    const { statusCode, body } = await postFormulier(app, pad, pad, velden, bea)
    expect(statusCode).toBe(400)
    expect(body).toContain(melding)
  })

  it.each(['99999999999', '1.5', 'x'])('met versie %s is intussen gewijzigd', async versie => {
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: `Versie ${versie}` })
    const pad = `/beleid/dossiers/${dossier}/wijzig`
    const velden = { ...DOSSIER, naam: `Versie ${versie}`, eigenaar: String(bea.gebruikerId), versie }
    expect((await postFormulier(app, pad, pad, velden, bea)).statusCode).toBe(409)
  })

  it('wordt niet gezocht met een teken dat niemand typt', async () => {
    expect((await get('/beleid?zoek=%00')).statusCode).toBe(400)
    expect((await get('/beleid/aanbod?thema=%00')).statusCode).toBe(400)
  })

  it('van een gemeente heeft een eigenaar die voor haar werkt', async () => {
    const elders = await login('beleidsadviseur', { gemeenten: [GEMEENTE_B] })
    const pad = '/beleid/dossiers/nieuw'
    const velden = { ...DOSSIER, naam: 'Van A', gemeente: GEMEENTE_A, eigenaar: String(elders.gebruikerId) }
    const geweigerd = await postFormulier(app, pad, pad, velden, bea)
    expect(geweigerd.statusCode).toBe(400)
    expect(geweigerd.body).toContain('Kies als eigenaar een collega die voor deze gemeente werkt.')
    const eigen = { ...velden, eigenaar: String(bea.gebruikerId) }
    expect((await postFormulier(app, pad, pad, eigen, bea)).statusCode).toBe(303)
    // By its name, as a long list sends it, it is the same.
    const benoemd = { ...eigen, naam: 'Van A, bij naam', gemeente: 'Aarveld' }
    expect((await postFormulier(app, pad, pad, benoemd, bea)).statusCode).toBe(303)
    const { rows } = await db.owner.query('select gemeente from beleid.dossier where naam = $1', [
      benoemd.naam,
    ])
    expect(rows).toEqual([{ gemeente: GEMEENTE_A }])
  })

  it('van een andere gemeente kan niemand wijzigen of maken', async () => {
    const lokaal = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    const vreemd = await maakDossier(db, bea.gebruikerId, { naam: 'Van B', gemeente: GEMEENTE_B })
    const pad = '/beleid/dossiers/nieuw'
    const velden = { ...DOSSIER, naam: 'Insluiper', eigenaar: String(bea.gebruikerId), gemeente: GEMEENTE_B }
    expect((await postFormulier(app, pad, pad, velden, lokaal)).statusCode).toBe(400)
    const regionaal = await maakDossier(db, bea.gebruikerId, { naam: 'Van de regio' })
    const vanRegio = `/beleid/dossiers/${regionaal}`
    expect((await get(vanRegio, lokaal)).body).not.toContain('/wijzig')
    for (const doel of [`${vanRegio}/wijzig`, `${vanRegio}/sluit`])
      expect((await postFormulier(app, doel, vanRegio, { ...velden, versie: '1' }, lokaal)).statusCode).toBe(
        403,
      )
    const doel = `/beleid/dossiers/${vreemd}/wijzig`
    expect(
      (await postFormulier(app, doel, pad, { ...velden, gemeente: 'regio', versie: '1' }, lokaal)).statusCode,
    ).toBe(404)
  })
})

describe('een doorloop', () => {
  const start = (dossier: number, wie = bea) =>
    postFormulier(
      app,
      `/beleid/dossiers/${dossier}/doorlopen`,
      `/beleid/dossiers/${dossier}`,
      { methode: String(methodeId), trekker: String(bea.gebruikerId) },
      wie,
    )

  it('start één keer tegelijk', async () => {
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Tegelijk' })
    const uit = await Promise.all([start(dossier), start(dossier), start(dossier)])
    expect(uit.map(a => a.statusCode).sort()).toEqual([303, 409, 409])
    expect((await get(`/beleid/dossiers/${dossier}`)).body).not.toContain('Start de Wegwijzer')
  })

  it('pauzeert met een reden, gaat over op een collega, wordt ingetrokken en hersteld', async () => {
    const collega = await login('beleidsadviseur')
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Stappen' })
    const pad = String((await start(dossier)).headers.location)
    const stap = async (naam: string, velden: Record<string, string> = {}) => {
      const van = `${pad}/stap/${naam}`
      const pagina = await get(van)
      const versie = /name="versie" value="(\d+)"/.exec(pagina.body)?.[1] ?? '0'
      return postFormulier(app, van, pad, { versie, toelichting: '', naar: '', ...velden }, bea)
    }
    expect((await stap('pauzeer')).body).toContain('Vul de reden in.')
    expect((await stap('pauzeer', { toelichting: 'Vakantie' })).statusCode).toBe(303)
    expect((await stap('pauzeer', { toelichting: 'Nogmaals' })).statusCode).toBe(409)
    expect((await stap('hervat')).statusCode).toBe(303)
    expect((await stap('draag-over', { naar: String(bea.gebruikerId) })).statusCode).toBe(400)
    expect((await stap('draag-over', { naar: String(collega.gebruikerId) })).statusCode).toBe(303)
    expect((await stap('trek-in', { toelichting: 'Wet verandert' })).statusCode).toBe(303)
    expect((await stap('herstel')).statusCode).toBe(303)
    const { body } = await get(pad)
    for (const tekst of ['Vakantie', 'Wet verandert', 'Overgedragen aan', 'Hersteld'])
      expect(body).toContain(tekst)
  })

  it('van de regio heeft geen knoppen voor wie niet voor alle gemeenten werkt', async () => {
    const lokaal = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Samen' })
    const van = `/beleid/dossiers/${dossier}`
    expect((await get(van, lokaal)).body).not.toContain('Start de Wegwijzer')
    expect((await get(`${van}/wijzig`, lokaal)).statusCode).toBe(403)
    const pad = String((await start(dossier)).headers.location)
    expect((await get(pad)).body).toContain(`${pad}/stap/pauzeer`)
    expect((await get(pad, lokaal)).body).not.toContain('/stap/')
    // Nor can it end up with somebody who has no buttons for it.
    expect((await get(`${pad}/stap/draag-over`)).body).not.toContain(`value="${lokaal.gebruikerId}"`)
    const naar = { versie: '1', toelichting: '', naar: String(lokaal.gebruikerId) }
    const over = await postFormulier(app, `${pad}/stap/draag-over`, pad, naar, bea)
    expect(over.statusCode).toBe(400)
    const eigenaar = { ...DOSSIER, naam: 'Samen verder', gemeente: 'regio', eigenaar: naar.naar }
    const nieuw = await postFormulier(app, '/beleid/dossiers/nieuw', '/beleid/dossiers/nieuw', eigenaar, bea)
    expect(nieuw.body).toContain('Kies als eigenaar een collega die voor alle gemeenten werkt.')
    expect((await get(`${pad}/stap/pauzeer`, lokaal)).statusCode).toBe(403)
  })

  it.each([
    ['het dossier gesloten is', 'gesloten', 'Het dossier is gesloten.'],
    ['er een nieuwe is begonnen', 'nieuwer', 'Er is na deze doorloop al een nieuwe begonnen.'],
    ['een nieuwe is vastgesteld', 'vastgesteld', 'Er is na deze doorloop al een nieuwe begonnen.'],
  ])('die is ingetrokken, gaat niet verder als %s', async (_, geval, reden) => {
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: `Herstel ${geval}` })
    const pad = String((await start(dossier)).headers.location)
    const herstel = `${pad}/stap/herstel`
    await db.owner.query(`update beleid.doorloop set staat = 'ingetrokken' where dossier_id = $1`, [dossier])
    expect((await get(pad)).body).toContain(herstel)
    if (geval === 'gesloten')
      await db.owner.query(`update beleid.dossier set gesloten_op = '2026-03-01' where dossier_id = $1`, [
        dossier,
      ])
    else {
      const nieuw = await maakDoorloop(db, dossier, methodeId, bea.gebruikerId)
      const staat = geval === 'nieuwer' ? 'loopt' : 'vastgesteld'
      await db.owner.query('update beleid.doorloop set staat = $2 where doorloop_id = $1', [nieuw, staat])
    }
    expect((await get(pad)).body).not.toContain(herstel)
    const uit = await postFormulier(app, herstel, herstel, { versie: '1', toelichting: '' }, bea)
    expect(uit.statusCode).toBe(409)
    expect(uit.body).toContain(reden)
  })

  it('begint niet in een dossier dat op hetzelfde moment wordt gesloten', async () => {
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Sluit' })
    const ander = await db.owner.connect()
    try {
      await ander.query('begin')
      await ander.query(`update beleid.dossier set gesloten_op = '2026-03-16' where dossier_id = $1`, [
        dossier,
      ])
      const bezig = start(dossier)
      await expect
        .poll(async () => {
          const wacht = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
          return (await ander.query(wacht)).rowCount
        })
        .toBe(1)
      await ander.query('commit')
      expect((await bezig).statusCode).toBe(409)
    } finally {
      ander.release(true)
    }
  })

  it('zegt in gewone woorden waarom een gesloten dossier niet weer open kan', async () => {
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Dubbel' })
    const van = `/beleid/dossiers/${dossier}`
    const zet = (sluit: string) => postFormulier(app, `${van}/sluit`, van, { sluit }, bea)
    await db.owner.query(`update beleid.dossier set gesloten_op = '2026-01-15' where dossier_id = $1`, [
      dossier,
    ])
    // A page that stood open since does not move the day of closing.
    expect((await zet('ja')).statusCode).toBe(303)
    expect((await get(van)).body).toContain('Gesloten op 15 januari 2026.')
    await maakDossier(db, bea.gebruikerId, { naam: 'dubbel' })
    const { body, statusCode } = await zet('nee')
    expect(statusCode).toBe(409)
    expect(body).toContain('een ander open dossier met dezelfde naam')
    expect(body).not.toContain('dossier_naam')
  })

  it('zet geen stap op wat een ander intussen deed, ook niet na een vergeten reden', async () => {
    const collega = await login('beleidsadviseur')
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Vergeten' })
    const pad = String((await start(dossier)).headers.location)
    const stap = (naam: string, velden: Record<string, string>, wie = bea) =>
      postFormulier(app, `${pad}/stap/${naam}`, pad, { toelichting: '', naar: '', ...velden }, wie)
    const over = await stap('draag-over', { versie: '1', naar: String(collega.gebruikerId) }, collega)
    expect(over.statusCode).toBe(303)
    const vergeten = await stap('trek-in', { versie: '1' })
    expect(vergeten.body).toContain('Vul de reden in.')
    const versie = /name="versie" value="(\d+)"/.exec(vergeten.body)?.[1] ?? ''
    const botsing = await stap('trek-in', { versie, toelichting: 'Wet verandert' })
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Iemand anders heeft deze doorloop intussen gewijzigd')
    expect(botsing.body).toContain('Wet verandert')
    expect(botsing.body).toContain('name="versie" value="2"')
  })

  it('begint niet vanzelf bij de eerste collega als de eigenaar weg is', async () => {
    const weg = await login('beleidsadviseur')
    const dossier = await maakDossier(db, weg.gebruikerId, { naam: 'Eigenaar weg' })
    const van = `/beleid/dossiers/${dossier}`
    const gekozen = async (url: string) =>
      /<option[^>]*selected=""[^>]*>([^<]*)</.exec(
        /name="trekker".*?<\/select>/s.exec((await get(url)).body)?.[0] ?? '',
      )?.[1]
    expect(await gekozen(van)).toBe('Test beleidsadviseur')
    await db.owner.query('update platform.gebruiker set actief = false where gebruiker_id = $1', [
      weg.gebruikerId,
    ])
    expect(await gekozen(van)).toBe('Kies een collega')
    const velden = { methode: String(methodeId), trekker: '' }
    const geweigerd = await postFormulier(app, `${van}/doorlopen`, van, velden, bea)
    expect(geweigerd.headers.location).toBe(`${van}?melding=niet-gestart#start`)
    expect((await get(`${van}?melding=niet-gestart`)).body).toContain(
      'Kies welke vragen u doorloopt en wie de doorloop trekt.',
    )
  })

  it('houdt een dossier open', async () => {
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Open' })
    const van = `/beleid/dossiers/${dossier}`
    await start(dossier)
    expect((await postFormulier(app, `${van}/sluit`, van, { sluit: 'ja' }, bea)).statusCode).toBe(409)
    await db.owner.query(`update beleid.doorloop set staat = 'ingetrokken' where dossier_id = $1`, [dossier])
    expect((await postFormulier(app, `${van}/sluit`, van, { sluit: 'ja' }, bea)).statusCode).toBe(303)
    expect((await start(dossier)).statusCode).toBe(409)
    expect((await postFormulier(app, `${van}/sluit`, van, { sluit: 'nee' }, bea)).statusCode).toBe(303)
  })
})

it('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, ['dossier.gewijzigd', 'dossier.toegevoegd'])
})
