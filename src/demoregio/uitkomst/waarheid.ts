import type { Eurocent } from '../../platform/money.ts'
import { ANKER, JAREN } from '../basis/ijking.ts'
import type { Kalender } from '../basis/kalender.ts'
import { type Domein, GEMEENTEN } from '../basis/preset.ts'
import type { Declaratie } from '../verkeer/declareren.ts'
import type { Regel } from '../verkeer/regel.ts'

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
  /** Unique clients with an approved line, and those of Wmo-begeleiding that also have household help. */
  uniek: { jaar: number; jeugd: number; wmo: number; wmoMetHo: number }[]
  /** Approved youth spend per referrer (COD327). */
  perVerwijzer: { jaar: number; verwijzer: string; bedrag: Eurocent }[]
  /** Clients individuele begeleiding per class 1 (basis) … 4 (speciaal intensief). */
  klassen: { jaar: number; zwaarte: number; clienten: number }[]
  /** First submissions of the anchor year by months after the first possible month. */
  vertraging: number[]
  regels: number
  afgekeurdeRegels: number
  creditregels: number
}

/** What a correct system will have approved and rejected after loading the traffic up to the peildatum. */
export function makeWaarheid(
  kalender: Kalender,
  declaraties: readonly Declaratie[],
  agb: readonly string[],
  peildatum: string,
): Waarheid {
  const afkeuringen: VerwachteAfkeuring[] = []
  const totalen = new Map<string, { regel: Regel; jaar: number; clienten: Set<number>; bedrag: number }>()
  const markt = new Map<string, Waarheid['perAanbieder'][number]>()
  const telling = new Telling(kalender)
  let regels = 0
  let creditregels = 0
  for (const d of declaraties) {
    if (d.ontvangen.slice(0, 10) > peildatum) continue
    const periode = kalender.begin(d.maand)
    for (const regel of d.regels) {
      regels += 1
      if (regel.credit) creditregels += 1
      telling.ingediend(regel, d.maand)
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
      telling.goedgekeurd(regel, bedrag)
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
    ...telling.uitkomst(),
    regels,
    afgekeurdeRegels: afkeuringen.length,
    creditregels,
  }
}

/** Counts beside the amounts: unique people, referrers, classes, delay. */
class Telling {
  private readonly kalender: Kalender
  private readonly mensen = { jw: jaarsets(), wmo: jaarsets(), ho: jaarsets() }
  private readonly verwijzers = new Map<string, number>()
  private readonly klassen = new Map<string, Set<string>>()
  private readonly vertraging: number[] = []

  constructor(kalender: Kalender) {
    this.kalender = kalender
  }

  ingediend(regel: Regel, declaratiemaand: number): void {
    if (!regel.ref.endsWith('A') || Math.floor(regel.maand / 12) !== ANKER) return
    const later = declaratiemaand - regel.maand
    this.vertraging[later] = (this.vertraging[later] ?? 0) + 1
  }

  goedgekeurd(regel: Regel, bedrag: Eurocent): void {
    const { traject } = regel.toewijzing
    const jaar = Math.floor(regel.maand / 12)
    const soort = traject.stroom === 'H' ? 'ho' : traject.domein
    this.mensen[soort][jaar]?.add(traject.persoon)
    if (traject.domein === 'jw') {
      const sleutel = `${this.kalender.eersteJaar + jaar}|${traject.verwijzing.type}`
      this.verwijzers.set(sleutel, (this.verwijzers.get(sleutel) ?? 0) + bedrag)
    }
    if (traject.stroom === 'I') {
      const sleutel = `${this.kalender.eersteJaar + jaar}|${traject.product.zwaarte}`
      const bij = this.klassen.get(sleutel)
      if (bij) bij.add(traject.id)
      else this.klassen.set(sleutel, new Set([traject.id]))
    }
  }

  uitkomst(): Pick<Waarheid, 'uniek' | 'perVerwijzer' | 'klassen' | 'vertraging'> {
    const { jw, wmo, ho } = this.mensen
    const paren = <T>(kaart: ReadonlyMap<string, T>) => [...kaart].sort((a, b) => (a[0] < b[0] ? -1 : 1))
    return {
      uniek: jw.map((jeugd, i) => ({
        jaar: this.kalender.eersteJaar + i,
        jeugd: jeugd.size,
        wmo: wmo[i]?.size ?? 0,
        wmoMetHo: [...(wmo[i] ?? [])].filter(p => ho[i]?.has(p)).length,
      })),
      perVerwijzer: paren(this.verwijzers).map(([sleutel, bedrag]) => ({
        jaar: +sleutel.slice(0, 4),
        verwijzer: sleutel.slice(5),
        bedrag,
      })),
      klassen: paren(this.klassen).map(([sleutel, wie]) => ({
        jaar: +sleutel.slice(0, 4),
        zwaarte: +sleutel.slice(5),
        clienten: wie.size,
      })),
      vertraging: Array.from(this.vertraging, n => n ?? 0),
    }
  }
}

function jaarsets(): Set<number>[] {
  return Array.from({ length: JAREN }, () => new Set<number>())
}
