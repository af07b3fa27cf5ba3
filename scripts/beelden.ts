// Makes the pictures of the README and the handleiding: starts a demonstration region of its own in a temporary folder,
// looks at it as each role would, and stops it again. Run: npm run beelden (or, on a demonstration that runs: npm run beelden -- http://localhost:8080)
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
import { withDemonstratie } from './demonstratie.ts'
import { prepare } from './setup.mjs'

interface Beeld {
  naam: string
  /** As on the button of the login page. */
  rol: string
  pad: string
  /** The links that lead on from there, one after the other, to the page of the picture. */
  volg?: readonly string[]
  /** The part that is unfolded for the picture. */
  open?: string
  /** What stands at the top of the picture; the top of the page when absent. */
  vanaf?: string
}

/** In the register of policy: the link to the run of a dossier. */
const DOORLOOP = 'tbody a[href^="/beleid/doorlopen/"]'

const BEELDEN: readonly Beeld[] = [
  { naam: 'cijfers', rol: 'contractmanager', pad: '/cijfers' },
  { naam: 'aanbieders', rol: 'contractmanager', pad: '/cijfers/aanbieders' },
  { naam: 'start-backoffice', rol: 'backoffice', pad: '/' },
  { naam: 'berichten', rol: 'backoffice', pad: '/berichten?staat=deels-afgekeurd' },
  {
    naam: 'declaratie',
    rol: 'backoffice',
    pad: '/declaraties?uitkomst=deels',
    volg: ['tbody a'],
    open: 'tbody summary',
    vanaf: '#regels',
  },
  { naam: 'toewijzing', rol: 'consulent', pad: '/toewijzingen?stand=geldig', volg: ['tbody a'] },
  { naam: 'betalingen', rol: 'controller', pad: '/betalingen' },
  { naam: 'start-aanbieder', rol: 'aanbieder', pad: '/' },
  { naam: 'start-bestuur', rol: 'bestuur', pad: '/' },
  { naam: 'inzagelogboek', rol: 'privacy officer', pad: '/audit' },
  { naam: 'gebruikers', rol: 'beheerder', pad: '/beheer/gebruikers' },
  { naam: 'beleid', rol: 'beleidsadviseur', pad: '/beleid' },
  {
    naam: 'wiel',
    rol: 'beleidsadviseur',
    pad: '/beleid?doorloop=loopt',
    volg: [DOORLOOP],
    vanaf: '.sam-tweeluik',
  },
  {
    naam: 'vraag',
    rol: 'beleidsadviseur',
    pad: '/beleid?doorloop=loopt',
    volg: [DOORLOOP, '.sam-vragenlijst a[href$="/vragen/k2"]'],
  },
  {
    naam: 'conclusieblad',
    rol: 'raad',
    pad: '/beleid?doorloop=vastgesteld',
    volg: ['tbody a', 'tbody a[href$="/blad"]'],
  },
  { naam: 'doelenboom', rol: 'beleidsadviseur', pad: '/doelen' },
  { naam: 'uitwisselingen', rol: 'privacy officer', pad: '/uitwisselingen' },
]

/** What fits on a laptop and on a telephone; a whole page would be unreadable in a document. */
const MATEN = [
  { width: 1280, height: 760 },
  { width: 390, height: 760 },
] as const

const root = await prepare({ build: true })
const uit = join(root, 'docs', 'beeld')
const [gegeven] = process.argv.slice(2)
if (gegeven === undefined) await withDemonstratie(shootAll)
else await shootAll(gegeven)

async function shootAll(base: string): Promise<void> {
  const browser = await launchBrowser()
  mkdirSync(uit, { recursive: true })
  for (const beeld of BEELDEN) for (const maat of MATEN) await shoot(browser, base, beeld, maat)
  await browser.close()
}

async function shoot(
  browser: Browser,
  base: string,
  { naam, rol, pad, volg, open, vanaf }: Beeld,
  maat: (typeof MATEN)[number],
): Promise<void> {
  const context = await browser.newContext({ viewport: maat })
  const page = await context.newPage()
  await page.goto(`${base}/inloggen?naar=${encodeURIComponent(pad)}`)
  const inloggen = page.getByRole('button', { name: new RegExp(`^Kijk als ${rol}:`) })
  await Promise.all([page.waitForEvent('load'), inloggen.click()])
  for (const link of volg ?? [])
    await Promise.all([page.waitForEvent('load'), page.locator(link).first().click()])
  if (open !== undefined) await page.locator(open).first().click()
  if (vanaf !== undefined)
    await page.locator(vanaf).first().evaluate('element => element.scrollIntoView({ block: "start" })')
  await page.screenshot({ path: join(uit, `${naam}-${maat.width}.png`) })
  await context.close()
}
