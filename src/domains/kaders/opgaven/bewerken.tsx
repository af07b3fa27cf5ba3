import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readAlle, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { invalid, isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import { mayWrite } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { addVoortgang, loadCollegas, loadOpgave, saveActie, saveOpgave, stepOpgave } from './actions.ts'
import { type Geweigerd, showOpgave } from './blad.tsx'
import { Actieformulier, LEEG, LEGE_ACTIE, Opgaveformulier } from './formulier.tsx'
import { type Actieinvoer, type Invoer, toActieinvoer, toInvoer } from './invoer.ts'
import { STAPPEN, type Stapnaam } from './rules.ts'

/** Adding and changing an assignment, its state, its actions and its progress. */
export function registerOpgavenBewerken(app: App): void {
  const config = { recht: 'beleid.schrijven' } as const
  const bijdragen = { recht: 'beleid.bijdragen' } as const
  const schema = { hide: true }

  app.get('/opgaven/nieuw', { config, schema }, (request, reply) => showForm(request, reply, { id: null }))
  app.post('/opgaven/nieuw', { config, schema }, (request, reply) => save(request, reply, null))
  app.get('/opgaven/:id/wijzig', { config, schema }, (request, reply) =>
    showForm(request, reply, { id: readId(request, 'Opgave') }),
  )
  app.post('/opgaven/:id/wijzig', { config, schema }, (request, reply) =>
    save(request, reply, readId(request, 'Opgave')),
  )

  app.post('/opgaven/:id/stap', { config, schema }, (request, reply) =>
    orShow(request, reply, 'stap', async velden => {
      const stap = (Object.keys(STAPPEN) as Stapnaam[]).find(naam => naam === velden.stap)
      if (stap === undefined)
        throw invalid('De opgave is niet veranderd', [
          { pad: 'stap', melding: 'Kies wat er met de opgave gebeurt.' },
        ])
      const doel = { id: readId(request, 'Opgave'), versie: readVersie(request) }
      await stepOpgave(request.ctx, doel, stap, velden.reden ?? '')
    }),
  )
  app.post('/opgaven/:id/voortgang', { config: bijdragen, schema }, (request, reply) =>
    orShow(request, reply, 'voortgang', velden =>
      addVoortgang(request.ctx, readId(request, 'Opgave'), velden),
    ),
  )

  app.get('/opgaven/:id/acties/nieuw', { config: bijdragen, schema }, (request, reply) =>
    showActie(request, reply, { actie: null }),
  )
  app.post('/opgaven/:id/acties/nieuw', { config: bijdragen, schema }, (request, reply) =>
    postActie(request, reply, null),
  )
  app.get('/opgaven/:id/acties/:actie', { config: bijdragen, schema }, (request, reply) =>
    showActie(request, reply, { actie: readActieId(request) }),
  )
  app.post('/opgaven/:id/acties/:actie', { config: bijdragen, schema }, (request, reply) =>
    postActie(request, reply, readActieId(request)),
  )
}

/** Does what a form on the page asks; a refusal shows the same page with what was typed. */
async function orShow(
  request: FastifyRequest,
  reply: FastifyReply,
  deel: Geweigerd['deel'],
  actie: (velden: Geweigerd['velden']) => Promise<void>,
) {
  const velden = readVelden(request)
  try {
    await actie(velden)
    return reply.redirect(`/opgaven/${readId(request, 'Opgave')}?melding=${deel}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showOpgave(request, reply, { deel, velden, problem })
  }
}

async function save(request: FastifyRequest, reply: FastifyReply, id: number | null) {
  const velden = readVelden(request)
  const veld = (naam: string) => velden[naam] ?? ''
  const invoer: Invoer = {
    gemeente: veld('gemeente'),
    thema: veld('thema'),
    titel: veld('titel'),
    doelgroep: veld('doelgroep'),
    van: veld('van'),
    naar: veld('naar'),
    metInkoop: veld('metInkoop'),
    metAnders: veld('metAnders'),
    hefbomen: readAlle(request.body, 'hefbomen'),
    trekker: veld('trekker'),
    indicator: veld('indicator'),
    wet: veld('wet'),
    richting: veld('richting'),
    onderbouwing: veld('onderbouwing'),
    volgendeStap: veld('volgendeStap'),
    bron: veld('bron'),
    segmenten: readAlle(request.body, 'segmenten'),
  }
  const doel = id === null ? null : { id, versie: readVersie(request) }
  try {
    const opgave = await saveOpgave(request.ctx, doel, invoer)
    return reply.redirect(`/opgaven/${opgave}?melding=opgeslagen`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showForm(request, reply, { id, invoer, problem })
  }
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, invoer, problem }: { id: number | null; invoer?: Invoer; problem?: Problem },
) {
  const { bereik, opgave } =
    id === null
      ? { opgave: null, bereik: await request.ctx.read(readBereik) }
      : await loadOpgave(request.ctx, id)
  if (opgave !== null && !mayWrite(bereik, opgave.gemeente)) throw notFound('Opgave')
  const collegas = await loadCollegas(request.ctx, opgave?.gemeente ?? null, opgave?.trekker ?? null)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: opgave === null ? 'Opgave toevoegen' : 'Opgave wijzigen',
      inleiding: opgave?.titel ?? 'Eén verandering: voor wie, van wat naar wat, en waarmee.',
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Veranderopgaven', href: '/opgaven' },
        ...(opgave === null ? [] : [{ naam: opgave.titel, href: `/opgaven/${opgave.opgaveId}` }]),
      ],
      children: (
        <Opgaveformulier
          csrf={csrf}
          actie={opgave === null ? '/opgaven/nieuw' : `/opgaven/${opgave.opgaveId}/wijzig`}
          terug={opgave === null ? '/opgaven' : `/opgaven/${opgave.opgaveId}`}
          invoer={invoer ?? (opgave === null ? LEEG : toInvoer(opgave))}
          versie={formVersie(request, opgave, problem)}
          nieuw={opgave === null}
          bereik={bereik}
          collegas={collegas}
          {...(problem === undefined ? {} : { problem })}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}

async function postActie(request: FastifyRequest, reply: FastifyReply, actie: number | null) {
  const velden = readVelden(request)
  const invoer: Actieinvoer = {
    hefboom: velden.hefboom ?? '',
    tekst: velden.tekst ?? '',
    eigenaar: velden.eigenaar ?? '',
    klaarOp: velden.klaarOp ?? '',
    staat: velden.staat ?? '',
  }
  const opgave = readId(request, 'Opgave')
  const doel = actie === null ? null : { id: actie, versie: readVersie(request) }
  try {
    await saveActie(request.ctx, opgave, doel, invoer)
    return reply.redirect(`/opgaven/${opgave}?melding=actie`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showActie(request, reply, { actie, invoer, problem })
  }
}

async function showActie(
  request: FastifyRequest,
  reply: FastifyReply,
  { actie: id, invoer, problem }: { actie: number | null; invoer?: Actieinvoer; problem?: Problem },
) {
  const { opgave, acties } = await loadOpgave(request.ctx, readId(request, 'Opgave'))
  const actie = id === null ? null : acties.find(a => a.actieId === id)
  if (actie === undefined) throw notFound('Actie')
  const collegas = await loadCollegas(request.ctx, opgave.gemeente, actie?.eigenaar ?? null)
  const pad = `/opgaven/${opgave.opgaveId}`
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: actie === null ? 'Actie toevoegen' : 'Actie wijzigen',
      inleiding: `Bij de opgave: ${opgave.titel}`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Veranderopgaven', href: '/opgaven' },
        { naam: opgave.titel, href: pad },
      ],
      children: (
        <Actieformulier
          csrf={csrf}
          actie={`${pad}/acties/${actie === null ? 'nieuw' : actie.actieId}`}
          terug={pad}
          invoer={invoer ?? (actie === null ? LEGE_ACTIE : toActieinvoer(actie))}
          versie={formVersie(request, actie, problem)}
          collegas={collegas}
          {...(problem === undefined ? {} : { problem })}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}

function readActieId(request: FastifyRequest): number {
  const { actie = '' } = request.params as { actie?: string }
  if (!/^[1-9]\d{0,8}$/.test(actie)) throw notFound('Actie')
  return Number(actie)
}
