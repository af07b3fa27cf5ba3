import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { ConfigFout } from '../../platform/config.ts'

/** What a backup begins with: how to make the database that its rows fit in. */
export interface Kop {
  samenhang: 1
  op: string
  /** Names and checksums of the migrations that had run, in order. */
  migraties: { naam: string; checksum: string }[]
}

/** What goes between: a table with its rows as COPY writes them, the numbers to go on with, the jobs that wait. */
export type Deel =
  | { tabel: string; kolommen: string[] }
  | { reeksen: { naam: string; laatste: string }[] }
  | { taken: Taak[] }

export interface Taak {
  taak: string
  gegevens: unknown
  sleutel: string | null
  op: string
  pogingen: number
}

/** What it ends with; a file without it was cut off. */
export interface Einde {
  einde: true
  rijen: Record<string, number>
}

/** The end of the rows of a table, as in COPY: no row looks like this. */
const EINDE_TABEL = '\\.'

/** What is read back, in order: parts, and rows of the table before them. */
export type Stuk = { kop: Kop } | { deel: Deel } | { regel: string } | { einde: Einde }

/** The text of a backup, made while it is written: the rows of a table come as they are read. */
export type Schrijver = AsyncGenerator<string | Buffer>

/** One JSON line. */
export function lineOf(waarde: Kop | Deel | Einde): string {
  return `${JSON.stringify(waarde)}\n`
}

export const TABEL_UIT = `${EINDE_TABEL}\n`

/**
 * Writes the file, readable for its owner only, under its own name when it is whole: what was broken off is no backup.
 * Refuses to write over another file.
 */
export async function writeKopie(path: string, inhoud: Schrijver): Promise<void> {
  const voorlopig = `${path}.deel`
  try {
    await pipeline(
      inhoud,
      createZstdCompress(),
      createWriteStream(voorlopig, { mode: 0o600, flags: 'w', flush: true }),
    )
    await rename(voorlopig, path)
  } catch (error) {
    await rm(voorlopig, { force: true })
    throw error
  }
}

/** Reads a backup piece by piece; ConfigFout when it is none, or not whole. */
export async function* readKopie(path: string): AsyncGenerator<Stuk> {
  const stroom = createReadStream(path).pipe(createZstdDecompress())
  let fout: unknown
  stroom.on('error', error => {
    fout = error
  })
  let inTabel = false
  let gezien: 'niets' | 'kop' | 'einde' = 'niets'
  try {
    for await (const regel of splitLines(stroom)) {
      if (inTabel) {
        if (regel === EINDE_TABEL) inTabel = false
        else yield { regel }
        continue
      }
      const waarde = JSON.parse(regel) as Kop | Deel | Einde
      if (gezien === 'niets') {
        if (!('samenhang' in waarde) || waarde.samenhang !== 1) throw new Error('not a backup')
        gezien = 'kop'
        yield { kop: waarde }
      } else if ('einde' in waarde) {
        gezien = 'einde'
        yield { einde: waarde }
      } else if (!('samenhang' in waarde)) {
        inTabel = 'tabel' in waarde
        yield { deel: waarde }
      }
    }
  } catch (error) {
    if (error instanceof SyntaxError || gezien === 'niets') fout ??= error
    else throw error
  }
  if (fout !== undefined || gezien !== 'einde')
    throw new ConfigFout(`Het bestand ${path} is geen hele reservekopie van Samenhang.`)
}

/** Lines end at a line feed and nowhere else: text may hold any other sign that some call the end of a line. */
async function* splitLines(stroom: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const deel of stroom) {
    rest = rest.length === 0 ? deel : Buffer.concat([rest, deel])
    let vanaf = 0
    for (let eind = rest.indexOf(10); eind !== -1; eind = rest.indexOf(10, vanaf)) {
      yield rest.toString('utf8', vanaf, eind)
      vanaf = eind + 1
    }
    rest = rest.subarray(vanaf)
  }
}
