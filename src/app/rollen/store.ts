import { sql } from 'kysely'
import type { Rol } from '../../platform/auth/rollen.ts'
import type { Datum } from '../../platform/dates.ts'
import type { Db } from '../../platform/db/tables.ts'

/** One role that somebody had, from a moment up to (not including) another; `tot` null: still. */
export interface Rolperiode {
  standId: number
  gebruikerId: number
  naam: string
  rol: Rol
  organisatie: string
  gemeenten: string[]
  /** The same, as people call them. */
  gemeentenamen: string[]
  actief: boolean
  vanaf: Date
  tot: Date | null
}

/** Everything that anybody was on this day in the Netherlands, also for a part of it: by name, then in the order of the day. */
export async function listRollenOp(db: Db, dag: Datum): Promise<Rolperiode[]> {
  const { rows } = await sql<Rolperiode>`
    with stand as (
      select *, lead(vanaf) over (partition by gebruiker_id order by stand_id) as tot from platform.gebruiker_stand)
    select s.stand_id as "standId", s.gebruiker_id as "gebruikerId", g.naam, s.rol, s.organisatie, s.gemeenten, s.actief,
      array(select coalesce(naam, code) from unnest(s.gemeenten) code left join contracten.gemeente using (code) order by 1)
        as gemeentenamen,
      s.vanaf, s.tot
    from stand s join platform.gebruiker g using (gebruiker_id)
    where s.vanaf < ${dag}::date + 1 and (s.tot is null or s.tot > ${dag}::date)
    order by g.naam, s.gebruiker_id, s.stand_id`.execute(db)
  return rows
}
