import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, machine, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { inUse } from '../../platform/register/rijen.ts'
import { setUpBestanden } from './bestanden.ts'
import { listOngelezen, setUpMap } from './map.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', []))

const REGIO = {
  'gemeenten.csv': 'Code;Naam\n0355;Zeist\n',
  'segmenten.csv': 'Code;Wet;Naam;Omschrijving;Bron;Volgorde\namb;jw;Ambulant;Thuis;003;1\n',
  'producten.csv':
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;45A04;01-01-2025;45;Begeleiding;amb;04;inspanning;100\n',
  'aanbieders.csv': 'AGB-code;Naam;IBAN\n01000001;Zorg A;NL91ABNA0417164300\n',
  'contracten.csv':
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nC-0;01000001;01-01-2025;31-12-2028;amb;0355\nC-1;01000001;01-01-2025;31-12-2028;amb;0355\n',
  'tarieven.csv':
    'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\nC-1;jw;45A04;01-01-2025;31-12-2028;90,00\n',
  'plafonds.csv': 'Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\namb;0355;2026;1.250.000;10-11-2025\n',
}
let beheerder: Inlog
let manager: Inlog
let backoffice: Inlog

beforeAll(async () => {
  const bestanden = Object.entries(REGIO).map(([naam, inhoud]) => ({ naam, bytes: Buffer.from(inhoud) }))
  const uit = await setUpBestanden(ctx, bestanden, { proef: false })
  expect(uit.flatMap(({ uitkomst }) => uitkomst.fouten)).toEqual([])
  beheerder = await login('beheerder')
  manager = await login('contractmanager')
  backoffice = await login('backoffice', { gemeenten: ['0355'] })
})

const get = async (url: string, wie = manager) => {
  const { statusCode, body } = await app.inject({ url, headers: wie.headers })
  return { statusCode, body: text(body) }
}
const choose = async (register: string, inhoud: string, naam = 'x.csv') =>
  String(
    (await postBestand(app, `/inrichten/${register}/invoeren`, { naam, inhoud }, manager)).headers.location,
  )
const send = async (url: string, van: string, velden: Record<string, string> = {}, wie = manager) => {
  const { statusCode, body } = await postFormulier(app, url, van, velden, wie)
  return { statusCode, body: text(body), html: body }
}
const rows = async (query: string): Promise<unknown[]> => (await db.owner.query(query)).rows
const segment = (code: string, naam: string) =>
  `Code;Wet;Naam;Omschrijving;Bron;Volgorde\n${code};jw;${naam};Thuis;003;9\n`

describe('a file is of its own kind', () => {
  const elders = () =>
    [
      ['/inrichten/gemeenten/invoeren', beheerder],
      ['/inrichten/producten/invoeren', manager],
      ['/toewijzingen/overnemen', backoffice],
    ] as const

  test('what was done is not taken back at the door of another', async () => {
    const adres = await choose('segmenten', segment('eigen', 'Eigen'))
    expect((await send(`${adres}/verwerk`, adres)).statusCode).toBe(303)
    const id = adres.split('/').at(-1)
    for (const [pad, wie] of elders())
      expect([pad, (await send(`${pad}/${id}/terug`, pad, {}, wie)).statusCode]).toEqual([pad, 404])
    expect(await rows(`select staat from platform.invoer where invoer_id = ${id}`)).toEqual([
      { staat: 'verwerkt' },
    ])
    expect(await rows("select naam from contracten.segment where code = 'eigen'")).toHaveLength(1)
  })

  test('nor is a trial done there', async () => {
    const adres = await choose('segmenten', segment('proef', 'Proef'))
    const id = adres.split('/').at(-1)
    for (const [pad, wie] of elders())
      expect([pad, (await send(`${pad}/${id}/verwerk`, pad, {}, wie)).statusCode]).toEqual([pad, 404])
    expect(await rows(`select staat from platform.invoer where invoer_id = ${id}`)).toEqual([
      { staat: 'beproefd' },
    ])
  })
})

test('a trial that would do something else by now does nothing, and is shown anew', async () => {
  const eerst = await choose('segmenten', segment('wissel', 'Oud'))
  await send(`${eerst}/verwerk`, eerst)
  const mijn = await choose('segmenten', segment('wissel', 'Mijn'))
  const ander = await choose('segmenten', segment('wissel', 'Ander'))
  await send(`${ander}/verwerk`, ander)
  const { statusCode, body } = await send(`${mijn}/verwerk`, mijn)
  expect(statusCode).toBe(409)
  expect(body).toContain('Er is intussen iets veranderd')
  expect(body).toContain('Naam: Ander → Mijn')
  expect(await rows("select naam from contracten.segment where code = 'wissel'")).toEqual([{ naam: 'Ander' }])
  expect((await send(`${mijn}/verwerk`, mijn)).statusCode).toBe(303)
  expect(await rows("select naam from contracten.segment where code = 'wissel'")).toEqual([{ naam: 'Mijn' }])
})

test('who did it is kept, the newest file stands first, and files of another kind stay with their own', async () => {
  const eerst = await choose('segmenten', segment('een', 'Een'), 'een.csv')
  await send(`${eerst}/verwerk`, eerst)
  await choose('segmenten', segment('twee', 'Twee'), 'twee.csv')
  await choose('aanbieders', 'AGB-code;Naam\n01000009;Zorg\n', 'elders.csv')
  const { body } = await get('/inrichten/segmenten/invoeren')
  expect(body.indexOf('twee.csv')).toBeGreaterThan(-1)
  expect(body.indexOf('twee.csv')).toBeLessThan(body.indexOf('een.csv'))
  expect(body).not.toContain('elders.csv')
  const id = eerst.split('/').at(-1)
  const door = `select g.naam from platform.invoer i join platform.gebruiker g on g.gebruiker_id = i.verwerkt_door where invoer_id = ${id}`
  expect(await rows(door)).toHaveLength(1)
  expect(
    await rows(
      `select onderwerp from platform.gebeurtenis where actie = 'register.gewijzigd' and onderwerp @> '{"invoer": ${id}}'`,
    ),
  ).toEqual([{ onderwerp: { register: 'segmenten', aantal: 1, invoer: Number(id) } }])
})

test('a name of a file that can be a BSN is not kept', async () => {
  const adres = await choose('segmenten', segment('naam', 'Naam'), 'van 111222333.csv')
  expect((await get(adres)).body).toContain('bestand.csv')
  expect((await get('/inrichten/segmenten/invoeren')).body).not.toContain('111222333')
  expect(await rows("select from platform.invoer where bestandsnaam like '%111222333%'")).toEqual([])
})

test('adding what is there is a fault at its key, and overwrites nothing, twice', async () => {
  const pad = '/inrichten/aanbieders/nieuw'
  const velden = { agb: '01000001', naam: 'Zorg B', kvk: '', iban: '', email: '', telefoon: '' }
  let versie = {}
  for (let keer = 0; keer < 2; keer += 1) {
    const { statusCode, body, html } = await send(pad, pad, { ...velden, ...versie })
    expect([statusCode, body]).toEqual([
      400,
      expect.stringContaining('Dit bestaat al. Open ‘Zorg A’ en wijzig het daar.'),
    ])
    expect(html).toContain('href="#veld-agb"')
    expect(html).toContain('value="Zorg B"')
    versie = { versie: /name="versie" value="(\d+)"/.exec(html)?.[1] ?? '999' }
  }
  expect(await rows("select naam, iban from aanbieders.aanbieder where agb = '01000001'")).toEqual([
    { naam: 'Zorg A', iban: 'NL91ABNA0417164300' },
  ])
})

describe('what something hangs on stays', () => {
  const WEG = 'Haal dat eerst weg.'

  test('a segment with products in it, at its button: with what to do', async () => {
    const pad = '/inrichten/segmenten/rij/amb'
    const versie = /name="versie" value="(\d+)"/.exec(
      (await app.inject({ url: pad, headers: manager.headers })).body,
    )?.[1]
    const { statusCode, body } = await send(`${pad}/verwijder`, pad, { versie: versie ?? '' })
    expect([statusCode, body]).toEqual([409, expect.stringContaining(WEG)])
    expect(body).toContain('wordt nog gebruikt')
    expect(await rows("select from contracten.segment where code = 'amb'")).toHaveLength(1)
  })

  test.each(['23503', '23001'])('whichever way the database says it (%s)', code => {
    const fout = Object.assign(new Error('is still referenced'), { code })
    expect(inUse(fout, 'Dit gaat niet')).toMatchObject({
      status: 409,
      type: 'in-gebruik',
      titel: 'Dit gaat niet',
      detail: expect.stringContaining(WEG),
    })
    const anders = Object.assign(new Error('another'), { code: '23505' })
    expect(inUse(anders, 'Dit gaat niet')).toBe(anders)
  })
})

describe('of many rows that one is named which is refused', () => {
  // Municipalities, of which one takes the name of another: only the database sees that, of all at once.
  const plekken = [1, 2, 3, 5, 8].flatMap(aantal =>
    Array.from({ length: aantal }, (_, plek) => [plek + 1, aantal]),
  )

  test.each(plekken)('row %i of %i', async (plek, aantal) => {
    const rijen = Array.from(
      { length: aantal },
      (_, n) => `910${n};${n + 1 === plek ? 'Zeist' : `Plaats ${n}`}`,
    )
    const bestand = { naam: 'gemeenten.csv', bytes: Buffer.from(['Code;Naam', ...rijen].join('\n')) }
    const [uit] = await setUpBestanden(ctx, [bestand], { proef: true })
    // The headings are row 1.
    expect(uit?.uitkomst.fouten).toMatchObject([
      { nummer: plek + 1, melding: expect.stringContaining('dezelfde naam') },
    ])
  })
})

describe('a contract that ends before its prices do takes them along, and says so first', () => {
  const WOORDEN = 'dan ook eindigt'
  const korter =
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nC-0;01000001;01-01-2025;31-12-2027;amb;0355\nC-1;01000001;01-01-2025;31-12-2026;amb;0355\n'

  test('at the form, which stays filled', async () => {
    const pad = '/inrichten/contracten/rij/C-1~2025-01-01/wijzig'
    const { statusCode, body, html } = await send(pad, pad, {
      versie:
        /name="versie" value="(\d+)"/.exec(
          (await app.inject({ url: pad, headers: manager.headers })).body,
        )?.[1] ?? '',
      aanbieder: '01000001',
      geldigheidBegin: '01-01-2025',
      geldigheidEind: '31-12-2026',
      segmenten: 'amb',
      gemeenten: '0355',
    })
    expect([statusCode, body]).toEqual([400, expect.stringContaining(WOORDEN)])
    expect(body).toContain('Er is nog niets veranderd')
    expect(html).toContain('value="31-12-2026"')
  })

  test('in the trial of a file, of its row', async () => {
    const { statusCode, body } = await get(await choose('contracten', korter))
    expect([statusCode, body]).toEqual([200, expect.stringContaining(WOORDEN)])
    expect(body).not.toContain('Er is 1 fout')
  })

  test('in the trial of a folder, of its file', async () => {
    const map = mkdtempSync(join(tmpdir(), 'samenhang-korter-'))
    writeFileSync(join(map, 'contracten.csv'), korter)
    const [uit] = await setUpMap(ctx.namens(['0355']), map, { proef: true })
    expect(uit?.uitkomst).toMatchObject({
      aantalFouten: 0,
      raakt: { soorten: [{ naam: [expect.stringContaining(WOORDEN), expect.anything()], aantal: 1 }] },
    })
  })

  test('for a machine', async () => {
    const antwoord = await app.inject({
      method: 'PUT',
      url: '/api/v1/inrichting/contracten/C-1~2025-01-01',
      headers: { ...(await machine(db, manager)), accept: 'application/json' },
      payload: {
        nummer: 'C-1',
        aanbieder: '01000001',
        geldigheid: { begin: '2025-01-01', eind: '2026-12-31' },
        segmenten: ['amb'],
        gemeenten: ['0355'],
      },
    })
    expect(antwoord.statusCode).toBe(200)
    const { rows } = await db.owner.query(
      `select distinct upper(t.geldigheid)::text as tot from contracten.tarief t join contracten.contract using (contract_id)
       where nummer = 'C-1'`,
    )
    expect(rows).toEqual([{ tot: '2027-01-01' }])
    await db.owner.query(`
      update contracten.contractversie set geldigheid = '[2025-01-01,2029-01-01)'
      where contract_id = (select contract_id from contracten.contract where nummer = 'C-1');
      update contracten.tarief set geldigheid = '[2025-01-01,2029-01-01)'
      where contract_id = (select contract_id from contracten.contract where nummer = 'C-1')`)
  })
})

describe('what a page says', () => {
  test('a year has no points, and a page is called after what comes in', async () => {
    const { body } = await get('/inrichten/plafonds')
    expect([body.includes('2026'), body.includes('2.026')]).toEqual([true, false])
    expect((await get('/inrichten/aanbieders/invoeren')).body).toContain(' Aanbieders invoeren ')
  })

  test('of what was done it says that it was done', async () => {
    const adres = await choose('segmenten', segment('klaar', 'Klaar'))
    expect((await get(adres)).body).toContain('Wat er verandert')
    await send(`${adres}/verwerk`, adres)
    expect((await get(adres)).body).toContain('Wat er is veranderd')
  })

  test('a row with more cells than there are headings is a fault', async () => {
    const { body } = await get(await choose('segmenten', segment('breed', 'Te;breed')))
    expect(body).toContain('2 de hele rij Deze rij heeft meer cellen dan er kolommen zijn')
  })

  test('what cannot be taken back says so before it is done', async () => {
    const pad = '/toewijzingen/verwijzingen'
    const inhoud = 'Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op\n0355;jw;77;Huisarts;01-02-2026\n'
    const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, backoffice)
    const { body } = await get(String(headers.location), backoffice)
    expect(body).toContain('Voer dit door')
    expect(body).toContain('Dit kan straks niet worden teruggenomen')
  })
})

test('a folder says what lies in it and is not read', () => {
  const map = mkdtempSync(join(tmpdir(), 'samenhang-map-'))
  for (const naam of ['segmenten.csv', 'segment.csv', 'bsn 111222333.txt', '.verborgen', '.DS_Store'])
    writeFileSync(join(map, naam), '')
  expect(listOngelezen(map)).toEqual(['.verborgen', 'bestand.txt', 'segment.csv'])
})
