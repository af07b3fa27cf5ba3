import type { Db } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { formNames, toInvoer, veldenVan } from '../velden/formulier.ts'
import type { Celfout, Celopmerking } from './invoer/kolommen.ts'
import { sheetColumns } from './invoer/koppen.ts'
import type { Wijziging } from './plan.ts'
import type { Register, Rijgegevens } from './register.ts'

/** What is worth a look in one field of a row, and refuses nothing: it may well be meant so. */
export interface Opmerking {
  veld: string
  /** Of a field that stands in more than one column, which of them. */
  deel?: number
  melding: string
  /** What one would expect there. */
  verwacht: string
  /** By what those of many rows are counted together, where each says it with its own amounts; `melding` unless said. */
  soort?: string
}

/** The same of a row of a register. */
export type Rijopmerking = Opmerking & { sleutel: string }

/** What is worth a look in rows that come or change, asked once they are written. */
export type Letopvraag = (
  db: Db,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
  ctx: Pick<Ctx, 'vandaag'>,
) => Promise<Rijopmerking[]>

/** All that is worth a look in a file: in how many rows, how often each, and the first of them in the order of the file. */
export interface LetOp {
  rijen: number
  soorten: { melding: string; aantal: number }[]
  eerste: Celfout[]
}

/** So many are kept to be shown; the counts are of all. */
const TOON = 100

/** The same of a row of a file. */
export interface Opgemerkt extends Opmerking {
  nummer: number | null
  gegevens: object
}

/** With the cell that it is about, as somebody would type it. */
export function toCel(
  velden: object,
  { nummer, gegevens, veld, deel = 0, melding, verwacht }: Opgemerkt,
): Celfout {
  const kolom = sheetColumns(velden).find(k => k.veld === veld && k.deel === deel)
  const gezegd = veldenVan(velden).find(([naam]) => naam === veld)?.[1]
  const waarde = (gegevens as Record<string, unknown>)[veld] ?? null
  const getypt = toInvoer(velden, gegevens)[veld]?.[deel] ?? ''
  // A word says more than its code; of a part of a field there is none.
  const woord = gezegd === undefined || waarde === null || formNames(veld, gezegd).length > 1
  return {
    nummer,
    kolom: kolom?.kop ?? veld,
    waarde: woord ? getypt : (gezegd.zeg(waarde) ?? getypt),
    melding,
    verwacht,
  }
}

/** Of all of a file together, with what is worth a look in its cells as they were typed; undefined where there is nothing. */
export function toLetOp(
  velden: object,
  opgemerkt: readonly Opgemerkt[],
  cellen: readonly Celopmerking[] = [],
): LetOp | undefined {
  const alle = [...opgemerkt, ...cellen]
  if (alle.length === 0) return undefined
  return {
    rijen: new Set(alle.map(({ nummer }) => nummer)).size,
    soorten: [...Map.groupBy(alle, ({ melding, soort = melding }) => soort)]
      .map(([melding, zelfde]) => ({ melding, aantal: zelfde.length }))
      .sort((a, b) => b.aantal - a.aantal),
    eerste: alle
      .sort((a, b) => (a.nummer ?? 0) - (b.nummer ?? 0))
      .slice(0, TOON)
      .map(een => ('gegevens' in een ? toCel(velden, een) : withoutSoort(een))),
  }
}

const withoutSoort = ({ soort: _, ...cel }: Celopmerking): Celfout => cel

/** All that several questions say. */
export const together =
  (...vragen: readonly Letopvraag[]): Letopvraag =>
  async (db, wijzigingen, ctx) => {
    const gezegd: Awaited<ReturnType<Letopvraag>> = []
    for (const vraag of vragen) gezegd.push(...(await vraag(db, wijzigingen, ctx)))
    return gezegd
  }

/** What is worth a look in these changes; of a row that goes nothing is. */
export async function findLetOp(
  db: Db,
  ctx: Pick<Ctx, 'vandaag'>,
  { letOp }: Pick<Register, 'letOp'>,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
): Promise<Rijopmerking[]> {
  const blijft = wijzigingen.filter(({ nieuw }) => nieuw !== null)
  return letOp === undefined || blijft.length === 0 ? [] : letOp(db, blijft, ctx)
}

/** The same as rows of a file. */
export function toLetOpOfRows(
  { velden }: Pick<Register, 'velden'>,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
  opmerkingen: readonly Rijopmerking[],
  cellen: readonly Celopmerking[] = [],
): LetOp | undefined {
  const rijen = new Map(wijzigingen.map(w => [w.sleutel, w]))
  return toLetOp(
    velden,
    opmerkingen.flatMap(({ sleutel, ...opmerking }) => {
      const { nummer = null, nieuw = null } = rijen.get(sleutel) ?? {}
      return nieuw === null ? [] : [{ nummer, gegevens: nieuw, ...opmerking }]
    }),
    cellen,
  )
}
