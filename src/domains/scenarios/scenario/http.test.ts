import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { laadWegwijzer, maakDossier } from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  AGB_A,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { readMaandreeks } from '../../sturing/index.ts'
import { seedScenario } from '../seed.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))

let beleid: Inlog
let dossier: number
let segment: number

/** Today is 16 March 2026: 2024 is complete, of 2025 all but December. */
const PER_MAAND = 10_000_00

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  beleid = await login('beleidsadviseur')
  dossier = await maakDossier(db, beleid.gebruikerId)
  const { rows } = await db.owner.query(
    "select segment_id as id from contracten.segment where wet = 'wmo' limit 1",
  )
  segment = rows[0].id
  await db.owner.query('insert into beleid.dossier_segment values ($1, $2)', [dossier, segment])
  await db.owner.query(
    `insert into sturing.maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag)
     select g, m, $1, $2, case when m < '2025-06-01' then $3::bigint else $3::bigint * 2 end
     from unnest($4::text[]) g, generate_series('2024-01-01'::date, '2026-02-01', '1 month') m`,
    [segment, aanbieders.get(AGB_A), PER_MAAND, [...GEMEENTEN]],
  )
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const lijst = () => `/beleid/dossiers/${dossier}/scenarios`
const velden = (anders: Record<string, string | string[]> = {}) => ({
  naam: 'Langer thuis',
  groepKeuze: 'Eenzame mensen',
  groep: '',
  patroon: 'impuls',
  verloop: '0; 0',
  marge: '5',
  segmenten: [String(segment)],
  gemeente: '',
  beginjaar: '2025',
  basis: '',
  basisReden: '',
  kort: '',
  middellang: '',
  lang: '',
  aannames: 'Genoeg personeel',
  clienten: '',
  maandenNu: '',
  maandenStraks: '',
  kostenMaand: '',
  ...anders,
})
const post = (deel: string, invoer: Record<string, string | string[]>, wie = beleid, van = deel) =>
  postFormulier(app, `${lijst()}${deel}`, `${lijst()}${van}`, invoer, wie)

async function maak(anders: Record<string, string | string[]> = {}): Promise<number> {
  const antwoord = await post('/nieuw', velden(anders))
  expect(antwoord.statusCode).toBe(303)
  return Number(/scenarios\/(\d+)/.exec(String(antwoord.headers.location))?.[1])
}

describe('zonder methode', () => {
  it('zegt wat er eerst moet', async () => {
    expect((await get(lijst(), beleid)).body).toContain('Er is nog geen scenario')
    expect((await get(`${lijst()}/nieuw`, beleid)).body).toContain('Er is nog geen methode geladen')
    await laadWegwijzer(omgeving)
    expect((await get(`${lijst()}/nieuw?stap=alles`, beleid)).body).toContain('Eerst omhoog, dan omlaag')
  })
})

describe('een scenario', () => {
  it('neemt als basis wat er in het jaar ervoor is besteed', async () => {
    const id = await maak({ naam: 'Basis' })
    const { rows } = await db.owner.query(
      'select basis::float8, basis_werkelijk::float8 from beleid.scenario where scenario_id = $1',
      [id],
    )
    expect(rows).toEqual([{ basis: 24 * PER_MAAND, basis_werkelijk: 24 * PER_MAAND }])
  })

  it('vraagt een reden bij een ander bedrag, en een bedrag als het jaar niet compleet is', async () => {
    const anders = await post('/nieuw', velden({ naam: 'Ander', basis: '1.000' }))
    expect(anders.statusCode).toBe(400)
    expect(anders.body).toContain('Vul in waar dit bedrag vandaan komt.')
    const later = await post('/nieuw', velden({ naam: 'Later', beginjaar: '2026' }))
    expect(later.body).toContain('Vul het bedrag van 2025 in: dat jaar is nog niet compleet.')
    const id = await maak({ naam: 'Ander', basis: '1.000', basisReden: 'Begroting 2024' })
    expect((await get(`${lijst()}/${id}`, beleid)).body).toContain('Begroting 2024')
  })

  it('slaat alarm als opgeteld besteed buiten de marge ligt, met sinds wanneer en hoeveel', async () => {
    const id = await maak()
    const { body } = await get(`${lijst()}/${id}`, beleid)
    // Expected 20,000 a month; from June on it was 40,000. In June: 140,000 against 120,000.
    expect(body).toContain('Bijsturing nodig')
    expect(body.replaceAll('\u00a0', ' ')).toContain(
      'Opgeteld tot en met november 2025 is er € 120.000 (54,5%) meer dan verwacht uitgegeven, sinds juni 2025 boven de marge',
    )
    expect((await get(lijst(), beleid)).body).toContain('Bijsturing nodig: Langer thuis')
    const csv = await get(`${lijst()}/${id}/export?formaat=csv`, beleid)
    expect(csv.body).toContain(
      'Langer thuis;januari 2025;20000,00;19000,00;21000,00;20000,00;ja;20000,00;20000,00',
    )
    expect(csv.body).toContain('december 2025;20000,00;19000,00;21000,00;;nee;240000,00;')
  })

  it('kijkt alleen naar de gekozen gemeente', async () => {
    const id = await maak({ naam: 'Alleen A', gemeente: GEMEENTE_A })
    const { rows } = await db.owner.query(
      'select basis::float8 from beleid.scenario where scenario_id = $1',
      [id],
    )
    expect(rows).toEqual([{ basis: 12 * PER_MAAND }])
  })

  it('toont geen cijfers aan wie die niet mag zien', async () => {
    const id = await maak({ naam: 'Zonder cijfers' })
    const zonderCijfers = await login('privacy-officer')
    const csv = await get(`${lijst()}/${id}/export?formaat=csv`, zonderCijfers)
    // Not 'nee': whether a month is complete is not known here.
    expect(csv.body).toContain('januari 2025;20000,00;19000,00;21000,00;;;20000,00;')
    const { body } = await get(`${lijst()}/${id}`, zonderCijfers)
    expect(body).toContain('Met uw rol ziet u geen cijfers')
    expect(body).not.toContain('Bijsturing nodig')
  })

  it('rekent korter helpen voor', async () => {
    const id = await maak({
      naam: 'Korter',
      clienten: '40',
      maandenNu: '12',
      maandenStraks: '10',
      kostenMaand: '750',
    })
    const body = (await get(`${lijst()}/${id}`, beleid)).body.replaceAll('\u00a0', ' ')
    expect(body).toContain('40 cliënten × 12 maanden × € 750,00 = € 360.000,00')
    expect(body).toContain('16,7%, per cliënt € 1.500,00')
    expect(body).toContain('meer dan 10% per cliënt')
  })

  it('rekent niet met duizenden jaren hulp', async () => {
    const lang = { clienten: '100.000', maandenNu: '100.000', maandenStraks: '601', kostenMaand: '100.000' }
    const { statusCode, body } = await post('/nieuw', velden({ naam: 'Eeuwen', ...lang }))
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul de duur nu in maanden in als heel getal, hoogstens 600')
    expect(body).toContain('Vul de duur straks in maanden in als heel getal, hoogstens 600')
  })

  it('wordt per onderdeel gevraagd, of alles op één pagina, met wat de methode en de cijfers zeggen', async () => {
    const nieuw = `${lijst()}/nieuw`
    const taken = (await get(nieuw, beleid)).body
    for (const kop of ['Over wie gaat het?', 'Hoe lopen de kosten?', 'Rekenvoorbeeld: korter helpen'])
      expect(taken).toContain(kop)
    const deel = (await get(`${nieuw}?stap=verloop`, beleid)).body
    expect(deel).toContain('<b>Eerst omhoog, dan omlaag</b>: +10% · +5% · -5% · -10% · -15%, marge 6%.')
    expect(deel).not.toContain('>Hoe lopen de kosten?</h2>')
    expect((await get(`${nieuw}?stap=geld`, beleid)).body).toContain('De methode zegt: Andere keuzes')
    const alles = (await get(`${nieuw}?stap=alles`, beleid)).body
    expect(alles).toContain('>Hoe lopen de kosten?</h2>')
    // Of 2025 not all months are complete: then nothing is said of it.
    expect(alles).toContain('Leeg: wat er in dat jaar is besteed in deze segmenten.<')
    const id = await maak({ naam: 'Uitleg' })
    expect((await get(`${lijst()}/${id}/wijzigen`, beleid)).body).toContain(
      'In 2024 was dat €\u00a0240.000,00.',
    )
  })

  it('wordt hersteld op de stand die men zag', async () => {
    const id = await maak({ naam: 'Heen en weer' })
    await post(`/${id}/beeindigen`, { versie: '1', reden: 'Eerst weg' })
    const oud = await post(`/${id}/herstellen`, { versie: '1' }, beleid, `/${id}`)
    expect([oud.statusCode, oud.body.includes('Dit scenario is beëindigd')]).toEqual([409, true])
    expect((await post(`/${id}/herstellen`, { versie: '2' }, beleid, `/${id}`)).statusCode).toBe(303)
    const nogeens = await post(`/${id}/herstellen`, { versie: '3' }, beleid, `/${id}`)
    expect([nogeens.statusCode, nogeens.body.includes('Dit kan nu niet')]).toEqual([409, true])
  })

  it('noemt alle fouten tegelijk en bewaart wat er stond', async () => {
    const { statusCode, body } = await post(
      '/nieuw',
      velden({ naam: '', patroon: '', verloop: 'veel', segmenten: [], clienten: '3', groepKeuze: '' }),
    )
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 8 dingen die u moet aanpassen')
    expect(body).toContain('value="veel"')
    expect(body).toContain('Genoeg personeel')
  })

  it('heeft een eigen naam in het dossier', async () => {
    await maak({ naam: 'Dubbel' })
    expect((await post('/nieuw', velden({ naam: 'dubbel' }))).body).toContain('al een scenario met deze naam')
  })

  it('wordt niet ongezien overschreven', async () => {
    const id = await maak({ naam: 'Samen' })
    const een = await post(`/${id}/wijzigen`, velden({ naam: 'Samen', aannames: 'Van de een', versie: '1' }))
    expect(een.statusCode).toBe(303)
    const ander = await post(
      `/${id}/wijzigen`,
      velden({ naam: 'Samen', aannames: 'Van de ander', versie: '1' }),
    )
    expect(ander.statusCode).toBe(409)
    expect(ander.body).toContain('Van de een')
    expect(ander.body).toContain('Van de ander')
  })

  it('zegt dat de maanden gelijk zijn als het jaar ervoor niet te gebruiken is', async () => {
    const gelijk = 'verdeeld in twaalf gelijke delen'
    const naar2024 = 'verdeeld zoals de maanden van 2024 liepen'
    const id = await maak({ naam: 'Verdeling' })
    expect((await get(`${lijst()}/${id}`, beleid)).body).toContain(naar2024)
    const [leeg] = (
      await db.owner.query(
        `update sturing.maandcijfer set bedrag = 0 where maand = '2024-03-01' returning bedrag`,
      )
    ).rows
    expect(leeg).toBeDefined()
    const { body } = await get(`${lijst()}/${id}`, beleid)
    await db.owner.query(`update sturing.maandcijfer set bedrag = $1 where maand = '2024-03-01'`, [PER_MAAND])
    expect(body).toContain(gelijk)
    expect(body).not.toContain(naar2024)
  })

  it('wordt niet beëindigd op een stand die men niet zag', async () => {
    const id = await maak({ naam: 'Ongezien' })
    const anders = velden({ naam: 'Ongezien', aannames: 'Van de ander', versie: '1' })
    expect((await post(`/${id}/wijzigen`, anders)).statusCode).toBe(303)
    const zonder = await post(`/${id}/beeindigen`, { versie: '1', reden: '' })
    expect(zonder.body).toContain('name="versie" value="1"')
    const botsing = await post(`/${id}/beeindigen`, { versie: '1', reden: 'Klaar' })
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Van de ander')
    expect(botsing.body).toContain('name="versie" value="2"')
  })

  it('weigert een versie die geen getal van een versie is', async () => {
    const id = await maak({ naam: 'Versie' })
    for (const versie of ['99999999999', '1.5', '-1'])
      expect((await post(`/${id}/wijzigen`, velden({ naam: 'Versie', versie }))).statusCode).toBe(409)
  })

  it('noemt een eigen groep zoals die is geschreven', async () => {
    const id = await maak({ naam: 'Groep', groepKeuze: '', groep: 'GGZ en LVB' })
    expect((await get(`${lijst()}/${id}`, beleid)).body).toContain('Scenario voor GGZ en LVB, vanaf 2025.')
  })

  it('eindigt met een reden, geeft dan geen alarm, en kan terug', async () => {
    const id = await maak({ naam: 'Voorbij' })
    expect((await post(`/${id}/beeindigen`, { versie: '1', reden: '' })).statusCode).toBe(400)
    expect((await post(`/${id}/beeindigen`, { versie: '1', reden: 'Vervangen' })).statusCode).toBe(303)
    expect((await get(lijst(), beleid)).body).not.toContain('Bijsturing nodig: Voorbij')
    expect((await get(`${lijst()}/${id}`, beleid)).body).toContain('Dit scenario is beëindigd')
    expect((await get(`${lijst()}/${id}/wijzigen`, beleid)).statusCode).toBe(303)
    // Who had the form open, reads why it is not saved.
    const laat = await post(`/${id}/wijzigen`, velden({ naam: 'Voorbij', versie: '1' }), beleid, `/${id}`)
    expect([laat.statusCode, laat.body.includes('Dit kan nu niet met dit scenario')]).toEqual([409, true])
    expect((await post(`/${id}/herstellen`, { versie: '2' }, beleid, `/${id}`)).statusCode).toBe(303)
    const { rows } = await db.owner.query(
      'select stap, toelichting from beleid.scenario_stap where scenario_id = $1 order by versie',
      [id],
    )
    expect(rows.map(r => r.stap)).toEqual(['maak', 'beeindig', 'herstel'])
    expect(rows[1]?.toelichting).toBe('Vervangen')
  })
})

describe('wie', () => {
  it('een ander leest, maar schrijft niet', async () => {
    const controller = await login('controller', { gemeenten: [GEMEENTE_A] })
    expect((await get(lijst(), controller)).statusCode).toBe(200)
    expect((await get(lijst(), controller)).body).not.toContain('Nieuw scenario')
    expect((await get(`${lijst()}/nieuw`, controller)).statusCode).toBe(403)
  })

  it('een gemeente komt niet bij het dossier van een andere', async () => {
    const vanB = await maakDossier(db, beleid.gebruikerId, { gemeente: GEMEENTE_B })
    const vanA = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    const pad = `/beleid/dossiers/${vanB}/scenarios`
    expect((await get(pad, vanA)).statusCode).toBe(404)
    expect((await postFormulier(app, `${pad}/nieuw`, `${lijst()}/nieuw`, velden(), vanA)).statusCode).toBe(
      404,
    )
  })

  it('een scenario hoort bij zijn eigen dossier', async () => {
    const id = await maak({ naam: 'Eigen' })
    const ander = await maakDossier(db, beleid.gebruikerId, { naam: 'Ander dossier' })
    expect((await get(`/beleid/dossiers/${ander}/scenarios/${id}`, beleid)).statusCode).toBe(404)
  })
})

describe('de maandreeks', () => {
  it('geeft elke maand, ook zonder besteding, en zegt welke compleet zijn', async () => {
    const reeks = await ctx.read(tx =>
      readMaandreeks(
        tx,
        { segmenten: [segment], gemeente: null, vanaf: '2025-10-01', tot: '2026-03-01' },
        ctx.vandaag,
      ),
    )
    expect(reeks.map(r => [r.maand, r.bedrag / PER_MAAND, r.compleet])).toEqual([
      ['2025-10-01', 4, true],
      ['2025-11-01', 4, true],
      ['2025-12-01', 4, false],
      ['2026-01-01', 4, false],
      ['2026-02-01', 4, false],
      ['2026-03-01', 0, false],
    ])
  })
})

describe('de demonstratie', () => {
  it('maakt één scenario bij een dossier met segmenten', async () => {
    const nieuw = await maakDossier(db, beleid.gebruikerId, { naam: 'Demo' })
    await seedScenario(ctx, nieuw)
    await db.owner.query('insert into beleid.dossier_segment values ($1, $2)', [nieuw, segment])
    await seedScenario(ctx, nieuw)
    await seedScenario(ctx, nieuw)
    const { rows } = await db.owner.query(
      'select beginjaar, patroon from beleid.scenario where dossier_id = $1',
      [nieuw],
    )
    expect(rows).toEqual([{ beginjaar: 2025, patroon: 'impuls' }])
  })
})
