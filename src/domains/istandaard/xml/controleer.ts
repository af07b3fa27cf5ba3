import type { Opties } from '../inhoudsregels/inhoudsregel.ts'
import { makeToets } from '../inhoudsregels/toetsen.ts'
import type { Bericht, Berichtnaam } from '../model/bericht.ts'
import type { Bevinding } from '../model/regel.ts'
import type { Domein } from '../model/structuur.ts'
import { Berichtlezer, MEESTE_BEVINDINGEN } from './lezen.ts'

/** Verdict on levels 1 and 2. `niveau` is the level at which it failed, null when it is good. */
export interface Controle {
  /** Null when the input is not a message of the standard. */
  readonly bericht: Berichtnaam | null
  readonly domein: Domein | null
  readonly niveau: 1 | 2 | null
  readonly bevindingen: readonly Bevinding[]
  /** The message, when its structure is right. */
  readonly inhoud?: Bericht
}

/** Parts in which bytes at hand are read; small enough to stay in the cache. */
const DEEL = 1 << 18

/**
 * Checks a message on level 1 (structure) and, when that is right, level 2 (content), while it streams in.
 * At most 100 findings are answered; a last one says so when there are more.
 */
export async function checkBericht(
  bron: Uint8Array | AsyncIterable<Uint8Array>,
  opties: Opties = {},
): Promise<Controle> {
  const lezer = new Berichtlezer()
  if (bron instanceof Uint8Array) schrijfAlles(lezer, bron, DEEL)
  else for await (const deel of bron) lezer.schrijf(deel)
  return beoordeel(lezer, opties)
}

/** As `controleer`, for bytes at hand; they are read in parts of `deel` bytes. */
export function checkBytes(bytes: Uint8Array, opties: Opties = {}, deel = DEEL): Controle {
  const lezer = new Berichtlezer()
  schrijfAlles(lezer, bytes, deel)
  return beoordeel(lezer, opties)
}

function schrijfAlles(lezer: Berichtlezer, bytes: Uint8Array, deel: number): void {
  for (let van = 0; van < bytes.length; van += deel) lezer.schrijf(bytes.subarray(van, van + deel))
}

function beoordeel(lezer: Berichtlezer, opties: Opties): Controle {
  const { model, bevindingen, inhoud } = lezer.einde()
  const naam = (model?.naam ?? null) as Berichtnaam | null
  const domein = model?.domein ?? null
  if (inhoud === undefined) return { bericht: naam, domein, niveau: 1, bevindingen }
  const gevonden = makeToets(inhoud, opties)
  return {
    bericht: naam,
    domein,
    niveau: gevonden.length === 0 ? null : 2,
    bevindingen: begrens(gevonden),
    inhoud,
  }
}

function begrens(bevindingen: readonly Bevinding[]): readonly Bevinding[] {
  if (bevindingen.length <= MEESTE_BEVINDINGEN) return bevindingen
  const laatste = bevindingen[MEESTE_BEVINDINGEN - 1]
  return [
    ...bevindingen.slice(0, MEESTE_BEVINDINGEN),
    {
      regel: laatste?.regel ?? '',
      retourcode: '0001',
      pad: '/',
      melding: `Er zijn ${bevindingen.length} bevindingen. Alleen de eerste ${MEESTE_BEVINDINGEN} staan hier.`,
    },
  ]
}
