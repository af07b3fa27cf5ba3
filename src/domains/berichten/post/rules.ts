import type { Datum } from '../../../platform/dates.ts'
import type { Bericht } from '../../istandaard/index.ts'
import { type Bevinding, bevinding, type Regel } from '../../istandaard/index.ts'

export interface Kopfeiten {
  vandaag: Datum
  /** Another message of this kind by this sender already has this Identificatie. */
  identificatieBekend: boolean
}

interface Kopregel extends Regel {
  breekt(bericht: Bericht, feiten: Kopfeiten): boolean
}

/** Levels 3 and 4 for the Header of a heenbericht. */
export const KOPREGELS: readonly Kopregel[] = [
  {
    code: 'TR056',
    titel: 'Er is al een bericht van deze soort met dezelfde identificatie',
    grond: 'iJw/iWmo 3.2 TR056',
    niveau: 3,
    retourcode: '9056',
    watTeDoen: 'Geef elk bericht een eigen identificatie.',
    breekt: (_, { identificatieBekend }) => identificatieBekend,
  },
  {
    code: 'TR135',
    titel: 'De dagtekening ligt in de toekomst',
    grond: 'iJw/iWmo 3.2 TR135',
    niveau: 4,
    retourcode: '8848',
    watTeDoen: 'Gebruik de dag waarop het bericht is gemaakt.',
    breekt: ({ header }, { vandaag }) => header.berichtIdentificatie.dagtekening > vandaag,
  },
]

/** The parties of a message are checked at the door: what is not from and for a known party is not recorded. */
export const GEMEENTE_ONBEKEND: Regel = {
  code: 'TR378',
  titel: 'De gemeente in dit bericht hoort niet bij deze regio',
  grond: 'iJw/iWmo 3.2 TR378, gemeentelijst CBS',
  niveau: 4,
  retourcode: 'S300',
  watTeDoen: 'Controleer de gemeentecode: vier cijfers, zoals het CBS ze geeft.',
}

export const AANBIEDER_ONBEKEND: Regel = {
  code: 'OP254',
  titel: 'De AGB-code van de aanbieder is niet bekend',
  grond: 'iJw/iWmo 3.2 OP254',
  niveau: 4,
  retourcode: '',
  watTeDoen: 'Controleer de code, of laat de aanbieder eerst opnemen in het register.',
}

/** Every reason to refuse the message by its header; then the answer holds a header only. */
export function checkKop(bericht: Bericht, feiten: Kopfeiten): Bevinding[] {
  return KOPREGELS.filter(regel => regel.breekt(bericht, feiten)).map(regel =>
    bevinding(regel, '/Bericht/Header'),
  )
}

/** What the municipality and the provider of a message are, by its direction (IV046, OP254). */
export function partijenVan({ header }: Bericht): { gemeente: string; agb: string } {
  const vanGemeente = header.afzender.length === 4
  return vanGemeente
    ? { gemeente: header.afzender, agb: header.ontvanger }
    : { gemeente: header.ontvanger, agb: header.afzender }
}

/** What makes a message unique for its sender (TR056). */
export function kenmerkVan({ bericht, header }: Bericht): {
  soort: string
  afzender: string
  identificatie: string
} {
  return {
    soort: bericht,
    afzender: header.afzender,
    identificatie: header.berichtIdentificatie.identificatie,
  }
}

/** Number of the message kind: 'JW323' → 323. */
export function nummerVan(soort: string): number {
  return Number(soort.slice(-3))
}

/** The heenbericht that a retour or answer belongs to; undefined for a heenbericht. */
export const HEEN_VAN: Readonly<Record<number, number>> = {
  302: 301,
  306: 305,
  308: 307,
  316: 315,
  318: 317,
  320: 319,
  325: 323,
}

/** Requests and the answer to them: weighed by their header and kept. Judging them is not part of this version. */
const NIET_BEOORDEELD: readonly number[] = [315, 317, 319]

/** Whether messages of this kind ('JW302') are judged here; answers are, too. */
export function isJudged(soort: string): boolean {
  return !NIET_BEOORDEELD.includes(nummerVan(soort))
}

/** Answer codes that say nothing is wrong (iJw/iWmo 3.2 WJ001). */
export const GOED: readonly string[] = ['0200', '8001']

/** Werkdagen within which an answer must have been sent: 10 for a 323 (OP090x4), 3 for the others (OP090). */
export function antwoordtermijn(nummer: number): number | undefined {
  if (nummer in HEEN_VAN) return undefined
  return nummer === 323 ? 10 : 3
}

/** Name of the file of a message: what it is, from whom, for whom, which. Safe on every file system. */
export function bestandsnaam(bericht: {
  soort: string
  afzender: string
  ontvanger: string
  identificatie: string
}): string {
  const delen = [bericht.soort, bericht.afzender, bericht.ontvanger, bericht.identificatie]
  return `${delen.map(deel => deel.replaceAll(/[^A-Za-z0-9.-]/g, '-')).join('_')}.xml`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for what can be the id of a message, as we write it. */
export function isBerichtId(tekst: string): boolean {
  return UUID.test(tekst)
}

/** True for what can be the key of a message; anything else is not asked for. */
export function isSleutel(gemeente: string, berichtId: string): boolean {
  return /^\d{4}$/.test(gemeente) && isBerichtId(berichtId)
}
