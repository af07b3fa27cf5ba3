import type { Methode } from '../../doorloop/rules.ts'

/** For which groups at which risk factors an offer is meant. */
export interface Risicokeuze {
  cellen: Readonly<Record<string, readonly string[]>>
}

/** How many residents a group has: exact, fewer than ten, or not known. A number below ten is never kept. */
export interface Aantal {
  aantal: number | 'klein' | null
  bron: string
  jaar: number | null
}

type Matrix = Methode['risicomatrix']

/** Below this a number could point at people: then only 'minder dan 10' is kept and shown. */
export const KLEIN = 10
export const KLEIN_TEKST = 'minder dan 10'
export const MEEST_INWONERS = 1_000_000

/** The ticks of a form that exist in the method; groups without any are left out. */
export function readCellen(matrix: Matrix, vinkjes: (groep: string) => readonly string[]): Risicokeuze {
  const rijen = matrix.groepen.flatMap(({ code }) => {
    const gekozen = vinkjes(code)
    const factoren = matrix.factoren.map(f => f.code).filter(factor => gekozen.includes(factor))
    return factoren.length === 0 ? [] : [[code, factoren] as const]
  })
  return { cellen: Object.fromEntries(rijen) }
}

export function hasCel(keuze: Risicokeuze, groep: string, factor: string): boolean {
  return keuze.cellen[groep]?.includes(factor) ?? false
}

/** How many ticks a choice has in the matrix. */
export function countCellen(matrix: Matrix, keuze: Risicokeuze): number {
  return matrix.groepen.reduce(
    (som, groep) => som + matrix.factoren.filter(f => hasCel(keuze, groep.code, f.code)).length,
    0,
  )
}

export interface Ingevuld {
  naam: string
  keuze: Risicokeuze
}

/** The offers that reach a group at a factor; without `factor` at any of them. */
export function listBereik(ingevuld: readonly Ingevuld[], groep: string, factor?: string): string[] {
  return ingevuld
    .filter(({ keuze }) =>
      factor === undefined ? (keuze.cellen[groep] ?? []).length > 0 : hasCel(keuze, groep, factor),
    )
    .map(({ naam }) => naam)
}

export interface Dekking {
  /** Names of groups and factors that no offer reaches. */
  groepenZonder: string[]
  factorenZonder: string[]
  /** Places in the matrix that more than one offer reaches. */
  overlap: { groep: string; factor: string; aanbod: string[] }[]
}

/**
 * Gaps and overlap over all offers that are filled in. A gap is no judgement: a group without an offer here may be
 * helped elsewhere. Grondslag: 004 bijlage IV, figuur 4.
 */
export function coverage(matrix: Matrix, ingevuld: readonly Ingevuld[]): Dekking {
  const { groepen, factoren } = matrix
  return {
    groepenZonder: groepen.filter(g => listBereik(ingevuld, g.code).length === 0).map(g => g.naam),
    factorenZonder: factoren
      .filter(f => !ingevuld.some(({ keuze }) => groepen.some(g => hasCel(keuze, g.code, f.code))))
      .map(f => f.naam),
    overlap: groepen.flatMap(groep =>
      factoren.flatMap(factor => {
        const aanbod = listBereik(ingevuld, groep.code, factor.code)
        return aanbod.length > 1 ? [{ groep: groep.naam, factor: factor.naam, aanbod }] : []
      }),
    ),
  }
}

/**
 * Reads a number of residents as typed; '<10' and 'minder dan 10' are as good as a number. A number below ten becomes
 * 'klein'. Undefined when it is no number of residents.
 */
export function readAantal(tekst: string): Aantal['aantal'] | undefined {
  const schoon = tekst.trim().toLowerCase()
  if (schoon === '') return null
  if (/^(<\s*10|minder dan (10|tien))$/.test(schoon)) return 'klein'
  if (!/^(\d{1,3}(\.\d{3})+|\d{1,9})$/.test(schoon)) return undefined
  const getal = Number(schoon.replaceAll('.', ''))
  if (getal > MEEST_INWONERS) return undefined
  return getal < KLEIN ? 'klein' : getal
}
