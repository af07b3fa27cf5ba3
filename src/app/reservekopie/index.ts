import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import type pg from 'pg'
import { type Config, ConfigFout } from '../../platform/config.ts'
import { loadHoofdsleutel, openKluis } from '../../platform/crypto.ts'
import { migrate, readMigrations } from '../../platform/db/migrate.ts'
import { checkRollen, checkToegang } from '../../platform/db/rollen.ts'
import { dropAll } from '../leegmaken.ts'
import { asOwner, type Plek } from '../omgeving.ts'
import { openSleutels } from '../sleutel/openen.ts'
import { readKopie, writeKopie } from './bestand.ts'
import { dumpDatabase } from './maak.ts'
import { ensureKopierol } from './rol.ts'
import { checkMigraties, restoreRows } from './zet-terug.ts'

/** Makes a backup of the database as it is now, while Samenhang works on. Refuses to write over a file. */
export async function makeKopie(config: Config, plek: Plek, path: string): Promise<void> {
  if (existsSync(path)) throw new ConfigFout(`Het bestand ${path} bestaat al. Kies een andere naam.`)
  await asOwner(plek, async client => {
    if (!(await isIngericht(client)))
      throw new ConfigFout(
        'Deze database is nog niet ingericht door deze versie. Start Samenhang eerst een keer.',
      )
    const { kluis } = await openSleutels(config, client)
    await ensureKopierol(client)
    await writeKopie(path, kluis.kopiesleutel, dumpDatabase(client))
  })
}

/** What a backup holds, after reading it to its end: the moment, and the number of rows per table. */
export async function checkKopie(
  config: Config,
  path: string,
): Promise<{ op: string; rijen: number; tabellen: number }> {
  let op = ''
  let gelezen = 0
  let beloofd: number[] = []
  for await (const stuk of readKopie(path, await readKopiesleutel(config))) {
    if ('kop' in stuk) op = stuk.kop.op
    else if ('regel' in stuk) gelezen += 1
    else if ('einde' in stuk) beloofd = Object.values(stuk.einde.rijen)
  }
  if (beloofd.reduce((som, n) => som + n, 0) !== gelezen)
    throw new ConfigFout(`Het bestand ${path} is geen hele reservekopie van Samenhang.`)
  return { op, rijen: gelezen, tabellen: beloofd.length }
}

/**
 * Puts a backup back into an empty database, with the key that belongs to it, and brings it up to this version of the
 * program. Whole or not at all: what goes wrong leaves an empty database.
 */
export async function restoreKopie(config: Config, plek: Plek, path: string): Promise<number> {
  const stukken = readKopie(path, await readKopiesleutel(config))
  const eerste = await stukken.next()
  if (eerste.done || !('kop' in eerste.value)) throw new ConfigFout(`Het bestand ${path} is leeg.`)
  const { kop } = eerste.value
  checkMigraties(kop, await readMigrations(config.wortel))
  await checkRollen(plek.ownerUrl)
  await checkLeeg(plek)
  await migrate(plek.ownerUrl, config.wortel, new Set(kop.migraties.map(m => m.naam)))
  // Before the rows are there: what it refuses is mended on the server, and then the same command works.
  await checkToegang(plek.ownerUrl, plek.appUrl)
  const rijen = await asOwner(plek, client =>
    restoreRows(client, stukken, async () => {
      await openSleutels(config, client)
    }),
  )
  await migrate(plek.ownerUrl, config.wortel).catch(async error => {
    await asOwner(plek, dropAll)
    throw error
  })
  return Object.values(rijen).reduce((som, n) => som + n, 0)
}

/** The key is that of the backup: none is made. */
async function readKopiesleutel({ data, sleutel }: Config): Promise<KeyObject> {
  return openKluis(await loadHoofdsleutel(data, sleutel)).kopiesleutel
}

async function checkLeeg(plek: Plek): Promise<void> {
  await asOwner(plek, async client => {
    if (!(await isIngericht(client))) return
    if (await hasData(client))
      throw new ConfigFout(
        'Deze database is niet leeg. Zet een reservekopie terug in een nieuwe, lege database.',
      )
    await dropAll(client) // it was only set up, or a run was broken off
  })
}

/** A database that was only set up has a key, and no event and no purpose yet. */
async function hasData(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ ja: boolean }>(
    `select exists (select from platform.gebeurtenis)
       or exists (select from platform.instelling where sleutel = 'modus') as ja`,
  )
  return rows[0]?.ja ?? true
}

async function isIngericht(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ ja: boolean }>(
    "select to_regclass('platform.sleutel') is not null as ja",
  )
  return rows[0]?.ja ?? false
}
