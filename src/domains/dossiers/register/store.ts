import { type RawBuilder, sql } from 'kysely'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { addDays, type Datum } from '../../../platform/dates.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { ORANJE_DAGEN, ROOD_DAGEN, type Staat, type Verkeerslicht, type Wet } from './rules.ts'

/** What a user fills in of a dossier. */
export interface Dossiergegevens {
  naam: string
  thema: string
  wetten: Wet[]
  /** Null: of the region. */
  gemeente: string | null
  toelichting: string
  eigenaarId: number
  looptAf: Datum | null
  segmenten: number[]
}

export interface Dossier extends Dossiergegevens {
  dossierId: number
  gemeenteNaam: string | null
  eigenaar: string
  geslotenOp: Datum | null
  versie: number
  segmentnamen: string[]
  /** The last run, if there ever was one. */
  doorloopId: number | null
  doorloopNummer: number | null
  doorloopStaat: Staat | null
  aanbod: number
  /** Answered or deliberately open questions of the last run. */
  vragenAf: number
}

export interface Filter {
  zoek: string | null
  wet: Wet | null
  /** A code, or 'regio' for dossiers of the region. */
  gemeente: string | null
  licht: Verkeerslicht | 'dringend' | null
  doorloop: Staat | 'geen' | null
  gesloten: boolean
}

export interface Selectie {
  filter: Filter
  vandaag: Datum
}

const KOLOMMEN = sql`d.dossier_id as "dossierId", d.naam, d.thema, d.wetten, d.gemeente, gm.naam as "gemeenteNaam",
  d.toelichting, d.eigenaar as "eigenaarId", e.naam as eigenaar, d.loopt_af as "looptAf", d.gesloten_op as "geslotenOp",
  d.versie,
  array(select s.segment_id from beleid.dossier_segment s where s.dossier_id = d.dossier_id order by 1) as segmenten,
  array(select cs.naam::text from beleid.dossier_segment s join contracten.segment cs using (segment_id)
        where s.dossier_id = d.dossier_id order by cs.volgorde) as segmentnamen,
  l.doorloop_id as "doorloopId", l.nummer as "doorloopNummer", l.staat as "doorloopStaat",
  (select count(*) from beleid.aanbod a where a.dossier_id = d.dossier_id and a.vervallen_op is null) as aanbod,
  (select count(*) from beleid.deel a where a.doorloop_id = l.doorloop_id and a.onderdeel = 'antwoord'
     and a.inhoud ->> 'staat' in ('beantwoord', 'open-gelaten')) as "vragenAf"`
const BRON = sql`beleid.dossier d
  join platform.gebruiker e on e.gebruiker_id = d.eigenaar
  left join contracten.gemeente gm on gm.code = d.gemeente
  left join lateral (select * from beleid.doorloop l where l.dossier_id = d.dossier_id order by l.nummer desc limit 1) l on true`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  naam: sql`d.naam`,
  thema: sql`d.thema`,
  gemeente: sql`gm.naam`,
  loopt_af: sql`d.loopt_af`,
  eigenaar: sql`e.naam`,
}
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

function conditions({ filter, vandaag }: Selectie): RawBuilder<unknown> {
  const { zoek, wet, gemeente, licht, doorloop, gesloten } = filter
  const eisen: RawBuilder<unknown>[] = [
    gesloten ? sql`d.gesloten_op is not null` : sql`d.gesloten_op is null`,
  ]
  if (zoek !== null) eisen.push(sql`(d.naam ilike ${zoek} or d.thema ilike ${zoek} or e.naam ilike ${zoek})`)
  if (wet !== null) eisen.push(sql`${wet} = any (d.wetten)`)
  if (gemeente !== null)
    eisen.push(gemeente === 'regio' ? sql`d.gemeente is null` : sql`d.gemeente = ${gemeente}`)
  if (licht === 'dringend') eisen.push(DRINGEND(vandaag))
  else if (licht !== null) eisen.push(LICHT[licht](vandaag))
  if (doorloop !== null)
    eisen.push(doorloop === 'geen' ? sql`l.doorloop_id is null` : sql`l.staat = ${doorloop}`)
  return sql.join(eisen, sql` and `)
}

/** Runs out within half a year or has, and nobody works on it. */
const DRINGEND = (vandaag: Datum) => sql`d.gesloten_op is null
  and d.loopt_af < ${addDays(vandaag, ROOD_DAGEN)}::date
  and not exists (select from beleid.doorloop l where l.dossier_id = d.dossier_id
    and l.staat in ('loopt', 'gepauzeerd', 'voorgelegd'))`

/** The same borders as `verkeerslicht`, for a list. */
const LICHT: Readonly<Record<Verkeerslicht, (vandaag: Datum) => RawBuilder<unknown>>> = {
  onbekend: () => sql`d.loopt_af is null`,
  verlopen: vandaag => sql`d.loopt_af < ${vandaag}::date`,
  rood: vandaag => sql`d.loopt_af >= ${vandaag}::date and d.loopt_af < ${addDays(vandaag, ROOD_DAGEN)}::date`,
  oranje: vandaag =>
    sql`d.loopt_af >= ${addDays(vandaag, ROOD_DAGEN)}::date and d.loopt_af < ${addDays(vandaag, ORANJE_DAGEN)}::date`,
  groen: vandaag => sql`d.loopt_af >= ${addDays(vandaag, ORANJE_DAGEN)}::date`,
}

export async function listDossiers(
  db: Db,
  selectie: Selectie,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Dossier[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`d.loopt_af`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Dossier>`
    select ${KOLOMMEN} from ${BRON} where ${conditions(selectie)}
    order by ${kolom} ${richting} nulls last, d.dossier_id limit ${deel.aantal} offset ${deel.vanaf}`.execute(
    db,
  )
  return rows
}

export async function countDossiers(db: Db, selectie: Selectie): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${BRON} where ${conditions(selectie)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Dossiers by name or theme, for the search box. */
export async function searchDossiers(db: Db, zoek: string): Promise<Dossier[]> {
  const { rows } = await sql<Dossier>`
    select ${KOLOMMEN} from ${BRON} where d.naam ilike ${zoek} or d.thema ilike ${zoek}
    order by d.gesloten_op is not null, d.naam limit 10`.execute(db)
  return rows
}

/** Open dossiers whose policy has expired or does so within half a year, while no run is under way. */
export async function countDringend(db: Db, vandaag: Datum): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from beleid.dossier d where ${DRINGEND(vandaag)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function findDossier(db: Db, dossierId: number): Promise<Dossier | undefined> {
  const { rows } = await sql<Dossier>`
    select ${KOLOMMEN} from ${BRON} where d.dossier_id = ${dossierId}`.execute(db)
  return rows[0]
}

/** Waits for who closes this dossier or starts a run in it, and keeps others from it until the end of `tx`. */
export async function lockDossier(tx: Tx, dossierId: number): Promise<void> {
  await sql`select from beleid.dossier where dossier_id = ${dossierId} for no key update`.execute(tx)
}

export async function insertDossier(
  tx: Tx,
  d: Dossiergegevens,
  door: number | null,
  op: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into beleid.dossier (gemeente, naam, thema, wetten, toelichting, eigenaar, loopt_af, door, op)
    values (${d.gemeente}, ${d.naam}, ${d.thema}, ${d.wetten}::text[], ${d.toelichting}, ${d.eigenaarId}, ${d.looptAf},
            ${door}, ${op}) returning dossier_id as id`.execute(tx)
  const id = rows[0]?.id ?? 0
  await replaceSegmenten(tx, id, d.segmenten)
  return id
}

/** Changes a dossier if nobody else did since `versie`; answers whether it did. */
export async function updateDossier(
  tx: Tx,
  dossierId: number,
  versie: number,
  d: Dossiergegevens,
  door: number | null,
  op: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update beleid.dossier set gemeente = ${d.gemeente}, naam = ${d.naam}, thema = ${d.thema}, wetten = ${d.wetten}::text[],
      toelichting = ${d.toelichting}, eigenaar = ${d.eigenaarId}, loopt_af = ${d.looptAf}, door = ${door}, op = ${op},
      versie = versie + 1
    where dossier_id = ${dossierId} and versie = ${versie} returning 1`.execute(tx)
  if (rows.length > 0) await replaceSegmenten(tx, dossierId, d.segmenten)
  return rows.length > 0
}

/** Closes a dossier on this day, or opens it again with null. */
export async function setGesloten(tx: Tx, dossierId: number, op: Datum | null): Promise<void> {
  await sql`update beleid.dossier set gesloten_op = ${op}, versie = versie + 1 where dossier_id = ${dossierId}`.execute(
    tx,
  )
}

async function replaceSegmenten(tx: Tx, dossierId: number, segmenten: readonly number[]): Promise<void> {
  await sql`delete from beleid.dossier_segment where dossier_id = ${dossierId}`.execute(tx)
  await sql`insert into beleid.dossier_segment (dossier_id, segment_id)
    select ${dossierId}, segment_id from contracten.segment where segment_id = any (${[...segmenten]}::integer[])`.execute(
    tx,
  )
}

export interface Keuzes {
  /** Works for every municipality: may write policy of the region. The database holds it as well. */
  regionaal: boolean
  gemeenten: { waarde: string; naam: string }[]
  segmenten: { waarde: string; naam: string }[]
}

/** Municipalities whose policy the asker works on, and all segments. */
export async function listKeuzes(db: Db): Promise<Keuzes> {
  const gemeenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente
    where code = any ((select app.gemeenten_beleid())::text[]) order by naam`.execute(db)
  const segmenten = await sql<{ waarde: string; naam: string }>`
    select segment_id::text as waarde, naam from contracten.segment order by volgorde`.execute(db)
  return { gemeenten: gemeenten.rows, segmenten: segmenten.rows, regionaal: await isRegionaal(db) }
}
