import { strFromU8, unzipSync } from 'fflate'

/** What an export holds, as texts: one record per row, by heading. Empty cells are ''. */
export type Blad = Record<string, string>[]

/** Reads an export in CSV as a spreadsheet would; ="0355" is the text 0355. */
export function readCsv(tekst: string): Blad {
  const cellen: string[][] = [['']]
  let binnen = false
  const bron = tekst.replace(/^\ufeff/, '')
  for (let i = 0; i < bron.length; i += 1) {
    const teken = bron[i] ?? ''
    const rij = cellen.at(-1) ?? []
    if (binnen && teken === '"' && bron[i + 1] === '"') i += 1
    else if (teken === '"') {
      binnen = !binnen
      continue
    } else if (!binnen && teken === ';') {
      rij.push('')
      continue
    } else if (!binnen && teken === '\r') continue
    else if (!binnen && teken === '\n') {
      cellen.push([''])
      continue
    }
    rij[rij.length - 1] += teken
  }
  const [kop = [], ...rijen] = cellen.filter(rij => rij.length > 1 || rij[0] !== '')
  return rijen.map(rij =>
    Object.fromEntries(kop.map((naam, i) => [naam, (rij[i] ?? '').replace(/^="(.*)"$/s, '$1')])),
  )
}

const DAG_NUL = Date.UTC(1899, 11, 30)

/** Reads the first sheet of an export in XLSX; numbers as Dutch people write them in CSV, dates as dd-mm-jjjj. */
export function readXlsx(bytes: Uint8Array): Blad {
  const delen = unzipSync(bytes)
  const deel = (naam: string) => strFromU8(delen[naam] ?? new Uint8Array())
  const ontsnap = (s: string) =>
    s
      .replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(+n))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
  const teksten = [...deel('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si = '']) =>
    [...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, t = '']) => ontsnap(t)).join(''),
  )
  const stijlen = deel('xl/styles.xml')
  // Number 4 is one of those that every workbook knows.
  const formaten = new Map(
    [['4', '#,##0.00'], ...stijlen.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [
      id,
      code,
    ]),
  )
  const xfs = [...(/<cellXfs.*?<\/cellXfs>/s.exec(stijlen)?.[0] ?? '').matchAll(/<xf ([^>]*)>/g)]
  const formaatVan = (stijl: string | undefined) =>
    formaten.get(/numFmtId="(\d+)"/.exec(xfs[Number(stijl ?? 0)]?.[1] ?? '')?.[1] ?? '') ?? ''
  const cel = (soort: string | undefined, stijl: string | undefined, waarde: string) => {
    if (soort === 's') return teksten[Number(waarde)] ?? ''
    if (soort === 'inlineStr' || soort === 'str') return ontsnap(waarde)
    if (/yyyy/.test(formaatVan(stijl)))
      return new Date(DAG_NUL + Number(waarde) * 86_400_000)
        .toISOString()
        .slice(0, 10)
        .split('-')
        .reverse()
        .join('-')
    if (formaatVan(stijl).includes('0.00')) return Number(waarde).toFixed(2).replace('.', ',')
    return waarde.replace('.', ',')
  }
  const rijen = [...deel('xl/worksheets/sheet1.xml').matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(
    ([, rij = '']) => {
      const cellen: Record<number, string> = {}
      for (const [, attr = '', inhoud = ''] of rij.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const letters = /r="([A-Z]+)/.exec(attr)?.[1] ?? 'A'
        const kolom = [...letters].reduce((n, l) => n * 26 + l.charCodeAt(0) - 64, 0) - 1
        const waarde = /<(?:v|t)[^>]*>(.*?)<\/(?:v|t)>/s.exec(inhoud)?.[1] ?? ''
        cellen[kolom] =
          waarde === ''
            ? ''
            : cel(/ t="(\w+)"/.exec(` ${attr}`)?.[1], / s="(\d+)"/.exec(` ${attr}`)?.[1], waarde)
      }
      return cellen
    },
  )
  const [kop = {}, ...rest] = rijen
  return rest.map(rij =>
    Object.fromEntries(Object.entries(kop).map(([i, naam]) => [naam, rij[Number(i)] ?? ''])),
  )
}
