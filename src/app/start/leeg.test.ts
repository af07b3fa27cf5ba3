import { expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import {
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

it('zonder gemeenten zegt een formulier voor beleid van de regio wat eerst moet, en blijft staan wat is getypt', async () => {
  const leeg = await testDatabase()
  const { app, login } = await testApp(leeg, testOmgeving(leeg))
  const adviseur = await login('beleidsadviseur')
  const pagina = await app.inject({ url: '/beleid/dossiers/nieuw', headers: adviseur.headers })
  expect(pagina.body).toContain('De regio')
  const { statusCode, body } = await postFormulier(
    app,
    '/beleid/dossiers/nieuw',
    '/beleid/dossiers/nieuw',
    {
      naam: 'Langer thuis',
      gemeente: 'regio',
      wetten: 'wmo',
      thema: 'Meedoen',
      toelichting: '',
      versie: '0',
      eigenaar: String(adviseur.gebruikerId),
      looptAf: '31-12-2027',
    },
    adviseur,
  )
  expect(statusCode).toBe(400)
  expect(body).toContain('Laat een beheerder eerst de gemeenten van de regio invoeren')
  expect(body).toContain('value="Langer thuis"')
})

it('op een lege database leidt de startpagina naar wat nog in te richten is, wie het ook doet', async () => {
  const { headers } = await login('beheerder')
  const manager = await login('contractmanager')
  const start = async (wie = headers) => (await app.inject({ url: '/', headers: wie })).body
  const zijn = await start(manager.headers)
  expect(zijn).toContain(
    'Nog in te richten: gemeenten, segmenten, producten, aanbieders, contracten, tarieven en plafonds.',
  )
  expect(zijn).toContain('Producten, om toewijzingen te kunnen ontvangen')
  expect(zijn).toMatch(/<a[^>]* href="\/inrichten"[^>]*>Ga naar Inrichten/)
  const leeg = await start()
  expect(leeg).toContain(
    'Nog in te richten: gemeenten, segmenten, producten, aanbieders, contracten, tarieven en plafonds.',
  )
  expect(leeg).toContain('De regio is nog niet ingericht')
  expect(leeg).toContain('Gemeenten, om gebruikers te laten zien waarvoor zij werken')
  expect(leeg).toMatch(/<a[^>]* href="\/inrichten"[^>]*>Ga naar Inrichten/)
  const nieuw = async () => (await app.inject({ url: '/beheer/gebruikers/nieuw', headers })).body
  expect(await nieuw()).toContain('Er staan nog geen gemeenten in de regio')
  await laadTestregio(omgeving)
  expect(await nieuw()).not.toContain('Er staan nog geen gemeenten')
  expect(await start()).not.toContain('Nog in te richten: gemeenten')
  expect(await start(manager.headers)).not.toContain('Producten, om')
})

it('a back office without toewijzingen is led to what takes them over, until there is one', async () => {
  const leeg = await testDatabase()
  const omgeving = testOmgeving(leeg)
  const { app, login } = await testApp(leeg, omgeving)
  await laadTestregio(omgeving)
  const start = async (headers: Inlog['headers']) => (await app.inject({ url: '/', headers })).body
  const LINK = /href="\/toewijzingen\/overnemen"/
  const { headers } = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  const inhoud = (body: string) => body.slice(body.indexOf('<main'))
  expect(inhoud(await start(headers))).toMatch(LINK)
  // Who may not bring them in is not sent there.
  const toezicht = await login('toezichthouder', { gemeenten: [GEMEENTE_A] })
  expect(inhoud(await start(toezicht.headers))).not.toMatch(LINK)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'LEEG', nummer: 1 }))
  expect(inhoud(await start(headers))).not.toMatch(LINK)
})
