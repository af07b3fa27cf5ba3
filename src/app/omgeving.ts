import { mkdir } from 'node:fs/promises'
import type { Config } from '../platform/config.ts'
import { type Kluis, loadHoofdsleutel, openKluis } from '../platform/crypto.ts'
import { type Database, openDatabase } from '../platform/db/database.ts'
import { startEmbedded } from '../platform/db/embedded.ts'
import { migrate } from '../platform/db/migrate.ts'
import { isGeclaimd } from './slot.ts'

/** Everything a process needs to work with the database: the server, the pool, the keys. */
export interface Werkplek {
  config: Config
  database: Database
  kluis: Kluis
  klok: () => Date
  uitmap: string | undefined
  /** Address with the rights of the owner; for migrations only. */
  ownerUrl: string
  /** Closes the pool and stops the server when this process started it, or took it over. */
  sluit(): Promise<void>
}

export interface Openen {
  /** How the connections are called in the database. */
  naam?: string
  /** For the process that holds the data folder: also stops a server that an earlier process left behind. */
  neemOver?: boolean
}

/** Opens the database (our own server, or the one in DATABASE_URL), migrates it, and loads the keys. */
export async function openWerkplek(
  config: Config,
  { naam = 'samenhang', neemOver = false }: Openen = {},
): Promise<Werkplek> {
  await mkdir(config.data, { recursive: true })
  const server = config.databaseUrl
    ? { url: config.databaseUrl, eigen: false, stop: async () => undefined }
    : await startEmbedded(config.data)
  const stop = async () => {
    // A process that holds the folder uses the server that we started for one command: then it stays.
    if (neemOver || (server.eigen && !(await isGeclaimd(config)))) await server.stop()
  }
  try {
    await migrate(server.url, config.wortel)
    const kluis = openKluis(await loadHoofdsleutel(config.data, config.sleutel))
    const database = openDatabase(server.url, { naam })
    return {
      config,
      database,
      kluis,
      klok: () => new Date(),
      uitmap: config.uitmap,
      ownerUrl: server.url,
      sluit: async () => {
        await database.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
