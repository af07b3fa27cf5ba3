import { enumerate, inSentence } from '../../../platform/tekst.ts'
import type { Methode } from '../../doorloop/rules.ts'

/** For which people an offer is meant: per life domain up to which ring. A domain that is not there does not count. */
export interface Cirkel {
  ringen: Readonly<Record<string, string>>
}

type Cirkelvorm = Methode['cirkel']

/** What a form may say of a domain next to a ring. */
export const NIET = 'niet'

/** The rings of the form that exist in the method, by domain; anything else does not count. */
export function readRingen(vorm: Cirkelvorm, keuze: (domein: string) => string | undefined): Cirkel {
  const ringen = new Set(vorm.ringen.map(ring => ring.code))
  const gekozen = vorm.domeinen.flatMap(({ code }) => {
    const ring = keuze(code)
    return ring !== undefined && ringen.has(ring) ? [[code, ring] as const] : []
  })
  return { ringen: Object.fromEntries(gekozen) }
}

/** Domains without an answer: neither a ring nor 'niet van belang'. */
export function listOnbeantwoord(vorm: Cirkelvorm, keuze: (domein: string) => string | undefined) {
  const geldig = new Set([NIET, ...vorm.ringen.map(ring => ring.code)])
  return vorm.domeinen.filter(({ code }) => !geldig.has(keuze(code) ?? ''))
}

/** How many rings from the inside are filled in a domain: 0 for none. */
export function depthOf(vorm: Cirkelvorm, cirkel: Cirkel, domein: string): number {
  return vorm.ringen.findIndex(ring => ring.code === cirkel.ringen[domein]) + 1
}

/**
 * For whom the offer is, in one sentence, with the domains in the order of the method and the lowest ring first.
 * Grondslag: 004 hoofdstuk 3, figuur 3.
 */
export function describeCirkel(vorm: Cirkelvorm, cirkel: Cirkel): string {
  const delen = vorm.ringen.flatMap((ring, i) => {
    const domeinen = vorm.domeinen.filter(({ code }) => cirkel.ringen[code] === ring.code)
    if (domeinen.length === 0) return []
    const waar = enumerate(domeinen.map(({ naam }) => inSentence(naam)))
    return [`${i === 0 ? '' : 'hoogstens '}${inSentence(ring.naam)} scoren op ${waar}`]
  })
  return delen.length === 0
    ? 'Dit aanbod stelt aan geen enkel levensdomein een grens: het is voor iedereen.'
    : `Dit aanbod is voor mensen die ${enumerate(delen)}.`
}

/** A name in lines of at most `breedte` characters; a longer word is broken. */
export function wrap(naam: string, breedte: number): string[] {
  const woorden = naam
    .split(/\s+/)
    .flatMap(woord =>
      woord.length <= breedte ? [woord] : (woord.match(new RegExp(`.{1,${breedte - 1}}`, 'g')) ?? []),
    )
  const regels: string[] = []
  for (const woord of woorden) {
    const laatste = regels.at(-1)
    if (laatste === undefined || laatste.length + 1 + woord.length > breedte) regels.push(woord)
    else regels.splice(-1, 1, `${laatste} ${woord}`)
  }
  return regels
}

export interface Vak {
  domein: number
  ring: number
  /** SVG path around the origin. */
  pad: string
}

/**
 * The circle as paths around the origin: `domeinen` equal sectors clockwise from the top, each in `ringen` equally wide
 * rings from the inside (the least self-reliant) out to `straal`.
 */
export function listVakken(domeinen: number, ringen: number, straal: number): Vak[] {
  const hart = straal / 5
  const stap = (straal - hart) / ringen
  return Array.from({ length: domeinen * ringen }, (_, i) => {
    const domein = Math.floor(i / ringen)
    const ring = i % ringen
    const [van, tot] = [hart + ring * stap, hart + (ring + 1) * stap]
    const [a, b] = [angleOf(domein - 0.5, domeinen), angleOf(domein + 0.5, domeinen)]
    return {
      domein,
      ring,
      pad: `M${punt(van, a)}L${punt(tot, a)}A${tot} ${tot} 0 0 1 ${punt(tot, b)}L${punt(van, b)}A${van} ${van} 0 0 0 ${punt(van, a)}Z`,
    }
  })
}

/** Where the name of a domain stands: a point outside the circle and the side to which its text runs. */
export function placeLabel(domein: number, domeinen: number, straal: number) {
  const hoek = angleOf(domein, domeinen)
  const [x, y] = [Math.sin(hoek) * straal, -Math.cos(hoek) * straal]
  const anker =
    Math.abs(x) < straal / 10 ? ('middle' as const) : x > 0 ? ('start' as const) : ('end' as const)
  return { x: round(x), y: round(y), anker }
}

function angleOf(domein: number, domeinen: number): number {
  return (domein / domeinen) * 2 * Math.PI
}

function punt(straal: number, hoek: number): string {
  return `${round(Math.sin(hoek) * straal)} ${round(-Math.cos(hoek) * straal)}`
}

function round(getal: number): number {
  return Math.round(getal * 10) / 10
}
