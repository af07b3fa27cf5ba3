import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import { gelijkEis, type Lijstbron, searchEis } from '../../../platform/db/lijst.ts'
import { columns, insertPart } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import { eigenaarEis } from '../bereik/store.ts'
import type { Actie, Staat } from './rules.ts'
import { type ACTIE, KOLOMMEN, type OPGAVE, VOORTGANG } from './velden.ts'

export interface Opgave extends Gegevens<typeof OPGAVE> {
  opgaveId: number
  /** Null: of the region. */
  gemeente: string | null
  staat: Staat
  versie: number
  trekkerNaam: string | null
  gewijzigdOp: Date
  gewijzigdDoor: string | null
  acties: Actie[]
  /** Day of the last progress entry. */
  laatste: Datum | null
}

/** By theme, running ones first. */
export const OPGAVEN: Lijstbron<Opgave> = {
  kolommen: sql`o.opgave_id as "opgaveId", o.gemeente, ${columns('o', KOLOMMEN)}, o.trekker::text, t.naam as "trekkerNaam",
    o.staat, o.versie, o.gewijzigd_op as "gewijzigdOp", w.naam as "gewijzigdDoor",
    array(select s.segment_id::text from kaders.opgave_segment s where s.opgave_id = o.opgave_id order by s.segment_id)
      as segmenten,
    coalesce((select jsonb_agg(jsonb_build_object('staat', a.staat, 'klaarOp', a.klaar_op))
      from kaders.opgave_actie a where a.opgave_id = o.opgave_id), '[]') as acties,
    (select max(v.datum) from kaders.opgave_voortgang v where v.opgave_id = o.opgave_id) as laatste`,
  van: sql`kaders.opgave o left join platform.gebruiker t on t.gebruiker_id = o.trekker
    left join platform.gebruiker w on w.gebruiker_id = o.gewijzigd_door`,
  sleutel: sql`o.opgave_id`,
  volgorde: {
    thema: sql`o.thema, array_position('{loopt,voorgenomen,bereikt,gestopt}', o.staat), o.titel`,
  },
  eisen: {
    zoek: searchEis(sql`o.titel`, sql`o.doelgroep`, sql`o.van`, sql`o.naar`, sql`o.thema`),
    gemeente: eigenaarEis(sql`o.gemeente`),
    staat: gelijkEis(sql`o.staat`),
    hefboom: hefboom => (hefboom === '' ? null : sql`${hefboom} = any (o.hefbomen)`),
    segment: segment =>
      segment === ''
        ? null
        : sql`exists (select from kaders.opgave_segment s
            where s.opgave_id = o.opgave_id and s.segment_id = ${segment}::integer)`,
  },
}

export async function replaceSegmenten(tx: Tx, id: number, segmenten: readonly string[]): Promise<void> {
  await sql`delete from kaders.opgave_segment
    where opgave_id = ${id} and segment_id <> all (${[...segmenten]}::integer[])`.execute(tx)
  await sql`insert into kaders.opgave_segment (opgave_id, segment_id)
    select ${id}, unnest(${[...segmenten]}::integer[]) on conflict do nothing`.execute(tx)
}

/** Adds to the history of states. */
export async function insertStaat(
  tx: Tx,
  opgaveId: number,
  wissel: { staat: Staat; reden: string | null },
  door: number | null,
): Promise<void> {
  await insertPart(tx, 'kaders.opgave_staat', { opgaveId, ...wissel, door })
}

export interface Staatswissel {
  staat: Staat
  reden: string | null
  op: Date
  door: string | null
}

/** Newest first. */
export async function listStaatswissels(db: Db, id: number): Promise<Staatswissel[]> {
  const { rows } = await sql<Staatswissel>`
    select s.staat, s.reden, s.op, g.naam as door
    from kaders.opgave_staat s left join platform.gebruiker g on g.gebruiker_id = s.door
    where s.opgave_id = ${id} order by s.opgave_staat_id desc`.execute(db)
  return rows
}

export interface Voortgang extends Gegevens<typeof VOORTGANG> {
  voortgangId: number
  door: string | null
  op: Date
}

/** Newest first. */
export async function listVoortgang(db: Db, id: number): Promise<Voortgang[]> {
  const { rows } = await sql<Voortgang>`
    select v.voortgang_id as "voortgangId", ${columns('v', VOORTGANG)}, v.op, g.naam as door
    from kaders.opgave_voortgang v left join platform.gebruiker g on g.gebruiker_id = v.door
    where v.opgave_id = ${id} order by v.datum desc, v.voortgang_id desc`.execute(db)
  return rows
}

/** Adds progress; false when this person told the same before: sent twice, and what is told cannot be taken back. */
export async function insertVoortgang(
  tx: Tx,
  id: number,
  v: Gegevens<typeof VOORTGANG>,
  door: number | null,
): Promise<boolean> {
  await takeTurn(tx, `kaders.opgave_voortgang ${id}`)
  const { rows } = await sql`
    with nieuw (datum, verhaal, getal, eenheid, door) as
      (values (${v.datum}::date, ${v.verhaal}, ${v.getal}::numeric, ${v.eenheid}, ${door}::integer))
    insert into kaders.opgave_voortgang (opgave_id, datum, verhaal, getal, eenheid, door)
    select ${id}::integer, n.* from nieuw n where not exists (
      select from kaders.opgave_voortgang v where v.opgave_id = ${id}
        and (v.datum, v.verhaal, v.getal, v.eenheid, v.door) is not distinct from (n.datum, n.verhaal, n.getal, n.eenheid, n.door))
    returning 1`.execute(tx)
  return rows.length > 0
}

export interface Actierij extends Gegevens<typeof ACTIE> {
  actieId: number
  eigenaarNaam: string | null
  versie: number
}

/** What is still to do first, then by day. */
export async function listActies(db: Db, opgaveId: number): Promise<Actierij[]> {
  const { rows } = await sql<Actierij>`
    select a.actie_id as "actieId", a.hefboom, a.tekst, a.eigenaar::text, g.naam as "eigenaarNaam",
           a.klaar_op as "klaarOp", a.staat, a.versie
    from kaders.opgave_actie a left join platform.gebruiker g on g.gebruiker_id = a.eigenaar
    where a.opgave_id = ${opgaveId}
    order by array_position('{open,klaar,vervallen}', a.staat), a.klaar_op nulls last, a.actie_id`.execute(db)
  return rows
}
