import type pg from 'pg'
import type { Config } from '../../platform/config.ts'
import { findVorigeSleutel, type Kluis, loadHoofdsleutel, openKluis } from '../../platform/crypto.ts'
import { seeingAll } from '../../platform/db/inzicht.ts'
import { checkSleutel, isInGebruik } from '../../platform/sleutel.ts'

/**
 * The keys of this installation, after the check that they belong to this database. A key file is made only for a database
 * without data. Throws ConfigFout that says what to do.
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
    huidig: await loadHoofdsleutel(config.data, config.sleutel, !(await isInGebruik(client))),
    vorige: await findVorigeSleutel(config.data, config.sleutelOud),
  }
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
