import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieNaam, cookieOpties, hashSleutel, newSleutel, sessieSleutel } from '../auth/koekje.ts'
import { findVorige } from '../auth/wie.ts'
import { openKluis } from '../crypto.ts'
import { clientOf, NOBODY } from '../db/database.ts'
import type { Tx } from '../db/tables.ts'
import { Alinea, EERST_ZIEN, KnopLink, METEEN, Vervolg, type Vervolgvelden } from '../ui/index.ts'
import { isFromBrowser, isFromOwnPage } from './csrf.ts'
import { hasBody, MAX_FORMULIER } from './grenzen.ts'
import { sendPagina } from './pagina.tsx'
import type { App } from './server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** This form can be shown again, filled, instead of handled: `VERDER` asks for it. */
    toontWeer?: boolean
  }
  interface FastifyRequest {
    /** A refusal that waits until the form was read, so that what was typed is not lost. */
    weigering: unknown
    /** What was typed in a form of ours, once it is sure that it is one. */
    getypt: Vervolgvelden | undefined
  }
}

/** The field with which a form is shown again, filled, instead of handled. */
export const VERDER = '_verder'

const FORMULIER = /^application\/x-www-form-urlencoded\b/i

/**
 * Whether the form of a request that is refused is read first: only a small one, of a browser that was logged in or says that it
 * stood on a page of ours, that is refused because it is not any more, may not any more, or the database is away. Nothing is done
 * with it but keep it.
 */
export function mayHold(request: FastifyRequest, weigering: unknown, status: number): boolean {
  const { 'content-type': soort = '', 'content-length': lengte } = request.headers
  return (
    weigering !== undefined &&
    [401, 403, 503].includes(status) &&
    request.method === 'POST' &&
    !request.url.startsWith('/api/') &&
    hasBody(request) &&
    FORMULIER.test(soort) &&
    Number(lengte ?? Number.NaN) <= MAX_FORMULIER &&
    (sessieSleutel(request) !== undefined || isFromOwnPage(request))
  )
}

/** Throws the refusal that waited, now that the form was read; what was typed in a form of this browser is kept with it. */
export function throwHeld(request: FastifyRequest): void {
  if (request.weigering === undefined) return
  const token = (request.body as Record<string, unknown> | undefined)?._csrf
  if (isFromBrowser(request, token) || isFromOwnPage(request)) request.getypt = readGetypt(request.body)
  throw request.weigering
}

/** More than any form of ours has: who sends more was not typing, and a page of it would keep everybody waiting. */
const MEESTE_VELDEN = 1000

/** What was typed, to be shown again; of files nothing. */
export function readGetypt(body: unknown): Vervolgvelden | undefined {
  const velden = Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([naam, waarde]) =>
    [waarde].flat().flatMap(deel => (typeof deel === 'string' ? [[naam, deel] as const] : [])),
  )
  return velden.length > MEESTE_VELDEN ? undefined : velden
}

const KOEKJE = 'verder'

/**
 * Keeps what somebody had typed when their session ended, for after they have logged in again; false when it is not known
 * who that was.
 */
export async function keepGetypt(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const app = request.server
  const gebruikerId = await findVorige(app, request)
  if (gebruikerId === undefined || request.getypt === undefined) return false
  const sleutel = newSleutel()
  const velden = request.getypt.filter(([naam]) => naam !== '_csrf')
  const toon = request.routeOptions.config.toontWeer === true
  const inhoud = Buffer.from(JSON.stringify({ actie: request.url, velden, toon }))
  await app.omgeving.database.write(NOBODY, tx =>
    clientOf(tx).query(
      'insert into platform.getypt (sleutel_hash, gebruiker_id, inhoud) values ($1, $2, $3)',
      [hashSleutel(sleutel), gebruikerId, kluisVan(sleutel).versleutel(inhoud)],
    ),
  )
  reply.setCookie(cookieNaam(app, KOEKJE), sleutel, cookieOpties(app))
  return true
}

const kluisVan = (sleutel: string) => openKluis(createHash('sha256').update(`getypt ${sleutel}`).digest())

/** Where somebody goes on with a form after logging in again. */
export const VERDER_PAD = '/verder'

/** The page that gives back what was typed, to who typed it. */
export function registerVerder(app: App): void {
  app.get(VERDER_PAD, { config: { recht: 'start' }, schema: { hide: true } }, async (request, reply) => {
    const kept = await findGetypt(request)
    if (kept === undefined)
      return sendPagina(request, reply, {
        titel: 'Ga verder waar u was',
        inleiding: 'Er is niets bewaard. Begin opnieuw op de pagina waar u was.',
        children: <KnopLink href="/">Naar de startpagina</KnopLink>,
      })
    return sendPagina(request, reply, csrf => ({
      titel: 'Ga verder waar u was',
      inleiding: 'Uw sessie was geëindigd. Wat u had ingevuld, staat er nog.',
      children: (
        <>
          <Alinea>{kept.toon ? EERST_ZIEN : METEEN}</Alinea>
          <Vervolg
            {...kept}
            csrf={csrf}
            knop={kept.toon ? 'Ga verder met het formulier' : 'Verstuur het alsnog'}
          />
        </>
      ),
    }))
  })
}

async function findGetypt(
  request: FastifyRequest,
): Promise<{ actie: string; velden: Vervolgvelden; toon: boolean } | undefined> {
  const sleutel = request.cookies[cookieNaam(request.server, KOEKJE)]
  if (sleutel === undefined || request.sessie === undefined) return undefined
  const { pool } = request.server.omgeving.database
  const { rows } = await pool.query<{ inhoud: Buffer }>(
    'select inhoud from platform.getypt where sleutel_hash = $1 and gebruiker_id = $2',
    [hashSleutel(sleutel), request.sessie.gebruikerId],
  )
  return rows[0] && JSON.parse(kluisVan(sleutel).ontsleutel(rows[0].inhoud).toString())
}

/** Forgets what nobody came back for. */
export async function forgetGetypt(tx: Tx): Promise<void> {
  await clientOf(tx).query("delete from platform.getypt where op < now() - interval '1 day'")
}
