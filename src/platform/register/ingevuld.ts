import type { FastifyRequest } from 'fastify'
import { markGelezen } from '../http/vraag.ts'
import {
  formNames,
  type Gegevens,
  type Keuzes,
  readInvoer,
  tryGegevens,
  veldenVan,
} from '../velden/formulier.ts'
import type { Register } from './register.ts'
import { loadKeuzes } from './rijen.ts'

/**
 * What the address of a form for something new says of its fields, under the names by which the form sends them: a link that knows what is
 * to be put in says so. Each as its field reads it; what it cannot read is left empty, since nobody typed it.
 */
export function readIngevuld<V extends object>(
  request: FastifyRequest,
  velden: V,
  keuzes: Keuzes = {},
): Partial<Gegevens<V>> {
  const vraag = (request.query ?? {}) as Record<string, unknown>
  const gevraagd = Object.fromEntries(
    veldenVan(velden).filter(([naam, veld]) => {
      const namen = formNames(naam, veld)
      markGelezen(request, ...namen)
      return veld.bestand === undefined && namen.some(deel => vraag[deel] !== undefined)
    }),
  )
  return tryGegevens(gevraagd, readInvoer(gevraagd, vraag), { keuzes }).gegevens as Partial<Gegevens<V>>
}

/** With what the form of a new row opens: its choices, and what its address says of it. */
export async function loadNieuw(
  request: FastifyRequest,
  register: Register,
): Promise<{ keuzes: Keuzes; nu: Partial<Gegevens<Register['velden']>> }> {
  const keuzes = await request.ctx.read(db => loadKeuzes(db, register))
  return { keuzes, nu: readIngevuld(request, register.velden, keuzes) }
}
