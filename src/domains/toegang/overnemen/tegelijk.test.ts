import { expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { sheet } from '../../../../test/support/overnemen.ts'
import {
  AGB_A,
  GEMEENTE_A,
  laadTestregio,
  lever,
  stopbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { untilSomebodyWaits, whileHeld } from '../../../../test/support/wachten.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)
const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })

const PAD = '/toewijzingen/overnemen'
const choose = async (inhoud: string, pad = PAD) =>
  String((await postBestand(app, pad, { naam: 'oud.csv', inhoud }, backoffice)).headers.location)
const post = (adres: string, wat: 'verwerk' | 'terug') =>
  postFormulier(app, `${adres}/${wat}`, adres, {}, backoffice)
const bring = async (inhoud: string) => {
  const adres = await choose(inhoud)
  expect((await post(adres, 'verwerk')).statusCode).toBe(303)
  return adres
}

const slotVan = async () => {
  const { rows } = await db.owner.query('select aanbieder_id from aanbieders.aanbieder where agb = $1', [
    AGB_A,
  ])
  return `select pg_advisory_xact_lock(hashtextextended('${GEMEENTE_A}|${rows[0].aanbieder_id}', 301))`
}

test.each([
  ['a toewijzing', 11, ''],
  ['only a start', 12, '05-01-2026'],
])('going back on a file that brought %s waits for messages of that provider', async (_, nummer, begin) => {
  const rij = { Toewijzingnummer: String(nummer), BSN: testBsn(nummer) }
  const eerste = await bring(sheet({ ...rij, 'Levering begonnen': '' }))
  const adres = begin === '' ? eerste : await bring(sheet({ ...rij, 'Levering begonnen': begin }))
  const terug = await whileHeld(
    db,
    await slotVan(),
    () => post(adres, 'terug'),
    async () => undefined,
  )
  expect(terug.statusCode).toBe(303)
})

test('a stop and the going back of its start never both succeed', async () => {
  const rij = { Toewijzingnummer: '13', BSN: testBsn(13) }
  await bring(sheet({ ...rij, 'Levering begonnen': '' }))
  const adres = await bring(sheet({ ...rij, 'Levering begonnen': '05-01-2026' }))
  const [terug, [inname]] = await Promise.all([
    post(adres, 'terug'),
    lever(omgeving, stopbericht({ identificatie: 'E13', nummer: 13, client: 13 })),
  ])
  expect([terug.statusCode, inname?.bevindingen.length === 0]).toSatisfy(
    ([status, goed]) => (status === 409 && goed) || (status === 303 && !goed),
  )
})

test('a referral waits for toewijzingen under way, and is refused when one came without it', async () => {
  const rijen = [
    'Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op',
    `${GEMEENTE_A};jw;21;Huisarts;01-12-2025`,
  ]
  const adres = await choose(rijen.join('\n'), '/toewijzingen/verwijzingen')
  let verwijzing: ReturnType<typeof post> | undefined
  await whileHeld(
    db,
    'lock table sturing.maandcijfer in exclusive mode',
    () => lever(omgeving, toewijzingsbericht({ identificatie: 'T21', nummer: 21, client: 21 })),
    async () => {
      verwijzing = post(adres, 'verwerk')
      await untilSomebodyWaits(db, 2)
    },
  )
  const uit = await verwijzing
  expect(uit?.statusCode).toBe(409)
  const { rows } = await db.owner.query('select from toegang.verwijzing where nummer = 21')
  expect(rows).toEqual([])
})

test('a toewijzing waits for referrals under way', async () => {
  const [inname] = await whileHeld(
    db,
    "select pg_advisory_xact_lock(hashtextextended('verwijzingen', 301))",
    () => lever(omgeving, toewijzingsbericht({ identificatie: 'T22', nummer: 22, client: 22 })),
    () =>
      db.owner.query(
        `insert into toegang.verwijzing (gemeente, domein, nummer, verwijzer, verwezen_op) values ($1, 'jw', 22, '02', '2025-12-01')`,
        [GEMEENTE_A],
      ),
  )
  expect(inname?.uitkomst).toBe('verwerkt')
  const { rows } = await db.owner.query(
    "select verwijzer from toegang.toewijzing where domein = 'jw' and nummer = 22",
  )
  expect(rows).toEqual([{ verwijzer: '02' }])
})
