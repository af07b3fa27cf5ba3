// How long each page takes: of every role every kind of page that can be reached from its start page, asked again and again by one
// person, sorted by the slowest. `npm run bench:paginas` (ADRES for a server that runs, SCHAAL of the region: 1 by default, KEREN).
import { type Antwoord, type Bezoeker, logIn, openProduct } from './bezoek.ts'

const KEREN = Number(process.env.KEREN ?? 20)
/** How many links away from the start page. */
const DIEP = 3
/** Named limits, in pages that read nothing (`VAST`): 95 of 100 pages, and each page. */
const VAST = '/toegankelijkheid'
const GRENS_P95 = 10
const GRENS_ALLE = 25

interface Pagina {
  rol: string
  pad: string
  bytes: number
  p50Ms: number
  p95Ms: number
}

const product = await openProduct(process.env.ADRES ?? '', { schaal: process.env.SCHAAL ?? '1' })
let goed = false
try {
  goed = report(await measureAll(await logIn(product)))
} finally {
  await product.stop()
}
process.exitCode = goed ? 0 : 1

async function measureAll(bezoekers: readonly Bezoeker[]): Promise<Pagina[]> {
  const gemeten: Pagina[] = []
  for (const bezoeker of bezoekers)
    for (const pad of [VAST, ...(await crawl(bezoeker))]) gemeten.push(await measure(bezoeker, pad))
  return gemeten
}

/** One address of each kind of page: those that differ only in a number, a code or what is asked of a list are one kind. */
async function crawl({ cookie, paden }: Bezoeker): Promise<string[]> {
  const gezien = new Map<string, string>()
  let ring = paden
  for (let diep = 0; diep < DIEP; diep += 1) {
    const verder: string[] = []
    for (const pad of ring) {
      if (gezien.has(kindOf(pad))) continue
      const antwoord = await product.vraag(pad, cookie)
      gezien.set(kindOf(pad), isPagina(antwoord) ? pad : '')
      if (isPagina(antwoord)) verder.push(...linksOf(antwoord.body))
    }
    ring = verder
  }
  return [...gezien.values()].filter(pad => pad !== '' && pad !== VAST)
}

function isPagina({ status, soort }: Antwoord): boolean {
  return status === 200 && soort.startsWith('text/html')
}

function linksOf(body: string): string[] {
  return [...body.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter(href => !/uitloggen|inloggen|export|[?&](?:als|formaat)=/.test(href))
}

function kindOf(pad: string): string {
  const { pathname, searchParams } = new URL(pad, 'http://h')
  const vorm = pathname
    .replaceAll(/(?<=\/)[^/]*\d[^/]*/g, ':')
    .replace(/(segmenten|gemeenten)\/[^/]+/, '$1/:')
  return `${vorm}?${[...searchParams.keys()].sort().join('&')}`
}

async function measure({ rol, cookie }: Bezoeker, pad: string): Promise<Pagina> {
  const tijden: number[] = []
  let bytes = 0
  for (let i = -2; i < KEREN; i += 1) {
    const begin = performance.now()
    const antwoord = await product.vraag(pad, cookie)
    const duur = performance.now() - begin
    if (antwoord.status !== 200) throw new Error(`${rol} ${pad}: ${antwoord.status}`)
    bytes = antwoord.bytes
    if (i >= 0) tijden.push(duur)
  }
  return { rol, pad, bytes, p50Ms: at(tijden, 0.5), p95Ms: at(tijden, 0.95) }
}

function at(tijden: readonly number[], deel: number): number {
  const gesorteerd = [...tijden].sort((a, b) => a - b)
  return +(gesorteerd[Math.max(0, Math.ceil(gesorteerd.length * deel) - 1)] ?? 0).toFixed(1)
}

/** The slowest twenty, and whether the limits hold. */
function report(gemeten: readonly Pagina[]): boolean {
  const vast = at(
    gemeten.filter(({ pad }) => pad === VAST).map(({ p95Ms }) => p95Ms),
    0.5,
  )
  const paginas = gemeten.filter(({ pad }) => pad !== VAST).sort((a, b) => b.p95Ms - a.p95Ms)
  for (const { rol, pad, bytes, p50Ms, p95Ms } of paginas.slice(0, 20))
    process.stdout.write(
      `${JSON.stringify({ rol, pad, bytes, p50Ms, p95Ms, verhouding: +(p95Ms / vast).toFixed(1) })}\n`,
    )
  const tijden = paginas.map(({ p95Ms }) => p95Ms)
  const uitslag = {
    bench: 'paginas',
    paginas: paginas.length,
    keren: KEREN,
    vastMs: vast,
    p95Ms: at(tijden, 0.95),
    langzaamsteMs: at(tijden, 1),
    verhouding: +(at(tijden, 0.95) / vast).toFixed(1),
    grens: GRENS_P95,
    verhoudingLangzaamste: +(at(tijden, 1) / vast).toFixed(1),
    grensLangzaamste: GRENS_ALLE,
  }
  process.stdout.write(`${JSON.stringify(uitslag)}\n`)
  return uitslag.verhouding <= GRENS_P95 && uitslag.verhoudingLangzaamste <= GRENS_ALLE
}
