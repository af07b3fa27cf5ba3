import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { ROLLEN } from '../../../platform/auth/rollen.ts'
import { addMonths } from '../../../platform/dates.ts'
import { MAX_LANG_FORMULIER } from '../../../platform/http/grenzen.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readId, readVelden, readVersie, readVraag } from '../../../platform/http/vraag.ts'
import { invalid, isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import { getLijst } from '../gegevens/actions.ts'
import type { Gegevenslijst } from '../gegevens/lijst.ts'
import { editWeging, getWeging, makeWeging } from '../register/actions.ts'
import type { Inhoud, Stroom } from '../register/rules.ts'
import { listKeuzes, type Weging } from '../register/store.ts'
import {
  Dpiaformulier,
  dpiaVelden,
  Hoofdformulier,
  hoofdVelden,
  Stroomformulier,
  stroomVelden,
} from './formulier.tsx'
import { type Gelezen, readDpia, readHoofd, readStroom, type Velden } from './invoer.ts'

const JAREN_GELDIG = 2

/** A weighing has its own fields, its flows and its DPIA questions; each is a form of its own. */
export function registerOpstellen(app: App): void {
  const config = { recht: 'uitwisseling.opstellen' } as const
  const schema = { hide: true }

  app.get('/uitwisselingen/nieuw', { config, schema }, (request, reply) => showNieuw(request, reply))
  app.post(
    '/uitwisselingen/nieuw',
    { config, schema, bodyLimit: MAX_LANG_FORMULIER },
    async (request, reply) => {
      const velden = readVelden(request)
      try {
        const { lijst, keuzes } = await loadLijst(request)
        const hoofd = goed(readHoofd(velden, { lijst: lijst.inhoud, ...bekend(keuzes) }))
        const id = await makeWeging(request.ctx, {
          ...hoofd,
          lijstId: lijst.lijstId,
          inhoud: { ...hoofd.inhoud, stromen: [], dpia: {}, dpiaVerwijzing: '' },
        })
        return reply.redirect(`/uitwisselingen/${id}?gedaan=maak`, 303)
      } catch (problem) {
        if (!isCorrectable(problem)) throw problem
        return showNieuw(request, reply, velden, problem)
      }
    },
  )

  edit(app, '/uitwisselingen/:id/wijzigen', 'Weging wijzigen', {
    velden: hoofdVelden,
    lees: (velden, w, keuzes) => {
      const { inhoud, ...hoofd } = goed(readHoofd(velden, { lijst: w.lijst, ...bekend(keuzes) }))
      return nu => ({ ...hoofd, inhoud: { ...nu.inhoud, ...inhoud } })
    },
    toon: (basis, keuzes) => <Hoofdformulier basis={basis} keuzes={keuzes} />,
  })

  edit(app, '/uitwisselingen/:id/dpia', 'Is een DPIA nodig?', {
    velden: dpiaVelden,
    lees: (velden, w) => {
      const dpia = goed(readDpia(velden, w.lijst))
      return nu => ({ inhoud: { ...nu.inhoud, ...dpia } })
    },
    toon: basis => <Dpiaformulier basis={basis} />,
  })

  edit(app, '/uitwisselingen/:id/stromen/nieuw', 'Stroom toevoegen', {
    velden: () => ({}),
    lees: (velden, w) => {
      const stroom = leesStroom(velden, w.lijst, newSleutel())
      return nu => ({ inhoud: metStromen(nu.inhoud, [...nu.inhoud.stromen, stroom]) })
    },
    toon: basis => <Stroomformulier basis={basis} />,
  })

  edit(app, '/uitwisselingen/:id/stromen/:nummer', 'Stroom wijzigen', {
    velden: (w, request) => stroomVelden(stroomUit(w, request)),
    lees: (velden, w) => {
      const sleutel = velden.sleutel ?? ''
      if (sleutel === '') throw notFound('Stroom')
      if (velden.weg === 'ja')
        return nu => ({
          inhoud: metStromen(
            nu.inhoud,
            nu.inhoud.stromen.filter(s => s.sleutel !== sleutel),
          ),
        })
      const stroom = leesStroom(velden, w.lijst, sleutel)
      return nu => ({ inhoud: metStromen(nu.inhoud, putStroom(nu.inhoud.stromen, stroom)) })
    },
    toon: basis => <Stroomformulier wegHalen basis={basis} />,
  })
}

type Keuzes = Awaited<ReturnType<typeof listKeuzes>>
type Basis = Parameters<typeof Dpiaformulier>[0]['basis']

interface Bewerking {
  /** What is kept, as fields. */
  velden: (w: Weging, request: FastifyRequest) => Velden
  /** Reads the form; answers the change. Throws 400 with every fault. */
  lees: (
    velden: Velden,
    w: Weging,
    keuzes: Keuzes,
    request: FastifyRequest,
  ) => (nu: Weging) => Parameters<typeof editWeging>[3] extends (weging: Weging) => infer R ? R : never
  toon: (basis: Basis, keuzes: Keuzes) => ReactNode
}

/** GET and POST of one form on a draft; what is no draft is shown, not edited. */
function edit(app: App, pad: string, titel: string, bewerking: Bewerking): void {
  const config = { recht: 'uitwisseling.opstellen' } as const
  const schema = { hide: true }
  const show = async (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => {
    const { w, keuzes } = await load(request)
    const terug = `/uitwisselingen/${w.wegingId}`
    if (w.staat !== 'concept' && problem === undefined) return reply.redirect(terug, 303)
    const getypt = readVelden(request)
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel,
        inleiding: w.activiteit,
        kruimels: [
          { naam: 'Gegevensuitwisseling', href: '/uitwisselingen' },
          { naam: w.activiteit, href: terug },
        ],
        children: bewerking.toon(
          {
            csrf,
            actie: request.url.split('?')[0] ?? '',
            velden: problem === undefined ? bewerking.velden(w, request) : getypt,
            versie: formVersie(request, w, problem),
            lijst: w.lijst,
            terug,
            problem,
          },
          keuzes,
        ),
      }),
      problem?.status ?? 200,
    )
  }
  app.get(pad, { config, schema }, (request, reply) => show(request, reply))
  app.post(pad, { config, schema, bodyLimit: MAX_LANG_FORMULIER }, async (request, reply) => {
    const velden = readVelden(request)
    try {
      const { w, keuzes } = await load(request)
      const anders = bewerking.lees(velden, w, keuzes, request)
      await editWeging(request.ctx, w.wegingId, readVersie(request), anders)
      return reply.redirect(`/uitwisselingen/${w.wegingId}?gedaan=wijzig`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return show(request, reply, problem)
    }
  })
}

async function load(request: FastifyRequest): Promise<{ w: Weging; keuzes: Keuzes }> {
  const id = readId(request, 'Weging')
  return request.ctx.read(async db => {
    const w = await getWeging(db, id)
    await demandRegionaal(db, w.gemeente)
    return { w, keuzes: await listKeuzes(db, w.dossierId) }
  })
}

async function loadLijst(request: FastifyRequest) {
  return request.ctx.read(async db => ({ lijst: await getLijst(db), keuzes: await listKeuzes(db) }))
}

const bekend = (keuzes: Keuzes) => ({
  regionaal: keuzes.regionaal,
  gemeenten: keuzes.gemeenten.map(g => g.waarde),
  dossiers: keuzes.dossiers.map(d => d.waarde),
})

function goed<T>(gelezen: Gelezen<T>): T {
  if ('fouten' in gelezen) throw invalid('De weging is niet opgeslagen', gelezen.fouten)
  return gelezen.goed
}

function leesStroom(velden: Velden, lijst: Gegevenslijst, sleutel: string): Stroom {
  return { sleutel, ...goed(readStroom(velden, lijst, ROLLEN)) }
}

/** Eight characters: a whole UUID can hold nine digits in a row that pass for a BSN, which the database refuses. */
const newSleutel = () => randomUUID().slice(0, 8)

/** Whoever took the flow out meanwhile does not take the words of who was still writing: then it comes back. */
function putStroom(stromen: readonly Stroom[], stroom: Stroom): Stroom[] {
  const plek = stromen.findIndex(s => s.sleutel === stroom.sleutel)
  return plek < 0 ? [...stromen, { ...stroom, sleutel: newSleutel() }] : stromen.with(plek, stroom)
}

const metStromen = (inhoud: Inhoud, stromen: readonly Stroom[]): Inhoud => ({ ...inhoud, stromen })

function plekVan(request: FastifyRequest): number {
  const { nummer = '' } = request.params as { nummer?: string }
  return /^[1-9]\d?$/.test(nummer) ? Number(nummer) - 1 : -1
}

function stroomUit(w: Weging, request: FastifyRequest): Stroom {
  const stroom = w.inhoud.stromen[plekVan(request)]
  if (stroom === undefined) throw notFound('Stroom')
  return stroom
}

async function showNieuw(request: FastifyRequest, reply: FastifyReply, velden?: Velden, problem?: Problem) {
  const { lijst, keuzes } = await loadLijst(request)
  const { vandaag } = request.ctx
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Nieuwe weging',
      inleiding: 'Eerst het doel en wie het raakt. Daarna beschrijft u wie welke gegevens geeft aan wie.',
      kruimels: [{ naam: 'Gegevensuitwisseling', href: '/uitwisselingen' }],
      children: (
        <Hoofdformulier
          keuzes={keuzes}
          basis={{
            csrf,
            actie: '/uitwisselingen/nieuw',
            velden: velden ?? {
              geldigVanaf: vandaag,
              geldigTot: addMonths(vandaag, 12 * JAREN_GELDIG),
              // From the page of a dossier it is about that dossier.
              dossier: readVraag(request).dossier,
            },
            versie: 0,
            lijst: lijst.inhoud,
            terug: '/uitwisselingen',
            problem,
          }}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}
