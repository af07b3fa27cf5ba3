import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Only the hash is stored: who reads the table cannot log in with it. */
export function hashSleutel(sleutel: string): Buffer {
  return createHash('sha256').update(sleutel).digest()
}

export function newSleutel(): string {
  return randomBytes(32).toString('base64url')
}

const isVeilig = (app: FastifyInstance) => app.config.adres.startsWith('https:')

/**
 * The name of a cookie of ours. Over https it has the prefix with which a browser accepts it from this host alone, over
 * https alone. Over http (a demonstration on localhost) no browser would accept that, so there it is plain.
 */
export function cookieNaam(app: FastifyInstance, wat?: string): string {
  const naam = wat === undefined ? 'samenhang' : `samenhang-${wat}`
  return isVeilig(app) ? `__Host-${naam}` : naam
}

export function cookieOpties(app: FastifyInstance) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isVeilig(app) } as const
}

/** The key of the session that this browser says it has; whether it is one is for `findToegang`. */
export function sessieSleutel(request: FastifyRequest): string | undefined {
  return request.cookies[cookieNaam(request.server)]
}
