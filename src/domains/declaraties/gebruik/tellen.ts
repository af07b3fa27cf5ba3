import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Raak } from '../../../platform/register/raakt.ts'
import { type Gebruik, sayVerbod } from './zin.ts'

const TOEWIJZING = ['toewijzing', 'toewijzingen'] as const
const ANDERE_PRIJS = [
  'toewijzing die een ander tarief krijgt',
  'toewijzingen die een ander tarief krijgen',
] as const
/** What becomes of toewijzingen of which nothing is left, by what kind of row goes. */
const ZONDER = {
  tarief: ['toewijzing die geen tarief meer heeft', 'toewijzingen die geen tarief meer hebben'],
  contract: [
    'toewijzing die geen contract of tarief meer heeft',
    'toewijzingen die geen contract of tarief meer hebben',
  ],
} as const
const REGEL = ['goedgekeurde declaratieregel', 'goedgekeurde declaratieregels'] as const

/** By what kind of row it is counted; whether prices stay true is asked apart (`prijswaarheid.ts`). */
type Hoe = Exclude<Parameters<typeof sayVerbod>[1], 'waarheid'>

/** Of one question in one municipality. */
interface Telling {
  sleutel: string
  gaat: boolean
  toewijzingen: number
  zonder: number
  regels: number
  bedrag: number
  /** The first day that is asked about. */
  vanaf: Datum | null
  /** The municipality, where that itself leaves. */
  waar: string | null
  /** Whether anything holds in place of what was; null where that is not asked. */
  geen: boolean | null
  laatste: Datum | null
}

/**
 * What is counted stays apart by question and municipality: see `sumInSteps`. `deel`: which questions are one, in which each counts once. A
 * question can say what becomes of toewijzingen (`geen`: nothing is left of what they lean on) and which municipality leaves (`waar`). Whoever
 * asks chooses the days; what leans on them is counted by whole months, so that no two answers tell the first or last day of one resident.
 */
export async function countRaakt(
  db: Db,
  vragen: RawBuilder<unknown>,
  {
    hoe = 'tarief',
    metBedrag = false,
    deel = sql`row_number() over ()`,
    uitCatalogus = new Set(),
    naam,
  }: {
    hoe?: Hoe
    metBedrag?: boolean
    deel?: RawBuilder<unknown>
    /** The keys of prices that are paid on after the catalogue. */
    uitCatalogus?: ReadonlySet<string>
    /** What toewijzingen are called, where a question does not say what becomes of them (`geen`). */
    naam?: Raak['naam']
  } = {},
): Promise<Raak[]> {
  const { rows } = await sql<Telling>`
    with v as materialized (select (${deel})::integer as nr, q.* from (${vragen}) q)
    select v.sleutel, v.gaat, g.toewijzingen::integer as toewijzingen, g.zonder::integer as zonder,
      g.regels::integer as regels, g.bedrag::bigint as bedrag, g.laatste, v.vanaf, v.waar, v.geen
    from declaraties.tel_raakt((
      select jsonb_agg(to_jsonb(v) - 'sleutel' - 'gaat') from v)) g join (
      select nr, sleutel, gaat, min(lower(dagen)) as vanaf, min(to_jsonb(v) ->> 'waar') as waar,
        bool_or((to_jsonb(v) ->> 'geen')::boolean) as geen
      from v group by 1, 2, 3) v using (nr)
    order by v.nr, g.gemeente`.execute(db)
  return [...Map.groupBy(rows, ({ sleutel }) => sleutel).values()].flatMap(delen => {
    const verbod = sayVerbod(
      { ...toGebruik(delen), uitCatalogus: delen.some(d => uitCatalogus.has(d.sleutel)) },
      hoe,
    )
    return delen.flatMap(({ sleutel, toewijzingen, regels, bedrag, vanaf, waar, geen }): Raak[] =>
      [
        {
          naam: naam ?? nameBy(hoe, geen),
          aantal: toewijzingen,
          ...(vanaf === null ? {} : { vanaf }),
          ...(waar === null ? {} : { waar: [waar] }),
        },
        { naam: REGEL, aantal: regels, ...(metBedrag ? { bedrag } : {}) },
      ].map(raak => ({ sleutel, ...raak, inwoners: true, ...(verbod === undefined ? {} : { verbod }) })),
    )
  })
}

const nameBy = (hoe: Hoe, geen: boolean | null): Raak['naam'] => {
  if (geen === null || hoe === 'product') return TOEWIJZING
  return geen ? ZONDER[hoe] : ANDERE_PRIJS
}

const toGebruik = (delen: readonly Telling[]): Gebruik => ({
  gaat: delen.some(({ gaat }) => gaat),
  zonder: delen.map(({ zonder }) => zonder),
  regels: delen.map(({ regels }) => regels),
  laatste: delen.map(({ laatste }) => laatste).reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b), null),
})
