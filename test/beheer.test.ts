import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { buildApp } from '../src/app/app.tsx'
import { readConfig } from '../src/platform/config.ts'
import { NOBODY } from '../src/platform/db/database.ts'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { checkAudit, sealAudit } from '../src/platform/zegel.ts'
import { testApp } from './support/app.ts'
import {
  asDba,
  type Beheerserver,
  beheerproef,
  blokVan,
  jsonOf,
  lastOf,
  listCijfers,
  opdrachtenVan,
} from './support/beheer.ts'
import { samenhang } from './support/cli.ts'
import { Browser, freePort, startProvider, throughProvider } from './support/oidc.ts'
import { declaratiebericht, laadTestregio, lever, toewijzingsbericht } from './support/regio.ts'
import { tellInOrder } from './support/verhaal.ts'

tellInOrder()

/**
 * docs/beheer.md, carried out as it stands: two servers that are not ours, roles made by a DBA, an owner that may make no
 * roles, a login that can only become the application role.
 */
const SLEUTEL = Buffer.alloc(32, 5)
const { map, freshServer, walk, walkTekst, openOmgeving, closeWithFile } = await beheerproef(SLEUTEL)
const KOPIE = join(map, 'samenhang.kopie')

/** One bit in the middle. */
function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const midden = copy.length >> 1
  copy[midden] = (copy[midden] ?? 0) ^ 1
  return copy
}

let bron: Beheerserver

describe('docs/beheer.md, step by step', async () => {
  bron = await freshServer('bron')

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
    expect(await listCijfers(doel)).toEqual(await listCijfers(bron))
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

  test('knows who comes by the login of the organisation: by the account that was bound before', async () => {
    const account = (id: string) => ({ sub: id, email: 'bea@voorbeeld.nl', email_verified: true })
    const provider = await startProvider(account)
    closeWithFile(async () => provider.close())
    const port = await freePort()
    const base = `http://127.0.0.1:${port}`
    provider.start(base)
    const omgeving = openOmgeving(doel)
    await asDba(doel.dba.replace(/postgres$/, 'samenhang'), [
      `update platform.gebruiker set oidc_iss = '${provider.issuer}', oidc_sub = 'rekening-van-bea'`,
    ])
    const config = readConfig({
      PORT: String(port),
      SAMENHANG_LOG: 'silent',
      SAMENHANG_ADRES: base,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'samenhang',
      OIDC_CLIENT_SECRET: 'geheim',
    })
    const app = await buildApp(config, omgeving)
    closeWithFile(() => app.close())
    await app.listen({ port, host: '127.0.0.1' })
    const login = async (wie: string) => {
      const browser = new Browser()
      return throughProvider(browser, base, wie, await browser.follow(`${base}/inloggen/oidc?naar=/`))
    }
    const bea = await login('rekening-van-bea')
    expect([bea.response.status, bea.url, bea.text.includes('Bea Beheer')]).toEqual([200, `${base}/`, true])
    expect((await login('rekening-van-een-ander')).response.status).toBe(403)
  })

  test('lets its users log in', async () => {
    const omgeving = openOmgeving(doel)
    const owner = new pg.Pool({
      connectionString: `postgresql://samenhang_eigenaar:KIES-ZELF-1@127.0.0.1:${doel.port}/samenhang`,
      max: 1,
    })
    // The server that stops may still reach a connection that is closing.
    owner.on('error', () => undefined)
    owner.on('connect', client => client.on('error', () => undefined))
    closeWithFile(() => owner.end())
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
