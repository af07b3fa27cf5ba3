import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigFout } from './config.ts'
import { readAdres } from './db/adres.ts'
import { formatStand, parseStand, type Zegelstand } from './zegelstand.ts'

/** The last seal that this machine knows of one database, kept outside it (ADR 0023). */
export interface Zegelgeheugen {
  /**
   * What was kept: nothing, one, or more where this address led to another database before. Throws ConfigFout when it cannot be
   * read.
   */
  read(): Promise<Zegelstand[]>
  /** Replaces what was kept, whole or not at all; undefined: nothing is known any more. */
  write(stand: Zegelstand | undefined): Promise<void>
}

/** Which database a connection leads to, however its address is written; a copy of it elsewhere is another. */
export const DATABASE_ID = `select system_identifier || '-' || (select oid from pg_database where datname = current_database()) as id
  from pg_control_system()`

/** What this database is called by itself. */
export async function findDatabaseId(client: {
  query(sql: string): Promise<{ rows: { id?: unknown }[] }>
}): Promise<string> {
  const { rows } = await client.query(DATABASE_ID)
  return String(rows[0]?.id)
}

/**
 * Files in the data folder: one per database, named by what it is called by itself (`id`), and one per address (undefined: our
 * own server), which says to what database that led. Who owns a database can make another in its place; what was known of the
 * one that the address led to, is then still asked of the other. Two processes with one folder may write at once: a file then
 * holds the one or the other, and each is true.
 */
export function makeZegelgeheugen(data: string, adres: string | undefined, id: string): Zegelgeheugen {
  const eigen = join(data, `zegel-${id}`)
  const wijzer = join(data, `zegel-adres-${adres === undefined ? 'eigen' : hashOf(placeOf(adres))}`)
  const oud = oldPathOf(data, adres)
  return {
    async read() {
      const was = await readKept(wijzer, parseId)
      const paden = [eigen, ...(was === undefined || was === id ? [] : [join(data, `zegel-${was}`)]), ...oud]
      const standen = await Promise.all(paden.map(pad => readKept(pad, parseStand)))
      return standen.filter(stand => stand !== undefined)
    },
    async write(stand) {
      if (stand !== undefined) {
        await mkdir(data, { recursive: true })
        await replace(eigen, formatStand(stand))
        await replace(wijzer, id)
      }
      const voorbij = stand === undefined ? [eigen, wijzer, ...oud] : oud
      for (const pad of voorbij) await rm(pad, { force: true })
    },
  }
}

const parseId = (tekst: string) => /^\d+-\d+$/.exec(tekst.trim())?.[0]

const hashOf = (tekst: string) => createHash('sha256').update(tekst).digest('hex').slice(0, 16)

/** Where an address leads, without who logs in. */
function placeOf(adres: string): string {
  const { host, port, database } = readAdres(adres)
  return [host, port, database].join(' ')
}

/** How the file was called when its name was made of the spelling of the address: it is read until the next seal. */
function oldPathOf(data: string, adres: string | undefined): string[] {
  if (adres === undefined) return [join(data, 'zegel-eigen')]
  if (!URL.canParse(adres)) return []
  const { host, pathname, searchParams } = new URL(adres)
  const doel = [searchParams.get('host') ?? host, searchParams.get('port') ?? '', pathname].join(' ')
  return [join(data, `zegel-${hashOf(doel)}`)]
}

async function readKept<T>(path: string, parse: (tekst: string) => T | undefined): Promise<T | undefined> {
  const tekst = await readFile(path, 'utf8').catch(error => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new ConfigFout(`Het bestand ${path} kan niet worden gelezen (${String(code)}).`)
  })
  if (tekst === undefined) return undefined
  const gelezen = parse(tekst)
  if (gelezen === undefined)
    throw new ConfigFout(
      `Het bestand ${path} is beschadigd: verwacht het nummer en de hash van een zegel, of de naam van een database. ` +
        'Bewaar het, en voer uit: bin/samenhang audit aanvaard REDEN',
    )
  return gelezen
}

async function replace(path: string, tekst: string): Promise<void> {
  const tijdelijk = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const bestand = await open(tijdelijk, 'wx', 0o644)
    await bestand.writeFile(`${tekst}\n`)
    await bestand.sync().finally(() => bestand.close())
    await rename(tijdelijk, path)
  } catch (error) {
    await rm(tijdelijk, { force: true }).catch(() => undefined)
    throw error
  }
}

/** What this machine knows, and in Dutch why that cannot be read, if so. */
export async function readBekend(
  geheugen: Zegelgeheugen | undefined,
): Promise<{ bekend: Zegelstand[]; onleesbaar?: string }> {
  try {
    return { bekend: (await geheugen?.read()) ?? [] }
  } catch (error) {
    if (error instanceof ConfigFout) return { bekend: [], onleesbaar: error.message }
    throw error
  }
}

/** The highest number of these; null when nothing is known. */
export function highest(bekend: readonly Zegelstand[]): number | null {
  return bekend.length === 0 ? null : Math.max(...bekend.map(({ nummer }) => nummer))
}
