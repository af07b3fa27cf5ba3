import type { Datum } from '../../../platform/dates.ts'
import type { Prestatie } from './rules.ts'
import { type Indiener, referentieSleutel } from './store.ts'

interface TeOrdenen extends Indiener {
  maand: Datum
  clienten: readonly { prestaties: readonly Pick<Prestatie, 'referentie' | 'vorigeReferentie'>[] }[]
}

/**
 * The order in which the declaraties of one delivery count: the earliest month first (TR318), and within a month one
 * that credits a line after the one that brings that line (TR323). For the rest they stay as they are.
 */
export function orderDeclaraties<D extends TeOrdenen>(berichten: readonly D[]): D[] {
  if (berichten.length < 2) return [...berichten]
  const bronnen = new Map(
    berichten.flatMap(bericht =>
      bericht.clienten.flatMap(({ prestaties }) =>
        prestaties.map(({ referentie }) => [referentieSleutel({ ...bericht, referentie }), bericht] as const),
      ),
    ),
  )
  const dieptes = new Map<D, number>()
  const diepte = (bericht: D): number => {
    const bekend = dieptes.get(bericht)
    if (bekend !== undefined) return bekend
    // Two that credit each other have no order; this ends the search.
    dieptes.set(bericht, 0)
    let diepst = 0
    for (const { prestaties } of bericht.clienten)
      for (const { vorigeReferentie } of prestaties) {
        if (vorigeReferentie === null) continue
        const bron = bronnen.get(referentieSleutel({ ...bericht, referentie: vorigeReferentie }))
        if (bron && bron !== bericht) diepst = Math.max(diepst, diepte(bron) + 1)
      }
    dieptes.set(bericht, diepst)
    return diepst
  }
  return [...berichten].sort(
    (a, b) => (a.maand < b.maand ? -1 : a.maand > b.maand ? 1 : 0) || diepte(a) - diepte(b),
  )
}
