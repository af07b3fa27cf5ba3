import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import {
  Logger,
  type Runner,
  type RunnerOptions,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import { sql } from 'kysely'
import type { Database } from './db/database.ts'
import type { Tx } from './db/tables.ts'
import { Problem } from './problem.ts'

/** The tasks that domains offer, with what they need to run. */
export interface Taken {
  berichten_verwerk: { gemeente: string; berichtId: string }
  berichten_wegschrijven: { berichten: { gemeente: string; berichtId: string }[] }
  berichten_inhalen: Record<string, never>
  audit_verzegel: Record<string, never>
  opruimen: Record<string, never>
}
export type Taak = keyof Taken

export type Uitvoerders = { [T in Taak]?: (gegevens: Taken[T]) => Promise<void> }

/**
 * Adds a job in the transaction of the change that causes it (the outbox): committed together or not at all.
 * `sleutel` makes a second, equal job replace the first while it waits.
 */
export async function enqueue<T extends Taak>(
  tx: Tx,
  taak: T,
  gegevens: Taken[T],
  sleutel?: string,
): Promise<void> {
  await sql`select graphile_worker.add_job(${taak}, ${JSON.stringify(gegevens)}::json, job_key => ${sleutel ?? null}, max_attempts => 8)`.execute(
    tx,
  )
}

/** The worker of this process. */
export interface Jobs {
  /** Finishes the jobs in hand, ten seconds at most, and takes no more. */
  stop(): Promise<void>
}

const LONGEST_WAIT_MS = 30_000
const LONGEST_STOP_MS = 10_000

/**
 * Starts a worker in this process; any number of processes may do so on one database. It lives as long as the process:
 * when the database restarts under it, it starts again by itself, and the jobs that it had in hand are free at once.
 */
export function startJobs(
  database: Database,
  taken: Uitvoerders,
  melden: (niveau: string, tekst: string) => void,
): Jobs {
  const stopping = new AbortController()
  const workers = new Set<string>()
  let runner: Runner | undefined

  const runOnce = async () => {
    await release(database, workers)
    const events: WorkerEvents = new EventEmitter()
    events.on('worker:create', ({ worker }) => workers.add(worker.workerId))
    const started = await run({ ...options(database, taken, melden), events })
    runner = started
    // Also when the runner ends by itself its promise may be rejected: unheard, that ends the process.
    const ended = started.promise
    if (stopping.signal.aborted) await started.stop().catch(() => undefined)
    await ended
  }
  const live = async () => {
    for (let pogingen = 0; !stopping.signal.aborted; pogingen += 1) {
      const begin = Date.now()
      await runOnce().catch(error => melden('error', `the job runner stopped: ${reason(error)}`))
      if (Date.now() - begin > LONGEST_WAIT_MS) pogingen = 0
      const wacht = Math.min(LONGEST_WAIT_MS, 250 * 2 ** pogingen)
      await setTimeout(wacht, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const life = live()
  return {
    async stop() {
      stopping.abort()
      await runner?.stop().catch(() => undefined)
      await Promise.race([life, setTimeout(LONGEST_STOP_MS, undefined, { ref: false })])
    },
  }
}

function options(
  database: Database,
  taken: Uitvoerders,
  melden: (niveau: string, tekst: string) => void,
): RunnerOptions {
  const taskList: TaskList = {}
  for (const [naam, fn] of Object.entries(taken))
    taskList[naam] = async gegevens => {
      await (fn as (g: unknown) => Promise<void>)(gegevens).catch(error => {
        throw withoutValues(error)
      })
    }
  return {
    pgPool: database.pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList,
    crontab: '* * * * * audit_verzegel\n* * * * * berichten_inhalen\n17 4 * * * opruimen',
    logger: new Logger(() => (niveau, tekst) => melden(niveau, tekst)),
  }
}

/** Workers of ours that died keep their jobs locked for hours, unless somebody says that they are gone. */
async function release(database: Database, workers: Set<string>): Promise<void> {
  if (workers.size === 0) return
  await database.pool.query('select graphile_worker.force_unlock_workers($1::text[])', [[...workers]])
  workers.clear()
}

/** The runner writes what went wrong in its log and its table, message and all: only the kind of it and the place. */
function withoutValues(error: unknown): Error {
  const kaal = new Error(reason(error))
  const plaats =
    error instanceof Error ? (error.stack ?? '').split('\n').filter(regel => /^\s+at /.test(regel)) : []
  kaal.stack = [kaal.message, ...plaats].join('\n')
  return kaal
}

/** What is known of it without values of a row: they may be personal. */
function reason(error: unknown): string {
  if (error instanceof Problem) return error.message
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : ''
  return `${error instanceof Error ? error.name : 'unknown'}${code}`
}
