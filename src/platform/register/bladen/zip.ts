import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'

const unpack = promisify(inflateRaw)

/** What all parts of a workbook may be together when unpacked, in bytes. */
const MAX_UITGEPAKT = 150 * 1024 * 1024
const MAX_DELEN = 1000

const EINDE = 0x06054b50
const DEEL = 0x02014b50
const GEEN_PAKKING = 0
const DEFLATE = 8

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}

interface Deel {
  naam: string
  methode: number
  /** As it is packed. */
  inhoud: Buffer
}

/**
 * The same archive written anew, with each part as large as it turned out to be; undefined when its parts unpack to more than a workbook
 * can be. What the archive says of itself is not believed, and whoever reads the answer finds what was measured here and nothing else:
 * two readers of one file need not see the same parts. `houdt` sees each part unpacked and says whether it stays, and may throw. Throws when
 * it is no archive.
 */
export async function repackZip(
  bytes: Uint8Array,
  houdt: (uitgepakt: Buffer) => boolean = () => true,
): Promise<Buffer | undefined> {
  const blik = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const delen: Gemeten[] = []
  let over = MAX_UITGEPAKT
  for (const deel of parts(blik)) {
    const maat = await measure(deel, over, houdt)
    if (maat === undefined) return undefined
    over -= maat.lengte
    if (maat.blijft) delen.push({ ...deel, ...maat })
  }
  return writeZip(delen)
}

/** What a part is once unpacked, and whether it stays; undefined when it is larger than `grens` bytes. */
async function measure(
  { methode, inhoud }: Deel,
  grens: number,
  houdt: (uitgepakt: Buffer) => boolean,
): Promise<{ lengte: number; som: number; blijft: boolean } | undefined> {
  try {
    const uit =
      methode === GEEN_PAKKING ? inhoud : await unpack(inhoud, { maxOutputLength: Math.max(1, grens) })
    if (uit.length > grens) return undefined
    return { lengte: uit.length, som: crc32(uit), blijft: houdt(uit) }
  } catch (fout) {
    if ((fout as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    throw fout
  }
}

/** A part with its size and CRC-32 once unpacked. */
interface Gemeten extends Deel {
  lengte: number
  som: number
}

/** An archive of these parts, packed as they are (APPNOTE 4.3). */
function writeZip(delen: readonly Gemeten[]): Buffer {
  const stukken: Buffer[] = []
  const tabel: Buffer[] = []
  let plek = 0
  for (const { naam, methode, inhoud, lengte, som } of delen) {
    const titel = Buffer.from(naam)
    const kern = Buffer.alloc(26)
    kern.writeUInt16LE(20, 0)
    kern.writeUInt16LE(methode, 4)
    kern.writeUInt32LE(som, 10)
    kern.writeUInt32LE(inhoud.length, 14)
    kern.writeUInt32LE(lengte, 18)
    kern.writeUInt16LE(titel.length, 22)
    const staart = Buffer.alloc(14)
    staart.writeUInt32LE(plek, 10)
    stukken.push(Buffer.from('PK\x03\x04', 'latin1'), kern, titel, inhoud)
    tabel.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), kern, staart, titel)
    plek += 4 + kern.length + titel.length + inhoud.length
  }
  const einde = Buffer.alloc(18)
  einde.writeUInt16LE(delen.length, 4)
  einde.writeUInt16LE(delen.length, 6)
  einde.writeUInt32LE(
    tabel.reduce((n, { length }) => n + length, 0),
    8,
  )
  einde.writeUInt32LE(plek, 12)
  return Buffer.concat([...stukken, ...tabel, Buffer.from('PK\x05\x06', 'latin1'), einde])
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

/** The parts as the table at the end of the archive names them (APPNOTE 4.3.12). Throws where it says two things of how many. */
function* parts(blik: Buffer, hoogstens = MAX_DELEN): Generator<Deel> {
  const einde = findEnd(blik)
  const aantal = blik.readUInt16LE(einde + 10)
  if (aantal > hoogstens) throw new Error('too many parts')
  const begin = blik.readUInt32LE(einde + 16)
  const hier = blik.readUInt16LE(einde + 8)
  let plek = begin
  for (let i = 0; i < aantal; i += 1) {
    if (blik.readUInt32LE(plek) !== DEEL) throw new Error('no part where one should be')
    const methode = blik.readUInt16LE(plek + 10)
    if (methode !== GEEN_PAKKING && methode !== DEFLATE) throw new Error('unknown packing')
    const lengte = blik.readUInt32LE(plek + 20)
    const kop = blik.readUInt32LE(plek + 42)
    const eerste = kop + 30 + blik.readUInt16LE(kop + 26) + blik.readUInt16LE(kop + 28)
    const naamlengte = blik.readUInt16LE(plek + 28)
    const naam = blik.toString('utf8', plek + 46, plek + 46 + naamlengte)
    yield { naam, methode, inhoud: blik.subarray(eerste, eerste + lengte) }
    plek += 46 + naamlengte + blik.readUInt16LE(plek + 30) + blik.readUInt16LE(plek + 32)
  }
  if (hier !== aantal || plek - begin !== blik.readUInt32LE(einde + 12))
    throw new Error('the table is not what its end says')
}

function findEnd(blik: Buffer): number {
  for (let plek = blik.length - 22; plek >= Math.max(0, blik.length - 22 - 0xffff); plek -= 1)
    if (blik.readUInt32LE(plek) === EINDE) return plek
  throw new Error('no end of an archive')
}
