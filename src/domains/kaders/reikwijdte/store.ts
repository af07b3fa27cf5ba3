import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Oordeel, Versie, Wet } from './rules.ts'

/** A subject of the protocol with what holds on one day. */
export interface Reikwijdte extends Versie {
  reikwijdteId: number
  /** Null: of the region. */
  gemeente: string | null
  wet: Wet
  onderwerp: string
  segmenten: number[]
  versie: number
}

export interface Filter {
  /** The day on which it must hold. */
  op: Datum
  zoek: string | null
  wet: Wet | null
  oordeel: Oordeel | null
  segment: number | null
  /** Null: all that the asker may see; '' is the region. */
  gemeente: string | null
}

const ONDERWERP = sql`r.reikwijdte_id as "reikwijdteId", r.gemeente, r.wet, r.onderwerp, r.versie,
  array(select s.segment_id from kaders.reikwijdte_segment s where s.reikwijdte_id = r.reikwijdte_id order by 1) as segmenten`
const VERSIE = sql`lower(v.geldigheid) as begin, (upper(v.geldigheid) - 1) as eind, v.oordeel, v.wel, v.niet,
  v.voorbeelden_wel as "voorbeeldenWel", v.voorbeelden_niet as "voorbeeldenNiet", v.normaliseren, v.grond`
const BRON = sql`kaders.reikwijdte r join kaders.reikwijdte_versie v using (reikwijdte_id)`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  onderwerp: sql`lower(r.onderwerp)`,
  wet: sql`array_position('{jw,wmo,pw,wlz,zvw,onderwijs}', r.wet)`,
  oordeel: sql`array_position('{wel,soms,niet}', v.oordeel)`,
  begin: sql`lower(v.geldigheid)`,
}
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

function conditions({ op, zoek, wet, oordeel, segment, gemeente }: Filter): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`v.geldigheid @> ${op}::date`]
  if (zoek !== null)
    eisen.push(sql`(r.onderwerp ilike ${zoek} or v.wel ilike ${zoek} or v.niet ilike ${zoek}
      or v.normaliseren ilike ${zoek}
      or array_to_string(v.voorbeelden_wel || v.voorbeelden_niet, ' ') ilike ${zoek})`)
  if (wet !== null) eisen.push(sql`r.wet = ${wet}`)
  if (oordeel !== null) eisen.push(sql`v.oordeel = ${oordeel}`)
  if (segment !== null)
    eisen.push(sql`exists (select from kaders.reikwijdte_segment s
      where s.reikwijdte_id = r.reikwijdte_id and s.segment_id = ${segment})`)
  if (gemeente !== null) eisen.push(sql`coalesce(r.gemeente, '') = ${gemeente}`)
  return sql.join(eisen, sql` and `)
}

export async function listReikwijdte(
  db: Db,
  filter: Filter,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Reikwijdte[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`lower(r.onderwerp)`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Reikwijdte>`
    select ${ONDERWERP}, ${VERSIE} from ${BRON} where ${conditions(filter)}
    order by ${kolom} ${richting}, lower(r.onderwerp), r.reikwijdte_id
    limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

export async function countReikwijdte(db: Db, filter: Filter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${BRON} where ${conditions(filter)}`.execute(db)
  return rows[0]?.n ?? 0
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
  const filter = { op: datum, zoek: null, wet: null, oordeel: null, segment: segmentId, gemeente: null }
  return listReikwijdte(db, filter, { kolom: 'wet', richting: 'op' }, { aantal: 1000, vanaf: 0 })
}

/** One subject as it holds on a day; undefined when it does not hold then, or may not be seen. */
export async function findReikwijdte(db: Db, id: number, datum: Datum): Promise<Reikwijdte | undefined> {
  const { rows } = await sql<Reikwijdte>`
    select ${ONDERWERP}, ${VERSIE} from ${BRON}
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
    select ${VERSIE}, g.naam as door, v.op
    from kaders.reikwijdte_versie v left join platform.gebruiker g on g.gebruiker_id = v.door
    where v.reikwijdte_id = ${id} order by lower(v.geldigheid) desc`.execute(db)
  return rows
}

/** Adds a subject; undefined when a preset has put it in before. */
export async function insertOnderwerp(
  tx: Tx,
  r: Pick<Reikwijdte, 'gemeente' | 'wet' | 'onderwerp'>,
  door: number | null,
  sleutel: string | null = null,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into kaders.reikwijdte (gemeente, wet, onderwerp, sleutel, gemaakt_door)
    values (${r.gemeente}, ${r.wet}, ${r.onderwerp}, ${sleutel}, ${door})
    on conflict (coalesce(gemeente, ''), sleutel) where sleutel is not null do nothing
    returning reikwijdte_id as id`.execute(tx)
  return rows[0]?.id
}

/** Takes the subject for a change, if nobody else changed it since `versie`. */
export async function updateOnderwerp(
  tx: Tx,
  doel: { id: number; versie: number },
  onderwerp: string,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.reikwijdte set onderwerp = ${onderwerp}, versie = versie + 1
    where reikwijdte_id = ${doel.id} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

export async function replaceSegmenten(tx: Tx, id: number, segmenten: readonly number[]): Promise<void> {
  await sql`delete from kaders.reikwijdte_segment
    where reikwijdte_id = ${id} and segment_id <> all (${[...segmenten]}::integer[])`.execute(tx)
  await sql`insert into kaders.reikwijdte_segment (reikwijdte_id, segment_id)
    select ${id}, unnest(${[...segmenten]}::integer[]) on conflict do nothing`.execute(tx)
}

/** Adds what holds from `begin` up to and including `eind` (null: until it is changed). */
export async function insertVersie(tx: Tx, id: number, v: Versie, door: number | null): Promise<void> {
  await sql`insert into kaders.reikwijdte_versie (reikwijdte_id, geldigheid, oordeel, wel, niet, voorbeelden_wel,
      voorbeelden_niet, normaliseren, grond, door)
    values (${id}, daterange(${v.begin}::date, ${v.eind}::date, '[]'), ${v.oordeel}, ${v.wel}, ${v.niet},
      ${[...v.voorbeeldenWel]}::text[], ${[...v.voorbeeldenNiet]}::text[], ${v.normaliseren}, ${v.grond}, ${door})`.execute(
    tx,
  )
}

/** Ends what still holds on the day before `vanaf`. */
export async function closeVersie(tx: Tx, id: number, vanaf: Datum): Promise<void> {
  await sql`update kaders.reikwijdte_versie set geldigheid = daterange(lower(geldigheid), ${vanaf}::date)
    where reikwijdte_id = ${id} and upper_inf(geldigheid)`.execute(tx)
}
