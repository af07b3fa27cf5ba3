import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  formVersie,
  readAlle,
  readId,
  readVelden,
  readVersie,
  readVraag,
} from '../../../platform/http/vraag.ts'
import { invalid, isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import { mayWrite } from '../bereik/rules.ts'
import { loadDoelen, restoreDoel, saveDoel, stopDoel } from './actions.ts'
import { Doelformulier } from './formulier.tsx'
import { type Invoer, toInvoer } from './invoer.ts'
import { showDoel } from './pages.tsx'
import type { Doelrij } from './store.ts'

/** Adding, changing, moving, ending and restoring a goal. */
export function registerDoelenBewerken(app: App): void {
  const config = { recht: 'beleid.schrijven' } as const
  const schema = { hide: true }

  app.get('/doelen/nieuw', { config, schema }, (request, reply) =>
    showForm(request, reply, { id: null, invoer: null }),
  )
  app.post('/doelen/nieuw', { config, schema }, (request, reply) => save(request, reply, null))

  app.get('/doelen/:id/wijzig', { config, schema }, (request, reply) =>
    showForm(request, reply, { id: readId(request, 'Doel'), invoer: null }),
  )
  app.post('/doelen/:id/wijzig', { config, schema }, (request, reply) =>
    save(request, reply, readId(request, 'Doel')),
  )

  app.post('/doelen/:id/beeindig', { config, schema }, (request, reply) => {
    const reden = readVelden(request).reden ?? ''
    return setEinde(request, reply, reden, 'beeindigd', doel => stopDoel(request.ctx, doel, reden))
  })
  app.post('/doelen/:id/herstel', { config, schema }, (request, reply) =>
    setEinde(request, reply, '', 'hersteld', doel => restoreDoel(request.ctx, doel)),
  )
}

async function setEinde(
  request: FastifyRequest,
  reply: FastifyReply,
  reden: string,
  melding: string,
  actie: (doel: { id: number; versie: number }) => Promise<void>,
) {
  const id = readId(request, 'Doel')
  try {
    await actie({ id, versie: readVersie(request) })
    return reply.redirect(`/doelen/${id}?melding=${melding}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showDoel(request, reply, { reden, problem })
  }
}

async function save(request: FastifyRequest, reply: FastifyReply, id: number | null) {
  const velden = readVelden(request)
  const veld = (naam: string) => velden[naam] ?? ''
  const invoer: Invoer = {
    gemeente: veld('gemeente'),
    boom: veld('boom'),
    ouder: veld('ouder'),
    soort: veld('soort'),
    tekst: veld('tekst'),
    toelichting: veld('toelichting'),
    bron: veld('bron'),
    volgorde: veld('volgorde'),
    indicator: veld('indicator'),
    over: veld('over'),
    richting: veld('richting'),
    streefwaarde: veld('streefwaarde'),
    streefOp: veld('streefOp'),
    ontbreekt: veld('ontbreekt'),
    koppelingen: readAlle(request.body, 'koppelingen'),
  }
  const doel = id === null ? null : { id, versie: readVersie(request) }
  try {
    const nieuw = await saveDoel(request.ctx, doel, invoer)
    return reply.redirect(`/doelen/${nieuw}?melding=opgeslagen`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showForm(request, reply, { id, invoer, problem })
  }
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  stand: { id: number | null; invoer: Invoer | null; problem?: Problem },
) {
  const { id, invoer, problem } = stand
  const { bereik, doelen, koppelingen } = await loadDoelen(request.ctx)
  const doel = id === null ? null : doelen.find(d => d.doelId === id)
  if (doel === undefined || (doel !== null && !mayWrite(bereik, doel.gemeente))) throw notFound('Doel')
  const ouder = findOuder(doelen, doel, invoer?.ouder ?? readVraag(request).ouder)
  if (ouder && !mayWrite(bereik, ouder.gemeente))
    throw invalid('Hier kunt u niets toevoegen', [
      { pad: 'ouder', melding: 'Dit doel is van de regio. U kunt het overnemen in een eigen doel.' },
    ])
  const gekoppeld = koppelingen.filter(k => k.doelId === id).map(k => k.regionaalId)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: doel !== null ? 'Doel wijzigen' : ouder ? 'Doel toevoegen' : 'Boom beginnen',
      inleiding:
        doel?.tekst ?? (ouder ? `Onder: ${ouder.tekst}` : 'Een boom begint met een visie of een doel.'),
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Doelen', href: '/doelen' },
        ...(doel === null ? [] : [{ naam: doel.tekst, href: `/doelen/${doel.doelId}` }]),
      ],
      children: (
        <Doelformulier
          csrf={csrf}
          actie={doel === null ? '/doelen/nieuw' : `/doelen/${doel.doelId}/wijzig`}
          invoer={invoer ?? (doel === null ? startInvoer(doelen, ouder) : toInvoer(doel, gekoppeld))}
          versie={formVersie(request, doel, problem)}
          bereik={bereik}
          doelen={doelen}
          doel={doel}
          ouder={ouder}
          gekoppeld={gekoppeld}
          {...(problem === undefined ? {} : { problem })}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}

/** Where a new goal hangs; for one that is changed, where it hangs now. */
function findOuder(
  doelen: readonly Doelrij[],
  doel: Doelrij | null,
  gevraagd: string | undefined,
): Doelrij | null {
  const id = doel === null ? gevraagd : String(doel.ouderId)
  return doelen.find(d => String(d.doelId) === id) ?? null
}

const VOLGENDE = { visie: 'doel', doel: 'resultaat', resultaat: 'indicator' } as const

function startInvoer(doelen: readonly Doelrij[], ouder: Doelrij | null): Invoer {
  const broers = doelen.filter(d => d.ouderId === (ouder?.doelId ?? null))
  const soort = ouder === null ? 'visie' : (VOLGENDE[ouder.soort as keyof typeof VOLGENDE] ?? 'indicator')
  return {
    gemeente: ouder === null ? '' : (ouder.gemeente ?? 'regio'),
    boom: ouder?.boom ?? '',
    ouder: ouder === null ? '' : String(ouder.doelId),
    soort,
    tekst: '',
    toelichting: '',
    bron: '',
    volgorde: String(ouder === null ? 1 : Math.max(0, ...broers.map(d => d.volgorde)) + 1),
    indicator: '',
    over: 'alles',
    richting: '',
    streefwaarde: '',
    streefOp: '',
    ontbreekt: '',
    koppelingen: [],
  }
}
