import type { FastifyRequest } from 'fastify'
import type { Datum } from '../dates.ts'
import { type Fout, invalid } from '../problem.ts'
import { parsePagina, parseSortering, type Sortering } from '../ui/adres.ts'
import { parseDatumInvoer, parseMaandInvoer } from '../ui/invoer.ts'
import {
  listOngelezen,
  markGelezen,
  numberOrNull,
  oneOf,
  parseSleutel,
  readAlle,
  readVraag,
  type Sleutel,
  type Vraag,
} from './vraag.ts'

/** What an address asked of a request and what it could not mean, by the name of the parameter. */
const VREEMD = new WeakMap<FastifyRequest, Map<string, Fout>>()

/** How the code of a municipality looks. */
export const GEMEENTECODE = /^\d{4}$/

/**
 * Reads the filters of an address, each by its kind; null for what is not asked. What cannot be a value of its kind is null
 * too, and is kept: the page names it (`sendPagina`), and a file with such a filter is refused (`sendExport`). So no list
 * shows more than was asked without saying so.
 */
export interface Filterlezer {
  vraag: Vraag
  /** What could not be read until now, for beside the fields. */
  readonly fouten: readonly Fout[]
  /** Words to look for; '' for none. */
  tekst(naam: string): string
  keuze<T extends string>(naam: string, keuzes: readonly T[]): T | null
  /** A whole number from 1. */
  getal(naam: string): number | null
  /** A day as people type it. */
  dag(naam: string): Datum | null
  /** A month, '2026-03', as its first day. */
  maand(naam: string): Datum | null
  /** A code that looks like `vorm`. */
  code(naam: string, vorm: RegExp): string | null
  /** The key of a row of one municipality. */
  sleutel(naam: string): Sleutel | null
  /** Several of those with a comma between them; none when nothing is asked. */
  sleutels(naam: string): Sleutel[]
  /** How a list is ordered, one of these columns, '-' in front for the other way around; `standaard` when nothing is asked. */
  sortering(kolommen: readonly string[], standaard: Sortering): Sortering
  /** The page of a list, from 1. */
  pagina(): number
  /** What kind of file is asked. */
  formaat(): 'csv' | 'xlsx'
  /** Beside these the page reads nothing: what else the address asks is named. For who takes more of `vraag` than it heeds. */
  alleen(namen: readonly string[]): void
  /** Says of a value that was read well that it cannot be. */
  weiger(naam: string, melding: string): void
}

const GEEN_KEUZE = 'is hier geen keuze.'
const GEEN_FILTER = 'zo’n filter is er hier niet.'
const GEEN_DATUM = 'is geen datum. Vul een bestaande datum in, zoals 31-01-2026.'

/** The reader of the filters of this request. */
export function readFilters(request: FastifyRequest): Filterlezer {
  const vraag = readVraag(request)
  const vreemd = VREEMD.get(request) ?? new Map<string, Fout>()
  VREEMD.set(request, vreemd)
  const weiger = (pad: string, melding: string) => void vreemd.set(pad, { pad, melding })
  const tekstVan = (naam: string) => {
    const alle = new Set(readAlle(request.query, naam))
    if (alle.size > 1) weiger(naam, 'staat meer dan één keer in het adres. Alleen het eerste telt.')
    return vraag[naam]?.trim() ?? ''
  }
  const lees = <T>(naam: string, waarom: string, read: (tekst: string) => T | null | undefined) => {
    const tekst = tekstVan(naam)
    if (tekst === '') return null
    const waarde = read(tekst) ?? null
    if (waarde === null) weiger(naam, `‘${tekst.slice(0, 100)}’ ${waarom}`)
    return waarde
  }
  return {
    vraag,
    get fouten() {
      return [...vreemd.values()]
    },
    tekst: tekstVan,
    keuze: (naam, keuzes) => lees(naam, GEEN_KEUZE, tekst => oneOf(tekst, keuzes)),
    getal: naam => lees(naam, GEEN_KEUZE, numberOrNull),
    dag: naam => lees(naam, GEEN_DATUM, parseDatumInvoer),
    maand: naam =>
      lees(naam, 'is geen maand. Vul een bestaande maand in, zoals maart 2026.', parseMaandInvoer),
    code: (naam, vorm) => lees(naam, GEEN_KEUZE, tekst => (vorm.test(tekst) ? tekst : null)),
    sleutel: naam => lees(naam, GEEN_KEUZE, parseSleutel),
    sleutels: naam =>
      lees(naam, GEEN_KEUZE, tekst => {
        const gelezen = tekst.split(',').map(parseSleutel)
        return gelezen.every(s => s !== undefined) ? gelezen : null
      }) ?? [],
    sortering: (kolommen, standaard) =>
      lees('sorteer', GEEN_KEUZE, tekst => parseSortering(tekst, kolommen)) ?? standaard,
    pagina: () => lees('pagina', 'is geen pagina.', parsePagina) ?? 1,
    formaat: () =>
      lees('formaat', GEEN_KEUZE, tekst => oneOf<'csv' | 'xlsx'>(tekst, ['csv', 'xlsx'])) ?? 'csv',
    alleen: namen => {
      markGelezen(request, ...namen)
      for (const naam of Object.keys(vraag))
        if (!namen.includes(naam)) weiger(naam.slice(0, 100), GEEN_FILTER)
    },
    weiger,
  }
}

/** For what cannot say beside its answer that it holds more than was asked, a file or a machine: throws 400 with every filter that could not be read. */
export function demandFilters(request: FastifyRequest): void {
  const vreemd = listVreemd(request)
  // To a machine the place of a fault says of what it is.
  const gezegd = request.url.startsWith('/api/')
    ? vreemd
    : vreemd.map(({ pad, melding }) => ({ pad, melding: `${pad}: ${melding}` }))
  if (vreemd.length > 0) throw invalid('Dit adres vraagt iets dat niet kan', gezegd)
}

/** The filters of this request that could not be read, or that nobody read: to be asked when all was read. */
export function listVreemd(request: FastifyRequest): readonly Fout[] {
  const genoemd = VREEMD.get(request) ?? new Map<string, Fout>()
  // A page that everybody may see is linked to from anywhere, with whatever others put behind an address.
  const isOnzer = request.method === 'GET' && request.routeOptions.config.recht !== 'openbaar'
  const ongelezen = isOnzer ? listOngelezen(request).filter(naam => !genoemd.has(naam)) : []
  return [...genoemd.values(), ...ongelezen.map(naam => ({ pad: naam.slice(0, 100), melding: GEEN_FILTER }))]
}
