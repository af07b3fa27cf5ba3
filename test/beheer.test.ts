import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { openKluis } from '../src/platform/crypto.ts'
import { NOBODY, openDatabase } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import type { Omgeving } from '../src/platform/http/ctx.ts'
import { checkAudit, sealAudit } from '../src/platform/zegel.ts'
import { testApp } from './support/app.ts'
import { blokVan, runBlok } from './support/beheer.ts'
import { samenhang } from './support/cli.ts'
import { declaratiebericht, laadTestregio, lever, NU, toewijzingsbericht } from './support/regio.ts'

/**
 * docs/beheer.md, carried out as it stands: two servers that are not ours, roles made by a DBA, an owner that may make no
 * roles, a login that can only become the application role.
 */
const map = await mkdtemp(join(tmpdir(), 'samenhang-beheer-'))
await chmod(map, 0o755)
const SLEUTEL = Buffer.alloc(32, 5)
const KOPIE = join(map, 'samenhang.kopie')

interface Server {
  port: string
  dba: string
  stop(): Promise<void>
}

/** A server as a DBA would hand it out: no role and no database of ours. */
async function freshServer(naam: string): Promise<Server> {
  const folder = join(map, naam)
  const server = await startEmbedded(folder, { extra: ['shared_buffers = 32MB', 'fsync = off'] })
  const { port } = new URL(server.url)
  const dba = server.url.replace(/samenhang$/, 'postgres')
  await asDba(dba, ['drop database samenhang', 'drop role samenhang_inlog', 'drop role samenhang_app'])
  return { port, dba, stop: server.stop }
}

async function asDba(url: string, opdrachten: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const opdracht of opdrachten) await client.query(opdracht)
  await client.end()
}

const servers: Server[] = []
const databases: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const database of databases) await database.close()
  for (const server of servers) await server.stop()
  await rm(map, { recursive: true, force: true })
})

const opdrachtenVan = (naam: string) =>
  blokVan(naam)
    .split(';')
    .map(regel => regel.trim())
    .filter(Boolean)

/** A block with the settings of this server before it. */
const walk = (server: Server, naam: string, sleutel = SLEUTEL) => walkTekst(server, blokVan(naam), sleutel)

function walkTekst(server: Server, opdrachten: string, sleutel: Buffer): Promise<string> {
  const tekst = `${blokVan('instellingen')}\n${opdrachten}`
    .replaceAll('127.0.0.1:5432', `127.0.0.1:${server.port}`)
    .replaceAll('UW-SLEUTEL', sleutel.toString('base64'))
    .replaceAll('samenhang.kopie', KOPIE)
  return runBlok(tekst, { SAMENHANG_DATA: join(map, 'gegevens') })
}

function openOmgeving(server: Server): Omgeving {
  const url = `postgresql://samenhang_web:KIES-ZELF-2@127.0.0.1:${server.port}/samenhang`
  const database = openDatabase(url, { max: 4, sleutelNr: 1 })
  databases.push(database)
  return { database, kluis: openKluis(SLEUTEL), klok: () => NU }
}

/** One bit in the middle. */
function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const midden = copy.length >> 1
  copy[midden] = (copy[midden] ?? 0) ^ 1
  return copy
}

const jsonOf = (uit: string) =>
  uit
    .split('\n')
    .filter(Boolean)
    .map(regel => JSON.parse(regel))

const lastOf = (uit: string) => jsonOf(uit).at(-1)

async function listCijfers(server: Server): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.dba.replace(/postgres$/, 'samenhang') })
  await client.connect()
  const { rows } = await client.query(
    `select 'm' as soort, to_jsonb(m)::text as rij from sturing.maandcijfer m
     union all select 'c', to_jsonb(c)::text from sturing.clientmaand c
     union all select 'v', to_jsonb(v)::text from sturing.verwijzercijfer v order by 1, 2`,
  )
  await client.end()
  return rows
}

describe('docs/beheer.md, step by step', async () => {
  const bron = await freshServer('bron')
  servers.push(bron)

  test('an owner that may make roles needs nothing else', async () => {
    await asDba(bron.dba, [
      "create role maker login createrole password 'maker'",
      'create database maker owner maker',
    ])
    const url = `postgresql://maker:maker@127.0.0.1:${bron.port}/maker`
    expect(await samenhang({ url }, ['db', 'migreer'])).toMatchObject({ status: 0, stderr: '' })
    await asDba(bron.dba, [
      'drop database maker with (force)',
      'drop role samenhang_app, samenhang_teller',
      'drop role maker',
    ])
  })

  test('roles, settings, first administrator', async () => {
    await asDba(bron.dba, opdrachtenVan('rollen'))
    const regels = jsonOf(await walk(bron, 'inrichten'))
    expect(regels).toEqual([
      { gemigreerd: true },
      { gebruikerId: expect.any(Number), email: 'bea@voorbeeld.nl', rol: 'beheerder' },
    ])
  })

  test('an installation at work makes a backup', async () => {
    const omgeving = openOmgeving(bron)
    await laadTestregio(omgeving)
    await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
    await lever(
      omgeving,
      declaratiebericht({ identificatie: 'D1', nummer: 'D1', regels: [{ nummer: 1, referentie: 'R1' }] }),
    )
    // Text with what some take for the end of a line.
    await omgeving.database.pool.query(
      `insert into platform.instelling (sleutel, waarde) values ('proef', to_jsonb(E'a\\u2028b\\nc\\\\.\\td'::text))`,
    )
    expect(await omgeving.database.write(NOBODY, tx => sealAudit(tx, omgeving.kluis))).toBeGreaterThan(0)
    const [gemaakt, gelezen] = jsonOf(await walk(bron, 'kopie'))
    expect(gemaakt).toEqual(gelezen)
    expect(gelezen.rijen).toBeGreaterThan(50)
    await expect(walk(bron, 'kopie')).rejects.toThrow('bestaat al')
    const bytes = await readFile(KOPIE)
    expect(bytes.includes('Testpersoon')).toBe(false)
    for (const [n, stuk] of [
      bytes.subarray(0, -40),
      Buffer.concat([bytes, bytes]),
      changed(bytes),
    ].entries()) {
      await writeFile(`${KOPIE}.${n}`, stuk)
      const slecht = await samenhang({ url: '' }, ['reservekopie', 'controleer', `${KOPIE}.${n}`], {
        SAMENHANG_SLEUTEL: SLEUTEL.toString('base64'),
      })
      expect([slecht.status, slecht.stderr], `${n}`).toEqual([
        2,
        expect.stringContaining('geen hele reservekopie'),
      ])
    }
  })
})

test('our own server too: a backup of one folder goes into another, with its key', async () => {
  const [hier, daar] = [join(map, 'hier'), join(map, 'daar')]
  const eigen = (data: string, ...argumenten: string[]) =>
    samenhang({ url: '' }, argumenten, { SAMENHANG_DATA: data, SAMENHANG_SLEUTEL: '' })
  const bea = ['--naam', 'Bea', '--email', 'bea@voorbeeld.nl', '--organisatie', 'Regio', '--rol', 'beheerder']
  // A command makes no database: a start does.
  const eerste = await startEmbedded(hier)
  await eerste.stop()
  expect(await eigen(hier, 'gebruiker', 'maak', ...bea)).toMatchObject({ status: 0, stderr: '' })
  const kopie = join(map, 'eigen.kopie')
  expect(await eigen(hier, 'reservekopie', 'maak', kopie)).toMatchObject({ status: 0, stderr: '' })
  const zonder = await eigen(daar, 'reservekopie', 'zet-terug', kopie)
  expect([zonder.status, zonder.stderr]).toEqual([
    2,
    expect.stringContaining('sleutel van deze database ontbreekt'),
  ])
  await copyFile(join(hier, 'sleutel'), join(daar, 'sleutel'))
  expect(await eigen(daar, 'reservekopie', 'zet-terug', kopie)).toMatchObject({ status: 0, stderr: '' })
  expect((await eigen(daar, 'gebruiker', 'lijst')).stdout).toContain('bea@voorbeeld.nl')
  expect((await eigen(daar, 'reservekopie', 'controleer')).regels).toMatchObject([{ heel: true }])
}, 600_000) // six processes, each with a server that starts and stops

describe('the backup, on a fresh server', async () => {
  const doel = await freshServer('doel')
  servers.push(doel)

  test('with another key is refused, and leaves the database empty for the right one', async () => {
    await asDba(doel.dba, opdrachtenVan('rollen'))
    await expect(walk(doel, 'herstel', Buffer.alloc(32, 6))).rejects.toThrow('met een andere sleutel gemaakt')
  })

  test('may go into a database that was only set up, with any key', async () => {
    const begin = blokVan('inrichten')
      .split('\n')
      .filter(regel => regel.includes('db migreer'))
      .join('\n')
    expect(begin).not.toBe('')
    await walkTekst(doel, begin, Buffer.alloc(32, 6))
  })

  test('is the same: log good, figures equal to the facts and to those of before', async () => {
    const uit = await walk(doel, 'herstel')
    expect(lastOf(uit)).toMatchObject({ heel: true, cijfersGelijk: true, logboek: { goed: true, zegels: 1 } })
    expect(await listCijfers(doel)).toEqual(await listCijfers(servers[0] as Server))
    const { database } = openOmgeving(doel)
    const { rows } = await database.pool.query(
      "select waarde from platform.instelling where sleutel = 'proef'",
    )
    expect(rows).toEqual([{ waarde: 'a\u2028b\nc\\.\td' }])
  })

  test('goes on: new events are sealed behind the old ones, and a message of before is known', async () => {
    const omgeving = openOmgeving(doel)
    const [opnieuw] = await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
    expect(opnieuw?.uitkomst).toBe('al-ontvangen')
    const [nieuw] = await lever(omgeving, toewijzingsbericht({ identificatie: 'T9', nummer: 9, client: 1 }))
    expect(nieuw?.uitkomst).toBe('verwerkt')
    expect(await omgeving.database.write(NOBODY, tx => sealAudit(tx, omgeving.kluis))).toBeGreaterThan(0)
    expect(await omgeving.database.read(NOBODY, db => checkAudit(db, omgeving))).toMatchObject({
      goed: true,
      zegels: 2,
      nietVerzegeld: 0,
    })
  })

  test('lets its users log in', async () => {
    const omgeving = openOmgeving(doel)
    const owner = new pg.Pool({
      connectionString: `postgresql://samenhang_eigenaar:KIES-ZELF-1@127.0.0.1:${doel.port}/samenhang`,
      max: 1,
    })
    databases.push({ close: () => owner.end() })
    await owner.query('update platform.gebruiker set demonstratie = true')
    const { app } = await testApp({ ...omgeving, owner, url: '' }, omgeving)
    const pagina = await app.inject({ url: '/inloggen' })
    expect(pagina.body).toContain('Bea Beheer')
    const token = /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? ''
    const koek = pagina.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const { rows } = await owner.query('select gebruiker_id from platform.gebruiker')
    const binnen = await app.inject({
      method: 'POST',
      url: '/inloggen/demonstratie',
      headers: { cookie: koek, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: token, gebruiker: String(rows[0].gebruiker_id) }).toString(),
    })
    expect(binnen.statusCode).toBe(303)
    const sessie = binnen.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const start = await app.inject({ url: '/', headers: { cookie: sessie, accept: 'text/html' } })
    expect([start.statusCode, start.body.includes('Bea Beheer')]).toEqual([200, true])
  })

  test('is not put over a database with data', async () => {
    await expect(walk(doel, 'herstel')).rejects.toThrow('Deze database is niet leeg')
  })

  test('changes its key as described', async () => {
    const uit = await walk(doel, 'wissel')
    expect(jsonOf(uit)[0]).toEqual({ stap: 'clienten', gedaan: 2, totaal: 2 })
    expect(lastOf(uit)).toMatchObject({ heel: true })
    await expect(walk(doel, 'inrichten')).rejects.toThrow('De sleutel hoort niet bij deze database')
  })
})
