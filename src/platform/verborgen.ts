/**
 * Signs that nobody sees and that make a text another than it looks: control characters, those that turn the direction of reading, and
 * those of no width or no ink. Two emoji that are joined to one are no such thing.
 */
const VERBORGEN = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u2800\u3164\uffa0]/gu
const SAMENGESTELD =
  /(?<=\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])\u200d(?=\p{Extended_Pictographic})/gu
/** What ends a line or jumps in it: of a long text a part, of a short one a mistake. */
const REGEL = /[\t\n\r]/

const SOORTEN: readonly (readonly [RegExp, string])[] = [
  [/[\n\r\u0085\u2028\u2029]/, 'een nieuwe regel'],
  [/\t/, 'een tab'],
  [/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/, 'een teken dat de leesrichting omdraait'],
]

/**
 * What stands in a text that nobody sees, in words and with its place; undefined for nothing. `lang`: it may have lines. White space at
 * its ends is not looked at: that is taken off.
 */
export function findVerborgen(tekst: string, { lang = false } = {}): string | undefined {
  const kaal = tekst.trim()
  const zonder = kaal.replace(SAMENGESTELD, 'x')
  for (const { 0: teken, index } of zonder.matchAll(VERBORGEN)) {
    if (lang && REGEL.test(teken)) continue
    const wat = SOORTEN.find(([soort]) => soort.test(teken))?.[1] ?? 'een teken dat u niet ziet'
    const ervoor = zonder.slice(0, index).replace(VERBORGEN, '').slice(-15).trim()
    return `Er staat ${wat} in, ${ervoor === '' ? 'aan het begin' : `na ‘${ervoor}’`}. Haal het weg, of typ de tekst opnieuw.`
  }
  return undefined
}

/** Signs that are one to the eye, each under the one on a keyboard. */
const EENDER: readonly (readonly [RegExp, string])[] = [
  [/[\p{Pd}\u02d7\u2043\u2212]/gu, '-'],
  [/[\u0060\u00b4\u02b9\u02bb\u02bc\u2018-\u201b\u2032]/gu, "'"],
  [/[\u201c-\u201f\u2033]/gu, '"'],
  [/[\u2044\u2215]/gu, '/'],
]

/** By what two codes are told apart by people: not by capitals, accents, width, spaces, kinds of dashes and quotes, or what nobody sees. */
export const looksLike = (tekst: string): string =>
  EENDER.reduce((zo, [tekens, teken]) => zo.replaceAll(tekens, teken), tekst)
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cc}\p{Cf}\u2800\s]/gu, '')
    .toLowerCase()
