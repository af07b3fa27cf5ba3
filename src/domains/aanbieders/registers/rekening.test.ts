import { expect, test } from 'vitest'
import { machine, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier } from '../../../../test/support/formulier.ts'
import { AGB_A, AGB_B, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')

const PAD = '/inrichten/aanbieders'
const IBAN = 'NL91ABNA0417164300'
const get = async (url: string) => (await app.inject({ url, headers: manager.headers })).body
const ibans = async () =>
  (await db.owner.query('select agb, iban from aanbieders.aanbieder where iban is not null order by agb'))
    .rows
const give = (agb: string, iban: string | null) =>
  db.owner.query('update aanbieders.aanbieder set iban = $2 where agb = $1', [agb, iban])
const hoortOok = (agb: string) => new RegExp(`Dit rekeningnummer hoort ook bij [^.]*\\(${agb}\\)\\.`)

/** Fills the form in, and once more with what was shown. */
async function save(pad: string, velden: Record<string, string>) {
  const versie = /name="versie" value="(\d+)"/.exec(await get(pad))?.[1]
  const send = await openFormulier(app, pad, manager)
  const alles = { ...velden, ...(versie === undefined ? {} : { versie }) }
  const { statusCode, body } = await send(pad, alles)
  const _gezien = /name="_gezien" value="([^"]+)"/.exec(body)?.[1]
  return { statusCode, tekst: text(body), nogEens: () => send(pad, { ...alles, _gezien: _gezien ?? '' }) }
}
const wijzig = (velden: Record<string, string>) =>
  save(`${PAD}/rij/${AGB_B}/wijzig`, { naam: 'Thuiszorg Waterrijk', kvk: AGB_B, ...velden })

test('an account that another provider has is shown before it is saved, and can be saved all the same', async () => {
  await give(AGB_A, IBAN)
  await give(AGB_B, null)
  const { statusCode, tekst, nogEens } = await wijzig({ iban: IBAN })
  expect([statusCode, tekst]).toEqual([400, expect.stringMatching(hoortOok(AGB_A))])
  expect(tekst).toContain('Er is nog niets veranderd.')
  expect(await ibans()).toEqual([{ agb: AGB_A, iban: IBAN }])
  expect((await nogEens()).statusCode).toBe(303)
  expect(await ibans()).toEqual([AGB_A, AGB_B].map(agb => ({ agb, iban: IBAN })))
  // Who keeps it is not asked again.
  expect((await wijzig({ iban: IBAN, telefoon: '030 1234567' })).tekst).not.toContain('hoort ook bij')
})

test('also of a provider that is new', async () => {
  await give(AGB_A, IBAN)
  await give(AGB_B, null)
  const nieuw = { agb: '98000009', naam: 'Zorg Negen', iban: IBAN }
  const { statusCode, tekst, nogEens } = await save(`${PAD}/nieuw`, nieuw)
  expect([statusCode, tekst]).toEqual([400, expect.stringMatching(hoortOok(AGB_A))])
  expect(tekst).toContain('Kijk eerst of dit klopt')
  expect((await nogEens()).statusCode).toBe(303)
  await db.owner.query("delete from aanbieders.aanbieder where agb = '98000009'")
})

test('a program that puts a provider is told, and is not held up', async () => {
  await give(AGB_A, IBAN)
  await give(AGB_B, null)
  const url = `/api/v1/inrichting/aanbieders/${AGB_B}`
  const headers = await machine(db, manager)
  const { gegevens } = (await app.inject({ url, headers })).json()
  const put = (iban: string) => app.inject({ method: 'PUT', url, headers, payload: { ...gegevens, iban } })
  const gezet = await put(IBAN)
  expect([gezet.statusCode, gezet.json().letOp]).toEqual([200, [expect.stringMatching(hoortOok(AGB_A))]])
  expect((await put('NL20INGB0001234567')).json().letOp).toEqual([])
})

test('another account is not remarked on', async () => {
  await give(AGB_A, IBAN)
  await give(AGB_B, null)
  expect((await wijzig({ iban: 'NL20INGB0001234567' })).tekst).not.toContain('hoort ook bij')
})

test('a trial of a file says it per row, also of two rows of that file', async () => {
  await give(AGB_A, null)
  await give(AGB_B, null)
  const inhoud = `AGB-code;Naam;IBAN\n98000007;Zorg Zeven;${IBAN}\n98000008;Zorg Acht;${IBAN}\n98000009;Zorg Negen;\n`
  const { headers } = await postBestand(app, `${PAD}/invoeren`, { naam: 'a.csv', inhoud }, manager)
  const proef = text(await get(String(headers.location)))
  expect(proef).toContain('Dit zou het doen: 3 nieuw.')
  expect(proef).toContain('Let op bij 2 rijen')
  expect(proef).toMatch(/ 2 IBAN NL91[\dA-Z ]+ Dit rekeningnummer hoort ook bij Zorg Acht \(98000008\)\./)
  expect(proef).toMatch(/ 3 IBAN NL91[\dA-Z ]+ Dit rekeningnummer hoort ook bij Zorg Zeven \(98000007\)\./)
})

test('and beside the faults of other rows, which then do not stand either', async () => {
  await give(AGB_A, null)
  await give(AGB_B, null)
  const inhoud = `AGB-code;Naam;IBAN\n98000007;Zorg Zeven;${IBAN}\n98000008;Zorg Acht;${IBAN}\n98000009;Zorg Negen;fout\n`
  const { headers } = await postBestand(app, `${PAD}/invoeren`, { naam: 'a.csv', inhoud }, manager)
  const proef = text(await get(String(headers.location)))
  expect(proef).toContain('Er is 1 fout.')
  expect(proef).toContain('Let op bij 2 rijen')
  expect(proef).toMatch(/ 2 IBAN NL91[\dA-Z ]+ Dit rekeningnummer hoort ook bij Zorg Acht \(98000008\)\./)
  expect(await ibans()).toEqual([])
})
