import type { Datum } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'

/** One payment that can be recorded: what is due for one declaratie. */
export interface Betaling {
  gemeente: string
  betalingId: number
  declaratieId: number
  aanbiederId: number
  bedrag: Eurocent
  /** Dagtekening of the declaratie: nothing is paid before it was claimed. */
  dagtekening: Datum
  betaaldOp: Datum | null
  /** The line that is paid apart from its declaratie; null for the declaratie as a whole. */
  regel: number | null
}

/** A line whose money waits for a judgement. */
export interface Aangehouden {
  gemeente: string
  declaratieId: number
  regel: number
  bedrag: Eurocent
  /** It has a payment of its own already. */
  apart: boolean
}

/** What of the money of a payment waits: the line that it is for, or the lines that are still paid with a declaratie. */
export function aangehoudenVan<A extends Aangehouden>(
  { gemeente, declaratieId, regel }: Pick<Betaling, 'gemeente' | 'declaratieId' | 'regel'>,
  aangehouden: readonly A[],
): A[] {
  return aangehouden.filter(
    a =>
      a.gemeente === gemeente &&
      a.declaratieId === declaratieId &&
      (regel === null ? !a.apart : a.regel === regel),
  )
}

export interface Bezwaar {
  pad: string
  melding: string
}

/** Every reason not to record these payments on this day; empty means it can be done. */
export function checkVastleggen(
  betalingen: readonly Betaling[],
  betaaldOp: Datum | undefined,
  vandaag: Datum,
  aangehouden: readonly Aangehouden[] = [],
): Bezwaar[] {
  const bezwaren: Bezwaar[] = []
  if (betalingen.length === 0)
    bezwaren.push({ pad: 'betaling', melding: 'Kies minstens één betaling die nog open staat.' })
  if (betalingen.some(b => b.regel !== null && aangehoudenVan(b, aangehouden).length > 0))
    bezwaren.push({
      pad: 'betaling',
      melding: 'Een van de regels is dubbel gedeclareerd. Beoordeel die eerst.',
    })
  if (betaaldOp === undefined)
    bezwaren.push({ pad: 'datum', melding: 'Vul een bestaande datum in, zoals 31-01-2026.' })
  else if (betaaldOp > vandaag)
    bezwaren.push({ pad: 'datum', melding: 'De betaaldatum ligt in de toekomst. Kies vandaag of eerder.' })
  else if (betalingen.some(betaling => betaaldOp < betaling.dagtekening))
    bezwaren.push({
      pad: 'datum',
      melding: 'De betaaldatum ligt voor de dagtekening van een van de declaraties.',
    })
  return bezwaren
}

/** Net amount; what is to be settled counts negative. */
export function totaalVan(betalingen: readonly { bedrag: Eurocent }[]): Eurocent {
  return betalingen.reduce((som, betaling) => som + betaling.bedrag, 0)
}
