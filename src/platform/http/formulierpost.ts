import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Recht } from '../auth/rollen.ts'
import type { Doel } from '../db/rij.ts'
import { isCorrectable, isInUse, Problem } from '../problem.ts'
import { type Invoer, maxBytes, readInvoer, WAS } from '../velden/formulier.ts'
import type { Geweigerd } from '../velden/invulformulier.tsx'
import type { Ctx } from './ctx.ts'
import { VERDER } from './getypt.tsx'
import { MAX_FORMULIER } from './grenzen.ts'
import type { App } from './server.ts'
import { readId, readVelden, readVersie } from './vraag.ts'

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
  /** The fields; from the request where they depend on what the form is about. */
  velden?: object | ((request: FastifyRequest) => Promise<object>)
  /** The most bytes that it may send, for a form of many long texts. */
  bodyLimit?: number
}

/** The address to go on to; or what answers at once, of what may stand in no address and is kept nowhere. */
export type Vervolg = string | ((reply: FastifyReply) => unknown)

/**
 * POST of one form: does what it asks and goes on as `save` answers; a refusal that can be put right shows
 * the page it stands on again, with what was typed.
 */
export function post(
  app: App,
  pad: string,
  { recht, naam, velden = {}, bodyLimit }: Formulierroute,
  save: (verzonden: Verzonden) => Promise<Vervolg>,
  show: (request: FastifyRequest, reply: FastifyReply, geweigerd: Geweigerd) => unknown,
): void {
  // A file is never shown again: who lost the session chooses it anew. What comes around it counts too.
  const bytes = typeof velden === 'function' ? undefined : maxBytes(velden)
  const soort = bytes === undefined ? { toontWeer: true } : { upload: true }
  const grens = bytes === undefined ? bodyLimit : bytes + MAX_FORMULIER
  const opties = { config: { recht, ...soort }, schema: { hide: true } }
  app.post(pad, grens === undefined ? opties : { ...opties, bodyLimit: grens }, async (request, reply) => {
    const gevraagd = typeof velden === 'function' ? await velden(request) : velden
    const invoer = readInvoer(gevraagd, request.body)
    const versie = readVersie(request)
    const { [VERDER]: verder, [WAS]: was = '' } = readVelden(request)
    if (verder !== undefined) return show(request, reply, { naam, invoer, versie, was, problem: nogNiet() })
    try {
      const vervolg = await save({ request, invoer, versie })
      return typeof vervolg === 'string' ? reply.redirect(vervolg, 303) : vervolg(reply)
    } catch (problem) {
      if (!isCorrectable(problem) && !isInUse(problem)) throw problem
      return show(request, reply, { naam, invoer, versie, was, problem })
    }
  })
}

/**
 * For forms on things at `pad`/:id: does `action` on the thing of the address, and goes back to its page, which says what was done
 * (`melding`). `wat`: what the thing is called when it is not there.
 */
export const backTo =
  (pad: string, wat: string) =>
  (action: (ctx: Ctx, doel: Doel, invoer: Invoer) => Promise<unknown>, melding: string) =>
  async ({ request, invoer, versie }: Verzonden): Promise<string> => {
    const id = readId(request, wat)
    await action(request.ctx, { id, versie }, invoer)
    return `${pad}/${id}?melding=${melding}`
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
