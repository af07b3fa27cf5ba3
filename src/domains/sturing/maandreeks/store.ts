import { sql } from 'kysely'
import { addMonths, type Datum } from '../../../platform/dates.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { countCompleet } from '../cijfers/rules.ts'

export interface Maandreeks {
  segmenten: readonly number[]
  /** CBS code; null: all municipalities whose figures the asker may see. */
  gemeente: string | null
  /** First days of months, both included. */
  vanaf: Datum
  tot: Datum
  vandaag: Datum
}

export interface Reeksmaand {
  /** First day of the month in which care was given. */
  maand: Datum
  bedrag: Eurocent
  /** Nearly all declarations are in; what is not complete is not compared (sturing § 2.2). */
  compleet: boolean
}

/** What was spent per month, every month of the period, also those without spend. */
export async function readMaandreeks(db: Db, r: Maandreeks): Promise<Reeksmaand[]> {
  const { rows } = await sql<{ maand: Datum; bedrag: Eurocent }>`
    select maand, sum(bedrag)::bigint as bedrag from sturing.maandcijfer
    where maand between ${r.vanaf}::date and ${r.tot}::date and segment_id = any (${[...r.segmenten]}::integer[])
      and (${r.gemeente}::text is null or gemeente = ${r.gemeente})
    group by maand`.execute(db)
  const perMaand = new Map(rows.map(rij => [rij.maand, rij.bedrag]))
  const uit: Reeksmaand[] = []
  for (let maand = r.vanaf; maand <= r.tot; maand = addMonths(maand, 1))
    uit.push({
      maand,
      bedrag: perMaand.get(maand) ?? 0,
      compleet: +maand.slice(5, 7) <= countCompleet(+maand.slice(0, 4), r.vandaag),
    })
  return uit
}
