import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { sheet } from '../../../../test/support/overnemen.ts'
import {
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'

/** What rests on a file keeps it from being taken back, and says so: an answer that was given rests on it as a row does. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)

const PAD = '/toewijzingen/overnemen'
let backoffice: Inlog

beforeAll(async () => {
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
})

const post = (adres: string, wat: 'verwerk' | 'terug') =>
  postFormulier(app, `${adres}/${wat}`, adres, {}, backoffice)
const get = (url: string) => app.inject({ url, headers: backoffice.headers })
const bring = async (inhoud: string, naam = 'oud.csv') => {
  const { headers } = await postBestand(app, PAD, { naam, inhoud }, backoffice)
  const adres = String(headers.location)
  await post(adres, 'verwerk')
  return adres
}
const row = (nummer: number, anders: Record<string, string> = {}) =>
  sheet({
    Toewijzingnummer: String(nummer),
    BSN: testBsn(nummer),
    'Levering begonnen': '',
    Verwijzer: '',
    'Verwezen op': '',
    ...anders,
  })
const staat = async () =>
  (
    await db.owner.query(`select (select count(*) from toegang.client) as clienten,
      (select count(*) from toegang.toewijzing) as toewijzingen,
      (select count(*) from toegang.toewijzing_versie) as versies,
      (select count(*) from toegang.start_stop) as meldingen,
      (select sum(toegewezen) from sturing.maandcijfer) as waarde`)
  ).rows

const START = { 'Levering begonnen': '05-01-2026' }
const HELD = 'Over toewijzing %n of de inwoner daarvan is daarna een bericht gekomen.'
/** The 301 that says what the sheet said, to the second: it counts as known and brings no state of its own. */
const repeated = (nummer: number) =>
  toewijzingsbericht({
    identificatie: `T${nummer}`,
    nummer,
    client: nummer,
    product: { toewijzingstijd: '00:00:00' },
  })

const claim = (nummer: number) =>
  declaratiebericht({
    identificatie: `D${nummer}`,
    nummer: `D${nummer}`,
    regels: [{ nummer, referentie: `R${nummer}`, client: nummer }],
  })

describe('cannot be taken back any more', () => {
  test.each<[string, number, Record<string, string>, () => Promise<unknown>, string, string]>([
    ['a toewijzing that a message repeated', 1, {}, () => lever(omgeving, repeated(1)), 'verwerkt', HELD],
    [
      'a toewijzing that a message decided otherwise',
      2,
      {},
      () => lever(omgeving, toewijzingsbericht({ identificatie: 'T2', nummer: 2, client: 2 })),
      'verwerkt',
      HELD,
    ],
    [
      'a start that was refused because it stood here',
      3,
      START,
      () => lever(omgeving, startbericht({ identificatie: 'S3', nummer: 3, client: 3 })),
      'afgekeurd',
      HELD,
    ],
    [
      'a start on which a stop was reported',
      4,
      START,
      () => lever(omgeving, stopbericht({ identificatie: 'E4', nummer: 4, client: 4 })),
      'verwerkt',
      HELD,
    ],
    [
      'a resident to whom another provider was assigned',
      5,
      {},
      () => lever(omgeving, toewijzingsbericht({ identificatie: 'T5', nummer: 55, client: 5, agb: AGB_B })),
      'verwerkt',
      HELD.replace('%n', '55'),
    ],
    [
      'a toewijzing by which a claim was refused',
      11,
      { 'Geldig: laatste dag': '31-01-2026' },
      () => lever(omgeving, claim(11)),
      'afgekeurd',
      HELD,
    ],
    [
      'a toewijzing that a message named to refuse it',
      12,
      {},
      () => lever(omgeving, toewijzingsbericht({ identificatie: 'T12', nummer: 12, client: 13 })),
      'afgekeurd',
      HELD,
    ],
    [
      'a toewijzing whose start came with another file',
      6,
      {},
      () => bring(row(6, START), 'starts.csv'),
      '',
      'Het bestand ‘starts.csv’ bouwt hierop voort, bij toewijzing 6 of de inwoner daarvan. Neem dat eerst terug.',
    ],
    [
      'a resident who got more by another file',
      7,
      {},
      () => bring(row(77, { BSN: testBsn(7) }), 'meer.csv'),
      '',
      'Het bestand ‘meer.csv’ bouwt hierop voort, bij toewijzing 77 of de inwoner daarvan. Neem dat eerst terug.',
    ],
  ])('%s', async (_, nummer, anders, daarna, uitkomst, zin) => {
    const adres = await bring(row(nummer, anders))
    const gedaan = await daarna()
    if (Array.isArray(gedaan)) expect(gedaan[0]).toMatchObject({ uitkomst })
    const voor = await staat()
    // Said before it is asked.
    const vooraf = await get(`${adres}/terug`)
    expect([vooraf.statusCode, text(vooraf.body)]).toEqual([
      409,
      expect.stringContaining(zin.replace('%n', String(nummer))),
    ])
    const terug = await post(adres, 'terug')
    expect(terug.statusCode).toBe(409)
    expect(text(terug.body)).toContain(zin.replace('%n', String(nummer)))
    expect(await staat()).toEqual(voor)
  })
})

test('the file that builds on another goes first, and then both are gone', async () => {
  const voor = await staat()
  const eerste = await bring(row(8))
  const tweede = await bring(row(8, START))
  expect((await post(eerste, 'terug')).statusCode).toBe(409)
  expect((await post(tweede, 'terug')).statusCode).toBe(303)
  expect((await post(eerste, 'terug')).statusCode).toBe(303)
  expect(await staat()).toEqual(voor)
})

test('a state by which a claim was granted on what a message had brought', async () => {
  const kort = { einddatum: '2026-01-31' }
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T20', nummer: 20, client: 20, product: kort }))
  const adres = await bring(row(20, { Toewijzingsdatum: '20-12-2025' }))
  expect(await lever(omgeving, claim(20))).toMatchObject([{ uitkomst: 'verwerkt' }])
  expect((await post(adres, 'terug')).statusCode).toBe(409)
})

test('by a file that the asker may not see, of which neither the name is told nor that it is a message', async () => {
  const eerste = await bring(row(21))
  const ander = await login('backoffice', { gemeenten: [GEMEENTE_A, GEMEENTE_B] })
  const { headers } = await postBestand(app, PAD, { naam: 'geheim.csv', inhoud: row(21, START) }, ander)
  await postFormulier(app, `${headers.location}/verwerk`, String(headers.location), {}, ander)
  const zin = text((await post(eerste, 'terug')).body)
  expect(zin).toContain('Een bestand dat u niet mag zien, bouwt hierop voort, bij toewijzing 21')
  expect(zin).not.toContain('geheim')
})

test('a file that was tried before another, and done after a message, is not held by it', async () => {
  const { headers } = await postBestand(app, PAD, { naam: 'vroeg.csv', inhoud: row(22, START) }, backoffice)
  await bring(row(22))
  await lever(omgeving, repeated(22))
  const vroeg = String(headers.location)
  // What it meets has changed: it is shown anew, and then done.
  await post(vroeg, 'verwerk')
  expect((await post(vroeg, 'verwerk')).statusCode).toBe(303)
  expect((await post(vroeg, 'terug')).statusCode).toBe(303)
})

test('what a message named before the file came does not hold it', async () => {
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T9', nummer: 9, client: 9 }))
  const begin = await bring(row(9, { ...START, Toewijzingsdatum: '16-12-2025' }))
  expect((await post(begin, 'terug')).statusCode).toBe(303)
})

test('is asked first: where the button stood that did it, stands no button that undoes it', async () => {
  const adres = await bring(row(10))
  const gedaan = (await get(adres)).body
  expect(gedaan).toContain(`href="${adres}/terug"`)
  expect(gedaan).not.toContain(`action="${adres}/terug"`)
  const vraag = (await get(`${adres}/terug`)).body
  expect(vraag).toContain(`action="${adres}/terug"`)
  expect(text(vraag)).toContain('Dat wordt ongedaan gemaakt.')
  await post(adres, 'terug')
  expect((await get(`${adres}/terug`)).headers.location).toBe(adres)
  expect(text((await get(adres)).body)).toMatch(/Teruggenomen [^.]*Test backoffice/)
})
