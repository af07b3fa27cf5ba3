import { unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, type Koppeling, machine, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { toXlsx } from '../../platform/http/export.ts'
import { setUpBestanden } from './bestanden.ts'

/** What cannot be read surely is refused in words, or said, at every door. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let manager: Inlog
let koppeling: Koppeling

const REGIO = {
  'gemeenten.csv': 'Code;Naam\n0355;Zeist\n',
  'segmenten.csv':
    'Code;Wet;Naam;Omschrijving;Bron;Volgorde\namb;jw;Ambulant;Thuis;003;1\nw;jw;Wonen;x;003;2\nwz;jw;Wonen, zorg en zo;x;003;3\n',
  'producten.csv':
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;45A04;01-01-2025;45;Begeleiding;amb;04;inspanning;100\n',
  'aanbieders.csv':
    'AGB-code;Naam\n99999801;Dubbelganger Zorg\n99999802;Dubbelganger Zorg\n99999803;Eigen Zorg\n',
}

beforeAll(async () => {
  const ctx = makeCtx(omgeving, systeem('test', []))
  const bestanden = Object.entries(REGIO).map(([naam, inhoud]) => ({ naam, bytes: Buffer.from(inhoud) }))
  const uit = await setUpBestanden(ctx, bestanden, { proef: false })
  expect(uit.flatMap(({ uitkomst }) => uitkomst.fouten)).toEqual([])
  manager = await login('contractmanager')
  koppeling = await machine(db, manager)
})

const get = async (url: string) => text((await app.inject({ url, headers: manager.headers })).body)
/** The page that answers a file: of what it would do, or the form again. */
async function choose(register: string, inhoud: string | Buffer): Promise<string> {
  const uit = await postBestand(app, `/inrichten/${register}/invoeren`, { naam: 'x', inhoud }, manager)
  return uit.statusCode === 303 ? get(String(uit.headers.location)) : text(uit.body)
}
const contract = (aanbieder: string, segmenten = 'amb', kop = 'Loopt: laatste dag') =>
  `Nummer;Aanbieder;Loopt: eerste dag;${kop};Segmenten;Gemeenten\nC-1;${aanbieder};01-01-2026;31-12-2028;${segmenten};0355\n`

test('a small file that asks for all memory is refused, and everybody is answered', async () => {
  const delen = unzipSync(await toXlsx([{ kop: 'Contract', waarde: (w: string) => w }], ['x']))
  const naam = Object.keys(delen).find(deel => deel.includes('worksheets/sheet')) ?? ''
  const blad = Buffer.from(delen[naam] ?? []).toString()
  delen[naam] = Buffer.from(blad.replace('r="A2"', 'r="ZZZZZZ2"'))
  const bezig = choose('tarieven', Buffer.from(zipSync(delen)))
  expect((await app.inject({ url: '/inrichten', headers: manager.headers })).statusCode).toBe(200)
  expect(await bezig).toContain('cel ZZZZZZ2, en die kan een rekenblad niet hebben')
  expect((await app.inject({ url: '/inrichten', headers: manager.headers })).statusCode).toBe(200)
})

describe('a name', () => {
  test('that two providers have is a fault that names them', async () => {
    const body = await choose('contracten', contract('Dubbelganger Zorg'))
    expect(body).toContain(
      'Er zijn er twee die ‘Dubbelganger Zorg’ kunnen zijn: 99999801 en 99999802. Vul de code in.',
    )
    expect(body).not.toContain('Voer dit door')
  })

  test('is shown with its code before it is done', async () => {
    const body = await choose('contracten', contract('Eigen Zorg', 'Wonen, zorg en zo'))
    expect(body).toContain('Aanbieder: Eigen Zorg (99999803)')
    expect(body).toContain('Segmenten: Wonen, zorg en zo (wz)')
  })

  test('on a form is told from that of another', async () => {
    const { body } = await app.inject({ url: '/inrichten/contracten/nieuw', headers: manager.headers })
    expect(body).toContain('Dubbelganger Zorg (99999801)')
    expect(body).toContain('Dubbelganger Zorg (99999802)')
  })
})

test('a column that nobody reads is said above the button', async () => {
  const body = await choose('contracten', contract('99999803', 'amb', 'Einddatum'))
  const [melding, knop] = [
    body.indexOf('Let op: een kolom wordt niet gelezen'),
    body.indexOf('Voer dit door'),
  ]
  expect(melding).toBeGreaterThan(0)
  expect(knop).toBeGreaterThan(melding)
  expect(body).toContain('‘Einddatum’')
})

test('zeros that are put back, and a row that stands there twice, are said', async () => {
  const body = await choose('aanbieders', 'AGB-code;Naam\n7373000;Duin\n7373000;Duin\n')
  expect(body).toContain('Aangevuld met nullen: 7373000 → 07373000')
  expect(body).toContain('1 rij staat er dubbel in')
})

test('the page says what is read, and offers both kinds of file', async () => {
  const { body } = await app.inject({ url: '/inrichten/contracten/invoeren', headers: manager.headers })
  expect(body).toContain('het eerste blad, met de koppen op de eerste rij')
  for (const adres of ['sjabloon?formaat=csv', 'sjabloon?formaat=xlsx', 'export?formaat=csv'])
    expect(body).toContain(adres)
  expect(text(await get('/inrichten'))).not.toContain('samenhang regio inrichten')
})

describe('at the form, the file and the message alike', () => {
  const SEGMENT = {
    code: 'nieuw',
    wet: 'jw',
    naam: 'Naam',
    omschrijving: 'x',
    bron: 'x',
    ouder: '',
    volgorde: '9',
  }
  const form = async (anders: object) => {
    const pad = '/inrichten/segmenten/nieuw'
    const uit = await postFormulier(app, pad, pad, { ...SEGMENT, ...anders }, manager)
    return [uit.statusCode, text(uit.body)] as const
  }
  const put = async (anders: { code?: string; naam?: string }) => {
    const { ouder: _, ...gegevens } = { ...SEGMENT, volgorde: 9, ...anders }
    const uit = await app.inject({
      method: 'PUT',
      url: `/api/v1/inrichting/segmenten/${encodeURIComponent(gegevens.code)}`,
      headers: { ...koppeling, 'content-type': 'application/json' },
      payload: JSON.stringify(gegevens),
    })
    return [uit.statusCode, uit.body] as const
  }
  const file = ({ code = 'nieuw', naam = 'Naam' }) =>
    choose('segmenten', `Code;Wet;Naam;Omschrijving;Bron;Volgorde\n${code};jw;"${naam}";x;x;9\n`)

  test.each([
    ['what turns the text around', 'Zorg\u202egroz', 'leesrichting omdraait in, na ‘Zorg’'],
    ['what nobody sees', 'Zo\u200brg', 'een teken dat u niet ziet in, na ‘Zo’'],
    ['a line of its own', 'Zorg\nmeer', 'een nieuwe regel in, na ‘Zorg’'],
  ])('a text with %s is refused with its place', async (_, naam, melding) => {
    for (const [status, body] of [await form({ naam }), await put({ naam })]) {
      expect(status).toBe(400)
      expect(body).toContain(melding)
    }
    expect(await file({ naam })).toContain(melding)
  })

  test('NUL is refused, and not left out', async () => {
    expect(await form({ naam: 'Zo\0rg' })).toEqual([
      400,
      expect.stringContaining('een teken dat u niet ziet'),
    ])
    expect((await put({ naam: 'Zo\0rg' }))[0]).toBe(400)
  })

  test.each(['AMB', 'ambé'.replace('é', '\u0301'), 'a mb'])(
    'a code that looks like one there is refused: %s',
    async code => {
      const melding = 'lijkt te veel op ‘amb’'
      for (const [status, body] of [await form({ code }), await put({ code })])
        expect([status, body]).toEqual([400, expect.stringContaining(melding)])
      expect(await file({ code })).toContain(melding)
    },
  )

  test('so is a product in other capitals, on another day', async () => {
    const kop = REGIO['producten.csv'].split('\n')[0]
    const body = await choose('producten', `${kop}\njw;45a04;01-01-2027;45;B;amb;04;inspanning;100\n`)
    expect(body).toContain('‘45a04’ lijkt te veel op ‘45A04’ dat er al staat')
  })
})
