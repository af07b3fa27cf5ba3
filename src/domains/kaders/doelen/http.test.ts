import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { Problem } from '../../../platform/problem.ts'
import { doelenboomPreset } from './preset.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))

const PRESET = {
  regio: 'test',
  bron: 'test',
  bomen: [
    {
      naam: 'Visie',
      doelen: [
        { sleutel: 'visie', soort: 'visie', tekst: 'Iedereen doet mee', bron: '001' },
        { sleutel: 'jeugd', onder: 'visie', soort: 'doel', tekst: 'Kinderen groeien op', bron: '001' },
        {
          sleutel: 'kosten',
          onder: 'jeugd',
          soort: 'indicator',
          tekst: 'Kosten per kind',
          bron: '001',
          indicator: 'kosten-per-client',
          segment: 'J-AMB',
          richting: 'lager',
          streefwaarde: 500_000,
          streefOp: '2027-12-31',
        },
        { sleutel: 'wonen', onder: 'visie', soort: 'doel', tekst: 'Mensen wonen thuis', bron: '001' },
      ],
    },
    {
      naam: 'Aarveld',
      gemeente: GEMEENTE_A,
      doelen: [{ sleutel: 'a', soort: 'doel', tekst: 'Aarvelds kind', bron: 'x', draagtBij: ['jeugd'] }],
    },
  ],
}

let regionaal: Inlog
let lokaalA: Inlog
let lokaalB: Inlog

beforeAll(async () => {
  await laadTestregio(omgeving)
  expect(await doelenboomPreset.laad(ctx, PRESET)).toEqual({ nieuw: 5, alAanwezig: 0 })
  regionaal = await login('beleidsadviseur')
  lokaalA = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
  lokaalB = await login('beleidsadviseur', { gemeenten: [GEMEENTE_B] })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
async function idVan(tekst: string): Promise<number> {
  const { rows } = await db.owner.query('select doel_id from kaders.doel where tekst = $1', [tekst])
  return rows[0]?.doel_id ?? 0
}
const VELDEN = {
  gemeente: 'regio',
  boom: '',
  ouder: '',
  soort: 'resultaat',
  tekst: 'Nieuw resultaat',
  toelichting: '',
  bron: '',
  volgorde: '1',
  indicator: '',
  over: 'alles',
  richting: '',
  streefwaarde: '',
  streefOp: '',
  ontbreekt: '',
}

describe('/doelen', () => {
  it('toont de boom als lijst in een lijst, met streven, koppeling en wat niemand overnam', async () => {
    const { body, statusCode } = await get('/doelen', regionaal)
    expect(statusCode).toBe(200)
    expect(body).toContain('Regio: Visie')
    expect(body).toContain('Aarveld: Aarveld')
    expect(body).toContain('Streven: hoogstens €\u00a05.000,00 op 31 december 2027.')
    expect(body).toContain('Hoe is dit berekend?')
    expect(body).toContain('Aarveld: Aarvelds kind')
    expect(body).toContain('Draagt bij aan regionaal doel')
    const open = body.slice(body.indexOf('Nog door geen gemeente overgenomen</h2>'))
    expect(open).toContain('Mensen wonen thuis')
    expect(open).not.toContain('Kinderen groeien op')
  })

  it('toont een gemeente de regio en zichzelf, niet de ander', async () => {
    expect((await get('/doelen', lokaalA)).body).toContain('Aarvelds kind')
    const { body } = await get('/doelen', lokaalB)
    expect(body).toContain('Iedereen doet mee')
    expect(body).not.toContain('Aarvelds kind')
    expect((await get(`/doelen/${await idVan('Aarvelds kind')}`, lokaalB)).statusCode).toBe(404)
  })

  it('toont geen cijfers aan wie die niet mag zien', async () => {
    const consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
    expect((await get('/doelen', consulent)).body).toContain('uw rol ziet hier geen cijfers')
  })

  it('filtert op van wie, en geeft hetzelfde als bestand', async () => {
    expect((await get(`/doelen?gemeente=${GEMEENTE_A}`, regionaal)).body).not.toContain('Iedereen doet mee<')
    expect((await get(`/doelen?gemeente=${GEMEENTE_B}`, regionaal)).body).toContain(
      'Er zijn geen doelen die hierbij passen',
    )
    const gezocht = (await get('/doelen?zoek=KOSTEN+per', regionaal)).body
    expect(gezocht).toContain('Kosten per kind')
    expect(gezocht).not.toContain('Iedereen doet mee<')
    const csv = (await get('/doelen/export?gemeente=regio', regionaal)).body.trim().split('\r\n')
    expect(csv).toHaveLength(5)
    expect(csv[3]).toContain('Regio;Visie;3;Indicator;Kosten per kind;')
    expect(csv[3]).toContain(';5000;euro;lager;31-12-2027;')
    const xlsx = await get('/doelen/export?formaat=xlsx', regionaal)
    expect(xlsx.headers['content-type']).toContain('spreadsheetml')
  })
})

describe('bewerken', () => {
  it('voegt toe onder een doel, met audit', async () => {
    const ouder = await idVan('Kinderen groeien op')
    const pad = `/doelen/nieuw?ouder=${ouder}`
    const velden = { ...VELDEN, ouder: String(ouder) }
    const antwoord = await postFormulier(app, '/doelen/nieuw', pad, velden, regionaal)
    expect(antwoord.statusCode).toBe(303)
    const { rows } = await db.owner.query(
      'select boom, gemeente, ouder_id, gemaakt_door from kaders.doel where tekst = $1',
      ['Nieuw resultaat'],
    )
    expect(rows).toEqual([
      { boom: 'Visie', gemeente: null, ouder_id: ouder, gemaakt_door: regionaal.gebruikerId },
    ])
    const log = await db.owner.query(
      'select actie from platform.gebeurtenis order by gebeurtenis_id desc limit 1',
    )
    expect(log.rows[0].actie).toBe('doel.toegevoegd')
  })

  it('weigert met alle fouten tegelijk en bewaart wat er stond', async () => {
    const velden = {
      ...VELDEN,
      boom: 'Nieuwe boom',
      soort: 'indicator',
      tekst: '',
      toelichting: 'Over 999990019',
      indicator: 'uitgaven',
      streefwaarde: 'veel',
      streefOp: '31-02-2027',
    }
    const { body, statusCode } = await postFormulier(app, '/doelen/nieuw', '/doelen/nieuw', velden, regionaal)
    expect(statusCode).toBe(400)
    for (const melding of [
      'Vul het doel in.',
      'Haal het burgerservicenummer uit de toelichting',
      'Bovenaan een boom staat een visie of een doel.',
      'Kies welke kant op beter is.',
      'Vul de streefwaarde in als getal',
      'Vul een bestaande datum in',
    ])
      expect(body).toContain(melding)
    expect(body).toContain('value="Nieuwe boom"')
    expect(body).toContain('value="veel"')
  })

  it('laat een gemeente de boom van de regio en van een ander met rust', async () => {
    const visie = await idVan('Iedereen doet mee')
    expect((await get(`/doelen/${visie}/wijzig`, lokaalA)).statusCode).toBe(404)
    expect((await get(`/doelen/${visie}`, lokaalA)).body).not.toContain('Wijzig of verplaats')
    const eigen = await idVan('Aarvelds kind')
    const velden = { ...VELDEN, gemeente: GEMEENTE_A, soort: 'doel', versie: '1' }
    const pad = `/doelen/${eigen}/wijzig`
    const doorB = await postFormulier(app, pad, '/doelen/nieuw', velden, lokaalB)
    expect(doorB.statusCode).toBe(404)
    const nieuw = { ...VELDEN, gemeente: 'regio', boom: 'Van ons', soort: 'visie' }
    expect((await postFormulier(app, '/doelen/nieuw', '/doelen/nieuw', nieuw, lokaalA)).statusCode).toBe(400)
  })

  it('ook de database weigert beleid van de regio en van een ander', async () => {
    const insert = (gemeente: string | null) => (tx: Db) =>
      clientOf(tx).query(
        `insert into kaders.doel (gemeente, boom, soort, tekst, volgorde) values ($1, 'x', 'visie', 'x', 1)`,
        [gemeente],
      )
    const { scope } = systeem('test', [GEMEENTE_A])
    await expect(omgeving.database.write(scope, insert(null))).rejects.toThrow()
    await expect(omgeving.database.write(scope, insert(GEMEENTE_B))).rejects.toThrow()
    const visie = await idVan('Iedereen doet mee')
    const gewijzigd = await omgeving.database.write(scope, tx =>
      clientOf(tx).query('update kaders.doel set tekst = $1 where doel_id = $2', ['x', visie]),
    )
    expect(gewijzigd.rowCount).toBe(0)
  })

  it('laat twee vensters elkaar niet overschrijven, en toont wat de ander schreef', async () => {
    const id = await idVan('Mensen wonen thuis')
    const pad = `/doelen/${id}/wijzig`
    const visie = String(await idVan('Iedereen doet mee'))
    const velden = { ...VELDEN, ouder: visie, soort: 'doel', versie: '1' }
    const eerst = await postFormulier(app, pad, pad, { ...velden, tekst: 'Van de een' }, regionaal)
    expect(eerst.statusCode).toBe(303)
    const botsing = await postFormulier(app, pad, pad, { ...velden, tekst: 'Van de ander' }, regionaal)
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('U hebt dit doel intussen zelf gewijzigd, in een ander venster')
    expect(botsing.body).toContain('Van de een')
    expect(botsing.body).toContain('>Van de ander</textarea>')
    expect(botsing.body).toContain('name="versie" value="2"')
    // Also where the other hung it: saving again would move it back.
    expect(botsing.body).toMatch(/Hangt onder<\/dt><dd[^>]*>Iedereen doet mee</)
  })

  /** A goal in a tree of its own, as it stands after it was added; answers the address of its form. */
  async function begin(boom: string, velden: Record<string, string>) {
    const eerst = { ...VELDEN, gemeente: GEMEENTE_A, boom, soort: 'doel', tekst: boom, ...velden }
    const antwoord = await postFormulier(app, '/doelen/nieuw', '/doelen/nieuw', eerst, regionaal)
    return `${String(antwoord.headers.location).split('?')[0]}/wijzig`
  }

  it('voegt samen wat twee mensen in verschillende velden schreven', async () => {
    const pad = await begin('Samen', {})
    const { body: geopend } = await get(pad, regionaal)
    const was = /name="_was" value="([^"]+)"/.exec(geopend)?.[1] ?? ''
    expect(geopend).toContain('name="koppelingen"')
    const velden = { ...VELDEN, soort: 'doel', tekst: 'Samen', versie: '1' }
    const een = { ...velden, toelichting: 'Van een collega' }
    expect((await postFormulier(app, pad, pad, een, regionaal)).statusCode).toBe(303)
    const ander = { ...velden, bron: 'Van mij', _was: was }
    const { body } = await postFormulier(app, pad, pad, ander, regionaal)
    expect(body).toContain('Waar u niets had gewijzigd, staat in het formulier wat er nu staat: Toelichting.')
    expect(body).toContain('>Van een collega</textarea>')
    expect(body).toMatch(/name="bron"[^>]*value="Van mij"/)
  })

  it('leest een streefwaarde in de eenheid van wat wordt gemeten', async () => {
    const top = (await begin('Meten', {})).split('/')[2] ?? ''
    const meting = { soort: 'indicator', tekst: 'Gemeten', ouder: top, richting: 'lager' }
    const pad = await begin('Meten', { ...meting, indicator: 'kosten-per-client', streefwaarde: '5000' })
    expect((await get(pad, regionaal)).body).toMatch(/name="streefwaarde"[^>]*value="5.000"/)
    const save = (meer: Record<string, string>) =>
      postFormulier(app, pad, pad, { ...VELDEN, ...meting, ...meer }, regionaal)
    const half = await save({ indicator: 'clienten', streefwaarde: '12,5', versie: '1' })
    expect(half.body).toContain('Vul een heel aantal personen in.')
    for (const [versie, indicator, streefwaarde, bewaard] of [
      ['1', 'clienten', '1.250', '1250'],
      ['2', 'kosten-per-client', '€ 4.500,50', '450050'],
      ['3', 'plafond', '42,5%', '4250'],
      ['4', '', '42,5', null],
    ] as const) {
      const ontbreekt = indicator === '' ? 'Cijfers' : ''
      expect((await save({ indicator, streefwaarde, versie, ontbreekt })).statusCode).toBe(303)
      const { rows } = await db.owner.query('select streefwaarde from kaders.doel where tekst = $1', [
        'Gemeten',
      ])
      expect(rows).toEqual([{ streefwaarde: bewaard }])
    }
  })

  it('vraagt bij een doel van de regio niet aan welk doel van de regio het bijdraagt', async () => {
    const visie = await idVan('Iedereen doet mee')
    for (const pad of [`/doelen/${visie}/wijzig`, `/doelen/nieuw?ouder=${visie}`])
      expect((await get(pad, regionaal)).body).not.toContain('name="koppelingen"')
    expect((await get('/doelen/nieuw', regionaal)).body).toContain('name="koppelingen"')
  })

  it('verplaatst niet naar een plek onder zichzelf', async () => {
    const id = await idVan('Kinderen groeien op')
    const pad = `/doelen/${id}/wijzig`
    const onder = String(await idVan('Nieuw resultaat'))
    const velden = { ...VELDEN, tekst: 'Kinderen groeien op', soort: 'doel', ouder: onder, versie: '1' }
    const { body, statusCode } = await postFormulier(app, pad, pad, velden, regionaal)
    expect(statusCode).toBe(400)
    expect(body).toContain('Een doel kan niet onder zichzelf hangen.')
  })

  it('beëindigt met een reden, pas als er niets meer onder hangt, en herstelt', async () => {
    const jeugd = await idVan('Kinderen groeien op')
    const einde = (id: number, reden: string, versie: string) =>
      postFormulier(app, `/doelen/${id}/beeindig`, `/doelen/${id}`, { reden, versie }, regionaal)
    const geweigerd = await einde(jeugd, 'Klaar', '1')
    expect(geweigerd.statusCode).toBe(400)
    expect(geweigerd.body).toContain('Beëindig of verplaats eerst de doelen die hieronder hangen.')
    expect(geweigerd.body).toContain('>Klaar</textarea>')
    const resultaat = await idVan('Nieuw resultaat')
    expect((await einde(resultaat, '', '1')).statusCode).toBe(400)
    expect((await einde(resultaat, 'Klaar', '1')).statusCode).toBe(303)
    expect((await get('/doelen', regionaal)).body).not.toContain('Nieuw resultaat')
    expect((await get('/doelen?staat=alle', regionaal)).body).toContain('Nieuw resultaat')
    const pad = `/doelen/${resultaat}`
    expect((await get(pad, regionaal)).body).toContain('Beëindigd op')
    const teLaat = await einde(resultaat, 'Ook klaar', '1')
    expect(teLaat.statusCode).toBe(409)
    expect(teLaat.body).toContain('U hebt dit doel intussen zelf gewijzigd, in een ander venster')
    const hersteld = await postFormulier(app, `${pad}/herstel`, pad, { versie: '2' }, regionaal)
    expect(hersteld.statusCode).toBe(303)
    expect((await get('/doelen', regionaal)).body).toContain('Nieuw resultaat')
  })
})

describe('een koppeling', () => {
  it('blijft staan als het doel van de regio is beëindigd', async () => {
    const eigen = await idVan('Aarvelds kind')
    const { rows } = await db.owner.query(
      'select regionaal_id as id from kaders.doel_koppeling where doel_id = $1',
      [eigen],
    )
    const regionaalId = rows[0].id
    await db.owner.query(
      `update kaders.doel set beeindigd_op = now(), beeindigd_reden = 'Klaar' where doel_id = $1`,
      [regionaalId],
    )
    const { body } = await get(`/doelen/${eigen}/wijzig`, lokaalA)
    await db.owner.query(
      'update kaders.doel set beeindigd_op = null, beeindigd_reden = null where doel_id = $1',
      [regionaalId],
    )
    expect(body).toMatch(
      new RegExp(
        `name="koppelingen"[^>]*value="${regionaalId}"|value="${regionaalId}"[^>]*name="koppelingen"`,
      ),
    )
  })
})

describe('een preset', () => {
  it('laden verandert de tweede keer niets', async () => {
    expect(await doelenboomPreset.laad(ctx, PRESET)).toEqual({ nieuw: 0, alAanwezig: 5 })
  })

  it('wordt met alle fouten tegelijk geweigerd', async () => {
    const doelen = [
      { sleutel: 'x', soort: 'indicator', tekst: 'x', bron: 'x', indicator: 'onbekend', segment: 'NIETS' },
      { sleutel: 'x', soort: 'doel', tekst: 'x', bron: 'x', onder: 'nergens', draagtBij: ['weg'] },
      { sleutel: 'y', soort: 'visie', tekst: 'y', bron: 'y', indicator: 'clienten', richting: 'lager' },
    ]
    const fout = await doelenboomPreset
      .laad(ctx, { regio: 'x', bron: 'x', bomen: [{ naam: 'x', doelen }] })
      .then(
        () => undefined,
        (e: unknown) => e,
      )
    expect(fout).toBeInstanceOf(Problem)
    const meldingen = (fout as Problem).fouten.map(f => f.melding).join('\n')
    for (const deel of [
      'meer dan eens',
      'NIETS',
      'Bovenaan een boom',
      'onbekend',
      'richting',
      'nergens',
      'weg',
      'y: alleen een doel van de soort indicator wordt gemeten.',
    ])
      expect(meldingen).toContain(deel)
    await expect(doelenboomPreset.laad(ctx, { regio: 'x' })).rejects.toThrow(Problem)
  })
})
