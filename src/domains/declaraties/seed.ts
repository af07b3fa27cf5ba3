import { sql } from 'kysely'
import type { Datum } from '../../platform/dates.ts'
import type { Tx } from '../../platform/db/tables.ts'

/**
 * Payments of a demonstration region: made four days before they fell due, but for one in 25 of the last six weeks, so
 * that there is something to chase. Which ones follows from the AGB code and the month alone.
 */
export async function seedBetalingen(tx: Tx, vandaag: Datum): Promise<void> {
  await sql`
    with betaald as (
      update declaraties.betaling b set betaald_op = b.vervalt_op - 4, betaald_door = 'systeem:regio'
      from declaraties.declaratie d, aanbieders.aanbieder a
      where d.gemeente = b.gemeente and d.declaratie_id = b.declaratie_id and a.aanbieder_id = b.aanbieder_id
        and b.betaald_op is null and b.vervalt_op - 4 <= ${vandaag}::date
        and not (b.vervalt_op > ${vandaag}::date - 42 and (a.agb::bigint + extract(month from d.maand)::int) % 25 = 0)
      returning b.gemeente, b.betaling_id, b.aanbieder_id, b.bedrag, b.betaald_op)
    insert into declaraties.betaling_gebeurtenis (gemeente, betaling_id, aanbieder_id, bedrag, soort, betaald_op, door, op)
    select gemeente, betaling_id, aanbieder_id, bedrag, 'betaald', betaald_op, 'systeem:regio',
           betaald_op::timestamp at time zone 'Europe/Amsterdam' from betaald`.execute(tx)
}
