import { sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Optie } from '../../../platform/ui/velden.tsx'
import { eenheidNaam } from '../afspraken/eenheid.ts'

export { listAanbieders } from '../../aanbieders/index.ts'

/** What can be chosen, each by the key that a file and a message name too. */
export async function listGemeenten(db: Db): Promise<Optie[]> {
  const { rows } = await sql<Optie>`
    select code as waarde, naam from contracten.gemeente order by naam`.execute(db)
  return rows
}

export async function listSegmenten(db: Db): Promise<Optie[]> {
  const { rows } = await sql<Optie>`
    select code as waarde, naam from contracten.segment order by volgorde, code`.execute(db)
  return rows
}

export async function listContracten(db: Db): Promise<Optie[]> {
  const { rows } = await sql<Optie>`
    select c.nummer as waarde, c.nummer || ' ' || a.naam as naam
    from contracten.contract c join aanbieders.aanbieder a using (aanbieder_id) order by c.nummer`.execute(db)
  return rows
}

/** With what a price of it is per. */
export async function listProductcodes(db: Db): Promise<Optie[]> {
  const { rows } = await sql<Optie & { eenheid: string }>`
    select distinct on (code) code as waarde, code || ' ' || naam as naam, eenheid
    from contracten.product order by code, geldigheid desc`.execute(db)
  return rows.map(({ waarde, naam, eenheid }) => ({ waarde, naam: `${naam}, per ${eenheidNaam(eenheid)}` }))
}
