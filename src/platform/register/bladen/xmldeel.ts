/**
 * The longest text, tag or comment that the reader of a workbook gets, in bytes: it takes what is longer up again for every piece of a part,
 * and then needs minutes for what packs to nothing. A cell holds 32,767 characters.
 */
const MAX_STUK = 1_000_000

/**
 * True for a part of a workbook that is XML and that can be read in the time it takes to look at it once. Pictures and the like are none:
 * whoever reads the sheets has no use for them. `tekst`: with a sign for each byte.
 */
export function isXmldeel(tekst: string): boolean {
  if (!/^(?:\xef\xbb\xbf)?\s*</.test(tekst.slice(0, 1000))) return false
  let plek = 0
  while (plek < tekst.length) {
    const begin = orEnd(tekst, tekst.indexOf('<', plek))
    const eind = orEnd(tekst, endOf(tekst, begin))
    if (begin - plek > MAX_STUK || eind - begin > MAX_STUK) return false
    plek = eind + 1
  }
  return true
}

const orEnd = (tekst: string, plek: number) => (plek === -1 ? tekst.length : plek)

/** How what is no element ends. */
const ANDERS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** Where what begins at `begin` ends; -1 when it does not. */
function endOf(tekst: string, begin: number): number {
  const teken = tekst[begin + 1]
  const ander = teken === '!' || teken === '?' ? ANDERS.find(([b]) => tekst.startsWith(b, begin)) : undefined
  if (ander !== undefined) return tekst.indexOf(ander[1], begin)
  for (let plek = begin; plek < tekst.length; plek += 1) {
    const code = tekst.charCodeAt(plek)
    if (code === SLOT) return plek
    // What is quoted may hold any sign.
    if (code === DUBBEL || code === ENKEL) plek = orEnd(tekst, tekst.indexOf(tekst.charAt(plek), plek + 1))
  }
  return -1
}

const [SLOT, DUBBEL, ENKEL] = [0x3e, 0x22, 0x27]
