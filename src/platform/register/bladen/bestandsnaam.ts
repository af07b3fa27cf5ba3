import { hasBsn } from '../../vrijetekst.ts'

/** What nobody sees, or what turns the order of the signs around it. */
const ONZICHTBAAR = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** The end of a name that says what kind of file it is. */
const ACHTER = /\.[a-z]{1,5}$/i

const MAX = 200

/**
 * The name of a file as it may be kept and shown. It is free text of whoever sends it: one that holds what can be a BSN, or signs that
 * nobody sees, becomes 'bestand' with its own ending. Of a long name the end is kept.
 */
export function safeName(naam: string): string {
  if (ONZICHTBAAR.test(naam) || hasBsn(naam)) return `bestand${ACHTER.exec(naam)?.[0].toLowerCase() ?? ''}`
  return [...naam].slice(-MAX).join('')
}
