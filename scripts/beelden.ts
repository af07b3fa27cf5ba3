// Makes the pictures of the README and the handleiding: starts a demonstration region of its own in a temporary folder,
// looks at it as each role would, and stops it again. Run: npm run beelden (or, on a demonstration that runs: npm run beelden -- http://localhost:8080)
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../test/support/browser.ts'
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

/** Runs `fn` on a demonstration of its own, that is gone afterwards. */
async function withDemonstratie(fn: (base: string) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'samenhang-beelden-'))
  chmodSync(data, 0o755)
  const port = await freePort()
  const server = spawn(
    join(root, 'node_modules', '.bin', 'node'),
    [join(root, 'dist', 'server', 'main.js')],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        SAMENHANG_DATA: data,
        PORT: String(port),
        SAMENHANG_LOG: 'error',
      },
      stdio: 'inherit',
    },
  )
  const stopped = new Promise<void>(resolve => server.on('exit', () => resolve()))
  try {
    const base = `http://localhost:${port}`
    await ready(base, () => server.exitCode !== null)
    await fn(base)
  } finally {
    server.kill('SIGTERM')
    await stopped
    rmSync(data, { recursive: true, force: true })
  }
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
  const inloggen = page.getByRole('button', { name: `Kijk als ${rol}`, exact: true })
  await Promise.all([page.waitForEvent('load'), inloggen.click()])
  for (const link of volg ?? [])
    await Promise.all([page.waitForEvent('load'), page.locator(link).first().click()])
  if (open !== undefined) await page.locator(open).first().click()
  if (vanaf !== undefined)
    await page.locator(vanaf).first().evaluate('element => element.scrollIntoView({ block: "start" })')
  await page.screenshot({ path: join(uit, `${naam}-${maat.width}.png`) })
  await context.close()
}

/** The address answers once the region is loaded; that takes about a minute. */
async function ready(base: string, stopped: () => boolean): Promise<void> {
  for (let i = 0; i < 1200; i += 1) {
    const ok = await fetch(`${base}/klaar`).then(
      response => response.ok,
      () => false,
    )
    if (ok) return
    if (stopped()) break
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  throw new Error('the demonstration does not start')
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
