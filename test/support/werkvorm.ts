import type { Omgeving } from '../../src/platform/http/ctx.ts'
import type { App } from '../../src/platform/http/server.ts'
import { type Inlog, type Testapp, testApp } from './app.ts'
import {
  beantwoordWat,
  laadTweedeMethode,
  laadWegwijzer,
  maakAanbod,
  maakDoorloop,
  maakDossier,
} from './beleid.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { postFormulier } from './formulier.ts'
import { GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from './regio.ts'

export interface Opstelling {
  db: TestDatabase
  omgeving: Omgeving
  app: App
  login: Testapp['login']
  /** Two policy advisers of the region, one who only contributes, and one of municipality A. */
  adviseur: Inlog
  collega: Inlog
  meedenker: Inlog
  adviseurA: Inlog
  /** A run of the Wegwijzer for the region, with the WAT answered, and its two offers. */
  doorloop: number
  aanbod: [number, number]
  /** Of municipality B; with an empty inventory; with a method that is not that of 004; of the Jeugdwet. */
  vanB: number
  leeg: number
  ander: number
  anderAanbod: number
  jeugd: number
  get(url: string, wie?: Inlog): Antwoord
  /** Posts a form of the run to the page that it stands on. */
  post(pad: string, velden: Readonly<Record<string, string | readonly string[]>>, wie?: Inlog): Antwoord
}

type Antwoord = ReturnType<typeof postFormulier>

/** Everything that a test of a tool of a run needs. */
export async function werkvormOpstelling(): Promise<Opstelling> {
  const db = await testDatabase()
  const omgeving = testOmgeving(db)
  await laadTestregio(omgeving)
  const { app, login } = await testApp(db, omgeving)
  const adviseur = await login('beleidsadviseur')
  const [collega, meedenker] = [await login('beleidsadviseur'), await login('contractmanager')]
  const adviseurA = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
  const eigenaar = adviseur.gebruikerId
  const [methode, andere] = [await laadWegwijzer(omgeving), await laadTweedeMethode(omgeving)]
  const begin = async (naam: string, keuze: { gemeente?: string; wetten?: string[]; methode?: number }) => {
    const dossier = await maakDossier(db, eigenaar, { naam, ...keuze })
    return { dossier, doorloop: await maakDoorloop(db, dossier, keuze.methode ?? methode, eigenaar) }
  }
  const regio = await begin('Huishoudelijke ondersteuning', {})
  const aanbod: [number, number] = [
    await maakAanbod(db, regio.dossier, 'Hulp bij het huishouden'),
    await maakAanbod(db, regio.dossier, 'Sterk blijven', 'preventief'),
  ]
  await beantwoordWat(db, regio.doorloop)
  const b = await begin('Dossier van B', { gemeente: GEMEENTE_B })
  await maakAanbod(db, b.dossier)
  const leeg = await begin('Leeg dossier', {})
  const ander = await begin('Ander dossier', { methode: andere })
  const anderAanbod = await maakAanbod(db, ander.dossier, 'Ander aanbod')
  const jeugd = await begin('Jeugd', { wetten: ['jw'] })
  await maakAanbod(db, jeugd.dossier, 'Gezinsbegeleiding')
  return {
    ...{ db, omgeving, app, login, adviseur, collega, meedenker, adviseurA, aanbod, anderAanbod },
    doorloop: regio.doorloop,
    vanB: b.doorloop,
    leeg: leeg.doorloop,
    ander: ander.doorloop,
    jeugd: jeugd.doorloop,
    get: (url, wie = adviseur) => app.inject({ url, headers: wie.headers }),
    post: (pad, velden, wie = adviseur) => postFormulier(app, pad, pad, velden, wie),
  }
}

/** Puts a run in another state, past all rules. */
export async function zetStaat(db: TestDatabase, doorloop: number, staat: string): Promise<void> {
  await db.owner.query('update beleid.doorloop set staat = $2 where doorloop_id = $1', [doorloop, staat])
}
