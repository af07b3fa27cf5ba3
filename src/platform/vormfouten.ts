import type { TSchema } from 'typebox'
import Value from 'typebox/value'
import type { Fout } from './problem.ts'
import { capital } from './ui/invoer.ts'
import { isBewaarbaar, ONBEWAARBAAR } from './vrijetekst.ts'

/**
 * Every fault in the form of what a file holds, in Dutch and with the place in the file as `pad` (a JSON pointer); empty
 * when it has the form of `schema`.
 */
export function checkVorm(schema: TSchema, inhoud: unknown): Fout[] {
  const tekens = checkTekens(inhoud)
  if (tekens.length > 0) return tekens
  const fouten: Fout[] = apart(Value.Errors(schema, inhoud)).map(fout => ({
    pad: fout.instancePath,
    melding: `${fout.instancePath || '/'}: ${inNederlands(fout.keyword, fout.params)}`,
  }))
  if (fouten.length === 0 && !Value.Check(schema, inhoud))
    return [{ pad: '', melding: 'De inhoud heeft niet de vorm van dit bestand.' }]
  // Of a choice between forms each form has its own fault: said once.
  return fouten.filter((fout, i) => fouten.findIndex(f => f.melding === fout.melding) === i)
}

/** A fault as TypeBox or Ajv gives it. */
export interface Vormfout {
  instancePath: string
  keyword: string
  params: object
}

/** The faults themselves: of a choice between forms each form has its own, and that none fits is said by those. */
const apart = <F extends Vormfout>(fouten: readonly F[]) =>
  fouten.filter(fout => !['boolean', 'anyOf', 'const'].includes(fout.keyword))

/** Faults in a message that was sent, each at its place and said once; a field that lacks, or that does not belong, is that place. */
export function sayVormfouten(vormfouten: readonly Vormfout[]): Fout[] {
  const eigen = apart(vormfouten)
  const gezegd = new Set(eigen.map(({ instancePath }) => instancePath))
  const keuzes = vormfouten.filter(({ instancePath }) => !gezegd.has(instancePath))
  const fouten = [...eigen, ...keuzes].flatMap(({ instancePath, keyword, params }) => {
    const melding = capital(inNederlands(keyword, params))
    const velden = fieldsOf(params)
    return velden.length === 0
      ? [{ pad: instancePath, melding }]
      : velden.map(veld => ({ pad: `${instancePath}/${veld}`, melding }))
  })
  const eerste = fouten.filter((fout, i) => fouten.findIndex(f => f.pad === fout.pad) === i)
  return eerste.length > 0 ? eerste : [{ pad: '', melding: 'Dit heeft niet de vorm die hier hoort.' }]
}

const fieldsOf = (params: object) => {
  const waarden = params as Record<string, string | readonly string[] | undefined>
  return ['requiredProperties', 'missingProperty', 'additionalProperties', 'additionalProperty'].flatMap(
    naam => waarden[naam] ?? [],
  )
}

/** Every text that no column can hold, also the name of a field, by its place. */
function checkTekens(inhoud: unknown, pad = ''): Fout[] {
  if (typeof inhoud === 'string')
    return isBewaarbaar(inhoud) ? [] : [{ pad, melding: `${pad || '/'}: ${uncapital(ONBEWAARBAAR)}` }]
  if (typeof inhoud !== 'object' || inhoud === null) return []
  return Object.entries(inhoud).flatMap(([naam, waarde]) => [
    // A name that cannot be written is not part of its own place.
    ...(isBewaarbaar(naam) ? [] : checkTekens(naam, pad)),
    ...checkTekens(waarde, isBewaarbaar(naam) ? `${pad}/${naam}` : pad),
  ])
}

const uncapital = (tekst: string) => tekst.charAt(0).toLowerCase() + tekst.slice(1)

/** What is wrong with the form of what was sent, said to who wrote it. `params`: as TypeBox or Ajv names them. */
export function inNederlands(keyword: string, params: object): string {
  const waarden = params as Record<string, unknown>
  const noem = (...namen: string[]) => {
    const alle = namen.flatMap(naam => waarden[naam] ?? [])
    return alle.length === 0 ? undefined : alle.join(', ')
  }
  switch (keyword) {
    case 'required':
      return `hier ontbreekt ${noem('requiredProperties', 'missingProperty') ?? 'een veld'}.`
    case 'additionalProperties':
      return `hier hoort geen ${noem('additionalProperties', 'additionalProperty') ?? 'ander veld'}.`
    case 'type':
      return 'dit is een ander soort waarde dan hier hoort.'
    case 'minLength':
    case 'minItems':
      return 'dit mag niet leeg zijn.'
    case 'maxLength':
    case 'maxItems':
      return 'dit is te lang.'
    case 'enum':
      return `kies een van: ${noem('allowedValues') ?? 'wat hier kan'}.`
    case 'minimum':
      return `dit is minder dan ${noem('limit')}.`
    case 'maximum':
      return `dit is meer dan ${noem('limit')}.`
    case 'format':
      return waarden.format === 'date'
        ? 'vul een bestaande datum in, zoals 2026-01-31.'
        : 'deze waarde kan hier niet.'
    default:
      return 'deze waarde kan hier niet.'
  }
}
