import { GEEN_BEURT } from './codes.ts'

let laatste = 0

/** Where work that begins now stands among all work of this process: what began earlier has a lower number. */
export function nextRang(): number {
  laatste += 1
  return laatste
}

/** Who asks for a turn. */
export interface Vrager {
  rang: number
  /** For whom the work is; undefined for work of the house itself, and for what more people wait for. */
  persoon?: string | undefined
}

export interface Beurten {
  /**
   * Resolves when it is this one's turn, with what ends it; rejects, with a code of `GEEN_BEURT` that says who asks too much at
   * once, when that takes longer than the patience.
   */
  neem(vrager: Vrager): Promise<() => void>
  /** Somebody else waits for the same work: from now on it is not held up by how much its first asker has under way. */
  deel(vrager: Vrager): void
}

/**
 * At most `plaatsen` turns at a time, and at most `perPersoon` of them for one person: who asks for twenty exports at once
 * waits for their own, and holds up nobody else. Of who waits and may go, what began first goes first, however often it asks.
 * A page that reads more than once would otherwise stand at the end of the queue each time, and under load take many times
 * as long as others.
 */
export function makeBeurten(plaatsen: number, geduldMs: number, perPersoon: number): Beurten {
  let vrij = plaatsen
  const bezig = new Map<string, number>()
  const wachtend: { vrager: Vrager; ga: () => void }[] = []

  const mayGo = ({ persoon }: Vrager) => persoon === undefined || (bezig.get(persoon) ?? 0) < perPersoon
  const tel = (persoon: string | undefined, erbij: 1 | -1) => {
    vrij -= erbij
    if (persoon === undefined) return
    const aantal = (bezig.get(persoon) ?? 0) + erbij
    if (aantal === 0) bezig.delete(persoon)
    else bezig.set(persoon, aantal)
  }
  const next = () => {
    while (vrij > 0) {
      const plek = wachtend.findIndex(({ vrager }) => mayGo(vrager))
      if (plek < 0) return
      wachtend.splice(plek, 1)[0]?.ga()
    }
  }

  return {
    neem: vrager =>
      new Promise((resolve, reject) => {
        const wachter = {
          vrager,
          ga: () => {
            clearTimeout(geduld)
            const { persoon } = vrager
            tel(persoon, 1)
            resolve(() => {
              tel(persoon, -1)
              next()
            })
          },
        }
        const geduld = setTimeout(() => {
          wachtend.splice(wachtend.indexOf(wachter), 1)
          const code = mayGo(vrager) ? GEEN_BEURT.allen : GEEN_BEURT.persoon
          reject(Object.assign(new Error('no turn within the patience'), { code }))
        }, geduldMs)
        wachtend.splice(wachtend.findLastIndex(ander => ander.vrager.rang <= vrager.rang) + 1, 0, wachter)
        next()
      }),
    deel: vrager => {
      // Who has a turn is counted as they were when they took it.
      vrager.persoon = undefined
      next()
    },
  }
}
