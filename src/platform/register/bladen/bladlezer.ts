import { parse } from 'csv-parse/sync'
import readXlsxFile, { readSheet } from 'read-excel-file/universal'
import { answerOnce } from '../../kindproces.ts'
import type { Blad, Bladantwoord, Bladrij } from './bladbestand.ts'
import { findBuitenBlad } from './celplaats.ts'
import { isXmldeel } from './xmldeel.ts'
import { isZip, repackZip } from './zip.ts'

/** What one file may hold. */
const MAX_RIJEN = 100_000
const MAX_KOLOMMEN = 200
const MAX_CEL = 10_000
const MAX_KOP = 500
/** Of all rows together: who reads them waits for each to come over. */
const MAX_CELLEN = 4_000_000
/** Of all cells together: one text that thousands of cells share is small in the file, and whole in each of them once it was read. */
const MAX_TEKENS = 40_000_000

/** A file that is no sheet, said in Dutch to who sent it. */
class Onleesbaar extends Error {}

/** Reads the file it is given and answers once: see `readBlad`. */
async function answer(bytes: Uint8Array): Promise<Bladantwoord> {
  try {
    refuseOther(bytes)
    return toBlad(isZip(bytes) ? await readXlsx(bytes) : readCsv(decode(bytes)))
  } catch (fout) {
    if (fout instanceof Onleesbaar) return { onleesbaar: fout.message }
    return {
      onleesbaar:
        'Het is geen goed XLSX- of CSV-bestand. Sla het opnieuw op als XLSX en probeer het dan nog eens.',
    }
  }
}

/** How files of other kinds begin, whatever they are called. */
const ANDERE: readonly (readonly [string, string])[] = [
  ['%PDF', 'een PDF'],
  ['\xd0\xcf\x11\xe0', 'een oud Excel- of Word-bestand (XLS of DOC)'],
  ['{\\rtf', 'een tekstdocument (RTF)'],
  ['\x89PNG', 'een afbeelding'],
  ['\xff\xd8\xff', 'een afbeelding'],
  ['<', 'een webpagina of XML-bestand'],
]

function refuseOther(bytes: Uint8Array): void {
  const begin = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  const [, wat] = ANDERE.find(([teken]) => begin.startsWith(teken)) ?? []
  if (wat !== undefined)
    throw new Onleesbaar(`Dit is ${wat}. Sla de tabel op als XLSX of CSV, en kies dat bestand.`)
}

async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const gemeten = await repackZip(bytes, deel => {
    const tekst = deel.toString('latin1')
    if (!isXmldeel(tekst)) return false
    const buiten = findBuitenBlad(tekst)
    if (buiten !== undefined) throw new Onleesbaar(buiten)
    return true
  })
  if (gemeten === undefined)
    throw new Onleesbaar('Het bestand is uitgepakt te groot. Splits het in kleinere bestanden.')
  const { buffer, byteOffset, byteLength } = gemeten
  const inhoud = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength)
  const rijen = await readSheet(inhoud)
  const [, ...andere] = rijen.length > 0 ? [] : await readXlsxFile(inhoud)
  const gevuld = andere.find(({ data }) => data.length > 0)
  if (gevuld !== undefined)
    throw new Onleesbaar(
      `Het eerste blad is leeg; er staat iets op het blad ‘${gevuld.sheet}’. Zet het op het eerste blad, met de koppen op de eerste rij.`,
    )
  return rijen.map(rij => rij.map(toText))
}

/** A cell as people type it. A date of a sheet is midnight UTC of that day. */
function toText(cel: unknown): string {
  if (cel === null || cel === undefined) return ''
  if (cel instanceof Date) {
    const [jaar, maand, dag] = cel.toISOString().slice(0, 10).split('-')
    return `${dag}-${maand}-${jaar}`
  }
  if (typeof cel === 'boolean') return cel ? 'ja' : 'nee'
  if (typeof cel === 'number') return String(cel).replace('.', ',')
  return String(cel)
}

/** UTF-8, what Excel calls Unicode, or else what Windows in the Netherlands writes. */
function decode(bytes: Uint8Array): string {
  const [eerste, tweede] = bytes
  if (eerste === 0xff && tweede === 0xfe) return new TextDecoder('utf-16le', { fatal: true }).decode(bytes)
  if (eerste === 0xfe && tweede === 0xff) return new TextDecoder('utf-16be', { fatal: true }).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** What some put on top for Excel: the sign between the cells. */
const SCHEIDING = /^\ufeff?sep=(.)(?:\r\n|\r|\n)/i

function readCsv(heel: string): string[][] {
  if (heel.includes('\0')) throw new Onleesbaar('Het is geen XLSX- of CSV-bestand.')
  const [boven = '', teken] = SCHEIDING.exec(heel) ?? []
  const tekst = heel.slice(boven.length)
  const rijen: string[][] = parse(tekst, {
    bom: true,
    delimiter: teken ?? findDelimiter(tekst),
    // All of them: a file that was put together from two has both.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  })
  return rijen.map(rij => rij.map(fromSpreadsheet))
}

/** The sign that stands most often on the first line that has any, outside what is quoted: that of the headings. */
function findDelimiter(tekst: string): string {
  const regels = tekst
    .slice(0, 10_000)
    .split(/\r\n|\r|\n/)
    .map(regel => regel.replaceAll(/"[^"]*"/g, ''))
  // A title above the headings has none.
  const kop = regels.find(regel => /[;,\t]/.test(regel)) ?? ''
  const aantal = (teken: string) => kop.split(teken).length
  return [';', ',', '\t'].reduce((beste, teken) => (aantal(teken) > aantal(beste) ? teken : beste))
}

/** What our own exports put around a text so that a spreadsheet leaves it as it is, taken off again. */
function fromSpreadsheet(cel: string): string {
  const code = /^="(.*)"$/s.exec(cel)
  if (code) return code[1] ?? ''
  return /^'[\s]*[=+\-@|\t\r\n]/.test(cel) ? cel.slice(1) : cel
}

const lengthOf = (cellen: readonly string[]) => cellen.reduce((som, cel) => som + cel.length, 0)

/** Without what is empty behind the last that holds anything: thousands of signs between nothing and nothing are no cells. */
function trim(cellen: readonly string[]): string[] {
  const schoon = cellen.map(cel => cel.trim())
  return schoon.slice(0, schoon.findLastIndex(cel => cel !== '') + 1)
}

/** The first row that holds anything is that of the headings. */
function toBlad(alle: readonly string[][]): Blad {
  const gevuld = alle
    .map((cellen, i): Bladrij => ({ nummer: i + 1, cellen: trim(cellen) }))
    .filter(({ cellen }) => cellen.length > 0)
  const [kop, ...rijen] = gevuld
  if (kop === undefined) throw new Onleesbaar('Er staat niets in het bestand.')
  if (rijen.length > MAX_RIJEN)
    throw new Onleesbaar(`Er staan ${rijen.length} rijen in. Meer dan ${MAX_RIJEN} tegelijk kan niet.`)
  if (gevuld.reduce((som, { cellen }) => som + cellen.length, 0) > MAX_CELLEN)
    throw new Onleesbaar('Er staan te veel cellen in. Splits het in kleinere bestanden.')
  if (gevuld.reduce((som, { cellen }) => som + lengthOf(cellen), 0) > MAX_TEKENS)
    throw new Onleesbaar('Er staat te veel tekst in. Splits het in kleinere bestanden.')
  if (kop.cellen.length > MAX_KOLOMMEN) throw new Onleesbaar('Er staan te veel kolommen in.')
  if (kop.cellen.some(cel => cel.length > MAX_KOP))
    throw new Onleesbaar(`In rij ${kop.nummer}, die van de koppen, staat een tekst die te lang is.`)
  const teLang = rijen.find(({ cellen }) => cellen.some(cel => cel.length > MAX_CEL))
  if (teLang) throw new Onleesbaar(`In rij ${teLang.nummer} staat een tekst die te lang is.`)
  return { koppen: kop.cellen, rijen }
}

answerOnce(answer)
