// What 200 people at once get: 200 connections that each ask one page after another, mixed over all roles and menus, on the
// demonstration region in a real process. `npm run bench:belasting` (SECONDEN, VERBINDINGEN, ADRES for a server that runs, and
// DENKTIJD: milliseconds that somebody reads before the next page; none by default, the hardest case).
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SECONDEN = Number(process.env.SECONDEN ?? 60)
const VERBINDINGEN = Number(process.env.VERBINDINGEN ?? 200)
const DENKTIJD = Number(process.env.DENKTIJD ?? 0)
/** Named limits: 99 of 100 answers within so long; memory at the end against that in the middle. */
const GRENS_P99_MS = 2_000
const GRENS_GEHEUGEN = 1.2

/** Ticks of the processor clock of Linux are hundredths of a second. */
const TIK_MS = 10

interface Antwoord {
  status: number
  body: string
  cookies: string[]
}
interface Bezoeker {
  cookie: string
  paden: string[]
}

const agent = new Agent({ keepAlive: true, maxSockets: VERBINDINGEN })
let adres = process.env.ADRES ?? ''
let server: ChildProcess | undefined
const map = adres === '' ? await mkdtemp(join(tmpdir(), 'samenhang-bench-')) : undefined
let goed = false
try {
  if (map !== undefined) await start(map)
  goed = await meet()
} finally {
  agent.destroy()
  if (server?.exitCode === null) {
    server.kill('SIGTERM')
    await new Promise(resolve => server?.once('exit', resolve))
  }
  if (map !== undefined) await rm(map, { recursive: true, force: true })
}
process.exitCode = goed ? 0 : 1

/** The product as `npm start` runs it, with its own database in `data`; the first start loads the region. */
async function start(data: string): Promise<void> {
  const poort = await new Promise<number>(resolve => {
    const vrij = createServer().listen(0, '127.0.0.1', () => {
      const adres = vrij.address()
      vrij.close(() => resolve(typeof adres === 'object' && adres ? adres.port : 0))
    })
  })
  adres = `http://127.0.0.1:${poort}`
  server = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(poort),
      SAMENHANG_DATA: data,
      SAMENHANG_LOG: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let i = 0; i < 600; i++) {
    if (server.exitCode !== null) throw new Error('the server stopped while it started')
    const status = await vraag('/klaar').then(
      ({ status }) => status,
      () => 0,
    )
    if (status === 200) return
    await pauze(500)
  }
  throw new Error('the server did not start within five minutes')
}

function vraag(pad: string, cookie = '', velden?: URLSearchParams): Promise<Antwoord> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { cookie, accept: 'text/html', 'accept-encoding': 'identity' }
    if (velden) headers['content-type'] = 'application/x-www-form-urlencoded'
    const bezig = request(`${adres}${pad}`, { agent, method: velden ? 'POST' : 'GET', headers }, antwoord => {
      let body = ''
      antwoord.setEncoding('utf8')
      antwoord.on('data', deel => {
        body += deel
      })
      antwoord.on('end', () =>
        resolve({ status: antwoord.statusCode ?? 0, body, cookies: antwoord.headers['set-cookie'] ?? [] }),
      )
    })
    bezig.on('error', reject)
    bezig.end(velden?.toString())
  })
}

function pauze(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

function koekjes(regels: string[]): string {
  return regels.map(regel => regel.split(';')[0] ?? '').join('; ')
}

/** Somebody in each role, with every page of their menu. */
async function logIn(): Promise<Bezoeker[]> {
  const { body, cookies } = await vraag('/inloggen')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const gebruikers = [...body.matchAll(/name="gebruiker" value="(\d+)"/g)].map(([, id = '']) => id)
  const bezoekers: Bezoeker[] = []
  for (const gebruiker of gebruikers) {
    const velden = new URLSearchParams({ _csrf: csrf, gebruiker, naar: '/' })
    const cookie = koekjes((await vraag('/inloggen/demonstratie', koekjes(cookies), velden)).cookies)
    const { body: thuis } = await vraag('/', cookie)
    const menu = /<nav class="sam-zijmenu".*?<\/nav>/s.exec(thuis)?.[0] ?? ''
    const paden = [...menu.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href)
    bezoekers.push({ cookie, paden: [...new Set(['/', ...paden])] })
  }
  return bezoekers
}

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
  const bezoekers = await logIn()
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
