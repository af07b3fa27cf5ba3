import type { JuridischeRegel, Raakt, Risico, Wet } from '../methode/rules.ts'

/** What a choice touches, as far as legal risk is concerned. */
export interface Keuze {
  raakt: Raakt
  kenmerken: readonly string[]
  wetten: readonly Wet[]
}

const ERNST: Readonly<Record<Risico, number>> = { uitgesloten: 0, hoger: 1, laag: 2 }

/**
 * The legal rules that apply to a choice, worst first. A rule applies when everything in its `als` holds; of one law, when
 * the choice is made under that law. Grondslag: 004 bijlage II; the source of each rule stands with it.
 */
export function markeer(keuze: Keuze, regels: readonly JuridischeRegel[]): JuridischeRegel[] {
  return regels
    .filter(
      ({ als }) =>
        (als.raakt === undefined || als.raakt === keuze.raakt) &&
        (als.kenmerk === undefined || keuze.kenmerken.includes(als.kenmerk)) &&
        (als.wet === undefined || keuze.wetten.includes(als.wet)),
    )
    .toSorted((a, b) => ERNST[a.risico] - ERNST[b.risico])
}
