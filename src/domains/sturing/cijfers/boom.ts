import type { Plafond, Segment } from './feiten.ts'

/** A segment with all that hangs below it. */
export interface Tak {
  segment: Segment
  /** How many segments of the selection it hangs under. */
  niveau: number
  /** The segments below it, and itself: what its figures are the sum of. */
  metOnder: ReadonlySet<number>
  /** The segment it hangs under, where that is in the selection. */
  ouder: Segment | null
}

export interface Boom {
  /** Each segment before those below it, and beside each other in their own order. */
  takken: readonly Tak[]
  /** Per segment those it hangs under, as far as they are in the selection. */
  boven: ReadonlyMap<number, readonly number[]>
}

/** Segments of a selection as the tree they are. One that hangs under a segment outside it stands on top. */
export function makeBoom(segmenten: readonly Segment[]): Boom {
  const perId = new Map(segmenten.map(s => [s.segmentId, s]))
  const ouderVan = ({ ouderId }: Segment) => (ouderId === null ? null : (perId.get(ouderId) ?? null))
  const onder = Map.groupBy(segmenten, segment => ouderVan(segment)?.segmentId ?? null)
  const boven = new Map<number, readonly number[]>()
  const takken: Tak[] = []
  const hang = (segment: Segment, hoger: readonly number[]): number[] => {
    boven.set(segment.segmentId, hoger)
    const metOnder = new Set([segment.segmentId])
    takken.push({ segment, niveau: hoger.length, metOnder, ouder: ouderVan(segment) })
    for (const kind of onder.get(segment.segmentId) ?? [])
      for (const id of hang(kind, [segment.segmentId, ...hoger])) metOnder.add(id)
    return [...metOnder]
  }
  for (const segment of onder.get(null) ?? []) hang(segment, [])
  return { takken, boven }
}

/** A segment with all below it, in the order of the tree. */
export function metOnder(segment: Segment, segmenten: readonly Segment[]): Segment[] {
  const { takken } = makeBoom(segmenten)
  const ids = takken.find(tak => tak.segment.segmentId === segment.segmentId)?.metOnder
  return takken.flatMap(tak => (ids?.has(tak.segment.segmentId) ? [tak.segment] : []))
}

const plek = ({ gemeente }: { gemeente: string }, segmentId: number) => `${gemeente}|${segmentId}`

/**
 * The ceilings that count in a sum: that of a segment covers all below it, so of those below it none counts once more. Per
 * municipality, since each sets its own.
 */
export function geldendePlafonds(plafonds: readonly Plafond[], { boven }: Boom): Plafond[] {
  const gezet = new Set(plafonds.map(p => plek(p, p.segmentId)))
  return plafonds.filter(p => !(boven.get(p.segmentId) ?? []).some(id => gezet.has(plek(p, id))))
}

/** Whether these ceilings cover what is spent here: that of the segment itself, or of one it hangs under. */
export function makeGedekt(
  plafonds: readonly Plafond[],
  { boven }: Boom,
): (cel: { gemeente: string; segmentId: number }) => boolean {
  const gezet = new Set(plafonds.map(p => plek(p, p.segmentId)))
  return cel => [cel.segmentId, ...(boven.get(cel.segmentId) ?? [])].some(id => gezet.has(plek(cel, id)))
}

/** What a row of a tree says of itself in words; undefined of a segment that stands by itself. */
export function describeTak(
  { segment, metOnder: onder, ouder }: Tak,
  plafonds: readonly Plafond[],
  { boven }: Boom,
): string | undefined {
  const zinnen: string[] = []
  const hierOnder = plafonds.filter(p => p.segmentId !== segment.segmentId && onder.has(p.segmentId))
  const eigen = plafonds.filter(p => p.segmentId === segment.segmentId)
  if (onder.size > 1) {
    zinnen.push(`Met ${onder.size === 2 ? 'het segment' : `de ${onder.size - 1} segmenten`} eronder.`)
    if (eigen.some(p => hierOnder.some(o => o.gemeente === p.gemeente)))
      zinnen.push('Het plafond van dit segment telt, in plaats van die eronder.')
    else if (eigen.length === 0 && hierOnder.length > 0) zinnen.push('Het plafond is de som van die eronder.')
  }
  if (ouder !== null) {
    zinnen.push(`Valt onder ${ouder.naam}.`)
    const hoger = new Set(boven.get(segment.segmentId) ?? [])
    if (eigen.some(p => plafonds.some(h => hoger.has(h.segmentId) && h.gemeente === p.gemeente)))
      zinnen.push('Dit plafond telt in het totaal niet nog eens mee.')
  }
  return zinnen.length === 0 ? undefined : zinnen.join(' ')
}
