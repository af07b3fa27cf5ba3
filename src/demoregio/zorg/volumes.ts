import { daysIn } from '../../platform/dates.ts'
import { apportion } from '../../platform/money.ts'
import { type Kalender, wekenGeraakt } from '../basis/kalender.ts'
import { PRODUCTEN, type Product } from '../basis/preset.ts'
import { Worp } from '../basis/willekeur.ts'
import type { Cel } from './aanbieders.ts'
import type { Opties, Traject } from './zorgverloop.ts'

/** Tarief per product code and law, per year; null for products in euros. */
export type Tarieven = ReadonlyMap<Product, readonly (number | null)[]>

/** Delivery per calendar month relative to a full month, hundredths (holidays in July and August). */
const SEIZOEN = [98, 97, 100, 97, 95, 98, 82, 78, 99, 100, 99, 88]

/** Price of one unit in eurocents; a product in euros counts in cents. */
export function prijs(tarieven: Tarieven, product: Product, jaar: number): number {
  return tarieven.get(product)?.[jaar] ?? 1
}

/** The part of month `m` that a traject covers: first and last day. */
export function maandDeel(kalender: Kalender, t: Traject, m: number): { begin: string; eind: string } {
  return {
    begin: m === t.start ? kalender.dag(m, t.startDag) : kalender.begin(m),
    eind: m === t.eind ? kalender.dag(m, t.eindDag) : kalender.eind(m),
  }
}

/** Most units that can be delivered in a month: nights, or ten parts of days a week; hours are not limited. */
function grens(kalender: Kalender, t: Traject, m: number): number {
  const { begin, eind } = maandDeel(kalender, t, m)
  const dagen = Math.max(1, daysIn(begin, eind))
  if (t.product.eenheid === '14') return t.stroom === 'KV' ? Math.max(1, Math.floor(dagen / 2)) : dagen
  if (t.product.eenheid === '16') return Math.max(1, Math.floor((dagen * 10) / 7))
  if (t.product.eenheid === '04') return Math.max(1, dagen * 6)
  return 10_000_000
}

function maandenIn(t: Traject, jaar: number): number[] {
  const van = Math.max(t.start, jaar * 12)
  const tot = Math.min(t.eind, jaar * 12 + 11)
  return Array.from({ length: tot - van + 1 }, (_, i) => van + i)
}

function capaciteit(kalender: Kalender, t: Traject, jaar: number): number {
  return maandenIn(t, jaar).reduce((a, m) => a + grens(kalender, t, m), 0)
}

/**
 * Give every traject of a cell its units of the year, so that units × tarief sum to the cell's spend; answers
 * what could not be placed (eurocents, may be a little below zero).
 */
export function divideVolumes(
  opties: Opties,
  cel: Cel,
  trajecten: readonly Traject[],
  jaar: number,
  nieuw: ReadonlySet<Traject>,
): number {
  if (cel.stroom === 'H') {
    for (const t of trajecten) huishoudelijk(opties, t, jaar)
    return 0
  }
  const { kalender, tarieven } = opties
  const p = (t: Traject) => prijs(tarieven, t.product, jaar)
  verruim(opties, cel, trajecten, jaar, nieuw)
  const gewicht = trajecten.map(t => {
    const klasse = t.stroom === 'I' ? ([80, 135, 95, 150][t.product.zwaarte - 1] ?? 100) : 100
    const maanden = maandenIn(t, jaar).length
    // Families of a longer traject get fewer hours a month; nights follow the price.
    const vorm = t.product.eenheid === '14' ? (p(t) * (85 + t.zwaarte / 8)) / 100 : klasse * t.zwaarte
    return maanden * vorm
  })
  const eenheden = trajecten.map(() => 0)
  const plafond = trajecten.map(t => capaciteit(kalender, t, jaar))
  let rest = cel.bedrag
  for (let ronde = 0; ronde < 8 && rest > 0; ronde++) {
    const open = trajecten.map((_, i) => ((eenheden[i] ?? 0) < (plafond[i] ?? 0) ? (gewicht[i] ?? 0) : 0))
    const som = open.reduce((a, b) => a + b, 0)
    if (som === 0) break
    const verdelen = rest
    trajecten.forEach((t, i) => {
      const erbij = Math.floor((verdelen * (open[i] ?? 0)) / som / p(t))
      const oud = eenheden[i] ?? 0
      const nieuwAantal = Math.min(plafond[i] ?? 0, oud + erbij)
      eenheden[i] = nieuwAantal
      rest -= (nieuwAantal - oud) * p(t)
    })
  }
  trajecten.forEach((t, i) => {
    if ((eenheden[i] ?? 0) > 0) return
    eenheden[i] = 1
    rest -= p(t)
  })
  // The last units: never further from the target than half the smallest price.
  const volgorde = trajecten.map((_, i) => i).sort((a, b) => (gewicht[b] ?? 0) - (gewicht[a] ?? 0) || a - b)
  for (let ronde = 0; ronde < 50; ronde++) {
    let veranderd = false
    for (const i of volgorde) {
      const t = trajecten[i]
      if (!t) continue
      const eh = eenheden[i] ?? 0
      const stap = t.product.eenheid === '83' ? Math.floor(Math.abs(rest)) : 1
      if (stap === 0) continue
      if (rest > (p(t) * stap) / 2 && eh + stap <= (plafond[i] ?? 0)) {
        eenheden[i] = eh + stap
        rest -= p(t) * stap
        veranderd = true
      } else if (rest < -(p(t) * stap) / 2 && eh - stap >= 1) {
        eenheden[i] = eh - stap
        rest += p(t) * stap
        veranderd = true
      }
    }
    if (!veranderd) break
  }
  trajecten.forEach((t, i) => {
    spreid(opties, t, jaar, eenheden[i] ?? 0)
  })
  return rest
}

/** Lengthen trajects within the year until nights and parts of days can hold the spend of the cell. */
function verruim(
  opties: Opties,
  cel: Cel,
  trajecten: readonly Traject[],
  jaar: number,
  nieuw: ReadonlySet<Traject>,
): void {
  const { kalender, tarieven } = opties
  const waarde = () =>
    trajecten.reduce((a, t) => a + capaciteit(kalender, t, jaar) * prijs(tarieven, t.product, jaar), 0)
  for (let ronde = 0; ronde < 20_000 && waarde() * 0.9 < cel.bedrag; ronde++) {
    const kort = trajecten
      .filter(t => t.eind < jaar * 12 + 11 || (nieuw.has(t) && t.start > jaar * 12))
      .sort((a, b) => maandenIn(a, jaar).length - maandenIn(b, jaar).length || (a.id < b.id ? -1 : 1))[0]
    if (!kort) {
      if (!duurder(opties, trajecten, jaar, nieuw)) return
      continue
    }
    if (kort.eind < jaar * 12 + 11) kort.eind += 1
    else kort.start -= 1
  }
}

/** Give the cheapest new traject of a full cell the next heavier product; false when none is left. */
function duurder(
  opties: Opties,
  trajecten: readonly Traject[],
  jaar: number,
  nieuw: ReadonlySet<Traject>,
): boolean {
  const p = (product: Product) => prijs(opties.tarieven, product, jaar)
  const keuze = PRODUCTEN.filter(
    x => x.stroom === trajecten[0]?.stroom && x.gewicht > 0 && x.eenheid === '14',
  )
  const kandidaten = trajecten
    .filter(t => nieuw.has(t) && keuze.some(x => p(x) > p(t.product)))
    .sort((a, b) => p(a.product) - p(b.product) || (a.id < b.id ? -1 : 1))
  const t = kandidaten[0]
  if (!t) return false
  const [zwaarder] = keuze.filter(x => p(x) > p(t.product)).sort((a, b) => p(a) - p(b))
  if (zwaarder) t.product = zwaarder
  return true
}

/** Spread the year's units over its months by season, days and chance. */
function spreid(opties: Opties, t: Traject, jaar: number, eenheden: number): void {
  const { kalender, seed } = opties
  const maanden = maandenIn(t, jaar)
  const worp = new Worp(seed, 'traject', t.id, `maanden${jaar}`)
  const grenzen = maanden.map(m => grens(kalender, t, m))
  const gewicht = maanden.map((m, i) => {
    const { begin, eind } = maandDeel(kalender, t, m)
    const dagen = Math.max(1, daysIn(begin, eind))
    const nacht = t.product.eenheid === '14'
    if (nacht) return (grenzen[i] ?? 1) * 100
    // Adults feel the school holidays less, and their hours vary less.
    const seizoen = SEIZOEN[m % 12] ?? 100
    return t.domein === 'jw'
      ? dagen * seizoen * worp.tussen(88, 100)
      : dagen * (200 + seizoen) * worp.tussen(94, 100)
  })
  let delen = apportion(eenheden, gewicht)
  for (let ronde = 0; ronde < 12; ronde++) {
    const teveel = delen.reduce((a, d, i) => a + Math.max(0, d - (grenzen[i] ?? 0)), 0)
    if (teveel === 0) break
    delen = delen.map((d, i) => Math.min(d, grenzen[i] ?? 0))
    const erbij = apportion(
      teveel,
      delen.map((d, i) => (d < (grenzen[i] ?? 0) ? (gewicht[i] ?? 0) : 0)),
    )
    delen = delen.map((d, i) => d + (erbij[i] ?? 0))
  }
  maanden.forEach((m, i) => {
    t.volume[m] = delen[i] ?? 0
  })
}

/** Huishoudelijke ondersteuning has no spend target: hours follow from the weekly volume. */
function huishoudelijk(opties: Opties, t: Traject, jaar: number): void {
  const { kalender, seed } = opties
  const worp = new Worp(seed, 'traject', t.id, `uren${jaar}`)
  for (const m of maandenIn(t, jaar)) {
    const { begin, eind } = maandDeel(kalender, t, m)
    const dagen = Math.max(1, daysIn(begin, eind))
    const uren = Math.round((t.weekuren * dagen * worp.tussen(78, 98)) / 700)
    t.volume[m] = Math.max(1, Math.min(uren, t.weekuren * wekenGeraakt(begin, eind)))
  }
}
