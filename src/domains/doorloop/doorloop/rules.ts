import type { Staat } from '../../dossiers/rules.ts'
import { type GeplaatsteVraag, type Kwadrant, listVragen, type Methode } from '../methode/rules.ts'

export type Stap =
  | 'pauzeer'
  | 'hervat'
  | 'draag-over'
  | 'leg-voor'
  | 'haal-terug'
  | 'stel-vast'
  | 'trek-in'
  | 'herstel'

interface Overgang {
  van: readonly Staat[]
  /** Undefined: the state stays as it is. */
  naar: Staat | undefined
  naam: string
  /** Past tense, for the history. */
  gedaan: string
  /** Whoever does this must say why. */
  reden: boolean
}

/** Which step leads where; the page shows exactly these buttons. Grondslag: 004 hoofdstuk 3, per dossier doorlopen. */
export const STAPPEN: Readonly<Record<Stap, Overgang>> = {
  pauzeer: { van: ['loopt'], naar: 'gepauzeerd', naam: 'Pauzeer', gedaan: 'Gepauzeerd', reden: true },
  hervat: { van: ['gepauzeerd'], naar: 'loopt', naam: 'Hervat', gedaan: 'Hervat', reden: false },
  'draag-over': {
    van: ['loopt', 'gepauzeerd', 'voorgelegd'],
    naar: undefined,
    naam: 'Draag over',
    gedaan: 'Overgedragen',
    reden: false,
  },
  'leg-voor': {
    van: ['loopt'],
    naar: 'voorgelegd',
    naam: 'Leg voor aan college en raad',
    gedaan: 'Voorgelegd',
    reden: false,
  },
  'haal-terug': {
    van: ['voorgelegd'],
    naar: 'loopt',
    naam: 'Haal terug om te wijzigen',
    gedaan: 'Teruggehaald',
    reden: true,
  },
  'stel-vast': {
    van: ['voorgelegd'],
    naar: 'vastgesteld',
    naam: 'Sluit af als vastgesteld',
    gedaan: 'Vastgesteld',
    reden: false,
  },
  'trek-in': {
    van: ['loopt', 'gepauzeerd', 'voorgelegd'],
    naar: 'ingetrokken',
    naam: 'Trek in',
    gedaan: 'Ingetrokken',
    reden: true,
  },
  herstel: { van: ['ingetrokken'], naar: 'loopt', naam: 'Herstel', gedaan: 'Hersteld', reden: false },
}

export const STAPNAMEN = Object.keys(STAPPEN) as Stap[]

/** The steps that the table allows from this state, in its order. */
export function listStappen(staat: Staat): Stap[] {
  return STAPNAMEN.filter(stap => STAPPEN[stap].van.includes(staat))
}

/** May a run that was withdrawn go on? Only the last one of a dossier that is open: a dossier has one run at a time. */
export function mayHerstel(stand: { gesloten: boolean; laatste: boolean }): Mag {
  if (stand.gesloten) return { ok: false, reden: 'Het dossier is gesloten. Open eerst het dossier weer.' }
  return stand.laatste
    ? { ok: true }
    : { ok: false, reden: 'Er is na deze doorloop al een nieuwe begonnen. Ga verder met de nieuwste.' }
}

/** How far a question is. `open-gelaten`: deliberately not answered, with a reason. */
export type Vraagstand = 'leeg' | 'concept' | 'beantwoord' | 'open-gelaten'

/** State of every question by its code; one that is not there is empty. */
export type Standen = ReadonlyMap<string, Vraagstand>

const AF: readonly Vraagstand[] = ['beantwoord', 'open-gelaten']

export function isAf(standen: Standen, code: string): boolean {
  return AF.includes(standen.get(code) ?? 'leeg')
}

export interface Voortgang {
  af: number
  totaal: number
}

/** How many questions of a quadrant are answered or deliberately left open. */
export function voortgangVan(kwadrant: Kwadrant, standen: Standen): Voortgang {
  return {
    af: kwadrant.vragen.filter(vraag => isAf(standen, vraag.code)).length,
    totaal: kwadrant.vragen.length,
  }
}

export type Mag = { ok: true } | { ok: false; reden: string }

/**
 * May the questions of this quadrant be answered now? Nothing enters the wheel before it is listed, and the HOE opens
 * when every question of the WAT is answered or deliberately left open. Grondslag: 004 hoofdstuk 3.
 */
export function mayAnswer(
  methode: Methode,
  kwadrant: Pick<Kwadrant, 'fase'>,
  stand: { standen: Standen; aanbod: number },
): Mag {
  if (stand.aanbod === 0)
    return {
      ok: false,
      reden: 'Zet eerst het huidige aanbod in de inventarisatie. Wat daar niet staat, komt niet in het wiel.',
    }
  if (kwadrant.fase === 'wat') return { ok: true }
  const open = listVragen(methode).filter(
    ({ kwadrant: k, vraag }) => k.fase === 'wat' && !isAf(stand.standen, vraag.code),
  )
  if (open.length === 0) return { ok: true }
  return {
    ok: false,
    reden: `Eerst het wat, dan het hoe: ${open.length === 1 ? 'er is nog 1 vraag' : `er zijn nog ${open.length} vragen`} over het wat. Beantwoord ze, of laat ze bewust open met een reden.`,
  }
}

export interface Volgende {
  kwadrant: Kwadrant
  code: string
  tekst: string
}

/** The first question in order that is not done; undefined when all are. */
export function nextVraag(methode: Methode, standen: Standen): Volgende | undefined {
  const gevonden = listVragen(methode).find(({ vraag }) => !isAf(standen, vraag.code))
  return gevonden && toVolgende(gevonden)
}

/**
 * Where to go on after the question `code`: the first behind it, and else from the start, that is not done and whose turn
 * it is. Undefined when no other question is left; a HOE that waits for this very question is not offered.
 */
export function nextNa(
  methode: Methode,
  code: string,
  stand: { standen: Standen; aanbod: number },
): Volgende | undefined {
  const vragen = listVragen(methode)
  const plaats = vragen.findIndex(({ vraag }) => vraag.code === code)
  const gevonden = [...vragen.slice(plaats + 1), ...vragen.slice(0, Math.max(0, plaats))].find(
    ({ kwadrant, vraag }) => !isAf(stand.standen, vraag.code) && mayAnswer(methode, kwadrant, stand).ok,
  )
  return gevonden && toVolgende(gevonden)
}

function toVolgende({ kwadrant, vraag }: GeplaatsteVraag): Volgende {
  return { kwadrant, code: vraag.code, tekst: vraag.tekst }
}

/** How a precondition stands. `gemotiveerd`: not met, and said why going on is justified. */
export type Voorwaardestand = 'onbekend' | 'voldaan' | 'niet-voldaan' | 'gemotiveerd'

export interface Klaar {
  vragen: Standen
  voorwaarden: ReadonlyMap<string, Voorwaardestand>
  conclusies: number
  /** Conclusions that a legal rule excludes. */
  uitgesloten: number
  /** Contributions and dilemmas that nobody reacted to yet. */
  wachtend: number
}

/** Where what stands in the way of a step is put right, as an address under that of the run. */
export const PLEK = {
  wiel: { pad: '', naam: 'Naar het vragenwiel' },
  voorwaarden: { pad: '/voorwaarden', naam: 'Naar de randvoorwaarden' },
  conclusies: { pad: '/conclusies', naam: 'Naar de conclusies' },
  blad: { pad: '/blad', naam: 'Naar het blad' },
} as const
export type Plek = keyof typeof PLEK

/** What stands in the way of a step. */
export interface Beletsel {
  melding: string
  waar: Plek
}

/**
 * Everything that stands in the way of laying the run before college and raad; empty when nothing does. Unmet
 * preconditions block unless motivated, and who contributed hears what was done with it. Grondslag: 004 bijlage IV,
 * randvoorwaarden.
 */
export function blokkades(
  methode: Methode,
  { vragen, voorwaarden, conclusies, uitgesloten, wachtend }: Klaar,
): Beletsel[] {
  const uit: Beletsel[] = []
  const add = (waar: Plek, melding: string) => uit.push({ waar, melding })
  const open = listVragen(methode).filter(({ vraag }) => !isAf(vragen, vraag.code)).length
  if (open > 0)
    add(
      'wiel',
      `${open === 1 ? '1 vraag is' : `${open} vragen zijn`} nog niet beantwoord of bewust opengelaten.`,
    )
  const onvoldaan = methode.kwadranten
    .flatMap(k => k.randvoorwaarden)
    .filter(r => !['voldaan', 'gemotiveerd'].includes(voorwaarden.get(r.code) ?? 'onbekend')).length
  if (onvoldaan > 0)
    add(
      'voorwaarden',
      `${onvoldaan === 1 ? 'Aan 1 randvoorwaarde is' : `Aan ${onvoldaan} randvoorwaarden is`} niet voldaan en dat is niet gemotiveerd.`,
    )
  if (wachtend > 0)
    add(
      'wiel',
      `Op ${wachtend === 1 ? '1 bijdrage' : `${wachtend} bijdragen`} heeft nog niemand gereageerd. Reageer bij de vraag in het vragenwiel.`,
    )
  if (conclusies === 0) add('conclusies', 'Er is nog geen conclusie.')
  if (uitgesloten > 0)
    add(
      'conclusies',
      `${uitgesloten === 1 ? '1 conclusie is' : `${uitgesloten} conclusies zijn`} juridisch uitgesloten. Pas ze aan of schrap ze.`,
    )
  return uit
}
