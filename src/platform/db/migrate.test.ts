import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { projectRoot } from '../config.ts'
import { migrate, readMigrations } from './migrate.ts'

const server = inject('serverUrl')
const teken = randomBytes(4).toString('hex')
const eigenaar = `verhuizer_${teken}`
const database = `verhuizing_${teken}`

async function ask(url: string, ...opdrachten: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  let rows: Record<string, unknown>[] = []
  try {
    for (const opdracht of opdrachten) rows = (await client.query(opdracht)).rows
  } finally {
    await client.end()
  }
  return rows
}

/** An owner as in docs/beheer.md: no superuser, so that forced row-level security holds for it. */
const alsEigenaar = (() => {
  const url = new URL(`${server}${database}`)
  url.username = eigenaar
  url.password = 'geheim'
  return url.href
})()

afterAll(async () => {
  await ask(`${server}postgres`, `drop database if exists ${database} with (force)`)
  await ask(`${server}postgres`, `drop role if exists ${eigenaar}`)
})

describe('an installation of the version before, of an owner that is no superuser', async () => {
  await ask(
    `${server}postgres`,
    `create role ${eigenaar} login password 'geheim'`,
    `grant samenhang_app, samenhang_teller to ${eigenaar} with admin option`,
    `create database ${database} owner ${eigenaar}`,
  )
  const alle = (await readMigrations(projectRoot())).map(m => m.naam)
  const nieuw = alle.find(naam => naam.endsWith('_intake.sql')) ?? ''
  await migrate(alsEigenaar, projectRoot(), new Set(alle.filter(naam => naam < nieuw)))
  // Past row-level security: what an installation at work has.
  await ask(
    `${server}${database}`,
    `insert into contracten.gemeente (code, naam) values ('9101', 'Aarveld'), ('9102', 'Beekdal')`,
    `insert into toegang.client (gemeente, bsn_hash, bsn_versleuteld, persoon, naam, geboortedatum, geslacht, testdata)
     values ('9101', '\\x01', '\\x01', 1, 'Testpersoon', '2012-04-05', '1', true),
            ('9102', '\\x01', '\\x01', 1, 'Testpersoon', '2012-04-05', '1', true)`,
  )
  const gedaan = await migrate(alsEigenaar, projectRoot())

  test('keeps what was known of every resident', async () => {
    expect(gedaan.length).toBeGreaterThan(0)
    expect(
      await ask(
        `${server}${database}`,
        'select gemeente, naam from toegang.client_gegevens order by gemeente, volgnummer',
      ),
    ).toEqual([
      { gemeente: '9101', naam: 'Testpersoon' },
      { gemeente: '9102', naam: 'Testpersoon' },
    ])
  })
})
