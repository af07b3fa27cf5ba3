import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { startbericht, testBsn, testOmgeving, toBytes } from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { toZip } from '../../../test/support/zip.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { toXlsx } from '../../platform/http/export.ts'
import { setUpMap } from './map.ts'

tellInOrder()

const db = await testDatabase()
const ctx = makeCtx(testOmgeving(db), systeem('test', []))
const folder = (bestanden: Record<string, string | Buffer>) => {
  const map = mkdtempSync(join(tmpdir(), 'samenhang-inrichten-'))
  for (const [naam, inhoud] of Object.entries(bestanden)) writeFileSync(join(map, naam), inhoud)
  return map
}
const count = async () =>
  (
    await db.owner.query(
      'select (select count(*)::int from contracten.contract) as contracten, (select count(*)::int from contracten.gemeente) as gemeenten',
    )
  ).rows[0]
const short = (uit: Awaited<ReturnType<typeof setUpMap>>) =>
  uit.map(({ bestand, uitkomst: u }) => [bestand, u.nieuw, u.gelijk, u.aantalFouten])

const gemeenten = await toXlsx(
  [
    { kop: 'Naam', waarde: (g: string) => g },
    { kop: 'Code', soort: 'getal', waarde: () => 355 },
  ],
  ['Zeist'],
)
const MAP = folder({
  'gemeenten.xlsx': gemeenten,
  'segmenten.csv': 'Code;Wet;Naam;Omschrijving;Bron;Volgorde\namb;jw;Ambulant;Thuis;003;1\n',
  'aanbieders.csv': 'AGB-code;Naam\n01000001;Zorg\n',
  'contracten.csv':
    'Nummer;Aanbieder;Loopt: eerste dag;Segmenten;Gemeenten\nC-1;01000001;01-01-2025;amb;0355\n',
  'leesmij.txt': 'dit leest niemand',
})

test('what is called as a file and is none is said, by its name', async () => {
  const map = folder({ 'segmenten.csv': 'Code\n' })
  mkdirSync(join(map, 'gemeenten.csv'))
  await expect(setUpMap(ctx, map, { proef: true })).rejects.toMatchObject({
    type: 'geen-bestand',
    detail: expect.stringContaining('gemeenten.csv is geen gewoon bestand.'),
  })
})

test('a folder fills an empty region, a trial changes nothing, and a second time neither', async () => {
  const nieuw = [
    ['gemeenten.xlsx', 1, 0, 0],
    ['segmenten.csv', 1, 0, 0],
    ['aanbieders.csv', 1, 0, 0],
    ['contracten.csv', 1, 0, 0],
  ]
  expect(short(await setUpMap(ctx, MAP, { proef: true }))).toEqual(nieuw)
  expect(await count()).toEqual({ contracten: 0, gemeenten: 0 })
  expect(short(await setUpMap(ctx, MAP, { proef: false }))).toEqual(nieuw)
  expect(await count()).toEqual({ contracten: 1, gemeenten: 1 })
  const weer = makeCtx(testOmgeving(db), systeem('test', ['0355']))
  expect(short(await setUpMap(weer, MAP, { proef: false }))).toEqual(
    nieuw.map(([bestand]) => [bestand, 0, 1, 0]),
  )
  const { rows } = await db.owner.query('select register, staat from platform.invoer order by invoer_id')
  expect(rows.map(rij => rij.register)).toEqual(['gemeenten', 'segmenten', 'aanbieders', 'contracten'])
})

test('one fault in one file undoes all of them', async () => {
  const map = folder({ 'gemeenten.csv': 'Code;Naam\n0312;Bunnik\n', 'segmenten.csv': 'Code;Wet\nx;anders\n' })
  const uit = await setUpMap(ctx, map, { proef: false })
  expect(uit[1]?.uitkomst.aantalFouten).toBeGreaterThan(0)
  expect((await count()).gemeenten).toBe(1)
})

test('a folder without a file that fits is refused in words', async () => {
  await expect(setUpMap(ctx, folder({ 'iets.csv': 'a' }), { proef: true })).rejects.toMatchObject({
    status: 400,
    fouten: [{ melding: expect.stringContaining('gemeenten.xlsx') }],
  })
})

test('a folder that is not there, or that is a file, is named', async () => {
  for (const map of [join(MAP, 'niet-hier'), join(MAP, 'gemeenten.xlsx')])
    await expect(setUpMap(ctx, map, { proef: true })).rejects.toMatchObject({
      status: 400,
      type: 'geen-map',
      detail: `Er is geen map ${map}. Geef de map waarin de bestanden staan.`,
    })
})

test('residents come with it: running toewijzingen and a stack of old messages', async () => {
  const wie = makeCtx(testOmgeving(db), systeem('test', ['0355']))
  const kop = 'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte'
  const rij = [
    '0355',
    'jw',
    '7',
    '01-01-2026',
    testBsn(1),
    'Sem',
    '01-02-2012',
    'Man',
    '01000001',
    '45',
    '45A04',
  ]
  const lopend = 'Gemeente;Wet;Toewijzingnummer;Toewijzingsdatum;BSN;Naam;Geboortedatum;Geslacht;Aanbieder'
  const map = folder({
    'producten.csv': `${kop}\njw;45A04;01-01-2025;45;Begeleiding;amb;04;inspanning;100\n`,
    'toewijzingen.csv': `${lopend};Productcategorie;Productcode;Geldig: eerste dag\n${rij.join(';')};01-01-2026\n`,
    'berichten.zip': toZip({
      'a.xml': toBytes(
        startbericht({ identificatie: 'S1', nummer: 7, client: 1, gemeente: '0355', agb: '01000001' }),
      ),
    }),
  })
  expect(short(await setUpMap(wie, map, { proef: false }))).toEqual([
    ['producten.csv', 1, 0, 0],
    ['toewijzingen.csv', 1, 0, 0],
    ['berichten.zip', 1, 0, 0],
  ])
})
