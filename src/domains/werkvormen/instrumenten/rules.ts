import { enumerate, inSentence } from '../../../platform/tekst.ts'
import type { Methode } from '../../doorloop/rules.ts'

/** Steps of a scale: 1 stands left, 5 right. */
export const STAPPEN = 5

export interface Weging {
  /** Step by criterion; a criterion that is not there is still open. */
  scores: Readonly<Record<string, number>>
  /** Explanation by criterion. */
  uitleg: Readonly<Record<string, string>>
  /** The mix that a person chose: codes of instruments. */
  mix: readonly string[]
  motivering: string
}

type Mix = Methode['instrumentmix']

/** Reads a step; undefined for none, null for what is no step. */
export function readScore(tekst: string): number | undefined | null {
  if (tekst === '') return undefined
  return /^[1-5]$/.test(tekst) ? Number(tekst) : null
}

export interface Kanten {
  links: string[]
  midden: string[]
  rechts: string[]
  open: string[]
}

/** Names of the criteria by the side they lean to. */
export function sides(mix: Mix, scores: Weging['scores']): Kanten {
  const bij = (past: (score: number | undefined) => boolean) =>
    mix.criteria.filter(({ code }) => past(scores[code])).map(({ naam }) => naam)
  return {
    links: bij(score => score !== undefined && score < 3),
    midden: bij(score => score === 3),
    rechts: bij(score => score !== undefined && score > 3),
    open: bij(score => score === undefined),
  }
}

/**
 * What the scores say, in words. Never a verdict: it names which criteria lean to the side of which instrument and leaves
 * the choice to people. Grondslag: 004 bijlage III.
 */
export function describeWeging(mix: Mix, scores: Weging['scores']): string {
  const { links, midden, rechts, open } = sides(mix, scores)
  const eerste = inSentence(mix.instrumenten.at(0)?.naam ?? '')
  const laatste = inSentence(mix.instrumenten.at(-1)?.naam ?? '')
  const noem = (namen: string[]) => enumerate(namen.map(inSentence))
  const delen = [
    links.length === 0 ? '' : `Naar de kant van ${eerste} wijzen: ${noem(links)}.`,
    rechts.length === 0 ? '' : `Naar de kant van ${laatste} wijzen: ${noem(rechts)}.`,
    midden.length === 0 ? '' : `In het midden: ${noem(midden)}.`,
    open.length === 0 || open.length === mix.criteria.length ? '' : `Nog open: ${noem(open)}.`,
  ].filter(deel => deel !== '')
  return delen.length === 0 ? 'Er is nog niets gewogen.' : delen.join(' ')
}

/** Where an instrument stands along the scale, from 1 to 5: spread evenly in the order of the method. */
export function placeInstrument(plaats: number, aantal: number): number {
  return aantal < 2 ? (STAPPEN + 1) / 2 : 1 + ((STAPPEN - 1) * plaats) / (aantal - 1)
}
