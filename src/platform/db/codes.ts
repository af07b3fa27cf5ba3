/**
 * What the code of an error says, of PostgreSQL (SQLSTATE) and of the network. Pure and without imports: rules may use it.
 */

/** Of the network, and of a server that stops, starts, or has no room for another connection. */
const WEG =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|57P0[123]|53300|08\d{3})$/

/** What the driver says of a connection that broke or did not come, without a code. */
const GEBROKEN = /^(Connection terminated|Client has encountered a connection error|Query read timeout)/

const ZWIJGT = 'Query read timeout'

/** What the driver says when an answer stays away: nothing more may be asked of that connection. */
export function isZwijgt(fout: unknown): fout is Error {
  return fout instanceof Error && fout.message === ZWIJGT
}

/** The same, for who did not come so far as to ask. */
export function zwijgt(cause: unknown): Error {
  return new Error(ZWIJGT, { cause })
}

/** What the pool says, without a code, when every connection of this process stayed in use. */
const POOL_VOL = /^timeout exceeded when trying to connect/

/** Who asked too much at once, so that no turn came in time (`makeBeurten`): one person, or all together. */
export const GEEN_BEURT = { persoon: 'BEURT_PERSOON', allen: 'BEURT_ALLEN' } as const

/** Full (disk, memory), stopped, or broken itself; or something of the system around it. */
const NIET_VAN_DE_VRAAG = /^(53|57P|58)|^E[A-Z]{3,}$/

/** The server or our disk has no room. */
const VOL = /^(53100|ENOSPC)$/

/** Another holds the lock longer than is waited for: only a change of key takes so long (platform.eis_sleutel). */
const BEZET = '55P03'

/** The code of an error; empty when it has none. */
export function codeOf(fout: unknown): string {
  return fout instanceof Error && 'code' in fout ? String(fout.code) : ''
}

/** True when the database was away: the same may be asked again. */
export function isWeg(fout: unknown): boolean {
  const code = codeOf(fout)
  return WEG.test(code) || (code === '' && fout instanceof Error && GEBROKEN.test(fout.message))
}

/** Whose questions keep this process so busy that this one had no turn; undefined for any other error. */
export function drukteOf(fout: unknown): keyof typeof GEEN_BEURT | undefined {
  const code = codeOf(fout)
  if (code === GEEN_BEURT.persoon) return 'persoon'
  const vol = code === '' && fout instanceof Error && POOL_VOL.test(fout.message)
  return vol || code === GEEN_BEURT.allen ? 'allen' : undefined
}

/** True when the key is being changed, which others wait for up to a time. */
export function isBezet(fout: unknown): boolean {
  return codeOf(fout) === BEZET
}

/** True when a disk is full, that of the database server or ours. */
export function isVol(fout: unknown): boolean {
  return VOL.test(codeOf(fout))
}

/** What a person does about it; the same wherever it shows. */
export const SCHIJF_VOL = 'De schijf is vol. Maak ruimte en probeer het opnieuw; er is niets verloren.'

/** True when an error says nothing about what was asked, so that trying later is right. */
export function isVoorbijgaand(fout: unknown): boolean {
  return isWeg(fout) || isBezet(fout) || drukteOf(fout) !== undefined || NIET_VAN_DE_VRAAG.test(codeOf(fout))
}
