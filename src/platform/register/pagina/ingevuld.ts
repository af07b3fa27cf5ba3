import type { FastifyRequest } from 'fastify'
import { markGelezen } from '../../http/vraag.ts'
import {
  formNames,
  type Gegevens,
  type Keuzes,
  readInvoer,
  toInvoer,
  tryGegevens,
  veldenVan,
} from '../../velden/formulier.ts'
import { bladPad, type Register, type Rijgegevens } from '../register.ts'
import { loadKeuzes } from '../rijen.ts'

/**
 * What the address of a form says of its fields, under the names by which the form sends them: a link that knows what is
 * to be put in says so. Each as its field reads it; what it cannot read is left empty, since nobody typed it. What is sensitive no link says,
 * whoever made it: it counts as not read, and the page says so.
 */
export function readIngevuld<V extends object>(
  request: FastifyRequest,
  velden: V,
  keuzes: Keuzes = {},
): Partial<Gegevens<V>> {
  const vraag = (request.query ?? {}) as Record<string, unknown>
  const gevraagd = Object.fromEntries(
    veldenVan(velden).filter(([naam, veld]) => {
      if (veld.gevoelig === true) return false
      const namen = formNames(naam, veld)
      markGelezen(request, ...namen)
      return veld.bestand === undefined && namen.some(deel => vraag[deel] !== undefined)
    }),
  )
  return tryGegevens(gevraagd, readInvoer(gevraagd, vraag), { keuzes }).gegevens as Partial<Gegevens<V>>
}

/** The address of the form of a new row that opens with this one, as far as a link may say it (`readIngevuld`). */
export function formWith(register: Register, rij: Rijgegevens): string {
  const invoer = toInvoer(register.velden, rij)
  const vraag = new URLSearchParams()
  for (const [naam, veld] of veldenVan(register.velden)) {
    if (veld.gevoelig === true) continue
    // Of a field in parts each has its own name; of a list each has the same.
    const namen = formNames(naam, veld)
    for (const [i, tekst] of (invoer[naam] ?? []).entries())
      if (tekst !== '' && tekst.length <= LANG) vraag.append(namen[veld.delen ? i : 0] ?? naam, tekst)
  }
  return `${bladPad(register)}/nieuw?${vraag}`
}

/** A longer text does not go in an address. */
const LANG = 1000

/** With what the form of a new row opens: its choices, and what its address says of it. */
export async function loadNieuw(
  request: FastifyRequest,
  register: Register,
): Promise<{ keuzes: Keuzes; nu: Partial<Gegevens<Register['velden']>> }> {
  const keuzes = await request.ctx.read(db => loadKeuzes(db, register))
  return { keuzes, nu: readIngevuld(request, register.velden, keuzes) }
}
