import type { Eurocent } from '../platform/money.ts'
import type { Declaratie } from './declareren.ts'
import type { Kalender } from './kalender.ts'
import { type Domein, GEMEENTEN } from './preset.ts'
import type { Regel } from './regel.ts'

/** A line that must be rejected, and the rules of which at least one must be named. */
export interface VerwachteAfkeuring {
  domein: Domein
  agb: string
  gemeente: string
  declaratieNummer: string
  referentie: string
  regels: readonly string[]
}

/** Expected approved result of lines received up to the peildatum, by month of delivery. */
export interface VerwachtTotaal {
  domein: Domein
  segment: string
  stroom: string
  jaar: number
  clienten: number
  bedrag: Eurocent
}

export interface Waarheid {
  afkeuringen: VerwachteAfkeuring[]
  goedgekeurd: VerwachtTotaal[]
  /** Approved amount per provider, law and year; segment huishoudelijke ondersteuning left out. */
  perAanbieder: { domein: Domein; agb: string; jaar: number; bedrag: Eurocent }[]
  regels: number
  afgekeurdeRegels: number
  creditregels: number
}

/** What a correct system will have approved and rejected after loading the traffic up to the peildatum. */
export function maakWaarheid(
  kalender: Kalender,
  declaraties: readonly Declaratie[],
  agb: readonly string[],
  peildatum: string,
): Waarheid {
  const afkeuringen: VerwachteAfkeuring[] = []
  const totalen = new Map<string, { regel: Regel; jaar: number; clienten: Set<number>; bedrag: number }>()
  const markt = new Map<string, Waarheid['perAanbieder'][number]>()
  let regels = 0
  let creditregels = 0
  for (const d of declaraties) {
    if (d.ontvangen.slice(0, 10) > peildatum) continue
    const periode = kalender.begin(d.maand)
    for (const regel of d.regels) {
      regels += 1
      if (regel.credit) creditregels += 1
      if (regel.afwijking) {
        afkeuringen.push({
          domein: d.domein,
          agb: agb[d.aanbieder] ?? '',
          gemeente: GEMEENTEN[d.gemeente]?.code ?? '',
          declaratieNummer: `D${GEMEENTEN[d.gemeente]?.code}${periode.slice(2, 4)}${periode.slice(5, 7)}`,
          referentie: regel.ref,
          regels: regel.afwijking.regels,
        })
        continue
      }
      const jaar = kalender.eersteJaar + Math.floor(regel.maand / 12)
      const bedrag = regel.credit ? -regel.bedrag : regel.bedrag
      const { traject } = regel.toewijzing
      const sleutel = `${traject.stroom}|${jaar}`
      const rij = totalen.get(sleutel) ?? { regel, jaar, clienten: new Set(), bedrag: 0 }
      totalen.set(sleutel, rij)
      rij.clienten.add(traject.persoon)
      rij.bedrag += bedrag
      if (traject.stroom === 'H') continue
      const plek = `${d.domein}|${d.aanbieder}|${jaar}`
      const cel = markt.get(plek) ?? { domein: d.domein, agb: agb[d.aanbieder] ?? '', jaar, bedrag: 0 }
      markt.set(plek, cel)
      cel.bedrag += bedrag
    }
  }
  return {
    afkeuringen,
    goedgekeurd: [...totalen]
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
      .map(([, { regel, jaar, clienten, bedrag }]) => ({
        domein: regel.toewijzing.traject.domein,
        segment: regel.toewijzing.traject.product.segment,
        stroom: regel.toewijzing.traject.stroom,
        jaar,
        clienten: clienten.size,
        bedrag,
      })),
    perAanbieder: [...markt].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, cel]) => cel),
    regels,
    afgekeurdeRegels: afkeuringen.length,
    creditregels,
  }
}
