import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  formVersie,
  numberOrNull,
  readAlle,
  readId,
  readVelden,
  readVersie,
} from '../../../platform/http/vraag.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  Formulier,
  Knop,
  KnopLink,
  Knoppen,
  LegeStaat,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { endOrRestore, getDossierkop, readVoorjaar, saveScenario } from './actions.ts'
import { Scenarioformulier, watErNuStaat } from './formulier.tsx'
import { scenarioVelden } from './invoer.ts'
import { kruimels, scenarioPad } from './oordeel.tsx'
import { findDossiermethode, findScenario, listKeuzes } from './store.ts'

const schema = { hide: true }
const LIJST = '/beleid/dossiers/:id/scenarios'
const EEN = `${LIJST}/:scenario`

/** Adding, changing, ending and restoring a scenario. */
export function registerScenarioBewerken(app: App): void {
  const config = { recht: 'beleid.schrijven' } as const
  app.get(`${LIJST}/nieuw`, { config, schema }, (request, reply) => showForm(request, reply, null))
  app.post(`${LIJST}/nieuw`, { config, schema }, (request, reply) => save(request, reply, null))
  app.get(`${EEN}/wijzigen`, { config, schema }, (request, reply) =>
    showForm(request, reply, readScenarioId(request)),
  )
  app.post(`${EEN}/wijzigen`, { config, schema }, (request, reply) =>
    save(request, reply, readScenarioId(request)),
  )
  app.get(`${EEN}/beeindigen`, { config, schema }, (request, reply) => showEinde(request, reply))
  app.post(`${EEN}/beeindigen`, { config, schema }, (request, reply) => zet(request, reply, 'beeindig'))
  app.post(`${EEN}/herstellen`, { config, schema }, (request, reply) => zet(request, reply, 'herstel'))
}

/** The id in …/scenarios/:scenario; throws 404 for what can be no id. */
export function readScenarioId(request: FastifyRequest): number {
  const { scenario } = request.params as { scenario?: string }
  const id = numberOrNull(scenario)
  if (id === null) throw notFound('Scenario')
  return id
}

async function save(request: FastifyRequest, reply: FastifyReply, scenarioId: number | null) {
  const dossierId = readId(request, 'Dossier')
  const doel = scenarioId === null ? null : { scenarioId, versie: readVersie(request) }
  try {
    const gekozen = readAlle(request.body, 'segmenten')
    const id = await saveScenario(request.ctx, dossierId, doel, readVelden(request), gekozen)
    const pad = scenarioPad({ dossierId, scenarioId: id })
    return reply.redirect(`${pad}?gedaan=${doel === null ? 'maak' : 'wijzig'}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showForm(request, reply, scenarioId, problem)
  }
}

async function loadForm(request: FastifyRequest, scenarioId: number | null) {
  const { ctx } = request
  const dossierId = readId(request, 'Dossier')
  return ctx.read(async db => {
    const dossier = await getDossierkop(db, dossierId)
    const scenario = scenarioId === null ? undefined : await findScenario(db, dossierId, scenarioId)
    if (scenarioId !== null && scenario === undefined) throw notFound('Scenario')
    const beginjaar = scenario?.beginjaar ?? +ctx.vandaag.slice(0, 4)
    const segmenten = scenario?.segmenten ?? dossier.segmenten
    const gemeente = scenario === undefined ? dossier.gemeente : scenario.cijfergemeente
    const bedrag = await readVoorjaar(ctx, db, { segmenten, gemeente, beginjaar })
    return {
      dossier,
      scenario,
      beginjaar,
      segmenten,
      keuzes: await listKeuzes(db),
      methode: scenario?.methode ?? (await findDossiermethode(db, dossierId))?.inhoud,
      voorjaar: bedrag === null || segmenten.length === 0 ? null : { jaar: beginjaar - 1, bedrag },
    }
  })
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  scenarioId: number | null,
  problem?: Problem,
) {
  const { dossier, scenario, beginjaar, segmenten, keuzes, methode, voorjaar } = await loadForm(
    request,
    scenarioId,
  )
  const lijst = `/beleid/dossiers/${dossier.dossierId}/scenarios`
  const terug = scenario === undefined ? lijst : scenarioPad(scenario)
  if (scenario?.beeindigdOp && problem === undefined) return reply.redirect(terug, 303)
  const leeg = { beginjaar: String(beginjaar), gemeente: dossier.gemeente ?? '' }
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: scenario === undefined ? 'Nieuw scenario' : 'Scenario wijzigen',
      inleiding: scenario?.naam ?? 'Wat kost deze groep de komende jaren?',
      kruimels: [...kruimels(dossier), { naam: 'Scenario’s', href: lijst }],
      children:
        methode === undefined ? (
          <LegeStaat kop="Er is nog geen methode geladen">
            De kostenpatronen staan in de methode van de Wegwijzer. Laad die eerst.
          </LegeStaat>
        ) : (
          <Scenarioformulier
            csrf={csrf}
            actie={scenario === undefined ? `${lijst}/nieuw` : `${terug}/wijzigen`}
            velden={problem ? readVelden(request) : scenario === undefined ? leeg : scenarioVelden(scenario)}
            gekozen={problem ? readAlle(request.body, 'segmenten') : segmenten.map(String)}
            versie={formVersie(request, scenario, problem)}
            methode={methode}
            keuzes={keuzes}
            voorjaar={voorjaar}
            terug={terug}
            problem={problem}
          />
        ),
    }),
    problem?.status ?? 200,
  )
}

async function zet(request: FastifyRequest, reply: FastifyReply, stap: 'beeindig' | 'herstel') {
  const dossierId = readId(request, 'Dossier')
  const scenarioId = readScenarioId(request)
  const { reden = '' } = readVelden(request)
  try {
    await endOrRestore(request.ctx, dossierId, scenarioId, readVersie(request), stap, reden)
    return reply.redirect(`${scenarioPad({ dossierId, scenarioId })}?gedaan=${stap}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem) || stap === 'herstel') throw problem
    return showEinde(request, reply, problem)
  }
}

async function showEinde(request: FastifyRequest, reply: FastifyReply, problem?: Problem) {
  const { dossier, scenario } = await loadForm(request, readScenarioId(request))
  if (scenario === undefined) throw notFound('Scenario')
  const terug = scenarioPad(scenario)
  if (scenario.beeindigdOp !== null && problem === undefined) return reply.redirect(terug, 303)
  const fouten = problem?.fouten ?? []
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Scenario beëindigen',
      inleiding: scenario.naam,
      kruimels: [...kruimels(dossier), { naam: scenario.naam, href: terug }],
      children: (
        <>
          <Botsingmelding problem={problem} toon={watErNuStaat} />
          <Alinea>Een beëindigd scenario geeft geen alarm meer. Het blijft te lezen en kan terug.</Alinea>
          <Formulier actie={`${terug}/beeindigen`} csrf={csrf} fouten={fouten}>
            <input type="hidden" name="versie" value={formVersie(request, scenario, problem)} />
            <Tekstveld
              naam="reden"
              label="Waarom stopt dit scenario?"
              waarde={readVelden(request).reden ?? ''}
              regels={3}
              maxlengte={2000}
              fouten={fouten}
            />
            <Knoppen>
              <Knop>Beëindig</Knop>
              <KnopLink href={terug}>Terug</KnopLink>
            </Knoppen>
          </Formulier>
        </>
      ),
    }),
    problem?.status ?? 200,
  )
}
