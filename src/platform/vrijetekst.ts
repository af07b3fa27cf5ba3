import { isBsn } from './crypto.ts'
import type { Fout } from './problem.ts'
import { findVerborgen } from './verborgen.ts'

/** What the domain `app.tekst` holds at most, in characters. */
export const MAX_TEKST = 20_000

/** What no column can hold: NUL, and half of a character that JSON writes in two. */
export const isBewaarbaar = (tekst: string): boolean => !tekst.includes('\0') && tekst.isWellFormed()
export const ONBEWAARBAAR = 'Er staat een teken in dat niet kan worden bewaard. Typ de tekst opnieuw.'

export interface Tekstinvoer {
  /** Form name of the field. */
  pad: string
  /** How the field is called in a sentence: 'het antwoord', 'wat er is gemeten'. */
  naam: string
  waarde: string
  verplicht?: boolean
  max?: number
  /** It is typed on one line. */
  eenRegel?: boolean
}

/**
 * What is wrong with a text that someone typed: empty, too long, with signs that nobody sees, or with a number that can be a BSN. Free text is about
 * policy and never about one resident; the database refuses such a number as well (domain `app.tekst`).
 */
export function checkTekst({
  pad,
  naam,
  waarde,
  verplicht = true,
  max = MAX_TEKST,
  eenRegel = false,
}: Tekstinvoer): Fout[] {
  const tekst = waarde.trim()
  if (tekst.replace(BLANCO, '') === '') return verplicht ? [{ pad, melding: askFor(naam) }] : []
  const het = isBijzin(naam) ? 'de tekst' : naam
  const fouten: Fout[] = []
  const verborgen = findVerborgen(tekst, { lang: !eenRegel })
  if (verborgen !== undefined) fouten.push({ pad, melding: verborgen })
  // As the database and JSON Schema count: a character outside the first plane is one, not two.
  const lengte = [...tekst].length
  if (lengte > max)
    fouten.push({
      pad,
      melding: `Maak ${het} korter: hoogstens ${max.toLocaleString('nl-NL')} tekens, nu ${lengte.toLocaleString('nl-NL')}.`,
    })
  if (hasBsn(tekst))
    fouten.push({
      pad,
      melding: `Haal het burgerservicenummer uit ${het}: het hoort hier niet.`,
    })
  return fouten
}

/** Asks for a text, as a good sentence for a noun ('de naam') and for a clause ('wie het kan inzetten') alike. */
export function askFor(naam: string): string {
  return isBijzin(naam) ? `Schrijf op ${naam}.` : `Vul ${naam} in.`
}

const isBijzin = (naam: string) =>
  /^(?:(?:aan|bij|door|met|om|over|van|voor) )?(?:wie|wat|waar|waarom|wanneer|hoe|hoeveel|welke?|of)\b/.test(
    naam,
  )

/** The first of ten digits in a row, of every script that has its own (Unicode, class Nd). */
const CIJFERREEKSEN = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
  0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
  0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0,
  0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950,
  0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1e140,
  0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950,
]
const CIJFERS = new Map(
  CIJFERREEKSEN.flatMap(begin =>
    Array.from({ length: 10 }, (_, i) => [String.fromCodePoint(begin + i), String(i)] as const),
  ),
)
const ONZICHTBAAR =
  /\u00ad|[\u115f\u1160]|\u180e|[\u200b-\u200f]|[\u2028-\u202e]|[\u2060-\u206f]|\ufeff|[\u0300-\u036f]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]|[\ufe20-\ufe2f]|[\u{e0000}-\u{e0fff}]/gu
/** Signs that nobody sees: a text of nothing else is empty. */
const BLANCO = /[\s\p{C}\p{M}\u115f\u1160\u3164\uffa0\u2800]/gu

/**
 * What may stand between digits of one number: by kind, and any of them. A comma only by itself, as a semicolon below: else it
 * makes a list.
 */
const GEMENGD = "[ \\t.\\u2010-\\u2015\\u2212/|_:*+\\\\\\u2022\\u00b7'\\u2019-]"
const TUSSEN = [
  '[ \\t]',
  '[.]',
  '[-\\u2010-\\u2015\\u2212]',
  '[/|\\\\]',
  "[_:*+\\u2022\\u00b7'\\u2019]",
  '[,]',
  GEMENGD,
].map(teken => runOf(`${teken}{1,6}`))
/** Signs that make a number an amount: € and its like, %, ‰, °. */
const MAAT = '$\\u00a2-\\u00a5\\u20a0-\\u20cf%\\u2030\\u2031\\u00b0'
const WIT = ' \\t-\\r\\u0085\\u1680'
const LETTER_OF_CIJFER = '\\p{Alphabetic}0-9'
/**
 * Any run of signs that are no letter and no digit, whatever they are: emoji, quotes, ends of lines. Not a comma or a semicolon,
 * which make a list; and a sign of an amount only where no white space is: '€ 120 € 135' are two amounts, '120€135' is neither.
 * And the word that joins. Such a run counts only as a whole: a column of numbers is full of groups of three.
 */
const ELK_TEKEN = `[^${LETTER_OF_CIJFER}${MAAT},;]{1,10}`
const AANEEN = `[^${LETTER_OF_CIJFER}${WIT},;]{1,10}`
const EN = `[${WIT}]{1,3}en[${WIT}]{1,3}`
/** The signs that come oftenest, in short runs: so that what stands further off does not make another number of it. */
const GEWOON =
  '[\\t-\\r !"#&-+\\--/:<-@\\[-`{-~\\u00a1\\u00a6-\\u00a9\\u00ab\\u00ac\\u00ae\\u00b1\\u00b6\\u00b7\\u00bb\\u00bf\\u00d7\\u00f7\\u2010-\\u2027\\u2032-\\u205e\\u2190-\\u2bff\\u3001-\\u3003\\u3008-\\u3011\\u30fb]{1,6}'
const GEHEEL = [GEWOON, '[;]{1,6}', ELK_TEKEN, AANEEN, EN].map(runOf)
const NA_HET_WOORD = new RegExp(
  `(?:bsn|burgerservice|sofi)[^0-9]{0,20}([0-9](?:[^${LETTER_OF_CIJFER}]{0,10}[0-9]){7,8})`,
  'gu',
)

/** Begins only where no digit stands before: tried from every digit of a long number, its time grows with the square of it. */
function runOf(tussen: string): RegExp {
  return new RegExp(`(?<![0-9])[0-9]+(?:${tussen}[0-9]+)+`, 'gu')
}
/** How a BSN is written in groups: so it is seen beside other numbers too. */
const GROEPEN = ['3,3,3', '4,2,3']
const DATUM =
  /(?<![0-9])(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])/g
const BEDRAG = /(?:€|(?<![\p{L}\p{N}])eur) ?[0-9]{1,3}(?:\.[0-9]{3})+/gu

/**
 * True when a text holds what can be a BSN, in every notation: nine digits in a row, also inside a word or in the digits of
 * another script; nine digits with any signs, ends of lines or the word 'en' in between and no tenth beside them, or, with
 * the signs that numbers are written with, in groups of 3-3-3 or 4-2-3 wherever they stand; and eight or nine digits after the word BSN. Dates and amounts are left out. A text full of numbers can be refused by chance (one in eleven numbers passes the elfproef).
 */
export function hasBsn(tekst: string): boolean {
  const kaal = tekst
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, teken => CIJFERS.get(teken) ?? teken)
    .replace(ONZICHTBAAR, '')
    .toLowerCase()
  const isGetal = (deel: string) => isBsn(deel.replaceAll(/[^0-9]/g, ''))
  if ([...kaal.matchAll(/(?<![0-9])[0-9]{9}(?![0-9])/g)].some(([getal]) => isBsn(getal))) return true
  const zonderDatum = kaal.replaceAll(DATUM, 'x')
  const rest = zonderDatum.replaceAll(BEDRAG, 'x')
  // An old BSN has eight digits, and a zero in front that not everybody writes.
  const naHetWoord = [...zonderDatum.matchAll(NA_HET_WOORD)].map(([, getal = '']) =>
    getal.replaceAll(/[^0-9]/g, ''),
  )
  if (naHetWoord.some(getal => isBsn(getal) || isBsn(`0${getal.slice(0, 8)}`))) return true
  if (GEHEEL.some(tussen => [...rest.matchAll(tussen)].some(([getal]) => isGetal(getal)))) return true
  return TUSSEN.some(tussen =>
    [...rest.matchAll(tussen)].some(([getal]) => isGetal(getal) || heeftGroepen(getal)),
  )
}

/** True when three groups of digits that follow each other are a BSN as it is written. */
function heeftGroepen(getallen: string): boolean {
  const delen = getallen.split(/[^0-9]+/)
  return delen.some((_, i) => {
    const drie = delen.slice(i, i + 3)
    return GROEPEN.includes(drie.map(deel => deel.length).join()) && isBsn(drie.join(''))
  })
}

/** The names of a person that stand in a text as words of their own: pointed out to the writer, never refused. */
export function mentionsNaam(tekst: string, namen: readonly string[]): string[] {
  const woorden = new Set(plain(tekst).split(/[^\p{L}\p{N}]+/u))
  return namen.filter(
    naam =>
      naam.length > 1 &&
      plain(naam)
        .split(/[^\p{L}\p{N}]+/u)
        .every(deel => woorden.has(deel)),
  )
}

/**
 * The parts of a name by which somebody is known: those with a capital, so that 'van' and 'de' are none. For `mentionsNaam`.
 */
export function naamdelen(naam: string): string[] {
  return naam.split(/\s+/).filter(deel => /^\p{Lu}\p{L}/u.test(deel))
}

/** Without capitals and accents. */
function plain(tekst: string): string {
  return tekst.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
