import { addDays, type Datum, dagenVan, formatDatumKort, isWerkdag } from '../../../platform/dates.ts'

/** The messages of the standard by number, as people call them. */
export const SOORTNAAM: Readonly<Record<number, string>> = {
  301: 'Toewijzing',
  302: 'Antwoord op toewijzing',
  305: 'Start',
  306: 'Antwoord op start',
  307: 'Stop',
  308: 'Antwoord op stop',
  315: 'Verzoek om toewijzing',
  316: 'Ontvangst van verzoek om toewijzing',
  317: 'Verzoek om wijziging',
  318: 'Ontvangst van verzoek om wijziging',
  319: 'Antwoord op verzoek',
  320: 'Ontvangst van antwoord op verzoek',
  323: 'Declaratie',
  325: 'Antwoord op declaratie',
}

/** 'JW323' → 'Declaratie'; a kind that does not exist answers itself. */
export function soortNaam(soort: string): string {
  return SOORTNAAM[Number(soort.slice(-3))] ?? soort
}

export const DOMEINNAAM: Readonly<Record<string, string>> = { jw: 'Jeugdwet', wmo: 'Wmo' }
export const RICHTINGNAAM: Readonly<Record<string, string>> = { in: 'Ontvangen', uit: 'Verstuurd' }

interface Staatnaam {
  naam: string
  toon: 'neutraal' | 'info' | 'succes' | 'waarschuwing' | 'fout'
}

/** What each state means to a reader. */
export const STAAT = {
  ontvangen: { naam: 'Wacht op antwoord', toon: 'info' },
  verwerkt: { naam: 'Verwerkt', toon: 'succes' },
  'deels-afgekeurd': { naam: 'Deels afgekeurd', toon: 'waarschuwing' },
  afgekeurd: { naam: 'Afgekeurd', toon: 'fout' },
  klaar: { naam: 'Klaar om op te halen', toon: 'info' },
  opgehaald: { naam: 'Opgehaald', toon: 'succes' },
  aanvaard: { naam: 'Aanvaard', toon: 'succes' },
  geweigerd: { naam: 'Geweigerd', toon: 'fout' },
  'niet-te-beoordelen': { naam: 'Kan niet worden beoordeeld', toon: 'fout' },
  overgenomen: { naam: 'Overgenomen', toon: 'neutraal' },
} as const satisfies Record<string, Staatnaam>
export type Staat = keyof typeof STAAT

/** The states in which a message that needs an answer has none yet: also when it could not be judged. */
export const WACHTEND: readonly Staat[] = ['ontvangen', 'niet-te-beoordelen']

/** Choices in the filter on states that are no state themselves: without an answer, and without one in time. */
export const ONBEANTWOORD = 'onbeantwoord'
export const TE_LAAT = 'te-laat'

export interface Filter {
  zoek: string
  richting: 'in' | 'uit' | null
  /** Number of the message kind, of both laws. */
  soort: number | null
  domein: 'jw' | 'wmo' | null
  staat: Staat | typeof ONBEANTWOORD | typeof TE_LAAT | null
  gemeente: string | null
  /** First and last day of receipt, both inclusive. */
  van: Datum | null
  tot: Datum | null
}

/** True when the message still waits for its answer after the last day for it. Grondslag: OP090, OP090x4. */
export function isTeLaat(staat: Staat, antwoordVoor: Datum | null, vandaag: Datum): boolean {
  return WACHTEND.includes(staat) && antwoordVoor !== null && antwoordVoor < vandaag
}

/** Number of werkdagen after `van` up to and including `tot`; 0 when `tot` is not later. */
export function countWerkdagen(van: Datum, tot: Datum): number {
  let aantal = 0
  for (const dag of dagenVan(addDays(van, 1), tot)) if (isWerkdag(dag)) aantal += 1
  return aantal
}

/**
 * How much time is left for the answer, in words; undefined when none is due any more. A year late is not counted out.
 */
export function termijnTekst(
  { staat, antwoordVoor }: { staat: Staat; antwoordVoor: Datum | null },
  vandaag: Datum,
): string | undefined {
  if (!WACHTEND.includes(staat) || antwoordVoor === null) return undefined
  if (antwoordVoor === vandaag) return 'vandaag'
  if (antwoordVoor < addDays(vandaag, -366) || antwoordVoor > addDays(vandaag, 366))
    return formatDatumKort(antwoordVoor)
  const laat = antwoordVoor < vandaag
  const dagen = laat ? countWerkdagen(antwoordVoor, vandaag) : countWerkdagen(vandaag, antwoordVoor)
  const tekst = dagen === 1 ? '1 werkdag' : `${dagen} werkdagen`
  return laat ? `${tekst} te laat` : `nog ${tekst}`
}

/**
 * Who a message is for. A retour repeats the header of the message it answers, sender and receiver included, so it
 * is for the sender in it. Grondslag: iJw/iWmo 3.2 IV028.
 */
export function bestemmingVan(bericht: { soort: string; afzender: string; ontvanger: string }): string {
  return isRetour(bericht.soort) ? bericht.afzender : bericht.ontvanger
}

/** Who wrote it; the other side of `bestemmingVan`. */
export function herkomstVan(bericht: { soort: string; afzender: string; ontvanger: string }): string {
  return isRetour(bericht.soort) ? bericht.ontvanger : bericht.afzender
}

function isRetour(soort: string): boolean {
  return ['302', '306', '308', '316', '318', '320'].includes(soort.slice(-3))
}
