import type { Datum } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { enumerate } from '../../../platform/tekst.ts'
import type { Aanbodgegevens } from './velden.ts'

export const AARD = { preventief: 'Preventief', curatief: 'Curatief' } as const
export const TOEGANG = { vrij: 'Vrij toegankelijk', geindiceerd: 'Met indicatie' } as const
export const INSTRUMENT = {
  subsidie: 'Subsidie',
  inkoop: 'Inkoop',
  'open-house': 'Open house',
  'eigen-dienst': 'Eigen dienst',
  vrijwillig: 'Vrijwilligers, zonder geld',
} as const
export const BEWIJS = {
  bewezen: 'Bewezen effectief',
  praktijk: 'Bewezen in de praktijk',
  onderbouwd: 'Goed onderbouwd',
  onbewezen: 'Nog niet bewezen',
  onbekend: 'Onbekend',
} as const

/** What is counted of an offer. */
export type Telbaar = Pick<
  Aanbodgegevens,
  'naam' | 'aard' | 'toegang' | 'instrument' | 'doelgroep' | 'bewijs' | 'gebruikers' | 'kosten'
> & { segmentId: number | null }

export interface Totalen {
  aantal: number
  /** Sums of what is known; `onbekend` says of how many offers a figure is missing. */
  kosten: Eurocent
  kostenOnbekend: number
  preventief: Eurocent
  curatief: Eurocent
}

/** The name of an offer where a run still speaks of it: what has left the inventory says so. */
export function naamMetStand({ naam, vervallenOp }: { naam: string; vervallenOp: Datum | null }): string {
  return vervallenOp === null ? naam : `${naam} (niet meer in de inventarisatie)`
}

/** Totals of an inventory, in eurocents. Users are not summed: one resident may use several offers. */
export function totalen(aanbod: readonly Telbaar[]): Totalen {
  const som = (rijen: readonly Telbaar[]) => rijen.reduce((n, rij) => n + (rij.kosten ?? 0), 0)
  return {
    aantal: aanbod.length,
    kosten: som(aanbod),
    kostenOnbekend: aanbod.filter(rij => rij.kosten === null).length,
    preventief: som(aanbod.filter(rij => rij.aard === 'preventief')),
    curatief: som(aanbod.filter(rij => rij.aard === 'curatief')),
  }
}

export interface Opvallend {
  soort: 'gat' | 'overlap' | 'ontbreekt'
  tekst: string
}

/**
 * Gaps and overlaps of an inventory: kinds of support that nobody offers, offers for the same group by the same kind of
 * access, and what is not known yet. Grondslag: 004 hoofdstuk 3 (inventarisatie), 004 hoofdstuk 1 (bewezen interventies).
 */
export function gatenEnOverlap(aanbod: readonly Telbaar[]): Opvallend[] {
  if (aanbod.length === 0) return []
  const uit: Opvallend[] = []
  const gat = (mist: boolean, tekst: string) => {
    if (mist) uit.push({ soort: 'gat', tekst })
  }
  gat(!aanbod.some(rij => rij.aard === 'preventief'), 'Er is geen preventief aanbod.')
  gat(
    !aanbod.some(rij => rij.aard === 'curatief'),
    'Er is geen curatief aanbod als preventie niet genoeg is.',
  )
  gat(
    !aanbod.some(rij => rij.toegang === 'vrij'),
    'Niets is vrij toegankelijk: voor alles is een indicatie nodig.',
  )
  gat(
    !aanbod.some(rij => rij.bewijs === 'bewezen' || rij.bewijs === 'praktijk'),
    'Van geen enkel aanbod staat vast dat het werkt.',
  )
  for (const [sleutel, rijen] of groepeer(aanbod))
    if (rijen.length > 1)
      uit.push({
        soort: 'overlap',
        tekst: `${enumerate(rijen.map(rij => rij.naam))} zijn er ${rijen.length === 2 ? 'allebei' : 'allemaal'} voor ${sleutel}.`,
      })
  for (const [wat, veld] of [
    ['is het aantal gebruikers', 'gebruikers'],
    ['zijn de kosten', 'kosten'],
  ] as const) {
    const leeg = aanbod.filter(rij => rij[veld] === null).length
    if (leeg > 0)
      uit.push({
        soort: 'ontbreekt',
        tekst: `Van ${leeg === 1 ? '1 aanbod' : `${leeg} soorten aanbod`} ${wat} niet bekend.`,
      })
  }
  return uit
}

/** Offers by target group, each with the same nature and access; without a target group nothing can be said. */
function groepeer(aanbod: readonly Telbaar[]): Map<string, Telbaar[]> {
  const groepen = new Map<string, Telbaar[]>()
  for (const rij of aanbod) {
    const doelgroep = rij.doelgroep.trim().toLowerCase()
    if (doelgroep === '') continue
    const sleutel = `${doelgroep} (${AARD[rij.aard].toLowerCase()}, ${TOEGANG[rij.toegang].toLowerCase()})`
    groepen.set(sleutel, [...(groepen.get(sleutel) ?? []), rij])
  }
  return groepen
}
