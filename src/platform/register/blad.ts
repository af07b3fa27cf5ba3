import { Worker } from 'node:worker_threads'
import { projectRoot } from '../config.ts'
import { Problem } from '../problem.ts'

/** One row of a file as texts, each as people type it: '31-01-2026', '12,50', 'ja'. `nummer` counts as a spreadsheet does. */
export interface Bladrij {
  nummer: number
  cellen: string[]
}

/** The first sheet of a file: its headings, and the rows that hold anything. */
export interface Blad {
  koppen: string[]
  rijen: Bladrij[]
}

/** What the reader apart answers: the sheet, or in words why there is none. */
export type Bladantwoord = Blad | { onleesbaar: string }

/** Memory and time that reading one file may take: a small file can be made that unfolds without end. */
const GEHEUGEN_MB = 768
const TIJD_MS = 60_000

/**
 * Reads the first sheet of an XLSX or CSV file, whatever its name says it is. It is read in a thread of its own: a file that eats
 * memory or time ends that thread and nothing else. Throws 400 `onleesbaar-bestand`.
 */
export async function readBlad(bytes: Uint8Array): Promise<Blad> {
  const lezer = new Worker(lezerAdres(), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: GEHEUGEN_MB },
  })
  const wekker = setTimeout(() => lezer.terminate(), TIJD_MS)
  try {
    const antwoord = await new Promise<Bladantwoord>(resolve => {
      lezer.once('message', resolve)
      // Out of memory comes as an error, out of time as an end without an answer.
      lezer.once('error', () => resolve({ onleesbaar: TE_ZWAAR }))
      lezer.once('exit', () => resolve({ onleesbaar: TE_ZWAAR }))
    })
    if ('onleesbaar' in antwoord) throw unreadable(antwoord.onleesbaar)
    return antwoord
  } finally {
    clearTimeout(wekker)
    await lezer.terminate()
  }
}

const TE_ZWAAR = 'Het bestand is te groot of te ingewikkeld om te lezen. Splits het in kleinere bestanden.'

/** From the sources as they are, or built beside the server. */
function lezerAdres(): URL | string {
  return import.meta.url.endsWith('.ts')
    ? new URL('./bladlezer.ts', import.meta.url)
    : `${projectRoot()}/dist/server/bladlezer.js`
}

function unreadable(detail: string): Problem {
  return new Problem(400, 'onleesbaar-bestand', 'Dit bestand kan niet worden gelezen', detail)
}
