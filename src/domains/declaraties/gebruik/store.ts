import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Gebruik } from '../../../platform/register/register.ts'
import { sayGebruik } from './zin.ts'

/**
 * The first of these prices on which a toewijzing or an approved line relies: days of it for which no price would be left, or no such
 * price any more. `rijen`: those that go, or are gone already; what ends or begins in their place is written by then.
 */
export function findTariefgebruik(db: Db, rijen: RawBuilder<unknown>): Promise<Gebruik | undefined> {
  return findGebruik(
    db,
    sql`
      select concat_ws('~', r.contract, r.wet, r.product, lower(r.geldigheid)) as sleutel, g.gemeente, c.aanbieder_id as aanbieder,
        r.wet, r.product as code, r.tarief, datemultirange(r.geldigheid) - blijft.elk as leeg,
        datemultirange(r.geldigheid) - blijft.zelfde as weg
      from ${rijen} join contracten.contract c on c.nummer = r.contract
      join contracten.contract_gemeente g using (contract_id)
      cross join lateral (
        select coalesce(range_agg(t.geldigheid), '{}') as elk,
          coalesce(range_agg(t.geldigheid) filter (where t.tarief = r.tarief), '{}') as zelfde
        from contracten.tarief t
        -- "|| ''": by the provider alone, whose prices are few, and never by the GiST index of the key, which is slow for many rows.
        where t.aanbieder_id = c.aanbieder_id and (t.wet || '', t.code || '') = (r.wet, r.product)
          -- "limit 1": looked up by its key, for each of a few prices.
          and (select true from contracten.contract_gemeente tg
            where tg.contract_id = t.contract_id and tg.gemeente = g.gemeente limit 1)
          and (t.contract_id, lower(t.geldigheid)) <> (c.contract_id, lower(r.geldigheid))) blijft`,
  )
}

/** The first of these products on which a toewijzing or an approved line relies: days of it on which the catalogue would not have it. */
export function findProductgebruik(db: Db, rijen: RawBuilder<unknown>): Promise<Gebruik | undefined> {
  return findGebruik(
    db,
    sql`
      select concat_ws('~', r.wet, r.code, lower(r.geldigheid)) as sleutel, null as gemeente, null as aanbieder, r.wet, r.code,
        null as tarief, datemultirange(r.geldigheid) - blijft.elk as leeg, null as weg
      from ${rijen} cross join lateral (
        select coalesce(range_agg(p.geldigheid), '{}') as elk from contracten.product p
        where (p.wet, p.code) = (r.wet, r.code) and lower(p.geldigheid) <> lower(r.geldigheid)) blijft`,
  )
}

async function findGebruik(db: Db, vragen: RawBuilder<unknown>): Promise<Gebruik | undefined> {
  const { rows } = await sql<{ sleutel: string; toewijzingen: number; regels: number }>`
    with v as materialized (select row_number() over () as nr, q.* from (${vragen}) q)
    select v.sleutel, sum(g.toewijzingen)::integer as toewijzingen, sum(g.regels)::integer as regels
    from declaraties.tel_gebruik((select jsonb_agg(to_jsonb(v) - 'sleutel') from v)) g join v using (nr)
    group by v.sleutel order by min(v.nr) limit 1`.execute(db)
  const [rij] = rows
  return rij && { sleutel: rij.sleutel, wat: sayGebruik(rij.toewijzingen, rij.regels) }
}
