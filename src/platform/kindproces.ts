import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { projectRoot } from './config.ts'
import { type Beurten, makeBeurten, nextRang } from './db/beurt.ts'

/** Work that is done in a process of its own, each by its own file (also named in vite.config.ts). */
const WERK = { bladlezer: './register/bladen/bladlezer.ts', bladschrijver: './http/bladschrijver.ts' }

export interface Grenzen {
  geheugenMb: number
  tijdMs: number
}

/**
 * So many of one kind at once: each may take its whole share of memory. Who comes after them waits, but nobody who gets a file for those
 * who send one, and nobody for what one person asks: of that one is done at a time.
 */
const TEGELIJK = 2
const PER_PERSOON = 1
/** Longer than whoever waits for a page does. */
const GEDULD_MS = 600_000

const newBeurten = () => makeBeurten(TEGELIJK, GEDULD_MS, PER_PERSOON)
const BEURTEN: Readonly<Record<keyof typeof WERK, Beurten>> = {
  bladlezer: newBeurten(),
  bladschrijver: newBeurten(),
}

/**
 * What that work answers to `vraag`; undefined when it ran out of memory or time. It is a process and not a thread: one allocation beyond
 * what a thread may have ends the whole process, with everybody in it. It gets nothing of our environment, where the secrets are.
 * `persoon`: for whom it is, undefined for the house itself.
 */
export async function runApart<Uit>(
  werk: keyof typeof WERK,
  vraag: unknown,
  grenzen: Grenzen,
  persoon?: string,
): Promise<Uit | undefined> {
  const klaar = await BEURTEN[werk].neem({ rang: nextRang(), persoon })
  return runFile<Uit>(addressOf(werk), vraag, grenzen).finally(klaar)
}

/** The same of a file, without waiting for a turn. */
export function runFile<Uit>(
  bestand: string,
  vraag: unknown,
  { geheugenMb, tijdMs }: Grenzen,
): Promise<Uit | undefined> {
  const kind = fork(bestand, [String(process.pid)], {
    env: {},
    execArgv: [`--max-old-space-size=${geheugenMb}`],
    serialization: 'advanced',
    // What the engine writes of a heap that is full is of no use to whoever reads our log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const wekker = setTimeout(() => kind.kill('SIGKILL'), tijdMs)
  return new Promise<Uit | undefined>(resolve => {
    kind.once('message', uit => resolve(uit as Uit))
    kind.once('error', () => resolve(undefined))
    kind.once('exit', () => resolve(undefined))
    // It may be gone before it was asked; then it ends without an answer.
    kind.send(vraag as object, () => {})
  }).finally(() => {
    clearTimeout(wekker)
    kind.kill('SIGKILL')
  })
}

/** In such a process: answers the one question it is asked, and ends. */
export function answerOnce<Vraag>(doe: (vraag: Vraag) => Promise<unknown>): void {
  if (process.send === undefined) return
  dieFirst()
  endWithParent()
  process.once('disconnect', () => process.exit())
  process.once('message', async vraag => {
    process.send?.(await doe(vraag as Vraag), () => process.disconnect())
  })
}

/** Once a second. */
const WACHT = `
  const { workerData: ouder } = require('node:worker_threads')
  setInterval(() => process.ppid === ouder || process.kill(process.pid, 'SIGKILL'), 1000)`

/**
 * Nobody waits for an answer when who asked is gone, however that ended. A thread of its own sees to it: in the midst of work this one
 * does not hear that it was cut off.
 */
function endWithParent(): void {
  new Worker(WACHT, { eval: true, workerData: Number(process.argv[2]) }).unref()
}

/** When the machine itself is out of memory this goes before who asked: its buffers are no part of the heap that is bounded. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // Not Linux: nothing to choose between.
  }
}

/** From the sources as they are, or built beside the server. */
function addressOf(werk: keyof typeof WERK): string {
  return import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL(WERK[werk], import.meta.url))
    : `${projectRoot()}/dist/server/${werk}.js`
}
