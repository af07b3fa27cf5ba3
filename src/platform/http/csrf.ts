import { createHash } from 'node:crypto'
import csrf, { type TokensSimple } from '@fastify/csrf'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieNaam, cookieOpties, newSleutel, sessieSleutel } from '../auth/koekje.ts'
import { Problem } from '../problem.ts'

const tokens: TokensSimple = new csrf.Tokens({ userInfo: false })

/** Of a browser that has not logged in: what ties a form or a login in progress to it. */
export const GAST = 'gast'

/**
 * A token for the forms of this answer. It belongs to the session: after logging out, or in another session, it opens
 * nothing. Who has no session gets a cookie of its own for it. No two tokens are equal, so that a compressed page does not
 * give it away (ADR 15).
 */
export function csrfToken(request: FastifyRequest, reply: FastifyReply): string {
  return tokens.create(sessieGeheim(request) ?? gastSleutel(request, reply))
}

/** Throws 403 unless `token` was made for the session, or the browser, that this request comes from. */
export function checkCsrf(request: FastifyRequest, token: unknown): void {
  const geheim = sessieGeheim(request) ?? request.cookies[cookieNaam(request.server, GAST)]
  if (geheim !== undefined && typeof token === 'string' && tokens.verify(geheim, token)) return
  throw verlopen()
}

/** True for a form that was made for the session that this browser has or had: it may have ended since. */
export function isFromBrowser(request: FastifyRequest, token: unknown): boolean {
  const sleutel = sessieSleutel(request)
  return sleutel !== undefined && typeof token === 'string' && tokens.verify(geheimVan(sleutel), token)
}

/** True when the browser itself says that the form stood on a page of ours. */
export function isFromOwnPage(request: FastifyRequest): boolean {
  return request.headers['sec-fetch-site'] === 'same-origin'
}

/**
 * Refuses, on what the browser itself says in the head of the request, a form that another site sent: before anything of the
 * body is read. Throws 403.
 */
export function checkHerkomst(request: FastifyRequest): void {
  const { 'sec-fetch-site': site, origin, host } = request.headers
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw verlopen()
    return
  }
  if (origin === undefined) return
  const { adres } = request.server.config
  const zelfdeHost = URL.canParse(origin) && new URL(origin).host === host
  if (!zelfdeHost && origin !== new URL(adres).origin) throw verlopen()
}

/** The secret of this browser outside a session; made, and sent along, when it has none. */
export function gastSleutel(request: FastifyRequest, reply: FastifyReply): string {
  const naam = cookieNaam(request.server, GAST)
  const bekend = request.cookies[naam]
  if (bekend !== undefined && /^[\w-]{43}$/.test(bekend)) return bekend
  const nieuw = newSleutel()
  reply.setCookie(naam, nieuw, cookieOpties(request.server))
  // A second form of this answer goes by the same secret.
  request.cookies[naam] = nieuw
  return nieuw
}

function sessieGeheim(request: FastifyRequest): string | undefined {
  const sleutel = request.sessie === undefined ? undefined : sessieSleutel(request)
  return sleutel && geheimVan(sleutel)
}

function geheimVan(sleutel: string): string {
  return createHash('sha256').update(`csrf ${sleutel}`).digest('base64url')
}

function verlopen(): Problem {
  return new Problem(
    403,
    'formulier-verlopen',
    'Dit formulier is verlopen',
    'Het hoort bij een sessie die voorbij is.',
  )
}
