// Server time of the region page at scale 1, through the real HTTP handler: session, permission, reading under row-level
// security, rendering. `npm run bench:regio`; with DATABASE_URL it measures a loaded region, otherwise it makes one.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { registerSturing } from '../src/domains/sturing/plugin.ts'
import { hashSleutel, newSleutel } from '../src/platform/auth/koekje.ts'
import { projectRoot, readConfig } from '../src/platform/config.ts'
import { openKluis } from '../src/platform/crypto.ts'
import { dateInNederland } from '../src/platform/dates.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { buildServer } from '../src/platform/http/server.ts'
import { vulRegiocijfers } from '../test/support/regiocijfers.ts'

const GRENS_MS = 50
const KEREN = 250

const gegeven = process.env.DATABASE_URL
const map = gegeven ? undefined : await mkdtemp(join(tmpdir(), 'samenhang-bench-'))
const server = map ? await startEmbedded(map) : { url: gegeven ?? '', stop: async () => undefined }
const owner = new pg.Pool({ connectionString: server.url, max: 2 })
let goed = false
try {
  const vandaag = dateInNederland(new Date())
  await migrate(server.url, projectRoot())
  if (map) await vulRegiocijfers(owner, vandaag)
  goed = await meet(vandaag)
} finally {
  await owner.end()
  await server.stop()
  if (map) await rm(map, { recursive: true, force: true })
}
process.exitCode = goed ? 0 : 1

async function meet(vandaag: string): Promise<boolean> {
  const database = openDatabase(server.url, { naam: 'bench' })
  const config = readConfig({ ...process.env, SAMENHANG_LOG: 'silent' })
  const omgeving = { database, kluis: openKluis(randomBytes(32)), klok: () => new Date() }
  const app = await buildServer(config, omgeving, [])
  await app.register(async kind => registerSturing(kind as unknown as typeof app, async () => null))
  await app.ready()
  const { rows: gebruikers } = await owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol)
     values ('Bench', $1, 'Bench', 'contractmanager') returning gebruiker_id`,
    [`bench-${randomBytes(6).toString('hex')}@voorbeeld.invalid`],
  )
  const gebruiker = gebruikers[0]?.gebruiker_id
  const sleutel = newSleutel()
  await owner.query(
    `insert into platform.sessie (sleutel_hash, gebruiker_id, verloopt_op) values ($1, $2, now() + interval '1 hour')`,
    [hashSleutel(sleutel), gebruiker],
  )
  const { rows } = await owner.query(
    `select (select count(*)::int from sturing.maandcijfer) as maandcijfer,
            (select count(*)::int from sturing.maandcijfer where extract(year from maand) = $1) as dit_jaar,
            (select count(*)::int from sturing.clientmaand) as clientmaand,
            (select count(*)::int from sturing.clientmaand where jaar = $1) as clienten_dit_jaar`,
    [+vandaag.slice(0, 4)],
  )
  const tijden: number[] = []
  let bytes = 0
  for (let i = 0; i < KEREN + 20; i++) {
    const begin = performance.now()
    const antwoord = await app.inject({
      url: '/cijfers',
      cookies: { samenhang: sleutel },
      remoteAddress: `10.0.${i >> 8}.${i & 255}`,
    })
    const duur = performance.now() - begin
    if (antwoord.statusCode !== 200 || !antwoord.body.includes('Regio in cijfers'))
      throw new Error(`status ${antwoord.statusCode}: ${antwoord.body.slice(0, 500)}`)
    bytes = antwoord.rawPayload.length
    if (i >= 20) tijden.push(duur)
  }
  await app.close()
  await owner.query('delete from platform.sessie where gebruiker_id = $1', [gebruiker])
  await owner.query('delete from platform.gebruiker where gebruiker_id = $1', [gebruiker])
  await database.close()
  tijden.sort((a, b) => a - b)
  const op = (deel: number) => tijden[Math.ceil(tijden.length * deel) - 1] ?? 0
  const p95 = op(0.95)
  const uitslag = {
    bench: 'regiopagina',
    rijen: rows[0],
    keren: KEREN,
    bytes,
    p50Ms: +op(0.5).toFixed(1),
    p95Ms: +p95.toFixed(1),
    grensMs: GRENS_MS,
    verhouding: +(p95 / GRENS_MS).toFixed(2),
  }
  process.stdout.write(`${JSON.stringify(uitslag)}\n`)
  return p95 <= GRENS_MS
}
