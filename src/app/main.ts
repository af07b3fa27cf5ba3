import { ConfigFout, readConfig } from '../platform/config.ts'
import { ServerFout } from '../platform/db/embedded.ts'
import { MigratieFout } from '../platform/db/migrate.ts'
import { startJobs } from '../platform/jobs.ts'
import { buildApp } from './app.tsx'
import { openWerkplek, type Werkplek } from './omgeving.ts'
import { laadDemonstratie } from './regio/demonstratie.ts'
import { checkModus, claimMap } from './slot.ts'
import { maakTaken } from './taken.ts'

/** Starts everything, in order; on a signal stops everything, in reverse order, after the requests under way. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const say = (tekst: string) => process.stdout.write(`${tekst}\n`)
  const release = await claimMap(config)
  let werkplek: Werkplek | undefined
  const stop = async () => {
    await werkplek?.sluit()
    await release()
  }
  try {
    werkplek = await openWerkplek(config)
    await checkModus(werkplek)
    if (config.modus === 'demonstratie') await laadDemonstratie(werkplek)
    const app = await buildApp(config, werkplek)
    const taken = maakTaken(werkplek)
    const jobs = await startJobs(werkplek.database, taken, (niveau, tekst) => {
      if (niveau === 'error') app.log.error(tekst)
    })
    taken.berichten_inhalen?.({}).catch(error => app.log.error(error, 'inhalen is mislukt'))
    await app.listen({ port: config.port, host: config.host })
    say(`Samenhang draait op ${config.adres}`)
    say('Stoppen kan met Ctrl-C.')
    let stopping = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, async () => {
        if (stopping) return
        stopping = true
        say('\nBezig met afronden…')
        await app.close()
        await jobs.stop()
        await stop()
        process.exit(0)
      })
  } catch (error) {
    await stop()
    throw error
  }
}

/** What a person can solve is said plainly; anything else is a bug and shows where. */
function explain(error: unknown): string {
  if (error instanceof ConfigFout || error instanceof ServerFout || error instanceof MigratieFout)
    return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Poort ${process.env.PORT ?? 8080} is al in gebruik. Kies een andere, bijvoorbeeld: PORT=8081 npm start`
  if (code === 'EACCES')
    return `Poort ${process.env.PORT ?? 8080} mag niet worden gebruikt. Kies een poort boven 1024.`
  if (code === 'ENOSPC') return 'De schijf is vol. Maak ruimte en start opnieuw; er is niets verloren.'
  if (code === 'ECONNREFUSED')
    return 'De database antwoordt niet. Controleer DATABASE_URL en of de server draait.'
  if (code === '53100')
    return 'De schijf van de database is vol. Maak ruimte en start opnieuw; er is niets verloren.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch(error => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
