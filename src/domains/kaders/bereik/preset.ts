import { sql } from 'kysely'
import { type Static, type TSchema, Type } from 'typebox'
import { audit } from '../../../platform/audit.ts'
import { insertNew, type Rij } from '../../../platform/db/rij.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { checkVorm } from '../../../platform/vormfouten.ts'
import { hasBsn, MAX_TEKST } from '../../../platform/vrijetekst.ts'
import { type Bereik, GROND } from './rules.ts'
import { readBereik } from './store.ts'

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
function checkRijen(
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

/** What a row of a preset has at least. */
type Presetrij = { sleutel: string; gemeente?: string | null; segmenten?: readonly string[] }

interface Rijlader<R extends Presetrij> {
  bestand: string
  /** The name of the rows in the file, and their form. */
  lijst: string
  rij: TSchema
  /** What the form of one row cannot say. */
  check?: (rij: R) => Fout[]
  tabel: string
  /** Of the row, its columns besides key and gemeente. */
  kolommen: (rij: R) => Rij
  /** What hangs on a row that is new. */
  insertDelen: (tx: Tx, id: number, rij: R, bereik: Bereik) => Promise<void>
  /** In the audit log, when any row was new. */
  actie: string
}

/** Loads a file of rows with a key; those that were loaded before stay as people have changed them since. */
export function loadRijen<R extends Presetrij>(l: Rijlader<R>): Presetlader {
  const vorm = Precies({ regio: Tekst, bron: Tekst, [l.lijst]: Type.Array(l.rij) })
  return {
    bestand: l.bestand,
    async laad(ctx, inhoud) {
      const rijen = (readPreset(vorm, inhoud, l.bestand) as Record<string, unknown>)[l.lijst] as R[]
      return ctx.write(async tx => {
        const bereik = await readBereik(tx)
        const fouten = [...checkRijen(rijen, bereik), ...rijen.flatMap(rij => l.check?.(rij) ?? [])]
        if (fouten.length > 0) throw invalid(`${l.bestand} is niet geladen`, fouten)
        let nieuw = 0
        for (const rij of rijen) {
          const { sleutel, gemeente = null } = rij
          const id = await insertNew(tx, l.tabel, { ...l.kolommen(rij), sleutel, gemeente }, SLEUTEL)
          if (id === undefined) continue
          nieuw += 1
          await l.insertDelen(tx, id, rij, bereik)
        }
        if (nieuw > 0) await audit(tx, ctx, l.actie, GROND, { aantal: nieuw })
        return { nieuw, alAanwezig: rijen.length - nieuw }
      })
    },
  }
}

const SLEUTEL = sql`(coalesce(gemeente, ''), sleutel) where sleutel is not null`

/** Segments by their codes in a file, as a form has them. */
export const segmentIds = ({ segmenten }: Bereik, codes: readonly string[] = []): string[] =>
  segmenten.filter(s => codes.includes(s.code)).map(s => String(s.segmentId))
