import type { Ctx } from '../http/ctx.ts'
import type { Fout } from '../problem.ts'
import {
  formNames,
  type Gegevens,
  type Invoer,
  type Keuzes,
  toInvoer,
  tryGegevens,
  type Velden,
  veldenVan,
} from '../velden/formulier.ts'
import type { Veld } from '../velden/veld.ts'
import { eachSaid } from '../voortgang.ts'
import type { Blad, Bladrij } from './bladbestand.ts'
import type { Gewenst, Rijfout } from './plan.ts'
import { keyOf, type Rijregel, type Sleutelregels } from './register.ts'

/** One column of a file: a field, or a part of it. */
export interface Bladkolom {
  /** The field, and which of its parts. */
  veld: string
  deel: number
  kop: string
  verplicht: boolean
  /** What is expected, for whoever fills it in. */
  uitleg: string
}

/** The columns of the file of these fields, in the order of the form. */
export function sheetColumns(velden: object): Bladkolom[] {
  return veldenVan(velden).flatMap(([naam, veld]) =>
    formNames(naam, veld).map((_, deel) => ({
      veld: naam,
      deel,
      kop: headingOf(veld, deel),
      verplicht: veld.verplicht && deel === 0,
      uitleg: [formOf(veld, deel), veld.hulp].filter(tekst => tekst !== undefined).join('. '),
    })),
  )
}

const headingOf = ({ kop, delen }: Veld<unknown>, deel: number) =>
  delen === undefined ? kop : `${kop}: ${(delen[deel]?.label ?? '').replace(/ \(.*/, '').toLowerCase()}`

/** What is expected in one cell: of a period a day in each, of which the last may be left empty. */
const formOf = ({ vorm, delen }: Veld<unknown>, deel: number) => {
  if (delen === undefined) return vorm
  const erbij = /\((.*)\)/.exec(delen[deel]?.label ?? '')?.[1]
  return `datum, zoals 31-01-2026${erbij === undefined ? '' : `; ${erbij}`}`
}

/** Which column of a sheet holds what. */
export interface Herkend {
  /** By field and part: the place in a row. */
  plaats: ReadonlyMap<string, number>
  /** Headings that are read by nobody. */
  onbekend: string[]
  fouten: Rijfout[]
}

/** Recognises the columns by their headings, in any order, by the heading of our file, the question of the form or the name in a message. */
export function recognise(velden: object, { koppen }: Pick<Blad, 'koppen'>): Herkend {
  const bekend = new Map<string, string>()
  for (const [naam, veld] of veldenVan(velden))
    formNames(naam, veld).forEach((formulier, deel) => {
      for (const kop of [headingOf(veld, deel), formulier, ...(veld.delen ? [] : [veld.label])])
        bekend.set(bare(kop), `${naam}.${deel}`)
    })
  const plaats = new Map<string, number>()
  const onbekend: string[] = []
  const fouten: Rijfout[] = []
  koppen.forEach((kop, i) => {
    const wat = bekend.get(bare(kop))
    if (kop === '') return
    if (wat === undefined) onbekend.push(kop)
    else if (plaats.has(wat))
      fouten.push({ nummer: null, melding: `De kolom ‘${kop}’ staat er twee keer in.` })
    else plaats.set(wat, i)
  })
  return { plaats, onbekend, fouten }
}

/** Without capitals, accents and signs: 'Geldig: eerste dag' is 'geldigeerstedag'. */
const bare = (kop: string) =>
  kop
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')

/** A fault in one cell. */
export interface Celfout extends Rijfout {
  kolom: string
  waarde: string
  verwacht: string
}

export interface Leesresultaat<V extends Velden> {
  rijen: Gewenst<Gegevens<V>>[]
  fouten: (Rijfout | Celfout)[]
  onbekend: string[]
}

interface Leesgegevens<V extends Velden> {
  keuzes: Keuzes
  regel: Rijregel<V>
  /** What stands in the register now: a column that is not in the file leaves it as it is. */
  bestaand: readonly Gegevens<V>[]
}

/** Reads the rows of a sheet, all faults at once. */
export function readRijen<V extends Velden>(
  register: Sleutelregels & { velden: V },
  blad: Blad,
  gegevens: Leesgegevens<V>,
): Leesresultaat<V> {
  const { uit, lees } = reader(register, blad, gegevens)
  if (lees !== undefined) for (const rij of blad.rijen) lees(rij)
  return uit
}

/** The same for who waits for a long sheet: it says how far it is, and lets others have a turn. */
export async function readRijenSaid<V extends Velden>(
  ctx: Pick<Ctx, 'meld'>,
  register: Sleutelregels & { velden: V },
  blad: Blad,
  gegevens: Leesgegevens<V>,
): Promise<Leesresultaat<V>> {
  const { uit, lees } = reader(register, blad, gegevens)
  if (lees !== undefined) await eachSaid(ctx, blad.rijen, lees)
  return uit
}

/** What will be read, and what reads one row into it; without that when the headings are wrong already. */
function reader<V extends Velden>(
  register: Sleutelregels & { velden: V },
  blad: Blad,
  { keuzes: vooraf, regel, bestaand }: Leesgegevens<V>,
): { uit: Leesresultaat<V>; lees?: (rij: Bladrij) => void } {
  const { velden } = register
  const { plaats, onbekend, fouten: kopfouten } = recognise(velden, blad)
  const uit: Leesresultaat<V> = { rijen: [], fouten: [...kopfouten, ...missing(register, plaats)], onbekend }
  if (uit.fouten.length > 0) return { uit }
  const keuzes = withRows(register, blad, plaats, vooraf)
  const nu = new Map(bestaand.map(gegevens => [keyOf(register, gegevens), gegevens]))
  const lees = (rij: Bladrij) => {
    if (rij.cellen.slice(blad.koppen.length).some(cel => cel !== '')) {
      uit.fouten.push({ nummer: rij.nummer, melding: TE_BREED })
      return
    }
    const invoer = cellsOf(velden, rij, plaats)
    const sleutel = keyOf(register, tryGegevens(velden, invoer, { keuzes }).gegevens)
    const oud = nu.get(sleutel)
    if (oud !== undefined) keepMissing(velden, invoer, toInvoer(velden, oud), plaats)
    const gelezen = tryGegevens(velden, invoer, { keuzes, ook: regel })
    if (gelezen.fouten.length > 0)
      uit.fouten.push(...gelezen.fouten.map(fout => cellFault(velden, invoer, rij, fout)))
    else uit.rijen.push({ nummer: rij.nummer, gegevens: gelezen.gegevens as Gegevens<V> })
  }
  return { uit, lees }
}

/** Nobody knows what such a row says: with a sign too many, all that comes after it stands one column further. */
const TE_BREED =
  'Deze rij heeft meer cellen dan er kolommen zijn. Kijk of er een scheidingsteken te veel staat, of zet de tekst tussen aanhalingstekens.'

/** In a tree a row may hang under one that comes in the same file. */
function withRows(
  { ouder, sleutel }: Sleutelregels,
  { rijen }: Blad,
  plaats: ReadonlyMap<string, number>,
  keuzes: Keuzes,
): Keuzes {
  if (ouder === undefined) return keuzes
  const kolom = plaats.get(`${sleutel[0]}.0`) ?? -1
  const nieuw = rijen.map(({ cellen }) => cellen[kolom] ?? '').map(code => ({ waarde: code, naam: code }))
  return { ...keuzes, [ouder]: [...(keuzes[ouder] ?? []), ...nieuw] }
}

/** What has no column in the file stays as it stands. */
function keepMissing(
  velden: object,
  invoer: Record<string, readonly string[]>,
  stond: Invoer,
  plaats: ReadonlyMap<string, number>,
): void {
  for (const [naam, veld] of veldenVan(velden)) {
    const nu = stond[naam] ?? []
    const hier = formNames(naam, veld).map((_, deel) => plaats.has(`${naam}.${deel}`))
    if (hier.every(er => !er)) invoer[naam] = nu
    else if (hier.some(er => !er))
      invoer[naam] = hier.map((er, deel) => (er ? invoer[naam] : nu)?.[deel] ?? '')
  }
}

/** Columns without which no row can be told from another. Others may be left out: then what stands there stays. */
function missing(
  { velden, sleutel, periode }: Sleutelregels,
  plaats: ReadonlyMap<string, number>,
): Rijfout[] {
  const nodig = new Set<string>([...sleutel, ...(periode === undefined ? [] : [periode])])
  return veldenVan(velden)
    .filter(([naam]) => nodig.has(naam) && !plaats.has(`${naam}.0`))
    .map(([, veld]) => ({ nummer: null, melding: `De kolom ‘${headingOf(veld, 0)}’ ontbreekt.` }))
}

function cellsOf(
  velden: object,
  { cellen }: Bladrij,
  plaats: ReadonlyMap<string, number>,
): Record<string, readonly string[]> {
  const cel = (naam: string, deel: number) => cellen[plaats.get(`${naam}.${deel}`) ?? -1] ?? ''
  return Object.fromEntries(
    veldenVan(velden).map(([naam, veld]) => [
      naam,
      formNames(naam, veld).map((_, deel) => lengthen(veld, cel(naam, deel))),
    ]),
  )
}

/** A code that a spreadsheet took for a number has lost the zeros in front; more of them stand in one cell with commas between. */
function lengthen({ cijfers }: Pick<Veld<unknown>, 'cijfers'>, cel: string): string {
  return cijfers === undefined ? cel : cel.replaceAll(/\b\d+\b/g, code => code.padStart(cijfers, '0'))
}

function cellFault(
  velden: object,
  invoer: Invoer,
  { nummer }: Bladrij,
  { pad, melding }: Fout,
): Celfout | Rijfout {
  const gevonden = veldenVan(velden).find(([naam, veld]) => formNames(naam, veld).includes(pad))
  if (gevonden === undefined) return { nummer, melding }
  const [naam, veld] = gevonden
  const deel = formNames(naam, veld).indexOf(pad)
  const waarde = invoer[naam]?.[deel] ?? ''
  return {
    nummer,
    melding,
    kolom: headingOf(veld, deel),
    waarde,
    verwacht: formOf(veld, deel),
  }
}
