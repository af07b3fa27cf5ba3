// A price list of 20,000 prices, brought in by its file: tried, done, followed by another from a later day, and that taken back; each
// against a COPY of the very rows into an empty table with the same keys and indexes, in the same run on the same server. The trial and
// doing it may take 20 s each. Run: npm run bench:tarieven
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { INRICHTINGEN } from '../src/app/inrichten/registers.ts'
import { projectRoot } from '../src/platform/config.ts'
import { openKluis } from '../src/platform/crypto.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { type Ctx, makeCtx, systeem } from '../src/platform/http/ctx.ts'
import { addInvoer, bringOne, processInvoer, undoInvoer } from '../src/platform/register/invoer/doorvoeren.ts'
import { loadInvoer } from '../src/platform/register/invoer/invoer.ts'
import { invoerVan } from '../src/platform/register/invoer/registerinvoer.ts'
import { GEMEENTEN, laadTestregio } from '../test/support/regio.ts'

const CONTRACTEN = 200
const PRODUCTEN = 100
const PRIJZEN = CONTRACTEN * PRODUCTEN
/** Seconds that each step may take, and how many times a COPY of the same rows. */
const GRENS = { seconden: 20, keer: 12 }
const NU = new Date('2026-03-16T12:00:00+01:00')

const code = (n: number) => `9${String(n).padStart(4, '0')}`
const agbOf = (n: number) => `9977${String(n).padStart(4, '0')}`
const range = (n: number) => Array.from({ length: n }, (_, i) => i)

/** Every product in every contract, from a day, at a price that says which list it is of. */
const prijslijst = (vanaf: string, bedrag: number) =>
  Buffer.from(
    [
      'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief',
      ...range(PRIJZEN).map(
        i =>
          `B-${Math.floor(i / PRODUCTEN)};jw;${code(i % PRODUCTEN)};${vanaf};31-12-2028;${bedrag + (i % 50)},00`,
      ),
    ].join('\n'),
  )

const map = await mkdtemp(join(tmpdir(), 'samenhang-bench-'))
await chmod(map, 0o755)
const server = await startEmbedded(map)
let goed = false
try {
  await migrate(server.url, projectRoot())
  goed = await measure()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
} finally {
  await server.stop()
  await rm(map, { recursive: true, force: true })
}
process.exitCode = goed ? 0 : 1

function soortVan(naam: string) {
  const gevonden = INRICHTINGEN.find(({ register }) => register.naam === naam)
  if (gevonden === undefined) throw new Error(`no register ${naam}`)
  return invoerVan(gevonden.register)
}

async function bring(ctx: Ctx, naam: string, regels: readonly string[]): Promise<void> {
  const bestand = { naam: `${naam}.csv`, bytes: Buffer.from(regels.join('\n')) }
  const { uitkomst } = await bringOne(ctx, soortVan(naam), bestand, { proef: false })
  if (uitkomst.aantalFouten > 0) throw new Error(uitkomst.fouten[0]?.melding)
}

async function measure(): Promise<boolean> {
  const database = openDatabase(server.url)
  const omgeving = { database, kluis: openKluis(Buffer.alloc(32, 7)), klok: () => NU }
  await laadTestregio(omgeving)
  const ctx = makeCtx(omgeving, systeem('bench', GEMEENTEN))
  await bring(ctx, 'producten', [
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte',
    ...range(PRODUCTEN).map(n => `jw;${code(n)};01-01-2025;45;Product ${n};J-AMB;04;inspanning;100`),
  ])
  // Of a provider each: for one product in one municipality a provider has one price.
  await bring(ctx, 'aanbieders', [
    'AGB-code;Naam',
    ...range(CONTRACTEN).map(n => `${agbOf(n)};Aanbieder ${n}`),
  ])
  await bring(ctx, 'contracten', [
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten',
    ...range(CONTRACTEN).map(n => `B-${n};${agbOf(n)};01-01-2025;31-12-2028;J-AMB;${GEMEENTEN.join(', ')}`),
  ])
  const tarieven = soortVan('tarieven')
  const tijden: [string, number][] = []
  const clock = async <T>(wat: string, doe: () => Promise<T>): Promise<T> => {
    const begin = performance.now()
    const uit = await doe()
    tijden.push([wat, (performance.now() - begin) / 1000])
    return uit
  }
  const list = async (wat: string, bytes: Buffer) => {
    const id = await clock(`${wat}, proef`, () => addInvoer(ctx, tarieven, { naam: 'tarieven.csv', bytes }))
    const { uitkomst } = await loadInvoer(ctx, 'tarieven', id)
    if (uitkomst.aantalFouten > 0 || uitkomst.nieuw !== PRIJZEN)
      throw new Error(JSON.stringify(uitkomst.fouten[0]))
    await clock(`${wat}, gedaan`, () => processInvoer(ctx, tarieven, id))
    return id
  }
  await list('20.000 nieuwe prijzen', prijslijst('01-01-2025', 100))
  const id = await list('20.000 prijzen die op andere volgen', prijslijst('01-01-2027', 200))
  await clock('20.000 prijzen teruggenomen', () => undoInvoer(ctx, tarieven, id))
  const copy = await measureCopy()
  await database.close()
  const rijen = tijden.map(([wat, s]) => ({ wat, seconden: s.toFixed(1), keer: (s / copy).toFixed(0) }))
  process.stdout.write(`COPY van dezelfde rijen: ${copy.toFixed(3)} s\n`)
  for (const { wat, seconden, keer } of rijen) process.stdout.write(`${wat}: ${seconden} s, ${keer} × COPY\n`)
  const mag = tijden.every(([, s]) => s <= GRENS.seconden && s / copy <= GRENS.keer)
  process.stdout.write(
    `grens: ${GRENS.seconden} s en ${GRENS.keer} × COPY per stap: ${mag ? 'gehaald' : 'NIET gehaald'}\n`,
  )
  return mag
}

/** Seconds of a COPY of the prices into an empty table with the same keys and indexes; best of three. */
async function measureCopy(): Promise<number> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const { rows } = await client.query<{ rij: string }>(
    `select concat_ws(E'\\t', contract_id, aanbieder_id, geldigheid, tarief, wet, code) as rij
     from contracten.tarief where code like '9%'`,
  )
  await client.query('create table kopie (like contracten.tarief including indexes)')
  let beste = Number.POSITIVE_INFINITY
  for (const _ of range(3)) {
    await client.query('truncate kopie')
    const begin = performance.now()
    await pipeline(
      Readable.from(rows.map(({ rij }) => `${rij}\n`)),
      client.query(
        copyFrom('copy kopie (contract_id, aanbieder_id, geldigheid, tarief, wet, code) from stdin'),
      ),
    )
    beste = Math.min(beste, (performance.now() - begin) / 1000)
  }
  await client.end()
  return beste
}
