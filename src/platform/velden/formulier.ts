import { createHash } from 'node:crypto'
import { type Static, type TObject, type TProperties, Type } from 'typebox'
import type { Exportkolom } from '../http/export.ts'
import { readAlle } from '../http/vraag.ts'
import { type Fout, invalid } from '../problem.ts'
import type { Eigenschap } from '../ui/index.ts'
import type { Optie } from '../ui/velden.tsx'
import type { Soort, Veld, Voorwaarde } from './veld.ts'

/** Fields by their names, whatever each of them holds. */
export type Velden = Readonly<Record<string, Veld<unknown>>>

/** What the fields of a form hold. */
export type Gegevens<V> = { [K in keyof V]: V[K] extends Veld<infer T> ? T : never }
/** What was typed: of every field a list of texts, one for each part. */
export type Invoer = Readonly<Record<string, readonly string[]>>
/** Choices that depend on who asks. */
export type Keuzes = Readonly<Record<string, readonly Optie[]>>

/** The fields by their names, in the order of the form. */
export const veldenVan = (velden: object) => Object.entries(velden) as [string, Veld<unknown>][]

/** The names under which the form sends a field. */
export function formNames(naam: string, { delen }: Pick<Veld<unknown>, 'delen'>): string[] {
  return delen === undefined ? [naam] : delen.map(deel => `${naam}${deel.achter}`)
}

/** What was posted, as typed. */
export function readInvoer(velden: object, body: unknown): Invoer {
  return Object.fromEntries(
    veldenVan(velden).map(([naam, veld]) => [
      naam,
      veld.bestand !== undefined
        ? namesOfFiles(body, naam)
        : veld.delen === undefined
          ? readTyped(body, naam)
          : formNames(naam, veld).map(deel => readTyped(body, deel)[0] ?? ''),
    ]),
  )
}

/** NUL, which no column can hold, as another sign that is refused in words: left out, a text would become another one unseen. */
function readTyped(body: unknown, naam: string): string[] {
  const waarden = [((body ?? {}) as Record<string, unknown>)[naam]].flat()
  const x = waarden.map(waarde => (typeof waarde === 'string' ? waarde.replaceAll('\0', '\x01') : waarde))
  return readAlle({ x }, 'x')
}

/** Of files that were sent (`readUploads`) only what they are called is typed. */
function namesOfFiles(body: unknown, naam: string): string[] {
  const delen = [((body ?? {}) as Record<string, unknown>)[naam] ?? []].flat()
  return delen.flatMap(deel => (typeof deel === 'object' ? [(deel as { naam: string }).naam] : []))
}

/** What the files of this form may hold together, in bytes; undefined for a form without. */
export function maxBytes(velden: object): number | undefined {
  const grenzen = veldenVan(velden).flatMap(([, { bestand }]) => (bestand === undefined ? [] : [bestand.max]))
  return grenzen.length === 0 ? undefined : grenzen.reduce((som, grens) => som + grens)
}

/** True when a field is asked: it always is, or the field it hangs on holds one of the words. */
export function isAsked(
  velden: object,
  invoer: Invoer,
  { alleenBij }: { alleenBij?: Voorwaarde | undefined },
): boolean {
  if (alleenBij === undefined) return true
  const bron = (velden as Record<string, Veld<unknown>>)[alleenBij.veld]
  const gevraagd = bron === undefined || isAsked(velden, invoer, bron)
  const [waarde = '', ...meer] = invoer[alleenBij.veld] ?? []
  return gevraagd && [waarde, ...meer].some(w => alleenBij.waarden.includes(w))
}

/** What else is looked at: the choices of who asks, and the rules that go over more than one field. */
export interface Leesregels<V> {
  keuzes?: Keuzes
  /** Faults that the fields alone cannot see; asked also when some fields are wrong, and then without those. */
  ook?: (gegevens: Partial<Gegevens<V>>) => readonly Fout[]
}

/** What was filled in. Throws 400 with every fault at once. */
export function readGegevens<V extends object>(
  titel: string,
  velden: V,
  invoer: Invoer,
  regels: Leesregels<V> = {},
): Gegevens<V> {
  const { gegevens, fouten } = tryGegevens(velden, invoer, regels)
  if (fouten.length > 0) throw invalid(titel, fouten)
  return gegevens as Gegevens<V>
}

/** The same, answering the faults: for rows of a file, of which all are wanted. */
export function tryGegevens<V extends object>(
  velden: V,
  invoer: Invoer,
  { keuzes = {}, ook = () => [] }: Leesregels<V> = {},
): { gegevens: Partial<Gegevens<V>>; fouten: Fout[] } {
  const fouten: Fout[] = []
  const gegevens: Record<string, unknown> = {}
  for (const [naam, veld] of veldenVan(velden)) {
    if (!isAsked(velden, invoer, veld)) {
      gegevens[naam] = veld.leegWaarde ?? null
      continue
    }
    const gelezen = veld.read(invoer[naam] ?? [], naam, keuzes[naam] ?? veld.opties ?? [])
    if ('waarde' in gelezen) gegevens[naam] = gelezen.waarde
    else
      fouten.push(
        ...gelezen.meldingen.map((melding, i) => ({
          pad: formNames(naam, veld)[gelezen.delen?.[i] ?? 0] ?? naam,
          melding,
        })),
      )
  }
  fouten.push(...ook(gegevens as Partial<Gegevens<V>>))
  return { gegevens: gegevens as Partial<Gegevens<V>>, fouten }
}

/** What is kept, as the form shows it; all empty without. */
export function toInvoer<V extends object>(velden: V, gegevens: Partial<Gegevens<V>> | null): Invoer {
  const waarden = (gegevens ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    veldenVan(velden).map(([naam, veld]) => [
      naam,
      waarden[naam] === undefined || waarden[naam] === null ? [] : veld.type(waarden[naam]),
    ]),
  )
}

/** The field of a form that says how its fields stood when it was opened. */
export const WAS = '_was'

/** One part of a field on a form: most have one. */
interface Stukje {
  naam: string
  veld: Veld<unknown>
  deel: number
}

const stukjesVan = (velden: object): Stukje[] =>
  veldenVan(velden).flatMap(([naam, veld]) => (veld.delen ?? ['']).map((_, deel) => ({ naam, veld, deel })))

/** What was typed in a part, so that what is written differently is the same; what cannot be read is what stands there. */
function meant({ naam, veld, deel }: Stukje, invoer: Invoer, keuzes: Keuzes): unknown {
  const getypt = invoer[naam] ?? []
  const gelezen = veld.read(getypt, naam, keuzes[naam] ?? veld.opties ?? [])
  if (veld.delen !== undefined)
    return ('waarde' in gelezen ? veld.type(gelezen.waarde) : getypt)[deel]?.trim() ?? ''
  return 'waarde' in gelezen ? gelezen : getypt.filter(tekst => tekst !== '')
}

/**
 * How the parts of a form stood when it was opened, each told by a short mark: enough to see afterwards in which of them somebody
 * typed. In the order of the form.
 */
export function marksOf(velden: object, invoer: Invoer, keuzes: Keuzes = {}): string {
  return stukjesVan(velden)
    .map(stukje => JSON.stringify(meant(stukje, invoer, keuzes)))
    .map(tekst => createHash('sha256').update(tekst).digest('base64url').slice(0, 8))
    .join('.')
}

/**
 * What was typed over what somebody else left meanwhile: where nobody typed since the form was opened (`was`, by `marksOf`) it is as
 * the other left it, unless something that was typed hangs on it. Answers also the headings of what became different by it.
 */
export function mergeInvoer(
  velden: object,
  { invoer, was }: { invoer: Invoer; was: string },
  nu: Invoer,
  keuzes: Keuzes = {},
): { invoer: Invoer; gevolgd: string[] } {
  const toen = was.split('.')
  const [getypt = [], ander = []] = [invoer, nu].map(i => marksOf(velden, i, keuzes).split('.'))
  const stukjes = stukjesVan(velden).map((stukje, i) => ({
    ...stukje,
    eigen: toen[i] !== getypt[i],
    anders: getypt[i] !== ander[i],
  }))
  const houdt = (naam: string) => stukjes.some(({ eigen, veld }) => eigen && veld.alleenBij?.veld === naam)
  const volgt = stukjes.filter(({ naam, eigen, anders }) => !eigen && anders && !houdt(naam))
  const samen: Record<string, readonly string[]> = { ...invoer }
  for (const { naam, veld, deel } of volgt)
    samen[naam] =
      veld.delen === undefined
        ? (nu[naam] ?? [])
        : veld.delen.map((_, i) => (i === deel ? nu : samen)[naam]?.[i] ?? '')
  return { invoer: samen, gevolgd: [...new Set(volgt.map(({ veld }) => veld.kop))] }
}

/** What is kept, as people read it: the page of one, what somebody else left, a letter. */
export function describe<V extends object>(
  velden: V,
  gegevens: Gegevens<V>,
  keuzes: Keuzes = {},
): Eigenschap[] {
  const waarden = gegevens as Record<string, unknown>
  return veldenVan(velden)
    .filter(([naam, veld]) => veld.alleenBij === undefined || waarden[naam] !== null)
    .map(([naam, veld]) => ({
      naam: veld.kop,
      waarde: (waarden[naam] === null ? null : veld.zeg(waarden[naam], keuzes[naam])) ?? veld.geen ?? null,
    }))
}

/** Kinds that keep their nature in a file: an amount adds up, a date sorts. */
const ALS_ZICHZELF: Partial<Record<Soort, 'bedrag' | 'getal' | 'datum'>> = {
  bedrag: 'bedrag',
  getal: 'getal',
  decimaal: 'getal',
  datum: 'datum',
}

/** The same in a file: numbers stay numbers. */
export function exportColumns<V extends object>(velden: V): Exportkolom<Gegevens<V>>[] {
  return veldenVan(velden).flatMap(([naam, veld]): Exportkolom<Gegevens<V>>[] => {
    const waardeVan = (rij: Gegevens<V>) => (rij as Record<string, unknown>)[naam]
    if (veld.delen !== undefined)
      return veld.delen.map((deel, i) => ({
        kop: `${veld.kop}: ${deel.label.replace(/ \(.*/, '').toLowerCase()}`,
        waarde: rij => veld.type(waardeVan(rij))[i] ?? null,
      }))
    const soort = ALS_ZICHZELF[veld.soort]
    if (soort !== undefined)
      return [{ kop: veld.kop, soort, waarde: rij => waardeVan(rij) as number | string | null }]
    return [{ kop: veld.kop, waarde: rij => veld.zeg(waardeVan(rij)) }]
  })
}

/** The form of a row in a preset or a message: these fields and what is given besides, and no other. */
export function rowSchema<V extends object, M extends TProperties>(velden: V, meer: M) {
  const van = Object.fromEntries(veldenVan(velden).map(([naam, veld]) => [naam, veld.schema]))
  const schema = Type.Object({ ...van, ...meer }, { additionalProperties: false })
  return Type.Unsafe<Partial<Gegevens<V>> & Static<TObject<M>>>(schema)
}

/** A row of a preset with what was left out as null, so that it is written as what was typed. */
export function complete<V extends object>(velden: V, rij: Partial<Gegevens<V>>): Gegevens<V> {
  const waarden = rij as Record<string, unknown>
  return Object.fromEntries(
    veldenVan(velden).map(([naam, veld]) => [naam, waarden[naam] ?? veld.leegWaarde ?? null]),
  ) as Gegevens<V>
}
