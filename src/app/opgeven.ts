import { setTimeout } from 'node:timers/promises'
import { PROEF_MS } from '../platform/db/beletsel.ts'
import type { Werkplek } from './omgeving.ts'

/** How long a process stays when it cannot work any more: time for who asks GET /gezond to send its visitors elsewhere. */
export const GEDULD_MS = 10_000

/**
 * Answers, each time it is asked, why this process must end by itself; undefined as long as it need not. `stuk` says why it
 * cannot work any more; that must have lasted `GEDULD_MS` without a break. Not every supervisor asks after health (systemd
 * and compose do not), but each starts a process anew that ends with a fault. `nu` in milliseconds.
 */
export function makeOpgeven(
  stuk: () => string | undefined,
  nu: () => number = () => performance.now(),
): () => string | undefined {
  let sinds: number | undefined
  return () => {
    const reden = stuk()
    if (reden === undefined) {
      sinds = undefined
      return undefined
    }
    sinds ??= nu()
    return nu() - sinds >= GEDULD_MS ? reden : undefined
  }
}

/** How often a running process asks itself whether it is still fit, and how long ending may then take. */
const CONTROLE_MS = 2_000
const AFRONDEN_MS = 20_000

/**
 * Ends the process with a fault once it cannot work any more: whatever started it, starts it anew. Answers what ends the
 * watching itself.
 */
export function endWhenUnfit(
  { toestand, database }: Pick<Werkplek, 'toestand' | 'database'>,
  stop: () => Promise<void>,
  exit: () => void,
): () => void {
  const opgeven = makeOpgeven(() => toestand.stuk())
  const controle = setInterval(() => {
    // Also when nobody asks anything: a connection that fell silent is found, and replaced.
    database.proef(PROEF_MS).catch(() => undefined)
    const reden = opgeven()
    if (reden === undefined) return
    clearInterval(controle)
    process.stderr.write(`${reden} Samenhang stopt en moet opnieuw worden gestart.\n`)
    // What is broken may not let go either.
    Promise.race([stop(), setTimeout(AFRONDEN_MS)]).finally(exit)
  }, CONTROLE_MS)
  controle.unref()
  return () => clearInterval(controle)
}
