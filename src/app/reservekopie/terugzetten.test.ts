import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testBsn } from '../../../test/support/regio.ts'
import { TESTSLEUTEL } from '../../../test/support/sleutel.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { projectRoot, readConfig } from '../../platform/config.ts'
import { openKluis } from '../../platform/crypto.ts'
import { startEmbedded } from '../../platform/db/embedded.ts'
import { migrate, readMigrations } from '../../platform/db/migrate.ts'
import { checkSleutel } from '../../platform/sleutel.ts'
import { findDatabaseId, makeZegelgeheugen } from '../../platform/zegelgeheugen.ts'
import { asOwner } from '../omgeving.ts'
import { checkKopie, makeKopie, restoreKopie } from './index.ts'

tellInOrder()

/** A server of its own: the role for backups belongs to a whole server, and another test makes and drops it. */
const map = await mkdtemp(join(tmpdir(), 'samenhang-terugzetten-'))
await chmod(map, 0o755)
const server = await startEmbedded(join(map, 'server'), { extra: ['shared_buffers = 32MB', 'fsync = off'] })
afterAll(async () => {
  await server.stop()
  await rm(map, { recursive: true, force: true })
})

const config = {
  ...readConfig({ SAMENHANG_SLEUTEL: TESTSLEUTEL.toString('base64') }),
  wortel: projectRoot(),
  data: join(map, 'gegevens'),
}

async function ask(url: string, ...opdrachten: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let rows: Record<string, unknown>[] = []
  try {
    for (const opdracht of opdrachten) rows = (await client.query(opdracht)).rows
  } finally {
    await client.end()
  }
  return rows
}

async function makePlek(naam: string) {
  await ask(server.url, `create database ${naam}`)
  const ownerUrl = server.url.replace(/samenhang$/, naam)
  return { ownerUrl, appUrl: ownerUrl, server: undefined, sluit: async () => undefined }
}

const alle = (await readMigrations(projectRoot())).map(m => m.naam)
const STRENGER = alle.find(naam => naam.endsWith('_bsn_in_tekst.sql')) ?? ''
const bsn = [...testBsn(3)]
/** A notation that the versions before that migration let through. */
const TOEN = bsn.join(' ')

const GEMEENTE = `insert into contracten.gemeente (code, naam) values ('9101', 'Aarveld')`
const TEKST = `insert into kaders.doel (boom, soort, volgorde, tekst)
  values ('Boom', 'doel', 1, '${TOEN}')`

/** The same under a check of a table. */
const VOORBEELD = `with r as (
    insert into kaders.reikwijdte (wet, onderwerp) values ('jw', 'Proef') returning reikwijdte_id)
  insert into kaders.reikwijdte_versie (reikwijdte_id, geldigheid, oordeel, voorbeelden_wel, grond)
  select reikwijdte_id, '[2026-01-01,)', 'wel', array['${TOEN}'], 'Proef' from r`

describe('a text that was kept before, and would be refused now', () => {
  const kopieVanToen = join(map, 'toen.kopie')
  const kopieVanNu = join(map, 'nu.kopie')
  let oud: Awaited<ReturnType<typeof makePlek>>

  beforeAll(async () => {
    oud = await makePlek('oud')
    await migrate(oud.ownerUrl, projectRoot(), new Set(alle.filter(naam => naam < STRENGER)))
    await ask(oud.ownerUrl, GEMEENTE, TEKST, VOORBEELD)
    const client = new pg.Client({ connectionString: oud.ownerUrl })
    await client.connect()
    await checkSleutel(client, openKluis(TESTSLEUTEL)).finally(() => client.end())
    await makeKopie(config, oud, kopieVanToen)
  })

  test('does not stop the start of the new version, and nothing like it comes in any more', async () => {
    expect(await migrate(oud.ownerUrl, projectRoot())).toContain(STRENGER)
    await expect(ask(oud.ownerUrl, TEKST)).rejects.toThrow('tekst_check')
    await makeKopie(config, oud, kopieVanNu)
    expect((await checkKopie(config, kopieVanNu)).rijen).toBeGreaterThan(1)
  })

  test('is named by a command: where it is, never what it says', async () => {
    const { status, stdout, regels } = await samenhang({ url: oud.ownerUrl }, ['db', 'teksten'])
    expect([status, regels]).toEqual([
      1,
      [
        { tabel: 'kaders.doel', kolommen: ['tekst'], sleutel: { doel_id: 1 } },
        {
          tabel: 'kaders.reikwijdte_versie',
          kolommen: ['voorbeelden_wel', 'voorbeelden_niet'],
          sleutel: { reikwijdte_id: 1, geldigheid: '[2026-01-01,)' },
        },
      ],
    ])
    expect(stdout).not.toContain(TOEN)
  })

  test.each([
    ['a backup of then', kopieVanToen, 'vantoen'],
    ['a backup of now', kopieVanNu, 'vannu'],
  ])('comes back with %s, and the check with it', async (_, kopie, naam) => {
    const nieuw = await makePlek(naam)
    await restoreKopie(config, nieuw, kopie)
    expect(await ask(nieuw.ownerUrl, 'select tekst from kaders.doel')).toEqual([{ tekst: TOEN }])
    await expect(ask(nieuw.ownerUrl, TEKST)).rejects.toThrow('tekst_check')
    const toetsen = `select conname, convalidated, pg_get_constraintdef(oid) from pg_constraint where contype = 'c' order by 1, 3`
    expect(await ask(nieuw.ownerUrl, toetsen)).toEqual(await ask(oud.ownerUrl, toetsen))
  })

  test('the log goes on after somebody says that it was meant: this machine knows a later seal', async () => {
    const nieuw = await makePlek('verder')
    const data = join(map, 'verder')
    const id = await asOwner(nieuw, findDatabaseId)
    await makeZegelgeheugen(data, nieuw.ownerUrl, id).write({ nummer: 7, hash: 'ab'.repeat(32) })
    const cli = (...argumenten: string[]) =>
      samenhang({ url: nieuw.ownerUrl }, argumenten, { SAMENHANG_DATA: data })
    const terug = await cli('reservekopie', 'zet-terug', kopieVanNu)
    expect([terug.status, terug.stderr]).toEqual([0, expect.stringContaining('audit aanvaard REDEN')])
    expect((await cli('audit', 'controleer')).regels).toMatchObject([{ goed: false, teruggezet: 7 }])
    expect((await cli('audit', 'aanvaard', 'kopie-van-vannacht')).regels).toMatchObject([{ aanvaard: true }])
    expect((await cli('audit', 'controleer')).regels).toMatchObject([{ goed: true }])
    expect(
      await ask(
        nieuw.ownerUrl,
        `select onderwerp ->> 'reden' as reden from platform.gebeurtenis where actie like 'audit.%'`,
      ),
    ).toEqual([{ reden: 'kopie-van-vannacht' }])
  })

  test('a migration that fails after the rows are back leaves an empty database', async () => {
    const wortel = join(map, 'kapot')
    await cp(join(projectRoot(), 'db'), join(wortel, 'db'), { recursive: true })
    await writeFile(join(wortel, 'db/migrations/9999_kapot.sql'), 'select 1 / 0')
    const nieuw = await makePlek('kapot')
    await expect(restoreKopie({ ...config, wortel }, nieuw, kopieVanNu)).rejects.toThrow('9999_kapot')
    expect(await ask(nieuw.ownerUrl, `select to_regclass('kaders.doel') as er`)).toEqual([{ er: null }])
    expect(await restoreKopie(config, nieuw, kopieVanNu)).toBeGreaterThan(1)
  })
})
