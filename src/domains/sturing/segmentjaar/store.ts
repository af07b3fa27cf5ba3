import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { maskOf } from '../cijfers/rules.ts'

/** What the books say of one segment in one calendar year, within the sight of the asker. */
export interface Segmentjaar {
  segmentId: number
  naam: string
  wet: 'jw' | 'wmo'
  /** Care given in that year and approved, in eurocents. */
  bedrag: Eurocent
  /** Different persons with approved care in that year. */
  clienten: number
  /** Providers with approved care in that year. */
  aanbieders: number
  producten: number
}

/** The year per segment, in the order of the segments; one that had no care is in it with zeros. */
export async function listSegmentjaren(
  db: Db,
  { jaar, gemeente, segmenten }: { jaar: number; gemeente: string | null; segmenten: readonly number[] },
): Promise<Segmentjaar[]> {
  const { rows } = await sql<Segmentjaar>`
    with cijfer as (
      select segment_id, sum(bedrag)::bigint as bedrag, count(distinct aanbieder_id) filter (where bedrag <> 0) as aanbieders
      from sturing.maandcijfer
      where maand between ${`${jaar}-01-01`}::date and ${`${jaar}-12-31`}::date
        and segment_id = any (${[...segmenten]}::integer[]) and (${gemeente}::text is null or gemeente = ${gemeente})
      group by segment_id)
    select s.segment_id as "segmentId", s.naam, s.wet, coalesce(c.bedrag, 0)::bigint as bedrag,
           coalesce(u.aantal, 0)::bigint as clienten, coalesce(c.aanbieders, 0)::bigint as aanbieders,
           (select count(*) from contracten.product p where p.segment_id = s.segment_id) as producten
    from contracten.segment s
    left join cijfer c using (segment_id)
    left join sturing.unieke_clienten(${jaar}::integer, ${maskOf(12)}::integer, 'segment', ${gemeente}::text,
      ${[...segmenten]}::integer[]) u on u.sleutel = s.segment_id::text
    where s.segment_id = any (${[...segmenten]}::integer[]) order by s.volgorde`.execute(db)
  return rows
}
