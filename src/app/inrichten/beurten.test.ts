import { expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { sheet } from '../../../test/support/overnemen.ts'
import {
  AGB_A,
  GEMEENTE_A,
  laadTestregio,
  testBsn,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { whileHeld } from '../../../test/support/wachten.ts'
import { toZip } from '../../../test/support/zip.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const aanbieders = await laadTestregio(omgeving)
const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
const manager = await login('contractmanager')

const turn = (naam: string) => `select pg_advisory_xact_lock(hashtextextended('${naam}', 0))`
const messages = () =>
  `select pg_advisory_xact_lock(hashtextextended('${GEMEENTE_A}|${aanbieders.get(AGB_A)}', 301))`
const choose = async (pad: string, inhoud: string | Buffer, wie = backoffice) => {
  const { statusCode, headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, wie)
  expect(statusCode).toBe(303)
  return String(headers.location)
}
const segment = (code: string) => `Code;Wet;Naam;Omschrijving;Bron;Volgorde\n${code};jw;${code};Thuis;003;9\n`
const newSegment = async (code: string) => {
  const pad = '/inrichten/segmenten/invoeren'
  const adres = await choose(pad, segment(code), manager)
  await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)
  return { adres, rij: `/inrichten/segmenten/rij/${code}` }
}
const versionOf = async (url: string) =>
  /name="versie" value="(\d+)"/.exec((await app.inject({ url, headers: manager.headers })).body)?.[1] ?? ''

// What is planned on what stands must still stand when it is written: each of these waits for who is under way.
test.each<[string, () => string, () => Promise<unknown>]>([
  [
    'a sheet of toewijzingen, for another',
    () => turn('toewijzingen overnemen'),
    () => choose('/toewijzingen/overnemen', sheet({ Toewijzingnummer: '1', BSN: testBsn(1) })),
  ],
  [
    'a sheet of toewijzingen, for messages of its provider',
    messages,
    () => choose('/toewijzingen/overnemen', sheet({ Toewijzingnummer: '2', BSN: testBsn(2) })),
  ],
  [
    'a sheet of referrals, for one of toewijzingen',
    () => turn('toewijzingen overnemen'),
    () =>
      choose(
        '/toewijzingen/verwijzingen',
        `Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op\n${GEMEENTE_A};jw;3;Huisarts;01-12-2025`,
      ),
  ],
  [
    'a stack of messages, for another',
    () => turn('berichten overnemen'),
    () => choose('/berichten/overnemen', stack(4)),
  ],
  [
    'a stack of messages, for new ones of its provider',
    messages,
    () => choose('/berichten/overnemen', stack(5)),
  ],
  [
    'a file of a register',
    () => turn('register segmenten'),
    () => choose('/inrichten/segmenten/invoeren', segment('bestand'), manager),
  ],
])('waits: %s', async (_, slot, actie) => {
  await whileHeld(db, slot(), actie)
})

test('a row that is changed, one that goes, and a file that is taken back wait for their register', async () => {
  const slot = turn('register segmenten')
  const { rij } = await newSegment('rij')
  const velden = { wet: 'jw', naam: 'Anders', omschrijving: 'Thuis', bron: '003', ouder: '', volgorde: '2' }
  const versie = await versionOf(`${rij}/wijzig`)
  const wijzig = () => postFormulier(app, `${rij}/wijzig`, `${rij}/wijzig`, { ...velden, versie }, manager)
  expect((await whileHeld(db, slot, wijzig)).statusCode).toBe(303)
  const nu = await versionOf(rij)
  const weg = () => postFormulier(app, `${rij}/verwijder`, rij, { versie: nu }, manager)
  expect((await whileHeld(db, slot, weg)).statusCode).toBe(303)
  const { adres } = await newSegment('terug')
  const terug = () => postFormulier(app, `${adres}/terug`, adres, {}, manager)
  expect((await whileHeld(db, slot, terug)).statusCode).toBe(303)
})

test('of two that take the same file back at once, one does', async () => {
  const { adres } = await newSegment('samen')
  const twee = await Promise.all([1, 2].map(() => postFormulier(app, `${adres}/terug`, adres, {}, manager)))
  expect(twee.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
})

function stack(nummer: number): Buffer {
  return toZip({
    'a.xml': toBytes(toewijzingsbericht({ identificatie: `B${nummer}`, nummer, client: nummer })),
  })
}
