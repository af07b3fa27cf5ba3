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
): Bezwaar[] {
  const bezwaren: Bezwaar[] = []
  if (betalingen.length === 0)
    bezwaren.push({ pad: 'betaling', melding: 'Kies minstens één betaling die nog open staat.' })
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
