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
