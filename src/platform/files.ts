import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { Kluis } from './crypto.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** A file as it is stored in the database: compressed, then encrypted. Original files hold BSNs. */
export async function packFile(kluis: Kluis, inhoud: Uint8Array): Promise<Buffer> {
  return kluis.versleutel(await compress(inhoud, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }))
}

/** Byte for byte what `packFile` got. Throws when the stored bytes were changed. */
export async function unpackFile(kluis: Kluis, bytes: Uint8Array): Promise<Buffer> {
  return decompress(kluis.ontsleutel(bytes))
}
