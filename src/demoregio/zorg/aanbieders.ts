import { jeugdaandelen, passend, STROMEN, wmoaandelen } from '../basis/ijking.ts'
import { GEMEENTEN, PRODUCTEN, type Product, type Stroom } from '../basis/preset.ts'
import { Worp } from '../basis/willekeur.ts'

export const AANTAL_AANBIEDERS = 350
export const AANTAL_JEUGD = 155
export const AANTAL_WMO = 87
export const AANTAL_BEIDE = 12

/** An invented provider. AGB codes start with 9999 and KvK numbers with 9999: ranges for demonstration only. */
export interface Aanbieder {
  nr: number
  agb: string
  kvk: string
  naam: string
  soort: 'instelling' | 'praktijk' | 'eenmanszaak'
  locaties: { gemeente: string; straat: string; huisnummer: number; postcode: string; plaats: string }[]
  /** Target share of the regional turnover in percent; 0 = contracted without turnover. */
  jeugdaandeel: number
  wmoaandeel: number
  hoaandeel: number
  /** Gemeenten (index) it works in. */
  werkgebied: number[]
  /** How fast it declares. */
  tempo: 'vlot' | 'gemiddeld' | 'traag'
  producten: Product[]
}

const SOORTNAAM = [
  'Stichting',
  'Praktijk',
  'Zorghuis',
  'Coöperatie',
  'Huis',
  'Zorggroep',
  'Atelier',
  'Centrum',
] as const
const BIJVOEGLIJK = [
  'Heldere',
  'Stille',
  'Vrolijke',
  'Zachte',
  'Groene',
  'Blauwe',
  'Gouden',
  'Zilveren',
  'Kalme',
  'Dappere',
  'Milde',
  'Rode',
  'Lichte',
  'Warme',
  'Frisse',
  'Wijze',
  'Ranke',
  'Bonte',
  'Vlugge',
  'Trouwe',
] as const
const ZELFSTANDIG = [
  'Wilg',
  'Beuk',
  'Linde',
  'Vlier',
  'Iep',
  'Merel',
  'Ekster',
  'Ooievaar',
  'Zwaluw',
  'Egel',
  'Haas',
  'Kievit',
  'Reiger',
  'Bever',
  'Vlinder',
  'Libel',
  'Kompas',
  'Zandloper',
  'Veerpont',
  'Waterlelie',
  'Duinroos',
  'Boshyacint',
] as const

/** Streams and weights of the larger youth providers by rank (1 = largest); the rest serves one stream. */
const JEUGDPROFIEL: Record<number, Partial<Record<Stroom, number>>> = {
  1: { V: 100, W: 18, C: 3, A: 4 },
  2: { V: 45, W: 20, A: 40 },
  3: { V: 20, W: 10, G: 30, C: 12, A: 30 },
  4: { V: 30, A: 60, D: 8 },
  5: { W: 30, D: 20, G: 25, A: 30 },
  6: { W: 30, C: 14, A: 50 },
  7: { V: 25, G: 40, A: 20 },
  8: { W: 25, G: 30, A: 30 },
  9: { W: 20, D: 25, A: 40 },
  10: { V: 35, A: 40 },
  11: { W: 20, A: 50 },
  12: { W: 10, C: 14, A: 40 },
  13: { D: 30, A: 40 },
  14: { V: 30, G: 30 },
  15: { G: 60, A: 10 },
  16: { D: 30, A: 30 },
  17: { A: 60, G: 10 },
  18: { G: 60, A: 10 },
  19: { D: 30, A: 30 },
  20: { G: 60, A: 20 },
  21: { G: 60, A: 20 },
  22: { D: 20, A: 40 },
}
const JEUGD_ALLEEN: Record<number, Stroom> = {
  25: 'W',
  28: 'W',
  31: 'W',
  34: 'W',
  37: 'W',
  26: 'D',
  30: 'D',
  36: 'D',
}

/** Weights per youth stream of the provider with this rank. */
export function jeugdprofiel(rang: number): Partial<Record<Stroom, number>> {
  const groot = JEUGDPROFIEL[rang]
  if (groot) return groot
  const alleen = JEUGD_ALLEEN[rang]
  if (alleen) return { [alleen]: 1 }
  return rang % 5 === 1 || rang % 5 === 3 ? { G: 1 } : { A: 1 }
}

/** Weights per Wmo stream of the provider with this rank. */
export function wmoprofiel(rang: number): Partial<Record<Stroom, number>> {
  if (rang <= 19) {
    return {
      I: 60,
      ...(rang % 4 === 3 ? {} : { K: 45 }),
      ...(rang === 2 || rang === 5 || rang === 8 ? { KV: 4 } : {}),
    }
  }
  return rang % 3 === 0 ? { K: 1 } : { I: 1 }
}

/** Ranks (1-based) in the Wmo market of the twelve providers that also serve youth, by youth rank. */
const BEIDE: readonly (readonly [number, number])[] = [
  [2, 6],
  [6, 3],
  [9, 10],
  [13, 14],
  [17, 18],
  [24, 22],
  [33, 29],
  [46, 35],
  [61, 44],
  [77, 52],
  [98, 63],
  [120, 75],
]

/** Index of the youth provider with this rank is rank − 1; this answers the same for the Wmo market. */
function wmoIndex(): number[] {
  const viaJeugd = new Map(BEIDE.map(([jeugd, wmo]) => [wmo, jeugd - 1]))
  let volgende = AANTAL_JEUGD
  return Array.from({ length: AANTAL_WMO }, (_, i) => viaJeugd.get(i + 1) ?? volgende++)
}

function naamVan(i: number, soort: Aanbieder['soort']): string {
  const bijvoeglijk = BIJVOEGLIJK[i % BIJVOEGLIJK.length] ?? ''
  const zelfstandig = ZELFSTANDIG[Math.floor(i / BIJVOEGLIJK.length) % ZELFSTANDIG.length] ?? ''
  const voor =
    soort === 'eenmanszaak' ? 'Eigenzorg' : (SOORTNAAM[(i * 7 + Math.floor(i / 20)) % SOORTNAAM.length] ?? '')
  const lidwoord = ['Kompas'].includes(zelfstandig) ? 'Het' : 'De'
  return `${voor} ${lidwoord} ${bijvoeglijk} ${zelfstandig}`
}

/** The 350 contracted providers, in a fixed order; shares per market as documented in 003. */
export function makeAanbieders(seed: number, schaal: number): Aanbieder[] {
  const jeugd = jeugdaandelen()
  const wmo = wmoaandelen()
  const wmoBij = new Map(wmoIndex().map((nr, rang) => [nr, rang]))
  const wmoNrs = wmoIndex()
  // Huishoudelijke ondersteuning: fourteen mid-size Wmo providers and six that do nothing else.
  const hoNrs = [...wmoNrs.slice(2, 16), 230, 231, 232, 233, 234, 235]
  const hoGewicht = [17, 15, 12, 10, 9, 8, 6, 5, 4, 2, 2, 2, 1.5, 1.5, 1, 1, 1, 0.8, 0.7, 0.5]
  const nummers = new Worp(seed, 'aanbieder', 0, 'agb').schud(
    Array.from({ length: AANTAL_AANBIEDERS }, (_, i) => i),
  )
  const namen = new Worp(seed, 'aanbieder', 0, 'naam').schud(
    Array.from({ length: BIJVOEGLIJK.length * ZELFSTANDIG.length }, (_, i) => i),
  )
  const aanbieders = Array.from({ length: AANTAL_AANBIEDERS }, (_, nr): Aanbieder => {
    const worp = new Worp(seed, 'aanbieder', nr, 'eigenschappen')
    const jeugdaandeel = jeugd[nr] ?? 0
    const wmorang = wmoBij.get(nr)
    const wmoaandeel = wmorang === undefined ? 0 : (wmo[wmorang] ?? 0)
    const horang = hoNrs.indexOf(nr)
    const hoaandeel = horang < 0 ? 0 : (hoGewicht[horang] ?? 0)
    const omzet = jeugdaandeel * 38 + wmoaandeel * 17 + hoaandeel * 12
    const soort =
      omzet > 25 ? 'instelling' : omzet > 1.2 || (omzet === 0 && worp.kans(600)) ? 'praktijk' : 'eenmanszaak'
    const strooms = [
      ...(jeugdaandeel > 0 ? Object.keys(jeugdprofiel(nr + 1)) : []),
      ...(wmorang === undefined ? [] : Object.keys(wmoprofiel(wmorang + 1))),
      ...(hoaandeel > 0 ? ['H'] : []),
      ...(omzet === 0 ? [worp.kans(620) ? 'A' : worp.kans(500) ? 'I' : 'G'] : []),
    ] as Stroom[]
    const nummer = (nummers[nr] ?? 0) + 1
    const werkgebied = kiesWerkgebied(worp, omzet * schaal)
    return {
      nr,
      agb: `9999${String(nummer).padStart(4, '0')}`,
      kvk: `9999${String(nummer * 7 + 1000).padStart(4, '0')}`,
      naam: naamVan(namen[nr] ?? 0, soort),
      soort,
      locaties: maakLocaties(
        worp,
        werkgebied,
        soort === 'instelling' ? Math.min(4, 1 + Math.floor(omzet / 150)) : 1,
      ),
      jeugdaandeel,
      wmoaandeel,
      hoaandeel,
      werkgebied,
      tempo: 'vlot',
      producten: strooms.flatMap(stroom => kiesProducten(worp, stroom, omzet)),
    }
  })
  geefTempo(aanbieders)
  return aanbieders
}

const TEMPI = ['gemiddeld', 'vlot', 'vlot', 'gemiddeld', 'traag'] as const

/** Speeds in turn from large to small, so that chance does not give all large providers the same one. */
function geefTempo(aanbieders: readonly Aanbieder[]): void {
  const regels = (a: Aanbieder) => a.jeugdaandeel * 47 + a.wmoaandeel * 32 + a.hoaandeel * 53
  ;[...aanbieders]
    .sort((a, b) => regels(b) - regels(a) || a.nr - b.nr)
    .forEach((a, i) => {
      a.tempo = TEMPI[i % TEMPI.length] ?? 'vlot'
    })
}

/** `omzet` in units of EUR 10,000 a year at the scale asked: the smaller, the fewer gemeenten. */
function kiesWerkgebied(worp: Worp, omzet: number): number[] {
  const aantal = omzet > 120 ? 5 : omzet > 45 ? 4 : omzet > 20 ? 3 : omzet > 8 ? 2 : 1
  const over = GEMEENTEN.map((_, i) => i)
  const uit: number[] = []
  while (uit.length < aantal) {
    const k = worp.gewogen(over.map(i => GEMEENTEN[i]?.inwoners2017 ?? 0))
    uit.push(...over.splice(k, 1))
  }
  return uit.sort((a, b) => a - b)
}

function kiesProducten(worp: Worp, stroom: Stroom, omzet: number): Product[] {
  const alle = PRODUCTEN.filter(p => p.stroom === stroom)
  // A provider of nights must be able to place every child, so it contracts all classes.
  if (['I', 'H', 'V', 'W', 'C'].includes(stroom) || omzet > 60) return alle
  const geschud = worp.schud(alle)
  const gebruikt = geschud.filter(p => p.gewicht > 0).slice(0, omzet > 10 ? 6 : 4)
  return alle.filter(p => gebruikt.includes(p))
}

function maakLocaties(worp: Worp, werkgebied: readonly number[], aantal: number): Aanbieder['locaties'] {
  return Array.from({ length: aantal }, (_, i) => {
    const gemeente = GEMEENTEN[werkgebied[i % werkgebied.length] ?? 0]
    const plaats = gemeente?.plaatsen[worp.getal(gemeente.plaatsen.length)]
    return {
      gemeente: gemeente?.code ?? '',
      straat: 'Demonstratieplein',
      huisnummer: worp.tussen(1, 90),
      postcode: `${plaats?.[1] ?? 3701}ZZ`,
      plaats: plaats?.[0] ?? '',
    }
  })
}

/** One cell of the market: which provider earns how much in which stream in one year. */
export interface Cel {
  stroom: Stroom
  aanbieder: number
  bedrag: number
}

/**
 * The market of one law as stream × provider with fixed row and column sums (eurocents, not rounded).
 * Cells too small for one client of that stream are emptied and the rest fitted again.
 */
export function makeCellen(
  strooms: readonly Stroom[],
  aanbieders: readonly Aanbieder[],
  aandeel: (a: Aanbieder) => number,
  profiel: (a: Aanbieder) => Partial<Record<Stroom, number>>,
  bedragen: readonly number[],
  schaal: number,
): Cel[] {
  const actief = aanbieders.filter(a => aandeel(a) > 0)
  const totaal = bedragen.reduce((a, b) => a + b, 0)
  const aandelen = actief.reduce((a, x) => a + aandeel(x), 0)
  const kolommen = actief.map(a => (totaal * aandeel(a)) / aandelen)
  let start = strooms.map(s => actief.map((a, j) => (profiel(a)[s] ?? 0) * (kolommen[j] ?? 0)))
  for (let ronde = 0; ; ronde++) {
    const cel = passend(start, bedragen, kolommen)
    const klein = cel.map((rij, i) => {
      const stroom = strooms[i] ?? 'A'
      const gemiddeld = (bedragen[i] ?? 0) / Math.max(1, STROMEN[stroom].clienten * schaal)
      return rij.map((x, j) => x > 0 && x < gemiddeld * 0.4 && cel.filter(r => (r[j] ?? 0) > 0).length > 1)
    })
    if (ronde === 5 || !klein.some(rij => rij.some(Boolean))) {
      return cel.flatMap((rij, i) =>
        rij.flatMap((bedrag, j) => {
          const a = actief[j]
          return bedrag > 0 && a ? [{ stroom: strooms[i] ?? 'A', aanbieder: a.nr, bedrag }] : []
        }),
      )
    }
    // Only the smallest cell of each provider goes per round, so that nobody loses everything.
    start = start.map((rij, i) =>
      rij.map((x, j) => {
        if (!klein[i]?.[j]) return x
        const kolom = cel.map(r => r[j] ?? 0).filter(v => v > 0)
        return (cel[i]?.[j] ?? 0) <= Math.min(...kolom) ? 0 : x
      }),
    )
  }
}
