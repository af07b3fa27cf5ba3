/**
 * Calendar dates as ISO strings ('2026-01-31') and periods as pairs of them. No time zones: a day in law
 * is a day. Strings of this form compare correctly with < and >.
 */
export type Datum = string

/** Both ends inclusive; `eind: null` is open-ended. */
export interface Periode {
  begin: Datum
  eind: Datum | null
}

const MS_PER_DAY = 86_400_000
const FORM = /^\d{4}-\d{2}-\d{2}$/

/** The last day there is: the order of texts and that of days part after it. As an end it means 'no end'. */
export const LAATSTE_DAG: Datum = '9999-12-31'

/** True for an existing calendar day in the form YYYY-MM-DD, of the years 100 to 9999. */
export function isDatum(value: string): boolean {
  return FORM.test(value) && new Date(dayNumber(value) * MS_PER_DAY).toISOString().slice(0, 10) === value
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2}) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/

/** True for an existing moment as the database writes it: '2026-01-31 12:00:00.5+01'. */
export function isMoment(value: string): boolean {
  const dag = MOMENT.exec(value)?.[1]
  return dag !== undefined && isDatum(dag)
}

/** Days since 1970-01-01; NaN for what has not the form of a date. */
export function dayNumber(datum: Datum): number {
  if (!FORM.test(datum)) return Number.NaN
  return Date.UTC(+datum.slice(0, 4), +datum.slice(5, 7) - 1, +datum.slice(8, 10)) / MS_PER_DAY
}

/**
 * Inverse of `dayNumber`. Throws RangeError for what is no day of a year of four digits: a text like '+010000-01' comes
 * before every date, so that a loop up to it would never end.
 */
export function fromDayNumber(day: number): Datum {
  const datum = new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
  if (!FORM.test(datum)) throw new RangeError('a date outside the years 0 to 9999')
  return datum
}

export function addDays(datum: Datum, days: number): Datum {
  return fromDayNumber(dayNumber(datum) + days)
}

/** Same day `months` later, or the last day of that month where it does not exist. */
export function addMonths(datum: Datum, months: number): Datum {
  const index = monthIndex(datum) + months
  const year = Math.floor(index / 12)
  if (!(year >= 0 && year <= 9999)) throw new RangeError('a date outside the years 0 to 9999')
  const first = `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`
  const last = lastOfMonth(first)
  const same = `${first.slice(0, 8)}${datum.slice(8, 10)}`
  return same > last ? last : same
}

export function firstOfMonth(datum: Datum): Datum {
  return `${datum.slice(0, 8)}01`
}

export function lastOfMonth(datum: Datum): Datum {
  const year = +datum.slice(0, 4)
  const month = +datum.slice(5, 7)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 31)
  return `${datum.slice(0, 8)}${days}`
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** More months, and days, than any question here is about: a loop over them ends, whatever dates it was given. */
const MEESTE_MAANDEN = 100 * 12
const MEESTE_DAGEN = 100 * 366

/**
 * The first day of every month from that of `begin` up to and including that of `eind`; none when that is before it.
 * Throws RangeError, before the first one, for more than a century.
 */
export function* maandenVan(begin: Datum, eind: Datum): Generator<Datum> {
  const aantal = monthsBetween(begin, eind) + 1
  refuseEndless(aantal, MEESTE_MAANDEN)
  for (let i = 0; i < aantal; i += 1) yield addMonths(firstOfMonth(begin), i)
}

/** Every day of a closed period, both ends included. Throws RangeError, before the first one, for more than a century. */
export function* dagenVan(begin: Datum, eind: Datum): Generator<Datum> {
  const aantal = daysIn(begin, eind)
  refuseEndless(aantal, MEESTE_DAGEN)
  for (let i = 0; i < aantal; i += 1) yield addDays(begin, i)
}

/** Whole months from the month of `a` to that of `b`; negative when that is earlier, NaN for what is no date. */
export function monthsBetween(a: Datum, b: Datum): number {
  return monthIndex(b) - monthIndex(a)
}

/** Months since the year 0. */
function monthIndex(datum: Datum): number {
  return FORM.test(datum) ? +datum.slice(0, 4) * 12 + (+datum.slice(5, 7) - 1) : Number.NaN
}

/** Also for NaN, which is what a text that is no date comes to. */
function refuseEndless(aantal: number, meeste: number): void {
  if (!(aantal <= meeste)) throw new RangeError(`a loop over more than ${meeste} months or days`)
}

/** ISO weekday: Monday 1 … Sunday 7. */
export function weekday(datum: Datum): number {
  return ((((dayNumber(datum) + 3) % 7) + 7) % 7) + 1
}

/** Number of days of a closed period, both ends counted; 0 when it is empty. */
export function daysIn(begin: Datum, eind: Datum): number {
  return Math.max(0, dayNumber(eind) - dayNumber(begin) + 1)
}

export function overlaps(a: Periode, b: Periode): boolean {
  return (b.eind === null || a.begin <= b.eind) && (a.eind === null || b.begin <= a.eind)
}

export function contains(periode: Periode, datum: Datum): boolean {
  return periode.begin <= datum && (periode.eind === null || datum <= periode.eind)
}

/** What two periods share, or undefined. */
export function intersection(a: Periode, b: Periode): Periode | undefined {
  if (!overlaps(a, b)) return undefined
  const begin = a.begin > b.begin ? a.begin : b.begin
  const eind = a.eind === null ? b.eind : b.eind === null ? a.eind : a.eind < b.eind ? a.eind : b.eind
  return { begin, eind }
}

/** The days of `whole` not covered by any of `parts`, in order. */
export function gaps(whole: Periode, parts: readonly Periode[]): Periode[] {
  const out: Periode[] = []
  let from: Datum | null = whole.begin
  for (const part of [...parts].sort((a, b) => (a.begin < b.begin ? -1 : 1))) {
    if (from === null) break
    if (part.begin > from && (whole.eind === null || from <= whole.eind)) {
      const before = addDays(part.begin, -1)
      out.push({ begin: from, eind: whole.eind !== null && whole.eind < before ? whole.eind : before })
    }
    if (part.eind === null || part.eind >= LAATSTE_DAG) from = null
    else if (part.eind >= from) from = addDays(part.eind, 1)
  }
  if (from !== null && (whole.eind === null || from <= whole.eind))
    out.push({ begin: from, eind: whole.eind })
  return out
}

/** Easter Sunday (Gregorian computus, Meeus). */
export function easter(year: number): Datum {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/**
 * Dutch public holidays of a year: art. 3 Algemene termijnenwet (Good Friday is treated there as a holiday,
 * and so is 5 May). Koningsdag moves to Saturday 26 April when the 27th is a Sunday.
 */
export function feestdagen(year: number): Datum[] {
  const pasen = easter(year)
  const koningsdag = weekday(`${year}-04-27`) === 7 ? `${year}-04-26` : `${year}-04-27`
  return [
    `${year}-01-01`,
    addDays(pasen, -2),
    addDays(pasen, 1),
    koningsdag,
    `${year}-05-05`,
    addDays(pasen, 39),
    addDays(pasen, 50),
    `${year}-12-25`,
    `${year}-12-26`,
  ]
}

export function isWerkdag(datum: Datum): boolean {
  return weekday(datum) <= 5 && !feestdagen(+datum.slice(0, 4)).includes(datum)
}

/** The day that is `n` werkdagen after `datum` (the day itself does not count). */
export function addWerkdagen(datum: Datum, n: number): Datum {
  let day = datum
  for (let left = n; left > 0; ) {
    day = addDays(day, 1)
    if (isWerkdag(day)) left -= 1
  }
  return day
}

/** Made at first use: loading the data of a locale costs a short command much of its time. */
let lang: Intl.DateTimeFormat | undefined
let maand: Intl.DateTimeFormat | undefined
let inNederland: Intl.DateTimeFormat | undefined

/** '2026-01-31' → '31 januari 2026'; what is no such date, as a message may hold, stays as it stands there. */
export function formatDatum(datum: Datum): string {
  if (!isDatum(datum)) return datum
  lang ??= new Intl.DateTimeFormat('nl-NL', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return lang.format(dayNumber(datum) * MS_PER_DAY)
}

/** '2026-01-31' → '31-01-2026'; for tables. What is no such date stays as it stands. */
export function formatDatumKort(datum: Datum): string {
  if (!FORM.test(datum)) return datum
  return `${datum.slice(8, 10)}-${datum.slice(5, 7)}-${datum.slice(0, 4)}`
}

/** '2026-01-01' → 'januari 2026'. */
export function formatMaand(datum: Datum): string {
  maand ??= new Intl.DateTimeFormat('nl-NL', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return maand.format(dayNumber(datum) * MS_PER_DAY)
}

/** '1 januari 2026 t/m 31 maart 2026', or 'vanaf 1 januari 2026' when open. */
export function formatPeriode(periode: Periode): string {
  return periode.eind === null
    ? `vanaf ${formatDatum(periode.begin)}`
    : `${formatDatum(periode.begin)} t/m ${formatDatum(periode.eind)}`
}

/** The calendar day in the Netherlands at a moment. */
export function dateInNederland(moment: Date): Datum {
  inNederland ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' })
  return inNederland.format(moment)
}

let klokInNederland: Intl.DateTimeFormat | undefined

/** The time of day in the Netherlands at a moment, as `15:04:05`: messages of the standard carry it without a zone. */
export function timeInNederland(moment: Date): string {
  klokInNederland ??= new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', timeStyle: 'medium' })
  return klokInNederland.format(moment)
}
