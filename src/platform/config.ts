import { isIP } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How long one question to the database may take, and how much longer its answer may stay away, in seconds. */
export const DB_TIJDEN = { tijd: 120, stilte: 10 } as const

export type Modus = 'demonstratie' | 'productie'
export type LogNiveau = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'

export interface Config {
  /** Root of the project, where db/ and dist/ are. */
  wortel: string
  /** Folder with the embedded database, the keys, and the last seal of the log that this machine knows. */
  data: string
  host: string
  port: number
  databaseUrl: string | undefined
  /** Login of the application apart from that of the owner in `databaseUrl`; may become samenhang_app and nothing else. */
  appUrl: string | undefined
  /** How many seconds one statement may take, and how many more its answer may stay away. */
  db: { tijd: number; stilte: number }
  log: LogNiveau
  modus: Modus
  /** False when nobody said for what this is: then it is a demonstration, but never of a database that somebody brought. */
  modusGekozen: boolean
  /** Name of the region or municipality, in the head of every page; none when not given. */
  regio: string | undefined
  /** Address as users see it, without trailing slash. */
  adres: string
  /** Less free space than this on the disk of our own database, in MB: then no more requests are taken. */
  minimaalVrij: number
  /** 32 bytes, base64; otherwise read from the key file in `data`. */
  sleutel: string | undefined
  /** The key of before, while the key is being changed; otherwise read from `sleutel.oud` in `data`, if it is there. */
  sleutelOud: string | undefined
  oidc: OidcConfig | undefined
  /** Addresses (or ranges) of proxies whose X-Forwarded-For is believed; of anybody else it is not. */
  proxies: readonly string[]
  /** Requests per minute and per process: of one session or token, and of one address without either. */
  grenzen: { sessie: number; adres: number }
  /** A session ends so many hours after login, and after so many minutes in which nothing was asked. */
  sessie: { uren: number; rust: number }
  /** Where to report a weakness or ask for access: mailto:, tel: or https:. */
  contact: string | undefined
  /** Outgoing messages are also written here. */
  uitmap: string | undefined
  /** OTLP endpoint; traces are sent only when set. */
  otlp: string | undefined
}

export interface OidcConfig {
  issuer: string
  clientId: string
  clientSecret: string
  /** The claim that holds the e-mail address by which a first login is matched. */
  emailClaim: string
  /** The claim that says which role somebody has; undefined when only Samenhang says so. */
  rolClaim: string | undefined
}

/** Every name that `readConfig` looks at; in the environment and in the file they are the same. */
export const INSTELLINGEN: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'DATABASE_URL_APP',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_EMAIL_CLAIM',
  'OIDC_ISSUER',
  'OIDC_ROL_CLAIM',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'PORT',
  'SAMENHANG_ADRES',
  'SAMENHANG_CONTACT',
  'SAMENHANG_DATA',
  'SAMENHANG_DB_STILTE',
  'SAMENHANG_DB_TIJD',
  'SAMENHANG_GRENS_ADRES',
  'SAMENHANG_GRENS_SESSIE',
  'SAMENHANG_HOST',
  'SAMENHANG_LOG',
  'SAMENHANG_MINIMAAL_VRIJ',
  'SAMENHANG_MODUS',
  'SAMENHANG_PROXIES',
  'SAMENHANG_REGIO',
  'SAMENHANG_SESSIE_RUST',
  'SAMENHANG_SESSIE_UREN',
  'SAMENHANG_SLEUTEL',
  'SAMENHANG_SLEUTEL_OUD',
  'SAMENHANG_UITMAP',
])

export class ConfigFout extends Error {
  override name = 'ConfigFout'
}

const DEMOREGIO = 'Demonstratieregio Zuidoost-Utrecht'

const LOG: readonly LogNiveau[] = ['fatal', 'error', 'warn', 'info', 'debug', 'silent']

/** The folder that holds package.json, whether we run from src/ or from dist/server/. */
export function projectRoot(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  return resolve(
    here.includes(`${join('dist', 'server')}`)
      ? join(here.split(join('dist', 'server'))[0] ?? here)
      : join(here, '../..'),
  )
}

/** Reads the environment and refuses every wrong value at once, saying what is expected. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const fouten: string[] = []
  const wortel = projectRoot()

  const port = /^\d+$/.test(env.PORT || '8080') ? Number(env.PORT || '8080') : 0
  if (port < 1 || port > 65_535)
    fouten.push(`PORT=${env.PORT}: verwacht een poortnummer van 1 tot en met 65535`)

  const vrij = env.SAMENHANG_MINIMAAL_VRIJ || '256'
  if (!/^\d{1,9}$/.test(vrij))
    fouten.push(`SAMENHANG_MINIMAAL_VRIJ=${vrij}: verwacht een aantal MB, zoals 256`)

  const log = (env.SAMENHANG_LOG || 'info') as LogNiveau
  if (!LOG.includes(log))
    fouten.push(`SAMENHANG_LOG=${env.SAMENHANG_LOG}: verwacht een van ${LOG.join(', ')}`)

  const readUrl = (naam: 'DATABASE_URL' | 'DATABASE_URL_APP') => {
    const url = env[naam] || undefined
    if (url !== undefined && !/^postgres(ql)?:\/\//.test(url))
      fouten.push(`${naam}: verwacht een adres dat begint met postgresql://`)
    return url
  }
  const databaseUrl = readUrl('DATABASE_URL')
  const appUrl = readUrl('DATABASE_URL_APP')
  if (appUrl !== undefined && databaseUrl === undefined)
    fouten.push('DATABASE_URL_APP: geef ook DATABASE_URL, voor de eigenaar van de database')

  const oidcParts = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET].filter(Boolean)
  if (oidcParts.length !== 0 && oidcParts.length !== 3)
    fouten.push('OIDC_ISSUER, OIDC_CLIENT_ID en OIDC_CLIENT_SECRET: geef alle drie of geen')
  const oidc =
    oidcParts.length === 3
      ? {
          issuer: env.OIDC_ISSUER ?? '',
          clientId: env.OIDC_CLIENT_ID ?? '',
          clientSecret: env.OIDC_CLIENT_SECRET ?? '',
          emailClaim: env.OIDC_EMAIL_CLAIM || 'email',
          rolClaim: env.OIDC_ROL_CLAIM || undefined,
        }
      : undefined
  for (const naam of ['OIDC_EMAIL_CLAIM', 'OIDC_ROL_CLAIM'] as const)
    if (env[naam] && !/^[\w:./-]{1,100}$/.test(env[naam]))
      fouten.push(`${naam}=${env[naam]}: verwacht de naam van een claim, zoals preferred_username`)
  if (oidc && !isWebadres(oidc.issuer))
    fouten.push('OIDC_ISSUER: verwacht een volledig adres, zoals https://inloggen.voorbeeld.nl')

  const modus = (env.SAMENHANG_MODUS || (oidc ? 'productie' : 'demonstratie')) as Modus
  if (modus !== 'demonstratie' && modus !== 'productie')
    fouten.push(`SAMENHANG_MODUS=${env.SAMENHANG_MODUS}: verwacht demonstratie of productie`)
  if (modus === 'productie' && !oidc)
    fouten.push(
      'SAMENHANG_MODUS=productie: stel ook OIDC_ISSUER, OIDC_CLIENT_ID en OIDC_CLIENT_SECRET in, anders kan niemand inloggen',
    )
  if (modus === 'demonstratie' && oidc)
    fouten.push('SAMENHANG_MODUS=demonstratie gaat niet samen met OIDC_ISSUER: kies een van beide')

  const readSleutel = (naam: 'SAMENHANG_SLEUTEL' | 'SAMENHANG_SLEUTEL_OUD') => {
    const sleutel = env[naam] || undefined
    if (sleutel !== undefined && Buffer.from(sleutel, 'base64').length !== 32)
      fouten.push(`${naam}: verwacht 32 bytes in base64 (maak ze met: openssl rand -base64 32)`)
    return sleutel
  }
  const sleutel = readSleutel('SAMENHANG_SLEUTEL')
  const sleutelOud = readSleutel('SAMENHANG_SLEUTEL_OUD')

  const adres = (env.SAMENHANG_ADRES || `http://localhost:${port}`).replace(/\/+$/, '')
  if (env.SAMENHANG_ADRES && !isWebadres(adres))
    fouten.push('SAMENHANG_ADRES: verwacht een volledig adres, zoals https://samenhang.voorbeeld.nl')
  else if (env.SAMENHANG_ADRES && !isHerkomst(adres))
    fouten.push(
      'SAMENHANG_ADRES: verwacht een adres zonder pad, gebruiker of vraag, zoals https://samenhang.voorbeeld.nl. Samenhang draait op een eigen (sub)domein, niet in een map.',
    )

  const proxies = (env.SAMENHANG_PROXIES || '').split(/[\s,]+/).filter(deel => deel !== '')
  for (const proxy of proxies)
    if (!isProxy(proxy))
      fouten.push(
        `SAMENHANG_PROXIES: ${proxy} is geen IP-adres of reeks; verwacht bijvoorbeeld 10.0.0.5, 10.0.0.0/24 of loopback`,
      )

  const getal = (naam: string, standaard: number, van: number, tot: number): number => {
    const tekst = env[naam] || String(standaard)
    const waarde = /^\d{1,9}$/.test(tekst) ? Number(tekst) : Number.NaN
    if (!(waarde >= van && waarde <= tot))
      fouten.push(`${naam}=${tekst}: verwacht een geheel getal van ${van} tot en met ${tot}`)
    return waarde
  }
  const grenzen = {
    sessie: getal('SAMENHANG_GRENS_SESSIE', 3000, 60, 1_000_000),
    adres: getal('SAMENHANG_GRENS_ADRES', 3000, 60, 1_000_000),
  }
  const db = {
    tijd: getal('SAMENHANG_DB_TIJD', DB_TIJDEN.tijd, 1, 3600),
    stilte: getal('SAMENHANG_DB_STILTE', DB_TIJDEN.stilte, 1, 600),
  }
  const sessie = {
    uren: getal('SAMENHANG_SESSIE_UREN', 8, 1, 24),
    rust: getal('SAMENHANG_SESSIE_RUST', 30, 5, 480),
  }

  const contact = env.SAMENHANG_CONTACT || undefined
  if (contact !== undefined && !/^(mailto:[^\s@]+@[^\s@]+|tel:[+\d-]+|https:\/\/\S+)$/.test(contact))
    fouten.push('SAMENHANG_CONTACT: verwacht mailto:, tel: of https:, zoals mailto:beveiliging@voorbeeld.nl')

  const otlp = env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined
  if (otlp !== undefined && !isWebadres(otlp))
    fouten.push('OTEL_EXPORTER_OTLP_ENDPOINT: verwacht een volledig adres, zoals http://localhost:4318')

  if (fouten.length > 0) throw new ConfigFout(fouten.join('\n'))
  const folder = (value: string) => (isAbsolute(value) ? value : resolve(wortel, value))
  return {
    wortel,
    data: folder(env.SAMENHANG_DATA || 'data'),
    host: env.SAMENHANG_HOST || '127.0.0.1',
    port,
    databaseUrl,
    appUrl,
    db,
    log,
    minimaalVrij: Number(vrij),
    modus,
    modusGekozen: oidc !== undefined || Boolean(env.SAMENHANG_MODUS),
    regio: env.SAMENHANG_REGIO || (modus === 'demonstratie' ? DEMOREGIO : undefined),
    adres,
    sleutel,
    sleutelOud,
    oidc,
    proxies,
    grenzen,
    sessie,
    contact,
    uitmap: env.SAMENHANG_UITMAP ? folder(env.SAMENHANG_UITMAP) : undefined,
    otlp,
  }
}

/** True for scheme, host and port alone: cookies, links and the return address know no folder. */
function isHerkomst(value: string): boolean {
  return URL.canParse(value) && new URL(value).href === `${new URL(value).origin}/`
}

/** An address, a range of them, or a name that the proxy library knows for one. */
function isProxy(value: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true
  const [adres = '', masker, ...rest] = value.split('/')
  const soort = isIP(adres)
  const bits = soort === 4 ? 32 : 128
  return (
    soort !== 0 &&
    rest.length === 0 &&
    (masker === undefined || (/^\d{1,3}$/.test(masker) && Number(masker) >= 1 && Number(masker) <= bits))
  )
}

function isWebadres(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}
