import type { Wet } from '../../dossiers/rules.ts'
import type { JuridischeRegel, Raakt, Risico } from '../methode/rules.ts'

/** What a choice is about, as far as the law cares. */
export interface Keuze {
  /** Existing rights, only new applications, or nothing of a resident at all. */
  raakt: Raakt
  /** Codes of the marks of the method that fit the choice. */
  kenmerken: readonly string[]
  /** The laws of the dossier. */
  wetten: readonly Wet[]
}

/** A legal rule that meets the choice. */
export type Merk = Pick<JuridischeRegel, 'code' | 'risico' | 'uitleg' | 'bron' | 'datum'>

const ERNST: readonly Risico[] = ['uitgesloten', 'hoger', 'laag']

/**
 * Every legal rule of the method that meets this choice, worst first; rules of one risk keep the order of the method. A
 * rule meets when all that it asks is so. Grondslag: 004 bijlage II.
 */
export function highlight(keuze: Keuze, regels: readonly JuridischeRegel[]): Merk[] {
  return regels
    .filter(({ als }) => meets(keuze, als))
    .map(({ code, risico, uitleg, bron, datum }) => ({ code, risico, uitleg, bron, datum }))
    .sort((a, b) => ERNST.indexOf(a.risico) - ERNST.indexOf(b.risico))
}

function meets({ raakt, kenmerken, wetten }: Keuze, als: JuridischeRegel['als']): boolean {
  return (
    (als.raakt === undefined || als.raakt === raakt) &&
    (als.kenmerk === undefined || kenmerken.includes(als.kenmerk)) &&
    (als.wet === undefined || wetten.includes(als.wet))
  )
}

/** True when one of the marks excludes the choice: then it cannot be laid before college and raad. */
export function isUitgesloten(merken: readonly Merk[]): boolean {
  return merken.some(merk => merk.risico === 'uitgesloten')
}

/** Marks of a method that are excluded for these laws whatever else is chosen, with the rules that say so. */
export function listUitgesloten(
  methode: { kenmerken: readonly { code: string; naam: string }[]; juridisch: readonly JuridischeRegel[] },
  wetten: readonly Wet[],
): { kenmerk: string; merken: Merk[] }[] {
  return methode.kenmerken.flatMap(({ code, naam }) => {
    const regels = methode.juridisch.filter(
      ({ als, risico }) => risico === 'uitgesloten' && als.kenmerk === code && als.raakt === undefined,
    )
    const merken = highlight({ raakt: 'niets', kenmerken: [code], wetten }, regels)
    return merken.length === 0 ? [] : [{ kenmerk: naam, merken }]
  })
}
