import { inflateSync } from 'node:zlib'

/** What a reader of a PDF that Chromium printed gets: its words, and the structure that a screen reader walks along. */
export interface Pdf {
  /** All text in the order of the pages, without white space: where a line broke is not said. */
  tekst: string
  /** How often each tag occurs: H1, Table, TH. */
  tags: ReadonlyMap<string, number>
  /** True when the document says that its tags can be relied on. */
  getagd: boolean
  taal: string | undefined
  paginas: number
}

/** Text without white space and with ligatures spelled out, as `Pdf.tekst` holds it. */
export function squeeze(tekst: string): string {
  return tekst.normalize('NFKC').replaceAll(/\s/g, '')
}

/**
 * Reads a PDF as Chromium writes it: every object plain, fonts with a table to Unicode. No other PDF needs to be read here,
 * so a library would be more than the test asks.
 */
export function readPdf(bytes: Buffer): Pdf {
  const bron = bytes.toString('latin1')
  const objecten = new Map(
    [...bron.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, nummer, inhoud = '']) => [
      Number(nummer),
      inhoud,
    ]),
  )
  const tabellen = new Map<string, Tabel>()
  const tabelVan = (font: number) => {
    const naar = Number(/\/ToUnicode (\d+)/.exec(objecten.get(font) ?? '')?.[1])
    return readTabel(inflate(objecten.get(naar) ?? ''))
  }
  const paginas = [...objecten.values()].filter(inhoud => inhoud.includes('/Type /Page\n'))
  let tekst = ''
  for (const pagina of paginas) {
    for (const [, naam = '', nummer] of pagina.matchAll(/\/(F\d+) (\d+) 0 R/g))
      if (!tabellen.has(naam)) tabellen.set(naam, tabelVan(Number(nummer)))
    for (const [, stroom] of pagina.matchAll(/\/Contents (\d+)/g))
      tekst += readTekst(inflate(objecten.get(Number(stroom)) ?? ''), tabellen)
  }
  const tags = new Map<string, number>()
  for (const [, tag = ''] of bron.matchAll(/\/Type \/StructElem\n\/S \/(\w+)/g))
    tags.set(tag, (tags.get(tag) ?? 0) + 1)
  return {
    tekst: squeeze(tekst),
    tags,
    getagd: /\/MarkInfo <<[^>]*\/Marked true/.test(bron),
    taal: /\/Lang \(([\w-]+)\)>>\nendobj/.exec(bron)?.[1],
    paginas: paginas.length,
  }
}

function inflate(object: string): string {
  const stroom = /stream\r?\n(.*)\r?\nendstream/s.exec(object)?.[1]
  return stroom === undefined ? '' : inflateSync(Buffer.from(stroom, 'latin1')).toString('latin1')
}

interface Tabel {
  /** Hexadecimal digits of a code: a font of few glyphs counts in bytes. */
  lengte: number
  tekens: ReadonlyMap<string, string>
}

/** Glyph to text, from the bfchar and bfrange lines of a ToUnicode table. */
function readTabel(cmap: string): Tabel {
  const lengte = /begincodespacerange\n<([0-9A-F]+)>/.exec(cmap)?.[1]?.length ?? 4
  const regel = new RegExp(`^<([0-9A-F]{${lengte}})> (?:<([0-9A-F]{${lengte}})> )?<([0-9A-F]{4,})>$`, 'gm')
  const tekens = new Map<string, string>()
  for (const [, van = '', tot = van, naar = ''] of cmap.matchAll(regel)) {
    const [begin, eind] = [Number.parseInt(van, 16), Number.parseInt(tot, 16)]
    const eerste = Buffer.from(naar, 'hex').swap16().toString('utf16le')
    for (let i = begin; i <= eind; i += 1)
      tekens.set(
        i.toString(16).toUpperCase().padStart(lengte, '0'),
        i === begin ? eerste : String.fromCharCode(eerste.charCodeAt(0) + i - begin),
      )
  }
  return { lengte, tekens }
}

/** The words of one page: each string of glyphs through the table of the font that is set. */
function readTekst(inhoud: string, tabellen: ReadonlyMap<string, Tabel>): string {
  let tabel: Tabel | undefined
  let uit = ''
  for (const [, font, glyphs = ''] of inhoud.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj/g)) {
    if (font !== undefined) tabel = tabellen.get(font)
    const { lengte = 4, tekens } = tabel ?? {}
    for (let i = 0; i < glyphs.length; i += lengte) uit += tekens?.get(glyphs.slice(i, i + lengte)) ?? ''
  }
  return uit
}
