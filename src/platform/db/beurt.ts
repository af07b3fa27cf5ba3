let laatste = 0

/** Where work that begins now stands among all work of this process: what began earlier has a lower number. */
export function nextRang(): number {
  laatste += 1
  return laatste
}

export interface Beurten {
  /** Resolves when it is this one's turn; rejects as the driver does when that takes longer than the patience. */
  neem(rang: number): Promise<void>
  /** Ends a turn that was taken. */
  geef(): void
}

/**
 * At most `plaatsen` turns at a time; of who waits, what began first goes first, however often it asks. A page that reads
 * more than once would otherwise stand at the end of the queue each time, and under load take many times as long as others.
 */
export function makeBeurten(plaatsen: number, geduldMs: number): Beurten {
  let vrij = plaatsen
  const wachtend: { rang: number; ga: () => void }[] = []
  return {
    neem: rang => {
      if (vrij > 0) {
        vrij -= 1
        return Promise.resolve()
      }
      return new Promise((resolve, reject) => {
        const wachter = {
          rang,
          ga: () => {
            clearTimeout(geduld)
            resolve()
          },
        }
        const geduld = setTimeout(() => {
          wachtend.splice(wachtend.indexOf(wachter), 1)
          reject(new Error('timeout exceeded when trying to connect'))
        }, geduldMs)
        wachtend.splice(wachtend.findLastIndex(ander => ander.rang <= rang) + 1, 0, wachter)
      })
    },
    geef: () => {
      const eerste = wachtend.shift()
      if (eerste) eerste.ga()
      else vrij += 1
    },
  }
}
