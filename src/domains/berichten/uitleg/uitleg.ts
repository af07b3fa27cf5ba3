import { CLIENT_ONBEKEND, DECLARATIE_REGELS, PRESTATIE_REGELS } from '../../declaraties/index.ts'
import { type Controleniveau, elementNaam, INHOUDSREGELS } from '../../istandaard/index.ts'
import { MELDING_REGELS, TOEWIJZING_REGELS } from '../../toegang/index.ts'
import { ANTWOORD_REGELS, GEEN_HEENBERICHT } from '../antwoord/rules.ts'
import { AANBIEDER_ONBEKEND, GEMEENTE_ONBEKEND, KOPREGELS } from '../post/rules.ts'

/** A rule as a reader needs it. */
export interface Regeluitleg {
  code: string
  titel: string
  grond: string
  watTeDoen: string
  niveau: Controleniveau
}

/** What is checked outside the tables of rules: the structure. */
const OVERIGE: readonly Regeluitleg[] = [
  {
    code: 'XSD',
    niveau: 1,
    titel: 'Het bericht is niet opgebouwd zoals de standaard voorschrijft',
    grond: 'iJw/iWmo 3.2, schema van het bericht',
    watTeDoen: 'Laat de leverancier van uw software het bericht herstellen en lever het opnieuw aan.',
  },
]

const REGELS: ReadonlyMap<string, Regeluitleg> = new Map(
  [
    ...OVERIGE,
    ...INHOUDSREGELS,
    ...KOPREGELS,
    GEMEENTE_ONBEKEND,
    AANBIEDER_ONBEKEND,
    GEEN_HEENBERICHT,
    ...ANTWOORD_REGELS,
    ...TOEWIJZING_REGELS,
    ...MELDING_REGELS,
    ...DECLARATIE_REGELS,
    CLIENT_ONBEKEND,
    ...PRESTATIE_REGELS,
  ].map(({ code, titel, grond, watTeDoen, niveau }) => [code, { code, titel, grond, watTeDoen, niveau }]),
)

/** Title, ground and advice of a rule by its code; undefined for a code that no rule of this version has. */
export function regelUitleg(code: string): Regeluitleg | undefined {
  return REGELS.get(code)
}

/** At which level the rule with this code is checked (column Controleniveau); 3 for a code that no rule of this version has. */
export function niveauVan(code: string): Controleniveau {
  return REGELS.get(code)?.niveau ?? 3
}

/** The first level at which something was found; null when nothing was. */
export function eersteNiveau(bevindingen: readonly { regel: string }[]): Controleniveau | null {
  const niveaus = bevindingen.map(({ regel }) => niveauVan(regel))
  return niveaus.length === 0 ? null : niveaus.reduce((a, b) => (b < a ? b : a))
}

/** Every rule with a text, for pages and tests. */
export function listRegels(): Regeluitleg[] {
  return [...REGELS.values()]
}

/** What was compared at each level. Grondslag: iJw/iWmo 3.2 IV028, Controleniveau. */
export const NIVEAUNAAM: Readonly<Record<number, string>> = {
  1: 'de opbouw van het bericht',
  2: 'de inhoud van het bericht zelf',
  3: 'wat eerder is ontvangen',
  4: 'contracten en andere gegevens',
}

/**
 * A place in a message as people read it: '/Bericht/Declaratie/Clienten/Client[3]/Prestaties/Prestatie[2]' becomes
 * 'Declaratie, cliënt 3, prestatie 2'. Lists are not named beside their items.
 */
export function plaatsNaam(pad: string): string {
  if (!pad.startsWith('/Bericht')) return 'Het hele bericht'
  const stappen = pad.split('/').filter(stap => stap !== '' && stap !== 'Bericht')
  const namen = stappen.flatMap((stap, i) => {
    if (stappen[i + 1]?.endsWith(']')) return []
    const [, element = stap, nummer] = /^@?([^[]+)(?:\[(\d+)\])?$/.exec(stap) ?? []
    const naam = element === 'Header' ? 'Kop van het bericht' : elementNaam(element)
    return [nummer === undefined ? naam : `${naam} ${nummer}`]
  })
  if (namen.length === 0) return 'Het hele bericht'
  return namen.map((naam, i) => (i === 0 ? naam : naam.charAt(0).toLowerCase() + naam.slice(1))).join(', ')
}
