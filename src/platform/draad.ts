import { Worker } from 'node:worker_threads'
import { projectRoot } from './config.ts'

/** Work that is done in a thread of its own, each by its own file (also named in vite.config.ts). */
const WERK = { bladlezer: './register/bladlezer.ts', bladschrijver: './http/bladschrijver.ts' }

export interface Grenzen {
  geheugenMb: number
  tijdMs: number
}

/**
 * What that work answers to `vraag`; undefined when it ran out of memory or time. Meanwhile this thread goes on answering others,
 * and what eats memory or time ends its own thread and nothing else. Only its heap is counted: what it keeps in buffers is memory of the
 * whole process, and the work itself bounds that.
 */
export async function runInThread<Uit>(
  werk: keyof typeof WERK,
  vraag: unknown,
  { geheugenMb, tijdMs }: Grenzen,
): Promise<Uit | undefined> {
  const draad = new Worker(addressOf(werk), {
    workerData: vraag,
    resourceLimits: { maxOldGenerationSizeMb: geheugenMb },
  })
  const wekker = setTimeout(() => draad.terminate(), tijdMs)
  try {
    return await new Promise<Uit | undefined>(resolve => {
      draad.once('message', resolve)
      // Out of memory comes as an error, out of time as an end without an answer.
      draad.once('error', () => resolve(undefined))
      draad.once('exit', () => resolve(undefined))
    })
  } finally {
    clearTimeout(wekker)
    await draad.terminate()
  }
}

/** From the sources as they are, or built beside the server. */
function addressOf(werk: keyof typeof WERK): URL | string {
  return import.meta.url.endsWith('.ts')
    ? new URL(WERK[werk], import.meta.url)
    : `${projectRoot()}/dist/server/${werk}.js`
}
