import type { FastifyRequest } from 'fastify'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import type { Verzonden } from '../../../platform/http/formulierpost.ts'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readId } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { notFound } from '../../../platform/problem.ts'
import { Lijst } from '../../../platform/ui/index.ts'
import { describe, type Invoer } from '../../../platform/velden/formulier.ts'
import { headGroepen } from '../../../platform/velden/invulformulier.tsx'
import { getDossier } from '../../dossiers/index.ts'
import {
  addScenario,
  changeScenario,
  endScenario,
  getDossiermethode,
  getLopend,
  readVoorjaar,
  type Scenariodoel,
} from './actions.ts'
import { kruimels } from './oordeel.tsx'
import { formatPromille, scenarioPad, verloopTekst } from './rules.ts'
import { listKeuzes, type Scenario, type Scenariostap } from './store.ts'
import { EINDE, explainVelden, keuzesVan, ONDERDELEN, SCENARIO, toGegevens } from './velden.ts'

const LIJST = '/beleid/dossiers/:id/scenarios'
const EEN = `${LIJST}/:scenario`

/** Adding, changing and ending a scenario. */
export function registerScenarioBewerken(app: App): void {
  const recht = 'beleid.schrijven'
  formPagina(
    app,
    `${LIJST}/nieuw`,
    { recht, velden: SCENARIO, groepen: ONDERDELEN },
    async request => ({
      ...(await request.ctx.read(db => loadBlad(request.ctx, db, readId(request, 'Dossier')))),
      titel: 'Nieuw scenario',
      inleiding: 'Wat kost deze groep de komende jaren?',
    }),
    async ({ request, invoer }) => {
      const dossierId = readId(request, 'Dossier')
      const scenarioId = await addScenario(request.ctx, dossierId, invoer)
      return `${scenarioPad({ dossierId, scenarioId })}?melding=maak`
    },
  )
  formPagina(
    app,
    `${EEN}/wijzigen`,
    { recht, velden: SCENARIO },
    async request => ({ ...(await loadLopend(request)), titel: 'Scenario wijzigen' }),
    backAfter('wijzig', changeScenario),
  )
  formPagina(
    app,
    `${EEN}/beeindigen`,
    { recht, velden: EINDE },
    async request => {
      const { inleiding, kruimels, terug, keuzes, nu } = await loadLopend(request)
      return {
        ...{ titel: 'Scenario beëindigen', inleiding, kruimels, terug, knop: 'Beëindig' },
        nu: { versie: nu.versie },
        toon: ander => describe(SCENARIO, ander, keuzes),
      }
    },
    backAfter('beeindig', endScenario),
  )
}

/** The id in …/scenarios/:scenario; throws 404 for what can be no id. */
export function readScenarioId(request: FastifyRequest): number {
  const id = numberOrNull((request.params as { scenario?: string }).scenario)
  if (id === null) throw notFound('Scenario')
  return id
}

/** Does `action` on the scenario of the address, and goes back to its page, which says that it was done. */
export const backAfter =
  (stap: Scenariostap['stap'], action: (ctx: Ctx, doel: Scenariodoel, invoer: Invoer) => Promise<unknown>) =>
  async ({ request, invoer, versie }: Verzonden): Promise<string> => {
    const dossierId = readId(request, 'Dossier')
    const id = readScenarioId(request)
    await action(request.ctx, { dossierId, id, versie }, invoer)
    return `${scenarioPad({ dossierId, scenarioId: id })}?melding=${stap}`
  }

const loadLopend = async (request: FastifyRequest) =>
  request.ctx.read(async db => {
    const dossierId = readId(request, 'Dossier')
    const scenario = await getLopend(db, dossierId, readScenarioId(request))
    return {
      ...(await loadBlad(request.ctx, db, dossierId, scenario)),
      nu: toGegevens(scenario),
      inleiding: scenario.naam,
    }
  })

/** What stands around the form: of a new one, unless `scenario` is changed. */
async function loadBlad(ctx: Ctx, db: Db, dossierId: number, scenario?: Scenario) {
  const dossier = await getDossier(db, dossierId)
  const methode = scenario?.methode ?? (await getDossiermethode(db, dossierId)).inhoud
  const { segmenten, gemeente, beginjaar } = scenario ?? { ...dossier, beginjaar: +ctx.vandaag.slice(0, 4) }
  const besteed = await readVoorjaar(ctx, db, { segmenten, gemeente, beginjaar })
  const bekend = besteed !== null && segmenten.length > 0
  const lijst = `/beleid/dossiers/${dossierId}/scenarios`
  return {
    kruimels: [...kruimels(dossier), { naam: 'Scenario’s', href: lijst }],
    terug: scenario === undefined ? lijst : scenarioPad(scenario),
    nu: { segmenten: segmenten.map(String), gemeente, beginjaar },
    keuzes: keuzesVan(methode, await listKeuzes(db)),
    velden: explainVelden(methode, bekend ? ` In ${beginjaar - 1} was dat ${formatEuro(besteed)}.` : ''),
    koppen: {
      ...headGroepen(ONDERDELEN),
      verloop: (
        <Lijst
          items={methode.patronen.map(p => (
            <>
              <b>{p.naam}</b>: {verloopTekst(p.verloop)}, marge {formatPromille(p.marge)}%. {p.uitleg}
            </>
          ))}
        />
      ),
    },
  }
}
