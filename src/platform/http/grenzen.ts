import { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'

/** The largest message of the standard (OP179). */
export const MAX_BESTAND = 25 * 1024 * 1024
/** What one form with files may hold: so many, and all of them together. */
export const MAX_BESTANDEN = { aantal: 20, bytes: 4 * MAX_BESTAND }
/** What a form may hold. A route that takes more names it as its `bodyLimit`. */
export const MAX_FORMULIER = 64 * 1024
/** A form of many long texts. */
export const MAX_LANG_FORMULIER = 256 * 1024
/** How long an address may be, query included. */
const MAX_ADRES = 8 * 1024

/** How long a sender may take, in milliseconds: over the head of a request, over a form, over a file; and how long a page waits for work before it says how far that is. */
export interface Tijden {
  kop: number
  formulier: number
  bestand: number
  geduld: number
}
export const TIJDEN: Tijden = { kop: 15_000, formulier: 20_000, bestand: 300_000, geduld: 1500 }

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
/** What of it is still read and dropped in that time, in bytes, so that most senders come to the end of it. */
const NALEZEN = 1024 * 1024

/**
 * What becomes of a body that an answer comes before the end of. It is read on and dropped, and the connection goes on with
 * the next request, when we know how much will come and that is little, or we know who sends (a browser with a large file:
 * many show no answer before). For anybody else the answer says that it is the last (`Connection: close`), so that no
 * proxy or pool sends another request after it, and the connection ends when the answer has had time to arrive.
 */
export function finishBody(request: FastifyRequest, reply: FastifyReply): void {
  if (!hasBody(request) || request.raw.complete) return
  if (isWorthReading(request)) {
    reply.removeHeader('connection')
    // Node reads on by itself only what nobody began to read.
    reply.raw.once('finish', () => request.raw.unpipe().resume())
    return
  }
  reply.header('connection', 'close')
  hangUpSoftly(request)
}

function isWorthReading(request: FastifyRequest): boolean {
  const lengte = request.headers['content-length']
  if (lengte === undefined) return false
  return Number(lengte) <= MAX_FORMULIER || (request.ctx?.wie.id ?? 'niemand') !== 'niemand'
}

/**
 * After the last answer Node destroys a connection at once, and what is then still on its way to us makes the network take the
 * answer back. Instead: say that nothing more comes, drop a little of what does, and only then destroy.
 */
function hangUpSoftly({ raw }: FastifyRequest): void {
  const { socket } = raw
  const destroySoon = () => Socket.prototype.destroySoon.call(socket)
  socket.destroySoon = () => {
    if (raw.readableEnded) return destroySoon()
    const tot = socket.bytesRead + NALEZEN
    socket.end()
    setTimeout(() => socket.destroy(), NAZICHT).unref()
    raw.once('end', destroySoon)
    raw.on('data', () => {
      if (socket.bytesRead > tot) socket.pause()
    })
    raw.unpipe().resume()
  }
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
