import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { ConfigFout } from './config.ts'
import type { Db } from './db/tables.ts'

/** Number and hash (hex) of a seal of the log. */
export interface Zegelstand {
  nummer: number
  hash: string
}

/** The last seal that this machine knows of one database, kept outside it (ADR 0023). */
export interface Zegelgeheugen {
  /** Undefined when nothing was ever kept. Throws ConfigFout when what was kept cannot be read. */
  read(): Promise<Zegelstand | undefined>
  /** Replaces what was kept, whole or not at all; undefined: nothing is known any more. */
  write(stand: Zegelstand | undefined): Promise<void>
}

/** Reads NUMBER:HASH, as `audit controleer` shows it; undefined for anything else. */
export function parseStand(tekst: string): Zegelstand | undefined {
  const delen = /^([1-9]\d{0,8}):([0-9a-f]{64})$/.exec(tekst.trim())
  return delen === null ? undefined : { nummer: Number(delen[1]), hash: delen[2] ?? '' }
}

export function formatStand({ nummer, hash }: Zegelstand): string {
  return `${nummer}:${hash}`
}

/**
 * A file in the data folder, one per database: `adres` says which (undefined: our own server). Two processes with one data
 * folder may write at once; the file then holds the one or the other, and each is true.
 */
export function makeZegelgeheugen(data: string, adres: string | undefined): Zegelgeheugen {
  const path = join(data, `zegel-${adres === undefined ? 'eigen' : targetOf(adres)}`)
  return {
    async read() {
      const tekst = await readFile(path, 'utf8').catch(error => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
        throw new ConfigFout(`Het bestand ${path} kan niet worden gelezen (${String(code)}).`)
      })
      if (tekst === undefined) return undefined
      const stand = parseStand(tekst)
      if (!stand)
        throw new ConfigFout(
          `Het bestand ${path} is beschadigd: verwacht het nummer en de hash van een zegel. Bewaar het, en voer uit: ` +
            'bin/samenhang audit aanvaard REDEN',
        )
      return stand
    },
    async write(stand) {
      if (stand === undefined) return rm(path, { force: true })
      await mkdir(dirname(path), { recursive: true })
      const tijdelijk = `${path}.${randomBytes(6).toString('hex')}`
      try {
        const bestand = await open(tijdelijk, 'wx', 0o644)
        await bestand.writeFile(`${formatStand(stand)}\n`)
        await bestand.sync().finally(() => bestand.close())
        await rename(tijdelijk, path)
      } catch (error) {
        await rm(tijdelijk, { force: true }).catch(() => undefined)
        throw error
      }
    },
  }
}

/** Which database an address leads to, without who logs in. */
function targetOf(adres: string): string {
  const { host, pathname, searchParams } = new URL(adres)
  const doel = [searchParams.get('host') ?? host, searchParams.get('port') ?? '', pathname].join(' ')
  return createHash('sha256').update(doel).digest('hex').slice(0, 16)
}

/** The last seal there is; undefined when nothing was sealed yet. */
export async function findStand(db: Db): Promise<Zegelstand | undefined> {
  const { rows } = await sql<Zegelstand>`
    select zegel_id as nummer, encode(hash, 'hex') as hash from platform.zegel order by zegel_id desc limit 1`.execute(
    db,
  )
  return rows[0]
}

/** The first of these seals that is not there any more, or is another than it was. */
export async function findVerdwenen(db: Db, bekend: readonly Zegelstand[]): Promise<Zegelstand | undefined> {
  for (const stand of bekend) {
    const { rows } = await sql`
      select from platform.zegel where zegel_id = ${stand.nummer} and hash = decode(${stand.hash}, 'hex')`.execute(
      db,
    )
    if (rows.length === 0) return stand
  }
  return undefined
}

/** What this machine knows, or in Dutch why that cannot be read; neither when it knows nothing. */
export async function readBekend(
  geheugen: Zegelgeheugen | undefined,
): Promise<{ bekend?: Zegelstand | undefined; onleesbaar?: string }> {
  try {
    return { bekend: await geheugen?.read() }
  } catch (error) {
    if (error instanceof ConfigFout) return { onleesbaar: error.message }
    throw error
  }
}

/** What is the matter, in Dutch, when this seal was known and is not there any more, and what can be done. */
export function explainTerugzetting(nummer: number): string {
  return (
    `Zegel ${nummer} van het inzagelogboek is er niet meer, of is een ander dan deze machine kent. Is er een ` +
    'reservekopie teruggezet, voer dan uit: bin/samenhang audit aanvaard REDEN. Is dat niet zo, dan is er buiten het ' +
    'programma om iets veranderd: bewaar een kopie van de database.'
  )
}

/**
 * Why nothing more is sealed, in Dutch; undefined when this machine knows nothing of it or what it knows is still there. A
 * log of which seals were taken away or made anew is not sealed over as if nothing had happened.
 */
export async function findTerugzetting(
  db: Db,
  geheugen: Zegelgeheugen | undefined,
): Promise<string | undefined> {
  const { bekend, onleesbaar } = await readBekend(geheugen)
  if (onleesbaar !== undefined) return onleesbaar
  if (bekend === undefined || !(await findVerdwenen(db, [bekend]))) return undefined
  return explainTerugzetting(bekend.nummer)
}
