import { beforeAll, describe, expect, test } from 'vitest'
import { ROL, ROLLEN, type Rol } from '../src/platform/auth/rollen.ts'
import { testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'
import { asFile } from './support/export/adres.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from './support/regio.ts'
import { type Blad, readCsv, readXlsx } from './support/rekenblad.ts'

/**
 * Every export: what stands in CSV stands in XLSX, cell by cell, and where it has amounts, dates and codes it is what the
 * database and the API say, to the cent. A file that is 100 times too large, or a code without its zero, fails here.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)

beforeAll(async () => {
  const partijen = [
    { gemeente: GEMEENTE_A, agb: AGB_A, client: 0, nummer: 11 },
    { gemeente: GEMEENTE_B, agb: AGB_B, client: 1, nummer: 22 },
  ]
  for (const [i, partij] of partijen.entries())
    await lever(
      omgeving,
      toewijzingsbericht({ ...partij, identificatie: `T${i}` }),
      toewijzingsbericht({
        ...partij,
        nummer: partij.nummer + 100,
        code: '44A07',
        identificatie: `B${i}`,
        product: { budget: 123_456 },
      }),
      declaratiebericht({
        ...partij,
        identificatie: `D${i}`,
        nummer: `0${i}45`,
        regels: [
          { ...partij, referentie: `00${i}`, volume: 7 },
          { ...partij, referentie: `F${i}`, maand: '2026-01-01', tarief: 1 },
        ],
      }),
    )
})

const EIGEN: Partial<Record<Rol, object>> = Object.fromEntries(
  ROLLEN.filter(rol => ROL[rol].bereik === 'gemeente').map(rol => [rol, { gemeenten: GEMEENTEN }]),
)

async function haal(rol: Rol, url: string): Promise<{ csv: Blad; xlsx: Blad }> {
  const { headers } = await login(rol, EIGEN[rol] ?? {})
  const [csv, xlsx] = await Promise.all(
    ['csv', 'xlsx'].map(formaat => app.inject({ url: asFile(url, formaat), headers })),
  )
  expect(csv?.statusCode, url).toBe(200)
  expect(xlsx?.statusCode, url).toBe(200)
  expect(csv?.headers['content-type'], url).toContain('text/csv')
  return { csv: readCsv(csv?.body ?? ''), xlsx: readXlsx(xlsx?.rawPayload ?? new Uint8Array()) }
}

const rijen = async (sql: string) =>
  (await db.owner.query<Record<string, string | null>>(sql)).rows.map(row =>
    Object.fromEntries(Object.entries(row).map(([kop, waarde]) => [kop, waarde ?? ''])),
  )

/** A preset, in JSON, and no table. */
const GEEN_TABEL = ['/uitwisselingen/gegevens/export']

const EURO = (kolom: string) => `replace(to_char(${kolom} / 100.0, 'FM9999999990.00'), '.', ',')`
const DAG = (kolom: string) => `to_char(${kolom}, 'DD-MM-YYYY')`

/** What the tables say, in the words of the file; the columns named here are compared. */
const WAARHEID: { naam: string; rol: Rol; url: string; sql: string }[] = [
  {
    naam: 'toewijzingen',
    rol: 'consulent',
    url: '/toewijzingen/export',
    sql: `select t.nummer::text as "Toewijzingnummer", t.gemeente as "Gemeentecode", v.code as "Productcode",
            v.volume::text as "Volume", ${EURO('v.budget')} as "Budget", ${DAG('v.ingang')} as "Ingangsdatum",
            ${DAG('v.eind')} as "Einddatum"
          from toegang.toewijzing t join toegang.toewijzing_versie v
            on (v.gemeente, v.toewijzing_id, v.versie) = (t.gemeente, t.toewijzing_id, t.actuele_versie)`,
  },
  {
    naam: 'declaraties',
    rol: 'backoffice',
    url: '/declaraties/export',
    sql: `select nummer as "Declaratienummer", gemeente as "Gemeentecode", ${DAG('maand')} as "Maand",
            ${DAG('dagtekening')} as "Dagtekening", ${EURO('ingediend')} as "Ingediend", ${EURO('toegekend')} as "Toegekend"
          from declaraties.declaratie`,
  },
  {
    naam: 'contracten',
    rol: 'contractmanager',
    url: '/contracten/export',
    sql: `select c.nummer as "Contractnummer", a.agb as "AGB-code", ${DAG('lower(v.geldigheid)')} as "Begin",
            ${DAG('upper(v.geldigheid) - 1')} as "Eind"
          from contracten.contract c join contracten.contractversie v using (contract_id)
          join aanbieders.aanbieder a on a.aanbieder_id = c.aanbieder_id`,
  },
  {
    naam: 'aanbieders',
    rol: 'contractmanager',
    url: '/aanbieders/export',
    sql: 'select agb as "AGB-code", kvk as "KvK-nummer", naam as "Naam" from aanbieders.aanbieder',
  },
  {
    naam: 'berichten',
    rol: 'backoffice',
    url: '/berichten/export',
    sql: `select soort as "Soort", gemeente as "Gemeentecode", identificatie as "Identificatie",
            ${DAG('dagtekening')} as "Dagtekening", regels::text as "Regels", bevindingen::text as "Bevindingen"
          from berichten.bericht`,
  },
  {
    naam: 'besteed per gemeente',
    rol: 'controller',
    url: '/cijfers?jaar=2026&deel=gemeenten',
    sql: `select gemeente as "Code", ${EURO('sum(bedrag)')} as "Besteed" from sturing.maandcijfer
          where maand >= '2026-01-01' group by 1`,
  },
]

const sorteer = (blad: Blad) => blad.map(rij => JSON.stringify(rij)).sort()

describe('wat de tabellen zeggen', () => {
  test.each(WAARHEID)('$naam', async ({ rol, url, sql }) => {
    const verwacht = await rijen(sql)
    expect(verwacht.length).toBeGreaterThan(0)
    const koppen = Object.keys(verwacht[0] ?? {})
    const { csv } = await haal(rol, url)
    const gekozen = csv.map(rij => Object.fromEntries(koppen.map(kop => [kop, rij[kop] ?? 'ontbreekt'])))
    expect(sorteer(gekozen)).toEqual(sorteer(verwacht))
  })

  test('een declaratie en een contract, regel voor regel', async () => {
    const [{ pad, contract } = { pad: '', contract: '' }] = (await rijen(`
      select '/declaraties/' || gemeente || '/' || declaratie_id as pad,
             (select '/contracten/' || contract_id from contracten.contract limit 1) as contract
      from declaraties.declaratie where gemeente = '${GEMEENTE_A}'`)) as { pad: string; contract: string }[]
    const regels = (await haal('backoffice', `${pad}/export`)).csv
    expect(regels.map(r => [r.Referentienummer, r.Productcode, r.Tarief, r.Bedrag, r.Begindatum])).toEqual([
      ['F0', '45A04', '0,01', '0,10', '01-01-2026'],
      ['000', '45A04', '90,00', '630,00', '01-02-2026'],
    ])
    const tarieven = (await haal('contractmanager', `${contract}/export`)).csv
    expect(tarieven.find(t => t.Productcode === '44A07')?.Tarief).toMatch(/^(150,00|165,00)$/)
  })
})

test('de API noemt dezelfde bedragen, datums en codes als het bestand', async () => {
  const { headers } = await login('backoffice', { gemeenten: GEMEENTEN })
  const { csv } = await haal('backoffice', '/berichten/export')
  const { berichten } = (await app.inject({ url: '/api/v1/berichten?aantal=100', headers })).json()
  const api = berichten.map((b: Record<string, unknown>) => [
    b.soort,
    b.identificatie,
    String(b.dagtekening).split('-').reverse().join('-'),
  ])
  expect(api.sort()).toEqual(csv.map(rij => [rij.Soort, rij.Identificatie, rij.Dagtekening]).sort())
})

describe('elk bestand', () => {
  test('is in XLSX cel voor cel wat het in CSV is', async () => {
    const routes = app.routeLijst.filter(
      ({ methode, pad }) =>
        methode === 'GET' && pad.endsWith('/export') && !pad.includes(':') && !GEEN_TABEL.includes(pad),
    )
    expect(routes.length).toBeGreaterThan(8)
    for (const { pad, recht } of routes) {
      const rol = ROLLEN.find(r => (ROL[r].rechten as readonly string[]).includes(recht))
      if (rol === undefined) throw new Error(`nobody may ${pad}`)
      const { csv, xlsx } = await haal(rol, pad)
      // A text that could be a formula has an apostrophe in CSV only.
      expect(xlsx, pad).toEqual(
        csv.map(rij =>
          Object.fromEntries(Object.entries(rij).map(([k, v]) => [k, v.replace(/^'(?=[=+\-@])/, '')])),
        ),
      )
    }
  })
})
