import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Actie, Hefboom, Staat } from './rules.ts'

/** What is written of a change assignment. */
export interface Opgavegegevens {
  /** Null: of the region. */
  gemeente: string | null
  thema: string
  titel: string
  doelgroep: string
  van: string
  naar: string
  /** What buying can reach, and what asks for something else. */
  metInkoop: string | null
  metAnders: string | null
  hefbomen: readonly Hefboom[]
  trekker: number | null
  indicator: string | null
  wet: 'jw' | 'wmo' | null
  richting: 'hoger' | 'lager' | null
  onderbouwing: string | null
  volgendeStap: string | null
  bron: string | null
  segmenten: readonly number[]
}

export interface Opgave extends Opgavegegevens {
  opgaveId: number
  staat: Staat
  versie: number
  trekkerNaam: string | null
  gewijzigdOp: Date
  gewijzigdDoor: string | null
  acties: Pick<Actie, 'staat' | 'klaarOp'>[]
  /** Day of the last progress entry. */
  laatste: Datum | null
}

export interface Filter {
  zoek: string | null
  /** Null: all that the asker may see; '' is the region. */
  gemeente: string | null
  staat: Staat | null
  hefboom: Hefboom | null
  segment: number | null
}

const KOLOMMEN = sql`o.opgave_id as "opgaveId", o.gemeente, o.thema, o.titel, o.doelgroep, o.van, o.naar,
  o.met_inkoop as "metInkoop", o.met_anders as "metAnders", o.hefbomen, o.trekker, t.naam as "trekkerNaam", o.indicator,
  o.wet, o.richting, o.onderbouwing, o.volgende_stap as "volgendeStap", o.bron, o.staat, o.versie,
  o.gewijzigd_op as "gewijzigdOp", w.naam as "gewijzigdDoor",
  array(select s.segment_id from kaders.opgave_segment s where s.opgave_id = o.opgave_id order by 1) as segmenten,
  coalesce((select jsonb_agg(jsonb_build_object('staat', a.staat, 'klaarOp', a.klaar_op))
    from kaders.opgave_actie a where a.opgave_id = o.opgave_id), '[]') as acties,
  (select max(v.datum) from kaders.opgave_voortgang v where v.opgave_id = o.opgave_id) as laatste`
const BRON = sql`kaders.opgave o left join platform.gebruiker t on t.gebruiker_id = o.trekker
  left join platform.gebruiker w on w.gebruiker_id = o.gewijzigd_door`

function conditions({ zoek, gemeente, staat, hefboom, segment }: Filter): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  if (zoek !== null)
    eisen.push(sql`(o.titel ilike ${zoek} or o.doelgroep ilike ${zoek} or o.van ilike ${zoek} or o.naar ilike ${zoek}
      or o.thema ilike ${zoek})`)
  if (gemeente !== null) eisen.push(sql`coalesce(o.gemeente, '') = ${gemeente}`)
  if (staat !== null) eisen.push(sql`o.staat = ${staat}`)
  if (hefboom !== null) eisen.push(sql`${hefboom} = any (o.hefbomen)`)
  if (segment !== null)
    eisen.push(sql`exists (select from kaders.opgave_segment s
      where s.opgave_id = o.opgave_id and s.segment_id = ${segment})`)
  return sql.join(eisen, sql` and `)
}

/** By theme, running ones first. */
export async function listOpgaven(
  db: Db,
  filter: Filter,
  deel: { aantal: number; vanaf: number },
): Promise<Opgave[]> {
  const { rows } = await sql<Opgave>`
    select ${KOLOMMEN} from ${BRON} where ${conditions(filter)}
    order by o.thema, array_position('{loopt,voorgenomen,bereikt,gestopt}', o.staat), o.titel, o.opgave_id
    limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

export async function countOpgaven(db: Db, filter: Filter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from kaders.opgave o where ${conditions(filter)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function findOpgave(db: Db, id: number): Promise<Opgave | undefined> {
  const { rows } = await sql<Opgave>`select ${KOLOMMEN} from ${BRON} where o.opgave_id = ${id}`.execute(db)
  return rows[0]
}

export async function insertOpgave(
  tx: Tx,
  o: Opgavegegevens,
  door: number | null,
  preset: { sleutel: string; staat: Staat } | null = null,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into kaders.opgave (gemeente, thema, titel, doelgroep, van, naar, met_inkoop, met_anders, hefbomen, trekker,
      indicator, wet, richting, onderbouwing, volgende_stap, bron, staat, sleutel, gemaakt_door, gewijzigd_door)
    values (${o.gemeente}, ${o.thema}, ${o.titel}, ${o.doelgroep}, ${o.van}, ${o.naar}, ${o.metInkoop}, ${o.metAnders},
      ${[...o.hefbomen]}::text[], ${o.trekker}, ${o.indicator}, ${o.wet}, ${o.richting}, ${o.onderbouwing},
      ${o.volgendeStap}, ${o.bron}, ${preset?.staat ?? 'voorgenomen'}, ${preset?.sleutel ?? null}, ${door}, ${door})
    on conflict (coalesce(gemeente, ''), sleutel) where sleutel is not null do nothing
    returning opgave_id as id`.execute(tx)
  const id = rows[0]?.id
  if (id !== undefined) {
    await replaceSegmenten(tx, id, o.segmenten)
    await insertStaat(tx, id, preset?.staat ?? 'voorgenomen', null, door)
  }
  return id
}

/** Changes an assignment if nobody else did since `versie`; whose it is stays. */
export async function updateOpgave(
  tx: Tx,
  opgave: { id: number; versie: number },
  o: Opgavegegevens,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.opgave set thema = ${o.thema}, titel = ${o.titel}, doelgroep = ${o.doelgroep}, van = ${o.van},
      naar = ${o.naar}, met_inkoop = ${o.metInkoop}, met_anders = ${o.metAnders}, hefbomen = ${[...o.hefbomen]}::text[],
      trekker = ${o.trekker}, indicator = ${o.indicator}, wet = ${o.wet}, richting = ${o.richting},
      onderbouwing = ${o.onderbouwing}, volgende_stap = ${o.volgendeStap}, bron = ${o.bron}, gewijzigd_door = ${door},
      gewijzigd_op = now(), versie = versie + 1
    where opgave_id = ${opgave.id} and versie = ${opgave.versie} returning 1`.execute(tx)
  if (rows.length > 0) await replaceSegmenten(tx, opgave.id, o.segmenten)
  return rows.length > 0
}

async function replaceSegmenten(tx: Tx, id: number, segmenten: readonly number[]): Promise<void> {
  await sql`delete from kaders.opgave_segment
    where opgave_id = ${id} and segment_id <> all (${[...segmenten]}::integer[])`.execute(tx)
  await sql`insert into kaders.opgave_segment (opgave_id, segment_id)
    select ${id}, unnest(${[...segmenten]}::integer[]) on conflict do nothing`.execute(tx)
}

/** Moves an assignment to another state if nobody else changed it since `versie`. */
export async function updateStaat(
  tx: Tx,
  opgave: { id: number; versie: number },
  staat: Staat,
  reden: string | null,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.opgave set staat = ${staat}, versie = versie + 1
    where opgave_id = ${opgave.id} and versie = ${opgave.versie} returning 1`.execute(tx)
  if (rows.length > 0) await insertStaat(tx, opgave.id, staat, reden, door)
  return rows.length > 0
}

async function insertStaat(tx: Tx, id: number, staat: Staat, reden: string | null, door: number | null) {
  await sql`insert into kaders.opgave_staat (opgave_id, staat, reden, door)
    values (${id}, ${staat}, ${reden}, ${door})`.execute(tx)
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

export interface Voortganginvoer {
  datum: Datum
  verhaal: string
  getal: number | null
  eenheid: string | null
}

export interface Voortgang extends Voortganginvoer {
  voortgangId: number
  door: string | null
  op: Date
}

/** Newest first. */
export async function listVoortgang(db: Db, id: number): Promise<Voortgang[]> {
  const { rows } = await sql<Voortgang>`
    select v.voortgang_id as "voortgangId", v.datum, v.verhaal, v.getal, v.eenheid, v.op, g.naam as door
    from kaders.opgave_voortgang v left join platform.gebruiker g on g.gebruiker_id = v.door
    where v.opgave_id = ${id} order by v.datum desc, v.voortgang_id desc`.execute(db)
  return rows
}

/** Adds progress; false when this person told the same before: sent twice, and what is told cannot be taken back. */
export async function insertVoortgang(
  tx: Tx,
  id: number,
  v: Voortganginvoer,
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

export type Actiegegevens = Omit<Actie, 'actieId'>

export interface Actierij extends Actie {
  eigenaarNaam: string | null
  versie: number
}

/** What is still to do first, then by day. */
export async function listActies(db: Db, opgaveId: number): Promise<Actierij[]> {
  const { rows } = await sql<Actierij>`
    select a.actie_id as "actieId", a.hefboom, a.tekst, a.eigenaar, g.naam as "eigenaarNaam", a.klaar_op as "klaarOp",
           a.staat, a.versie
    from kaders.opgave_actie a left join platform.gebruiker g on g.gebruiker_id = a.eigenaar
    where a.opgave_id = ${opgaveId}
    order by array_position('{open,klaar,vervallen}', a.staat), a.klaar_op nulls last, a.actie_id`.execute(db)
  return rows
}

export async function insertActie(
  tx: Tx,
  opgaveId: number,
  a: Actiegegevens,
  door: number | null,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into kaders.opgave_actie (opgave_id, hefboom, tekst, eigenaar, klaar_op, staat, door, gewijzigd_door)
    values (${opgaveId}, ${a.hefboom}, ${a.tekst}, ${a.eigenaar}, ${a.klaarOp}, ${a.staat}, ${door}, ${door})
    returning actie_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Changes an action of this assignment if nobody else did since `versie`. */
export async function updateActie(
  tx: Tx,
  actie: { opgave: number; id: number; versie: number },
  a: Actiegegevens,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.opgave_actie set hefboom = ${a.hefboom}, tekst = ${a.tekst}, eigenaar = ${a.eigenaar},
      klaar_op = ${a.klaarOp}, staat = ${a.staat}, gewijzigd_door = ${door}, gewijzigd_op = now(), versie = versie + 1
    where opgave_id = ${actie.opgave} and actie_id = ${actie.id} and versie = ${actie.versie} returning 1`.execute(
    tx,
  )
  return rows.length > 0
}
