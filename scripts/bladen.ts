// Records what every page of the demonstration says and offers, to everyone: title, headings, fields, buttons and links, per role
// and address. Recorded before and after a rebuild it shows what was lost.
//   node scripts/bladen.ts opnemen FILE              (about five minutes)
//   node scripts/bladen.ts opnemen FILE /doelen …    (only what is under these addresses, and more of each kind)
//   node scripts/bladen.ts vergelijk BEFORE AFTER    (- is gone, + came)
import { readFileSync, writeFileSync } from 'node:fs'
import { withDemonstratie } from './demonstratie.ts'

interface Blad {
  titel: string
  koppen: string[]
  velden: string[]
  knoppen: string[]
  links: string[]
}
/** By role, then by address. */
type Opname = Record<string, Record<string, Blad>>

/** So many pages that differ in nothing but a number or code in their address are looked at. */
const PER_SOORT = 2
const PER_SOORT_ONDER = 12
/** What of a page is compared. */
const DELEN = ['koppen', 'velden', 'knoppen', 'links'] as const

const [opdracht, eerste = '', ...rest] = process.argv.slice(2)
const [tweede = ''] = rest
if (opdracht === 'opnemen') await withDemonstratie(record)
else if (opdracht === 'vergelijk') compare(read(eerste), read(tweede))
else throw new Error('opnemen FILE, or vergelijk BEFORE AFTER')

function read(bestand: string): Opname {
  return JSON.parse(readFileSync(bestand, 'utf8'))
}

async function record(base: string): Promise<void> {
  const { body, cookies } = await get(`${base}/inloggen`)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const opname: Opname = {}
  for (const [, id = '', wie = ''] of body.matchAll(
    /name="gebruiker" value="(\d+)"[\s\S]*?<button[^>]*>([^<]+)</g,
  )) {
    const inlog = await fetch(`${base}/inloggen/demonstratie`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _csrf: csrf, gebruiker: id, naar: '/' }),
    })
    opname[plain(wie)] = await crawl(base, koekjes(inlog))
    process.stderr.write(`${plain(wie)}: ${Object.keys(opname[plain(wie)] ?? {}).length}\n`)
  }
  writeFileSync(eerste, `${JSON.stringify(opname, null, 1)}\n`)
}

/** Every page that links lead to from the start, or from the addresses that were asked, and then only under those. */
async function crawl(base: string, cookie: string): Promise<Record<string, Blad>> {
  const bladen: Record<string, Blad> = {}
  const perSoort = new Map<string, number>()
  const wachtrij = rest.length === 0 ? ['/'] : [...rest]
  const hoort = (href: string) => rest.length === 0 || rest.some(onder => href.startsWith(onder))
  const hoogstens = rest.length === 0 ? PER_SOORT : PER_SOORT_ONDER
  for (let pad = wachtrij.shift(); pad !== undefined; pad = wachtrij.shift()) {
    const soort = shapeOf(pad)
    if (bladen[pad] !== undefined || (perSoort.get(soort) ?? 0) >= hoogstens) continue
    perSoort.set(soort, (perSoort.get(soort) ?? 0) + 1)
    const { status, body, html } = await get(`${base}${pad}`, cookie)
    if (!html) continue
    const blad = readBlad(body)
    bladen[pad] = status === 200 ? blad : { ...blad, titel: `${status} ${blad.titel}` }
    const hrefs = [...body.matchAll(/ href="(\/[^"#]*)/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    )
    const volg = hrefs.filter(href => hoort(href) && !href.startsWith('/assets/') && href !== '/uitloggen')
    wachtrij.push(...volg.sort())
  }
  return bladen
}

/** An address without what tells one thing from another of its kind. */
function shapeOf(adres: string): string {
  const [pad = '', zoek] = adres.split('?')
  const namen = zoek === undefined ? '' : `?${[...new URLSearchParams(zoek).keys()].sort().join('&')}`
  return pad.replaceAll(/\/[^/]*\d[^/]*/g, '/:') + namen
}

function readBlad(body: string): Blad {
  const inhoud = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body
  const all = (vorm: RegExp) => [...inhoud.matchAll(vorm)].map(([, ...delen]) => plain(delen.join(' ')))
  return {
    titel: plain(/<title>([^<]*)/.exec(body)?.[1] ?? ''),
    koppen: all(/<h[1-6][^>]*>([\s\S]*?)<\/h[1-6]>/g),
    velden: [
      ...all(/<(?:label|legend)[^>]*>([\s\S]*?)<\/(?:label|legend)>/g),
      ...all(/<(?:input|select|textarea)[^>]* name="([^"]+)"/g).filter(naam => naam !== '_csrf'),
    ],
    knoppen: all(/<button[^>]*>([\s\S]*?)<\/button>/g),
    links: all(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g),
  }
}

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

async function get(adres: string, cookie = '') {
  const antwoord = await fetch(adres, { redirect: 'manual', headers: { cookie, accept: 'text/html' } })
  const html = (antwoord.headers.get('content-type') ?? '').startsWith('text/html')
  if (!html) await antwoord.body?.cancel()
  return {
    status: antwoord.status,
    html,
    body: html ? await antwoord.text() : '',
    cookies: koekjes(antwoord),
  }
}

function koekjes(antwoord: Response): string {
  return antwoord.headers
    .getSetCookie()
    .map(regel => regel.split(';')[0])
    .join('; ')
}

/** Prints what each page said or offered before and does not now, and what came; ends with 1 when anything is gone. */
function compare(voor: Opname, na: Opname): void {
  const weg = difference(voor, na)
  const erbij = difference(na, voor)
  for (const regel of weg) process.stdout.write(`- ${regel}\n`)
  for (const regel of erbij) process.stdout.write(`+ ${regel}\n`)
  process.stdout.write(`${weg.length} lost, ${erbij.length} came\n`)
  process.exitCode = weg.length === 0 ? 0 : 1
}

/** What pages of `deze` say that they do not say in `ander`. */
function difference(deze: Opname, ander: Opname): string[] {
  return Object.entries(deze).flatMap(([rol, bladen]) =>
    Object.entries(bladen).flatMap(([pad, blad]) => {
      const nu = ander[rol]?.[pad]
      if (nu === undefined) return [`${rol} ${pad}: the page`]
      const titel = nu.titel === blad.titel ? [] : [`titel: ${blad.titel}`]
      const delen = DELEN.flatMap(deel =>
        [...new Set(blad[deel])].filter(tekst => !nu[deel].includes(tekst)).map(tekst => `${deel}: ${tekst}`),
      )
      return [...titel, ...delen].map(wat => `${rol} ${pad}: ${wat}`)
    }),
  )
}
