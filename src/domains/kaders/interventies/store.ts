import { sql } from 'kysely'
import { gelijkEis, type Lijstbron, searchEis } from '../../../platform/db/lijst.ts'
import { columns } from '../../../platform/db/rij.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import { BEWIJZEN } from './rules.ts'
import { INTERVENTIE, RESULTAAT } from './velden.ts'

export interface Interventie extends Gegevens<typeof INTERVENTIE> {
  interventieId: number
  /** Null: of the region. */
  gemeente: string | null
  versie: number
  gewijzigdOp: Date
  gewijzigdDoor: string | null
  beeindigdOp: Date | null
  beeindigdReden: string | null
  resultaten: number
  /** The last local result. */
  laatste: { waarde: number; eenheid: string; periode: string } | null
}

export const INTERVENTIES: Lijstbron<Interventie> = {
  kolommen: sql`i.interventie_id as "interventieId", i.gemeente, ${columns('i', INTERVENTIE)}, i.versie,
    i.gewijzigd_op as "gewijzigdOp", w.naam as "gewijzigdDoor", i.beeindigd_op as "beeindigdOp",
    i.beeindigd_reden as "beeindigdReden",
    (select count(*) from kaders.interventie_resultaat r where r.interventie_id = i.interventie_id) as resultaten,
    (select jsonb_build_object('waarde', r.waarde, 'eenheid', r.eenheid, 'periode', r.periode)
      from kaders.interventie_resultaat r where r.interventie_id = i.interventie_id
      order by r.resultaat_id desc limit 1) as laatste`,
  van: sql`kaders.interventie i left join platform.gebruiker w on w.gebruiker_id = i.gewijzigd_door`,
  sleutel: sql`i.interventie_id`,
  volgorde: {
    naam: sql`lower(i.naam)`,
    bewijs: sql`array_position(${[...BEWIJZEN]}::text[], i.bewijs)`,
    licentiekosten: sql`i.licentiekosten`,
    resultaten: sql`resultaten`,
  },
  eisen: {
    zoek: searchEis(sql`i.naam`, sql`i.omschrijving`, sql`i.doelgroep`, sql`i.inzetbaar_door`),
    bewijs: gelijkEis(sql`i.bewijs`),
    register: gelijkEis(sql`i.register`),
    staat: staat => (staat === 'alle' ? null : sql`i.beeindigd_op is null`),
  },
}

/** The registers that are named, for the filter. */
export async function listRegisters(db: Db): Promise<string[]> {
  const { rows } = await sql<{ register: string }>`
    select distinct register from kaders.interventie where register is not null order by 1`.execute(db)
  return rows.map(rij => rij.register)
}

export interface Resultaat extends Gegevens<typeof RESULTAAT> {
  resultaatId: number
  door: string | null
  op: Date
}

/** Newest first. */
export async function listResultaten(db: Db, id: number): Promise<Resultaat[]> {
  const { rows } = await sql<Resultaat>`
    select r.resultaat_id as "resultaatId", ${columns('r', RESULTAAT)}, r.op, g.naam as door
    from kaders.interventie_resultaat r left join platform.gebruiker g on g.gebruiker_id = r.door
    where r.interventie_id = ${id} order by r.resultaat_id desc`.execute(db)
  return rows
}
