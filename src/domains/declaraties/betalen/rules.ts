import type { Datum } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Stand } from '../samenloop/rules.ts'

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

/** A line whose money is held back: it waits for a judgement, or was judged not to be paid. */
export interface Aangehouden {
  stand: Stand
  gemeente: string
  declaratieId: number
  regel: number
  bedrag: Eurocent
  /** It has a payment of its own already. */
  apart: boolean
}

/** What of the money of a payment is held back: the line that it is for, or the lines that are still paid with a declaratie. */
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

/** What can still be done with a payment: there is something to pay, it waits for a judgement, or it is not to be paid. */
export function werkVan({
  bedrag,
  aangehouden,
  wacht,
}: {
  bedrag: Eurocent
  aangehouden: Eurocent
  wacht: Eurocent
}): 'betalen' | 'beoordelen' | 'niets' {
  if (aangehouden !== bedrag) return 'betalen'
  return wacht === 0 ? 'niets' : 'beoordelen'
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
  const vast = betalingen.filter(b => b.regel !== null).flatMap(b => aangehoudenVan(b, aangehouden))
  if (vast.some(regel => regel.stand === 'te-beoordelen'))
    bezwaren.push({
      pad: 'betaling',
      melding: 'Een van de regels is dubbel gedeclareerd. Beoordeel die eerst.',
    })
  if (vast.some(regel => regel.stand === 'niet-betalen'))
    bezwaren.push({
      pad: 'betaling',
      melding: 'Van een van de regels is besloten dat zij niet wordt betaald. Kies die niet.',
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
