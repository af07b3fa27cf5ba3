import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkBytes } from '../../src/domains/istandaard/index.ts'
import type { Rol } from '../../src/platform/auth/rollen.ts'
import { testApp } from '../support/app.ts'
import {
  download,
  type Hand,
  knop,
  kop,
  link,
  MUIS,
  reis as maakReis,
  TOETSEN,
  tekstVan,
} from '../support/bediening.ts'
import { launchBrowser } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import {
  AANBIEDERS,
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../support/regio.ts'
import { tellInOrder } from '../support/verhaal.ts'

tellInOrder()

/**
 * What five people come to do, in a real browser without JavaScript: once with the mouse and once with the keyboard
 * alone. Each starts at the login page and follows only what the pages show.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app } = await testApp(db, omgeving)

let browser: Browser
let base = ''

/** Who logs in, by the name on the demonstration login page. */
const MENSEN: readonly (readonly [string, Rol])[] = [
  ['Bo Backhuis', 'backoffice'],
  ['Carla Cijfer', 'controller'],
  ['Mila Contract', 'contractmanager'],
  ['Anna Aanbod', 'aanbieder'],
  ['Puck Privacy', 'privacy-officer'],
]

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  for (const [naam, rol] of MENSEN)
    await db.owner.query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder, demonstratie)
       values ($1, $1 || '@test.example', 'Test', $2, $3, $4, true)`,
      [
        naam,
        rol,
        rol === 'backoffice' || rol === 'controller' ? [GEMEENTE_A] : [],
        rol === 'aanbieder' ? aanbieders.get(AGB_A) : null,
      ],
    )
  for (const { client, nummer } of BEURTEN)
    await lever(
      omgeving,
      toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client }),
      startbericht({ identificatie: `S${nummer}`, nummer, client }),
      toewijzingsbericht({
        identificatie: `T${nummer + 1}`,
        nummer: nummer + 1,
        client,
        code: '44A07',
        product: { omvang: { volume: 5, eenheid: '14', frequentie: '2' } },
      }),
    )
  base = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const BEURTEN = [
  { hand: 'de muis', met: MUIS, client: 0, nummer: 100 },
  { hand: 'het toetsenbord', met: TOETSEN, client: 1, nummer: 200 },
] as const

const reis = (rol: string, met: Hand, fn: (page: Page) => Promise<void>) =>
  maakReis({ browser, base, rol, met }, fn)

describe.each(BEURTEN)('met $hand', ({ met, client, nummer }) => {
  const declaratie = `D${nummer}`
  /** One line of 10 hours at € 90, and one at € 95 where the contract says € 90. */
  const bestand = toBytes(
    declaratiebericht({
      identificatie: declaratie,
      nummer: declaratie,
      regels: [
        { nummer, client, referentie: `${declaratie}A` },
        {
          nummer: nummer + 1,
          client,
          code: '44A07',
          volume: 2,
          tarief: 16_000,
          referentie: `${declaratie}B`,
        },
      ],
    }),
  )

  test('backoffice levert een declaratie aan, leest waarom een regel is afgekeurd en volgt die naar de toewijzing', async () => {
    await reis('backoffice', met, async page => {
      await met.kies(link(page, 'Berichtenverkeer'))
      await met.kies(link(page, 'Bericht aanleveren'))
      await met.bestand(page.getByLabel('Bestanden'), 'declaratie.xml', bestand)
      await met.kies(knop(page, 'Lever aan'))
      await kop(page, 'Uitkomst van uw aanlevering')
      expect(await tekstVan(page.locator('main'))).toContain('Een deel van de regels is afgekeurd.')
      await met.kies(link(page, 'Bekijk het bericht'))
      await kop(page, `Declaratie ${declaratie}`)
      expect(await tekstVan(page.locator('main'))).toContain('1 van 2 regels is afgekeurd')
      await met.kies(page.locator('main').getByRole('link', { name: 'De declaratie met alle regels' }))
      const rij = page.getByRole('row', { name: new RegExp(`^${declaratie}B `) })
      expect(await tekstVan(rij)).toContain('Afgekeurd')
      const uitleg = page.locator('details').filter({ hasText: `${declaratie}B` })
      await met.kies(uitleg.locator('summary'))
      const waarom = await tekstVan(uitleg)
      expect(waarom).toContain('Het tarief is anders dan in het contract')
      expect(waarom).toContain('€ 160,00')
      expect(waarom).toContain('€ 150,00')
      await met.kies(rij.getByRole('link', { name: `Toewijzing ${nummer + 1}` }))
      await kop(page, new RegExp(`${nummer + 1}`))
      expect(await tekstVan(page.locator('main'))).toContain('Pleegzorg')
    })
  })

  test('aanbieder ziet hetzelfde bericht, de reden, het antwoordbericht en wat er betaald wordt', async () => {
    await reis('aanbieder', met, async page => {
      await met.kies(link(page, 'Berichtenverkeer'))
      await met.kies(link(page, `Declaratie ${declaratie}`))
      await kop(page, `Declaratie ${declaratie}`)
      expect(await tekstVan(page.locator('main'))).toContain('Het tarief is anders dan in het contract')
      await met.kies(page.locator('main').getByRole('link', { name: /^Het antwoord/ }))
      await kop(page, /^Antwoord op declaratie/)
      const antwoord = checkBytes(await download(link(page, 'Download het bestand').first(), met))
      expect(antwoord).toMatchObject({ bericht: 'JW325', domein: 'jw', niveau: null, bevindingen: [] })
      await met.kies(link(page, 'Betalingen'))
      await met.kies(link(page, 'Per declaratie'))
      const rij = page.getByRole('row').filter({ hasText: declaratie })
      expect(await tekstVan(rij)).toContain('€ 900,00')
    })
  })

  test('controller vindt de betaling en legt vast dat zij is gedaan', async () => {
    await reis('controller', met, async page => {
      await met.kies(link(page, 'Betalingen'))
      await met.kies(link(page, 'Per declaratie'))
      const rij = page.getByRole('row').filter({ hasText: declaratie })
      await met.kies(rij.getByRole('checkbox'))
      await met.kies(knop(page, 'Leg gekozen betalingen vast'))
      await kop(page, 'Betalingen vastleggen')
      expect(await tekstVan(page.locator('main'))).toContain(
        'U legt vast dat 1 betaling is gedaan, samen € 900,00.',
      )
      await met.kies(knop(page, 'Leg € 900,00 vast als betaald'))
      await kop(page, 'Betalingen per declaratie')
      expect(await tekstVan(page.getByRole('row').filter({ hasText: declaratie }))).toContain('Betaald')
    })
    const { rows } = await db.owner.query(
      `select betaald_op::text from declaraties.betaling join declaraties.declaratie d using (gemeente, declaratie_id) where d.nummer = $1`,
      [declaratie],
    )
    expect(rows).toEqual([{ betaald_op: '2026-03-16' }])
  })

  test('contractmanager leest de cijfers van de regio, filtert op wet en segment, en neemt ze mee', async () => {
    await reis('contractmanager', met, async page => {
      await met.kies(link(page, 'Cijfers'))
      await kop(page, 'Regio in cijfers')
      await met.kiesUit(page.getByRole('combobox', { name: /^Wet/ }), 'Jeugdwet')
      await met.kiesUit(page.getByRole('combobox', { name: /^Segment/ }), 'Ambulante')
      await met.kies(knop(page, 'Toon'))
      await page.waitForURL(/segment=J-AMB/)
      expect(page.url()).toContain('wet=jw')
      const csv = await download(
        link(page, 'Download Besteed per maand waarin de zorg is gegeven als CSV'),
        met,
      )
      const { rows } = await db.owner.query(
        `select sum(bedrag)::int as bedrag from sturing.maandcijfer m join contracten.segment s using (segment_id)
         where s.code = 'J-AMB' and maand = '2026-02-01'`,
      )
      expect(rows[0].bedrag).toBeGreaterThan(0)
      expect(csv.toString()).toContain(String(rows[0].bedrag / 100))
    })
  })

  test('privacy officer ziet wie wat heeft geopend', async () => {
    await reis('privacy officer', met, async page => {
      await met.kies(link(page, 'Inzagelogboek'))
      await kop(page, 'Inzagelogboek')
      await met.kiesUit(page.getByRole('combobox', { name: /^Wie/ }), 'Bo')
      await met.kies(knop(page, 'Filter'))
      await page.waitForURL(/wie=/)
      const rijen = page.locator('tbody tr')
      const wie = await rijen.allInnerTexts()
      expect(wie.length).toBeGreaterThan(0)
      for (const rij of wie) expect(rij).toContain('Bo Backhuis')
      expect(await tekstVan(page.locator('main'))).not.toContain(AANBIEDERS[AGB_A])
    })
  })
})
