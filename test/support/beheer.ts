import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import { projectRoot } from '../../src/platform/config.ts'
import { openKluis } from '../../src/platform/crypto.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import type { Omgeving } from '../../src/platform/http/ctx.ts'
import { NU } from './regio.ts'

/** The block in docs/beheer.md that is marked with this name, as an administrator would copy it. */
export function blokVan(naam: string): string {
  const tekst = readFileSync(join(projectRoot(), 'docs/beheer.md'), 'utf8')
  const blok = new RegExp(`<!-- proef: ${naam} -->\n\`\`\`(?:sh|sql)\n([^\`]+)\`\`\``).exec(tekst)?.[1]
  if (blok === undefined) throw new Error(`docs/beheer.md has no block ${naam}`)
  return blok
}

/** Runs such a block in a shell that stops at the first fault; answers what it printed, or throws with what went wrong. */
export async function runBlok(tekst: string, omgeving: Readonly<Record<string, string>>): Promise<string> {
  const proces = spawn('sh', ['-eu', '-c', tekst], {
    cwd: projectRoot(),
    env: { PATH: process.env.PATH, ...omgeving },
  })
  let uit = ''
  let fout = ''
  proces.stdout.on('data', deel => {
    uit += deel
  })
  proces.stderr.on('data', deel => {
    fout += deel
  })
  const [status] = await once(proces, 'close')
  if (status !== 0) throw new Error(`${status}: ${uit}${fout}`)
  return uit
}

/** The statements of a block of SQL. */
export const opdrachtenVan = (naam: string) =>
  blokVan(naam)
    .split(';')
    .map(regel => regel.trim())
    .filter(Boolean)

/** What a command printed, one JSON value per line. */
export const jsonOf = (uit: string) =>
  uit
    .split('\n')
    .filter(Boolean)
    .map(regel => JSON.parse(regel))

export const lastOf = (uit: string) => jsonOf(uit).at(-1)

export async function asDba(url: string, opdrachten: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const opdracht of opdrachten) await client.query(opdracht)
  await client.end()
}

/** A server that is not ours. */
export interface Beheerserver {
  port: string
  /** As its superuser, on the database `postgres`. */
  dba: string
}

/** Every figure that is kept, as text. */
export async function listCijfers({ dba }: Beheerserver): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: dba.replace(/postgres$/, 'samenhang') })
  await client.connect()
  const { rows } = await client.query(
    `select 'm' as soort, to_jsonb(m)::text as rij from sturing.maandcijfer m
     union all select 'c', to_jsonb(c)::text from sturing.clientmaand c
     union all select 'v', to_jsonb(v)::text from sturing.verwijzercijfer v order by 1, 2`,
  )
  await client.end()
  return rows
}

/** What a walk through docs/beheer.md stands on: servers as a DBA hands them out, and blocks with their settings; all gone after the file. */
export async function beheerproef(eerste: Buffer) {
  const map = await mkdtemp(join(tmpdir(), 'samenhang-beheer-'))
  await chmod(map, 0o755)
  const sluiten: (() => Promise<unknown>)[] = [() => rm(map, { recursive: true, force: true })]
  // In reverse: what was opened last closes first, and the folder goes last.
  const closeWithFile = (sluit: () => Promise<unknown>) => sluiten.unshift(sluit)
  afterAll(async () => {
    for (const sluit of sluiten) await sluit()
  })

  function walkTekst(server: Beheerserver, opdrachten: string, sleutel = eerste): Promise<string> {
    const tekst = `${blokVan('instellingen')}\n${opdrachten}`
      .replaceAll('127.0.0.1:5432', `127.0.0.1:${server.port}`)
      .replaceAll('UW-SLEUTEL', sleutel.toString('base64'))
      .replaceAll('samenhang.kopie', join(map, 'samenhang.kopie'))
      .replaceAll('nieuwe-sleutel', join(map, 'nieuwe-sleutel'))
    return runBlok(tekst, { SAMENHANG_DATA: join(map, 'gegevens') })
  }

  return {
    map,
    closeWithFile,
    /** A server as a DBA would hand it out: no role and no database of ours. */
    async freshServer(naam: string): Promise<Beheerserver> {
      const extra = ['shared_buffers = 32MB', 'fsync = off']
      const server = await startEmbedded(join(map, naam), { extra })
      closeWithFile(() => server.stop())
      const { port } = new URL(server.url)
      const dba = server.url.replace(/samenhang$/, 'postgres')
      await asDba(dba, ['drop database samenhang', 'drop role samenhang_inlog', 'drop role samenhang_app'])
      return { port, dba }
    },
    walkTekst,
    /** A block with the settings of this server before it. */
    walk: (server: Beheerserver, naam: string, sleutel = eerste) => walkTekst(server, blokVan(naam), sleutel),
    /** The database as the program logs in to it. */
    openOmgeving({ port }: Beheerserver): Omgeving {
      const url = `postgresql://samenhang_web:KIES-ZELF-2@127.0.0.1:${port}/samenhang`
      const database = openDatabase(url, { max: 4, sleutelNr: 1 })
      closeWithFile(() => database.close())
      return { database, kluis: openKluis(eerste), klok: () => NU }
    },
  }
}
