import type { Datum } from '../../../platform/dates.ts'
import type { Bericht, Klasse } from '../model/bericht.ts'
import type { Regel } from '../model/regel.ts'
import type { Berichtnummer, Domein, KLASSEN, SAMENGESTELD } from '../model/structuur.ts'

export interface Opties {
  /** First day that may be claimed (CS100); 1 January 2021 unless a demonstration region plays earlier years. */
  readonly eersteDeclaratieDatum?: Datum
}

/** What a rule may know besides the part it judges: nothing outside the message. */
export interface Omgeving {
  readonly bericht: Bericht
  readonly domein: Domein
  /** Dagtekening of the message itself. */
  readonly dagtekening: Datum
  readonly opties: Opties
}

export type Deeltype = keyof typeof KLASSEN | keyof typeof SAMENGESTELD

/** Where in the part it is wrong ('' for the part itself, 'Omvang/Frequentie' below it); undefined when right. */
export type Oordeel = string | undefined

/** Judges every part of one class, wherever it stands in the message. */
export type Deelcheck<Type extends Deeltype> = (deel: Klasse<Type>, omgeving: Omgeving) => Oordeel

/** Judges a message as a whole; `toelichting` is a Dutch sentence without personal data. */
export type Berichtcheck = (omgeving: Omgeving, meld: (pad: string, toelichting?: string) => void) => void

/** A rule of level 2: its check per class, or over the whole message. */
export interface Inhoudsregel extends Regel {
  readonly niveau: 2
  readonly berichten: readonly Berichtnummer[]
  readonly delen: { readonly [Type in Deeltype]?: Deelcheck<Type> }
  readonly geheel?: Berichtcheck
}

type Opgave = Omit<Inhoudsregel, 'niveau' | 'retourcode' | 'grond' | 'delen'> & {
  readonly delen?: Inhoudsregel['delen']
}

/** Fills in what all rules of level 2 have in common: retourcode 0001 (IV032) and the ground. */
export function inhoudsregel(opgave: Opgave): Inhoudsregel {
  return { delen: {}, ...opgave, niveau: 2, retourcode: '0001', grond: `iWmo/iJw 3.2 ${opgave.code}` }
}
