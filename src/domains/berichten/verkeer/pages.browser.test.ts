import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { BREED, launchBrowser, SMAL, visit } from '../../../../test/support/browser.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { weigh } from '../../../../test/support/gewicht.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

await laadTestregio(omgeving)
const innames = await lever(
  omgeving,
  toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
  startbericht({ identificatie: 'S1', nummer: 1 }),
  stopbericht({ identificatie: 'P1', nummer: 1 }),
  stopbericht({ identificatie: 'P2', nummer: 44 }),
  declaratiebericht({
    identificatie: 'D1',
    nummer: 'N1',
    regels: Array.from({ length: 30 }, (_, i) => ({ nummer: i + 1, referentie: `R${i}`, volume: 99 - i })),
  }),
)
const pad = (i: number) => `/berichten/${GEMEENTE_A}/${innames[i]?.berichtId}`
const antwoord = (i: number) => `/berichten/${GEMEENTE_A}/${innames[i]?.antwoord?.berichtId}`
const kenmerk = (i: number) => `bericht=${GEMEENTE_A}:${innames[i]?.berichtId}`

const { headers } = await login('backoffice', { gemeenten: [GEMEENTE_A] })
const samenhang = headers.cookie.replace('samenhang=', '')

const nummer = async (i: number) =>
  (
    await db.owner.query<{ identificatie: string }>(
      'select identificatie from berichten.bericht where antwoord_op = $1',
      [innames[i]?.berichtId],
    )
  ).rows[0]?.identificatie

const PAGINAS: readonly (readonly [string, string, string])[] = [
  ['lijst', '/berichten', 'Berichtenverkeer'],
  ['niets gevonden', '/berichten?zoek=bestaatniet', 'Berichtenverkeer'],
  ['toewijzing', pad(0), 'Toewijzing T1'],
  ['start', pad(1), 'Start S1'],
  ['stop', pad(2), 'Stop P1'],
  ['afgekeurde stop', pad(3), 'Stop P2'],
  ['declaratie', pad(4), 'Declaratie D1'],
  ['retour', antwoord(3), `Antwoord op stop ${await nummer(3)}`],
  ['declaratieantwoord', antwoord(4), `Antwoord op declaratie ${await nummer(4)}`],
  ['aanleveren', '/berichten/aanleveren', 'Bericht aanleveren'],
  [
    'uitkomst',
    `/berichten/aanleveren/uitkomst?${kenmerk(0)}&${kenmerk(4)}:eerder`,
    'Uitkomst van uw aanlevering',
  ],
  ['geen uitkomst', '/berichten/aanleveren/uitkomst', 'Uitkomst van uw aanlevering'],
  ['tokens', '/beheer/tokens', 'Toegang voor programma’s'],
]

let browser: Browser
let url = ''
beforeAll(async () => {
  browser = await launchBrowser()
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => browser?.close())

async function openPage(venster: { width: number; height: number }) {
  const context = await browser.newContext({ viewport: venster })
  await context.addCookies([{ name: 'samenhang', value: samenhang, url }])
  return context.newPage()
}

async function shoot(page: Awaited<ReturnType<typeof openPage>>, naam: string, breedte: number) {
  const map = process.env.SAMENHANG_BEELDEN
  if (map === undefined) return
  const path = join(map, `berichten-${naam.replaceAll(' ', '-')}-${breedte}.png`)
  await page.screenshot({ path, fullPage: true })
}

describe.each([BREED, SMAL])('at $width px', venster => {
  it.each(PAGINAS)('%s works, does not scroll sideways and passes axe', async (naam, adres, kop) => {
    const page = await openPage(venster)
    expect(await visit(page, url + adres, { kop })).toEqual([])
    await page.goto(url + adres)
    await shoot(page, naam, venster.width)
    await page.context().close()
  })

  it('a file can be delivered with the keyboard, and a refused one says why', async () => {
    const page = await openPage(venster)
    await page.goto(`${url}/berichten/aanleveren`)
    const identificatie = `K${venster.width}`
    await page.getByLabel('Bestanden').setInputFiles([
      { name: 'kapot.xml', mimeType: 'text/xml', buffer: Buffer.from('<kapot>') },
      {
        name: 'goed.xml',
        mimeType: 'text/xml',
        buffer: toBytes(toewijzingsbericht({ identificatie, nummer: venster.width, client: 2 })),
      },
    ])
    await page.getByRole('button', { name: 'Lever aan' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Eén bestand is niet aangenomen' }).waitFor()
    await shoot(page, 'geweigerd', venster.width)
    await page.getByRole('heading', { name: `Toewijzing ${identificatie}` }).waitFor()
    await page.getByRole('link', { name: 'Bekijk het antwoord' }).press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Antwoord op toewijzing/ }).waitFor()
    await page.context().close()
  })
})

it.each(PAGINAS)('%s is at most 30 kB on the wire', async (_naam, adres) => {
  const { statusCode, gewicht } = await weigh(app, adres, headers)
  expect(statusCode).toBe(200)
  expect(gewicht).toBeLessThanOrEqual(30_000)
})
