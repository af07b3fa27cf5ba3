import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { maakAanbod, maakDossier } from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { expectLogged } from '../../../../test/support/logboek.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  NU,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { formatHeleEuro } from '../../../platform/money.ts'

tellInOrder()

const db = await testDatabase()
/** A year after the care, so that the year of the care is the last whole one. */
const omgeving = testOmgeving(db, new Date('2027-03-16T12:00:00+01:00'))
const { app, login } = await testApp(db, omgeving)

let bea: Inlog
let pad: string
let dossier: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  const toen = testOmgeving(db, NU)
  for (let client = 0; client < 11; client += 1) {
    const nummer = 100 + client
    await lever(
      toen,
      toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client }),
      startbericht({ identificatie: `S${nummer}`, nummer, client }),
      declaratiebericht({
        identificatie: `D${nummer}`,
        nummer: `D${nummer}`,
        regels: [{ nummer, client, referentie: `R${nummer}` }],
      }),
    )
  }
  bea = await login('beleidsadviseur')
  dossier = await maakDossier(db, bea.gebruikerId, { naam: 'Jeugd', wetten: ['jw'] })
  await db.owner.query(
    `insert into beleid.dossier_segment select $1, segment_id from contracten.segment where code in ('J-AMB', 'J-VER')`,
    [dossier],
  )
  pad = `/beleid/dossiers/${dossier}/aanbod`
})

const get = (url: string, wie = bea) => app.inject({ url, headers: wie.headers })
const post = (url: string, velden: Record<string, string | string[]>, wie = bea) =>
  postFormulier(app, url, `/beleid/dossiers/${dossier}/aanbod/nieuw`, velden, wie)

const AANBOD = {
  naam: 'Inloop',
  aard: 'preventief',
  toegang: 'vrij',
  instrument: 'subsidie',
  partners: '',
  doelgroep: 'Jongeren',
  gebruikers: '1.250',
  kosten: '12.345,67',
  jaar: '2026',
  bewijs: 'praktijk',
  bron: 'Jaarverslag',
  versie: '0',
}

describe('wat het systeem weet', () => {
  it('staat er als voorstel met bron, en kleine aantallen blijven weg', async () => {
    const { body } = await get(pad)
    const { rows } = await db.owner.query(
      `select sum(bedrag)::int as bedrag from sturing.maandcijfer join contracten.segment using (segment_id) where code = 'J-AMB'`,
    )
    expect(rows[0].bedrag).toBe(11 * 90_000)
    expect(body).toMatch(/Ambulante jeugdhulp<\/th>.*>11<.*€\u00a09\.900,00.*1 aanbieder</s)
    expect(body).toMatch(/Jeugdhulp met verblijf<\/th>.*minder dan 10/s)
    expect(body).toContain('zorg gegeven in 2026')
    expect(body).toContain('1 product, minder dan 10 gebruikers')
  })

  it('is er al als iemand het zelf onder die naam opschreef; de rest is gewoon over te nemen', async () => {
    const ander = await maakDossier(db, bea.gebruikerId, { naam: 'Zelf geteld', wetten: ['jw'] })
    const { rows } = await db.owner.query<{ id: string }>(
      `insert into beleid.dossier_segment select $1, segment_id from contracten.segment where code in ('J-AMB', 'J-VER')
       returning segment_id::text as id`,
      [ander],
    )
    await maakAanbod(db, ander, 'ambulante Jeugdhulp')
    const zelf = `/beleid/dossiers/${ander}/aanbod`
    expect((await get(zelf)).body).toMatch(/Staat erin.*Ambulante jeugdhulp/s)
    const uit = await post(`${zelf}/voorstellen`, { segment: rows.map(rij => rij.id) })
    expect(uit.headers.location).toContain('melding=overgenomen')
  })

  it('wijst wie segmenten niet mag koppelen niet naar een bladzijde die weigert', async () => {
    const leeg = await maakDossier(db, bea.gebruikerId, { naam: 'Zonder segmenten' })
    const van = `/beleid/dossiers/${leeg}/aanbod`
    expect((await get(van)).body).toContain('Koppel segmenten</a>')
    const lokaal = await get(van, await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] }))
    expect(lokaal.body).not.toContain(`/beleid/dossiers/${leeg}/wijzig`)
    expect(lokaal.body).toContain('Wie voor alle gemeenten werkt, kan ze koppelen, dan staan hier')
  })

  it('is er één keer, ook als een ander het op hetzelfde moment toevoegt', async () => {
    const samen = await maakDossier(db, bea.gebruikerId, { naam: 'Tegelijk geteld', wetten: ['jw'] })
    const { rows } = await db.owner.query<{ id: string }>(
      `insert into beleid.dossier_segment select $1, segment_id from contracten.segment where code = 'J-AMB'
       returning segment_id::text as id`,
      [samen],
    )
    const ander = await db.owner.connect()
    try {
      await ander.query('begin')
      await ander.query(
        `insert into beleid.aanbod (dossier_id, naam, aard, toegang, instrument)
         values ($1, 'Ambulante jeugdhulp', 'curatief', 'geindiceerd', 'inkoop')`,
        [samen],
      )
      const bezig = post(`/beleid/dossiers/${samen}/aanbod/voorstellen`, { segment: rows[0]?.id ?? '' })
      const wacht = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await ander.query(wacht)).rowCount).toBe(1)
      await ander.query('commit')
      expect((await bezig).headers.location).toContain('melding=niets')
    } finally {
      ander.release(true)
    }
  })

  it('houdt vast wat was gekozen toen de sessie eindigde', async () => {
    const { rows } = await db.owner.query(
      `select segment_id::text as id from contracten.segment where code = 'J-AMB'`,
    )
    const { statusCode, body } = await post(`${pad}/voorstellen`, { segment: rows[0].id, _verder: '1' })
    expect([statusCode, body.includes('Wat u had ingevuld, staat er nog')]).toEqual([200, true])
    expect(body.match(/<input[^>]*name="segment"[^>]*>/g)?.filter(vak => vak.includes('checked'))).toEqual([
      expect.stringContaining(`value="${rows[0].id}"`),
    ])
  })

  it('is over te nemen, één keer', async () => {
    const { rows } = await db.owner.query(
      `select array_agg(segment_id::text) as ids from contracten.segment where code in ('J-AMB', 'J-VER')`,
    )
    const velden = { segment: rows[0].ids }
    expect((await post(`${pad}/voorstellen`, velden)).headers.location).toContain('melding=overgenomen')
    expect((await post(`${pad}/voorstellen`, velden)).headers.location).toContain('melding=niets')
    const bewaard = await db.owner.query(
      `select kosten::int, gebruikers from beleid.aanbod where dossier_id = $1 order by kosten desc`,
      [dossier],
    )
    expect(bewaard.rows).toEqual([
      { kosten: 990_000, gebruikers: 11 },
      { kosten: 0, gebruikers: null },
    ])
  })
})

describe('eigen aanbod', () => {
  it('wordt tot op de cent bewaard en geteld', async () => {
    expect((await post(`${pad}/nieuw`, AANBOD)).statusCode).toBe(303)
    const { body } = await get(pad)
    expect(body).toContain('€\u00a012.345,67')
    expect(body).toContain('Bron: Jaarverslag')
    const csv = await get(`${pad}/export`)
    expect(csv.body).toContain('Inloop;Preventief;Vrij toegankelijk;Subsidie;Jongeren;;1250;12345,67;2026;')
  })

  it('moet zeggen waar een cijfer vandaan komt, en over welk jaar', async () => {
    const { body, statusCode } = await post(`${pad}/nieuw`, { ...AANBOD, naam: 'X', bron: '', jaar: '' })
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul in over welk jaar de kosten gaan.')
    expect(body).toContain('Vul in waar de cijfers vandaan komen.')
    expect(body).toContain('value="12.345,67"')
  })

  it.each([
    ['gebruikers', '99.999.999.999', 'Vul een heel getal in van hoogstens 20.000.000'],
    ['kosten', '90.000.000.000.000', 'Vul een bedrag in van hoogstens 100 miljard'],
  ])('weigert een verschrijving in %s en laat haar staan', async (veld, getal, melding) => {
    const { body, statusCode } = await post(`${pad}/nieuw`, { ...AANBOD, naam: 'Te groot', [veld]: getal })
    expect(statusCode).toBe(400)
    expect(body).toContain(melding)
    expect(body).toContain(`value="${getal}"`)
  })

  it('staat er geen twee keer onder dezelfde naam', async () => {
    const dubbel = await post(`${pad}/nieuw`, { ...AANBOD, naam: 'INLOOP' })
    expect(dubbel.statusCode).toBe(400)
    expect(dubbel.body).toContain('Dit aanbod staat al in de inventarisatie.')
    expect(dubbel.body).toContain('value="INLOOP"')
  })

  it('laat twee mensen elkaar niet overschrijven, en kan eruit en terug', async () => {
    const { rows } = await db.owner.query(`select aanbod_id as id from beleid.aanbod where naam = 'Inloop'`)
    const een = `${pad}/${rows[0].id}`
    expect((await post(een, { ...AANBOD, partners: 'De een', versie: '1' })).statusCode).toBe(303)
    const botsing = await post(een, { ...AANBOD, partners: 'De ander', versie: '1' })
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toMatch(/De een.*De ander/s)
    await post(`${een}/vervalt`, {})
    expect((await get(pad)).body).toContain('Uit de inventarisatie gehaald (1)')
    await db.owner.query(`update beleid.aanbod set naam = 'INLOOP' where naam = 'Ambulante jeugdhulp'`)
    const bezet = await post(`${een}/vervalt`, { weg: 'nee' })
    expect(bezet.statusCode).toBe(409)
    expect(bezet.body).toContain('Er staat al ander aanbod met deze naam in de inventarisatie.')
    await db.owner.query(`update beleid.aanbod set naam = 'Ambulante jeugdhulp' where naam = 'INLOOP'`)
    await post(`${een}/vervalt`, { weg: 'nee' })
    expect((await get(pad)).body).not.toContain('Uit de inventarisatie gehaald')
  })

  it('staat ook in het overzicht per thema, met totalen, gaten en overlap over dossiers heen', async () => {
    const ander = await maakDossier(db, bea.gebruikerId, { naam: 'Ander dossier', wetten: ['jw'] })
    await maakAanbod(db, ander, 'Jongerenwerk', 'preventief')
    await db.owner.query(
      `update beleid.aanbod set doelgroep = 'jongeren', kosten = 100000, jaar = 2026 where dossier_id = $1`,
      [ander],
    )
    const { body } = await get('/beleid/aanbod?zoek=jongeren')
    expect(body).toMatch(/Inloop.*Jongerenwerk/s)
    expect(body).toContain(
      'Inloop en Jongerenwerk zijn er allebei voor jongeren (preventief, vrij toegankelijk).',
    )
    const { rows } = await db.owner.query<{ kosten: string }>(
      `select sum(kosten)::text as kosten from beleid.aanbod where vervallen_op is null`,
    )
    expect(body).toContain(formatHeleEuro(Number(rows[0]?.kosten)))
    expect((await get('/beleid/aanbod?aard=preventief')).body).not.toContain('Er is geen curatief aanbod')
    expect((await get('/beleid/aanbod?zoek=bestaat-niet')).body).toContain(
      'Er zijn geen soorten aanbod die hierbij passen',
    )
    const vreemd = await get('/beleid/aanbod?thema=Onbekend')
    expect([vreemd.statusCode, vreemd.body.includes('‘Onbekend’ is hier geen keuze.')]).toEqual([400, true])
    const csv = await get('/beleid/aanbod/export?aard=preventief')
    expect(csv.body).toContain('Langer zelfstandig thuis;Ander dossier;De regio;Jongerenwerk;Preventief')
    // What lies in a closed dossier is offered to nobody.
    await db.owner.query('update beleid.dossier set gesloten_op = now() where dossier_id = $1', [ander])
    expect((await get('/beleid/aanbod?zoek=jongeren')).body).not.toContain('Jongerenwerk')
    await db.owner.query('update beleid.dossier set gesloten_op = null where dossier_id = $1', [ander])
  })

  it('staat preventief eerst, en daarbinnen op naam', async () => {
    const lijst = await maakDossier(db, bea.gebruikerId, { naam: 'Lijst' })
    await maakAanbod(db, lijst, 'Curatief A')
    await maakAanbod(db, lijst, 'Preventief B', 'preventief')
    await maakAanbod(db, lijst, 'Preventief A', 'preventief')
    const { body } = await get(`/beleid/dossiers/${lijst}/aanbod`)
    const namen = [...body.matchAll(/aanbod\/\d+"[^>]*>([^<]+)</g)].map(([, naam]) => naam)
    expect(namen).toEqual(['Preventief A', 'Preventief B', 'Curatief A'])
    const op = await get(`/beleid/dossiers/${lijst}/aanbod?sorteer=-naam`)
    expect(op.body).toMatch(/Preventief B.*Preventief A.*Curatief A/s)
  })

  it('is alleen te wijzigen door wie beleid schrijft', async () => {
    const manager = await login('contractmanager')
    expect((await get(pad, manager)).body).not.toContain('Aanbod toevoegen')
    expect((await get(`${pad}/nieuw`, manager)).statusCode).toBe(403)
  })
})

it('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, ['aanbod.gewijzigd', 'aanbod.toegevoegd'])
})
