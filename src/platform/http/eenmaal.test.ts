import { beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { NOBODY } from '../db/database.ts'
import { forgetVerzendingen } from './eenmaal.ts'

/** What is sent twice is done once, whatever the form. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NIEUW = '/interventies/nieuw'
const velden = (naam: string) => ({
  gemeente: 'regio',
  naam,
  omschrijving: 'x',
  bewijs: 'onbewezen',
  doelgroep: 'x',
  inzetbaarDoor: 'x',
  bron: 'x',
})

let adviseur: Inlog
beforeAll(async () => {
  await laadTestregio(omgeving)
  adviseur = await login('beleidsadviseur')
})
const count = async (naam: string) => {
  const { rowCount } = await db.owner.query('select from kaders.interventie where naam = $1', [naam])
  return rowCount
}

test('a double click, at once or later, changes one thing and gives the same answer', async () => {
  const send = await openFormulier(app, NIEUW, adviseur)
  const samen = await Promise.all([1, 2, 3, 4].map(() => send(NIEUW, velden('Dubbel'))))
  const later = await send(NIEUW, velden('Dubbel'))
  const naar = new Set(
    [...samen, later].map(antwoord => `${antwoord.statusCode} ${antwoord.headers.location}`),
  )
  expect([...naar]).toEqual([expect.stringMatching(/^303 \/interventies\/\d+\?melding=opgeslagen$/)])
  expect(await count('Dubbel')).toBe(1)
})

test('what was refused is done when it is sent again, corrected or not', async () => {
  const send = await openFormulier(app, NIEUW, adviseur)
  const fout = { ...velden('Verbeterd'), bewijs: '' }
  expect((await send(NIEUW, fout)).statusCode).toBe(400)
  expect((await send(NIEUW, fout)).statusCode).toBe(400)
  expect((await send(NIEUW, velden('Verbeterd'))).statusCode).toBe(303)
  expect(await count('Verbeterd')).toBe(1)
})

test('another text from the same page, and the same text from the page opened anew, are done', async () => {
  const send = await openFormulier(app, NIEUW, adviseur)
  await send(NIEUW, velden('Een'))
  await send(NIEUW, velden('Twee'))
  const opnieuw = await openFormulier(app, NIEUW, adviseur)
  await opnieuw(NIEUW, velden('Een'))
  expect([await count('Een'), await count('Twee')]).toEqual([2, 1])
})

test('the same text from one page to two addresses is done at both', async () => {
  const send = await openFormulier(app, NIEUW, adviseur)
  const paden: string[] = []
  for (const naam of ['Links', 'Rechts'])
    paden.push(String((await send(NIEUW, velden(naam))).headers.location).replace(/\?.*/, '/wijzig'))
  const versie = async (pad: string) =>
    /name="versie" value="([^"]+)"/.exec(
      (await app.inject({ url: pad, headers: adviseur.headers })).body,
    )?.[1] ?? ''
  const [links = '', rechts = ''] = paden
  const zelfde = { ...velden('Allebei'), versie: await versie(links) }
  expect(zelfde.versie).toBe(await versie(rechts))
  for (const pad of [links, rechts])
    expect((await send(pad, zelfde)).headers.location).toContain(pad.replace('/wijzig', ''))
  expect(await count('Allebei')).toBe(2)
})

test('when the process ended between doing and answering, it is not done again and says so', async () => {
  const send = await openFormulier(app, NIEUW, adviseur)
  await send(NIEUW, velden('Gestopt'))
  await db.owner.query('update platform.verzending set status = null, naar = null')
  const antwoord = await send(NIEUW, velden('Gestopt'))
  expect(antwoord.statusCode).toBe(409)
  expect(antwoord.body).toContain('Dit is al verwerkt')
  expect(await count('Gestopt')).toBe(1)
})

test('is remembered two days', async () => {
  const left = async () => (await db.owner.query('select from platform.verzending')).rowCount
  const voor = await left()
  expect(voor).toBeGreaterThan(3)
  await db.owner.query(
    `update platform.verzending set op = now() - interval '49 hours' where sleutel = (select sleutel from platform.verzending limit 1)`,
  )
  await omgeving.database.write(NOBODY, forgetVerzendingen)
  expect(await left()).toBe((voor ?? 0) - 1)
})
