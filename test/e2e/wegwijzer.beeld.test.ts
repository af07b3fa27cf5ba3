import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watchErrors } from '../support/bediening.ts'
import { beantwoord, voldoeVoorwaarden } from '../support/beleid.ts'
import { BREED, launchBrowser, SMAL, visit } from '../support/browser.ts'
import { postFormulier } from '../support/formulier.ts'
import { readPdf, squeeze } from '../support/pdf.ts'
import { tellInOrder } from '../support/verhaal.ts'
import { werkvormOpstelling } from '../support/werkvorm.ts'

tellInOrder()

/** The pages of the Wegwijzer that go furthest: on a telephone, and on paper. */
// The pages load the real style sheet and scripts: they must be there before the server starts.
const browser: Browser = await launchBrowser()
const t = await werkvormOpstelling()
const { doorloop } = t
const pad = `/beleid/doorlopen/${doorloop}`
let base = ''

/** What lies between the margins of an A4 sheet. */
const A4 = { width: 680, height: 1000 }
/** A mark per sentence: a sentence may go on over the page, a mark stands on one. */
const MERKEN = Array.from({ length: 40 }, (_, i) => `(${i + 101})`)
const LANG = `${MERKEN.map(merk => `Bij ${merk} vroegen inwoners met een klein netwerk later om hulp dan goed voor hen is.`).join(' ')} Slotzin.`
const TWAALF = Array.from(
  { length: 12 },
  (_, i) => `Conclusie ${i + 1}: wat we in de wijken anders gaan doen.`,
)
const BOUWSTENEN = ['Kwetsbare inwoners', 'Omvang van het vangnet', 'Partners', 'Informatiestromen']
const KWADRANTEN = ['kwetsbaar', 'vangnet', 'partners', 'informatie']
const RICHTINGEN = ['behouden', 'opzetten', 'versterken', 'curatief', 'loslaten']

beforeAll(async () => {
  base = await t.app.listen({ port: 0, host: '127.0.0.1' })
  await voldoeVoorwaarden(t.db, doorloop)
  await post(`${pad}/voorwaarden`, {
    code: 'rk1',
    versie: '1',
    stand: 'gemotiveerd',
    motivering: 'Volgt in mei.',
    eigenaar: String(t.adviseur.gebruikerId),
  })
  await post(`${pad}/vragen/p1`, { staat: 'beantwoord', tekst: LANG, versie: '0' })
  await post(`${pad}/vragen/p1`, { staat: 'beantwoord', tekst: `${LANG} Tweede.`, versie: '1' })
  await post(
    `${pad}/vragen/p1/bijdragen`,
    { soort: 'dilemma', bijdrage: 'De buurt weet niet wat er is.' },
    `${pad}/vragen/p1`,
  )
  await beantwoord(t.db, doorloop, 'hoe')
  for (const [i, tekst] of TWAALF.entries())
    await post(`${pad}/conclusies/nieuw`, {
      tekst,
      kwadrant: KWADRANTEN[i % 4] ?? '',
      richting: RICHTINGEN[i % 5] ?? '',
      raakt: i % 2 === 0 ? 'nieuw' : 'bestaand',
      kenmerken: i === 3 ? ['gegevens-domeinen', 'keuze-sturen'] : [],
    })
  const [hulp] = t.aanbod
  const plek = { x: '2', y: '3', rol: 'overnemen' }
  const velden = Object.entries(plek).map(([veld, waarde]) => [`nu-${veld}-${hulp}`, waarde])
  await post(`${pad}/verschuiving`, { ...Object.fromEntries(velden), [`versie-${hulp}`]: '0' })
})
afterAll(() => browser.close())

type Velden = Readonly<Record<string, string | readonly string[]>>

/** Posts a form as the adviser does, from the page `van` that it stands on. */
async function post(naar: string, velden: Velden, van = naar): Promise<void> {
  const { statusCode, body } = await postFormulier(t.app, naar, van, velden, t.adviseur)
  if (statusCode !== 303) throw new Error(`${naar}: ${statusCode} ${body.slice(0, 500)}`)
}

async function open(venster: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport: venster })
  const [name = '', value = ''] = t.adviseur.headers.cookie.split('=')
  await context.addCookies([{ name, value, url: base }])
  return context.newPage()
}

const PAGINAS = [
  ['het blad', '/blad', 'Alle keuzes op een rij: Huishoudelijke ondersteuning'],
  ['een vraag', '/vragen/p1', 'Welke vorm van partnerschap hebben we nu voornamelijk?'],
  ['het wiel', '', 'Huishoudelijke ondersteuning: doorloop 1'],
  ['de kaart', '/verschuiving', 'Van curatief naar preventief'],
] as const

const OP_PAPIER = [
  ...PAGINAS,
  ['de cirkel', '/cirkel', 'Cirkel van zelfredzaamheid'],
  ['de risicomatrix', '/risico', 'Risicomatrix'],
  ['de knoppen', '/knoppen', 'Knoppen'],
  ['de instrumenten', '/instrumenten', 'Mix van instrumenten'],
  ['de voorwaarden', '/voorwaarden', 'Randvoorwaarden'],
  ['de conclusies', '/conclusies', 'Conclusies: Huishoudelijke ondersteuning'],
] as const

describe.each(PAGINAS)('%s', (_, deel, kop) => {
  test('past op een telefoon en is er voor iedereen', async () => {
    const page = await open(SMAL)
    expect(await visit(page, `${base}${pad}${deel}`, { kop })).toEqual([])
    await page.context().close()
  })
})

describe.each(OP_PAPIER)('%s', (_, deel, kop) => {
  test('staat compleet op papier', async () => {
    const page = await open(A4)
    const fouten = watchErrors(page)
    await page.goto(`${base}${pad}${deel}`)
    const opScherm = await page.locator('main').innerText()
    await page.emulateMedia({ media: 'print' })
    expect(await listCut(page), 'cut off on paper').toEqual([])
    // What a mouse makes appear must also stand on the page.
    const bijMuis = await page
      .locator('main [title]')
      .evaluateAll(alle => alle.map(e => e.getAttribute('title')))
    for (const tekst of bijMuis) expect(opScherm.toLowerCase()).toContain(tekst?.toLowerCase())
    const pdf = readPdf(await page.pdf({ format: 'A4', tagged: true }))
    expect(pdf).toMatchObject({ getagd: true, taal: 'nl' })
    expect(pdf.tags.get('H1')).toBe(1)
    expect(pdf.tekst).toContain(squeeze(kop))
    expect(fouten).toEqual([])
    await page.context().close()
  })
})

/** How often this is written on the paper. */
const count = (tekst: string, deel: string) => tekst.split(squeeze(deel)).length - 1

/** Everything in the page that is wider than the paper, or shows only a part of what it holds. */
async function listCut(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const breed = document.documentElement.clientWidth
    const dicht = e => getComputedStyle(e).overflow !== 'visible' || e.tagName === 'TEXTAREA'
    return [...document.querySelectorAll('main *')]
      .filter(e => e.checkVisibility() && !e.closest('.ams-visually-hidden, svg'))
      .filter(e => {
        const { right, width } = e.getBoundingClientRect()
        return width > 1 && (right > breed + 1 || (dicht(e) && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2)))
      })
      .map(e => e.tagName.toLowerCase() + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40))
  })()`)
}

test('een antwoord en zijn vorige versie staan helemaal op papier, ook voor wie ze kan wijzigen', async () => {
  const page = await open(A4)
  await page.goto(`${base}${pad}/vragen/p1`)
  const { tekst } = readPdf(await page.pdf({ format: 'A4', tagged: true }))
  for (const merk of MERKEN) expect(count(tekst, merk), merk).toBe(2)
  expect(count(tekst, 'Slotzin.')).toBe(2)
  expect(count(tekst, 'Tweede.')).toBe(1)
  await page.context().close()
})

test('het blad op papier heeft de vier bouwstenen, elke conclusie met elke juridische reden, en de antwoorden', async () => {
  const page = await open(BREED)
  await page.goto(`${base}${pad}/blad`)
  const pdf = readPdf(await page.pdf({ format: 'A4', tagged: true }))
  for (const deel of [
    ...BOUWSTENEN,
    'Er is geen overkoepelende grondslag',
    'Stuurt de gemeente de keuze van de inwoner',
    'Volgt in mei.',
    'De buurt weet niet wat er is.',
    'Slotzin.',
  ])
    expect(count(pdf.tekst, deel), deel).toBeGreaterThan(0)
  for (const merk of MERKEN) expect(count(pdf.tekst, merk), merk).toBe(1)
  // Once in its box, once under what we are going to do.
  for (const conclusie of TWAALF) expect(count(pdf.tekst, conclusie), conclusie).toBe(2)
  expect(pdf.tags.get('Table')).toBeGreaterThanOrEqual(1)
  expect(pdf.tags.get('TH')).toBeGreaterThanOrEqual(5)
  expect(pdf.tags.get('H2')).toBeGreaterThanOrEqual(4)
  await page.context().close()
})
