import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'

tellInOrder()

/**
 * Owners, logins and databases beside those of the other tests, on the same server: as production and acceptance are.
 * The roles of the application exist here already; that none exist is proven in test/beheer.test.ts.
 */
const server = inject('serverUrl')
const teken = randomBytes(4).toString('hex')
const rollen: string[] = []
const databases: string[] = []

const dba = (...opdrachten: readonly string[]) => ask(`${server}postgres`, ...opdrachten)

async function ask(url: string, ...opdrachten: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const opdracht of opdrachten) rows = (await client.query(opdracht)).rows
    return rows
  } finally {
    await client.end()
  }
}

afterAll(async () => {
  for (const naam of databases) await dba(`drop database if exists ${naam} with (force)`)
  for (const naam of rollen) await dba(`drop role if exists ${naam}`)
})

async function makeRol(naam: string, eigenschappen = ''): Promise<string> {
  const rol = `${naam}_${teken}`
  rollen.push(rol)
  await dba(`create role ${rol} login password 'geheim' ${eigenschappen}`)
  return rol
}

async function makeDatabase(naam: string, eigenaar?: string): Promise<string> {
  const database = `${naam}_${teken}`
  databases.push(database)
  await dba(`create database ${database} ${eigenaar ? `owner ${eigenaar}` : ''}`)
  return database
}

const urlOf = (rol: string, database: string) => {
  const url = new URL(`${server}${database}`)
  url.username = rol
  url.password = 'geheim'
  return url.href
}

const migreer = (url: string, appUrl?: string) =>
  samenhang({ url }, ['db', 'migreer'], appUrl ? { DATABASE_URL_APP: appUrl } : {})

/** The statements that a refusal names, as a DBA would copy them. */
function statementsIn(stderr: string): string[] {
  return [...stderr.matchAll(/^ {2}(\w.*;)$/gm)].map(([, opdracht = '']) => opdracht)
}

describe('an owner that may make no roles', () => {
  it('is told exactly what to have run, and then works', async () => {
    const eigenaar = await makeRol('eigenaar')
    const database = await makeDatabase('productie', eigenaar)
    const eerst = await migreer(urlOf(eigenaar, database))
    expect(eerst.status).toBe(2)
    expect(statementsIn(eerst.stderr)).toEqual([
      `grant samenhang_app to "${eigenaar}" with admin option;`,
      `grant samenhang_teller to "${eigenaar}" with admin option;`,
    ])
    await dba(...statementsIn(eerst.stderr))
    expect(await migreer(urlOf(eigenaar, database))).toMatchObject({ status: 0, stderr: '' })
    expect(await migreer(urlOf(eigenaar, database))).toMatchObject({ status: 0, stderr: '' })
    expect(await dba(`select has_database_privilege('public', '${database}', 'connect') as open`)).toEqual([
      { open: false },
    ])
  })

  it('is told so too when it does not own the database', async () => {
    const gast = await makeRol('gast')
    const database = await makeDatabase('gastvrij')
    const eerst = await migreer(urlOf(gast, database))
    expect(statementsIn(eerst.stderr)).toContain(`grant create on database "${database}" to "${gast}";`)
    await dba(...statementsIn(eerst.stderr).filter(opdracht => !opdracht.includes('schema public')))
    await ask(`${server}${database}`, ...statementsIn(eerst.stderr).filter(o => o.includes('schema public')))
    const dan = await migreer(urlOf(gast, database))
    expect([dan.status, dan.stderr]).toEqual([2, expect.stringContaining('iedereen mag verbinden')])
    expect(statementsIn(dan.stderr)).toContain(`revoke connect on database "${database}" from public;`)
    await dba(...statementsIn(dan.stderr))
    expect(await migreer(urlOf(gast, database))).toMatchObject({ status: 0, stderr: '' })
  })

  it('cannot make the role for backups, and is told exactly what to have run', async () => {
    const eigenaar = `eigenaar_${teken}`
    const url = urlOf(eigenaar, `productie_${teken}`)
    await dba('drop role if exists samenhang_kopie')
    const eerst = await samenhang({ url }, ['reservekopie', 'rol'])
    expect(eerst.status).toBe(2)
    expect(statementsIn(eerst.stderr)).toEqual([
      'create role samenhang_kopie nologin bypassrls;',
      `grant samenhang_kopie to "${eigenaar}";`,
    ])
    await dba(...statementsIn(eerst.stderr))
    expect(await samenhang({ url }, ['reservekopie', 'rol'])).toMatchObject({ status: 0, stderr: '' })
    const alsKopie = ['set role samenhang_kopie', 'set row_security = off']
    expect(await ask(url, ...alsKopie, 'select count(*) from toegang.client')).toEqual([{ count: '0' }])
    await expect(ask(url, ...alsKopie, 'delete from toegang.client')).rejects.toThrow('permission denied')
  })
})

describe('a second database on the same server', () => {
  it('works, and neither side gets into the other', async () => {
    const eigenaar = await makeRol('acceptatie')
    const login = await makeRol('accweb', 'noinherit')
    const database = await makeDatabase('acceptatie', eigenaar)
    const [url, appUrl] = [urlOf(eigenaar, database), urlOf(login, database)]
    await dba(...statementsIn((await migreer(url, appUrl)).stderr))
    const zonder = await migreer(url, appUrl)
    expect(statementsIn(zonder.stderr)).toEqual([`grant samenhang_app to "${login}" with inherit false;`])
    await dba(...statementsIn(zonder.stderr))
    expect(await migreer(url, appUrl)).toMatchObject({ status: 0, stderr: '' })

    for (const [rol, elders] of [
      [eigenaar, `productie_${teken}`],
      [login, `productie_${teken}`],
      [`eigenaar_${teken}`, database],
    ] as const)
      await expect(ask(urlOf(rol, elders), 'select 1'), `${rol} in ${elders}`).rejects.toThrow(
        'permission denied',
      )
  })

  it.each([
    [
      'can become another role',
      (login: string) => `grant acceptatie_${teken} to ${login}`,
      `revoke "acceptatie_${teken}" from`,
    ],
    ['may make roles', (login: string) => `alter role ${login} createrole`, 'alter role'],
  ])('refuses a login that %s', async (_, teveel, herstel) => {
    const login = `accweb_${teken}`
    const database = `acceptatie_${teken}`
    await dba(teveel(login))
    const { status, stderr } = await migreer(urlOf(`acceptatie_${teken}`, database), urlOf(login, database))
    expect([status, statementsIn(stderr)[0]]).toEqual([2, expect.stringContaining(herstel)])
    await dba(...statementsIn(stderr))
    expect((await migreer(urlOf(`acceptatie_${teken}`, database), urlOf(login, database))).status).toBe(0)
  })
})
