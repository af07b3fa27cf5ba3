import type { QueryResult } from 'pg'
import type { Omgeving } from '../../src/platform/http/ctx.ts'
import type { App } from '../../src/platform/http/server.ts'
import { type Inlog, type Testapp, testApp } from './app.ts'
import {
  beantwoord,
  laadWegwijzer,
  maakAanbod,
  maakDoorloop,
  maakDossier,
  voldoeVoorwaarden,
} from './beleid.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { postFormulier } from './formulier.ts'
import { laadTestregio, testOmgeving } from './regio.ts'

type Antwoord = ReturnType<typeof postFormulier>
type Velden = Readonly<Record<string, string | readonly string[]>>

export interface Testdoorloop {
  dossier: number
  doorloop: number
  pad: string
}

export interface Doorloopproef {
  db: TestDatabase
  omgeving: Omgeving
  app: App
  login: Testapp['login']
  /** A policy adviser of the region, who owns every dossier. */
  bea: Inlog
  methodeId: number
  get(url: string, wie: Inlog): Antwoord
  /** Sends a form that stands on page `van`; by Bea unless said. */
  post(url: string, van: string, velden: Velden, wie?: Inlog): Antwoord
  rijen(sql: string, ...params: unknown[]): Promise<QueryResult['rows']>
  /** A run in a dossier of its own, with one offer in the inventory unless `leeg`. */
  nieuweDoorloop(opties?: {
    gemeente?: string | null
    leeg?: boolean
    methode?: number
  }): Promise<Testdoorloop>
  /** A run of which every question is answered and every precondition met. */
  klareDoorloop(gemeente: string | null): Promise<Testdoorloop>
}

/** What tests of a run stand on: a region with the method of 004, and runs as many as asked. */
export async function doorloopproef(): Promise<Doorloopproef> {
  const db = await testDatabase()
  const omgeving = testOmgeving(db)
  const { app, login } = await testApp(db, omgeving)
  await laadTestregio(omgeving)
  const methodeId = await laadWegwijzer(omgeving)
  const bea = await login('beleidsadviseur')
  let teller = 0
  const nieuweDoorloop: Doorloopproef['nieuweDoorloop'] = async ({
    gemeente = null,
    leeg = false,
    methode = methodeId,
  } = {}) => {
    teller += 1
    const dossier = await maakDossier(db, bea.gebruikerId, { naam: `Dossier ${teller}`, gemeente })
    if (!leeg) await maakAanbod(db, dossier)
    const doorloop = await maakDoorloop(db, dossier, methode, bea.gebruikerId)
    return { dossier, doorloop, pad: `/beleid/doorlopen/${doorloop}` }
  }
  return {
    ...{ db, omgeving, app, login, bea, methodeId, nieuweDoorloop },
    get: (url, { headers }) => app.inject({ url, headers }),
    post: (url, van, velden, wie = bea) => postFormulier(app, url, van, velden, wie),
    rijen: async (sql, ...params) => (await db.owner.query(sql, params)).rows,
    klareDoorloop: async gemeente => {
      const nieuw = await nieuweDoorloop({ gemeente })
      for (const fase of ['wat', 'hoe'] as const) await beantwoord(db, nieuw.doorloop, fase)
      await voldoeVoorwaarden(db, nieuw.doorloop)
      return nieuw
    },
  }
}
