import type { FastifyRequest } from 'fastify'
import { Botsing, notFound, type Problem } from '../problem.ts'
import { GEDAAN } from '../ui/adres.ts'

/** What an address or a form says, texts as they stand there. */
export type Vraag = Readonly<Record<string, string | undefined>>

const isGedaan = (naam: string) => (GEDAAN as readonly string[]).includes(naam)

/** What was read of the address of a request, by name: what nobody read, nobody heeded. */
const GELEZEN = new WeakMap<FastifyRequest, Set<string>>()

/** Says that a parameter of the address is known here. */
export function markGelezen(request: FastifyRequest, ...namen: readonly string[]): void {
  const gelezen = GELEZEN.get(request) ?? new Set()
  GELEZEN.set(request, gelezen)
  for (const naam of namen) gelezen.add(naam)
}

/** The query of an address, without what it says was done; of a repeated parameter the first counts. What is taken from it counts as read. */
export function readVraag(request: FastifyRequest): Vraag {
  return new Proxy(askedOf(request), {
    get: (vraag, naam) => {
      if (typeof naam !== 'string') return undefined
      markGelezen(request, naam)
      return vraag[naam]
    },
  })
}

function askedOf(request: FastifyRequest): Vraag {
  const vraag = Object.entries(flatten(request.query))
  return Object.fromEntries(vraag.filter(([naam]) => !isGedaan(naam)))
}

/** What an address asks that nobody read. */
export function listOngelezen(request: FastifyRequest): string[] {
  const gelezen = GELEZEN.get(request)
  // A route that says which it knows has refused all others already.
  const { properties = {} } = (request.routeOptions.schema?.querystring ?? {}) as { properties?: object }
  return Object.keys(askedOf(request)).filter(
    naam => gelezen?.has(naam) !== true && !Object.hasOwn(properties, naam),
  )
}

/** What an address says was done, whoever made it: not to be shown before it is known where the visitor came from. */
export function readGezegd(request: FastifyRequest): Partial<Record<(typeof GEDAAN)[number], string>> {
  const vraag = Object.entries(flatten(request.query))
  return Object.fromEntries(vraag.filter(([naam]) => isGedaan(naam)))
}

/** The fields of a posted form; of a repeated field the first counts. */
export function readVelden(request: FastifyRequest): Vraag {
  return flatten(request.body)
}

function flatten(bron: unknown): Vraag {
  return Object.fromEntries(
    Object.entries((bron ?? {}) as Record<string, unknown>).map(([naam, waarde]) => {
      const eerste: unknown = Array.isArray(waarde) ? waarde[0] : waarde
      // A number where the schema of a route says that it is one.
      if (typeof eerste === 'number') return [naam, String(eerste)]
      return [naam, typeof eerste === 'string' ? toText(eerste) : undefined]
    }),
  )
}

/** Every value of a parameter or field that may be repeated, such as checkboxes. */
export function readAlle(bron: unknown, naam: string): string[] {
  const waarde = ((bron ?? {}) as Record<string, unknown>)[naam]
  return [waarde]
    .flat()
    .filter(x => typeof x === 'string')
    .map(toText)
}

/** Without NUL, which nobody types and the database can not hold. */
function toText(tekst: string): string {
  return tekst.replaceAll('\0', '')
}

export interface Sleutel {
  gemeente: string
  id: number
}

/** Reads '0355.12': the key of a row of one municipality, as it stands in links; undefined for anything else. */
export function parseSleutel(tekst: string | undefined): Sleutel | undefined {
  const delen = /^(\d{4})\.([1-9]\d{0,14})$/.exec(tekst ?? '')
  return delen === null ? undefined : { gemeente: delen[1] ?? '', id: Number(delen[2]) }
}

/** The key in a path /…/:gemeente/:id; throws 404 for what can be no key. */
export function readSleutel(request: FastifyRequest, wat: string): Sleutel {
  const { gemeente = '', id = '' } = request.params as { gemeente?: string; id?: string }
  const sleutel = parseSleutel(`${gemeente}.${id}`)
  if (!sleutel) throw notFound(wat)
  return sleutel
}

/** The whole number in a path /…/:id; throws 404 for anything else. */
export function readId(request: FastifyRequest, wat: string): number {
  const { id = '' } = request.params as { id?: string }
  if (!/^[1-9]\d{0,8}$/.test(id)) throw notFound(wat)
  return Number(id)
}

/** The value when it is one of the choices, else null: what does not exist does not filter. */
export function oneOf<T extends string>(waarde: string | undefined, keuzes: readonly T[]): T | null {
  return keuzes.find(keuze => keuze === waarde) ?? null
}

/** What a table of ours holds under a key that came from outside; never what every object has by itself. */
export function pick<T>(tabel: Readonly<Record<string, T>>, sleutel: string | undefined): T | undefined {
  return sleutel !== undefined && Object.hasOwn(tabel, sleutel) ? tabel[sleutel] : undefined
}

/** A whole number from 1 as text, else null. */
export function numberOrNull(waarde: string | undefined): number | null {
  return waarde !== undefined && /^[1-9]\d{0,8}$/.test(waarde) ? Number(waarde) : null
}

/** The version that a posted form was opened at; 0 for none and for what can be no version, so that nothing matches it. */
export function readVersie(request: FastifyRequest): number {
  return numberOrNull(readVelden(request).versie) ?? 0
}

/**
 * The version that a form goes on with: when it is opened that of what is kept (0 for what is new), after a collision that of
 * the other, so that a deliberate second try goes through, and after another refusal the one it was opened at.
 */
export function formVersie(
  request: FastifyRequest,
  nu: { versie: number } | undefined | null,
  problem: Problem | undefined,
): number {
  if (problem instanceof Botsing) return problem.nu.versie
  return problem === undefined ? (nu?.versie ?? 0) : readVersie(request)
}

/** Text to look for with LIKE or ILIKE anywhere in a column, without its wildcards; null when there is none. */
export function likePattern(tekst: string | undefined): string | null {
  const schoon = (tekst ?? '').trim().slice(0, 100)
  return schoon === '' ? null : `%${schoon.replaceAll(/[\\%_]/g, teken => `\\${teken}`)}%`
}
