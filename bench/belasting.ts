// What 200 people at once get: 200 connections that each ask one page after another, mixed over all roles and menus, on the
// demonstration region in a real process. `npm run bench:belasting` (SECONDEN, VERBINDINGEN, ADRES for a server that runs, and
// DENKTIJD: milliseconds that somebody reads before the next page; none by default, the hardest case).
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bezoeker, logIn, openProduct, pauze } from './bezoek.ts'

const SECONDEN = Number(process.env.SECONDEN ?? 60)
const VERBINDINGEN = Number(process.env.VERBINDINGEN ?? 200)
const DENKTIJD = Number(process.env.DENKTIJD ?? 0)
/** Named limits: 99 of 100 answers within so long; memory at the end against that in the middle. */
const GRENS_P99_MS = 2_000
const GRENS_GEHEUGEN = 1.2

/** Ticks of the processor clock of Linux are hundredths of a second. */
const TIK_MS = 10

const product = await openProduct(process.env.ADRES ?? '', { verbindingen: VERBINDINGEN })
const { map, vraag } = product
let goed = false
try {
  goed = await meet()
} finally {
  await product.stop()
}
process.exitCode = goed ? 0 : 1

/** What the process has computed since it started, in milliseconds. */
async function cpu(beheerder: Bezoeker | undefined): Promise<number> {
  const { body } = await vraag('/metrics', beheerder?.cookie)
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(body)?.[1] ?? 0) * 1000
}

/** What our own database server has computed, in milliseconds; undefined for a server of another, and outside Linux. */
async function cpuDatabase(): Promise<number | undefined> {
  if (map === undefined || process.platform !== 'linux') return undefined
  const [hoofd = ''] = (await readFile(join(map, 'db', 'postmaster.pid'), 'utf8')).split('\n')
  let tikken = 0
  for (const pid of (await readdir('/proc')).filter(naam => /^\d+$/.test(naam))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // After the name: state, parent, …; 12 and 13 are what the process used itself, 14 and 15 its ended children.
    const velden = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const getallen = pid === hoofd ? velden.slice(11, 15) : velden[1] === hoofd ? velden.slice(11, 13) : []
    for (const getal of getallen) tikken += Number(getal)
  }
  return tikken * TIK_MS
}

async function meet(): Promise<boolean> {
  const bezoekers = await logIn(product)
  const beheerder = bezoekers.find(({ paden }) => paden.includes('/beheer/gebruikers'))
  const tijden: number[] = []
  const geheugen: number[] = []
  let fout = 0
  const eind = performance.now() + SECONDEN * 1000
  const begin = performance.now()
  const rekentijd = await cpu(beheerder)
  const database = await cpuDatabase()
  const bezoek = async (n: number) => {
    // Not all at the same moment, as people do not either.
    if (DENKTIJD > 0) await pauze((DENKTIJD * n) / VERBINDINGEN)
    for (let i = n; performance.now() < eind; i += 1) {
      const { cookie = '', paden = ['/'] } = bezoekers[i % bezoekers.length] ?? {}
      const van = performance.now()
      const { status } = await vraag(paden[(i + n) % paden.length] ?? '/', cookie).catch(() => ({
        status: 0,
      }))
      tijden.push(performance.now() - van)
      if (status !== 200) fout += 1
      if (DENKTIJD > 0) await pauze(DENKTIJD)
    }
  }
  const kijk = async () => {
    while (performance.now() < eind) {
      const { body } = await vraag('/metrics', beheerder?.cookie)
      geheugen.push(Number(/^process_resident_memory_bytes (\S+)/m.exec(body)?.[1] ?? 0) / 1e6)
      await pauze(1000)
    }
  }
  await Promise.all([kijk(), ...Array.from({ length: VERBINDINGEN - 1 }, (_, n) => bezoek(n))])
  const perBladzijde = ((await cpu(beheerder)) - rekentijd) / tijden.length
  const databaseNa = await cpuDatabase()
  tijden.sort((a, b) => a - b)
  const op = (deel: number) => Math.round(tijden[Math.ceil(tijden.length * deel) - 1] ?? 0)
  const derde = Math.floor(geheugen.length / 3)
  const midden = Math.max(...geheugen.slice(derde, 2 * derde))
  const laatst = Math.max(...geheugen.slice(2 * derde))
  const groei = laatst / midden
  const uitslag = {
    bench: 'belasting',
    verbindingen: VERBINDINGEN,
    seconden: SECONDEN,
    denktijdMs: DENKTIJD,
    bladzijden: tijden.length,
    perSeconde: Math.round(tijden.length / ((performance.now() - begin) / 1000)),
    fout,
    rekentijdMs: +perBladzijde.toFixed(1),
    databaseMs:
      database === undefined || databaseNa === undefined
        ? null
        : +((databaseNa - database) / tijden.length).toFixed(1),
    p50Ms: op(0.5),
    p95Ms: op(0.95),
    p99Ms: op(0.99),
    grensMs: GRENS_P99_MS,
    verhouding: +(op(0.99) / GRENS_P99_MS).toFixed(2),
    geheugenMb: [Math.round(midden), Math.round(laatst)],
    groei: +groei.toFixed(2),
    grensGroei: GRENS_GEHEUGEN,
  }
  process.stdout.write(`${JSON.stringify(uitslag)}\n`)
  return fout === 0 && op(0.99) <= GRENS_P99_MS && groei <= GRENS_GEHEUGEN
}
