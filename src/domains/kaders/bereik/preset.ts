import { type Static, type TSchema, Type } from 'typebox'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { checkVorm } from '../../../platform/vorm.ts'
import { hasBsn, MAX_TEKST } from '../../../platform/vrijetekst.ts'

/** What loading a preset did: a row that was there already is left as it is. */
export interface Geladen {
  nieuw: number
  alAanwezig: number
}

/** A file of a preset that this domain can load. `inhoud` is what the JSON holds; nothing of it is trusted. */
export interface Presetlader {
  bestand: string
  laad(ctx: Ctx, inhoud: unknown): Promise<Geladen>
}

export const Tekst = Type.String({ minLength: 1, maxLength: MAX_TEKST })
export const Sleutel = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,99}$' })
export const Gemeente = Type.Optional(Type.Union([Type.String({ pattern: '^[0-9]{4}$' }), Type.Null()]))
export const Dag = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** One of a few words. */
export function Keuze<const T extends readonly string[]>(waarden: T) {
  return Type.Unsafe<T[number]>(Type.String({ pattern: `^(${waarden.join('|')})$` }))
}

/** An object that holds these fields and no other: a field that is not known is a typing error. */
export function Precies<T extends Parameters<typeof Type.Object>[0]>(velden: T) {
  return Type.Object(velden, { additionalProperties: false })
}

/** The content when it has the form of the preset; throws 400 with every fault and where it stands. */
export function readPreset<T extends TSchema>(schema: T, inhoud: unknown, bestand: string): Static<T> {
  const fouten = checkVorm(schema, inhoud)
  if (hasBsn(JSON.stringify(inhoud) ?? ''))
    fouten.push({ pad: '', melding: 'Er staat een getal in dat een burgerservicenummer kan zijn.' })
  if (fouten.length > 0) throw invalid(`${bestand} is niet geladen`, fouten)
  return inhoud as Static<T>
}

/** Faults for every key that stands more than once. */
export function checkDubbel(sleutels: readonly string[]): Fout[] {
  const dubbel = [...new Set(sleutels.filter((sleutel, i) => sleutels.indexOf(sleutel) !== i))]
  return dubbel.map(sleutel => ({
    pad: sleutel,
    melding: `${sleutel}: deze sleutel staat er meer dan eens.`,
  }))
}

/** Faults for every code of a segment or municipality that this installation does not have. */
export function checkBekend(
  soort: 'segment' | 'gemeente',
  gebruikt: readonly (string | null | undefined)[],
  bekend: readonly { code: string }[],
): Fout[] {
  const codes = [...new Set(gebruikt.filter(code => typeof code === 'string'))]
  return codes
    .filter(code => !bekend.some(b => b.code === code))
    .map(code => ({ pad: code, melding: `${code}: hier is geen ${soort} met deze code.` }))
}

/** Faults of rows that each have a key and may name a municipality and segments. */
export function checkRijen(
  rijen: readonly { sleutel: string; gemeente?: string | null; segmenten?: readonly string[] }[],
  bereik: { gemeenten: readonly { code: string }[]; segmenten?: readonly { code: string }[] },
): Fout[] {
  const segmenten = rijen.flatMap(rij => rij.segmenten ?? [])
  const gemeenten = rijen.map(rij => rij.gemeente)
  return [
    ...checkDubbel(rijen.map(rij => rij.sleutel)),
    ...checkBekend('segment', segmenten, bereik.segmenten ?? []),
    ...checkBekend('gemeente', gemeenten, bereik.gemeenten),
  ]
}
