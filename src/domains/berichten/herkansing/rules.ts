import { codeOf } from '../../../platform/db/codes.ts'

/** How long judging one message may take: twenty times what 25 MB, the largest allowed, needs. */
export const TIJD_PER_BERICHT_MS = 60_000

/** Part of that time in which a lock must be had: who waits longer was held up by somebody else, not by the message. */
export const DEEL_VOOR_SLOT = 0.25

/** So often judging may begin. Each time is counted before it begins: a message may have ended the process. */
export const MEESTE_POGINGEN = 3

/** For how long after receipt an attempt that a restart of the server cut off does not count. */
export const VERGEEFLIJK_MS = 3_600_000

/** Judging took longer than it may. */
export class Tijdslimiet extends Error {
  override name = 'Tijdslimiet'
}

/** Throws Tijdslimiet when `ms` have passed since this was made; `nu` in milliseconds. */
export function makeBewaking(ms: number, nu: () => number = () => performance.now()): () => void {
  const tot = nu() + ms
  return () => {
    if (nu() > tot) throw new Tijdslimiet()
  }
}

/**
 * Why judging was given up: 'tijd', 'proces' (it ended the process), or 'fout:' with the kind of error. Never the text of
 * an error: it may quote what stands in the message.
 */
export function redenVan(fout: unknown): string {
  const code = codeOf(fout)
  if (fout instanceof Tijdslimiet || code === QUERY_CANCELED) return 'tijd'
  const soort = fout instanceof Error ? fout.constructor.name : typeof fout
  return `fout:${[soort, code].filter(deel => /^\w{1,40}$/.test(deel)).join(' ')}`
}

/** The reason in a sentence for people. */
export function redenZin(reden: string): string {
  if (reden === 'tijd') return 'Het beoordelen duurde langer dan mag.'
  if (reden === 'proces')
    return `Het beoordelen is ${MEESTE_POGINGEN} keer begonnen en nooit afgekomen: het programma stopte.`
  return `In het programma ging iets mis bij het beoordelen (${reden.replace(/^fout:/, '')}).`
}

const QUERY_CANCELED = '57014'

/**
 * SQLSTATE of two that were in each other's way: a unique key, an exclusion, a deadlock, serialization, or something that was there
 * when it was read and is gone now.
 */
const BOTSING: ReadonlySet<string> = new Set(['23503', '23505', '23P01', '40001', '40P01'])

/** True when another transaction was just before; looking again sees what it did. */
export function isBotsing(fout: unknown): boolean {
  return BOTSING.has(codeOf(fout))
}
