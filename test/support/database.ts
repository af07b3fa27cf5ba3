import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Kluis, openKluis } from '../../src/platform/crypto.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { TESTSLEUTEL } from './sleutel.ts'

export interface TestDatabase {
  database: Database
  /** As the owner, past no policy but with all rights: only to look from outside. */
  owner: pg.Pool
  url: string
  kluis: Kluis
}

/** A database of its own for one test file, cloned from the migrated template and dropped afterwards. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('serverUrl')
  const naam = `test_${randomBytes(6).toString('hex')}`
  await admin(server, `create database ${naam} template sjabloon`)
  const url = `${server}${naam}`
  const database = openDatabase(url, { max: 6 })
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  // Dropping the database may still reach a connection that is closing.
  owner.on('error', () => undefined)
  owner.on('connect', client => client.on('error', () => undefined))
  afterAll(async () => {
    await database.close()
    await owner.end()
    await admin(server, `drop database ${naam} with (force)`)
  })
  return { database, owner, url, kluis: openKluis(TESTSLEUTEL) }
}

/** A database in which nothing is, not even our tables; dropped after the file. */
export async function emptyDatabase(): Promise<Pick<TestDatabase, 'url'>> {
  const server = inject('serverUrl')
  const naam = `leeg_${randomBytes(6).toString('hex')}`
  await admin(server, `create database ${naam}`)
  afterAll(() => admin(server, `drop database ${naam} with (force)`))
  return { url: `${server}${naam}` }
}

async function admin(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}postgres` })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
