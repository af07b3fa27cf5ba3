import { type Datum, formatDatumKort, formatMaand, isDatum } from '../dates.ts'
import type { Eurocent } from '../money.ts'

/**
 * Reads a date as Dutch people type it: '31-01-2026', '31/1/2026', '31 1 2026', or ISO '2026-01-31'.
 * Answers undefined for what is no existing day. Years have four digits: '26' could be any century.
 */
export function parseDatumInvoer(tekst: string): Datum | undefined {
  const schoon = tekst.trim()
  if (isDatum(schoon)) return schoon
  const delen = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(schoon)
  if (delen === null) return undefined
  const datum = `${delen[3]}-${delen[2]?.padStart(2, '0')}-${delen[1]?.padStart(2, '0')}`
  return isDatum(datum) ? datum : undefined
}

/** The twelve months as lists print them, with their number. */
const MAAND = new Map(
  Array.from({ length: 12 }, (_, i) => {
    const maand = String(i + 1).padStart(2, '0')
    return [formatMaand(`2000-${maand}-01`).split(' ')[0] ?? '', maand] as const
  }),
)

/** Reads a month as typed or as lists print it: 'oktober 2026', 'okt 2026', '10-2026', '2026-10'. Answers its first day. */
export function parseMaandInvoer(tekst: string): Datum | undefined {
  const schoon = tekst.trim().toLowerCase()
  const jaarEerst = /^(\d{4})-(\d{1,2})$/.exec(schoon)
  const [, deel = '', jaar = ''] =
    jaarEerst === null
      ? (/^(\d{1,2}|[a-z]{3,9})\.?[-/. ]+(\d{4})$/.exec(schoon) ?? [])
      : ['', jaarEerst[2], jaarEerst[1]]
  const maand = /^\d/.test(deel) ? deel.padStart(2, '0') : maandVan(deel)
  const datum = `${jaar}-${maand}-01`
  return isDatum(datum) ? datum : undefined
}

/** '10' for 'oktober' and for what begins it, from three letters on; 'mrt' is maart. */
function maandVan(woord: string): string {
  if (woord === 'mrt') return '03'
  return [...MAAND].find(([naam]) => naam.startsWith(woord))?.[1] ?? ''
}

/** An ISO date as dd-mm-jjjj; anything else unchanged, so that what was typed wrongly is shown again. */
export function formatDatumInvoer(waarde: string): string {
  return isDatum(waarde) ? formatDatumKort(waarde) : waarde
}

/** What stands between groups of three digits: a point, or a space. */
const DUIZENDTAL = /[. \u00a0\u202f]/g
/** Digits of a whole number: with one and the same sign between every group of three, or with none. */
export const HEEL = '\\d{1,3}(?:\\.\\d{3})+|\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})+|\\d+'
const BEDRAG = new RegExp(
  `^(?=[^€]*€?[^€]*$)(?:€\\s*)?(-?)(?:€\\s*|\\s)?(${HEEL})(?:,(\\d{1,2}))?(?:\\s?€)?$`,
)
const GETAL = new RegExp(`^-?(?:${HEEL})$`)

/** The digits of a whole number as a program reads them. */
export const withoutGroups = (cijfers: string) => cijfers.replaceAll(DUIZENDTAL, '')

/**
 * Reads an amount as typed: '1.234,56', '€ 12', '-0,05'; answers whole eurocents, or undefined when it is no
 * amount. A point and a space are only accepted between groups of three, so '12.50' and '50 00' are refused rather than guessed.
 */
export function parseBedragInvoer(tekst: string): Eurocent | undefined {
  const delen = BEDRAG.exec(tekst.trim())
  if (delen === null) return undefined
  const [, min = '', heel = '', cent = ''] = delen
  const bedrag = Number(withoutGroups(heel)) * 100 + Number(cent.padEnd(2, '0'))
  if (!Number.isSafeInteger(bedrag)) return undefined
  return min === '-' && bedrag !== 0 ? -bedrag : bedrag
}

/** Reads a whole number as typed: '1.234' or '1234'; undefined when it is no whole number. */
export function parseGetalInvoer(tekst: string): number | undefined {
  const schoon = tekst.trim()
  if (!GETAL.test(schoon)) return undefined
  const getal = Number(withoutGroups(schoon))
  return Number.isSafeInteger(getal) ? getal : undefined
}

const heel = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 0 })
const eenDecimaal = new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** `1234` → '1.234'. */
export function formatGetal(getal: number): string {
  return heel.format(getal)
}

/** `0.1234` → '12,3%': the argument is a share, not a percentage. */
export function formatPercentage(deel: number): string {
  return `${eenDecimaal.format(deel * 100)}%`
}

const tweeDecimalen = new Intl.NumberFormat('nl-NL', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
})

/** `0.0496` → '+4,96%': how much more or less something became, as a share of what it was. */
export function formatVerschil(deel: number): string {
  return `${tweeDecimalen.format(deel * 100)}%`
}

const MOMENT = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** A moment as people in the Netherlands read it: '31-01-2026 14:05'. */
export function formatMoment(moment: Date): string {
  return MOMENT.format(moment).replace(', ', ' ')
}

/** With a capital: the beginning of a sentence, a heading. */
export function capital(tekst: string): string {
  return tekst.charAt(0).toUpperCase() + tekst.slice(1)
}
