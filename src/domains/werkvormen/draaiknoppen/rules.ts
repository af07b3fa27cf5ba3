import type { Methode } from '../../doorloop/rules.ts'

export const STANDEN = ['niet', 'beetje', 'stevig'] as const
/** How far a knob is turned. */
export type Knopstand = (typeof STANDEN)[number]

export const STANDNAAM: Readonly<Record<Knopstand, string>> = {
  niet: 'Niet draaien',
  beetje: 'Een beetje draaien',
  stevig: 'Stevig draaien',
}

export interface Knopkeuze {
  stand: Knopstand
  /** Own remark by the name of the actor. */
  opmerkingen: Readonly<Record<string, string>>
}

export type Knop = Methode['knoppen'][number]

/** Everyone who feels a consequence of some knob, in the order of the method. */
export function listActoren(knoppen: readonly Knop[]): string[] {
  return [...new Set(knoppen.flatMap(knop => knop.gevolgen.map(gevolg => gevolg.actor)))]
}

export interface Gevolg {
  knop: string
  stand: Knopstand
  punten: readonly string[]
  opmerking: string
}

/** All consequences of the knobs that are turned, together per actor. Grondslag: 004 bijlage IV, figuur 7. */
export function sideBySide(
  knoppen: readonly Knop[],
  keuzes: ReadonlyMap<string, Knopkeuze>,
): { actor: string; gevolgen: Gevolg[] }[] {
  return listActoren(knoppen).map(actor => ({
    actor,
    gevolgen: knoppen.flatMap(knop => {
      const keuze = keuzes.get(knop.code)
      const punten = knop.gevolgen.filter(gevolg => gevolg.actor === actor).flatMap(gevolg => gevolg.punten)
      if (keuze === undefined || keuze.stand === 'niet' || punten.length === 0) return []
      return [{ knop: knop.naam, stand: keuze.stand, punten, opmerking: keuze.opmerkingen[actor] ?? '' }]
    }),
  }))
}
