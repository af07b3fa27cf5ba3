import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, openSessie, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { judgeWaiting } from '../../domains/berichten/index.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { loadGemaakt } from './demonstratie.ts'
import { loadVoorvallen } from './voorvallen.ts'

/** The demonstration as it is after loading, with two months of messages. */
const OPTIES = { seed: 1, schaal: 0.1, jaren: 'origineel', peildatum: '2016-02-29' } as const
const OUD = { eersteDeclaratieDatum: '2016-01-01' }

const db = await testDatabase()
const omgeving = {
  database: db.database,
  kluis: db.kluis,
  klok: () => new Date('2026-03-01T12:00:00+01:00'),
}
const { app } = await testApp(db, omgeving)

const stand = async () =>
  (
    await db.owner.query(
      `select (select count(*) from berichten.bericht)::int as berichten, (select count(*) from declaraties.prestatie)::int as regels`,
    )
  ).rows[0]

beforeAll(async () => {
  await loadGemaakt(omgeving, OPTIES, () => undefined, { voorvallen: true })
}, 120_000)

/** A user of the demonstration, by first name. */
async function demoUser(naam: string): Promise<Inlog> {
  const { rows } = await db.owner.query(
    'select gebruiker_id as id from platform.gebruiker where demonstratie and naam like $1',
    [`${naam} %`],
  )
  const wie = {
    gebruikerId: rows[0].id,
    headers: { cookie: `samenhang=demo-${naam}-0123456789abcdef`, accept: 'text/html' },
  }
  await openSessie(db, wie)
  return wie
}
const get = async (url: string, wie: Inlog) => (await app.inject({ url, headers: wie.headers })).body

describe('what the demonstration shows beside its figures', () => {
  it('one line that is claimed twice, to be judged by its controller', async () => {
    const carla = await demoUser('Carla')
    const lijst = await get('/declaraties/samenloop', carla)
    expect(lijst).toContain('1 regel wacht op een oordeel')
    const pad = /href="(\/declaraties\/[^"]+\/oordeel)"/.exec(lijst)?.[1] ?? ''
    const formulier = await get(pad, carla)
    expect(formulier).toContain('bij een andere gemeente')
    const gezien = /name="gezien" value="(\w+)"/.exec(formulier)?.[1] ?? ''
    const velden = { oordeel: 'betalen', reden: 'Woont hier.', gezien }
    const antwoord = await postFormulier(app, pad, pad, velden, carla)
    expect(antwoord.statusCode).toBe(303)
  })

  it('one message that could not be judged, until it is tried again', async () => {
    const bo = await demoUser('Bo')
    expect(await get('/', bo)).toContain('1 bericht kan niet worden beoordeeld')
    const { rows } = await db.owner.query(
      `select gemeente, bericht_id as id, reden from berichten.bericht where staat = 'niet-te-beoordelen'`,
    )
    expect(rows).toEqual([expect.objectContaining({ reden: 'tijd' })])
    const { gemeente, id } = rows[0]
    const pad = `/berichten/${gemeente}/${id}`
    expect((await postFormulier(app, `${pad}/opnieuw`, pad, {}, bo)).statusCode).toBe(303)
    await judgeWaiting(makeCtx(omgeving, systeem('test', [gemeente])), gemeente, id)
    const na = await db.owner.query(
      'select staat, bevindingen from berichten.bericht where bericht_id = $1',
      [id],
    )
    expect(na.rows).toEqual([{ staat: 'verwerkt', bevindingen: 0 }])
  })

  it('four eyes: one beheerder asks, the other confirms, and who comes in can be tried as well', async () => {
    const ben = await demoUser('Ben')
    const vera = await demoUser('Vera')
    const lijst = '/beheer/gebruikers'
    expect(await get(`${lijst}/nieuw`, ben)).not.toContain('enige beheerder')
    const velden = {
      naam: 'Nina Nieuw',
      email: 'nina@voorbeeld.example',
      organisatie: 'Zuidoost-Utrecht',
      rol: 'raad',
      agb: '',
      actief: 'ja',
    }
    const gevraagd = await postFormulier(app, `${lijst}/nieuw`, `${lijst}/nieuw`, velden, ben)
    expect(gevraagd.headers.location).toBe(`${lijst}?opgeslagen=gevraagd`)
    const voorstel = /href="(\/beheer\/gebruikers\/voorstellen\/\d+)"/.exec(await get(lijst, vera))?.[1] ?? ''
    const bevestigd = await postFormulier(app, `${voorstel}/bevestigen`, voorstel, {}, vera)
    expect(bevestigd.headers.location).toBe(`${lijst}?opgeslagen=bevestigd`)
    const inloggen = await app.inject({ url: '/inloggen', headers: { accept: 'text/html' } })
    expect(inloggen.body).toContain('Nina Nieuw')
  })

  it('loads once, whoever asks twice', async () => {
    const eerst = await stand()
    await loadVoorvallen(omgeving, OUD)
    expect(await stand()).toEqual(eerst)
  })
})
