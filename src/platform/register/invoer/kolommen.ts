import type { Ctx } from '../../http/ctx.ts'
import type { Fout } from '../../problem.ts'
import {
  formNames,
  type Gegevens,
  type Invoer,
  type Keuzes,
  toInvoer,
  tryGegevens,
  type Velden,
  veldenVan,
} from '../../velden/formulier.ts'
import type { Veld } from '../../velden/veld.ts'
import { eachSaid } from '../../voortgang.ts'
import type { Blad, Bladrij } from '../bladen/bladbestand.ts'
import type { Gewenst, Rijfout } from '../plan.ts'
import { keyOf, type Rijregel, type Sleutelregels } from '../register.ts'
import { sayRijen } from '../rijnummers.ts'
import { checkKoppen, formOf, headingOf, isNeeded, recognise, sayMissing } from './koppen.ts'

/** A fault in one cell. */
export interface Celfout extends Rijfout {
  kolom: string
  waarde: string
  verwacht: string
}

/** What is worth a look in one cell; `soort`: how those of many rows are counted together. */
export type Celopmerking = Celfout & { soort: string }

export interface Leesresultaat<V extends Velden> {
  rijen: Gewenst<Gegevens<V>>[]
  /** Rows with a fault of which it is known which they are, with what could be read of them: no row to save, but one that has its place. */
  half: Gewenst<Gegevens<V>>[]
  fouten: (Rijfout | Celfout)[]
  onbekend: string[]
  /** Codes that got zeros in front. */
  aangevuld: Celopmerking[]
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
  const { uit, lees, klaar } = reader(register, blad, gegevens)
  if (lees !== undefined) for (const rij of blad.rijen) lees(rij)
  klaar()
  return uit
}

/** The same for who waits for a long sheet: it says how far it is, and lets others have a turn. */
export async function readRijenSaid<V extends Velden>(
  ctx: Pick<Ctx, 'meld'>,
  register: Sleutelregels & { velden: V },
  blad: Blad,
  gegevens: Leesgegevens<V>,
): Promise<Leesresultaat<V>> {
  const { uit, lees, klaar } = reader(register, blad, gegevens)
  if (lees !== undefined) await eachSaid(ctx, blad.rijen, lees)
  klaar()
  return uit
}

/** What will be read, what reads one row into it, without that when the headings are wrong already, and what is said after the last. */
function reader<V extends Velden>(
  register: Sleutelregels & { velden: V },
  blad: Blad,
  { keuzes: vooraf, regel, bestaand }: Leesgegevens<V>,
): { uit: Leesresultaat<V>; lees?: (rij: Bladrij) => void; klaar: () => void } {
  const { velden } = register
  const herkend = recognise(velden, blad)
  const { plaats, onbekend } = herkend
  const fouten = checkKoppen(register, blad, herkend, bestaand.length === 0)
  const uit: Leesresultaat<V> = { rijen: [], half: [], fouten, onbekend, aangevuld: [] }
  if (fouten.length > 0) return { uit, klaar: () => {} }
  const zonder = new Map<string, number[]>()
  const keuzes = withRows(register, blad, plaats, vooraf)
  const nu = new Map(bestaand.map(gegevens => [keyOf(register, gegevens), gegevens]))
  const lees = (rij: Bladrij) => {
    if (rij.cellen.slice(blad.koppen.length).some(cel => cel !== '')) {
      uit.fouten.push({ nummer: rij.nummer, melding: TE_BREED })
      return
    }
    const { invoer, aangevuld } = cellsOf(velden, rij, plaats)
    const sleutel = keyOf(register, tryGegevens(velden, invoer, { keuzes }).gegevens)
    const oud = nu.get(sleutel)
    if (oud !== undefined) keepMissing(velden, invoer, toInvoer(velden, oud), plaats)
    const gelezen = tryGegevens(velden, invoer, { keuzes, ook: regel })
    // Of a new row what has no column is one fault of that column, and not one of every row.
    const ontbreekt = (fout: Fout) => (oud === undefined ? absentColumn(velden, plaats, fout) : undefined)
    for (const fout of gelezen.fouten) {
      const naam = ontbreekt(fout)
      if (naam === undefined) uit.fouten.push(cellFault(velden, invoer, rij, fout))
      else (zonder.get(naam) ?? zonder.set(naam, []).get(naam))?.push(rij.nummer)
    }
    uit.aangevuld.push(...aangevuld)
    const gewenst = { nummer: rij.nummer, gegevens: gelezen.gegevens as Gegevens<V> }
    if (gelezen.fouten.length === 0) uit.rijen.push(gewenst)
    else if (isPlaced(register, gelezen.gegevens)) uit.half.push(gewenst)
  }
  const klaar = () => {
    for (const [naam, nummers] of zonder) {
      const melding = sayMissing((velden as Velden)[naam] as Veld<unknown>, onbekend)
      uit.fouten.push({
        nummer: null,
        melding: `${melding} Die is nodig voor wat nieuw is: ${sayRijen(nummers)}.`,
      })
    }
  }
  return { uit, lees, klaar }
}

/** True when all that says which row it is was read. */
const isPlaced = ({ sleutel, periode }: Sleutelregels, gegevens: object) =>
  [...sleutel, ...(periode === undefined ? [] : [periode])].every(
    naam => (gegevens as Record<string, unknown>)[naam] != null,
  )

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

function cellsOf(
  velden: object,
  { nummer, cellen }: Bladrij,
  plaats: ReadonlyMap<string, number>,
): { invoer: Record<string, readonly string[]>; aangevuld: Celopmerking[] } {
  const aangevuld: Celopmerking[] = []
  const read = (naam: string, veld: Veld<unknown>, deel: number) => {
    const cel = cellen[plaats.get(`${naam}.${deel}`) ?? -1] ?? ''
    const vol = lengthen(veld, cel)
    if (vol !== cel) aangevuld.push(sayLengthened(veld, { nummer, deel, cel, vol }))
    return vol
  }
  const invoer = Object.fromEntries(
    veldenVan(velden).map(([naam, veld]) => [
      naam,
      formNames(naam, veld).map((_, deel) => read(naam, veld, deel)),
    ]),
  )
  return { invoer, aangevuld }
}

/** From so many digits on a code has one zero in front at most: with more away it is another number, or a typing error. */
const LANG = 5

/**
 * A code that a spreadsheet took for a number has lost the zeros in front; more of them stand in one cell with commas between. A name with
 * a number in it is none.
 */
function lengthen({ cijfers = 0 }: Pick<Veld<unknown>, 'cijfers'>, cel: string): string {
  const weg = cijfers < LANG ? cijfers - 1 : 1
  return cel
    .split(',')
    .map(deel => {
      const code = deel.trim()
      const kort = /^\d+$/.test(code) && code.length < cijfers && code.length >= cijfers - weg
      return kort ? deel.replace(code, code.padStart(cijfers, '0')) : deel
    })
    .join(',')
}

interface Aanvulling {
  nummer: number
  deel: number
  cel: string
  vol: string
}

function sayLengthened(veld: Veld<unknown>, { nummer, deel, cel, vol }: Aanvulling): Celopmerking {
  const kolom = headingOf(veld, deel)
  return {
    nummer,
    kolom,
    waarde: cel,
    melding: `Aangevuld met nullen: ${cel} → ${vol}`,
    verwacht: `${veld.cijfers} cijfers; een rekenblad laat nullen vooraan weg`,
    soort: `In de kolom ‘${kolom}’ is een code aangevuld met nullen vooraan.`,
  }
}

/** The field of a fault that must be filled in and has no column in the file. */
function absentColumn(
  velden: object,
  plaats: ReadonlyMap<string, number>,
  { pad }: Fout,
): string | undefined {
  return veldenVan(velden).find(
    ([naam, veld]) => isNeeded(veld) && formNames(naam, veld)[0] === pad && !plaats.has(`${naam}.0`),
  )?.[0]
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
