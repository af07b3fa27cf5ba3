import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigFout } from './config.ts'

/**
 * What protects personal data at rest. One master key, from which a separate key per purpose is derived, so that the
 * hash that finds a resident and the number that counts one cannot be joined without it.
 */
export interface Kluis {
  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, then the text. Two calls never give the same bytes. */
  versleutel(tekst: Uint8Array): Buffer
  /** Throws when the bytes were changed or belong to another key than this one and the one before it. */
  ontsleutel(bytes: Uint8Array): Buffer
  /** Finds a BSN without storing it: keyed, so that it cannot be guessed by trying all numbers. */
  bsnHash(bsn: string): Buffer
  /** One number per person for counting; another key than `bsnHash`. Always within the safe integers. */
  persoon(bsn: string): number
  /** Fingerprint of a file; keyed, since a short file can be guessed. */
  vingerafdruk(bytes: Uint8Array): Buffer
  /** Under which this file may be known: as above, and while the key is being changed also under the key before. */
  vingerafdrukken(bytes: Uint8Array): Buffer[]
  /** A secret of 43 characters that only who has the key can make of `zaad`, the same each time. */
  geheim(zaad: Uint8Array): string
  /** For a stream too large to hold: what a backup is encrypted with. */
  readonly kopiesleutel: KeyObject
}

const NONCE = 12
const TAG = 16

/**
 * Works with this master key. `vorige` is the key of before a change that is under way: what was encrypted with it can
 * still be read, and files that were received under it are still recognised. Residents change all at once (see
 * app/sleutel), so their hashes are those of this key only.
 */
export function openKluis(hoofdsleutel: Buffer, vorige?: Buffer): Kluis {
  const nieuw = openSleutel(hoofdsleutel)
  if (!vorige) return nieuw
  const oud = openSleutel(vorige)
  return {
    ...nieuw,
    ontsleutel(bytes) {
      try {
        return nieuw.ontsleutel(bytes)
      } catch {
        return oud.ontsleutel(bytes)
      }
    },
    vingerafdrukken: bytes => [nieuw.vingerafdruk(bytes), oud.vingerafdruk(bytes)],
  }
}

function openSleutel(hoofdsleutel: Buffer): Kluis {
  if (hoofdsleutel.length !== 32) throw new Error('the master key must be 32 bytes')
  const derive = (doel: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', hoofdsleutel, 'samenhang', doel, 32)))
  const inhoud = derive('inhoud')
  const zoeken = derive('bsn-zoeken')
  const tellen = derive('persoon-tellen')
  const afdruk = derive('vingerafdruk')
  const geheimen = derive('geheim-uit-zaad')
  const vingerafdruk = (bytes: Uint8Array) =>
    createHmac('sha256', afdruk).update(bytes).digest().subarray(0, 16)
  return {
    versleutel(tekst) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', inhoud, nonce)
      const body = Buffer.concat([cipher.update(tekst), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    ontsleutel(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', inhoud, bytes.subarray(0, NONCE))
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
    },
    bsnHash: bsn => createHmac('sha256', zoeken).update(bsn).digest().subarray(0, 16),
    persoon: bsn => Number(createHmac('sha256', tellen).update(bsn).digest().readBigUInt64BE() >> 11n),
    vingerafdruk,
    vingerafdrukken: bytes => [vingerafdruk(bytes)],
    geheim: zaad => createHmac('sha256', geheimen).update(zaad).digest('base64url'),
    kopiesleutel: derive('reservekopie'),
  }
}

/**
 * The master key: from the environment, else from `sleutel` in the data folder; undefined without either. Refuses a key file
 * that others can read.
 */
export async function findHoofdsleutel(
  data: string,
  sleutel: string | undefined,
): Promise<Buffer | undefined> {
  return sleutel === undefined ? readSleutelbestand(sleutelPath(data)) : Buffer.from(sleutel, 'base64')
}

/** As `findHoofdsleutel`, for what already depends on a key: a new one would be the end of it. Throws when it is missing. */
export async function loadHoofdsleutel(data: string, sleutel: string | undefined): Promise<Buffer> {
  const found = await findHoofdsleutel(data, sleutel)
  if (found) return found
  throw new ConfigFout(
    `De sleutel van deze database ontbreekt. Zet het bestand ${sleutelPath(data)} terug, of geef SAMENHANG_SLEUTEL. ` +
      'Er wordt geen nieuwe gemaakt: BSN’s en berichten zijn alleen daarmee te lezen.',
  )
}

/** Makes the key file, with mode 0600, and says where it stands: for a database without data only. */
export async function makeHoofdsleutel(data: string): Promise<{ sleutel: Buffer; path: string }> {
  const path = sleutelPath(data)
  await mkdir(data, { recursive: true })
  await writeFile(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' }).catch(error => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  const made = await readSleutelbestand(path)
  if (!made) throw new Error('the key file disappeared')
  return { sleutel: made, path }
}

const sleutelPath = (data: string) => join(data, 'sleutel')

/** The key of before a change, while there is one: from the environment, else from `sleutel.oud` in the data folder. */
export async function findVorigeSleutel(
  data: string,
  sleutel: string | undefined,
): Promise<Buffer | undefined> {
  return sleutel === undefined
    ? readSleutelbestand(join(data, 'sleutel.oud'))
    : Buffer.from(sleutel, 'base64')
}

async function readSleutelbestand(path: string): Promise<Buffer | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new ConfigFout(`Het sleutelbestand ${path} is leesbaar voor anderen. Geef het rechten 0600.`)
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')
  if (key.length !== 32)
    throw new ConfigFout(`Het sleutelbestand ${path} is beschadigd: verwacht 32 bytes in base64.`)
  return key
}

/**
 * Elfproef: 9·d1 + 8·d2 + … + 2·d8 − d9 is divisible by 11 (iJw 3.2 CS002).
 * All zeros passes the sum but is no BSN.
 */
export function isBsn(value: string): boolean {
  if (!/^\d{9}$/.test(value) || value === '000000000') return false
  let sum = -Number(value[8])
  for (let i = 0; i < 8; i += 1) sum += (9 - i) * Number(value[i])
  return sum % 11 === 0
}

/**
 * True for numbers that cannot be anyone's: the range reserved for tests (999900006 to 999999990) and the numbers just
 * below it, which lie far above what was ever issued. Marks test data.
 */
export function isTestBsn(value: string): boolean {
  return value >= '999000000' && value <= '999999990'
}
