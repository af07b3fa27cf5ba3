import { apportion } from '../../platform/money.ts'
import {
  BEDRAGPAD,
  divideAtLeastOne,
  JAREN,
  JEUGDSTROMEN,
  KLASSEN,
  STROMEN,
  WMOSTROMEN,
} from '../basis/ijking.ts'
import type { Kalender } from '../basis/kalender.ts'
import { type Domein, GEMEENTEN, PRODUCTEN, type Product, type Stroom } from '../basis/preset.ts'
import { DUUR_KWANTIELEN, Worp, ZWAARTE_KWANTIELEN } from '../basis/willekeur.ts'
import { type Aanbieder, type Cel, jeugdprofiel, makeCellen, wmoprofiel } from './aanbieders.ts'
import { linkPersonen, type Personen } from './koppelen.ts'
import { chooseVerwijzers, type Verwijzing0 } from './verwijzen.ts'
import { divideVolumes, type Tarieven } from './volumes.ts'

/** One client at one provider with one product, from start to end; months count from the first year. */
export interface Traject {
  id: string
  stroom: Stroom
  domein: Domein
  aanbieder: number
  gemeente: number
  /** Index of the person; −1 until coupled. */
  persoon: number
  product: Product
  /** First and last month of delivery; the last may lie beyond the region's years. */
  start: number
  eind: number
  startDag: number
  eindDag: number
  /** Severity in hundredths of the mean. */
  zwaarte: number
  /** Hours a week for huishoudelijke ondersteuning. */
  weekuren: number
  /** True when care was already running at the start of the region's years. */
  lopend: boolean
  herhaald: boolean
  /** Set for youth; Wmo care is always granted by the gemeente. */
  verwijzing: Verwijzing0
  /** Delivered units per month (index 0 … 47); in cents for products in euros. */
  volume: number[]
}

const SEIZOEN_START = [9, 8, 9, 8, 8, 8, 5, 5, 11, 11, 10, 8]

export interface Opties {
  seed: number
  schaal: number
  kalender: Kalender
  tarieven: Tarieven
}

/** Cells of the market per year, in a fixed order. Spend in eurocents; H has none, its clients decide. */
export function cellenPerJaar(aanbieders: readonly Aanbieder[], schaal: number): Map<Stroom, Cel[]>[] {
  const bedrag = (s: Stroom, jaar: number) =>
    ((STROMEN[s].bedrag ?? 0) * schaal * (BEDRAGPAD[STROMEN[s].domein][jaar] ?? 0)) / 1000
  return Array.from({ length: JAREN }, (_, jaar) => {
    const wmoRang = new Map(
      [...aanbieders]
        .filter(a => a.wmoaandeel > 0)
        .sort((a, b) => b.wmoaandeel - a.wmoaandeel)
        .map((a, i) => [a.nr, i + 1]),
    )
    const cellen = [
      ...makeCellen(
        JEUGDSTROMEN,
        aanbieders,
        a => a.jeugdaandeel,
        a => jeugdprofiel(a.nr + 1),
        JEUGDSTROMEN.map(s => bedrag(s, jaar)),
        schaal,
      ),
      ...makeCellen(
        WMOSTROMEN,
        aanbieders,
        a => a.wmoaandeel,
        a => wmoprofiel(wmoRang.get(a.nr) ?? 99),
        WMOSTROMEN.map(s => bedrag(s, jaar)),
        schaal,
      ),
      ...aanbieders.flatMap(a =>
        a.hoaandeel > 0 ? [{ stroom: 'H' as const, aanbieder: a.nr, bedrag: a.hoaandeel }] : [],
      ),
    ]
    return Map.groupBy(cellen, c => c.stroom)
  })
}

/** Clients per cell of a stream in a year; sums exactly to the target of that year. */
export function clientenPerCel(
  stroom: Stroom,
  cellen: readonly Cel[],
  jaar: number,
  schaal: number,
): number[] {
  const doel = STROMEN[stroom]
  const totaal = Math.round((doel.clienten * schaal * (doel.groei[jaar] ?? 1000)) / 1000)
  return divideAtLeastOne(
    totaal,
    cellen.map(c => c.bedrag),
  )
}

/** All care of the region: trajects with persons, referral and delivered volume per month. */
export function makeZorgverloop(
  opties: Opties,
  aanbieders: readonly Aanbieder[],
  personen: Personen,
): Traject[] {
  const { seed, schaal } = opties
  const alle: Traject[] = []
  const markt = cellenPerJaar(aanbieders, schaal)
  let actief: Traject[] = []
  const gemeenteTeller = GEMEENTEN.map(() => 0)
  for (let jaar = 0; jaar < JAREN; jaar++) {
    const cellen = markt[jaar] ?? new Map<Stroom, Cel[]>()
    const perCel: { cel: Cel; trajecten: Traject[] }[] = []
    const nieuw: Traject[] = []
    const gebleven: Traject[] = []
    const lopend = Map.groupBy(actief, t => `${t.stroom}/${t.aanbieder}`)
    for (const [stroom, rij] of [...cellen].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      const aantallen = clientenPerCel(stroom, rij, jaar, schaal)
      rij.forEach((cel, i) => {
        const n = aantallen[i] ?? 0
        const blijft = behoud(seed, lopend.get(`${stroom}/${cel.aanbieder}`) ?? [], n, jaar)
        lopend.delete(`${stroom}/${cel.aanbieder}`)
        const erbij = Array.from({ length: n - blijft.length }, (_, k) =>
          maakTraject(seed, aanbieders, cel, jaar, k, gemeenteTeller),
        )
        gebleven.push(...blijft)
        nieuw.push(...erbij)
        perCel.push({ cel, trajecten: [...blijft, ...erbij] })
      })
    }
    // A cell that left the market this year: its care ended with the year before.
    for (const rest of lopend.values()) for (const t of rest) sluit(t, jaar)
    kiesKlassen(
      seed,
      jaar,
      [...gebleven, ...nieuw].filter(t => t.stroom === 'I'),
      new Set(nieuw),
    )
    // What a full provider cannot place moves on to the next one in the same stream.
    const over = new Map<Stroom, number>()
    const nieuwSet = new Set(nieuw)
    for (const { cel, trajecten } of perCel) {
      const bedrag = cel.bedrag + (over.get(cel.stroom) ?? 0)
      over.set(cel.stroom, divideVolumes(opties, { ...cel, bedrag }, trajecten, jaar, nieuwSet))
    }
    linkPersonen({ seed, jaar, schaal, kalender: opties.kalender }, gebleven, nieuw, personen)
    chooseVerwijzers(opties, jaar, gebleven, nieuw)
    alle.push(...nieuw)
    actief = [...gebleven, ...nieuw].filter(t => t.eind >= (jaar + 1) * 12)
  }
  return alle.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function sluit(t: Traject, jaar: number): void {
  t.eind = jaar * 12 - 1
  t.eindDag = 31
}

/** Which running trajects stay: at most `n`; the others ended on 31 December. */
function behoud(seed: number, lopend: readonly Traject[], n: number, jaar: number): Traject[] {
  if (lopend.length <= n) return [...lopend]
  const geschud = new Worp(seed, 'cel', lopend[0]?.id ?? '', `behoud${jaar}`).schud(lopend)
  for (const t of geschud.slice(n)) sluit(t, jaar)
  return geschud.slice(0, n)
}

function maakTraject(
  seed: number,
  aanbieders: readonly Aanbieder[],
  cel: Cel,
  jaar: number,
  volgnr: number,
  gemeenteTeller: number[],
): Traject {
  const { stroom } = cel
  const doel = STROMEN[stroom]
  const id = `${stroom}-${String(cel.aanbieder).padStart(3, '0')}-${jaar}-${String(volgnr).padStart(5, '0')}`
  const worp = new Worp(seed, 'traject', id, 'verloop')
  const aanbieder = aanbieders[cel.aanbieder]
  const producten = (aanbieder?.producten ?? []).filter(p => p.stroom === stroom)
  const product = producten[worp.gewogen(producten.map(p => p.gewicht))] ?? PRODUCTEN[0]
  if (!product) throw new Error('empty catalogue')
  const duur = Math.max(1, Math.round((doel.duur * (DUUR_KWANTIELEN[worp.getal(20)] ?? 1000)) / 1000))
  // In a steady state the share of a year's clients that was there on 1 January is L / (L + 12 months).
  const lopend = jaar === 0 && worp.kans(Math.round((1150 * doel.duur) / (doel.duur * 1.15 + 12)))
  const start = lopend ? 0 : jaar * 12 + worp.gewogen(SEIZOEN_START)
  return {
    id,
    stroom,
    domein: doel.domein,
    aanbieder: cel.aanbieder,
    gemeente: kiesGemeente(aanbieder?.werkgebied ?? [0], gemeenteTeller),
    persoon: -1,
    product,
    start,
    eind: start + duur - 1,
    startDag: lopend ? 1 : worp.tussen(1, duur === 1 ? 8 : 24),
    eindDag: worp.kans(450) ? 31 : worp.tussen(duur === 1 ? 18 : 8, 28),
    zwaarte: ZWAARTE_KWANTIELEN[worp.getal(20)] ?? 100,
    weekuren: stroom === 'H' ? 1 + worp.gewogen([25, 45, 22, 8]) : 0,
    lopend,
    herhaald: false,
    verwijzing: { type: '01', cluster: '' },
    volume: [],
  }
}

/** The gemeente of the work area that is furthest behind its share of inhabitants. */
function kiesGemeente(werkgebied: readonly number[], teller: number[]): number {
  const totaal = teller.reduce((a, b) => a + b, 0) + 1
  const inwoners = GEMEENTEN.reduce((a, g) => a + g.inwoners2017, 0)
  let beste = werkgebied[0] ?? 0
  let tekort = Number.NEGATIVE_INFINITY
  for (const g of werkgebied) {
    const x = ((GEMEENTEN[g]?.inwoners2017 ?? 0) * totaal) / inwoners - (teller[g] ?? 0)
    if (x > tekort) {
      tekort = x
      beste = g
    }
  }
  teller[beste] = (teller[beste] ?? 0) + 1
  return beste
}

/** Divide individuele begeleiding over basis/speciaal × normaal/intensief so that the year's mix is exact. */
function kiesKlassen(
  seed: number,
  jaar: number,
  trajecten: readonly Traject[],
  nieuw: ReadonlySet<Traject>,
): void {
  const codes = PRODUCTEN.filter(p => p.stroom === 'I' && p.gewicht > 0)
  const doel = apportion(trajecten.length, KLASSEN[jaar] ?? [])
  for (const t of trajecten) {
    if (nieuw.has(t)) continue
    const k = codes.indexOf(t.product)
    doel[k] = (doel[k] ?? 0) - 1
  }
  const stapel = doel.flatMap((n, k) => Array.from({ length: Math.max(0, n) }, () => k))
  const kaarten = new Worp(seed, 'klassen', jaar, 'individueel').schud(stapel)
  let i = 0
  for (const t of trajecten) {
    if (!nieuw.has(t)) continue
    const product = codes[kaarten[i++] ?? 0]
    if (product) t.product = product
  }
}
