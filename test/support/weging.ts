import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { loadGegevenslijst } from '../../src/domains/uitwisseling/gegevens/actions.ts'
import { makeCtx, systeem } from '../../src/platform/http/ctx.ts'
import { type Inlog, testApp } from './app.ts'
import { WEGWIJZER } from './beleid.ts'
import { testDatabase } from './database.ts'
import { postFormulier } from './formulier.ts'
import { GEMEENTEN, laadTestregio, testOmgeving } from './regio.ts'

/** What a lawful weighing is filled in with: its head, one flow, and whether a DPIA is needed. */
export const HOOFD = {
  activiteit: 'Warme overdracht',
  doel: 'overgang-18',
  doelTekst: 'Geen gat in de hulp',
  betrokkenen: 'Jongeren van 17',
  gemeente: '',
  dossier: '',
  anoniem: 'Kan niet',
  minst: 'Alleen soort en periode',
  zelf: 'Als eerste',
  beveiliging: 'In het eigen systeem',
  doorgifte: '',
  geldigVanaf: '01-03-2026',
  geldigTot: '31-12-2027',
}
export const STROOM = {
  vanDomein: 'jeugd',
  vanRol: 'Consulent jeugd',
  naarRol: 'consulent',
  naarOrganisatie: 'Team Wmo',
  grond: 'jw-7-4-0',
  grondToelichting: 'Afronden van jeugdhulp; AVG art. 9 lid 2 onder h',
  'waarom-naam-adres': 'Om uit te nodigen',
  'waarom-soort-hulp': 'Om aan te sluiten',
  bewaarMaanden: '12',
  bewaargrond: 'Tot de aanvraag is beoordeeld',
}
export const DPIA = {
  'dpia-beoordelen': 'nee',
  'dpia-automatisch': 'nee',
  'dpia-volgen': 'nee',
  'dpia-gevoelig': 'ja',
  'dpia-groot': 'nee',
  'dpia-koppelen': 'nee',
  'dpia-kwetsbaar': 'ja',
  'dpia-nieuw': 'nee',
  'dpia-toegang': 'nee',
  dpiaVerwijzing: 'Zaak 12',
}

export type Velden = Record<string, string | readonly string[]>

/** A region with the list of gegevens, three people, and the steps that a weighing takes. */
export async function testRegister() {
  const db = await testDatabase()
  const omgeving = testOmgeving(db)
  const { app, login } = await testApp(db, omgeving)
  const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
  await laadTestregio(omgeving)
  await loadGegevenslijst(ctx, readFileSync(WEGWIJZER.replace('wegwijzer', 'gegevens'), 'utf8'))
  const beleid = await login('beleidsadviseur')
  const privacy = await login('privacy-officer')
  const bestuur = await login('bestuur')

  const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
  const rij = async (id: number) =>
    (await db.owner.query('select * from uitwisseling.weging where weging_id = $1', [id])).rows[0]

  async function maak(anders: Velden = {}): Promise<number> {
    const pad = '/uitwisselingen/nieuw'
    const antwoord = await postFormulier(app, pad, pad, { ...HOOFD, ...anders }, beleid)
    expect(antwoord.statusCode).toBe(303)
    return Number(/\/uitwisselingen\/(\d+)/.exec(String(antwoord.headers.location))?.[1])
  }

  /** Posts a form of a weighing at the version it now has, of the flow that now stands where the path says. */
  async function post(id: number, deel: string, velden: Velden, wie: Inlog, van = deel) {
    const { versie, inhoud } = await rij(id)
    const stroom = inhoud.stromen[Number(/^stromen\/(\d+)$/.exec(deel)?.[1]) - 1]
    const pad = `/uitwisselingen/${id}`
    return postFormulier(
      app,
      `${pad}/${deel}`,
      van === '' ? pad : `${pad}/${van}`,
      { versie: String(versie), ...(stroom === undefined ? {} : { sleutel: stroom.sleutel }), ...velden },
      wie,
    )
  }

  async function maakAf(anders: Velden = {}, stroom: Velden = {}): Promise<number> {
    const id = await maak(anders)
    expect((await post(id, 'stromen/nieuw', { ...STROOM, ...stroom }, beleid)).statusCode).toBe(303)
    expect((await post(id, 'dpia', DPIA, beleid)).statusCode).toBe(303)
    return id
  }

  async function legVoor(id: number): Promise<void> {
    expect((await post(id, 'voorleggen', {}, beleid, '')).statusCode).toBe(303)
  }

  async function adviseer(id: number, advies = 'positief'): Promise<void> {
    expect((await post(id, 'advies', { advies, tekst: 'Zo kan het' }, privacy)).statusCode).toBe(303)
  }

  const vraag = (query: string, wie: Inlog) =>
    app.inject({
      url: `/api/v1/uitwisselingen/vraag?${query}`,
      headers: { ...wie.headers, accept: 'application/json' },
    })
  return {
    db,
    omgeving,
    app,
    ctx,
    login,
    beleid,
    privacy,
    bestuur,
    get,
    rij,
    maak,
    post,
    maakAf,
    legVoor,
    adviseer,
    vraag,
  }
}

/** What the first flow answers. */
export const VRAAG = 'rol=consulent&gegeven=soort-hulp&doel=overgang-18'
