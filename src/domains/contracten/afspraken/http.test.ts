import { expect, test } from 'vitest'
import { machine, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../../test/support/formulier.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'

/** What is said of a price beside the one before it, in a file, a form and by the API. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')

const PAD = '/inrichten/tarieven'
const KOP = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
const get = async (url: string) => (await app.inject({ url, headers: manager.headers })).body
/** What a file would do. */
const trial = async (...rijen: string[]) => {
  const bestand = { naam: 'tarieven.csv', inhoud: `${KOP}${rijen.join('\n')}\n` }
  const proef = await postBestand(app, `${PAD}/invoeren`, bestand, manager)
  return text(await get(String(proef.headers.location)))
}

test('the trial of a price list says on one line what a price follows, and above all how far they go', async () => {
  const tekst = await trial(
    'TEST-1;jw;45A04;01-01-2026;31-12-2026;94,46',
    'TEST-1;jw;44A07;01-07-2026;31-12-2026;147,00',
    'TEST-1;wmo;02A16;01-01-2025;31-12-2026;61,00',
  )
  expect(tekst).toContain('2 tarieven stijgen, 1 tarief daalt: van -2,00% tot +4,96%.')
  expect(tekst).toContain('vanaf 01-01-2026 Nieuw, volgt op 01-01-2025 t/m 31-12-2025 (eindigt daardoor)')
  expect(tekst).toContain('Tarief: € 94,46, was € 90,00 (+4,96%)')
  expect(tekst).toContain('Tarief: € 147,00, was € 150,00 (-2,00%)')
  expect(tekst).toContain('Gewijzigd Tarief: € 60,00 → € 61,00 (+1,67%)')
  // What ends has no line of its own, and is still counted.
  expect(tekst).toContain('2 nieuw, 1 gewijzigd, 2 afgesloten omdat iets anders begint')
  expect(tekst).not.toContain(' Afgesloten ')
  expect(tekst).not.toContain('Hieronder staan de eerste')
  expect(tekst).not.toContain('Let op bij')
})

test('all of a price list can be read as a file, before and after it is done: each price beside what it follows', async () => {
  const inhoud = `${KOP}TEST-2;jw;45A01;01-01-2026;31-12-2026;577,28\nTEST-2;wmo;02A16;01-01-2025;31-12-2026;63,00\n`
  const { headers } = await postBestand(app, `${PAD}/invoeren`, { naam: 'x.csv', inhoud }, manager)
  const adres = String(headers.location)
  // Days are kept as they are in a spreadsheet: ="01-01-2026".
  const regels = async () =>
    (await get(`${adres}/wijzigingen?formaat=csv`))
      .replaceAll(/"=""(.*?)"""/g, '$1')
      .split('\r\n')
      .map(r => r.split(';'))
  expect(await get(adres)).toContain(`${adres}/wijzigingen?formaat=xlsx`)
  const proef = await regels()
  expect(proef[0]).toEqual([
    ...['\ufeffHoe', 'Contract', 'Wet', 'Product', 'Geldig: eerste dag', 'Geldig: laatste dag', 'Tarief'],
    ...['Geldig: eerste dag was', 'Geldig: laatste dag was', 'Tarief was', 'Tarief: verschil in %'],
  ])
  const nieuw = ['Nieuw', 'TEST-2', 'Jeugdwet', '45A01', '01-01-2026', '31-12-2026', '577,28']
  expect(proef).toContainEqual([...nieuw, '01-01-2025', '31-12-2025', '550,00', '4,96'])
  const gewijzigd = ['Gewijzigd', 'TEST-2', 'Wmo', '02A16', '01-01-2025', '31-12-2026', '63,00']
  expect(proef).toContainEqual([...gewijzigd, '01-01-2025', '31-12-2026', '66,00', '-4,55'])
  expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
  const gedaan = await regels()
  expect(gedaan).toHaveLength(proef.length)
  expect(gedaan).toContainEqual([...nieuw, '01-01-2025', '31-12-2025', '550,00', '4,96'])
  expect((await postFormulier(app, `${adres}/terug`, adres, {}, manager)).statusCode).toBe(303)
})

test('a price that differs much from the one before is worth a look, in a file', async () => {
  const tekst = await trial(
    'TEST-1;jw;45A04;01-01-2026;31-12-2026;1.080,00',
    'TEST-1;wmo;02A16;01-01-2025;31-12-2026;6,00',
    'TEST-1;jw;44A07;01-07-2026;31-12-2026;187,50',
  )
  expect(tekst).toContain('Let op bij 2 rijen')
  expect(tekst).toContain('2 keer: Dit tarief verschilt meer dan 25% van het vorige.')
  expect(tekst).toContain('2 Tarief € 1.080,00 Dit tarief is 12 keer zo hoog als het vorige, € 90,00.')
  expect(tekst).toContain('3 Tarief € 6,00 Dit tarief is 90% lager dan het vorige, € 60,00.')
})

test('beside the faults of a file, so that both are mended in one round', async () => {
  const tekst = await trial(
    'TEST-1;jw;45A04;01-01-2026;31-12-2026;1.080,00',
    'TEST-1;jw;44A07;01-07-2026;31-12-2026;veel',
    // Two days that overlap are a fault of the second; what is worth a look in it is said too.
    'TEST-1;wmo;02A16;01-01-2025;31-12-2025;61,00',
    'TEST-1;wmo;02A16;01-06-2025;31-12-2026;6,00',
  )
  expect(tekst).toContain('Er zijn 2 fouten.')
  expect(tekst).toContain('Let op bij 2 rijen')
  expect(tekst).toContain('2 Tarief € 1.080,00 Dit tarief is 12 keer zo hoog als het vorige, € 90,00.')
  expect(tekst).toContain('5 Tarief € 6,00')
  // Nothing of it stands.
  expect(await get(`${PAD}?contract=TEST-1`)).not.toContain('1.080,00')
})

test('and beside what is only refused once its rows stand', async () => {
  const contract = {
    naam: 'contracten.csv',
    inhoud: `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nNAAST;98000001;01-07-2026;31-12-2026;J-AMB;${GEMEENTE_A}\n`,
  }
  const adres = String(
    (await postBestand(app, '/inrichten/contracten/invoeren', contract, manager)).headers.location,
  )
  expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
  // TEST-1 has a price of the same product.
  const tekst = await trial(
    'NAAST;jw;45A04;01-07-2026;31-12-2026;95,00',
    'TEST-1;wmo;02A16;01-01-2026;31-12-2026;6,00',
  )
  expect(tekst).toContain('Er is 1 fout.')
  expect(tekst).toContain('3 Tarief € 6,00 Dit tarief is 90% lager dan het vorige, € 60,00.')
})

test('a price in the contract that takes over from another is held against that one', async () => {
  const opvolger = (nummer: string, gemeente: string) =>
    postBestand(
      app,
      '/inrichten/contracten/invoeren',
      {
        naam: 'contracten.csv',
        inhoud: `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n${nummer};98000001;01-01-2027;31-12-2027;J-AMB;${gemeente}\n`,
      },
      manager,
    )
  const { headers } = await opvolger('TEST-1-B', GEMEENTE_A)
  const adres = String(headers.location)
  expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
  const tekst = await trial(
    'TEST-1-B;jw;45A04;01-01-2027;31-12-2027;9.446,00',
    'TEST-1-B;jw;45A01;01-01-2027;31-12-2027;500,00',
  )
  expect(tekst).toContain('1 tarief stijgt, 1 tarief blijft gelijk')
  expect(tekst).toContain('volgt op Contract TEST-1 Zorggroep Eikenrode, 01-01-2025 t/m 31-12-2026')
  expect(tekst).toContain('Dit tarief is 105 keer zo hoog als het vorige, € 90,00.')
})

test('in a form, before it is saved', async () => {
  const pad = `${PAD}/rij/TEST-1~jw~45A04~2025-01-01/wijzig`
  const versie = /name="versie" value="(\d+)"/.exec(await get(pad))?.[1] ?? ''
  const send = await openFormulier(app, pad, manager)
  const velden = { versie, geldigheidBegin: '01-01-2026', geldigheidEind: '31-12-2026' }
  const { statusCode, body } = await send(pad, { ...velden, tarief: '1.080,00' })
  expect([statusCode, text(body)]).toEqual([
    400,
    expect.stringContaining('Dit tarief is 12 keer zo hoog als het vorige, € 90,00.'),
  ])
  expect(text(body)).toContain('Er is nog niets veranderd.')
})

test('by a program, which is not held up', async () => {
  const headers = await machine(db, manager)
  const base = '/api/v1/inrichting/tarieven'
  const { gegevens } = (await app.inject({ url: `${base}/TEST-2~jw~45A04~2025-01-01`, headers })).json()
  const put = (begin: string, tarief: number) =>
    app.inject({
      method: 'PUT',
      url: `${base}/TEST-2~jw~45A04~${begin}`,
      headers,
      payload: { ...gegevens, tarief, geldigheid: { ...gegevens.geldigheid, begin } },
    })
  const gezet = await put('2026-07-01', 4950)
  expect([gezet.statusCode, gezet.json().letOp.map((zin: string) => text(zin))]).toEqual([
    200,
    ['Dit tarief is 50% lager dan het vorige, € 99,00.'],
  ])
  expect((await put('2026-10-01', 5100)).json().letOp).toEqual([])
})
