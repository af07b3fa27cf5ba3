import { parentPort, workerData } from 'node:worker_threads'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/universal'
import type { Blad, Bladantwoord, Bladrij } from './bladbestand.ts'
import { isZip, repackZip } from './zip.ts'

/** What one file may hold. */
const MAX_RIJEN = 100_000
const MAX_KOLOMMEN = 200
const MAX_CEL = 10_000
const MAX_KOP = 500

/** A file that is no sheet, said in Dutch to who sent it. */
class Onleesbaar extends Error {}

/** Reads the file it is given and answers once: see `readBlad`. */
async function answer(bytes: Uint8Array): Promise<Bladantwoord> {
  try {
    return toBlad(isZip(bytes) ? await readXlsx(bytes) : readCsv(decode(bytes)))
  } catch (fout) {
    if (fout instanceof Onleesbaar) return { onleesbaar: fout.message }
    return {
      onleesbaar:
        'Het is geen goed XLSX- of CSV-bestand. Sla het opnieuw op als XLSX en probeer het dan nog eens.',
    }
  }
}

async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const gemeten = await repackZip(bytes)
  if (gemeten === undefined)
    throw new Onleesbaar('Het bestand is uitgepakt te groot. Splits het in kleinere bestanden.')
  const { buffer, byteOffset, byteLength } = gemeten
  const rijen = await readSheet((buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength))
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

/** The sign that stands most often on the line of the headings, outside what is quoted. */
function findDelimiter(tekst: string): string {
  const kop = tekst.slice(0, tekst.search(/\r|\n|$/)).replaceAll(/"[^"]*"/g, '')
  const aantal = (teken: string) => kop.split(teken).length
  return [';', ',', '\t'].reduce((beste, teken) => (aantal(teken) > aantal(beste) ? teken : beste))
}

/** What our own exports put around a text so that a spreadsheet leaves it as it is, taken off again. */
function fromSpreadsheet(cel: string): string {
  const code = /^="(.*)"$/s.exec(cel)
  if (code) return code[1] ?? ''
  return /^'[\s]*[=+\-@|\t\r\n]/.test(cel) ? cel.slice(1) : cel
}

/** The first row that holds anything is that of the headings. */
function toBlad(alle: readonly string[][]): Blad {
  const gevuld = alle
    .map((cellen, i): Bladrij => ({ nummer: i + 1, cellen: cellen.map(cel => cel.trim()) }))
    .filter(({ cellen }) => cellen.some(cel => cel !== ''))
  const [kop, ...rijen] = gevuld
  if (kop === undefined) throw new Onleesbaar('Er staat niets in het bestand.')
  if (rijen.length > MAX_RIJEN)
    throw new Onleesbaar(`Er staan ${rijen.length} rijen in. Meer dan ${MAX_RIJEN} tegelijk kan niet.`)
  if (kop.cellen.length > MAX_KOLOMMEN) throw new Onleesbaar('Er staan te veel kolommen in.')
  if (kop.cellen.some(cel => cel.length > MAX_KOP))
    throw new Onleesbaar(`In rij ${kop.nummer}, die van de koppen, staat een tekst die te lang is.`)
  const teLang = rijen.find(({ cellen }) => cellen.some(cel => cel.length > MAX_CEL))
  if (teLang) throw new Onleesbaar(`In rij ${teLang.nummer} staat een tekst die te lang is.`)
  return { koppen: kop.cellen, rijen }
}

parentPort?.postMessage(await answer(workerData as Uint8Array))
