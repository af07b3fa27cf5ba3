import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dateInNederland, firstOfMonth } from '../../src/platform/dates.ts'
import { toXlsx } from '../../src/platform/http/export.ts'
import {
  keuzelijst,
  knop,
  kop,
  link,
  MUIS,
  tekstVan,
  tekstveld,
  vinkje,
  watchErrors,
} from '../support/bediening.ts'
import { BREED, launchBrowser } from '../support/browser.ts'
import { samenhang } from '../support/cli.ts'
import { emptyDatabase } from '../support/database.ts'
import { startProvider, type Testprovider } from '../support/oidc.ts'
import { killHard } from '../support/proces.ts'
import { declaratiebericht, testBsn, toBytes } from '../support/regio.ts'
import { startWebproces, type Webproces } from '../support/webproces.ts'

/**
 * A region moves in: an empty production database, a login provider, a first administrator made on the server, and from there to the
 * first payment and the first figure with nothing but pages and files, in under forty page loads.
 */
const HOOGSTENS = 40

const db = await emptyDatabase()
const data = mkdtempSync(join(tmpdir(), 'samenhang-intrek-'))
const sleutel = randomBytes(32)
let provider: Testprovider
let proces: Webproces
let browser: Browser
let base = ''

beforeAll(async () => {
  provider = await startProvider(
    login => ({ sub: login, email: `${login}@regio.example`, email_verified: true }),
    // As a municipality sets up its own provider: its people are not asked whether their own employer may know who they are.
    {
      loadExistingGrant: async ctx => {
        const { client, session, provider: op } = ctx.oidc
        const grant = new op.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
    },
  )
  const env = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'samenhang', OIDC_CLIENT_SECRET: 'geheim' }
  proces = await startWebproces({ databaseUrl: db.url, sleutel, data, env })
  base = proces.url.replace('127.0.0.1', 'localhost')
  provider.start(base)
  const eerste = [
    '--naam',
    'Bea Beheer',
    '--email',
    'bea@regio.example',
    '--organisatie',
    'Regio',
    '--rol',
    'beheerder',
  ]
  const gemaakt = await samenhang(db, ['gebruiker', 'maak', ...eerste], {
    ...env,
    SAMENHANG_SLEUTEL: sleutel.toString('base64'),
    SAMENHANG_DATA: data,
  })
  expect(gemaakt.stderr).toBe('')
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  if (proces) await killHard(proces.child)
  provider?.close()
  rmSync(data, { recursive: true, force: true })
})

/** Care was given all of last month, by an agreement that began a year before that. */
const maand = firstOfMonth(addDays(firstOfMonth(dateInNederland(new Date())), -1))
const begin = `${Number(maand.slice(0, 4)) - 1}-01-01`
const dutch = (datum: string) => datum.split('-').reverse().join('-')
const AGB = '99990001'

const csv = (kop: string, ...rijen: string[]) => Buffer.from(`${[kop, ...rijen].join('\r\n')}\r\n`)
const REGIO = {
  'segmenten.csv': csv(
    'Code;Wet;Naam;Omschrijving;Bron;Volgorde',
    'ambulant;jw;Ambulante jeugdhulp;Hulp thuis;Inkoopstrategie;1',
  ),
  'producten.csv': csv(
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte',
    `jw;45A04;${dutch(begin)};45;Jeugdhulp ambulant;ambulant;04;inspanning;100`,
  ),
  'aanbieders.csv': csv('AGB-code;Naam;IBAN', `${AGB};De Brug;NL91ABNA0417164300`),
  'contracten.csv': csv(
    'Nummer;Aanbieder;Loopt: eerste dag;Segmenten;Gemeenten',
    `C-1;${AGB};${dutch(begin)};ambulant;0355`,
  ),
  'tarieven.xlsx': await toXlsx(
    ['Contract', 'Wet', 'Product', 'Geldig: eerste dag', 'Tarief'].map((kop, i) => ({
      kop,
      waarde: (rij: string[]) => rij[i] ?? null,
    })),
    [['C-1', 'jw', '45A04', dutch(begin), '90,00']],
  ),
  'plafonds.csv': csv(
    'Segment;Gemeente;Jaar;Bedrag;Vastgesteld op',
    `ambulant;0355;${maand.slice(0, 4)};1.250.000;${dutch(begin)}`,
  ),
}
const LOPEND = csv(
  'Gemeente;Wet;Toewijzingnummer;Toewijzingsdatum;BSN;Naam;Geboortedatum;Geslacht;Aanbieder;Productcategorie;Productcode;Geldig: eerste dag;Volume;Eenheid;Frequentie;Levering begonnen',
  `0355;jw;7;${dutch(begin)};${testBsn(0)};Sem;05-04-2012;Man;${AGB};45;45A04;${dutch(begin)};20;Uur;4;${dutch(begin)}`,
)
const DECLARATIE = toBytes(
  declaratiebericht({
    identificatie: 'D1',
    gemeente: '0355',
    agb: AGB,
    nummer: 'D1',
    maand,
    dagtekening: dateInNederland(new Date()),
    regels: [{ nummer: 7, client: 0, referentie: 'R1', tarief: 9000 }],
  }),
)

let geladen = 0
const fouten: string[][] = []

/** Somebody with a browser of their own, logged in by the provider. */
async function arrives(login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: BREED, javaScriptEnabled: false })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  // What somebody asks for; not that a page which waits for a file looks again by itself, which depends on how busy the machine is.
  page.on('request', request => {
    const vraagt = request.isNavigationRequest() && request.redirectedFrom() === null
    if (vraagt && !(request.method() === 'GET' && request.url() === page.url())) geladen += 1
  })
  await page.goto(base)
  await link(page, /^Inloggen/).click()
  await page.locator('input[name="login"]').fill(login)
  await page.locator('input[name="password"]').fill('x')
  await page.locator('button[type="submit"]').click()
  await kop(page, /^Welkom/)
  // What goes wrong on the pages of the provider is not ours.
  fouten.push(watchErrors(page))
  return page
}

/** Chooses files on the page, sees what they would do, and does it. */
async function brings(page: Page, bestanden: Readonly<Record<string, Buffer>>, door: string): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(
    Object.entries(bestanden).map(([name, buffer]) => ({
      name,
      buffer,
      mimeType: 'application/octet-stream',
    })),
  )
  await knop(page, /^Bekijk wat/).click()
  await knop(page, door).click()
  await page.getByText('Dit is gedaan').first().waitFor()
}

/** Fills in one user, and saves with this button. */
async function adds(
  page: Page,
  [naam, rol, agb]: readonly [naam: string, rol: string, agb?: string],
  met = 'Opslaan',
): Promise<void> {
  await tekstveld(page, 'Naam').fill(naam)
  await tekstveld(page, 'E-mailadres').fill(`${naam.split(' ')[0]?.toLowerCase()}@regio.example`)
  await tekstveld(page, 'Organisatie').fill('Regio')
  await MUIS.kiesUit(keuzelijst(page, 'Rol'), rol)
  if (['Backoffice', 'Controller'].includes(rol)) await MUIS.kies(vinkje(page, /Zeist/))
  if (agb !== undefined) await tekstveld(page, 'AGB-code').fill(agb)
  await Promise.all([page.waitForEvent('framenavigated'), knop(page, met).click()])
  await page.getByText('De gebruiker is opgeslagen').waitFor()
}

test('van een lege database naar de eerste betaling en het eerste cijfer', async () => {
  const bea = await arrives('bea')
  expect(await tekstVan(bea.locator('main'))).toContain('Nog in te richten: gemeenten')
  await link(bea, /^Ga naar Inrichten/).click()
  await brings(bea, { 'gemeenten.csv': csv('Code;Naam', '0355;Zeist') }, 'Voer alles door')
  await link(bea, 'Gebruikers').click()
  await link(bea, 'Gebruiker toevoegen').click()
  await adds(bea, ['Mila Contract', 'Contractmanager'], 'Opslaan en nog iemand toevoegen')
  await adds(bea, ['Bo Backhuis', 'Backoffice'], 'Opslaan en nog iemand toevoegen')
  await adds(bea, ['Carla Cijfer', 'Controller'])

  const mila = await arrives('mila')
  await link(mila, /^Ga naar Inrichten/).click()
  await brings(mila, REGIO, 'Voer alles door')

  await link(bea, 'Gebruiker toevoegen').click()
  await adds(bea, ['Anna Aanbod', 'Aanbieder', AGB])

  const bo = await arrives('bo')
  await link(bo, 'Toewijzingen').click()
  await link(bo, 'Neem over uit een ander systeem').click()
  await brings(bo, { 'lopend.csv': LOPEND }, 'Voer dit door')

  const anna = await arrives('anna')
  await link(anna, 'Bericht aanleveren').click()
  await anna
    .locator('input[type="file"]')
    .setInputFiles({ name: 'd.xml', buffer: DECLARATIE, mimeType: 'text/xml' })
  await knop(anna, 'Lever aan').click()
  await kop(anna, 'Uitkomst van uw aanlevering')
  expect(await tekstVan(anna.locator('main'))).toContain('Het bericht is helemaal goedgekeurd en verwerkt.')

  const carla = await arrives('carla')
  await link(carla, 'Betalingen').click()
  await link(carla, 'Per declaratie').click()
  await MUIS.kies(carla.getByRole('row').filter({ hasText: 'D1' }).getByRole('checkbox'))
  await knop(carla, 'Leg gekozen betalingen vast').click()
  await knop(carla, 'Leg € 900,00 vast als betaald').click()
  await kop(carla, 'Betalingen per declaratie')
  expect(await tekstVan(carla.getByRole('row').filter({ hasText: 'D1' }))).toContain('Betaald')
  // In January the page begins with a year in which nothing was claimed yet.
  if (maand.slice(0, 4) === dateInNederland(new Date()).slice(0, 4)) await link(carla, 'Cijfers').click()
  else await carla.goto(`${base}/cijfers?jaar=${maand.slice(0, 4)}`)
  await kop(carla, 'Regio in cijfers')
  expect(await tekstVan(carla.locator('main'))).toContain(`Besteed in ${maand.slice(0, 4)} € 900 `)

  expect(fouten.flat()).toEqual([])
  expect(geladen).toBeLessThan(HOOGSTENS)
  process.stdout.write(`${geladen} bladzijden geladen\n`)
}, 300_000)
