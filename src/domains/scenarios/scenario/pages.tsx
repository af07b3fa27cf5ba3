import type { FastifyRequest } from 'fastify'
import { formatMaand } from '../../../platform/dates.ts'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { oneOf, readId } from '../../../platform/http/vraag.ts'
import { inSentence } from '../../../platform/tekst.ts'
import { Actie, Downloadlinks, KnopLink, Knoppen } from '../../../platform/ui/index.ts'
import { getDossierkop, loadScenario, loadScenarios, type Vergeleken } from './actions.ts'
import { readScenarioId, registerScenarioBewerken } from './forms.tsx'
import { kruimels, Scenariodeel, scenarioPad } from './oordeel.tsx'
import { monthsOf } from './rules.ts'
import { GEDAAN, Scenarioblad } from './scenarioblad.tsx'
import { listScenariostappen } from './store.ts'

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
      dossier: await getDossierkop(db, dossierId),
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
      await getDossierkop(db, dossierId)
      return (await loadScenarios(ctx, db, dossierId)).flatMap(maandrijen)
    })
    return sendExport(reply, `scenarios-${dossierId}`, EXPORT, rijen)
  })

  app.get(EEN, { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { dossier, v, stappen } = await load(request)
    const pad = scenarioPad(v.scenario)
    const gedaan = oneOf(readGedaan(request).gedaan, ['maak', 'wijzig', 'beeindig', 'herstel'])
    const mag = ctx.wie.rechten.has('beleid.schrijven')
    return sendPagina(request, reply, csrf => ({
      titel: v.scenario.naam,
      inleiding: `Scenario voor ${inSentence(v.scenario.groep)}, vanaf ${v.scenario.beginjaar}.`,
      kruimels: [
        ...kruimels(dossier),
        { naam: 'Scenario’s', href: `/beleid/dossiers/${dossier.dossierId}/scenarios` },
      ],
      ...(gedaan === null ? {} : { melding: { soort: 'succes', tekst: GEDAAN[gedaan] } }),
      acties: !mag ? null : v.scenario.beeindigdOp === null ? (
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
      children: <Scenarioblad v={v} stappen={stappen} />,
    }))
  })

  app.get(`${EEN}/export`, { config, schema }, async (request, reply) => {
    const { v } = await load(request)
    return sendExport(reply, `scenario-${v.scenario.scenarioId}`, EXPORT, maandrijen(v))
  })

  registerScenarioBewerken(app)
}

async function load(request: FastifyRequest) {
  const { ctx } = request
  const dossierId = readId(request, 'Dossier')
  const scenarioId = readScenarioId(request)
  return ctx.read(async db => ({
    dossier: await getDossierkop(db, dossierId),
    v: await loadScenario(ctx, db, dossierId, scenarioId),
    stappen: await listScenariostappen(db, scenarioId),
  }))
}

interface Maandrij {
  scenario: string
  maand: string
  verwacht: number
  onder: number
  boven: number
  werkelijk: number | null
  /** Null for who sees no figures. */
  compleet: boolean | null
  opgeteldVerwacht: number
  opgeteldWerkelijk: number | null
}

function maandrijen(v: Vergeleken): Maandrij[] {
  const echt = new Map(v.werkelijk.map(m => [m.maand, m]))
  return monthsOf(v.verwachting).map((maand, i) => ({
    scenario: v.scenario.naam,
    maand: formatMaand(maand.maand),
    verwacht: maand.verwacht,
    onder: maand.onder,
    boven: maand.boven,
    werkelijk: echt.get(maand.maand)?.compleet === true ? (echt.get(maand.maand)?.bedrag ?? null) : null,
    compleet: v.magCijfers ? echt.get(maand.maand)?.compleet === true : null,
    opgeteldVerwacht: v.standen[i]?.verwacht ?? 0,
    opgeteldWerkelijk: v.standen[i]?.werkelijk ?? null,
  }))
}

const EXPORT: readonly Exportkolom<Maandrij>[] = [
  { kop: 'Scenario', waarde: r => r.scenario },
  { kop: 'Maand', waarde: r => r.maand },
  { kop: 'Verwacht', soort: 'bedrag', waarde: r => r.verwacht },
  { kop: 'Onderkant marge', soort: 'bedrag', waarde: r => r.onder },
  { kop: 'Bovenkant marge', soort: 'bedrag', waarde: r => r.boven },
  { kop: 'Besteed', soort: 'bedrag', waarde: r => r.werkelijk },
  { kop: 'Compleet', waarde: r => (r.compleet === null ? null : r.compleet ? 'ja' : 'nee') },
  { kop: 'Verwacht opgeteld', soort: 'bedrag', waarde: r => r.opgeteldVerwacht },
  { kop: 'Besteed opgeteld', soort: 'bedrag', waarde: r => r.opgeteldWerkelijk },
]
