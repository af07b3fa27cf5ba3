import { setImmediate } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { formatDatumKort } from '../dates.ts'
import { type Grenzen, runApart } from '../kindproces.ts'
import { Problem } from '../problem.ts'
import { personOf } from './ctx.ts'
import { demandFilters, readFilters } from './filter.ts'
import { type Bladinhoud, writeBlad } from './xlsx.ts'

/** One column of an export. `bedrag`: eurocents, written in euros; `datum`: ISO date; `getal`: or a text instead of one. */
export interface Exportkolom<Rij> {
  kop: string
  soort?: 'tekst' | 'getal' | 'bedrag' | 'datum'
  waarde: (rij: Rij) => string | number | null
}

export interface Exportwijze {
  /** As the address asks, unless said. */
  formaat?: 'csv' | 'xlsx'
  /** What a workbook explains on a second sheet, its heading first. */
  uitleg?: string[][]
}

/** At most so many rows leave in one file; an export that is cut off says so itself in its last row. */
export const MAX_EXPORT = 50_000
const AFGEKAPT = `Hier stopt dit bestand, bij ${MAX_EXPORT.toLocaleString('nl-NL')} rijen. Er kunnen er meer zijn: kies een filter.`

/**
 * Sends the rows as `naam.csv` or `naam.xlsx`, as `?formaat=` asks. CSV is what Dutch Excel opens at once: semicolons, decimal comma,
 * UTF-8 with BOM. A text that Excel would take for a formula gets an apostrophe in front; a code that it would take for a
 * number or a date is written as ="0355", which keeps it as it is. XLSX says of every cell what it is and needs neither.
 * Throws 400 when a filter of the address could not be read: a file can not say that it holds more than was asked.
 */
export async function sendExport<Rij>(
  reply: FastifyReply,
  naam: string,
  kolommen: readonly Exportkolom<Rij>[],
  rijen: readonly Rij[],
  { formaat = readFilters(reply.request).formaat(), uitleg }: Exportwijze = {},
): Promise<FastifyReply> {
  demandFilters(reply.request)
  reply.header('content-disposition', `attachment; filename="${naam}.${formaat}"`)
  const passend = rijen.slice(0, MAX_EXPORT)
  // Whoever asks the database for so many cannot tell whether there are more.
  const slot = rijen.length < MAX_EXPORT ? undefined : AFGEKAPT
  if (formaat === 'csv') {
    const csv = await toCsv(kolommen, passend, slot)
    return reply.type('text/csv; charset=utf-8').send(csv)
  }
  // As in `frame`: what is sent before who asks is known is for nobody.
  const wie = reply.request.ctx?.wie
  const voor = wie && personOf(wie)
  const bytes = await toXlsx(kolommen, passend, { slot, voor, ...(uitleg === undefined ? {} : { uitleg }) })
  return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(bytes)
}

/** The rows as one text in CSV, with `slot` below them; see `sendExport`. Whole, so that what goes wrong halfway is still an answer, and no torn file. */
export async function toCsv<Rij>(
  kolommen: readonly Exportkolom<Rij>[],
  rijen: readonly Rij[],
  slot?: string,
): Promise<string> {
  const kop = kolommen.map(kolom => csvText(kolom.kop)).join(';')
  const regels = await mapWithPauses(rijen, rij =>
    kolommen.map(kolom => csvValue(kolom, kolom.waarde(rij))).join(';'),
  )
  const einde = slot === undefined ? [] : [csvText(slot) + ';'.repeat(kolommen.length - 1)]
  return `\uFEFF${[kop, ...regels, ...einde].join('\r\n')}\r\n`
}

/** After so many rows of an export others are answered first: a row takes a good part of a millisecond. */
const PER_KEER = 50

async function mapWithPauses<Rij, Uit>(rijen: readonly Rij[], fn: (rij: Rij) => Uit): Promise<Uit[]> {
  const uit: Uit[] = []
  for (const rij of rijen) {
    if (uit.length > 0 && uit.length % PER_KEER === 0) await setImmediate()
    uit.push(fn(rij))
  }
  return uit
}

function csvValue<Rij>({ soort }: Exportkolom<Rij>, waarde: string | number | null): string {
  if (waarde === null || waarde === '') return ''
  if (soort === 'bedrag') return (Number(waarde) / 100).toFixed(2).replace('.', ',')
  if (soort === 'getal' && typeof waarde === 'number') return String(waarde).replace('.', ',')
  if (soort === 'datum') return formatDatumKort(String(waarde))
  return csvText(String(waarde))
}

/** Invisible or blank in front of what follows: a program that reads the cell passes it by. */
const BEFORE =
  '[\\s\\0-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u180e\\ufe00-\\ufe0f\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufeff]*'
/** Signs that begin a formula, also in full width, and what a spreadsheet drops before it looks. */
const FORMULA = new RegExp(
  `^(?:[\\t\\r\\n|]|${BEFORE}[=+\\-@|\u2212\ufe62\ufe63\ufe66\ufe6b\uff1d\uff0b\uff0d\uff20\uff5c])`,
)
/** Texts that a spreadsheet takes for a number, a date or a time: codes with zeros in front, '45E04', '1-2'. */
const NUMERIC =
  /^(?:\d+(?:[.,]\d+)*(?:e\d+)?|\d{1,4}[-/.]\d{1,4}(?:[-/.]\d{1,4})?|\d{1,2}:\d{2}(?::\d{2})?)$/i

/** A text stays the text it is: never a formula, and a code keeps its zeros. */
function csvText(tekst: string): string {
  if (NUMERIC.test(tekst)) return `"=""${tekst}"""`
  const veilig = FORMULA.test(tekst) ? `'${tekst}` : tekst
  return /[";\r\n\t]/.test(veilig) ? `"${veilig.replaceAll('"', '""')}"` : veilig
}

/** From so many cells on a workbook is made in a process of its own: others would wait for it. */
const APART = 2_000
const GRENZEN: Grenzen = { geheugenMb: 1024, tijdMs: 120_000 }

/** The rows as the bytes of a workbook for `voor`, with `slot` below them; see `sendExport`. Throws 413 when it does not fit. */
export async function toXlsx<Rij>(
  kolommen: readonly Exportkolom<Rij>[],
  rijen: readonly Rij[],
  {
    slot,
    voor,
    grenzen = GRENZEN,
    uitleg,
  }: {
    slot?: string | undefined
    voor?: string | undefined
    grenzen?: Grenzen
    uitleg?: string[][]
  } = {},
): Promise<Buffer> {
  const cellen = await mapWithPauses(rijen, rij => kolommen.map(kolom => kolom.waarde(rij)))
  const blad: Bladinhoud = {
    koppen: kolommen.map(kolom => kolom.kop),
    soorten: kolommen.map(kolom => kolom.soort ?? 'tekst'),
    rijen: slot === undefined ? cellen : [...cellen, kolommen.map((_, i) => (i === 0 ? slot : null))],
    ...(uitleg === undefined ? {} : { uitleg }),
  }
  const bytes =
    rijen.length * kolommen.length < APART
      ? await writeBlad(blad)
      : await runApart<Uint8Array>('bladschrijver', blad, grenzen, voor)
  if (bytes === undefined)
    throw new Problem(413, 'te-groot', 'Dit bestand wordt te groot', 'Filter de lijst, of neem de CSV.')
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
}
