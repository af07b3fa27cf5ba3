import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
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
 * Writes the file, encrypted, under its own name only when it is whole: what was broken off is no backup.
 * Refuses to write over another file.
 */
export async function writeKopie(path: string, sleutel: KeyObject, inhoud: Schrijver): Promise<void> {
  const voorlopig = `${path}.deel`
  try {
    await pipeline(
      inhoud,
      createZstdCompress(),
      (bron: AsyncIterable<Buffer>) => encrypted(sleutel, bron),
      createWriteStream(voorlopig, { mode: 0o600, flush: true }),
    )
    await rename(voorlopig, path)
  } catch (error) {
    await rm(voorlopig, { force: true })
    throw error
  }
}

/**
 * Reads a backup piece by piece; ConfigFout when it is none, not whole, changed, or made with another key. That is known
 * for certain only after the last piece: until then nothing of it may be final.
 */
export async function* readKopie(path: string, sleutel: KeyObject): AsyncGenerator<Stuk> {
  const bron = await openKopie(path, sleutel)
  let staat: 'begin' | 'tussen' | 'tabel' | 'einde' = 'begin'
  try {
    const tekst = createZstdDecompress()
    pipeline(bron, tekst).catch(error => tekst.destroy(error))
    for await (const regel of splitLines(tekst)) {
      if (staat === 'tabel') {
        if (regel === EINDE_TABEL) staat = 'tussen'
        else yield { regel }
        continue
      }
      const waarde = JSON.parse(regel) as Kop | Deel | Einde
      if ('samenhang' in waarde) yield { kop: waarde }
      else if ('einde' in waarde) yield { einde: waarde }
      else yield { deel: waarde }
      staat = 'einde' in waarde ? 'einde' : 'tabel' in waarde ? 'tabel' : 'tussen'
    }
  } catch {
    staat = 'begin'
  }
  if (staat !== 'einde')
    throw new ConfigFout(
      `Het bestand ${path} is geen hele reservekopie, of is met een andere sleutel gemaakt dan de sleutel van nu.`,
    )
}

const MERK = Buffer.from('samenhang reservekopie 1\n')
const NONCE = 12
const TAG = 16

/** The mark, a nonce, the text under AES-256-GCM, and the tag at the very end. */
async function* encrypted(sleutel: KeyObject, bron: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', sleutel, nonce)
  yield Buffer.concat([MERK, nonce])
  for await (const deel of bron) yield cipher.update(deel)
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()])
}

/** The text between, decrypted while it is read; fails at its end when a byte was changed. */
async function openKopie(path: string, sleutel: KeyObject): Promise<Readable> {
  const file = await open(path)
  const { size } = await file.stat()
  const kop = Buffer.alloc(MERK.length + NONCE)
  const tag = Buffer.alloc(TAG)
  await file.read(kop, 0, kop.length, 0)
  await file.read(tag, 0, TAG, Math.max(0, size - TAG))
  await file.close()
  if (!kop.subarray(0, MERK.length).equals(MERK) || size < kop.length + TAG)
    throw new ConfigFout(`Het bestand ${path} is geen reservekopie van Samenhang.`)
  const decipher = createDecipheriv('aes-256-gcm', sleutel, kop.subarray(MERK.length))
  decipher.setAuthTag(tag)
  async function* decrypted(): AsyncGenerator<Buffer> {
    for await (const deel of createReadStream(path, { start: kop.length, end: size - TAG - 1 }))
      yield decipher.update(deel as Buffer)
    yield decipher.final()
  }
  return Readable.from(decrypted())
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
