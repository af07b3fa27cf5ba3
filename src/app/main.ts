import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import { outageProblem } from '../platform/db/errors.ts'
import { withoutValues } from '../platform/http/fouten.tsx'
import type { App } from '../platform/http/server.ts'
import { loadConfig } from '../platform/instellingen.ts'
import { startJobs } from '../platform/jobs.ts'
import { buildApp } from './app.tsx'
import { openWerkplek, type Werkplek } from './omgeving.ts'
import { endWhenUnfit } from './opgeven.ts'
import { loadDemonstratie } from './regio/demonstratie.ts'
import { checkModus, checkPoort, claimMap } from './startproeven.ts'
import { makeTaken } from './taken.ts'
import { explainFault } from './uitleg.ts'
import { makeVerslag } from './verzegelen.ts'

const say = (tekst: string) => process.stdout.write(`${tekst}\n`)

/** Begins one part of the process, and says how it ends. Refused once stopping has begun. */
type Stap = <T>(begin: () => Promise<T>, einde: (deel: T) => Promise<unknown>) => Promise<T>

/**
 * Starts everything, in order. On a signal, also while still starting, and on a fault stops what was started, in
 * reverse order: first the requests under way are finished, the database goes last.
 */
async function main(): Promise<void> {
  const config = loadConfig()
  const gestart: (() => Promise<unknown>)[] = []
  let stoppen: Promise<void> | undefined
  const stop = () => {
    stoppen ??= (async () => {
      for (const sluit of gestart.reverse()) await sluit()
    })()
    return stoppen
  }
  const stap: Stap = (begin, einde) => {
    if (stoppen) return Promise.reject(new Error('stopping'))
    const deel = begin()
    // Known before it is finished: a stop waits for it and then undoes it.
    gestart.push(() => deel.then(einde).catch(() => undefined))
    return deel
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, async () => {
      if (stoppen) return
      say('\nBezig met afronden…')
      await stop()
      process.exit(0)
    })
  try {
    endWhenUnfit(await start(config, stap), stop, () => process.exit(1))
  } catch (error) {
    // A start that was stopped halfway fails on what is no longer there: that is no fault.
    if (stoppen) return await stop()
    await stop()
    throw error
  }
}

async function start(config: Config, stap: Stap): Promise<Werkplek> {
  await stap(
    () => claimMap(config),
    release => release(),
  )
  await checkPoort(config)
  const werkplek = await stap(
    () => openWerkplek(config, { neemOver: true }),
    geopend => geopend.sluit(),
  )
  await checkModus(werkplek)
  if (config.modus === 'demonstratie') await loadDemonstratie(werkplek)
  const app = await buildApp(config, werkplek)
  werkplek.server?.bewaak(tekst => app.log.error(tekst))
  const taken = makeTaken(werkplek, makeVerslag(app.log))
  const meld = (niveau: string, tekst: string) => {
    if (niveau === 'error') app.log.error(tekst)
  }
  surviveOutages(app)
  const drain = prepareDrain(app)
  await stap(
    async () => startJobs(werkplek.database, taken, meld),
    jobs => jobs.stop(),
  )
  taken
    .berichten_inhalen?.({})
    .catch(error => app.log.error({ err: withoutValues(error) }, 'inhalen is mislukt'))
  // What was not sealed when the process before this one ended has waited long enough.
  taken
    .audit_verzegel?.({})
    .catch(error => app.log.error({ err: withoutValues(error) }, 'verzegelen is mislukt'))
  await stap(
    () => app.listen({ port: config.port, host: config.host }),
    () => drain(),
  )
  say(`Samenhang draait op ${config.adres}`)
  say('Stoppen kan met Ctrl-C.')
  return werkplek
}

/**
 * A promise that nobody waits for ends the process; the job runner leaves some behind when the database goes away under
 * it. Of an outage everybody who waits hears elsewhere; anything else is a bug and still ends the process.
 */
function surviveOutages(app: App): void {
  process.on('unhandledRejection', error => {
    const outage = outageProblem(error)
    if (!outage) throw error
    app.log.error(outage.type)
  })
}

/** Time for what the system took for us, and what is on its way over an open connection, to come in. */
const GRACE_MS = 300

/**
 * Answers every request that was accepted, also those that come in the moment after the signal; from then on each answer
 * closes its connection. Then no more connections are taken, and one that falls idle is closed: a browser keeps it open.
 */
function prepareDrain(app: App): () => Promise<void> {
  let stopping = false
  app.server.prependListener('request', (_, answer) => {
    if (stopping) answer.shouldKeepAlive = false
  })
  return async () => {
    stopping = true
    await setTimeout(GRACE_MS)
    // On a machine that is busy the time may be up before what came in was read: once more around the loop reads it.
    for (let i = 0; i < 3; i += 1) await setImmediate()
    const idle = setInterval(() => app.server.closeIdleConnections(), 100)
    await app.close()
    clearInterval(idle)
  }
}

main().catch(error => {
  // What a person can solve is said plainly; anything else is a bug and shows where.
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${explainFault(error) ?? bug}\n`)
  process.exit(1)
})
