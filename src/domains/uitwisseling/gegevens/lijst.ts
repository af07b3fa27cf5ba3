import { type Static, Type } from 'typebox'
import { isDatum } from '../../../platform/dates.ts'

/**
 * The form of a vocabulary: what a region writes in `regio/<region>/gegevens.json`. Coarse on purpose: a weighing is about
 * kinds of data, never about the fields of one system.
 */

const tekst = Type.String({ minLength: 1, maxLength: 1000 })
const code = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' })
const dag = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const benoemd = Type.Object({ code, naam: tekst }, { additionalProperties: false })

/** How sensitive a data element is: AVG art. 9, art. 10, art. 87 with UAVG art. 46, or none of these. */
export const AARDEN = ['gewoon', 'bijzonder', 'strafrechtelijk', 'bsn'] as const

export const GEGEVENSLIJST = Type.Object(
  {
    naam: tekst,
    noot: tekst,
    domeinen: Type.Array(benoemd, { minItems: 1, maxItems: 20 }),
    doelen: Type.Array(benoemd, { minItems: 1, maxItems: 50 }),
    gegevens: Type.Array(
      Type.Object(
        { code, naam: tekst, aard: Type.Union(AARDEN.map(aard => Type.Literal(aard))) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 60 },
    ),
    gronden: Type.Array(
      Type.Object(
        {
          code,
          artikel: tekst,
          uitleg: tekst,
          /** Domains that may send on this ground. */
          domeinen: Type.Array(code, { minItems: 1 }),
          /** First day on which the law holds; null: not in force, so no ground yet. */
          vanaf: Type.Union([dag, Type.Null()]),
          tot: Type.Optional(dag),
        },
        { additionalProperties: false },
      ),
      { maxItems: 60 },
    ),
    dpia: Type.Array(
      Type.Object(
        {
          code,
          tekst,
          /** One yes is enough for a DPIA. */
          doorslag: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 30 },
    ),
  },
  { additionalProperties: false },
)

export type Gegevenslijst = Static<typeof GEGEVENSLIJST>
export type Aard = (typeof AARDEN)[number]
export type Gegeven = Gegevenslijst['gegevens'][number]
export type Grond = Gegevenslijst['gronden'][number]

export const AARD: Readonly<Record<Aard, string>> = {
  gewoon: 'gewoon',
  bijzonder: 'bijzonder (AVG art. 9)',
  strafrechtelijk: 'strafrechtelijk (AVG art. 10)',
  bsn: 'BSN (UAVG art. 46)',
}

/** What is wrong with a list of the right form: a code twice, a ground for a domain that is not there, or a day that does not exist. */
export function checkLijst(lijst: Gegevenslijst): string[] {
  const fouten: string[] = []
  for (const soort of ['domeinen', 'doelen', 'gegevens', 'gronden', 'dpia'] as const) {
    const codes = lijst[soort].map(rij => rij.code)
    for (const dubbel of new Set(codes.filter((c, i) => codes.indexOf(c) !== i)))
      fouten.push(`${soort}: de code ${dubbel} staat er meer dan één keer.`)
  }
  for (const grond of lijst.gronden) {
    if (grond.code === GEEN_GROND) fouten.push(`gronden: de code ${GEEN_GROND} is bezet.`)
    for (const domein of grond.domeinen)
      if (!lijst.domeinen.some(d => d.code === domein))
        fouten.push(`gronden ${grond.code}: het domein ${domein} bestaat niet.`)
    for (const dag of [grond.vanaf, grond.tot])
      if (typeof dag === 'string' && !isDatum(dag))
        fouten.push(`gronden ${grond.code}: de dag ${dag} bestaat niet.`)
  }
  return fouten
}

/** The answer 'no ground found': it may be given, and it blocks. */
export const GEEN_GROND = 'geen'

/** The name of a code in a list; the code itself when the list does not know it (any more). */
export function naamVan(rijen: readonly { code: string; naam: string }[], gezocht: string): string {
  return rijen.find(rij => rij.code === gezocht)?.naam ?? gezocht
}

/** What can be chosen from a list. */
export const toOpties = (rijen: readonly { code: string; naam: string }[]) =>
  rijen.map(({ code, naam }) => ({ waarde: code, naam }))
