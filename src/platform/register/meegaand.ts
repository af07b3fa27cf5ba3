import type { Db } from '../db/tables.ts'
import type { Wijziging } from './plan.ts'
import type { Raak } from './raakt.ts'
import { keyOf, type Meegaand, type Register, type Rijgegevens } from './register.ts'

/** What must change in another register, with the key of the row that it ends with. */
export interface Meegang {
  vanwege: string
  wijzigingen: Wijziging<Rijgegevens>[]
}

/** What ends with the rows that change; what goes altogether is refused as long as something hangs on it. */
export async function findMeegaand(
  db: Db,
  { meegaand }: Register,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
): Promise<Meegang[]> {
  if (meegaand === undefined || wijzigingen.every(({ oud }) => oud === null)) return []
  const gevonden = await meegaand.find(db, wijzigingen)
  return gevonden.map(({ vanwege, rij, blijft }) => ({
    vanwege,
    wijzigingen: shorten(meegaand.register, rij, blijft),
  }))
}

/** A row that begins on another day has another key: the old one goes, and what is left of it comes. */
function shorten(
  register: Register,
  oud: Rijgegevens,
  blijft: Awaited<ReturnType<Meegaand['find']>>[number]['blijft'],
): Wijziging<Rijgegevens>[] {
  const nieuw = blijft === null ? null : { ...oud, [register.periode ?? '']: blijft }
  const sleutel = keyOf(register, oud)
  if (nieuw === null || keyOf(register, nieuw) === sleutel) return [{ sleutel, nummer: null, oud, nieuw }]
  return [
    { sleutel, nummer: null, oud, nieuw: null },
    { sleutel: keyOf(register, nieuw), nummer: null, oud: null, nieuw },
  ]
}

/** The same as what a change of the rows touches: so many of each end with it. */
export function asRaakt({ meegaand }: Register, gangen: readonly Meegang[]): Raak[] {
  if (meegaand === undefined) return []
  const { naam } = meegaand
  return [...Map.groupBy(gangen, ({ vanwege }) => vanwege)].map(([sleutel, eigen]) => ({
    sleutel,
    naam,
    aantal: eigen.length,
  }))
}
