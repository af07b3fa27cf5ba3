import type { Eurocent } from '../../../platform/money.ts'
import {
  type AanbiederCel,
  type Aantalgroei,
  type AfkeurCel,
  type Cel,
  type Clienten,
  type Concentratie,
  concentration,
  describeTak,
  type Filter,
  growth,
  growthOfAantal,
  makeBoom,
  maySeeSmall,
  type Opvallend,
  type Plafond,
  type Segment,
  type Stam,
  showAantal,
  sum,
  type VerwijzerCel,
  whatStandsOut,
  whatStandsOutOf,
} from '../cijfers/rules.ts'
import { makeStand, type Stand, TOP, toDeel, type Wie } from './standen.ts'

export type { Stand } from './standen.ts'

export interface Markt extends Concentratie {
  naam: string
  grootsteNaam: string
  aandelen: { naam: string; waarde: Eurocent }[]
}

export interface Maand {
  maand: number
  dit: Eurocent | null
  vorig: Eurocent | null
}

export interface Verwijzer {
  verwijzer: string
  naam: string
  bedrag: Eurocent
  deelEuro: number
  toewijzingen: number
  deelToewijzingen: number
}

/** All that a page of figures shows. */
export interface Beeld {
  filter: Filter
  /** Months that are complete, and months that have begun. */
  compleet: number
  verstreken: number
  totaal: Stand
  /** Persons over the complete months, and how that changed. */
  clientenGroei: Aantalgroei | null
  perSegment: Stand[]
  perGemeente: Stand[]
  maanden: Maand[]
  markten: Markt[]
  aanbieders: AanbiederStand[]
  /** Of one provider: the segment in which it has the largest share; null on other pages. */
  marktaandeel: Marktaandeel | null
  verwijzers: Verwijzer[]
  afkeur: AfkeurCel[]
  opvallend: Opvallend
  bijgewerkt: Date | null
}

export interface AanbiederStand {
  aanbiederId: number
  naam: string
  besteed: Eurocent
  deel: number
  verandering: number | null
}

export interface Marktaandeel {
  segment: string
  /** Share in the spend on this segment in the selection, 0 to 1. */
  deel: number
}

export interface Marktcijfers {
  naam: string
  segmenten: readonly number[]
}

export interface Gelezen {
  cellen: readonly Cel[]
  plafonds: readonly Plafond[]
  aanbieders: readonly AanbiederCel[]
  clienten: Clienten
  clientenVorig: number
  markten: readonly Marktcijfers[]
  /** Spend per segment of all providers together; only read for the page of one provider. */
  segmenttotalen: ReadonlyMap<number, Eurocent>
  verwijzers: readonly VerwijzerCel[]
  afkeur: readonly AfkeurCel[]
}

interface Kader {
  filter: Filter
  stam: Stam
  /** Those of the selection. */
  segmenten: readonly Segment[]
  compleet: number
  verstreken: number
  /** Municipalities whose residents this person may see. */
  gemeentenClient: readonly string[]
}

/** Names of COD327 in our own words; 'onbekend' when none was registered. */
export const VERWIJZERS: Readonly<Record<string, string>> = {
  '01': 'Gemeente',
  '02': 'Huisarts',
  '03': 'Jeugdarts',
  '04': 'Gecertificeerde instelling',
  '05': 'Medisch specialist',
  '06': 'Geen verwijzer',
  '08': 'Rechter of justitie',
  onbekend: 'Onbekend',
}

/** The segments that compete with each other: youth care, Wmo support, and apart from it household help. */
export function listMarkten(segmenten: readonly Segment[]): { naam: string; segmenten: number[] }[] {
  const soorten: [string, (s: Segment) => boolean][] = [
    ['Jeugdhulp', s => s.wet === 'jw'],
    ['Wmo-begeleiding', s => s.wet === 'wmo' && !s.huishoudelijk],
    ['Huishoudelijke ondersteuning', s => s.huishoudelijk],
  ]
  return soorten.flatMap(([naam, hoort]) => {
    const ids = segmenten.filter(hoort).map(s => s.segmentId)
    return ids.length === 0 ? [] : [{ naam, segmenten: ids }]
  })
}

/** Turns what was read into what is shown. Pure: every number on a page follows from this function. */
export function makeBeeld(gelezen: Gelezen, kader: Kader): Beeld {
  const { filter, stam, compleet, verstreken } = kader
  const boom = makeBoom(kader.segmenten)
  const regio = stam.gemeenten.map(g => g.code)
  const magKlein = (gemeente: string | null) =>
    maySeeSmall(kader.gemeentenClient, gemeente === null ? regio : [gemeente])
  const stand = (
    wie: Wie,
    hoort: (cel: { segmentId: number; gemeente: string }) => boolean,
    personen: number,
    klein: boolean,
  ) =>
    makeStand(
      wie,
      {
        cellen: gelezen.cellen.filter(hoort),
        plafonds: filter.aanbieder === null ? gelezen.plafonds.filter(hoort) : [],
        clienten: showAantal(personen, klein),
      },
      { jaar: filter.jaar, compleet, boom },
    )

  const klein = magKlein(filter.gemeente?.code ?? null)
  const totaal = stand(
    { sleutel: '', naam: 'Totaal', pad: '/cijfers', ...TOP },
    () => true,
    gelezen.clienten.totaal,
    klein,
  )
  const geteld = new Set([...gelezen.cellen, ...gelezen.plafonds].map(c => c.segmentId))
  const perSegment = boom.takken
    .filter(({ metOnder }) => [...metOnder].some(id => geteld.has(id)))
    .map(tak => {
      const { code, naam, segmentId } = tak.segment
      const toelichting = describeTak(tak, gelezen.plafonds, boom)
      return stand(
        {
          sleutel: code,
          naam,
          pad:
            filter.aanbieder === null
              ? `/cijfers/segmenten/${code}`
              : ofAanbieder(filter.aanbieder, 'segment', code),
          niveau: tak.niveau,
          ouder: tak.ouder?.code ?? null,
          ...(toelichting === undefined ? {} : { toelichting }),
        },
        c => tak.metOnder.has(c.segmentId),
        gelezen.clienten.perSegment.get(String(segmentId)) ?? 0,
        klein,
      )
    })
  const gemeenten = new Set([...gelezen.cellen, ...gelezen.plafonds].map(c => c.gemeente))
  const perGemeente = stam.gemeenten
    .filter(g => gemeenten.has(g.code))
    .map(g =>
      stand(
        {
          sleutel: g.code,
          naam: g.naam,
          pad:
            filter.aanbieder === null
              ? `/cijfers/gemeenten/${g.code}`
              : ofAanbieder(filter.aanbieder, 'gemeente', g.code),
          ...TOP,
        },
        c => c.gemeente === g.code,
        gelezen.clienten.perGemeente.get(g.code) ?? 0,
        magKlein(g.code),
      ),
    )
  const marktaandeel = makeMarktaandeel(gelezen, stam, filter.jaar)
  const markten = filter.aanbieder === null ? makeMarkten(gelezen) : []
  return {
    filter,
    compleet,
    verstreken,
    totaal,
    clientenGroei: growthOfAantal(
      showAantal(gelezen.clienten.compleet, klein),
      showAantal(gelezen.clientenVorig, klein),
    ),
    perSegment,
    perGemeente,
    maanden: makeMaanden(gelezen.cellen, filter.jaar, compleet, verstreken),
    markten,
    aanbieders: makeAanbieders(gelezen.aanbieders),
    marktaandeel,
    verwijzers: makeVerwijzers(gelezen.verwijzers),
    afkeur: [...gelezen.afkeur],
    opvallend:
      filter.aanbieder === null
        ? whatStandsOut(
            {
              // The one that was chosen says nothing beside the other kind, and is all there is beside none.
              segmenten:
                filter.segment && !filter.gemeente && perSegment.length < 2 ? [] : perSegment.map(toDeel),
              gemeenten: filter.gemeente ? [] : perGemeente.map(toDeel),
            },
            markten.map(m => ({ markt: m.naam.toLowerCase(), aanbieder: m.grootsteNaam, deel: m.grootste })),
          )
        : whatStandsOutOf({ jaar: filter.jaar, ...totaal, marktaandeel }),
    bijgewerkt: latest(gelezen.cellen.map(c => c.bijgewerkt)),
  }
}

/** A month of which nothing is claimed yet has no figure: zero would read as care that stopped. */
function makeMaanden(cellen: readonly Cel[], jaar: number, compleet: number, verstreken: number): Maand[] {
  const perMaand = (j: number) => {
    const waarden = new Array<number>(12).fill(0)
    for (const c of cellen) if (c.jaar === j) waarden[c.maand - 1] = (waarden[c.maand - 1] ?? 0) + c.bedrag
    return waarden
  }
  const dit = perMaand(jaar)
  const vorig = perMaand(jaar - 1)
  const erWasVorig = vorig.some(bedrag => bedrag !== 0)
  const tot = Math.max(compleet, Math.min(verstreken, dit.findLastIndex(bedrag => bedrag !== 0) + 1))
  return dit.map((bedrag, i) => ({
    maand: i + 1,
    dit: i < tot ? bedrag : null,
    vorig: erWasVorig ? (vorig[i] ?? 0) : null,
  }))
}

function makeMarkten({ aanbieders, markten, clienten }: Gelezen): Markt[] {
  return markten.flatMap(({ naam, segmenten }, nummer) => {
    const perAanbieder = new Map<number, { naam: string; waarde: Eurocent }>()
    for (const a of aanbieders)
      if (segmenten.includes(a.segmentId))
        perAanbieder.set(a.aanbiederId, {
          naam: a.naam,
          waarde: (perAanbieder.get(a.aanbiederId)?.waarde ?? 0) + a.bedrag,
        })
    const aandelen = [...perAanbieder.values()].filter(a => a.waarde > 0).sort((a, b) => b.waarde - a.waarde)
    if (aandelen.length === 0) return []
    const maten = concentration(
      aandelen.map(a => a.waarde),
      [...(clienten.perMarkt.get(nummer)?.values() ?? [])],
    )
    return [{ naam, ...maten, grootsteNaam: aandelen[0]?.naam ?? '', aandelen }]
  })
}

/** Grondslag: sturing I60, how much the region depends on this provider. */
function makeMarktaandeel(
  { cellen, segmenttotalen }: Gelezen,
  stam: Stam,
  jaar: number,
): Marktaandeel | null {
  let grootste: Marktaandeel | null = null
  for (const { segmentId, naam } of stam.segmenten) {
    const alle = segmenttotalen.get(segmentId) ?? 0
    const eigen = sum(cellen.filter(c => c.jaar === jaar && c.segmentId === segmentId).map(c => c.bedrag))
    if (alle > 0 && eigen > 0 && eigen / alle > (grootste?.deel ?? 0))
      grootste = { segment: naam, deel: eigen / alle }
  }
  return grootste
}

function makeAanbieders(cellen: readonly AanbiederCel[]): AanbiederStand[] {
  const perAanbieder = new Map<number, AanbiederCel>()
  for (const c of cellen) {
    const al = perAanbieder.get(c.aanbiederId)
    perAanbieder.set(
      c.aanbiederId,
      al
        ? {
            ...al,
            bedrag: al.bedrag + c.bedrag,
            compleet: al.compleet + c.compleet,
            vorigCompleet: al.vorigCompleet + c.vorigCompleet,
          }
        : c,
    )
  }
  const totaal = sum([...perAanbieder.values()].map(a => a.bedrag))
  return [...perAanbieder.values()]
    .filter(a => a.bedrag !== 0)
    .sort((a, b) => b.bedrag - a.bedrag || a.aanbiederId - b.aanbiederId)
    .map(a => ({
      aanbiederId: a.aanbiederId,
      naam: a.naam,
      besteed: a.bedrag,
      deel: totaal > 0 ? a.bedrag / totaal : 0,
      verandering: growth(a.compleet, a.vorigCompleet),
    }))
}

function makeVerwijzers(cellen: readonly VerwijzerCel[]): Verwijzer[] {
  const euro = sum(cellen.map(c => c.bedrag))
  const aantal = sum(cellen.map(c => c.toewijzingen))
  return cellen.map(c => ({
    ...c,
    naam: VERWIJZERS[c.verwijzer] ?? c.verwijzer,
    deelEuro: euro > 0 ? c.bedrag / euro : 0,
    deelToewijzingen: aantal > 0 ? c.toewijzingen / aantal : 0,
  }))
}

function latest(momenten: readonly number[]): Date | null {
  let laatste = 0
  for (const moment of momenten) if (moment > laatste) laatste = moment
  return laatste === 0 ? null : new Date(laatste)
}

/** A part of what one provider received: on the page of that provider, since that of the part is of all providers. */
const ofAanbieder = (aanbieder: number, naam: string, code: string) =>
  `/cijfers/aanbieders/${aanbieder}?${naam}=${encodeURIComponent(code)}`
