import { addDays, formatDatumKort, overlaps, type Periode } from '../dates.ts'
import { isSameRow } from './gelijk.ts'
import { findLookalikes } from './gelijkenis.ts'
import { endsOn, keyOf, periodeOf, type Sleutelregels, stemOf } from './register.ts'

/** A row that somebody wants as it stands here. `nummer`: where it stands in their file. */
export interface Gewenst<G> {
  nummer: number | null
  gegevens: G
}

/** One row that becomes new, different or gone. `nummer` is null for a row that ends because another begins. */
export interface Wijziging<G> {
  sleutel: string
  nummer: number | null
  oud: G | null
  nieuw: G | null
  /** The change that this one undoes. */
  ongedaan?: number
  /** Of a wanted row the one of the same key before it in time; absent of the first, and where a register knows no time. */
  volgtOp?: Opgevolgd<G>
}

export interface Opgevolgd<G> {
  sleutel: string
  /** As it will stand. */
  gegevens: G
  /** Its fields that were said in another measure: of those no share is told. */
  andereMaat?: Maatwissel
}

/** From which measure to which, by field: from the minute to the hour. */
export type Maatwissel = Readonly<Record<string, { van: string; naar: string }>>

/** What is wrong with one row; `nummer` is null for what is wrong with the file itself. */
export interface Rijfout {
  nummer: number | null
  melding: string
}

export interface Plan<G> {
  wijzigingen: Wijziging<G>[]
  gelijk: number
  /** Rows that say the same as another that is wanted. */
  dubbel: number
  fouten: Rijfout[]
}

/**
 * What must change so that every wanted row stands as it is wanted, next to what is there. Rows that are not wanted stay. The
 * same rows again change nothing.
 */
export function planChanges<G extends object>(
  register: Sleutelregels,
  bestaand: readonly G[],
  gewenst: readonly Gewenst<G>[],
): Plan<G> {
  const nu = new Map(bestaand.map(gegevens => [keyOf(register, gegevens), gegevens]))
  const { straks, fouten, dubbel } = lay(register, nu, gewenst)
  for (const { nummer, melding } of findLookalikes(register, bestaand, straks.values()))
    fouten.push({ nummer, melding })
  const stammen = Map.groupBy(straks.values(), ({ gegevens }) => stemOf(register, gegevens))
  // What nobody touches is not looked at: it holds already.
  for (const rijen of stammen.values())
    if (rijen.some(({ nummer }) => nummer !== null)) fouten.push(...follow(register, rijen))
  fouten.push(...findRings(register, straks))
  const ervoor = before(register, stammen.values())
  const wijzigingen: Wijziging<G>[] = []
  for (const [sleutel, { nummer, gegevens }] of straks) {
    const oud = nu.get(sleutel) ?? null
    if (oud !== null && isSameRow(register, oud, gegevens)) continue
    const volgtOp = ervoor.get(sleutel)
    wijzigingen.push({ sleutel, nummer, oud, nieuw: gegevens, ...(volgtOp && { volgtOp }) })
  }
  const geraakt = new Set(wijzigingen.map(({ sleutel }) => sleutel))
  const gelijk = [...straks].filter(
    ([sleutel, { nummer }]) => nummer !== null && !geraakt.has(sleutel),
  ).length
  return { wijzigingen, gelijk, dubbel, fouten }
}

/** Lays what is wanted over what is there; the same key twice in one file is a mistake, unless it says the same. */
function lay<G extends object>(
  register: Sleutelregels,
  nu: ReadonlyMap<string, G>,
  gewenst: readonly Gewenst<G>[],
) {
  const straks = new Map<string, Gewenst<G>>()
  for (const [sleutel, gegevens] of nu) straks.set(sleutel, { nummer: null, gegevens })
  const fouten: Rijfout[] = []
  let dubbel = 0
  for (const { nummer, gegevens } of gewenst) {
    const sleutel = keyOf(register, gegevens)
    const eerder = straks.get(sleutel)
    if (eerder?.nummer == null) straks.set(sleutel, { nummer, gegevens })
    else if (isSameRow(register, eerder.gegevens, gegevens)) dubbel += 1
    else fouten.push({ nummer, melding: `Dit staat ook op rij ${eerder.nummer}, en daar staat het anders.` })
  }
  return { straks, fouten, dubbel }
}

/** Puts the rows of one key after each other in time. Answers what overlaps. */
function follow<G extends object>(register: Sleutelregels, rijen: Gewenst<G>[]): Rijfout[] {
  if (register.periode === undefined) return []
  const periodeVan = (rij: Gewenst<G>) => periodeOf(register, rij.gegevens) as Periode
  const volgorde = rijen.sort((a, b) => (periodeVan(a).begin < periodeVan(b).begin ? -1 : 1))
  return volgorde.flatMap((rij, i): Rijfout[] => {
    const volgende = volgorde[i + 1]
    if (volgende === undefined) return []
    const { begin } = periodeVan(volgende)
    if (givesWay(rij, volgende, periodeVan)) rij.gegevens = endsOn(register, rij.gegevens, addDays(begin, -1))
    if (!overlaps(periodeVan(rij), periodeVan(volgende))) return []
    const [fout, ander] = volgende.nummer === null ? [rij, volgende] : [volgende, rij]
    const waar = ander.nummer === null ? 'wat er al staat' : `rij ${ander.nummer}`
    const wat = `Deze periode valt samen met die van ${waar}, vanaf ${formatDatumKort(periodeVan(ander).begin)}.`
    const hoe = ander.nummer === null ? ` ${sayMakeRoom(periodeVan(ander), ander === volgende)}` : ''
    return [{ nummer: fout.nummer, melding: `${wat}${hoe}` }]
  })
}

/** What to do about what stands in the way: it begins later, or lasts longer. */
const sayMakeRoom = ({ eind }: Periode, later: boolean) =>
  later
    ? 'Kies een laatste dag vóór die dag, of verwijder eerst wat er vanaf die dag staat.'
    : `Laat het doorlopen tot en met ${eind === null ? 'het einde' : formatDatumKort(eind)}, of wijzig eerst wat er al staat.`

/** Of each wanted row the one before it in time; asked once they were put after each other (`follow`). */
function before<G extends object>(
  register: Sleutelregels,
  stammen: Iterable<readonly Gewenst<G>[]>,
): Map<string, Opgevolgd<G>> {
  const uit = new Map<string, Opgevolgd<G>>()
  if (register.periode === undefined) return uit
  for (const rijen of stammen)
    for (const [i, { nummer, gegevens }] of rijen.entries()) {
      const vorige = rijen[i - 1]
      if (nummer === null || vorige === undefined) continue
      uit.set(keyOf(register, gegevens), {
        sleutel: keyOf(register, vorige.gegevens),
        gegevens: vorige.gegevens,
      })
    }
  return uit
}

/** In a tree nothing hangs under itself, nor under what hangs under it. Answers the wanted rows that would. */
export function findRings<G extends object>(
  { ouder }: Sleutelregels,
  straks: ReadonlyMap<string, Gewenst<G>>,
): Rijfout[] {
  if (ouder === undefined) return []
  const boven = (sleutel: string) =>
    (straks.get(sleutel)?.gegevens as Record<string, string | null> | undefined)?.[ouder] ?? null
  return [...straks].flatMap(([sleutel, { nummer }]): Rijfout[] => {
    if (nummer === null) return []
    const gezien = new Set<string>()
    for (let op = boven(sleutel); op !== null && !gezien.has(op); op = boven(op)) {
      if (op === sleutel) return [{ nummer, melding: 'Dit zou onder zichzelf komen te hangen.' }]
      gezien.add(op)
    }
    return []
  })
}

/**
 * True when a row ends because the next begins: it has no last day, or it stood there already and what is wanted now takes the rest
 * of its time. Would a part be left after that, then nobody said what holds there.
 */
function givesWay<G>(
  rij: Gewenst<G>,
  volgende: Gewenst<G>,
  periodeVan: (rij: Gewenst<G>) => Periode,
): boolean {
  const { eind } = periodeVan(rij)
  if (eind === null) return true
  if (rij.nummer !== null || volgende.nummer === null) return false
  const straks = periodeVan(volgende)
  return straks.begin <= eind && (straks.eind === null || straks.eind >= eind)
}
