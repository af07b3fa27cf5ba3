import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatMaand } from '../../../platform/dates.ts'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { post } from '../../../platform/http/formulierpost.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import { inSentence } from '../../../platform/tekst.ts'
import { Actie, Botsingmelding, Downloadlinks, KnopLink, Knoppen } from '../../../platform/ui/index.ts'
import { describe, type Gegevens } from '../../../platform/velden/formulier.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { getDossier } from '../../dossiers/index.ts'
import { loadScenario, loadScenarios, restoreScenario, type Vergeleken } from './actions.ts'
import { backAfter, readScenarioId, registerScenarioBewerken } from './forms.tsx'
import { kruimels, Scenariodeel } from './oordeel.tsx'
import { monthsOf, scenarioPad } from './rules.ts'
import { GEDAAN, Scenarioblad } from './scenarioblad.tsx'
import { listScenariostappen } from './store.ts'
import { SCENARIO } from './velden.ts'

const schema = { hide: true }
const LIJST = '/beleid/dossiers/:id/scenarios'
const EEN = `${LIJST}/:scenario`

/** The scenarios of a dossier, and the page of one. */
export function registerScenarios(app: App): void {
  const config = { recht: 'beleid.lezen' } as const

  app.get(LIJST, { config, schema }, async (request, reply) => {
    const { ctx } = request
    const dossierId = readId(request, 'Dossier')
    const { dossier, scenarios } = await ctx.read(async db => ({
      dossier: await getDossier(db, dossierId),
      scenarios: await loadScenarios(ctx, db, dossierId),
    }))
    const pad = `/beleid/dossiers/${dossierId}/scenarios`
    return sendPagina(request, reply, {
      titel: 'Scenario’s',
      inleiding: `${dossier.naam}: wat kosten groepen inwoners de komende jaren, en komt dat uit?`,
      kruimels: kruimels(dossier),
      acties: ctx.wie.rechten.has('beleid.schrijven') ? (
        <KnopLink href={`${pad}/nieuw`} soort="hoofd">
          Nieuw scenario
        </KnopLink>
      ) : null,
      children: (
        <>
          <Scenariodeel scenarios={scenarios} />
          {scenarios.length === 0 ? null : (
            <Downloadlinks
              naam="scenario’s"
              csv={`${pad}/export?formaat=csv`}
              xlsx={`${pad}/export?formaat=xlsx`}
            />
          )}
        </>
      ),
    })
  })

  app.get(`${LIJST}/export`, { config, schema }, async (request, reply) => {
    const { ctx } = request
    const dossierId = readId(request, 'Dossier')
    const rijen = await ctx.read(async db => {
      await getDossier(db, dossierId)
      return (await loadScenarios(ctx, db, dossierId)).flatMap(maandrijen)
    })
    return sendExport(reply, `scenarios-${dossierId}`, EXPORT, rijen)
  })

  app.get(EEN, { config, schema }, (request, reply) => showScenario(request, reply))

  app.get(`${EEN}/export`, { config, schema }, async (request, reply) => {
    const { v } = await load(request)
    return sendExport(reply, `scenario-${v.scenario.scenarioId}`, EXPORT, maandrijen(v))
  })

  registerScenarioBewerken(app)
  post(
    app,
    `${EEN}/herstellen`,
    { recht: 'beleid.schrijven', naam: 'herstel' },
    backAfter('herstel', restoreScenario),
    showScenario,
  )
}

/** The page of one scenario; `geweigerd`: it was not restored, since a colleague did something with it. */
async function showScenario(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { dossier, v, stappen } = await load(request)
  const pad = scenarioPad(v.scenario)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: v.scenario.naam,
      inleiding: `Scenario voor ${inSentence(v.scenario.groep)}, vanaf ${v.scenario.beginjaar}.`,
      kruimels: [
        ...kruimels(dossier),
        { naam: 'Scenario’s', href: `/beleid/dossiers/${dossier.dossierId}/scenarios` },
      ],
      ...tellGedaan(request, GEDAAN),
      acties: !request.ctx.wie.rechten.has('beleid.schrijven') ? null : v.scenario.beeindigdOp === null ? (
        <Knoppen>
          <KnopLink href={`${pad}/wijzigen`} soort="hoofd">
            Wijzig
          </KnopLink>
          <KnopLink href={`${pad}/beeindigen`}>Beëindig</KnopLink>
        </Knoppen>
      ) : (
        <Actie
          actie={`${pad}/herstellen`}
          csrf={csrf}
          velden={{ versie: String(v.scenario.versie) }}
          soort="tweede"
        >
          Herstel
        </Actie>
      ),
      children: (
        <>
          <Botsingmelding
            problem={geweigerd?.problem}
            toon={(nu: Gegevens<typeof INLEIDING>) => describe(INLEIDING, nu)}
          />
          <Scenarioblad v={v} stappen={stappen} />
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/** What somebody left, in short: all of it stands on the page. */
const INLEIDING = { naam: SCENARIO.naam, aannames: SCENARIO.aannames }

async function load(request: FastifyRequest) {
  const { ctx } = request
  const dossierId = readId(request, 'Dossier')
  const scenarioId = readScenarioId(request)
  return ctx.read(async db => ({
    dossier: await getDossier(db, dossierId),
    v: await loadScenario(ctx, db, dossierId, scenarioId),
    stappen: await listScenariostappen(db, scenarioId),
  }))
}

/** A row for each month of a scenario; `compleet` is null for who sees no figures. */
const maandrijen = (v: Vergeleken) =>
  monthsOf(v.verwachting).map((maand, i) => {
    const echt = v.werkelijk.find(m => m.maand === maand.maand)
    const compleet = echt?.compleet === true
    return {
      ...maand,
      scenario: v.scenario.naam,
      werkelijk: compleet ? echt.bedrag : null,
      compleet: v.magCijfers ? compleet : null,
      opgeteld: v.standen[i],
    }
  })

const EXPORT: readonly Exportkolom<ReturnType<typeof maandrijen>[number]>[] = [
  { kop: 'Scenario', waarde: r => r.scenario },
  { kop: 'Maand', waarde: r => formatMaand(r.maand) },
  { kop: 'Verwacht', soort: 'bedrag', waarde: r => r.verwacht },
  { kop: 'Onderkant marge', soort: 'bedrag', waarde: r => r.onder },
  { kop: 'Bovenkant marge', soort: 'bedrag', waarde: r => r.boven },
  { kop: 'Besteed', soort: 'bedrag', waarde: r => r.werkelijk },
  { kop: 'Compleet', waarde: r => (r.compleet === null ? null : r.compleet ? 'ja' : 'nee') },
  { kop: 'Verwacht opgeteld', soort: 'bedrag', waarde: r => r.opgeteld?.verwacht ?? 0 },
  { kop: 'Besteed opgeteld', soort: 'bedrag', waarde: r => r.opgeteld?.werkelijk ?? null },
]
