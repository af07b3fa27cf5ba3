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

/** With what a price of it is per: of one that was counted otherwise before, each of those in the order of time. */
export async function listProductcodes(db: Db): Promise<Optie[]> {
  const { rows } = await sql<Optie & { eenheden: string[] }>`
    select distinct on (code) code as waarde, code || ' ' || (array_agg(naam order by geldigheid desc))[1] as naam,
      array_agg(eenheid order by geldigheid) as eenheden
    from contracten.product group by code, wet order by code, max(lower(geldigheid)) desc`.execute(db)
  return rows.map(({ waarde, naam, eenheden }) => ({ waarde, naam: `${naam}, per ${sayEenheden(eenheden)}` }))
}

/** 'uur', 'uur, later per minuut' */
const sayEenheden = (eenheden: readonly string[]) =>
  eenheden
    .map(eenheidNaam)
    .filter((naam, i, alle) => naam !== alle[i - 1])
    .join(', later per ')
