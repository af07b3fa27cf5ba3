/** Names as Dutch people list them: 'a', 'a en b', 'a, b en c'. */
export function enumerate(namen: readonly string[]): string {
  return namen.length < 2 ? (namen[0] ?? '') : `${namen.slice(0, -1).join(', ')} en ${namen.at(-1)}`
}

/** A name in the middle of a sentence: without its capital, unless it is an abbreviation. */
export function inSentence(naam: string): string {
  return /^[A-Z][a-z]/.test(naam) ? `${naam.charAt(0).toLowerCase()}${naam.slice(1)}` : naam
}
