import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Deel } from '../../doorloop/index.ts'
import type { Voorwaardestand } from '../../doorloop/rules.ts'
import type { Voorwaarde } from './rules.ts'

export const ONDERDEEL = 'voorwaarde'

export interface Voorwaardedeel extends Deel<Voorwaarde> {
  eigenaarNaam: string | null
}

/** What was filled in of the preconditions of a run, with the name of who looks after each. */
export async function listVoorwaarden(db: Db, doorloopId: number): Promise<Voorwaardedeel[]> {
  const { rows } = await sql<Voorwaardedeel>`
    select d.sleutel, d.aanbod_id as "aanbodId", d.inhoud, d.versie, g.naam as door, d.op, e.naam as "eigenaarNaam"
    from beleid.deel d
    left join platform.gebruiker g on g.gebruiker_id = d.door
    left join platform.gebruiker e on e.gebruiker_id = (d.inhoud ->> 'eigenaar')::integer
    where d.doorloop_id = ${doorloopId} and d.onderdeel = ${ONDERDEEL} order by d.sleutel`.execute(db)
  return rows
}

/** How every precondition stands by its code; one that is not there is not known. */
export async function mapVoorwaarden(db: Db, doorloopId: number): Promise<Map<string, Voorwaardestand>> {
  const { rows } = await sql<{ sleutel: string; stand: Voorwaardestand }>`
    select sleutel, inhoud ->> 'stand' as stand from beleid.deel
    where doorloop_id = ${doorloopId} and onderdeel = ${ONDERDEEL}`.execute(db)
  return new Map(rows.map(rij => [rij.sleutel, rij.stand]))
}
