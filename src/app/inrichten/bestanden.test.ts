import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { postBestanden } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../test/support/formulier.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { toZip } from '../../../test/support/zip.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { setUpMap } from './map.ts'

const db = await testDatabase()
const { app, login } = await testApp(db, testOmgeving(db))
await db.owner.query("insert into contracten.gemeente (code, naam) values ('0355', 'Zeist')")
const manager = await login('contractmanager')

const rows = async (query: string): Promise<unknown[]> => (await db.owner.query(query)).rows
const choose = (bestanden: Readonly<Record<string, string | Buffer>>, wie: Inlog = manager) =>
  postBestanden(
    app,
    '/inrichten',
    { bestanden: Object.entries(bestanden).map(([naam, inhoud]) => ({ naam, inhoud })) },
    wie,
  )
const chosen = async (bestanden: Readonly<Record<string, string | Buffer>>) => {
  const { headers, body } = await choose(bestanden)
  return headers.location === undefined ? text(body) : String(headers.location)
}
const get = async (url: string, wie = manager) => {
  const { statusCode, body } = await app.inject({ url, headers: wie.headers })
  return { statusCode, body: text(body) }
}
const send = async (url: string, van = url.replace(/\/\w+$/, ''), wie = manager) => {
  const { statusCode, body } = await postFormulier(app, url, van, {}, wie)
  return { statusCode, body: text(body) }
}

let beurt = 10
/** A region of its own for each test: what one needs of another, comes with it. */
let code = ''
let regio: Record<string, string> = {}
beforeEach(() => {
  beurt += 1
  code = `s${beurt}`
  regio = {
    'tarieven.csv': `Contract;Wet;Product;Geldig: eerste dag;Tarief\nC-${code};jw;45A${beurt};01-01-2025;90,00\n`,
    'aanbieders.csv': `AGB-code;Naam\n010000${beurt};Zorg ${code}\n`,
    'contracten (1).csv': `Nummer;Aanbieder;Loopt: eerste dag;Segmenten;Gemeenten\nC-${code};010000${beurt};01-01-2025;${code};0355\n`,
    'producten.csv': `Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;45A${beurt};01-01-2025;45;Begeleiding;${code};04;inspanning;100\n`,
    'segmenten.csv': `Code;Wet;Naam;Omschrijving;Bron;Volgorde\n${code};jw;Ambulant;Thuis;003;1\n`,
  }
})
const stands = () =>
  rows(`select (select count(*)::int from contracten.segment where code = '${code}') as segment,
    (select count(*)::int from contracten.tarief where code = '45A${beurt}') as tarief`)

describe('files that are chosen together', () => {
  test('are tried in the order in which each names what came before, and change nothing', async () => {
    const { statusCode, body } = await get(await chosen({ ...regio, 'lees mij.txt': 'niets' }))
    expect(statusCode).toBe(200)
    const volgorde = ['Segmenten', 'Producten', 'Aanbieders', 'Contracten', 'Tarieven']
    const plaatsen = volgorde.map(kop => body.indexOf(` ${kop} Dit zou het doen: 1 nieuw.`))
    expect(plaatsen.every((plaats, i) => plaats > (plaatsen[i - 1] ?? 0))).toBe(true)
    expect(body).toContain('niet herkend en niet gelezen lees mij.txt')
    expect(body).toContain('Er is nog niets veranderd')
    expect(await stands()).toEqual([{ segment: 0, tarief: 0 }])
  })

  test('are done with one button, kept with who and when, and once when it is pressed twice', async () => {
    const adres = await chosen(regio)
    const press = await openFormulier(app, adres, manager)
    const twee = await Promise.all([press(`${adres}/verwerk`, {}), press(`${adres}/verwerk`, {})])
    expect(twee.map(({ statusCode }) => statusCode).sort()).toEqual([303, 303])
    expect(await stands()).toEqual([{ segment: 1, tarief: 1 }])
    expect((await get(adres)).body).toContain('Dit is gedaan: 1 nieuw.')
    expect(
      await rows(`select i.staat, i.verwerkt_door = ${manager.gebruikerId} as mij, i.verwerkt_op is not null as wanneer
        from platform.invoer i where bundel_id = ${adres.split('/').at(-1)}`),
    ).toEqual(Array(5).fill({ staat: 'verwerkt', mij: true, wanneer: true }))
    expect((await get('/inrichten')).body).toContain('segmenten, producten, aanbieders, contracten, tarieven')
  })

  test('change nothing the second time', async () => {
    const adres = await chosen(regio)
    await send(`${adres}/verwerk`)
    const weer = await get(await chosen(regio))
    expect(weer.body).toContain('Deze bestanden veranderen niets')
    expect(weer.body).not.toContain('Voer alles door')
  })

  test('are taken back one by one, the last first', async () => {
    const adres = await chosen(regio)
    await send(`${adres}/verwerk`)
    const { rows: alle } = await db.owner.query(
      `select register, invoer_id as id from platform.invoer where bundel_id = ${adres.split('/').at(-1)} order by 2 desc`,
    )
    const pad = ({ register, id }: { register: string; id: number }) =>
      `/inrichten/${register}/invoeren/${id}/terug`
    expect((await send(pad(alle.at(-1)))).statusCode).toBe(409)
    for (const bestand of alle)
      expect([bestand, (await send(pad(bestand))).statusCode]).toEqual([bestand, 303])
    expect(await stands()).toEqual([{ segment: 0, tarief: 0 }])
  })

  test('of one with a fault all wait: its row, column, value and what belongs there', async () => {
    const adres = await chosen({
      ...regio,
      'tarieven.csv': regio['tarieven.csv']?.replace('90,00', 'veel') ?? '',
    })
    const { body } = await get(adres)
    expect(body).toContain('Er is 1 fout. Er is niets veranderd.')
    expect(body).toContain('2 Tarief veel')
    expect(body).toContain('bedrag')
    expect(body).not.toContain('Voer alles door')
    expect((await send(`${adres}/verwerk`, '/inrichten')).statusCode).toBe(303)
    expect(await stands()).toEqual([{ segment: 0, tarief: 0 }])
  })

  test('do nothing when they would do something else by now, and are shown anew', async () => {
    const adres = await chosen(regio)
    const ander = await chosen({ 'segmenten.csv': regio['segmenten.csv'] ?? '' })
    await send(`${ander}/verwerk`)
    const { statusCode, body } = await send(`${adres}/verwerk`)
    expect([statusCode, body]).toEqual([409, expect.stringContaining('Er is intussen iets veranderd')])
    expect(body).toContain('Segmenten Dit bestand verandert niets. 1 staat er al zo.')
    expect(await stands()).toEqual([{ segment: 1, tarief: 0 }])
    expect((await send(`${adres}/verwerk`)).statusCode).toBe(303)
    expect(await stands()).toEqual([{ segment: 1, tarief: 1 }])
  })

  test('stay together: one of them is not done alone', async () => {
    const adres = await chosen(regio)
    const [segmenten] = (
      await db.owner.query(
        `select invoer_id as id from platform.invoer where register = 'segmenten' and bundel_id = ${adres.split('/').at(-1)}`,
      )
    ).rows
    const eigen = `/inrichten/segmenten/invoeren/${segmenten.id}`
    expect((await get(eigen)).body).not.toContain('Voer dit door')
    const { statusCode, body } = await send(`${eigen}/verwerk`)
    expect([statusCode, body]).toEqual([409, expect.stringContaining('samen met andere gekozen')])
    expect(await stands()).toEqual([{ segment: 0, tarief: 0 }])
  })

  test('may come as one archive, folders and what a system adds left out', async () => {
    const map = Object.fromEntries(Object.entries(regio).map(([naam, inhoud]) => [`regio/${naam}`, inhoud]))
    const zip = toZip({ ...map, '__MACOSX/._tarieven.csv': 'x', 'regio/.DS_Store': 'x' })
    const { body } = await get(await chosen({ 'regio.zip': zip }))
    expect(body).toContain('5 bestanden samen')
    expect(body).not.toContain('niet herkend')
  })
})

describe('nothing is kept', () => {
  const kept = async () => (await rows('select count(*)::int as n from platform.bundel'))[0]

  test.each<[string, () => Record<string, string | Buffer>, string]>([
    ['of none', () => ({}), 'Kies minstens één bestand.'],
    ['of what nobody reads', () => ({ 'x.csv': 'a;b' }), 'Geen van deze bestanden wordt herkend'],
    [
      'of a file that is for another role, whatever lies beside it',
      () => ({ ...regio, 'gemeenten.csv': 'Code;Naam\n0312;Bunnik\n', 'toewijzingen.csv': 'x' }),
      'gemeenten.csv: dit is voor de rol Beheerder. Laat dit bestand weg.',
    ],
    [
      'of a file that is no sheet, by its name',
      () => ({ ...regio, 'tarieven.csv': 'a\0b' }),
      'tarieven.csv: Het is geen XLSX- of CSV-bestand.',
    ],
    ['of an archive that is none', () => ({ 'regio.zip': 'PK niet' }), 'regio.zip: dit is geen ZIP-bestand'],
    [
      'of an archive with too much in it',
      () => ({
        'regio.zip': toZip(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`${i}.csv`, 'x']))),
      }),
      'Kies hoogstens 20 bestanden tegelijk',
    ],
  ])('%s', async (_, bestanden, waarom) => {
    const voor = await kept()
    const { statusCode, body } = await choose(bestanden())
    expect([statusCode, text(body)]).toEqual([400, expect.stringContaining(waarom)])
    expect(body).toContain('href="#veld-bestanden"')
    expect(await kept()).toEqual(voor)
    expect(await stands()).toEqual([{ segment: 0, tarief: 0 }])
  })
})

test('before there are municipalities it is said that they come first, and who puts them in', async () => {
  const leeg = await testDatabase()
  const { app, login } = await testApp(leeg, testOmgeving(leeg))
  const bestanden = [{ naam: 'aanbieders.csv', inhoud: regio['aanbieders.csv'] ?? '' }]
  const uit = await postBestanden(app, '/inrichten', { bestanden }, await login('contractmanager'))
  expect([uit.statusCode, text(uit.body)]).toEqual([
    400,
    expect.stringContaining('Laat een beheerder eerst de gemeenten van de regio invoeren'),
  ])
})

test('who may not bring one of them in does not see them, nor does what they say', async () => {
  const adres = await chosen(regio)
  const beheerder = await login('beheerder')
  expect((await get(adres, beheerder)).statusCode).toBe(404)
  expect((await send(`${adres}/verwerk`, '/inrichten', beheerder)).statusCode).toBe(404)
  expect((await get('/inrichten', beheerder)).body).not.toContain('Eerder samen gekozen')
  expect((await choose(regio, await login('backoffice', { gemeenten: ['0355'] }))).statusCode).toBe(403)
  expect(await stands()).toEqual([{ segment: 0, tarief: 0 }])
})

describe('one rule of names, for a form, an archive and a folder', () => {
  test('two of one kind are refused by name, wherever they lie', async () => {
    expect(await chosen({ 'tarieven.csv': 'a', 'tarieven (1).csv': 'b', 'segmenten.csv': 'c' })).toContain(
      'tarieven.csv en tarieven (1).csv zijn van dezelfde soort. Laat er één over.',
    )
    const zip = toZip({ 'oud/segmenten.csv': 'a', 'nieuw/segmenten.xlsx': 'b' })
    expect(await chosen({ 'alles.zip': zip })).toContain(
      'oud/segmenten.csv en nieuw/segmenten.xlsx zijn van dezelfde soort',
    )
    const map = mkdtempSync(join(tmpdir(), 'samenhang-twee-'))
    for (const naam of ['tarieven.csv', 'tarieven.xlsx']) writeFileSync(join(map, naam), 'a')
    const ctx = makeCtx(testOmgeving(db), systeem('test', []))
    await expect(setUpMap(ctx, map, { proef: true })).rejects.toMatchObject({
      status: 400,
      fouten: [{ melding: 'tarieven.csv en tarieven.xlsx zijn van dezelfde soort. Laat er één over.' }],
    })
    rmSync(map, { recursive: true })
  })

  test('what lies in an archive and is not read is named, but for what a system puts there', async () => {
    const { 'segmenten.csv': segmenten = '' } = regio
    const zip = toZip({
      'map/segmenten.csv': segmenten,
      '_concept/tarief.csv': 'x',
      '.verborgen.csv': 'x',
      '__MACOSX/map/._segmenten.csv': 'x',
      'map/.DS_Store': 'x',
    })
    const { body } = await get(await chosen({ 'alles.zip': zip }))
    expect(body).toContain('niet herkend en niet gelezen _concept/tarief.csv .verborgen.csv Een bestand heet')
  })

  test('more than may be chosen at once is said in a clear sentence, on the form', async () => {
    const veel = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`bestand${i}.csv`, 'a']))
    const { statusCode, body } = await choose(veel)
    expect([statusCode, text(body)]).toEqual([
      400,
      expect.stringContaining('Kies hoogstens 20 bestanden tegelijk.'),
    ])
    expect(body).toContain('name="bestanden"')
  })
})
