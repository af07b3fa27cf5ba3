import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Selectie } from '../cijfers/feiten.ts'
import { grens, inJaren } from '../cijfers/store.ts'

/** Columns that a list can be sorted by, and their SQL. */
const VOLGORDE = {
  naam: sql.ref('naam'),
  besteed: sql.ref('besteed'),
  verandering: sql`case when "vorigCompleet" > 0 then ("compleet" - "vorigCompleet")::numeric / "vorigCompleet" end`,
  nogTeDeclareren: sql`toegewezen - besteed`,
  clienten: sql.ref('clienten'),
} as const
export type Sorteerkolom = keyof typeof VOLGORDE
export const SORTEERKOLOMMEN = Object.keys(VOLGORDE) as Sorteerkolom[]

export interface Lijstvraag {
  zoek: string
  sorteer: Sorteerkolom
  richting: 'op' | 'af'
  /** From 0. */
  vanaf: number
  aantal: number
  /** Also providers without figures in the selection. */
  ookZonder: boolean
  /** Only who was paid in the year. */
  metOmzet: boolean
}

export interface AanbiederRij {
  aanbiederId: number
  naam: string
  agb: string
  besteed: Eurocent
  toegewezen: Eurocent
  compleet: Eurocent
  vorigCompleet: Eurocent
  clienten: number
}

/** One page of providers with their figures, and how many there are in all. */
export async function listAanbiederRijen(
  db: Db,
  s: Selectie,
  v: Lijstvraag,
): Promise<{ rijen: AanbiederRij[]; totaal: number }> {
  const dit = sql`maand >= ${`${s.jaar}-01-01`}::date`
  const patroon = v.zoek === '' ? null : `%${v.zoek.replaceAll(/[\\%_]/g, teken => `\\${teken}`)}%`
  const { rows } = await sql<AanbiederRij & { totaal: number }>`
    with cijfers as (
      select aanbieder_id, sum(bedrag) filter (where ${dit}) as besteed, sum(toegewezen) filter (where ${dit}) as toegewezen,
             sum(bedrag) filter (where ${dit} and maand < ${grens(s, 0)}) as compleet,
             sum(bedrag) filter (where maand < ${grens(s, -1)}) as vorig
      from sturing.maandcijfer where ${inJaren(s, s.jaar - 1)} group by aanbieder_id
    ), personen as (
      select sleutel::integer as aanbieder_id, aantal from sturing.unieke_clienten(${s.jaar}::integer, 4095, 'aanbieder',
        ${s.gemeente}::text, ${s.segmenten}::integer[], null)
    ), lijst as (
      select a.aanbieder_id as "aanbiederId", a.naam, a.agb, coalesce(c.besteed, 0)::bigint as besteed,
             coalesce(c.toegewezen, 0)::bigint as toegewezen, coalesce(c.compleet, 0)::bigint as compleet,
             coalesce(c.vorig, 0)::bigint as "vorigCompleet", coalesce(p.aantal, 0) as clienten
      from aanbieders.aanbieder a left join cijfers c using (aanbieder_id) left join personen p using (aanbieder_id)
      where (${patroon}::text is null or a.naam ilike ${patroon} or a.agb = ${v.zoek})
        and (${v.ookZonder} or coalesce(c.besteed, 0) <> 0 or coalesce(c.toegewezen, 0) <> 0)
        and (not ${v.metOmzet} or c.besteed > 0)
    )
    select *, count(*) over () as totaal from lijst
    order by ${VOLGORDE[v.sorteer]} ${v.richting === 'af' ? sql`desc nulls last` : sql`asc nulls last`}, naam, "aanbiederId"
    limit ${v.aantal} offset ${v.vanaf}`.execute(db)
  return { rijen: rows.map(({ totaal: _, ...rij }) => rij), totaal: rows[0]?.totaal ?? 0 }
}
