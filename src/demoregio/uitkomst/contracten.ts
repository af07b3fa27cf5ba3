import type { Datum } from '../../platform/dates.ts'
import { JAREN } from '../basis/ijking.ts'
import { type Kalender, plus } from '../basis/kalender.ts'
import { type Domein, GEMEENTEN, SEGMENTEN } from '../basis/preset.ts'
import type { Aanbieder } from '../zorg/aanbieders.ts'
import type { Traject } from '../zorg/zorgverloop.ts'

/** A version of a contract: what it covers, and when. */
export interface Contract {
  nummer: string
  agb: string
  wetten: Domein[]
  segmenten: string[]
  /** The framework contract holds for the whole region; of one provider a municipality joined later. */
  gemeenten: string[]
  ingang: Datum
  /** null = for an indefinite time. */
  einde: Datum | null
}

/** Contract number of a provider. */
export function contractnummer(a: Aanbieder): string {
  return `ZOU-${a.agb.slice(4)}`
}

/** On 1 July of the second year a municipality joined one contract; on 1 July after the last year a segment joins another. Months. */
const ERBIJ = { gemeente: 18, segment: JAREN * 12 + 6 }

/**
 * The contracts, by the code of their providers. Two have a second version: one that a municipality joined, and one that a segment
 * joins, after the last year. Neither changes a figure: nothing is delivered there before it.
 */
export function makeContracten(
  kalender: Kalender,
  aanbieders: readonly Aanbieder[],
  trajecten: readonly Traject[],
): Contract[] {
  const opVolgorde = [...aanbieders].sort((a, b) => (a.agb < b.agb ? -1 : 1))
  const later = findGemeente(aanbieders, opVolgorde, trajecten)
  const breder = findSegment(opVolgorde.filter(a => a !== later?.aanbieder))
  return opVolgorde.flatMap(a => {
    const contract: Contract = {
      nummer: contractnummer(a),
      agb: a.agb,
      wetten: [...new Set(a.producten.map(p => p.wet))],
      segmenten: segmentenVan(a),
      gemeenten: GEMEENTEN.map(g => g.code),
      ingang: kalender.begin(0),
      einde: null,
    }
    const { segmenten, gemeenten } = contract
    if (a === later?.aanbieder) {
      const eerst = gemeenten.filter((_, i) => i !== later.gemeente)
      return versies({ ...contract, gemeenten: eerst }, kalender.begin(ERBIJ.gemeente), { gemeenten })
    }
    if (a === breder?.aanbieder)
      return versies(contract, kalender.begin(ERBIJ.segment), { segmenten: [...segmenten, breder.segment] })
    return [contract]
  })
}

const segmentenVan = (a: Aanbieder) =>
  SEGMENTEN.map(s => s.code).filter(code => a.producten.some(p => p.segment === code))

/** A contract that covers something else from a day on. */
const versies = (contract: Contract, vanaf: Datum, anders: Partial<Contract>): Contract[] => [
  { ...contract, einde: plus(vanaf, -1) },
  { ...contract, ...anders, ingang: vanaf },
]

/** The first provider that delivered before that day, and in one municipality only after it; with the place of that municipality. */
function findGemeente(
  aanbieders: readonly Aanbieder[],
  opVolgorde: readonly Aanbieder[],
  trajecten: readonly Traject[],
): { aanbieder: Aanbieder; gemeente: number } | undefined {
  const eerste = new Map<string, number>()
  for (const { aanbieder, gemeente, start } of trajecten) {
    const wie = `${aanbieders[aanbieder]?.agb} ${gemeente}`
    eerste.set(wie, Math.min(start, eerste.get(wie) ?? start))
  }
  for (const aanbieder of opVolgorde) {
    const begin = GEMEENTEN.map((_, i) => eerste.get(`${aanbieder.agb} ${i}`))
    const gemeente = begin.findIndex(maand => maand !== undefined && maand > ERBIJ.gemeente)
    if (gemeente >= 0 && begin.some(maand => maand !== undefined && maand < ERBIJ.gemeente))
      return { aanbieder, gemeente }
  }
  return undefined
}

/** The first provider of one segment, with the next of the same law. */
function findSegment(
  opVolgorde: readonly Aanbieder[],
): { aanbieder: Aanbieder; segment: string } | undefined {
  for (const aanbieder of opVolgorde) {
    const [eigen, ...meer] = segmentenVan(aanbieder)
    const plek = SEGMENTEN.findIndex(s => s.code === eigen)
    const volgende = SEGMENTEN[plek + 1]
    if (
      meer.length === 0 &&
      volgende !== undefined &&
      volgende.wet === SEGMENTEN[plek]?.wet &&
      !volgende.context
    )
      return { aanbieder, segment: volgende.code }
  }
  return undefined
}
