import { type RawBuilder, sql } from 'kysely'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { addDays, type Datum } from '../../../platform/dates.ts'
import { type Lijstbron, searchEis } from '../../../platform/db/lijst.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { ORANJE_DAGEN, ROOD_DAGEN, type Staat, type Verkeerslicht, type Wet } from './rules.ts'
import { REGIO } from './velden.ts'

export interface Dossier {
  dossierId: number
  naam: string
  thema: string
  wetten: Wet[]
  /** Null: of the region. */
  gemeente: string | null
  toelichting: string
  eigenaarId: number
  looptAf: Datum | null
  segmenten: number[]
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

/** The register as it stands on the day it is looked at; closed dossiers only when they are asked. */
export const DOSSIERS = (vandaag: Datum): Lijstbron<Dossier> => ({
  kolommen: KOLOMMEN,
  van: BRON,
  sleutel: sql`d.dossier_id`,
  volgorde: {
    naam: sql`d.naam`,
    thema: sql`d.thema`,
    gemeente: sql`gm.naam`,
    loopt_af: sql`d.loopt_af`,
    eigenaar: sql`e.naam`,
  },
  eisen: {
    zoek: searchEis(sql`d.naam`, sql`d.thema`, sql`e.naam`),
    wet: wet => (wet === '' ? null : sql`${wet} = any (d.wetten)`),
    gemeente: gemeente =>
      gemeente === '' ? null : sql`d.gemeente is not distinct from ${gemeente === REGIO ? null : gemeente}`,
    licht: licht =>
      licht === '' ? null : licht === 'dringend' ? DRINGEND(vandaag) : LICHT[licht as Verkeerslicht](vandaag),
    doorloop: doorloop =>
      doorloop === '' ? null : doorloop === 'geen' ? sql`l.doorloop_id is null` : sql`l.staat = ${doorloop}`,
    dossiers: dossiers => sql`(d.gesloten_op is not null) = ${dossiers === 'gesloten'}`,
  },
})

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

/** Closes a dossier on this day, or opens it again with null. */
export async function setGesloten(tx: Tx, dossierId: number, op: Datum | null): Promise<void> {
  await sql`update beleid.dossier set gesloten_op = ${op}, versie = versie + 1 where dossier_id = ${dossierId}`.execute(
    tx,
  )
}

/** The segments that a dossier is about, in place of those it was about. */
export async function replaceSegmenten(
  tx: Tx,
  dossierId: number,
  segmenten: readonly string[],
): Promise<void> {
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
