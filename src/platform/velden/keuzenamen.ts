import type { Optie } from '../ui/velden.tsx'
import { looksLike } from '../verborgen.ts'
import type { Gelezen } from './veld.ts'

const namesOf = ({ naam, ook = [] }: Optie) => [naam, ...ook]
const asTyped = (tekst: string) => tekst.trim().normalize('NFC')

type Wijzer = ReadonlyMap<string, readonly Optie[]>

/**
 * How a choice may be named, the surest way first: by its word, by its name, by both, by either without accents and capitals. Of a name
 * that begins with the word ('45A04 Begeleiding') the rest is enough.
 */
const MANIEREN: readonly { van: (optie: Optie) => string[]; als: (getypt: string) => string }[] = [
  { van: ({ waarde }) => [waarde], als: getypt => getypt },
  { van: optie => namesOf(optie).map(asTyped), als: asTyped },
  { van: optie => namesOf(optie).map(naam => looksLike(`${naam} (${optie.waarde})`)), als: looksLike },
  { van: optie => [optie.waarde, ...namesOf(optie)].map(looksLike), als: looksLike },
  { van: restOf, als: looksLike },
]

function restOf({ waarde, naam }: Optie): string[] {
  const [woord, heel] = [looksLike(waarde), looksLike(naam)]
  return heel.startsWith(woord) && heel !== woord ? [heel.slice(woord.length)] : []
}

/** The choices by each way of naming them, and how many commas a name of them has at most. */
interface Register {
  wijzers: Wijzer[]
  kommas: number
}

/** Made once for a list of choices: a file names them in every row. */
const REGISTERS = new WeakMap<readonly Optie[], Register>()

function registerOf(opties: readonly Optie[]): Register {
  const bekend = REGISTERS.get(opties)
  if (bekend !== undefined) return bekend
  const wijzers = MANIEREN.map(({ van }) => {
    const wijzer = new Map<string, Optie[]>()
    for (const optie of opties)
      for (const naam of van(optie)) {
        const hier = wijzer.get(naam) ?? []
        if (!hier.some(({ waarde }) => waarde === optie.waarde)) hier.push(optie)
        wijzer.set(naam, hier)
      }
    return wijzer
  })
  const namen = opties.flatMap(optie => [optie.waarde, ...namesOf(optie)])
  const register = { wijzers, kommas: namen.reduce((n, naam) => Math.max(n, naam.split(',').length - 1), 0) }
  REGISTERS.set(opties, register)
  return register
}

/** The choices that can be meant: those that fit in the surest way in which any does. More than one is for who typed it to say. */
function findOpties(opties: readonly Optie[], getypt: string): readonly Optie[] {
  const { wijzers } = registerOf(opties)
  for (const [i, { als }] of MANIEREN.entries()) {
    const gevonden = wijzers[i]?.get(als(getypt))
    if (gevonden !== undefined) return gevonden
  }
  return []
}

/** The one choice that is meant; undefined for none, and where it can be more than one. */
export function findOptie(opties: readonly Optie[], getypt: string): Optie | undefined {
  const [optie, ander] = findOpties(opties, getypt)
  return ander === undefined ? optie : undefined
}

/** The word of the choice that is meant, or why it is none: `kies` says what to do when it is not known. */
export function readOptie(opties: readonly Optie[], getypt: string, kies: string): Gelezen<string> {
  const gevonden = findOpties(opties, getypt)
  const [optie] = gevonden
  if (optie === undefined) return { meldingen: [unknown([getypt], kies)] }
  return gevonden.length === 1 ? { waarde: optie.waarde } : { meldingen: [ambiguous(getypt, gevonden)] }
}

/**
 * The choices that are meant by texts that may each name more of them, as one cell of a file does, with commas between. A name can hold
 * a comma itself: the longest that is known counts, unless its parts are names as well.
 */
export function readNamen(
  opties: readonly Optie[],
  waarden: readonly string[],
  kies: string,
): { gekozen: ReadonlySet<string>; meldingen: string[] } {
  const gekozen = new Set<string>()
  const onbekend: string[] = []
  const meldingen: string[] = []
  for (const naam of waarden.flatMap(waarde => splitNamen(opties, waarde))) {
    const gevonden = findOpties(opties, naam)
    const delen = naam.split(',').filter(deel => deel.trim() !== '')
    if (gevonden.length === 0) onbekend.push(naam)
    else if (gevonden.length > 1) meldingen.push(ambiguous(naam, gevonden))
    else if (
      delen.length > 1 &&
      !isWord(gevonden, naam) &&
      delen.every(deel => findOpties(opties, deel).length > 0)
    )
      meldingen.push(`‘${naam}’ kan één naam zijn, of meer namen met een komma ertussen. Vul de codes in.`)
    else for (const { waarde } of gevonden) gekozen.add(waarde)
  }
  if (onbekend.length > 0) meldingen.unshift(unknown(onbekend, kies))
  return { gekozen, meldingen }
}

const isWord = ([optie]: readonly Optie[], naam: string) => optie?.waarde === naam

/** The names in one text: from its beginning the longest run of its parts that is known, or else one part. */
function splitNamen(opties: readonly Optie[], tekst: string): string[] {
  const delen = tekst.split(',')
  const namen: string[] = []
  const meeste = registerOf(opties).kommas + 1
  for (let i = 0; i < delen.length; ) {
    let tot = Math.min(delen.length, i + meeste)
    while (tot > i + 1 && findOpties(opties, delen.slice(i, tot).join(',').trim()).length === 0) tot -= 1
    namen.push(delen.slice(i, tot).join(',').trim())
    i = tot
  }
  return namen.filter(naam => naam !== '')
}

/** What was named and cannot be chosen, and what to do instead. */
const unknown = (namen: readonly string[], kies: string) =>
  `${namen.map(naam => `‘${naam}’`).join(', ')} ${namen.length === 1 ? 'is' : 'zijn'} hier niet bekend. ${kies}`

const TELWOORDEN = ['twee', 'drie', 'vier', 'vijf']

const ambiguous = (naam: string, opties: readonly Optie[]) => {
  const codes = opties.map(({ waarde }) => waarde)
  const lijst = `${codes.slice(0, -1).join(', ')} en ${codes.at(-1)}`
  return `Er zijn er ${TELWOORDEN[codes.length - 2] ?? codes.length} die ‘${naam}’ kunnen zijn: ${lijst}. Vul de code in.`
}

/** The same choices by names that tell them apart: where two are called the same, each with its word behind it. */
export function toDistinct(opties: readonly Optie[]): Optie[] {
  const vaker = new Set(
    [...Map.groupBy(opties, ({ naam }) => looksLike(naam))].flatMap(([naam, zelfde]) =>
      zelfde.length > 1 ? [naam] : [],
    ),
  )
  return opties.map(optie =>
    vaker.has(looksLike(optie.naam)) ? { ...optie, naam: `${optie.naam} (${optie.waarde})` } : optie,
  )
}
