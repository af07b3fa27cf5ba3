import { beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { postBestand, postBestanden } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

/** A double click gets one answer, also where a page shows its own refusals, or answers in the page itself. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let manager: Inlog
let consulent: Inlog
beforeAll(async () => {
  await laadTestregio(omgeving)
  manager = await login('contractmanager')
  consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
})

const SEGMENTEN = '/inrichten/segmenten/invoeren'
const BESTAND = { naam: 'x.csv', inhoud: 'Code;Wet;Naam;Omschrijving;Bron;Volgorde\ndub;jw;Dubbel;x;x;9\n' }

type Antwoord = { statusCode: number; headers: Record<string, unknown>; body: string }
/** Ten clicks at once and one afterwards, as what each came to. */
async function clicks(send: () => Promise<Antwoord>, say: (antwoord: Antwoord) => string) {
  const samen = await Promise.all(Array.from({ length: 10 }, send))
  return [...new Set([...samen, await send()].map(say))]
}
const way = ({ statusCode, headers }: Antwoord) => `${statusCode} ${headers.location}`

test('a file is done once, and taken back once', async () => {
  const pad = String((await postBestand(app, SEGMENTEN, BESTAND, manager)).headers.location)
  const verwerk = await openFormulier(app, pad, manager)
  expect(await clicks(() => verwerk(`${pad}/verwerk`, {}), way)).toEqual([`303 ${pad}`])
  const terug = await openFormulier(app, `${pad}/terug`, manager)
  expect(await clicks(() => terug(`${pad}/terug`, {}), way)).toEqual([`303 ${pad}`])
})

test('files together are done once', async () => {
  const bestanden = [{ naam: 'segmenten.csv', inhoud: BESTAND.inhoud.replace('dub', 'dubb') }]
  const pad = String((await postBestanden(app, '/inrichten', { bestanden }, manager)).headers.location)
  const verwerk = await openFormulier(app, pad, manager)
  expect(await clicks(() => verwerk(`${pad}/verwerk`, {}), way)).toEqual([`303 ${pad}`])
})

test('who looks for a resident that nobody knows reads that, each time', async () => {
  const zoek = await openFormulier(app, '/toewijzingen', consulent)
  const zeg = ({ statusCode, body }: Antwoord) => `${statusCode} ${body.includes('is geen cliënt bekend')}`
  const send = () => zoek('/toewijzingen/client', { client: 'Niemand Zo' })
  expect(await clicks(send, zeg)).toEqual(['400 true'])
})

test('one token is made, and shown to each click of it; not a minute later', async () => {
  const maak = await openFormulier(app, '/beheer/tokens', manager)
  const send = () => maak('/beheer/tokens', { naam: 'Dubbel', rechten: 'contracten.lezen', dagen: '30' })
  const toon = ({ statusCode, body }: Antwoord) =>
    `${statusCode} ${/<code>([\w-]{43})<\/code>/.exec(body)?.[1]}`
  const [antwoord = '', ...andere] = await clicks(send, toon)
  expect(antwoord).toMatch(/^201 [\w-]{43}$/)
  expect(andere).toEqual([])
  const { rowCount } = await db.owner.query(`select from platform.token where naam = 'Dubbel'`)
  expect(rowCount).toBe(1)
  await db.owner.query(`update platform.token set aangemaakt_op = now() - interval '61 seconds'`)
  const later = await send()
  expect(later.statusCode).toBe(409)
  expect(later.body).not.toContain(antwoord.slice(4))
})

test('a token that was revoked is not shown to a click that comes after', async () => {
  const maak = await openFormulier(app, '/beheer/tokens', manager)
  const send = () => maak('/beheer/tokens', { naam: 'Weg', rechten: 'contracten.lezen', dagen: '30' })
  const sleutel = /<code>([\w-]{43})<\/code>/.exec((await send()).body)?.[1] ?? 'none was made'
  await db.owner.query(`update platform.token set ingetrokken_op = now() where naam = 'Weg'`)
  const later = await send()
  expect(later.statusCode).toBe(409)
  expect(later.body).not.toContain(sleutel)
})
