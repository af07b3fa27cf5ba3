import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Config, ConfigFout } from '../platform/config.ts'
import { clientOf, NOBODY } from '../platform/db/database.ts'
import type { Werkplek } from './omgeving.ts'

/**
 * Claims the data folder for this process, so that two starts do not both manage one embedded server. A claim of a
 * process that no longer lives is taken over. With DATABASE_URL any number of processes may run: nothing is claimed.
 */
export async function claimMap(config: Config): Promise<() => Promise<void>> {
  if (config.databaseUrl) return async () => undefined
  await mkdir(config.data, { recursive: true })
  const path = claimPath(config)
  const release = () => rm(path, { force: true })
  for (let poging = 0; poging < 2; poging += 1) {
    const claimed = await writeFile(path, String(process.pid), { flag: 'wx' }).then(
      () => true,
      error => {
        if (error.code === 'EEXIST') return false
        throw error
      },
    )
    if (claimed) return release
    const pid = await claimer(config)
    if (pid !== undefined)
      throw new ConfigFout(
        `De gegevensmap ${config.data} is al in gebruik door een andere Samenhang (proces ${pid}). ` +
          'Stop die eerst, of kies een andere map met SAMENHANG_DATA.',
      )
    await release()
  }
  throw new ConfigFout(`De gegevensmap ${config.data} kan niet worden geclaimd. Probeer het nog een keer.`)
}

/** Whether another process that lives holds the data folder. */
export async function isGeclaimd(config: Config): Promise<boolean> {
  return (await claimer(config)) !== undefined
}

const claimPath = (config: Config) => join(config.data, 'proces')

async function claimer(config: Config): Promise<number | undefined> {
  const pid = Number(await readFile(claimPath(config), 'utf8').catch(() => ''))
  return isAlive(pid) ? pid : undefined
}

/** Refuses a port that is taken before anything else starts: a first start would find out only after a minute. */
export async function checkPoort({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * A database is for a demonstration or for real, from its first start on: otherwise a wrong setting would put a login
 * page without passwords in front of real people.
 */
export async function checkModus({ config, database }: Werkplek): Promise<void> {
  const modus = await database.write(NOBODY, async tx => {
    const client = clientOf(tx)
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
        'Gebruik een andere database, of zet SAMENHANG_MODUS terug.',
    )
}
