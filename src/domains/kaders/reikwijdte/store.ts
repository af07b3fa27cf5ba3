import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { gelijkEis, type Lijstbron, listRows, searchEis } from '../../../platform/db/lijst.ts'
import { columns, insertPart } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { eigenaarEis } from '../bereik/store.ts'
import { OORDELEN, type Versie, WETTEN, type Wet } from './rules.ts'
import { VERSIE } from './velden.ts'

/** A subject of the protocol with what holds on one day. */
export interface Reikwijdte extends Versie {
  reikwijdteId: number
  /** Null: of the region. */
  gemeente: string | null
  wet: Wet
  onderwerp: string
  segmenten: string[]
  versie: number
}

const ONDERWERP = sql`r.reikwijdte_id as "reikwijdteId", r.gemeente, r.wet, r.onderwerp, r.versie,
  array(select s.segment_id::text from kaders.reikwijdte_segment s where s.reikwijdte_id = r.reikwijdte_id order by s.segment_id) as segmenten`
const VERSIEKOLOMMEN = sql`lower(v.geldigheid) as begin, (upper(v.geldigheid) - 1) as eind, ${columns('v', VERSIE)}`

/** What holds on the day `op`. */
export const PROTOCOL: Lijstbron<Reikwijdte> = {
  kolommen: sql`${ONDERWERP}, ${VERSIEKOLOMMEN}`,
  van: sql`kaders.reikwijdte r join kaders.reikwijdte_versie v using (reikwijdte_id)`,
  sleutel: sql`r.reikwijdte_id`,
  volgorde: {
    onderwerp: sql`lower(r.onderwerp)`,
    wet: sql`array_position(${[...WETTEN]}::text[], r.wet), lower(r.onderwerp)`,
    oordeel: sql`array_position(${[...OORDELEN]}::text[], v.oordeel)`,
    begin: sql`lower(v.geldigheid)`,
  },
  eisen: {
    op: dag => sql`v.geldigheid @> ${dag}::date`,
    zoek: searchEis(
      sql`r.onderwerp`,
      sql`v.wel`,
      sql`v.niet`,
      sql`v.normaliseren`,
      sql`array_to_string(v.voorbeelden_wel || v.voorbeelden_niet, ' ')`,
    ),
    wet: gelijkEis(sql`r.wet`),
    oordeel: gelijkEis(sql`v.oordeel`),
    segment: segment =>
      segment === ''
        ? null
        : sql`exists (select from kaders.reikwijdte_segment s
            where s.reikwijdte_id = r.reikwijdte_id and s.segment_id = ${segment}::integer)`,
    gemeente: eigenaarEis(sql`r.gemeente`),
  },
}

/**
 * What the gemeente does and does not buy on a day, of the region and of the municipalities that the asker works for;
 * with `segmentId` only what is linked to that segment. By law, then subject. Grondslag: 000 § oplossingen in het gewone
 * leven; 003 § 5.4.
 */
export async function listReikwijdteOp(
  db: Db,
  datum: Datum,
  segmentId: number | null = null,
): Promise<Reikwijdte[]> {
  const filter = { op: datum, segment: segmentId === null ? '' : String(segmentId) }
  return listRows(db, PROTOCOL, filter, { kolom: 'wet', richting: 'op' }, { aantal: 1000, vanaf: 0 })
}

/** One subject as it holds on a day; undefined when it does not hold then, or may not be seen. */
export async function findReikwijdte(db: Db, id: number, datum: Datum): Promise<Reikwijdte | undefined> {
  const { rows } = await sql<Reikwijdte>`
    select ${PROTOCOL.kolommen} from ${PROTOCOL.van}
    where r.reikwijdte_id = ${id} and v.geldigheid @> ${datum}::date`.execute(db)
  return rows[0]
}

export type Onderwerp = Pick<
  Reikwijdte,
  'reikwijdteId' | 'gemeente' | 'wet' | 'onderwerp' | 'segmenten' | 'versie'
>

export async function findOnderwerp(db: Db, id: number): Promise<Onderwerp | undefined> {
  const { rows } = await sql<Onderwerp>`
    select ${ONDERWERP} from kaders.reikwijdte r where r.reikwijdte_id = ${id}`.execute(db)
  return rows[0]
}

export interface Versierij extends Versie {
  door: string | null
  op: Date
}

/** Every version ever laid down, newest first. */
export async function listVersies(db: Db, id: number): Promise<Versierij[]> {
  const { rows } = await sql<Versierij>`
    select ${VERSIEKOLOMMEN}, g.naam as door, v.op
    from kaders.reikwijdte_versie v left join platform.gebruiker g on g.gebruiker_id = v.door
    where v.reikwijdte_id = ${id} order by lower(v.geldigheid) desc`.execute(db)
  return rows
}

export async function replaceSegmenten(tx: Tx, id: number, segmenten: readonly string[]): Promise<void> {
  await sql`delete from kaders.reikwijdte_segment
    where reikwijdte_id = ${id} and segment_id <> all (${[...segmenten]}::integer[])`.execute(tx)
  await sql`insert into kaders.reikwijdte_segment (reikwijdte_id, segment_id)
    select ${id}, unnest(${[...segmenten]}::integer[]) on conflict do nothing`.execute(tx)
}

/** Adds what holds from `begin` up to and including `eind` (null: until it is changed). */
export async function insertVersie(tx: Tx, id: number, v: Versie, door: number | null): Promise<void> {
  const { begin, eind, ...inhoud } = v
  await insertPart(tx, 'kaders.reikwijdte_versie', {
    reikwijdteId: id,
    geldigheid: sql`daterange(${begin}::date, ${eind}::date, '[]')`,
    ...inhoud,
    door,
  })
}

/** Ends what still holds on the day before `vanaf`. */
export async function closeVersie(tx: Tx, id: number, vanaf: Datum): Promise<void> {
  await sql`update kaders.reikwijdte_versie set geldigheid = daterange(lower(geldigheid), ${vanaf}::date)
    where reikwijdte_id = ${id} and upper_inf(geldigheid)`.execute(tx)
}
