// The product as people meet it: a server in a process of its own with the demonstration region, and somebody of each role.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Antwoord {
  status: number
  body: string
  /** As they came over the line. */
  bytes: number
  soort: string
  cookies: string[]
}
export interface Bezoeker {
  rol: string
  cookie: string
  /** Every page of the menu. */
  paden: string[]
}
export interface Product {
  adres: string
  /** Folder of its data; undefined for a server that ran already. */
  map: string | undefined
  vraag(pad: string, cookie?: string, velden?: URLSearchParams): Promise<Antwoord>
  stop(): Promise<void>
}

/** A server at `adres`, or one of our own: with the region of `schaal` in a folder that goes when it stops. */
export async function openProduct(
  adres: string,
  { verbindingen = 1, schaal }: { verbindingen?: number; schaal?: string } = {},
): Promise<Product> {
  const agent = new Agent({ keepAlive: true, maxSockets: verbindingen })
  if (adres !== '')
    return { adres, map: undefined, vraag: vrager(adres, agent), stop: async () => agent.destroy() }
  const map = await mkdtemp(join(tmpdir(), 'samenhang-bench-'))
  const env = { ...process.env, NODE_ENV: 'production', SAMENHANG_DATA: map, SAMENHANG_LOG: 'error' }
  let server: ChildProcess | undefined
  const stop = async () => {
    agent.destroy()
    if (server?.exitCode === null) {
      server.kill('SIGTERM')
      await new Promise(resolve => server?.once('exit', resolve))
    }
    await rm(map, { recursive: true, force: true })
  }
  try {
    if (schaal !== undefined) load(schaal, env)
    const poort = await freePort()
    server = spawn(process.execPath, ['dist/server/main.js'], {
      env: { ...env, PORT: String(poort) },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const eigen = `http://127.0.0.1:${poort}`
    const vraag = vrager(eigen, agent)
    await untilReady(server, vraag)
    return { adres: eigen, map, vraag, stop }
  } catch (fout) {
    await stop()
    throw fout
  }
}

function load(schaal: string, env: NodeJS.ProcessEnv): void {
  const { status } = spawnSync(
    process.execPath,
    ['dist/server/cli.js', 'regio', 'laad', '--schaal', schaal],
    {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  if (status !== 0) throw new Error('the region was not loaded')
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const vrij = createServer().listen(0, '127.0.0.1', () => {
      const adres = vrij.address()
      vrij.close(() => resolve(typeof adres === 'object' && adres ? adres.port : 0))
    })
  })
}

/** The first start loads the region. */
async function untilReady(server: ChildProcess, vraag: Product['vraag']): Promise<void> {
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

const vrager =
  (adres: string, agent: Agent): Product['vraag'] =>
  (pad, cookie = '', velden) =>
    new Promise((resolve, reject) => {
      const headers: Record<string, string> = { cookie, accept: 'text/html', 'accept-encoding': 'identity' }
      if (velden) headers['content-type'] = 'application/x-www-form-urlencoded'
      const bezig = request(
        `${adres}${pad}`,
        { agent, method: velden ? 'POST' : 'GET', headers },
        antwoord => {
          const delen: Buffer[] = []
          antwoord.on('data', deel => delen.push(deel))
          antwoord.on('end', () => {
            const inhoud = Buffer.concat(delen)
            resolve({
              status: antwoord.statusCode ?? 0,
              body: inhoud.toString('utf8'),
              bytes: inhoud.length,
              soort: antwoord.headers['content-type'] ?? '',
              cookies: antwoord.headers['set-cookie'] ?? [],
            })
          })
        },
      )
      bezig.on('error', reject)
      bezig.end(velden?.toString())
    })

export function pauze(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

function koekjes(regels: string[]): string {
  return regels.map(regel => regel.split(';')[0] ?? '').join('; ')
}

/** Somebody in each role, with every page of their menu. */
export async function logIn({ vraag }: Product): Promise<Bezoeker[]> {
  const { body, cookies } = await vraag('/inloggen')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const gebruikers = [...body.matchAll(/name="gebruiker" value="(\d+)".*?Kijk als ([^:<"]+)/gs)]
  const bezoekers: Bezoeker[] = []
  for (const [, gebruiker = '', rol = ''] of gebruikers) {
    const velden = new URLSearchParams({ _csrf: csrf, gebruiker, naar: '/' })
    const cookie = koekjes((await vraag('/inloggen/demonstratie', koekjes(cookies), velden)).cookies)
    const { body: thuis } = await vraag('/', cookie)
    const menu = /<nav class="sam-zijmenu".*?<\/nav>/s.exec(thuis)?.[0] ?? ''
    const paden = [...menu.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href)
    bezoekers.push({ rol: rol.trim(), cookie, paden: [...new Set(['/', ...paden])] })
  }
  return bezoekers
}
