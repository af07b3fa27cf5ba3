import type { Datum } from '../../platform/dates.ts'
import type { Eurocent } from '../../platform/money.ts'
import { apportion } from '../../platform/money.ts'
import { JAREN } from '../basis/ijking.ts'
import { type Kalender, plus } from '../basis/kalender.ts'
import { type Domein, GEMEENTEN, PRODUCTEN, type Product, SEGMENTEN, type Segment } from '../basis/preset.ts'
import { Worp } from '../basis/willekeur.ts'
import type { Toewijzing } from '../verkeer/toewijzen.ts'
import type { Aanbieder } from '../zorg/aanbieders.ts'
import { bedragInJaar } from '../zorg/verwijzen.ts'
import type { Opties, Traject } from '../zorg/zorgverloop.ts'
import { type Contract, contractnummer, makeContracten } from './contracten.ts'

export interface Gemeente {
  code: string
  naam: string
  inwoners: { jaar: number; leeftijd: '0-17' | '18-64' | '65+'; aantal: number }[]
}

export interface RegioAanbieder {
  agb: string
  kvk: string
  naam: string
  soort: Aanbieder['soort']
  locaties: Aanbieder['locaties']
}

export interface Contracttarief {
  contract: string
  wet: Domein
  product: string
  ingang: Datum
  einde: Datum
  /** Eurocents per unit; null for a product that is claimed in euros. */
  tarief: Eurocent | null
}

export interface Budgetplafond {
  segment: string
  gemeente: string
  jaar: number
  bedrag: Eurocent
}

/** What one provider may claim in a segment of a municipality in a year. */
export interface Aanbiederplafond extends Budgetplafond {
  agb: string
}

/** Everything that must be known before the first message. */
export interface Regio {
  naam: string
  eersteJaar: number
  ankerjaar: number
  peildatum: Datum
  gemeenten: Gemeente[]
  segmenten: Segment[]
  producten: Product[]
  aanbieders: RegioAanbieder[]
  contracten: Contract[]
  tarieven: Contracttarief[]
  plafonds: Budgetplafond[]
  aanbiederplafonds: Aanbiederplafond[]
}

/** Who referred a client: a registration of its own, because the 301 does not carry it. */
export interface Verwijzing {
  gemeente: string
  domein: Domein
  toewijzingNummer: number
  /** COD327. */
  verwijzer: string
  datum: Datum
  cluster: string
  /** The person had care of the same law before. */
  herhaald: boolean
  /** A later toewijzing of the same care: not a new referral. */
  vervolg: boolean
}

/**
 * Inhabitants per gemeente, year and age band: 192,700 in the second year growing to 195,000 six years later,
 * youth −0.85 % and 65+ +1.75 % a year. Grondslag: 003 Bijlage 1 § 2, 4, 5.
 */
function maakGemeenten(eersteJaar: number): Gemeente[] {
  const gewichten = GEMEENTEN.map(g => g.inwoners2017)
  const uit: Gemeente[] = GEMEENTEN.map(g => ({ code: g.code, naam: g.naam, inwoners: [] }))
  // Age shares at the base year are an assumption: 22 % under 18, 21 % 65 and over.
  let jeugd = 42_394 / 0.9915
  let ouder = 40_467 / 1.0175
  for (let jaar = 0; jaar < JAREN; jaar++) {
    const totaal = Math.round(192_700 + ((jaar - 1) * 2300) / 6)
    if (jaar > 0) {
      jeugd *= 0.9915
      ouder *= 1.0175
    }
    const inwoners = apportion(totaal, gewichten)
    const j = apportion(Math.round(jeugd), gewichten)
    const o = apportion(Math.round(ouder), gewichten)
    uit.forEach((g, i) => {
      const jong = j[i] ?? 0
      const oud = o[i] ?? 0
      g.inwoners.push(
        { jaar: eersteJaar + jaar, leeftijd: '0-17', aantal: jong },
        { jaar: eersteJaar + jaar, leeftijd: '18-64', aantal: (inwoners[i] ?? 0) - jong - oud },
        { jaar: eersteJaar + jaar, leeftijd: '65+', aantal: oud },
      )
    })
  }
  return uit
}

/** The reference data of the region. */
export function makeReferentie(
  opties: Opties,
  kalender: Kalender,
  peildatum: Datum,
  aanbieders: readonly Aanbieder[],
  trajecten: readonly Traject[],
): Regio {
  const { eersteJaar } = kalender
  const opVolgorde = [...aanbieders].sort((a, b) => (a.agb < b.agb ? -1 : 1))
  return {
    naam: 'Demonstratieregio Zuidoost-Utrecht',
    eersteJaar,
    ankerjaar: eersteJaar + 2,
    peildatum,
    gemeenten: maakGemeenten(eersteJaar),
    segmenten: SEGMENTEN,
    producten: PRODUCTEN,
    aanbieders: opVolgorde.map(({ agb, kvk, naam, soort, locaties }) => ({
      agb,
      kvk,
      naam,
      soort,
      locaties,
    })),
    contracten: makeContracten(kalender, aanbieders, trajecten),
    tarieven: opVolgorde.flatMap(a =>
      a.producten.flatMap(product =>
        (opties.tarieven.get(product) ?? []).map((tarief, jaar) => ({
          contract: contractnummer(a),
          wet: product.wet,
          product: product.code,
          ingang: `${eersteJaar + jaar}-01-01`,
          einde: `${eersteJaar + jaar}-12-31`,
          tarief,
        })),
      ),
    ),
    plafonds: maakPlafonds(opties, eersteJaar, trajecten),
    aanbiederplafonds: maakAanbiederplafonds(opties, eersteJaar + JAREN - 1, { aanbieders, trajecten }),
  }
}

/** Budget per segment, gemeente and year: 3 to 6 percent below what will be spent, in whole hundreds of euros. */
function maakPlafonds(opties: Opties, eersteJaar: number, trajecten: readonly Traject[]): Budgetplafond[] {
  const som = new Map<string, number>()
  for (const t of trajecten) {
    for (let jaar = 0; jaar < JAREN; jaar++) {
      const sleutel = `${t.product.segment}|${GEMEENTEN[t.gemeente]?.code}|${eersteJaar + jaar}`
      som.set(sleutel, (som.get(sleutel) ?? 0) + bedragInJaar(opties, t, jaar))
    }
  }
  return [...som]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .filter(([, bedrag]) => bedrag > 0)
    .map(([sleutel, bedrag]) => {
      const [segment = '', gemeente = '', jaar = ''] = sleutel.split('|')
      const promille = new Worp(opties.seed, 'plafond', sleutel, 'korting').tussen(30, 60)
      return {
        segment,
        gemeente,
        jaar: +jaar,
        bedrag: Math.floor((bedrag * (1000 - promille)) / 10_000_000) * 10_000,
      }
    })
}

/**
 * Of the three providers that spend most in a segment in the last year, per gemeente: from 4 percent below what will be spent to 8
 * percent above, so that a few go over it. In whole hundreds of euros.
 */
function maakAanbiederplafonds(
  opties: Opties,
  jaar: number,
  { aanbieders, trajecten }: { aanbieders: readonly Aanbieder[]; trajecten: readonly Traject[] },
): Aanbiederplafond[] {
  const som = new Map<string, Map<string, number>>()
  for (const t of trajecten) {
    const wie = `${aanbieders[t.aanbieder]?.agb}|${t.product.segment}`
    const per = som.get(wie) ?? new Map<string, number>()
    som.set(wie, per)
    const gemeente = GEMEENTEN[t.gemeente]?.code ?? ''
    per.set(gemeente, (per.get(gemeente) ?? 0) + bedragInJaar(opties, t, JAREN - 1))
  }
  const totaal = (per: ReadonlyMap<string, number>) => [...per.values()].reduce((a, b) => a + b, 0)
  return [...som]
    .sort(([a, x], [b, y]) => totaal(y) - totaal(x) || (a < b ? -1 : 1))
    .slice(0, 3)
    .flatMap(([wie, per]) => {
      const [agb = '', segment = ''] = wie.split('|')
      return [...per]
        .filter(([, bedrag]) => bedrag > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([gemeente, bedrag]) => {
          const promille = new Worp(opties.seed, 'aanbiederplafond', `${wie}|${gemeente}`).tussen(960, 1080)
          return {
            agb,
            segment,
            gemeente,
            jaar,
            bedrag: Math.floor((bedrag * promille) / 10_000_000) * 10_000,
          }
        })
    })
}

/** Median weeks between referral and start per stream. */
const WACHTWEKEN: Record<string, number> = { V: 11, G: 9, C: 0, A: 5, W: 8, D: 6, I: 4, K: 4, KV: 5, H: 2 }

/** One row per toewijzing, in order of gemeente, law and number. */
export function makeVerwijzingen(opties: Opties, toewijzingen: readonly Toewijzing[]): Verwijzing[] {
  const begin = new Map<Traject, Datum>()
  for (const t of toewijzingen) if (t.volgnr === 0) begin.set(t.traject, t.begin)
  return toewijzingen
    .map(t => {
      const { traject } = t
      const weken = WACHTWEKEN[traject.stroom] ?? 5
      const worp = new Worp(opties.seed, 'traject', traject.id, 'wachten')
      const dagen = Math.floor(
        (weken * 7 * ([35, 50, 65, 80, 95, 105, 125, 155, 200, 270][worp.getal(10)] ?? 100)) / 100,
      )
      return {
        gemeente: GEMEENTEN[traject.gemeente]?.code ?? '',
        domein: traject.domein,
        toewijzingNummer: t.nummer,
        verwijzer: traject.verwijzing.type,
        datum: plus(begin.get(traject) ?? t.begin, -dagen),
        cluster: traject.verwijzing.cluster,
        herhaald: traject.herhaald,
        vervolg: t.volgnr > 0,
      }
    })
    .sort((a, b) =>
      a.gemeente + a.domein < b.gemeente + b.domein
        ? -1
        : a.gemeente + a.domein > b.gemeente + b.domein
          ? 1
          : a.toewijzingNummer - b.toewijzingNummer,
    )
}
