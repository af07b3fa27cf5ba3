import { expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)
const manager = await login('contractmanager')

test('what was typed in the form of a row that a colleague took out is given back', async () => {
  const segment = {
    code: 'weg',
    wet: 'jw',
    naam: 'Weg',
    omschrijving: 'x',
    bron: '003',
    ouder: '',
    volgorde: '9',
  }
  const nieuw = '/inrichten/segmenten/nieuw'
  expect((await postFormulier(app, nieuw, nieuw, segment, manager)).statusCode).toBe(303)
  const rij = '/inrichten/segmenten/rij/weg'
  const send = await openFormulier(app, `${rij}/wijzig`, manager)
  const { body } = await app.inject({ url: rij, headers: manager.headers })
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  expect((await postFormulier(app, `${rij}/verwijder`, rij, { versie }, manager)).statusCode).toBe(303)
  const laat = await send(`${rij}/wijzig`, { ...segment, omschrijving: 'Wat ik schreef', versie })
  expect([laat.statusCode, laat.body.includes('Wat ik schreef')]).toEqual([404, true])
})

test('a page that asks is no page that refuses, and says so in its title too', async () => {
  const rij = '/inrichten/segmenten/rij/J-VER'
  const send = await openFormulier(app, `${rij}/wijzig`, manager)
  const { body } = await app.inject({ url: `${rij}/wijzig`, headers: manager.headers })
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  const velden = { wet: 'jw', omschrijving: 'x', bron: 'x', ouder: 'J-AMB', volgorde: '2', versie }
  const vraag = (await send(`${rij}/wijzig`, { ...velden, naam: 'Verblijf' })).body
  expect(vraag).toContain('Kijk eerst wat dit raakt')
  expect(vraag).not.toContain('<title>Fout: ')
  expect((await send(`${rij}/wijzig`, { ...velden, naam: '' })).body).toContain('<title>Fout: ')
})
