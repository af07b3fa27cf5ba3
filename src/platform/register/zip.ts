import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'

const unpack = promisify(inflateRaw)

/** What all parts of a workbook may be together when unpacked, in bytes. */
const MAX_UITGEPAKT = 250 * 1024 * 1024
const MAX_DELEN = 1000

const EINDE = 0x06054b50
const DEEL = 0x02014b50
const GEEN_PAKKING = 0
const DEFLATE = 8

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

/**
 * True when the parts of this archive unpack to more than a workbook can be. Each part is really unpacked as far as is allowed:
 * what the archive says of itself is not believed. Throws when it is no archive.
 */
export async function checkZip(bytes: Uint8Array): Promise<boolean> {
  const blik = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let over = MAX_UITGEPAKT
  for (const { methode, inhoud } of parts(blik)) {
    over -= methode === GEEN_PAKKING ? inhoud.length : await sizeOf(inhoud, over)
    if (over < 0) return true
  }
  return false
}

/** So large is this part unpacked; more than `grens` is answered as one more than it. */
async function sizeOf(inhoud: Buffer, grens: number): Promise<number> {
  try {
    return (await unpack(inhoud, { maxOutputLength: Math.max(1, grens) })).length
  } catch (fout) {
    if ((fout as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return grens + 1
    throw fout
  }
}

/**
 * The files in an archive, unpacked; folders are left out. Throws when it is none, or when it holds more than is allowed: `aantal` files,
 * `bytes` together.
 */
export async function unpackZip(
  bytes: Uint8Array,
  hoogstens: { aantal: number; bytes: number },
): Promise<{ naam: string; bytes: Buffer }[]> {
  const blik = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let over = hoogstens.bytes
  const uit: { naam: string; bytes: Buffer }[] = []
  for (const { naam, methode, inhoud } of parts(blik, hoogstens.aantal)) {
    if (naam.endsWith('/')) continue
    const deel =
      methode === GEEN_PAKKING ? inhoud : await unpack(inhoud, { maxOutputLength: Math.max(1, over) })
    over -= deel.length
    if (over < 0) throw new Error('too large')
    uit.push({ naam, bytes: deel })
  }
  return uit
}

/** The parts as the table at the end of the archive names them (APPNOTE 4.3.12): that is what the reader of workbooks goes by. */
function* parts(
  blik: Buffer,
  hoogstens = MAX_DELEN,
): Generator<{ naam: string; methode: number; inhoud: Buffer }> {
  const einde = findEnd(blik)
  const aantal = blik.readUInt16LE(einde + 10)
  if (aantal > hoogstens) throw new Error('too many parts')
  let plek = blik.readUInt32LE(einde + 16)
  for (let i = 0; i < aantal; i += 1) {
    if (blik.readUInt32LE(plek) !== DEEL) throw new Error('no part where one should be')
    const methode = blik.readUInt16LE(plek + 10)
    if (methode !== GEEN_PAKKING && methode !== DEFLATE) throw new Error('unknown packing')
    const lengte = blik.readUInt32LE(plek + 20)
    const kop = blik.readUInt32LE(plek + 42)
    const begin = kop + 30 + blik.readUInt16LE(kop + 26) + blik.readUInt16LE(kop + 28)
    const naamlengte = blik.readUInt16LE(plek + 28)
    const naam = blik.toString('utf8', plek + 46, plek + 46 + naamlengte)
    yield { naam, methode, inhoud: blik.subarray(begin, begin + lengte) }
    plek += 46 + naamlengte + blik.readUInt16LE(plek + 30) + blik.readUInt16LE(plek + 32)
  }
}

function findEnd(blik: Buffer): number {
  for (let plek = blik.length - 22; plek >= Math.max(0, blik.length - 22 - 0xffff); plek -= 1)
    if (blik.readUInt32LE(plek) === EINDE) return plek
  throw new Error('no end of an archive')
}
