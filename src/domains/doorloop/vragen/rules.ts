/**
 * The geometry of the question wheel: a ring divided in quadrants, each divided in its questions. Any number of quadrants
 * and questions fits. Coordinates in a square of 440 × 440 with the centre at 220, 220.
 */

const MIDDEN = 220
const BUITEN = 190
const BINNEN = 92
/** Gap between quadrants and between questions, in degrees. */
const GAT = 3
const NAAD = 0.8

export interface Vak {
  /** Path of the ring segment. */
  pad: string
  /** Where its number stands, and further in the sign of its state: along the radius, so that narrow ones fit too. */
  nummer: Punt
  teken: Punt
}

interface Punt {
  x: number
  y: number
}

export interface Kwadrantvak {
  vakken: Vak[]
  /** Path along which the name of the quadrant is written, outside the ring; below the middle it runs the other way. */
  boog: string
}

/** Lays out quadrants with these numbers of questions, clockwise from the top. */
export function layoutWiel(aantallen: readonly number[]): Kwadrantvak[] {
  const hoek = 360 / Math.max(1, aantallen.length)
  return aantallen.map((aantal, i) => {
    const van = i * hoek + GAT / 2
    const breedte = (hoek - GAT) / Math.max(1, aantal)
    const vakken = Array.from({ length: aantal }, (_, n) => {
      const begin = van + n * breedte + NAAD / 2
      const eind = van + (n + 1) * breedte - NAAD / 2
      const midden = (begin + eind) / 2
      return {
        pad: ringSegment(begin, eind),
        nummer: punt(midden, BUITEN - 28),
        teken: punt(midden, BINNEN + 22),
      }
    })
    return { vakken, boog: naamboog(van, van + hoek - GAT) }
  })
}

/** Readable from left to right in the upper half, and in the lower half too. */
function naamboog(begin: number, eind: number): string {
  const midden = (begin + eind) / 2
  const onder = midden > 90 && midden < 270
  const straal = onder ? BUITEN + 20 : BUITEN + 8
  const [a, b] = onder ? [punt(eind, straal), punt(begin, straal)] : [punt(begin, straal), punt(eind, straal)]
  return `M${a.x} ${a.y}A${straal} ${straal} 0 ${eind - begin > 180 ? 1 : 0} ${onder ? 0 : 1} ${b.x} ${b.y}`
}

/** Path of a ring segment between two angles in degrees, clockwise from the top. */
function ringSegment(begin: number, eind: number): string {
  const groot = eind - begin > 180 ? 1 : 0
  const [a, b, c, d] = [punt(begin, BUITEN), punt(eind, BUITEN), punt(eind, BINNEN), punt(begin, BINNEN)]
  return `M${a.x} ${a.y}A${BUITEN} ${BUITEN} 0 ${groot} 1 ${b.x} ${b.y}L${c.x} ${c.y}A${BINNEN} ${BINNEN} 0 ${groot} 0 ${d.x} ${d.y}Z`
}

function punt(graden: number, straal: number): Punt {
  const hoek = ((graden - 90) * Math.PI) / 180
  const rond = (n: number) => Math.round(n * 100) / 100
  return { x: rond(MIDDEN + straal * Math.cos(hoek)), y: rond(MIDDEN + straal * Math.sin(hoek)) }
}

/** The question that an arrow key leads to from `huidig`: round the wheel, Home and End to the ends. */
export function moveFocus(huidig: number, toets: string, aantal: number): number | undefined {
  switch (toets) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (huidig + 1) % aantal
    case 'ArrowLeft':
    case 'ArrowUp':
      return (huidig + aantal - 1) % aantal
    case 'Home':
      return 0
    case 'End':
      return aantal - 1
    default:
      return undefined
  }
}
