import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepare } from '../../scripts/setup.mjs'
import { projectRoot } from '../../src/platform/config.ts'
import { openKluis } from '../../src/platform/crypto.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { checkSleutel } from '../../src/platform/sleutel.ts'
import { findChromium, startChromium } from './chromium.ts'
import { TESTSLEUTEL } from './sleutel.ts'

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string
  }
}

/**
 * Once for the whole run: the build that tests of real processes start (never rebuilt while others run it), and one real
 * PostgreSQL, of which every test file clones the migrated template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await prepare({ build: true })
  await sayBrowser()
  const folder = await mkdtemp(join(tmpdir(), 'samenhang-test-'))
  await chmod(folder, 0o755)
  const server = await startEmbedded(folder, {
    extra: ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'],
  })
  await migrate(server.url, projectRoot())
  const client = new pg.Client({ connectionString: server.url.replace(/samenhang$/, 'postgres') })
  await client.connect()
  await client.query('alter database samenhang rename to sjabloon')
  await client.end()
  const sjabloon = new pg.Client({ connectionString: server.url.replace(/samenhang$/, 'sjabloon') })
  await sjabloon.connect()
  await checkSleutel(sjabloon, openKluis(TESTSLEUTEL))
  await sjabloon.end()
  project.provide('serverUrl', server.url.replace(/samenhang$/, ''))
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Unpacks the browser when it comes from the package, proves that it starts, and says which one it is. */
async function sayBrowser(): Promise<void> {
  const gevonden = await findChromium()
  const browser = await startChromium(gevonden)
  console.log(`Browser: Chromium ${browser.version()}, ${gevonden.pad}`)
  await browser.close()
}
