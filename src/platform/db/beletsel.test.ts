import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '../config.ts'
import { findBeletsel } from './beletsel.ts'
import { type Database, openDatabase } from './database.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

/** A server of its own, of which nobody else writes to the disk, and which by itself does so seldom. */
let server: EmbeddedServer
let map = ''
let client: pg.Client
let database: Database
let migraties = 0

beforeAll(async () => {
  map = await mkdtemp(join(tmpdir(), 'samenhang-beletsel-'))
  await chmod(map, 0o755)
  server = await startEmbedded(map, {
    extra: ['shared_buffers = 16MB', 'max_connections = 20', "wal_writer_delay = '10s'", 'autovacuum = off'],
  })
  await migrate(server.url, projectRoot())
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
  migraties = await one('select count(*)::int from public.migratie')
  database = openDatabase(server.url)
})
afterAll(async () => {
  await database.close()
  await client.end()
  await server.stop()
  await rm(map, { recursive: true, force: true })
})

async function one<T>(vraag: string): Promise<T> {
  const { rows } = await client.query(vraag)
  return Object.values(rows[0] ?? {})[0] as T
}

test('what takes our work is no obstacle, and of another number of migrations it is told', async () => {
  expect(await findBeletsel(database, migraties)).toBeUndefined()
  expect(await findBeletsel(database, migraties + 1)).toContain('andere versie')
})

test('the sign of life is a commit that reaches the disk', async () => {
  // Once for what reading leaves behind by itself, such as hints in pages.
  await findBeletsel(database, migraties)
  await client.query('checkpoint')
  const voor = await one<string>('select pg_current_wal_flush_lsn()')
  const nummer = await one<number>('select pg_snapshot_xmax(pg_current_snapshot())::text::int')
  expect(await findBeletsel(database, migraties)).toBeUndefined()
  expect(await one(`select pg_snapshot_xmax(pg_current_snapshot())::text::int - ${nummer}`)).toBe(1)
  expect(await one(`select pg_current_wal_flush_lsn() > '${voor}'`)).toBe(true)
})
