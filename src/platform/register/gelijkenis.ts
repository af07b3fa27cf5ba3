import { veldenVan } from '../velden/formulier.ts'
import { looksLike } from '../verborgen.ts'
import type { Gewenst, Rijfout } from './plan.ts'
import { type Sleutelregels, stemOf } from './register.ts'

/** A row whose key looks like that of another; `pad`: the field to write otherwise. */
export interface Gelijkenis extends Rijfout {
  pad: string
}

/** The fields of a key that somebody types: what names another row names one that is there. */
const listTyped = ({ velden, sleutel }: Sleutelregels): string[] =>
  veldenVan(velden).flatMap(([naam, { soort }]) =>
    sleutel.includes(naam) && soort === 'tekst' ? [naam] : [],
  )

/** True when rows of this register can look like each other at all. */
export const hasTypedKey = (register: Sleutelregels): boolean => listTyped(register).length > 0

/**
 * Wanted rows whose key is told from that of another by what nobody sees alone (`looksLike`): people read one code where a program reads two.
 * Only what somebody types themselves is looked at; what names another row names one that is there.
 */
export function findLookalikes<G extends object>(
  register: Sleutelregels,
  bestaand: readonly G[],
  gewenst: Iterable<Gewenst<G>>,
): Gelijkenis[] {
  const vrij = listTyped(register)
  const [pad] = vrij
  if (pad === undefined) return []
  const sayVrij = (gegevens: object) =>
    vrij.map(naam => String((gegevens as Record<string, unknown>)[naam] ?? '')).join(', ')
  const bareOf = (gegevens: object) => {
    const kaal = vrij.map(naam => [
      naam,
      looksLike(String((gegevens as Record<string, unknown>)[naam] ?? '')),
    ])
    return stemOf(register, { ...gegevens, ...Object.fromEntries(kaal) })
  }
  const stammen = new Set(bestaand.map(rij => stemOf(register, rij)))
  const bekend = new Map(
    bestaand.map(rij => [bareOf(rij), { stam: stemOf(register, rij), rij, nummer: null as number | null }]),
  )
  return [...gewenst].flatMap(({ nummer, gegevens }): Gelijkenis[] => {
    const stam = stemOf(register, gegevens)
    if (nummer === null || stammen.has(stam)) return []
    const ander = bekend.get(bareOf(gegevens))
    if (ander === undefined) bekend.set(bareOf(gegevens), { stam, rij: gegevens, nummer })
    if (ander === undefined || ander.stam === stam) return []
    const waar = ander.nummer === null ? 'dat er al staat' : `op rij ${ander.nummer}`
    return [
      {
        nummer,
        pad,
        melding: `‘${sayVrij(gegevens)}’ lijkt te veel op ‘${sayVrij(ander.rij)}’ ${waar}. Schrijf het net zo, of kies een andere code.`,
      },
    ]
  })
}
