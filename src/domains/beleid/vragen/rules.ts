/**
 * The geometry of the question wheel: a ring divided in quadrants, each divided in its questions. Any number of quadrants
 * and questions fits. Coordinates in a square of 400 × 400 with the centre at 200, 200.
 */

const MIDDEN = 200
const BUITEN = 190
const BINNEN = 92
/** Gap between quadrants and between questions, in degrees. */
const GAT = 3
const NAAD = 0.8

export interface Vak {
  /** Path of the ring segment. */
  pad: string
  /** Where its number stands. */
  x: number
  y: number
}

export interface Kwadrantvak {
  vakken: Vak[]
  /** Where the name of the quadrant stands, inside the ring. */
  x: number
  y: number
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
      return { pad: ringSegment(begin, eind), ...punt((begin + eind) / 2, (BUITEN + BINNEN) / 2) }
    })
    return { vakken, ...punt(van + (hoek - GAT) / 2, BINNEN - 30) }
  })
}

/** Path of a ring segment between two angles in degrees, clockwise from the top. */
function ringSegment(begin: number, eind: number): string {
  const groot = eind - begin > 180 ? 1 : 0
  const [a, b, c, d] = [punt(begin, BUITEN), punt(eind, BUITEN), punt(eind, BINNEN), punt(begin, BINNEN)]
  return `M${a.x} ${a.y}A${BUITEN} ${BUITEN} 0 ${groot} 1 ${b.x} ${b.y}L${c.x} ${c.y}A${BINNEN} ${BINNEN} 0 ${groot} 0 ${d.x} ${d.y}Z`
}

function punt(graden: number, straal: number): { x: number; y: number } {
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
