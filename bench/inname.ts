// The full intake of a JW323 of 20 MB with 26,000 prestaties (all levels, stored, answered, counted) against the sum of
// levels 1 and 2 on the same bytes and a COPY of the very rows it wrote into empty tables with the same keys and indexes,
// in the same run on the same server. Best of several. Run: npm run bench:inname
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { receiveBerichten } from '../src/domains/berichten/index.ts'
import { type Bericht323, checkBytes, writeBericht } from '../src/domains/istandaard/index.ts'
import { projectRoot } from '../src/platform/config.ts'
import { isBsn, openKluis } from '../src/platform/crypto.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { makeCtx, systeem } from '../src/platform/http/ctx.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTEN,
  laadTestregio,
  toewijzingsbericht,
} from '../test/support/regio.ts'

const PRESTATIES = 26_000
const PER_CLIENT = 2
const RONDEN = 4
const GRENS = 4
const NU = new Date('2026-03-16T12:00:00+01:00')

const TABELLEN = [
  'berichten.bericht',
  'berichten.bestand',
  'berichten.gebeurtenis',
  'declaraties.declaratie',
  'declaraties.prestatie',
  'declaraties.betaling',
  'sturing.maandcijfer',
  'sturing.verwijzercijfer',
  'sturing.clientmaand',
]

const BENCH_BERICHTEN =
  "where bericht_id in (select bericht_id from berichten.bericht where soort in ('JW323', 'JW325'))"

const bekend = new Map<string, string>()

const map = await mkdtemp(join(tmpdir(), 'samenhang-bench-'))
await chmod(map, 0o755)
const server = await startEmbedded(map)
let goed = false
try {
  await migrate(server.url, projectRoot())
  await prepare()
  goed = await measure()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
} finally {
  await server.stop()
  await rm(map, { recursive: true, force: true })
}
process.exitCode = goed ? 0 : 1

/** Residents and toewijzingen for every prestatie, by the intake itself. */
async function prepare(): Promise<void> {
  const database = openDatabase(server.url)
  const omgeving = { database, kluis: openKluis(Buffer.alloc(32, 7)), klok: () => NU }
  await laadTestregio(omgeving)
  const bsns = [...testBsns(PRESTATIES / PER_CLIENT)]
  for (let van = 0; van < bsns.length; van += 500)
    await receiveBerichten(
      makeCtx(omgeving, systeem('bench', GEMEENTEN)),
      bsns.slice(van, van + 500).map((bsn, i) => {
        const n = van + i
        const bericht = toewijzingsbericht({ identificatie: `T${n}`, nummer: n * PER_CLIENT })
        const [product] = bericht.client.toegewezenProducten
        if (!product) throw new Error('no product')
        bericht.client.bsn = bsn
        bericht.client.toegewezenProducten = Array.from({ length: PER_CLIENT }, (_, k) => ({
          ...product,
          toewijzingNummer: n * PER_CLIENT + k,
          ...(k === 1 && {
            product: { categorie: '44', code: '44A07' },
            omvang: { volume: 30, eenheid: '14', frequentie: '4' },
          }),
        }))
        return { bytes: Buffer.from(writeBericht(bericht)), ontvangenOp: NU }
      }),
    )
  await database.close()
  await admin('analyze')
}

function* testBsns(aantal: number): Generator<string> {
  for (let nummer = 999_999_990; aantal > 0; nummer -= 1)
    if (isBsn(String(nummer))) {
      aantal -= 1
      yield String(nummer)
    }
}

function makeDeclaratie(): Buffer {
  const [...bsns] = testBsns(PRESTATIES / PER_CLIENT)
  const regels = Array.from({ length: PRESTATIES }, (_, i) => ({
    nummer: i,
    referentie: `R${i}`,
    ...(i % PER_CLIENT === 1 ? { code: '44A07' as const, volume: 1 + (i % 28) } : { volume: 1 + (i % 20) }),
  }))
  const bericht: Bericht323 = declaratiebericht({
    identificatie: 'BENCH',
    nummer: 'BENCH',
    agb: AGB_A,
    gemeente: GEMEENTE_A,
    regels,
  })
  const prestaties = bericht.declaratie.clienten.flatMap(client => client.prestaties)
  bericht.declaratie.clienten = bsns.map((bsn, n) => ({
    bsn,
    prestaties: prestaties.slice(n * PER_CLIENT, (n + 1) * PER_CLIENT),
  }))
  return Buffer.from(writeBericht(bericht))
}

async function measure(): Promise<boolean> {
  const bytes = makeDeclaratie()
  const controle: number[] = []
  const inname: number[] = []
  const kopie: number[] = []
  for (let ronde = 0; ronde < RONDEN; ronde += 1) {
    controle.push(await seconds(async () => void checkBytes(bytes)))
    const url = await clone(`ronde${ronde}`)
    const database = openDatabase(url)
    const ctx = makeCtx(
      { database, kluis: openKluis(Buffer.alloc(32, 7)), klok: () => NU },
      systeem('bench', GEMEENTEN),
    )
    inname.push(
      await seconds(async () => {
        const [uitkomst] = await receiveBerichten(ctx, [{ bytes, ontvangenOp: NU }])
        if (uitkomst?.uitkomst !== 'verwerkt')
          throw new Error(`not accepted: ${JSON.stringify(uitkomst?.bevindingen.slice(0, 3))}`)
      }),
    )
    await database.close()
    kopie.push(await copyAgain(url))
  }
  const [c, i, k] = [controle, inname, kopie].map(tijden => Math.min(...tijden)) as [number, number, number]
  const ratio = i / (c + k)
  const rapport = [
    `JW323 van ${(bytes.length / 1e6).toFixed(1)} MB, ${PRESTATIES} prestaties, beste van ${RONDEN}`,
    `niveau 1 en 2        ${c.toFixed(3)} s`,
    `COPY van de rijen    ${k.toFixed(3)} s`,
    `volledige inname     ${i.toFixed(3)} s`,
    `verhouding           ${ratio.toFixed(2)} (grens ${GRENS})`,
  ]
  process.stdout.write(`${rapport.join('\n')}\n`)
  return ratio <= GRENS
}

/** Time to COPY the rows of the last intake into empty tables with the same keys and indexes. */
async function copyAgain(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const inhoud: [tabel: string, rijen: Buffer][] = []
  for (const tabel of TABELLEN) {
    const delen: Buffer[] = []
    const selectie = await columnsOf(client, tabel)
    const filter =
      tabel === 'berichten.bericht' || tabel === 'berichten.bestand' || tabel === 'berichten.gebeurtenis'
        ? BENCH_BERICHTEN
        : ''
    await pipeline(
      client.query(copyTo(`copy (select ${selectie} from ${tabel} ${filter}) to stdout`)),
      new Writable({
        write(deel, _, klaar) {
          delen.push(deel)
          klaar()
        },
      }),
    )
    await client.query(`create table public.kopie_${tabel.replace('.', '_')} (like ${tabel} including all)`)
    inhoud.push([tabel, Buffer.concat(delen)])
  }
  const tijd = await seconds(async () => {
    await client.query('begin')
    for (const [tabel, rijen] of inhoud) {
      const doel = `public.kopie_${tabel.replace('.', '_')} (${await columnsOf(client, tabel)})`
      await pipeline(Readable.from([rijen]), client.query(copyFrom(`copy ${doel} from stdin`)))
    }
    await client.query('commit')
  })
  await client.end()
  return tijd
}

async function columnsOf(client: pg.Client, tabel: string): Promise<string> {
  const eerder = bekend.get(tabel)
  if (eerder) return eerder
  const { rows } = await client.query<{ kolommen: string }>(
    `select string_agg(attname, ', ' order by attnum) as kolommen from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [tabel],
  )
  const kolommen = rows[0]?.kolommen ?? ''
  bekend.set(tabel, kolommen)
  return kolommen
}

async function clone(naam: string): Promise<string> {
  await admin(`create database ${naam} template samenhang`)
  return server.url.replace(/samenhang$/, naam)
}

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: statement === 'analyze' ? server.url : server.url.replace(/samenhang$/, 'postgres'),
  })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function seconds(fn: () => Promise<void>): Promise<number> {
  const begin = process.hrtime.bigint()
  await fn()
  return Number(process.hrtime.bigint() - begin) / 1e9
}
