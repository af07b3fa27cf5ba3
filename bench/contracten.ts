// A file that changes 350 contracts of 4 municipalities and 8 segments, with 40 prices each, 28.000 toewijzingen and as many approved lines: each
// ends earlier, loses a municipality from a day, or stays as it is for a day longer. What leans on them is asked of all together: each trial
// against finding the price of each of those lines once (`contracten.prijsdagen`), in the same run on the same server. Run: npm run bench:contracten
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { INRICHTINGEN } from '../src/app/inrichten/registers.ts'
import { projectRoot } from '../src/platform/config.ts'
import { openKluis } from '../src/platform/crypto.ts'
import { openDatabase } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { makeCtx, systeem } from '../src/platform/http/ctx.ts'
import { bringOne } from '../src/platform/register/invoer/doorvoeren.ts'
import { invoerVan } from '../src/platform/register/invoer/registerinvoer.ts'
import { laadTestregio, GEMEENTEN as TESTGEMEENTEN } from '../test/support/regio.ts'

const CONTRACTEN = 350
const SEGMENTEN = 8
const PER_SEGMENT = 5
const TOEWIJZINGEN = 28_000
/** How many times as long as finding the price of each line once. */
const GRENS = 15
const NU = new Date('2026-06-16T12:00:00+02:00')
const range = (n: number) => Array.from({ length: n }, (_, i) => i)
const GEMEENTEN = [...TESTGEMEENTEN, '9103', '9104']
const code = (n: number) => `9${String(n).padStart(4, '0')}`
const agbOf = (n: number) => `9977${String(n).padStart(4, '0')}`
const segment = (n: number) => `J-B${n}`
const PRODUCTEN = SEGMENTEN * PER_SEGMENT

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

async function measure(): Promise<boolean> {
  const database = openDatabase(server.url)
  const omgeving = { database, kluis: openKluis(Buffer.alloc(32, 7)), klok: () => NU }
  await laadTestregio(omgeving)
  const ctx = makeCtx(omgeving, systeem('bench', GEMEENTEN))
  async function bring(naam: string, regels: readonly string[], proef = false) {
    const gevonden = INRICHTINGEN.find(({ register }) => register.naam === naam)
    if (gevonden === undefined) throw new Error(`no register ${naam}`)
    const bestand = { naam: `${naam}.csv`, bytes: Buffer.from(regels.join('\n')) }
    const { uitkomst } = await bringOne(ctx, invoerVan(gevonden.register), bestand, { proef })
    if (uitkomst.aantalFouten > 0) throw new Error(uitkomst.fouten[0]?.melding)
    return uitkomst
  }
  await bring('gemeenten', ['Code;Naam', '9103;Cruquius', '9104;Duinveld'])
  await bring('segmenten', [
    'Code;Wet;Naam;Omschrijving;Bron;Volgorde',
    ...range(SEGMENTEN).map(n => `${segment(n)};jw;Segment ${n};Hulp;test;${n + 10}`),
  ])
  await bring('producten', [
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte',
    ...range(PRODUCTEN).map(
      n => `jw;${code(n)};01-01-2025;45;Product ${n};${segment(n % SEGMENTEN)};04;inspanning;100`,
    ),
  ])
  await bring('aanbieders', ['AGB-code;Naam', ...range(CONTRACTEN).map(n => `${agbOf(n)};Aanbieder ${n}`)])
  const contracten = (begin: string, eind: string, gemeenten: readonly string[] = GEMEENTEN) => [
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten',
    ...range(CONTRACTEN).map(
      n =>
        `B-${n};${agbOf(n)};${begin};${eind};${range(SEGMENTEN).map(segment).join(', ')};${gemeenten.join(', ')}`,
    ),
  ]
  await bring('contracten', contracten('01-01-2025', '31-12-2028'))
  await bring('tarieven', [
    'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief',
    ...range(CONTRACTEN * PRODUCTEN).map(
      i => `B-${Math.floor(i / PRODUCTEN)};jw;${code(i % PRODUCTEN)};01-01-2025;31-12-2028;90,00`,
    ),
  ])
  await insertZorg()
  const tijden: [string, number][] = []
  for (const [wat, bestand] of [
    ['eindigt eerder', contracten('01-01-2025', '31-12-2027')],
    ['een gemeente eraf', contracten('01-07-2026', '31-12-2028', GEMEENTEN.slice(1))],
    ['een dag langer', contracten('01-01-2025', '01-01-2029')],
  ] as const) {
    const begin = performance.now()
    const { raakt } = await bring('contracten', bestand, true)
    const soorten = raakt?.soorten.map(({ naam, aantal }) => `${aantal} ${naam[1]}`).join(', ')
    tijden.push([`${wat} (${soorten ?? 'raakt niets'})`, (performance.now() - begin) / 1000])
  }
  const prijzen = await measurePrices()
  await database.close()
  process.stdout.write(`de prijs van elke regel, één keer: ${prijzen.toFixed(2)} s\n`)
  for (const [wat, s] of tijden)
    process.stdout.write(
      `${CONTRACTEN} contracten, ${wat}: ${s.toFixed(1)} s, ${(s / prijzen).toFixed(1)} ×\n`,
    )
  const mag = tijden.every(([, s]) => s / prijzen <= GRENS)
  process.stdout.write(
    `grens: ${GRENS} × de prijs van elke regel, per proef: ${mag ? 'gehaald' : 'NIET gehaald'}\n`,
  )
  return mag
}

/** Seconds in which the price of each line is found once, as who judges it finds it; best of three. */
async function measurePrices(): Promise<number> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  let beste = Number.POSITIVE_INFINITY
  for (const _ of range(3)) {
    const begin = performance.now()
    const { rows } = await client.query<{ n: string }>(`
      select count(*) as n from declaraties.prestatie p
      join contracten.prijsdagen d using (product_id, aanbieder_id, gemeente) where d.dagen @> p.begin and d.tarief = p.tarief`)
    beste = Math.min(beste, (performance.now() - begin) / 1000)
    if (Number(rows[0]?.n) !== TOEWIJZINGEN) throw new Error(`${rows[0]?.n} lines have their price`)
  }
  await client.end()
  return beste
}

/** Of each provider as many toewijzingen through 2027 in each municipality, each with a line that was approved over January 2026. */
async function insertZorg(): Promise<void> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`set session_replication_role = replica`)
  await client.query(`
    create temp table zorg as
    select n as id, '910' || (1 + n % 4) as gemeente, a.aanbieder_id, p.product_id, p.segment_id, p.code
    from generate_series(0, ${TOEWIJZINGEN - 1}) n
    join aanbieders.aanbieder a on a.agb = '9977' || lpad((n / 4 % ${CONTRACTEN})::text, 4, '0')
    join contracten.product p on p.code = '9' || lpad((n / 7 % ${PRODUCTEN})::text, 4, '0');
    insert into toegang.toewijzing (gemeente, toewijzing_id, domein, nummer, client_id, aanbieder_id) overriding system value
    select gemeente, id, 'jw', id, 1, aanbieder_id from zorg;
    insert into toegang.toewijzing_versie (gemeente, toewijzing_id, versie, aanbieder_id, bericht_id, toegewezen_op, categorie, code, product_id,
      segment_id, ingang, eind, ontvangen_op)
    select gemeente, id, 1, aanbieder_id, gen_random_uuid(), now(), '45', code, product_id, segment_id, '2026-01-01', '2028-06-30', now() from zorg;
    insert into declaraties.prestatie (gemeente, declaratie_id, regel, aanbieder_id, domein, client_id, toewijzing_id, toewijzing_nummer,
      segment_id, product_id, categorie, code, begin, eind, volume, eenheid, tarief, bedrag, debet, referentie, houdt_referentie, goedgekeurd,
      keten, ontvangen_op)
    select gemeente, 1, id, aanbieder_id, 'jw', 1, id, id, segment_id, product_id, '45', code, '2026-01-01', '2026-01-31', 1, '04', 9000, 9000,
      true, id::text, true, true, 1, now() from zorg;
    analyze`)
  await client.end()
}
