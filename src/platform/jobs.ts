import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type { Database } from './db/database.ts'
import type { Tx } from './db/tables.ts'

/** The tasks that domains offer, with what they need to run. */
export interface Taken {
  berichten_verwerk: { gemeente: string; berichtId: string }
  berichten_wegschrijven: { berichten: { gemeente: string; berichtId: string }[] }
  berichten_inhalen: Record<string, never>
  audit_verzegel: Record<string, never>
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

/** Starts a worker in this process; any number of processes may do so on one database. */
export async function startJobs(
  database: Database,
  taken: Uitvoerders,
  melden: (niveau: string, tekst: string) => void,
): Promise<Runner> {
  const taskList: TaskList = {}
  for (const [naam, fn] of Object.entries(taken))
    taskList[naam] = async gegevens => (fn as (g: unknown) => Promise<void>)(gegevens)
  return run({
    pgPool: database.pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList,
    crontab: '* * * * * audit_verzegel\n* * * * * berichten_inhalen',
    logger: new Logger(() => (niveau, tekst) => melden(niveau, tekst)),
  })
}
