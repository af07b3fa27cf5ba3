import type { Opgemerkt, Opmerking } from '../../../platform/register/letop.ts'
import { sayDifferences } from '../../../platform/register/voorbeelden.ts'
import type { Keuzes } from '../../../platform/velden/formulier.ts'
import { currentMeldingen } from '../levering/rules.ts'
import type { Gemeld } from '../levering/store.ts'
import { isSameVersie, latestOfDay, staysBeside, toVersie, type Versie } from '../toewijzen/rules.ts'
import type { Toestand, Toewijzing } from '../toewijzen/store.ts'
import { isVerwijderd } from '../waarde/rules.ts'
import { type Bekeken, toProduct } from './rules.ts'
import { type Rij, TOEWIJZING } from './velden.ts'

/** What stands of one toewijzing before a file: its states and what was reported, each in the order in which they were recorded. */
export interface Staand {
  toewijzing: Pick<Toewijzing, 'actueel' | 'geldt'>
  toestanden: readonly Toestand[]
  meldingen: readonly Gemeld[]
}

/** One row beside what stands where it says something. */
export interface Vergelijking {
  /** What stands there, as a row would say it; null where nothing does. */
  oud: Rij | null
  /** The stops that its file takes away: a file brought them, and this row says that the delivery runs. */
  weg: readonly Gemeld[]
  /** Its delivery has a stop that a file may take away. */
  stopKanWeg: boolean
  /** What stands otherwise than the row says, and stays. */
  blijft: Opgemerkt[]
}

const NIETS: Vergelijking = { oud: null, weg: [], stopKanWeg: false, blijft: [] }

/**
 * Holds every row against what stands today, never against what stood before: who brings in a file again to undo a later one reads what it
 * changes. Of a toewijzing with more rows only the last speaks of now; those before it tell how it was.
 */
export function compareRijen(
  rijen: readonly Bekeken[],
  staand: ReadonlyMap<string, Staand>,
  keuzes: Keuzes,
): Vergelijking[] {
  const samen = Map.groupBy(rijen, ({ toewijzing }) => toewijzing)
  return rijen.map(bekeken => {
    const stand = staand.get(bekeken.toewijzing)
    if (stand === undefined) return NIETS
    const andere = (samen.get(bekeken.toewijzing) ?? []).map(({ rij }) => rij)
    const besluit = compareBesluit(bekeken.rij, andere, stand, keuzes)
    const levering = compareLevering(bekeken.rij, andere, stand)
    const blijft = [...besluit.blijft, ...levering.blijft]
    return {
      ...levering,
      oud: { ...bekeken.rij, ...besluit.oud, ...levering.oud },
      blijft: blijft.map(opmerking => ({ nummer: bekeken.nummer, gegevens: bekeken.rij, ...opmerking })),
    }
  })
}

const { toegewezenOp, categorie, product, geldig, volume, eenheid, frequentie, budget } = TOEWIJZING
/** What a state says, of all that a row says. */
export const BESLUIT = { toegewezenOp, categorie, product, geldig, volume, eenheid, frequentie, budget }
type Besluit = Pick<Rij, keyof typeof BESLUIT>

const GEEN_BESLUIT = Object.fromEntries(Object.keys(BESLUIT).map(naam => [naam, null])) as unknown as Besluit

function compareBesluit(rij: Rij, samen: readonly Rij[], { toewijzing, toestanden }: Staand, keuzes: Keuzes) {
  const versie = toVersie(toProduct(rij), null, undefined)
  const vanDag = latestOfDay(toestanden, rij.toegewezenOp)
  const nu = toewijzing.geldt ? toewijzing.actueel : undefined
  const later = nu !== undefined && dayOf(nu) > rij.toegewezenOp
  const oud = vanDag?.versie ?? (later ? undefined : nu)
  const zeg = (melding: string, staat: Versie): Opmerking => ({
    veld: 'toegewezenOp',
    melding,
    verwacht: `wat er nu staat: ${sayStaat(rij, staat, keuzes)}`,
  })
  const blijft: Opmerking[] = []
  if (later && samen.every(r => r.toegewezenOp <= rij.toegewezenOp)) {
    if (!isSameVersie(nu, versie)) blijft.push(zeg(OUDER, nu))
  } else if (vanDag && !isSameVersie(vanDag.versie, versie) && staysBeside(vanDag, versie))
    blijft.push(zeg(UIT_BERICHT, vanDag.versie))
  return { oud: oud === undefined ? GEEN_BESLUIT : toBesluit(oud), blijft }
}

const OUDER =
  'Dit is een oudere stand: daarna is anders besloten, en dat blijft gelden. Geldt deze rij nu, geef haar dan de dag van dat besluit.'
const UIT_BERICHT =
  'Over dit besluit staat hier iets anders uit een bericht, en dat blijft gelden. Is later anders besloten, geef de rij dan die dag.'

/** Where the state differs from the row. */
function sayStaat(rij: Rij, staat: Versie, keuzes: Keuzes): string {
  if (isVerwijderd(staat)) return `verwijderd, besloten op ${toegewezenOp.zeg(dayOf(staat))}`
  return sayDifferences(BESLUIT, keuzes, { oud: toBesluit(staat), nieuw: rij })
    .map(({ kop, oud }) => `${kop} ${oud ?? 'leeg'}`)
    .join(', ')
}

const toBesluit = (v: Versie): Besluit => ({
  toegewezenOp: dayOf(v),
  categorie: v.categorie,
  product: v.code,
  geldig: { begin: v.ingang, eind: v.eind },
  volume: v.volume,
  eenheid: v.eenheid,
  frequentie: v.frequentie,
  budget: v.budget,
})

const dayOf = (versie: Versie) => versie.toegewezenOp.slice(0, 10)

function compareLevering(rij: Rij, samen: readonly Rij[], { meldingen }: Staand) {
  const staand = currentMeldingen(meldingen).filter(() => rij.begin !== null)
  const starts = staand.filter(({ soort }) => soort === 'start')
  const stops = staand.filter(({ soort, begindatum }) => soort === 'stop' && begindatum === rij.begin)
  const hervat = starts.findLast(({ begindatum }) => begindatum > (rij.begin ?? ''))
  const vast = stops.some(({ invoerId, beantwoord }) => invoerId === null || beantwoord)
  const zelfde = samen.filter(({ begin }) => begin === rij.begin)
  const loopt =
    zelfde.every(({ gestopt }) => gestopt === null) && zelfde.every(r => r.toegewezenOp <= rij.toegewezenOp)
  const stop = stops.at(-1)
  const stopKanWeg = stop !== undefined && !vast && hervat === undefined
  const weg = loopt && stopKanWeg ? stops : []
  const blijft: Opmerking[] = []
  if (loopt && stop && !stopKanWeg) {
    const gestopt = `gestopt op ${TOEWIJZING.gestopt.zeg(stop.einddatum ?? null)}`
    const weer = hervat === undefined ? '' : `, weer begonnen op ${TOEWIJZING.begin.zeg(hervat.begindatum)}`
    blijft.push({
      veld: 'gestopt',
      melding: hervat === undefined ? GESTOPT : HERVAT,
      verwacht: `wat er nu staat: ${gestopt}${weer}`,
    })
  }
  const spreekt = rij.gestopt !== null || weg.length > 0
  return {
    oud: {
      ...(starts.some(({ begindatum }) => begindatum === rij.begin) ? {} : { begin: null }),
      ...(spreekt ? { gestopt: stop?.einddatum ?? null, redenStop: stop?.redenBeeindiging ?? null } : {}),
    },
    weg,
    stopKanWeg,
    blijft,
  }
}

const GESTOPT =
  'Volgens deze rij loopt de levering, maar hier is zij gestopt. Die stop blijft staan, want er kwam een bericht over. De aanbieder verbetert dat met een bericht.'
const HERVAT = 'Dit is een oudere stand: deze levering is daarna gestopt en weer begonnen. Dat blijft staan.'
