import { formatGetal } from '../ui/invoer.ts'
import type { Keuzes } from '../velden/formulier.ts'
import { isSameRow } from './gelijk.ts'
import type { Wijziging } from './plan.ts'
import { type Register, type Rijgegevens, sayRow } from './register.ts'
import { sayDifferences } from './voorbeelden.ts'

/** A change to be undone: what it left (`oud`) becomes again what stood there before it (`nieuw`). */
export interface Omgekeerd extends Wijziging<Rijgegevens> {
  register: string
  /** The change that is undone, or the last of more to one row. */
  ongedaan: number
  /** When that was done. */
  gedaan: Date
}

/**
 * What was done to one row at once, more than once, is one change; of what came to nothing nothing is undone. Newest first. `velden`: of
 * the registers of which that can be seen.
 */
export function foldOmgekeerd(
  velden: Readonly<Record<string, object>>,
  rijen: readonly Omgekeerd[],
): Omgekeerd[] {
  const perRij = Map.groupBy(rijen, ({ register, sleutel }) => JSON.stringify([register, sleutel]))
  return [...perRij.values()].flatMap(keren => {
    const [laatste, eerste] = [keren[0], keren.at(-1)]
    if (laatste === undefined || eerste === undefined) return []
    const samen = { ...laatste, nieuw: eerste.nieuw }
    const bekend = velden[samen.register]
    const niets = bekend !== undefined && isSameRow({ velden: bekend }, samen.oud, samen.nieuw)
    return niets ? [] : [samen]
  })
}

/** How many rows are named one by one. */
const NOEM = 5

/** What stands otherwise than it was left, in a sentence: why that can no longer be undone. */
export function sayLater(
  anders: readonly { register: Register; rij: Omgekeerd; nu: object | null }[],
): string {
  const gezegd = anders.slice(0, NOEM).map(({ register, rij: { oud, nieuw }, nu }) => {
    const hoe = nu === null ? 'verwijderd' : oud === null ? 'opnieuw toegevoegd' : 'gewijzigd'
    return `${sayRow(register, nu ?? oud ?? nieuw ?? {})} is ${hoe}`
  })
  const meer = anders.length - gezegd.length
  return `Daarna is er verder gewerkt: ${gezegd.join('; ')}${meer > 0 ? `; en nog ${meer}` : ''}. Maak dat eerst ongedaan.`
}

/** What rows become when a change to `sleutel` is undone, a line for each field of that row and for each row that goes along. */
export function sayOmgekeerd(
  register: Register,
  keuzes: Keuzes,
  rijen: readonly Omgekeerd[],
  sleutel: string,
): string[] {
  const eigen = rijen.filter(rij => rij.register === register.naam)
  const zelf = eigen.filter(rij => rij.sleutel === sleutel)
  const ander = eigen.filter(rij => rij.sleutel !== sleutel)
  const mee = rijen.filter(rij => rij.register !== register.naam)
  const meer = ander.length - NOEM
  return [
    ...zelf.flatMap(rij => sayOne(register, keuzes, rij)),
    ...ander
      .slice(0, NOEM)
      .map(
        rij =>
          `${sayRow(register, rij.nieuw ?? rij.oud ?? {}, keuzes)}: ${sayOne(register, keuzes, rij).join('; ')}`,
      ),
    ...(meer > 0 ? [`en nog ${meer}`] : []),
    ...countBack(register, mee),
  ]
}

function sayOne({ velden }: Register, keuzes: Keuzes, { oud, nieuw }: Omgekeerd): string[] {
  if (nieuw === null) return ['het verdwijnt']
  if (oud === null) return ['het komt terug']
  return sayDifferences(velden, keuzes, { oud, nieuw }).map(
    ({ kop, oud: van, nieuw: naar, verschil }) =>
      `${kop}: ${van ?? 'leeg'} → ${naar ?? 'leeg'}${verschil === undefined ? '' : ` (${verschil})`}`,
  )
}

/** What ended with rows and comes back with them: '41 tarieven die weer doorlopen'. */
function countBack({ meegaand }: Register, mee: readonly Omgekeerd[]): string[] {
  const aantal = listBack(mee).length
  if (meegaand === undefined || aantal === 0) return []
  const [een, meer] = meegaand.terug
  return [`${formatGetal(aantal)} ${aantal === 1 ? een : meer}`]
}

/** The rows that come back, or get back the time that was taken from them. */
export const listBack = (mee: readonly Omgekeerd[]) => mee.filter(({ nieuw }) => nieuw !== null)
