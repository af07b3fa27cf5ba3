import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DELEN } from '../src/domains/sturing/beeld/export.ts'
import { ROL } from '../src/platform/auth/rollen.ts'
import { testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'
import { asFile } from './support/export/adres.ts'
import { BEHEER, BELEID, KADERS } from './support/export/beleid.ts'
import { API, CIJFERS } from './support/export/cijfers.ts'
import { laadDemodeel } from './support/export/demodeel.ts'
import type { Waarheid } from './support/export/waarheid.ts'
import { AFSPRAKEN, ZORG } from './support/export/zorg.ts'
import { type Blad, readCsv, readXlsx } from './support/rekenblad.ts'

/**
 * Every file that leaves: each amount, date and number in it is what the tables say, counted here by hand, on a slice of the
 * demonstration in which nearly every column has something. A new file, and a new column of an old one, fails until what it
 * must say stands in test/support/export.
 */
const WAARHEID: readonly Waarheid[] = [...ZORG, ...AFSPRAKEN, ...CIJFERS, ...BELEID, ...KADERS, ...BEHEER]

const db = await testDatabase()
const omgeving = await laadDemodeel(db)
const { app, login } = await testApp(db, omgeving)
const rows = async (sql: string) => (await db.owner.query<Record<string, unknown>>(sql)).rows
const gemeenten = (await rows('select code from contracten.gemeente')).map(rij => String(rij.code))

/** Fills in what `:name` stands for; a type after `::` is no name. */
const vul = (tekst: string, keuze: Record<string, unknown>) =>
  tekst.replaceAll(/(?<!:):([a-z]+)/g, (heel, naam: string) => String(keuze[naam] ?? heel))

async function haal({
  pad,
  rol,
  kies,
}: Waarheid): Promise<{ csv: Blad; xlsx: Blad; koppen: string[]; keuze: object }> {
  const [keuze = {}] = kies === undefined ? [{}] : await rows(kies)
  const { headers } = await login(rol, ROL[rol].bereik === 'gemeente' ? { gemeenten } : {})
  const [csv, xlsx] = await Promise.all(
    ['csv', 'xlsx'].map(soort => app.inject({ url: asFile(vul(pad, keuze), soort), headers })),
  )
  expect([pad, csv?.statusCode, xlsx?.statusCode]).toEqual([pad, 200, 200])
  const body = csv?.body ?? ''
  // The first line twice, so that the headings are read as a row is.
  const [kop = ''] = body.split('\r\n')
  const koppen = Object.keys(readCsv(`${kop}\r\n${kop.replace(/^\ufeff/, '')}\r\n`)[0] ?? {})
  return { csv: readCsv(body), xlsx: readXlsx(xlsx?.rawPayload ?? new Uint8Array()), koppen, keuze }
}

const NIETS = { nietInTabel: [], nietInBestand: [] }
/** The first rows that one has and the other has not, as often as it stands there. */
function verschil(bestand: Blad, tabel: Blad) {
  const over = (van: Blad, zonder: Blad) => {
    const aantal = new Map<string, number>()
    for (const rij of zonder) aantal.set(JSON.stringify(rij), (aantal.get(JSON.stringify(rij)) ?? 0) + 1)
    return van.filter(rij => {
      const n = aantal.get(JSON.stringify(rij)) ?? 0
      aantal.set(JSON.stringify(rij), n - 1)
      return n <= 0
    })
  }
  return { nietInTabel: over(bestand, tabel).slice(0, 3), nietInBestand: over(tabel, bestand).slice(0, 3) }
}
const GETAL = /^-?\d+(,\d+)?$/
const DAG = /^\d{2}-\d{2}-\d{4}$/

test.each(WAARHEID)('$pad', async waarheid => {
  const { sql, tekst = [], leeg = [] } = waarheid
  const { csv, xlsx, koppen, keuze } = await haal(waarheid)
  const verwacht = (await rows(vul(sql, keuze as Record<string, unknown>))).map(rij =>
    Object.fromEntries(Object.entries(rij).map(([kop, waarde]) => [kop, String(waarde ?? '')])),
  )
  const vergeleken = Object.keys(verwacht[0] ?? {})
  expect(vergeleken.length).toBeGreaterThan(0)
  // Every column of the file is held against the tables, or is words.
  expect([...vergeleken, ...tekst].sort()).toEqual([...koppen].sort())
  const isGetal = (kop: string) => xlsx.some(rij => GETAL.test(rij[kop] ?? '') || DAG.test(rij[kop] ?? ''))
  expect(tekst.filter(isGetal)).toEqual([])
  const kies = (blad: Blad) =>
    blad.map(rij =>
      Object.fromEntries(vergeleken.map(kop => [kop, (rij[kop] ?? '').replace(/^'(?=[=+\-@])/, '')])),
    )
  for (const blad of [csv, xlsx]) expect(verschil(kies(blad), kies(verwacht))).toEqual(NIETS)
  // A column of nothing or of zeros proves nothing: it would be the same ten times as large.
  const isGevuld = (kop: string) => csv.some(rij => !['', '0', '0,00'].includes(rij[kop] ?? ''))
  expect(vergeleken.filter(kop => !isGevuld(kop)).sort()).toEqual([...leeg].sort())
})

/** A preset, in JSON, and no table. */
const GEEN_TABEL = ['/uitwisselingen/gegevens/export']

test('elk bestand staat in de lijst', () => {
  const zonderVraag = WAARHEID.map(({ pad }) => (pad.startsWith('/cijfers?') ? pad : pad.split('?')[0]))
  const exports = app.routeLijst
    .filter(({ methode, pad }) => methode === 'GET' && pad.endsWith('/export') && !GEEN_TABEL.includes(pad))
    .map(({ pad }) => pad)
  expect(exports.length).toBeGreaterThan(25)
  const cijfers = [...DELEN.map(deel => `/cijfers?deel=${deel}`), '/cijfers/aanbieders']
  expect([...new Set(zonderVraag)].sort(), 'a question for each file in test/support/export').toEqual(
    [...exports, ...cijfers].sort(),
  )
})

test('geen pagina maakt een tabel buiten die lijst om', () => {
  const anders = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(naam => /\.tsx?$/.test(naam) && !naam.includes('.test.'))
    .map(naam => ({ naam, bron: readFileSync(`src/${naam}`, 'utf8') }))
    .filter(({ bron }) => /\b(?:sendExport|toXlsx)(?:<\w+>)?\(/.test(bron))
    .filter(({ bron }) => !/\/export['`]/.test(bron))
    .map(({ naam }) => naam)
  expect(anders.sort()).toEqual([
    // How it is written; a template of headings without rows; and one with rows to fill in, which is brought in by its own test.
    'app/ontbreekt/pages.tsx',
    'domains/sturing/aanbiederlijst/pages.tsx',
    'domains/sturing/beeld/export.ts',
    'platform/http/export.ts',
    'platform/register/pagina/invoerpaginas.tsx',
  ])
})

test('de cijfers voor machines zijn die van het bestand, in eurocenten', async () => {
  const { headers } = await login('backoffice', { gemeenten })
  const cent = (tekst: string | undefined) =>
    tekst ? Math.round(Number(tekst.replace(',', '.')) * 100) : null
  for (const { pad, bestand, velden, aantallen } of API) {
    const [rij] = WAARHEID.filter(w => w.pad === bestand)
    if (rij === undefined) throw new Error(`no file ${bestand}`)
    const { csv } = await haal(rij)
    const antwoord = await app.inject({ url: `/api/v1/cijfers/${pad}`, headers: { cookie: headers.cookie } })
    expect([pad, antwoord.statusCode]).toEqual([pad, 200])
    const api: Record<string, unknown>[] = antwoord.json().resultaten
    expect(api.length).toBeGreaterThan(0)
    const uitApi = api.map(r => [
      ...Object.keys(velden).map(veld => r[veld]),
      ...Object.keys(aantallen).map(veld => String(r[veld])),
    ])
    const uitBestand = csv.map(r => [
      ...Object.values(velden).map(kop => cent(r[kop])),
      ...Object.values(aantallen).map(kop => r[kop as string]),
    ])
    expect(uitApi.map(r => JSON.stringify(r)).sort()).toEqual(uitBestand.map(r => JSON.stringify(r)).sort())
  }
})
