import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/db/tables.ts'
import type { Aard, Instrument } from './rules.ts'
import { type Aanbod, BRON, KOLOMMEN } from './store.ts'

/** An offer with the dossier and theme that it stands under. */
export interface Themaaanbod extends Aanbod {
  dossier: string
  thema: string
  gemeenteNaam: string | null
}

export interface Filter {
  zoek: string | null
  thema: string | null
  aard: Aard | null
  instrument: Instrument | null
}

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  naam: sql`lower(a.naam)`,
  thema: sql`lower(d.thema)`,
  dossier: sql`lower(d.naam)`,
  gebruikers: sql`a.gebruikers`,
  kosten: sql`a.kosten`,
}
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

function conditions({ zoek, thema, aard, instrument }: Filter): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`a.vervallen_op is null and d.gesloten_op is null`]
  if (zoek !== null)
    eisen.push(sql`(a.naam ilike ${zoek} or a.partners ilike ${zoek} or a.doelgroep ilike ${zoek})`)
  if (thema !== null) eisen.push(sql`d.thema = ${thema}`)
  if (aard !== null) eisen.push(sql`a.aard = ${aard}`)
  if (instrument !== null) eisen.push(sql`a.instrument = ${instrument}`)
  return sql.join(eisen, sql` and `)
}

const MET_DOSSIER = sql`${BRON} join beleid.dossier d on d.dossier_id = a.dossier_id
  left join contracten.gemeente gm on gm.code = d.gemeente`

/** What is offered in all open dossiers that the asker may see. */
export async function listThemaaanbod(
  db: Db,
  filter: Filter,
  sortering: { kolom: string; richting: 'op' | 'af' },
): Promise<Themaaanbod[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`lower(d.thema)`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Themaaanbod>`
    select ${KOLOMMEN}, d.naam as dossier, d.thema, gm.naam as "gemeenteNaam" from ${MET_DOSSIER}
    where ${conditions(filter)} order by ${kolom} ${richting} nulls last, lower(d.thema), lower(a.naam), a.aanbod_id`.execute(
    db,
  )
  return rows
}

/** The themes of all open dossiers that the asker may see. */
export async function listThemas(db: Db): Promise<string[]> {
  const { rows } = await sql<{ thema: string }>`
    select distinct thema from beleid.dossier where gesloten_op is null order by thema`.execute(db)
  return rows.map(rij => rij.thema)
}
