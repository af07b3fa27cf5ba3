import type { Eurocent } from '../../../platform/money.ts'
import {
  type Aantal,
  type Bestedingen,
  type Boom,
  type Cel,
  costPerClient,
  extrapolate,
  geldendePlafonds,
  growth,
  judgePlafond,
  makeGedekt,
  type Plafond,
  type Plafondstand,
  sum,
} from '../cijfers/rules.ts'

/** Whose figures a row has. */
export interface Wie {
  sleutel: string
  naam: string
  /** Where it is worked out further. */
  pad: string
  /** How many rows it hangs under: what is counted in those already. */
  niveau: number
  /** The code of the segment it hangs under. */
  ouder: string | null
  /** What it takes in, and which ceiling counts, in words. */
  toelichting?: string
}

/** Of a row that hangs under no other. */
export const TOP = { niveau: 0, ouder: null } as const

/** One row of figures: a segment with all below it, a municipality, or the whole selection. Amounts in eurocents. */
export interface Stand extends Wie, Bestedingen {
  toegewezen: Eurocent
  nogTeDeclareren: Eurocent
  plafond: Eurocent | null
  doorgerekend: Eurocent | null
  /** Shares; null where there is nothing to compare with. */
  benutting: number | null
  /** Of the municipalities and segments that have a ceiling only: what may be held against it. */
  binnen: { besteed: Eurocent; doorgerekend: Eurocent | null; toegewezen: Eurocent }
  verandering: number | null
  clienten: Aantal
  kostenPerClient: Eurocent | null
}

/** `plafonds`: all that were set within the row; of them those on top count. */
export function makeStand(
  wie: Wie,
  { cellen, plafonds, clienten }: { cellen: readonly Cel[]; plafonds: readonly Plafond[]; clienten: Aantal },
  { jaar, compleet, boom }: { jaar: number; compleet: number; boom: Boom },
): Stand {
  const bestedingen = sumBestedingen(cellen, jaar, compleet)
  const toegewezen = sumToegewezen(cellen, jaar)
  const geldend = geldendePlafonds(plafonds, boom)
  const plafond = geldend.length === 0 ? null : sum(geldend.map(p => p.bedrag))
  const gedekt = cellen.filter(makeGedekt(plafonds, boom))
  const binnen = sumBestedingen(gedekt, jaar, compleet)
  return {
    ...wie,
    ...bestedingen,
    toegewezen,
    nogTeDeclareren: toegewezen - bestedingen.besteed,
    plafond,
    doorgerekend: extrapolate(bestedingen),
    benutting: plafond === null || plafond === 0 ? null : binnen.besteed / plafond,
    binnen: {
      besteed: binnen.besteed,
      doorgerekend: extrapolate(binnen),
      toegewezen: sumToegewezen(gedekt, jaar),
    },
    verandering: compleet === 0 ? null : growth(bestedingen.compleet, bestedingen.vorigCompleet),
    clienten,
    kostenPerClient: costPerClient(bestedingen.besteed, clienten),
  }
}

const sumToegewezen = (cellen: readonly Cel[], jaar: number) =>
  sum(cellen.filter(c => c.jaar === jaar).map(c => c.toegewezen))

function sumBestedingen(cellen: readonly Cel[], jaar: number, compleet: number): Bestedingen {
  const bedrag = (j: number, totMet: number) =>
    sum(cellen.filter(c => c.jaar === j && c.maand <= totMet).map(c => c.bedrag))
  return {
    besteed: bedrag(jaar, 12),
    compleet: bedrag(jaar, compleet),
    vorigCompleet: bedrag(jaar - 1, compleet),
    vorigTotaal: bedrag(jaar - 1, 12),
  }
}

/** Whether all of a row lies where there is a ceiling: what was spent, what is to come, and what was assigned. Else ceiling and amount are not about the same. */
export const isGeheel = ({ besteed, doorgerekend, toegewezen, binnen }: Begrensd) =>
  besteed === binnen.besteed && doorgerekend === binnen.doorgerekend && toegewezen === binnen.toegewezen
type Begrensd = Pick<Stand, 'besteed' | 'doorgerekend' | 'toegewezen' | 'binnen'>

/** What is held against a ceiling is only what it covers. */
export const toDeel = (s: Stand) => ({
  ...s,
  ...(s.plafond === null ? {} : { ...s.binnen, deels: !isGeheel(s) }),
  inAnder: s.niveau > 0,
})

/** How a row stands towards its ceiling: only what the ceiling covers is held against it. */
export function plafondstandOf({ plafond, binnen }: Stand): Plafondstand | null {
  return judgePlafond({ plafond, ...binnen })
}

const ERNST = { over: 2, dreigt: 1 }

/**
 * Rows beyond their ceiling first, then those on their way there, and of each kind the fullest. A row stays with those
 * that hang under it, and the branch goes where its most serious row wants to go.
 */
export function exceptionsFirst(rijen: readonly Stand[]): Stand[] {
  const codes = new Set(rijen.map(rij => rij.sleutel))
  const onder = Map.groupBy(rijen, rij => (rij.ouder !== null && codes.has(rij.ouder) ? rij.ouder : null))
  const tak = (rij: Stand): Stand[] => [rij, ...beside(rij.sleutel)]
  const beside = (ouder: string | null): Stand[] =>
    (onder.get(ouder) ?? [])
      .map(tak)
      .sort((a, b) => ernst(b) - ernst(a))
      .flat()
  return beside(null)
}

/** Of a branch: its most serious state, and within that how full; 0 when all stay within. */
const ernst = (tak: readonly Stand[]) => Math.max(0, ...tak.map(ernstOf))

function ernstOf(rij: Stand): number {
  const stand = plafondstandOf(rij)
  if (stand === null || stand === 'binnen') return 0
  const bereikt = Math.max(rij.binnen.besteed, rij.binnen.doorgerekend ?? 0)
  // A share always below 1, so that it never makes of one state another.
  return ERNST[stand] + bereikt / (bereikt + (rij.plafond ?? 0) + 1)
}
