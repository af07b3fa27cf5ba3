import { MAX, type Soort } from './rules.ts'

/** The map in SVG units: a square of 400 with room for the names of the axes. */
export const MAAT = 400
export const VLAK = { links: 22, rechts: 378, boven: 30, onder: 368 } as const
const STAP_X = (VLAK.rechts - VLAK.links) / MAX
const STAP_Y = (VLAK.onder - VLAK.boven) / MAX
export const STRAAL = 11
const TEKENBREEDTE = 6.6
const REGELHOOGTE = 16
const MEEST_TEKENS = 24
const PIJLSTAP = 6
const RAND = 2

export interface Punt {
  id: number
  soort: Soort
  x: number
  y: number
}

export interface Getekend extends Punt {
  /** Middle of the dot in SVG units. */
  cx: number
  cy: number
}

/** Places the dots; those on the same place are spread around it, so that each can be seen and taken. */
export function draw(punten: readonly Punt[]): Getekend[] {
  const perPlek = new Map<string, Punt[]>()
  for (const punt of punten) {
    const plek = `${punt.x},${punt.y}`
    perPlek.set(plek, [...(perPlek.get(plek) ?? []), punt])
  }
  return punten.map(punt => {
    const samen = perPlek.get(`${punt.x},${punt.y}`) ?? []
    const hoek = (samen.indexOf(punt) / samen.length) * 2 * Math.PI + Math.PI
    const uit = samen.length === 1 ? 0 : Math.max(STRAAL + 1, (samen.length * (STRAAL + 1)) / Math.PI)
    return {
      ...punt,
      cx: hold(VLAK.links + punt.x * STAP_X + Math.cos(hoek) * uit),
      cy: hold(VLAK.onder - punt.y * STAP_Y + Math.sin(hoek) * uit),
    }
  })
}

function hold(getal: number): number {
  return round(Math.min(MAAT - STRAAL - 1, Math.max(STRAAL + 1, getal)))
}

/** The place on the map under a point, given in shares (0–1) of the picture from its top left. */
export function placeAt(deelX: number, deelY: number): { x: number; y: number } {
  const op = (getal: number) => Math.min(MAX, Math.max(0, Math.round(getal)))
  return {
    x: op((deelX * MAAT - VLAK.links) / STAP_X),
    y: op((VLAK.onder - deelY * MAAT) / STAP_Y),
  }
}

/** The arrow between two dots, from edge to edge; undefined when they touch. */
export function arrow(van: Getekend, naar: Getekend): string | undefined {
  const [dx, dy] = [naar.cx - van.cx, naar.cy - van.cy]
  const lengte = Math.hypot(dx, dy)
  if (lengte < 2 * STRAAL + 8) return undefined
  const [ex, ey] = [dx / lengte, dy / lengte]
  const begin = `${round(van.cx + ex * STRAAL)} ${round(van.cy + ey * STRAAL)}`
  const eind = `${round(naar.cx - ex * (STRAAL + 5))} ${round(naar.cy - ey * (STRAAL + 5))}`
  return `M${begin}L${eind}`
}

export interface Label {
  id: number
  x: number
  y: number
  anker: 'start' | 'end' | 'middle'
  tekst: string
}

interface Doos {
  l: number
  r: number
  b: number
  o: number
}

/**
 * Names beside the dots, one per offer (at the wanted place if it has one). A name that would cover a dot, an arrow or
 * another name is left out: the number in the dot and the list beside the map are always there.
 */
export function placeLabels(punten: readonly Getekend[], namen: ReadonlyMap<number, string>): Label[] {
  const bezet: Doos[] = [...punten.map(p => around(p.cx, p.cy, STRAAL)), ...listPijldozen(punten)]
  const labels: Label[] = []
  for (const [id, naam] of namen) {
    const punt = punten.findLast(p => p.id === id)
    if (punt === undefined) continue
    const tekst = naam.length > MEEST_TEKENS ? `${naam.slice(0, MEEST_TEKENS - 1).trimEnd()}…` : naam
    const vrij = candidates(punt, tekst).find(
      ({ doos }) => inside(doos) && !bezet.some(ander => overlaps(doos, ander)),
    )
    if (vrij === undefined) continue
    bezet.push(vrij.doos)
    labels.push({ id, tekst, ...vrij.label })
  }
  return labels
}

function candidates({ cx, cy }: Getekend, tekst: string) {
  const breed = tekst.length * TEKENBREEDTE
  const weg = STRAAL + 5
  const doos = (l: number, midden: number): Doos => ({
    l,
    r: l + breed,
    b: midden - REGELHOOGTE / 2,
    o: midden + REGELHOOGTE / 2,
  })
  const op = (x: number, y: number, anker: Label['anker'], links: number) => ({
    label: { x: round(x), y: round(y + 4.5), anker },
    doos: doos(links, y),
  })
  const [boven, onder] = [cy - weg - 4, cy + weg + 4]
  const naarLinks = Math.max(RAND, cx + STRAAL - breed)
  const naarRechts = Math.min(MAAT - RAND - breed, cx - STRAAL)
  return [
    op(cx + weg, cy, 'start', cx + weg),
    op(cx - weg, cy, 'end', cx - weg - breed),
    ...[boven, onder].map(y => op(cx, y, 'middle', cx - breed / 2)),
    ...[boven, onder].flatMap(y => [naarRechts, naarLinks].map(l => op(l, y, 'start', l))),
  ]
}

function around(x: number, y: number, half: number): Doos {
  return { l: x - half, r: x + half, b: y - half, o: y + half }
}

/** The arrows as rows of small boxes, close enough together that no name fits between them. */
function listPijldozen(punten: readonly Getekend[]): Doos[] {
  return punten.flatMap(naar => {
    const van = punten.find(p => p.id === naar.id && p.soort === 'nu')
    if (naar.soort !== 'wens' || van === undefined) return []
    const [dx, dy] = [naar.cx - van.cx, naar.cy - van.cy]
    const stappen = Math.ceil(Math.hypot(dx, dy) / PIJLSTAP)
    return Array.from({ length: stappen }, (_, i) =>
      around(van.cx + (dx * i) / stappen, van.cy + (dy * i) / stappen, PIJLSTAP / 2),
    )
  })
}

function inside({ l, r, b, o }: Doos): boolean {
  return l >= RAND && r <= MAAT - RAND && b >= VLAK.boven && o <= VLAK.onder
}

function overlaps(a: Doos, b: Doos): boolean {
  return a.l < b.r && b.l < a.r && a.b < b.o && b.b < a.o
}

function round(getal: number): number {
  return Math.round(getal * 10) / 10
}
