import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { seeingAll } from './inzicht.ts'
import { SLOT } from './sloten.ts'
import { inTransaction } from './transactie.ts'

export class MigratieFout extends Error {
  override name = 'MigratieFout'
}

export interface Migration {
  naam: string
  sql: string
  checksum: string
}

/**
 * Brings the database to the state this code needs: plain SQL files, forward only, each in its own transaction under
 * one advisory lock; with `alleen` those and no others. Answers the names that were applied.
 * Refuses (MigratieFout) a database that is newer than the code, or a migration that was changed after it ran.
 */
export async function migrate(url: string, wortel: string, alleen?: ReadonlySet<string>): Promise<string[]> {
  const files = (await readMigrations(wortel)).filter(file => alleen?.has(file.naam) ?? true)
  const client = new pg.Client({ connectionString: url, application_name: 'samenhang-migratie' })
  await client.connect()
  try {
    await checkVersion(client)
    await client.query('select pg_advisory_lock($1)', [SLOT.migratie])
    await client.query(
      'create table if not exists public.migratie (naam text primary key, checksum text not null, op timestamptz not null default now())',
    )
    const { rows } = await client.query<{ naam: string; checksum: string }>(
      'select naam, checksum from public.migratie',
    )
    checkHistory(files, rows)
    const done = new Set(rows.map(row => row.naam))
    const todo = files.filter(file => !done.has(file.naam))
    for (const file of todo) await apply(client, file)
    await prepareJobs(url)
    await client.query(GRANT_JOBS)
    return todo.map(file => file.naam)
  } finally {
    await client.end()
  }
}

/**
 * The tables of the jobs. In a pool of our own, closed before anything goes on: that of the library closes by itself some time
 * later, and a server that stops meanwhile ends the process.
 */
async function prepareJobs(url: string): Promise<void> {
  const pgPool = new pg.Pool({ connectionString: url, application_name: 'samenhang-migratie', max: 2 })
  pgPool.on('error', () => undefined)
  pgPool.on('connect', client => client.on('error', () => undefined))
  await runMigrations({ pgPool }).finally(() => pgPool.end())
}

/** True when every migration of this code has run. */
export async function isMigrated(pool: pg.Pool, wortel: string): Promise<boolean> {
  const files = await readMigrations(wortel)
  const { rows } = await pool.query<{ n: string }>('select count(*)::text as n from public.migratie')
  return Number(rows[0]?.n ?? 0) === files.length
}

/** The migrations of this program, in order. */
export async function readMigrations(wortel: string): Promise<Migration[]> {
  const folder = join(wortel, 'db', 'migrations')
  const names = (await readdir(folder)).filter(name => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async naam => {
      const sql = await readFile(join(folder, naam), 'utf8')
      return { naam, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Periods are guarded by keys that exist from PostgreSQL 18 on. */
export async function checkVersion(client: Pick<pg.Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ nummer: number; naam: string }>(
    "select current_setting('server_version_num')::integer as nummer, current_setting('server_version') as naam",
  )
  if ((rows[0]?.nummer ?? 0) < 180_000)
    throw new MigratieFout(
      `Samenhang heeft PostgreSQL 18 of hoger nodig; deze server is versie ${rows[0]?.naam}.`,
    )
}

function checkHistory(
  files: readonly Migration[],
  rows: readonly { naam: string; checksum: string }[],
): void {
  const known = new Map(files.map(file => [file.naam, file.checksum]))
  const unknown = rows.filter(row => !known.has(row.naam)).map(row => row.naam)
  if (unknown.length > 0)
    throw new MigratieFout(
      `De database is nieuwer dan dit programma (${unknown.join(', ')} is hier onbekend). Werk het programma bij.`,
    )
  const changed = rows.filter(row => known.get(row.naam) !== row.checksum).map(row => row.naam)
  if (changed.length > 0)
    throw new MigratieFout(`Een migratie is gewijzigd nadat zij was uitgevoerd: ${changed.join(', ')}.`)
}

/** A migration that moves rows sees them all, whoever the owner is. */
async function apply(client: pg.Client, file: Migration): Promise<void> {
  try {
    await seeingAll(client, () =>
      inTransaction(client, async () => {
        await client.query(file.sql)
        await client.query('insert into public.migratie (naam, checksum) values ($1, $2)', [
          file.naam,
          file.checksum,
        ])
      }),
    )
  } catch (error) {
    throw new MigratieFout(
      `Migratie ${file.naam} is mislukt: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/**
 * Jobs are added in the transaction of the change they belong to, and workers run as the application role; the tables
 * of the queue have row-level security of their own, which gets a policy for that role.
 */
const GRANT_JOBS = `
  grant select on public.migratie to samenhang_app;
  grant usage on schema graphile_worker to samenhang_app;
  grant select, insert, update, delete on all tables in schema graphile_worker to samenhang_app;
  grant usage on all sequences in schema graphile_worker to samenhang_app;
  grant execute on all functions in schema graphile_worker to samenhang_app;
  do $$ declare tabel regclass; begin
    for tabel in select c.oid from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'samenhang')
    loop
      execute format('create policy samenhang on %s to samenhang_app using (true) with check (true)', tabel);
    end loop;
  end $$;`
