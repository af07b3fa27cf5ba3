import { type RawBuilder, sql } from 'kysely'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { type Bereik, REGIO, type Segment } from './rules.ts'

export interface Vondst {
  soort: string
  naam: string
  /** Address of its page. */
  pad: string
  /** Null: of the region. */
  gemeenteNaam: string | null
}

/** Goals, assignments, interventions and subjects that run and are called like this (ILIKE), at most five of each. */
export async function searchKaders(db: Db, zoek: string): Promise<Vondst[]> {
  const { rows } = await sql<Vondst>`
    with gevonden as (
      (select 'Doel' as soort, tekst as naam, '/doelen/' || doel_id as pad, gemeente from kaders.doel
        where beeindigd_op is null and tekst ilike ${zoek} order by 2, 3 limit 5)
      union all
      (select 'Veranderopgave', titel, '/opgaven/' || opgave_id, gemeente from kaders.opgave
        where staat <> 'gestopt' and (titel ilike ${zoek} or thema ilike ${zoek}) order by 2, 3 limit 5)
      union all
      (select 'Interventie', naam, '/interventies/' || interventie_id, gemeente from kaders.interventie
        where beeindigd_op is null and naam ilike ${zoek} order by 2, 3 limit 5)
      union all
      (select 'Reikwijdte', onderwerp, '/reikwijdte/' || reikwijdte_id, gemeente from kaders.reikwijdte
        where onderwerp ilike ${zoek} order by 2, 3 limit 5))
    select g.soort, g.naam, g.pad, m.naam as "gemeenteNaam"
    from gevonden g left join contracten.gemeente m on m.code = g.gemeente order by g.soort, g.naam, g.pad`.execute(
    db,
  )
  return rows
}

/** For whose policy the asker works, and the names that policy points at. */
export async function readBereik(db: Db): Promise<Bereik> {
  const gemeenten = await sql<{ code: string; naam: string }>`
    select code, naam from contracten.gemeente
    where code = any ((select app.gemeenten_beleid())::text[]) order by naam`.execute(db)
  const segmenten = await sql<Segment>`
    select segment_id as "segmentId", code, naam, wet from contracten.segment order by volgorde`.execute(db)
  return {
    gemeenten: gemeenten.rows,
    segmenten: segmenten.rows,
    regionaal: await isRegionaal(db),
  }
}

/** Whose it is: the region, or one municipality; null for all that the asker may see. */
export function eigenaarEis(kolom: RawBuilder<unknown>) {
  return (waarde: string): RawBuilder<unknown> | null =>
    waarde === '' ? null : waarde === REGIO ? sql`${kolom} is null` : sql`${kolom} = ${waarde}`
}
