import { accessSync, constants, existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type Config, ConfigFout } from '../platform/config.ts'
import type { Kluis } from '../platform/crypto.ts'
import { type Database, openDatabase } from '../platform/db/database.ts'
import { type EmbeddedServer, startEmbedded } from '../platform/db/embedded.ts'
import { migrate } from '../platform/db/migrate.ts'
import { checkRollen, checkToegang } from '../platform/db/rollen.ts'
import type { Toestand } from '../platform/http/ctx.ts'
import { findDatabaseId, makeZegelgeheugen, type Zegelgeheugen } from '../platform/zegelgeheugen.ts'
import { openSleutels } from './sleutel/openen.ts'
import { isGeclaimd } from './startproeven.ts'
import { makeToestand } from './toestand.ts'

/** Everything a process needs to work with the database: the server, the pool, the keys. */
export interface Werkplek {
  config: Config
  database: Database
  kluis: Kluis
  klok: () => Date
  uitmap: string | undefined
  toestand: Toestand
  zegelgeheugen: Zegelgeheugen
  /** Address with the rights of the owner: for migrations and managing the database only. */
  ownerUrl: string
  /** Our own server, when there is no DATABASE_URL. */
  server: EmbeddedServer | undefined
  /** Closes the pool and stops the server when this process started it, or took it over. */
  sluit(): Promise<void>
}

export interface Openen {
  /** How the connections are called in the database. */
  naam?: string
  /** For the process that holds the data folder: also stops a server that an earlier process left behind. */
  neemOver?: boolean
  /** Also where there is no database yet: a start makes one, and a restore fills one. */
  magNieuw?: boolean
}

/** A database that is reached and migrated, before any key is asked for. */
export interface Plek {
  ownerUrl: string
  appUrl: string
  server: EmbeddedServer | undefined
  sluit(): Promise<void>
}

/** Reaches the database (our own server, or the one in DATABASE_URL) as it is: neither roles nor migrations are looked at. */
export async function openPlek(
  config: Config,
  { neemOver = false, magNieuw = neemOver }: Openen = {},
): Promise<Plek> {
  await mkdir(config.data, { recursive: true })
  if (config.databaseUrl)
    return {
      ownerUrl: config.databaseUrl,
      appUrl: config.appUrl ?? config.databaseUrl,
      server: undefined,
      sluit: async () => undefined,
    }
  if (!magNieuw) refuseNothing(config)
  // Who takes the server over holds the folder itself: a server of before that does not answer is then nobody's.
  const vanEenAnder = async () => !neemOver && (await isGeclaimd(config))
  const server = await startEmbedded(config.data, { vanEenAnder })
  return {
    ownerUrl: server.url,
    appUrl: server.appUrl,
    server,
    sluit: async () => {
      // A process that holds the folder uses the server that we started for one command: then it stays.
      if (neemOver || (server.eigen && !(await isGeclaimd(config)))) await server.stop()
      else server.laatLos()
    },
  }
}

/** Whether this user may not look into a folder that is there. */
function isClosed(map: string): boolean {
  try {
    accessSync(existsSync(join(map, 'db')) ? join(map, 'db') : map, constants.R_OK | constants.X_OK)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES'
  }
}

/** A command works on a database that is there: else it would make one next to the real one, and nobody would see it. */
function refuseNothing({ data }: Config): void {
  if (existsSync(join(data, 'db', 'PG_VERSION'))) return
  if (isClosed(data))
    throw new ConfigFout(
      `De gegevensmap ${data} is gesloten voor deze gebruiker. Voer de opdracht uit als wie Samenhang draait.`,
    )
  throw new ConfigFout(
    `In ${data} is geen database. Stel in waar Samenhang draait met DATABASE_URL of SAMENHANG_DATA, ` +
      'in de omgeving of in samenhang.toml; of start Samenhang eerst, met npm start.',
  )
}

/** Opens the database, migrates it, and loads the keys. Throws what says in Dutch what to do; nothing is then left open. */
export async function openWerkplek(config: Config, openen: Openen = {}): Promise<Werkplek> {
  return setUp(config, await openPlek(config, openen), openen)
}

/** As `openWerkplek`, on a database that is reached already: from here on the werkplek closes it, also when this throws. */
export async function setUp(
  config: Config,
  plek: Plek,
  { naam = 'samenhang' }: Openen = {},
): Promise<Werkplek> {
  try {
    await checkRollen(plek.ownerUrl)
    await migrate(plek.ownerUrl, config.wortel)
    await checkToegang(plek.ownerUrl, plek.appUrl)
    const { kluis, sleutelNr, id } = await asOwner(plek, async client => ({
      ...(await openSleutels(config, client)),
      id: await findDatabaseId(client),
    }))
    const database = openDatabase(plek.appUrl, { naam, sleutelNr, tijden: config.db })
    return {
      config,
      database,
      kluis,
      klok: () => new Date(),
      uitmap: config.uitmap,
      toestand: makeToestand(config, database, plek.server),
      zegelgeheugen: makeZegelgeheugen(config.data, config.databaseUrl, id),
      ownerUrl: plek.ownerUrl,
      server: plek.server,
      sluit: async () => {
        await database.close()
        await plek.sluit()
      },
    }
  } catch (error) {
    await plek.sluit()
    throw error
  }
}

/** A connection with the rights of the owner: only for managing the database itself. */
export async function asOwner<T>(
  { ownerUrl }: { ownerUrl: string },
  fn: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'samenhang-beheer' })
  client.on('error', () => undefined) // the query that is under way reports it
  await client.connect()
  return fn(client).finally(() => client.end())
}
