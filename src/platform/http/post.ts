import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Recht } from '../auth/rollen.ts'
import { isCorrectable, Problem } from '../problem.ts'
import { type Invoer, maxBytes, readInvoer, WAS } from '../velden/formulier.ts'
import type { Geweigerd } from '../velden/invulformulier.tsx'
import { VERDER } from './getypt.tsx'
import { MAX_FORMULIER } from './grenzen.ts'
import type { App } from './server.ts'
import { readVelden, readVersie } from './vraag.ts'

/** What one form sent. */
export interface Verzonden {
  request: FastifyRequest
  invoer: Invoer
  /** The version that the form was opened at; 0 for none. */
  versie: number
}

export interface Formulierroute {
  recht: Recht
  /** Tells the forms of one page apart. */
  naam: string
  velden?: object
}

/**
 * POST of one form: does what it asks and goes on to the address that `save` answers; a refusal that can be put right shows
 * the page it stands on again, with what was typed.
 */
export function post(
  app: App,
  pad: string,
  { recht, naam, velden = {} }: Formulierroute,
  save: (verzonden: Verzonden) => Promise<string>,
  show: (request: FastifyRequest, reply: FastifyReply, geweigerd: Geweigerd) => unknown,
): void {
  const bytes = maxBytes(velden)
  // A file is never shown again: who lost the session chooses it anew. What comes around it counts too.
  const soort = bytes === undefined ? { toontWeer: true } : { upload: true }
  const grens = bytes === undefined ? {} : { bodyLimit: bytes + MAX_FORMULIER }
  const opties = { config: { recht, ...soort }, ...grens, schema: { hide: true } }
  app.post(pad, opties, async (request, reply) => {
    const invoer = readInvoer(velden, request.body)
    const versie = readVersie(request)
    const { [VERDER]: verder, [WAS]: was = '' } = readVelden(request)
    if (verder !== undefined) return show(request, reply, { naam, invoer, versie, was, problem: nogNiet() })
    try {
      return reply.redirect(await save({ request, invoer, versie }), 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return show(request, reply, { naam, invoer, versie, was, problem })
    }
  })
}

/** No refusal: what was typed before is shown again, and waits for who typed it. */
function nogNiet(): Problem {
  return new Problem(
    200,
    'nog-niet-opgeslagen',
    'Wat u had ingevuld, staat er nog',
    'Kijk het na en sla het op.',
  )
}
