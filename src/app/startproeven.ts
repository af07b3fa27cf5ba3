import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { holdSlot, isSlotHeld } from '../platform/bestandsslot.ts'
import { type Config, ConfigFout } from '../platform/config.ts'
import { clientOf, NOBODY } from '../platform/db/database.ts'
import type { Werkplek } from './omgeving.ts'

/** How long a start waits for a command that just looks whether the folder is in use. */
const GEDULD = 2000

/**
 * Claims the data folder for this process, so that two starts do not both manage one embedded server. The claim ends with
 * the process, however it ends. With DATABASE_URL any number of processes may run: nothing is claimed.
 */
export async function claimMap(config: Config): Promise<() => Promise<void>> {
  if (config.databaseUrl) return async () => undefined
  await mkdir(config.data, { recursive: true })
  const release = holdSlot(slotPath(config), GEDULD)
  if (!release) {
    const [pid, machine] = (await readFile(wiePath(config), 'utf8').catch(() => '')).split('\n')
    const wie = machine === hostname() ? `proces ${pid}` : `proces ${pid} op ${machine}`
    throw new ConfigFout(
      `De gegevensmap ${config.data} is al in gebruik door een andere Samenhang${machine ? ` (${wie})` : ''}. ` +
        'Stop die eerst, of kies een andere map met SAMENHANG_DATA.',
    )
  }
  // Only to tell a person who it is: the lock itself is that of the operating system.
  await writeFile(wiePath(config), `${process.pid}\n${hostname()}`)
  return async () => {
    await rm(wiePath(config), { force: true })
    release()
  }
}

/** Whether a process holds the data folder; asked by one that does not. */
export async function isGeclaimd(config: Config): Promise<boolean> {
  return isSlotHeld(slotPath(config))
}

const slotPath = (config: Config) => join(config.data, 'slot')
const wiePath = (config: Config) => join(config.data, 'proces')

/** Refuses a port that is taken before anything else starts: a first start would find out only after a minute. */
export async function checkPoort({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

/**
 * A database is for a demonstration or for real, from its first start on: otherwise a wrong setting would put a login
 * page without passwords in front of real people. A database that somebody brought is for nothing until they say for what.
 */
export async function checkModus({ config, database }: Werkplek): Promise<void> {
  const modus = await database.write(NOBODY, async tx => {
    const client = clientOf(tx)
    if (config.databaseUrl !== undefined && !config.modusGekozen) await checkBekend(client)
    await client.query(
      "insert into platform.instelling (sleutel, waarde) values ('modus', to_jsonb($1::text)) on conflict do nothing",
      [config.modus],
    )
    const { rows } = await client.query<{ waarde: string }>(
      "select waarde from platform.instelling where sleutel = 'modus'",
    )
    return rows[0]?.waarde
  })
  if (modus !== config.modus)
    throw new ConfigFout(
      `Deze database is in gebruik genomen voor ${modus}, en kan niet worden gestart als ${config.modus}. ` +
        (modus === 'productie' && !config.modusGekozen
          ? 'Stel OIDC_ISSUER, OIDC_CLIENT_ID en OIDC_CLIENT_SECRET in, of gebruik een andere database.'
          : 'Gebruik een andere database, of zet SAMENHANG_MODUS terug.'),
    )
}

/** Throws for a database that was never started, when nobody said whether it is for real. */
async function checkBekend(client: ClientBase): Promise<void> {
  const { rowCount } = await client.query("select from platform.instelling where sleutel = 'modus'")
  if (rowCount === 0)
    throw new ConfigFout(
      'Deze database is nog niet in gebruik. Stel OIDC_ISSUER, OIDC_CLIENT_ID en OIDC_CLIENT_SECRET in voor productie, ' +
        'of SAMENHANG_MODUS=demonstratie om er een demonstratie in te laden.',
    )
}
