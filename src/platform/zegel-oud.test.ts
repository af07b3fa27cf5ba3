import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { TESTSLEUTEL } from '../../test/support/sleutel.ts'
import { tellInOrder } from '../../test/support/verhaal.ts'
import { projectRoot } from './config.ts'
import { openKluis } from './crypto.ts'
import { NOBODY, openDatabase } from './db/database.ts'
import { migrate, readMigrations } from './db/migrate.ts'
import { checkSleutel } from './sleutel.ts'
import { checkAudit, sealAudit } from './zegel.ts'

tellInOrder()

/** A database of before the seals went by number, with a log that was sealed by transaction id. */
const server = inject('serverUrl')
const naam = `test_${randomBytes(6).toString('hex')}`
await asDba(`create database ${naam}`)
const url = `${server}${naam}`
const VOOR = (await readMigrations(projectRoot())).map(m => m.naam).filter(n => n !== '0024_zegel.sql')
await migrate(url, projectRoot(), new Set(VOOR))
const owner = new pg.Pool({ connectionString: url, max: 2 })
owner.on('error', () => undefined)
const database = openDatabase(url, { max: 2 })
const kluis = openKluis(TESTSLEUTEL)
afterAll(async () => {
  await database.close()
  await owner.end()
  await asDba(`drop database ${naam} with (force)`)
})

async function asDba(opdracht: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}postgres` })
  await client.connect()
  await client.query(opdracht).finally(() => client.end())
}

const NOTEER = `insert into platform.gebeurtenis (wie, rol, actie, grond, onderwerp, verzoek_id)
  values ('a', 'b', 'proef', 'd', '{"nummer": 1}', 'v')`
const seal = () => database.write(NOBODY, tx => sealAudit(tx, kluis))
const check = () => database.read(NOBODY, db => checkAudit(db, { kluis }))

test('a sealed log of before is still checked, and covered anew by the first seal with the key', async () => {
  await owner.query(NOTEER)
  await owner.query(NOTEER)
  await owner.query(`
    insert into platform.zegel (vanaf_tx, tot_tx, aantal, vorige_hash, hash)
    select '0', (max(tx)::text::bigint + 1)::text::xid8, count(*), decode(repeat('00', 32), 'hex'),
      sha256(decode(repeat('00', 32), 'hex') || convert_to(string_agg(jsonb_build_array(gebeurtenis_id,
        extract(epoch from op)::text, wie, rol, actie, grond, onderwerp, verzoek_id, tx::text)::text || E'\\n', ''
        order by gebeurtenis_id), 'UTF8'))
    from platform.gebeurtenis`)
  await owner.query(NOTEER) // not sealed yet when the new version comes
  await migrate(url, projectRoot())
  const client = await owner.connect()
  await checkSleutel(client, kluis)
  client.release()
  expect(await check()).toMatchObject({ goed: true, zegels: 0, nietVerzegeld: 3, oud: { zegels: 1 } })
  await owner.query(NOTEER)
  expect(await seal()).toBe(4)
  expect(await check()).toMatchObject({ goed: true, gebeurtenissen: 4, nietVerzegeld: 0, oud: { zegels: 1 } })
})

test('a new event never falls into an old seal, whatever its transaction id is on another server', async () => {
  const { rows } = await owner.query(
    'select count(tx)::int as n from platform.gebeurtenis where gebeurtenis_id > 3',
  )
  expect(rows).toEqual([{ n: 0 }])
})

test.each([
  ['the transaction it counts from', 'vanaf_tx', "'1'"],
  ['the transaction it counts to', 'tot_tx', "'1'"],
  ['its count', 'aantal', 'aantal + 1'],
  ['its hash', 'hash', "sha256('anders')"],
  ['the hash before it', 'vorige_hash', "sha256('anders')"],
])('an old seal of which the owner changed %s is reported', async (_, kolom, waarde) => {
  const { rows } = await owner.query(`select ${kolom} as was from platform.zegel_tx`)
  await owner.query(`update platform.zegel_tx set ${kolom} = ${waarde}`)
  expect(await check()).toMatchObject({ goed: false, oud: { zegels: 1, gebroken: 1 } })
  await owner.query(`update platform.zegel_tx set ${kolom} = $1`, [rows[0].was])
  expect((await check()).goed).toBe(true)
})

test('what was changed in the old part breaks both', async () => {
  await owner.query("update platform.gebeurtenis set actie = 'anders' where gebeurtenis_id = 1")
  expect(await check()).toMatchObject({ goed: false, gebroken: 1, oud: { zegels: 1, gebroken: 1 } })
})
