import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'

/** The largest message of the standard (OP179). */
export const MAX_BESTAND = 25 * 1024 * 1024
/** What a form may hold. A route that takes more names it as its `bodyLimit`. */
export const MAX_FORMULIER = 64 * 1024
/** A form of many long texts. */
export const MAX_LANG_FORMULIER = 256 * 1024
/** How long an address may be, query included. */
const MAX_ADRES = 8 * 1024

/** How long a sender may take, in milliseconds: over the head of a request, over a form, over a file. */
export interface Tijden {
  kop: number
  formulier: number
  bestand: number
}
export const TIJDEN: Tijden = { kop: 15_000, formulier: 20_000, bestand: 300_000 }

/** What has to be sent within `MAX_FORMULIER` or, on a route that names more, within that. */
export function bodyGrens(request: FastifyRequest): number {
  return request.routeOptions.bodyLimit ?? MAX_FORMULIER
}

export function hasBody(request: FastifyRequest): boolean {
  const { 'content-length': lengte, 'transfer-encoding': delen } = request.headers
  return delen !== undefined || (lengte !== undefined && lengte !== '0')
}

/** Cuts the connection of who sends a body too slowly; what was received is dropped. */
export function cutSlowBody(request: FastifyRequest, tijden: Tijden): void {
  if (!hasBody(request)) return
  const ms = bodyGrens(request) > MAX_LANG_FORMULIER ? tijden.bestand : tijden.formulier
  const klok = setTimeout(() => {
    if (!request.raw.complete) request.raw.destroy()
  }, ms)
  klok.unref()
  for (const einde of ['end', 'close'] as const) request.raw.once(einde, () => clearTimeout(klok))
}

/** How long an answer may take to arrive at who is still sending, in milliseconds. */
const NAZICHT = 1_000

/**
 * Answers who is still sending, and then hangs up: nothing more is read, and the connection stays just long enough for the answer
 * to arrive (closing at once would take it back). Who is known and said how much would come (a browser with a large file) is read
 * to the end and dropped, since many browsers show no answer before.
 */
export function hangUp(request: FastifyRequest, reply: FastifyReply): void {
  if (!hasBody(request) || request.raw.complete) return
  const bekend = (request.ctx?.wie.id ?? 'niemand') !== 'niemand'
  reply.removeHeader('connection')
  if (bekend && request.headers['content-length'] !== undefined) return
  reply.raw.once('finish', () => {
    const { socket } = request.raw
    // Node begins to read what is left as soon as the answer is out; this comes after that.
    setImmediate(() => socket.pause())
    setTimeout(() => socket.destroy(), NAZICHT).unref()
  })
}

/**
 * Refuses, before anything is read from it, an address that no link or form of ours makes: control characters, bytes that
 * are no text, or more than 8 kB. Throws 400 or 414.
 */
export function checkAdres(request: FastifyRequest): void {
  const { url } = request
  if (url.length > MAX_ADRES)
    throw new Problem(414, 'adres-te-lang', 'Dit adres is te lang', 'Gebruik minder of kortere filters.')
  const leesbaar = decode(url.replaceAll('+', ' '))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (leesbaar === undefined || /[\x00-\x08\x0a-\x1f\x7f]/.test(leesbaar))
    throw new Problem(
      400,
      'ongeldig-adres',
      'Dit adres klopt niet',
      'Er staat een teken in dat hier niet kan. Ga terug en volg de link opnieuw.',
    )
}

function decode(url: string): string | undefined {
  try {
    return decodeURIComponent(url)
  } catch {
    return undefined
  }
}

/**
 * Counts this request and refuses it when there were too many this minute: of this session or token when there is one, else
 * of this address (an IPv6 network of a subscriber counts as one). Counted in memory, so per process. Throws 429.
 */
export type Drukte = (request: FastifyRequest, toegang: string | undefined) => Promise<void>

declare module 'fastify' {
  interface FastifyRequest {
    /** What the rate of this request is counted by, when it has a session or token. */
    telsleutel: string | undefined
  }
}

export function makeDrukte(app: FastifyInstance, { grenzen }: Config): Drukte {
  app.decorateRequest('telsleutel')
  const perAdres = app.createRateLimit({ max: grenzen.adres })
  const perToegang = app.createRateLimit({
    max: grenzen.sessie,
    keyGenerator: request => request.telsleutel ?? request.ip,
  })
  return async (request, toegang) => {
    if (request.routeOptions.config.rateLimit === false) return
    request.telsleutel = toegang
    const oordeel = await (toegang === undefined ? perAdres : perToegang)(request)
    if (!oordeel.isAllowed && oordeel.isExceeded) throw tooMany()
  }
}

/** 429, in words. */
export function tooMany(): Problem {
  return new Problem(
    429,
    'te-veel-vragen',
    'Te veel vragen achter elkaar',
    'Wacht een minuut en probeer het dan opnieuw.',
  )
}
