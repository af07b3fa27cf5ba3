import type pg from 'pg'
import { type Config, ConfigFout } from '../../platform/config.ts'
import {
  findHoofdsleutel,
  findVorigeSleutel,
  type Kluis,
  loadHoofdsleutel,
  makeHoofdsleutel,
  openKluis,
} from '../../platform/crypto.ts'
import { seeingAll } from '../../platform/db/inzicht.ts'
import { checkSleutel, isInGebruik } from '../../platform/sleutel.ts'

/**
 * The keys of this installation, after the check that they belong to this database. A key file is made only for a database
 * without data, and said on standard error. Throws ConfigFout that says what to do.
 */
export async function openSleutels(
  config: Config,
  client: pg.ClientBase,
): Promise<{ kluis: Kluis; sleutelNr: number }> {
  const { huidig, vorige } = await loadSleutels(config, client)
  const kluis = openKluis(huidig, vorige)
  const sleutelNr = await checkSleutel(client, openKluis(huidig), {
    vorige: vorige && openKluis(vorige),
    proef: await findProef(client),
  })
  return { kluis, sleutelNr }
}

/** The key as given or stored, and the one before it while it is being changed; not yet held against the database. */
export async function loadSleutels(
  config: Config,
  client: pg.ClientBase,
): Promise<{ huidig: Buffer; vorige: Buffer | undefined }> {
  return {
    huidig: (await isInGebruik(client))
      ? await loadHoofdsleutel(config.data, config.sleutel)
      : await beginSleutel(config),
    vorige: await findVorigeSleutel(config.data, config.sleutelOud),
  }
}

/**
 * The key that a database without data begins with. One that nobody gave is made: for our own server beside its database, and for
 * a demonstration on a database of one's own, where it is said. Not on one that may come to be used for real: whoever starts
 * Samenhang there would not have what this machine made in its folder, and a command that only looks would have taken it.
 */
async function beginSleutel(config: Config): Promise<Buffer> {
  const found = await findHoofdsleutel(config.data, config.sleutel)
  if (found) return found
  const eigen = config.databaseUrl !== undefined
  if (eigen && !(config.modusGekozen && config.modus === 'demonstratie'))
    throw new ConfigFout(
      'Deze database heeft nog geen sleutel. Maak er één met: openssl rand -base64 32, bewaar hem ook ergens anders, en geef ' +
        'hem als SAMENHANG_SLEUTEL aan Samenhang en aan elke opdracht.',
    )
  const { sleutel, path } = await makeHoofdsleutel(config.data)
  if (!eigen) return sleutel
  process.stderr.write(
    `Er is een nieuwe sleutel gemaakt, voor deze database: ${path}. Bewaar hem, ook ergens anders, en geef hem aan elke ` +
      'opdracht mee: zonder deze sleutel zijn BSN’s en berichten niet te lezen.\n',
  )
  return sleutel
}

/**
 * Bytes that were encrypted before a database knew its key: with a resident, or with a message. The connection may be
 * inside a transaction.
 */
async function findProef(client: pg.ClientBase): Promise<Buffer | undefined> {
  const { rows } = await seeingAll(client, () =>
    client.query<{ bytes: Buffer }>(
      `(select bsn_versleuteld as bytes from toegang.client limit 1)
       union all (select inhoud from berichten.bestand limit 1) limit 1`,
    ),
  )
  return rows[0]?.bytes
}
