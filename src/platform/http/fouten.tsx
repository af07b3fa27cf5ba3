import type { FastifyReply, FastifyRequest } from 'fastify'
import { audit } from '../audit.ts'
import { localPath } from '../auth/terug.ts'
import { codeOf } from '../db/codes.ts'
import { constraintProblem, outageProblem } from '../db/errors.ts'
import { Problem, Voorbij } from '../problem.ts'
import { EEN_KEER, EERST_ZIEN, METEEN, ProblemPagina, renderPage } from '../ui/index.ts'
import { sayVormfouten, type Vormfout } from '../vormfouten.ts'
import { API_VERSIE, VERSIE } from './api.ts'
import { csrfToken, isFromOwnPage } from './csrf.ts'
import { AlVerzonden } from './eenmaal.ts'
import { keepGetypt, VERDER_PAD } from './getypt.tsx'
import { MAX_FORMULIER } from './grenzen.ts'
import { frame } from './pagina.tsx'
import type { App } from './server.ts'
import { tooLarge, unreadable } from './upload.ts'

/**
 * Any error becomes an answer: problem+json for machines, a page for people; a bug is logged and shown without detail. What
 * somebody had typed comes back with it, or waits until they have logged in again.
 */
export async function answerProblem(
  app: unknown,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const oorzaak = (app as App).omgeving.database.oorzaakOf(error)
  const problem = isHungUp(request, error) ? unreadable() : toProblem(oorzaak, request.routeOptions.bodyLimit)
  if (problem.status === 503) reply.header('retry-after', '5')
  if (problem.status >= 500) logFault(request, problem, oorzaak)
  if (problem.status === 401 && wantsHtml(request) && (await keepGetypt(request, reply)))
    return reply.redirect(`/inloggen?naar=${VERDER_PAD}`, 303)
  const toLogin = problem.status === 401 && wantsHtml(request) && request.method === 'GET'
  if (toLogin) return reply.redirect(`/inloggen?naar=${encodeURIComponent(request.url)}`)
  if (problem instanceof Voorbij && request.method === 'GET') return reply.redirect(problem.naar, 303)
  if (!wantsHtml(request))
    return reply.status(problem.status).type('application/problem+json').send(asJson(problem, request))
  const html = renderPage(
    <ProblemPagina
      problem={problem}
      verzoekId={request.id}
      {...goOn(request, reply, problem)}
      {...cameFrom(request)}
      {...frame(app as App, request, request.url.split('?')[0] ?? '/')}
    />,
  )
  return reply.status(problem.status).type('text/html; charset=utf-8').send(html)
}

/** True when who sent it broke off: its connection says what one to the database would say. */
const isHungUp = ({ raw }: FastifyRequest, error: unknown): boolean =>
  error !== null && error !== undefined && raw.errored === error

/** What is refused before anything of it was read, in the same words for people and machines. */
export function answerUnread(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error)
  return reply
    .status(problem.status)
    .header(VERSIE, API_VERSIE)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(asJson(problem, request))
}

const asJson = (problem: Problem, { id }: FastifyRequest) =>
  JSON.stringify({ ...problem.toJSON(), instance: `urn:uuid:${id}` })

/** The page of ours that a form stood on. */
function cameFrom(request: FastifyRequest): { terug?: string } {
  const { referer } = request.headers
  if (referer === undefined || !isFromOwnPage(request) || !URL.canParse(referer)) return {}
  const { pathname, search } = new URL(referer)
  return { terug: localPath(`${pathname}${search}`, request.server.config.adres) }
}

/** A bug with its place; an outage that we know by what it is, since nothing in the code is wrong then. */
function logFault(request: FastifyRequest, problem: Problem, error: unknown): void {
  const verzoekId = request.id
  if (problem.status === 503) {
    const code = codeOf(error)
    request.log.error({ oorzaak: problem.type, ...(code && { code }), verzoekId }, 'tijdelijk niet te doen')
  } else request.log.error({ err: withoutValues(error), verzoekId }, 'onverwachte fout')
}

/**
 * With what was typed: a form that expired is shown again by a token of now; what may pass (the database was away, somebody
 * else was busy) is sent again as it was, with its own token, so that it is done once.
 */
function goOn(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  const { getypt } = request
  if (getypt === undefined || getypt.every(([naam]) => naam.startsWith('_'))) return {}
  const actie = request.url
  // Who logged out elsewhere has no session to find it back by: it stays on this page until they have another.
  if (problem.type === 'formulier-verlopen' || problem.status === 401) {
    const toon = request.routeOptions.config.toontWeer === true
    const uitleg = toon ? EERST_ZIEN : METEEN
    const vervolg = { actie, velden: getypt, csrf: csrfToken(request, reply), toon, uitleg }
    return problem.status === 401 ? { vervolg, getypt } : { vervolg }
  }
  if (problem.status === 503 || problem.status === 500 || problem.status === 429)
    return {
      vervolg: {
        actie,
        velden: getypt,
        csrf: getypt.find(([naam]) => naam === '_csrf')?.[1] ?? '',
        uitleg: EEN_KEER,
      },
    }
  return { getypt }
}

/**
 * Writes down that somebody we know asked for what their role may not (accountability): which route, never which address. An
 * expired form is no such thing. That it cannot be written down does not keep the answer back; the log says so.
 */
export async function recordRefusal(request: FastifyRequest, error: unknown): Promise<void> {
  const problem = toProblem(error)
  const { ctx } = request
  if (
    problem.status !== 403 ||
    problem.type === 'formulier-verlopen' ||
    (ctx?.wie.id ?? 'niemand') === 'niemand'
  )
    return
  const { url: route = 'onbekend' } = request.routeOptions
  await ctx
    .write(tx =>
      audit(tx, ctx, 'toegang.geweigerd', 'Beheer van de toepassing', {
        route: `${request.method} ${route}`,
        soort: problem.type,
      }),
    )
    .catch(mislukt => request.log.error({ err: withoutValues(mislukt) }, 'weigering is niet vastgelegd'))
}

interface FastifyFault {
  statusCode?: number
  code?: string
  validation?: Vormfout[]
}

/** What Fastify and the database refuse, in our own words; anything unknown is a 500 that says nothing. `grens`: how much this route takes. */
export function toProblem(error: unknown, grens: number = MAX_FORMULIER): Problem {
  if (error instanceof Problem) return error
  if (error instanceof AlVerzonden) return error.problem
  const known = constraintProblem(error) ?? outageProblem(error)
  if (known) return known
  const fault = error as FastifyFault
  if (fault.validation)
    return new Problem(
      400,
      'ongeldige-invoer',
      'De aanvraag klopt niet',
      undefined,
      sayVormfouten(fault.validation),
    )
  switch (fault.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(grens)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem(415, 'verkeerd-type', 'Dit soort inhoud kan hier niet')
    default:
  }
  if (fault.statusCode !== undefined && fault.statusCode >= 400 && fault.statusCode < 500)
    return new Problem(fault.statusCode, 'verkeerd-verzoek', 'Dit verzoek kan niet worden verwerkt')
  return new Problem(500, 'storing', 'Er ging iets mis', 'Dit ligt aan ons. Probeer het later opnieuw.')
}

/** A database error repeats values of the row in its detail; only the kind and the place go into the log. */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'not an Error' }
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown }
  const message = code === undefined ? error.message : 'database or system error'
  return {
    type: error.name,
    message,
    code,
    table,
    constraint,
    stack: error.stack?.split('\n').slice(1).join('\n'),
  }
}

function wantsHtml(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
}
