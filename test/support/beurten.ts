import { Session } from 'node:inspector/promises'

/** The part of our code that ran most often, and how often. */
export interface Drukste {
  aantal: number
  waar: string
}

/**
 * Counts how often each part of our own code runs while `doe` runs, as the engine itself counts it; answers the part that ran
 * most. So a loop is bounded by its turns: the same on every machine, where time is not.
 */
export async function countTurns(doe: () => Promise<void>): Promise<Drukste> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    await doe()
    const { result } = await session.post('Profiler.takePreciseCoverage')
    let drukste: Drukste = { aantal: 0, waar: 'nowhere' }
    for (const { url, functions } of result) {
      const [, bestand] = /\/(src\/.+)$/.exec(url) ?? []
      if (bestand === undefined) continue
      for (const { functionName, ranges } of functions)
        for (const { count } of ranges)
          if (count > drukste.aantal) drukste = { aantal: count, waar: `${functionName} in ${bestand}` }
    }
    return drukste
  } finally {
    await session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
  }
}
