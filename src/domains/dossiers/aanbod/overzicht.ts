import { sql } from 'kysely'
import { gelijkEis, type Lijstbron, listRows, searchEis } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { MAX_EXPORT } from '../../../platform/http/export.ts'
import { type Aanbod, BRON, KOLOMMEN } from './store.ts'

/** An offer with the dossier and theme that it stands under. */
export interface Themaaanbod extends Aanbod {
  dossier: string
  thema: string
  gemeenteNaam: string | null
}

const MET_DOSSIER = sql`${BRON} join beleid.dossier d on d.dossier_id = a.dossier_id
  left join contracten.gemeente gm on gm.code = d.gemeente`

/** What is offered in all open dossiers that the asker may see. */
export const THEMAAANBOD: Lijstbron<Themaaanbod> = {
  kolommen: sql`${KOLOMMEN}, d.naam as dossier, d.thema, gm.naam as "gemeenteNaam"`,
  van: MET_DOSSIER,
  sleutel: sql`lower(d.thema), lower(a.naam), a.aanbod_id`,
  volgorde: {
    naam: sql`lower(a.naam)`,
    thema: sql`lower(d.thema)`,
    dossier: sql`lower(d.naam)`,
    gebruikers: sql`a.gebruikers`,
    kosten: sql`a.kosten`,
  },
  eisen: {
    staat: () => sql`a.vervallen_op is null and d.gesloten_op is null`,
    zoek: searchEis(sql`a.naam`, sql`a.partners`, sql`a.doelgroep`),
    thema: gelijkEis(sql`d.thema`),
    aard: gelijkEis(sql`a.aard`),
    instrument: gelijkEis(sql`a.instrument`),
  },
}

/** All of it, of one theme when it is named. */
export async function listThemaaanbod(db: Db, thema = ''): Promise<Themaaanbod[]> {
  return listRows(
    db,
    THEMAAANBOD,
    { thema },
    { kolom: 'thema', richting: 'op' },
    { aantal: MAX_EXPORT, vanaf: 0 },
  )
}

/** The themes of all open dossiers that the asker may see. */
export async function listThemas(db: Db): Promise<string[]> {
  const { rows } = await sql<{ thema: string }>`
    select distinct thema from beleid.dossier where gesloten_op is null order by thema`.execute(db)
  return rows.map(rij => rij.thema)
}
