import { formNames, veldenVan } from '../../velden/formulier.ts'
import type { Veld } from '../../velden/veld.ts'
import type { Blad } from '../bladen/bladbestand.ts'
import type { Rijfout } from '../plan.ts'
import type { Sleutelregels } from '../register.ts'

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

export const headingOf = ({ kop, delen }: Veld<unknown>, deel: number) =>
  delen === undefined ? kop : `${kop}: ${(delen[deel]?.label ?? '').replace(/ \(.*/, '').toLowerCase()}`

/** What is expected in one cell: of a period a day in each, of which the last may be left empty. */
export const formOf = ({ vorm, delen }: Veld<unknown>, deel: number) => {
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

/** A row further down than this is not looked at for headings. */
const BOVENAAN = 10

/**
 * What is wrong with the headings, all at once. `leeg`: nothing stands there yet, so that a new row needs every column that must be filled
 * in; else one that is no key may be left out, and then what stands there stays.
 */
export function checkKoppen(
  register: Sleutelregels,
  blad: Blad,
  { plaats, onbekend, fouten }: Herkend,
  leeg: boolean,
): Rijfout[] {
  const zonder = listMissing(register, plaats)
  const sleutels = zonder.filter(({ sleutel }) => sleutel)
  if (sleutels.length > 0) {
    const lager = blad.rijen.slice(0, BOVENAAN).find(({ cellen }) => isHeading(register, cellen, plaats.size))
    if (lager !== undefined)
      return [fileFault(`De koppen staan zo te zien op rij ${lager.nummer}. ${EERSTE_RIJ}`)]
    if (plaats.size === 0)
      return [fileFault(`Geen van de koppen wordt herkend. ${EERSTE_RIJ} ${sayNeeded(register)}`)]
  }
  const nodig = leeg || sleutels.length > 0 ? zonder : []
  return [...fouten, ...nodig.map(({ veld }) => fileFault(sayMissing(veld, onbekend)))]
}

const fileFault = (melding: string): Rijfout => ({ nummer: null, melding })

const EERSTE_RIJ = 'Zet de koppen op de eerste rij van het eerste blad, zonder iets erboven.'

/** True when this row reads as the headings: it names every key, and more than what stands above it does. */
function isHeading(register: Sleutelregels, koppen: string[], meer: number): boolean {
  const { plaats } = recognise(register.velden, { koppen })
  return plaats.size > meer && !listMissing(register, plaats).some(({ sleutel }) => sleutel)
}

const sayNeeded = (register: Sleutelregels) => {
  const koppen = listMissing(register, new Map()).map(({ veld }) => headingOf(veld, 0))
  return `Ze heten: ${koppen.join(', ')}.`
}

/** That a column is not there, and what may be meant by a heading that nobody reads. */
export function sayMissing(veld: Veld<unknown>, onbekend: readonly string[]): string {
  const kop = headingOf(veld, 0)
  const [bedoeld] = onbekend.filter(
    ander => bare(ander).includes(bare(kop)) || bare(kop).includes(bare(ander)),
  )
  return `De kolom ‘${kop}’ ontbreekt.${bedoeld === undefined ? '' : ` De kop ‘${bedoeld}’ wordt niet herkend: is dat deze kolom, noem die dan ‘${kop}’.`}`
}

/** The columns that a new row cannot do without and that are not in the file; `sleutel`: without it no row can be told from another. */
function listMissing(
  { velden, sleutel, periode }: Sleutelregels,
  plaats: ReadonlyMap<string, number>,
): { veld: Veld<unknown>; sleutel: boolean }[] {
  const sleutels = new Set<string>([...sleutel, ...(periode === undefined ? [] : [periode])])
  return veldenVan(velden)
    .filter(([naam, veld]) => (sleutels.has(naam) || isNeeded(veld)) && !plaats.has(`${naam}.0`))
    .map(([naam, veld]) => ({ veld, sleutel: sleutels.has(naam) }))
}

/** True when it must be filled in, whatever else is. */
export const isNeeded = ({ verplicht, alleenBij }: Veld<unknown>) => verplicht && alleenBij === undefined
