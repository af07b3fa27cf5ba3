import { invalid, type Problem } from '../problem.ts'
import type { Wijziging } from './plan.ts'
import { countSteps, type Raak, Raakverbod } from './raakt.ts'
import { keyOf, periodeOf, type Register, type Registerrij, type Rijgegevens } from './register.ts'

/**
 * What goes when a row ends earlier, of what must follow on each other (`aaneen`): all that begins after it. Who ends a contract ends its
 * later versions too; left there, they would begin again after a gap. Of who is asked what a change touches: a program says it row by row.
 */
export function listErna(
  register: Register,
  bestaand: readonly Registerrij[],
  { stond, wordt }: { stond: Rijgegevens | undefined; wordt: Rijgegevens },
): Wijziging<Registerrij>[] {
  const [was, dagen] = [stond && periodeOf(register, stond), periodeOf(register, wordt)]
  const eind = dagen?.eind ?? null
  if (register.aaneen !== true || was === undefined || eind === null) return []
  if (was.eind !== null && was.eind <= eind) return []
  return bestaand
    .filter(rij => (periodeOf(register, rij)?.begin ?? '') > eind)
    .map(oud => ({ sleutel: keyOf(register, oud), nummer: null, oud, nieuw: null }))
}

/** The same as what the change touches: so many go, the first from its day. */
export function ernaAsRaakt(register: Register, erna: readonly Wijziging<Registerrij>[]): Raak[] {
  const [eerste] = erna.flatMap(({ oud }) => (oud && periodeOf(register, oud)?.begin) ?? []).sort()
  if (eerste === undefined) return []
  const [een, meer] = register.blad.deelVan?.naam ?? [register.een, register.naam]
  const naam = [`${een} die dan vervalt`, `${meer} die dan vervallen`] as const
  return [{ sleutel: erna[0]?.sleutel ?? '', naam, aantal: erna.length, vanaf: eerste }]
}

/** Why what comes after cannot go, as a fault of the last day that would end it; undefined of anything else. */
export function ernaStays(
  { periode }: Register,
  erna: readonly unknown[],
  fout: unknown,
): Problem | undefined {
  // A row that was typed does not go: then it is of what comes after.
  if (erna.length === 0 || !(fout instanceof Raakverbod) || fout.status !== 409) return undefined
  const melding = `Wat erna komt, kan niet mee vervallen. ${fout.detail ?? ''}`.trim()
  return invalid('Dit is niet opgeslagen', [{ pad: `${periode}Eind`, melding }])
}

/**
 * What leans on a row and on what goes with it mostly is the same: a toewijzing that runs on leans on each of them. Of residents that is told
 * of the row on which most lean, which is true of all together too ('5 of meer'); where none has so many, of each.
 */
export function countOnce(raakt: readonly Raak[]): Raak[] {
  return [...Map.groupBy(raakt, ({ naam: [, meer] }) => meer).values()].flatMap(soort => {
    const rijen = [...Map.groupBy(soort, ({ sleutel }) => sleutel).values()]
    const meeste = rijen.reduce((a, b) => (countSteps(b) > countSteps(a) ? b : a))
    if (!soort.every(({ inwoners }) => inwoners) || countSteps(meeste) === 0) return soort
    const [vanaf] = soort.flatMap(raak => raak.vanaf ?? []).sort()
    return meeste.map(raak => (vanaf === undefined ? raak : { ...raak, vanaf }))
  })
}
