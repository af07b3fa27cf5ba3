import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Staat, Wet } from '../../dossiers/rules.ts'
import type { Methode } from '../methode/rules.ts'
import { KENMERK, readInhoud } from '../methode/store.ts'
import type { Standen, Stap, Vraagstand } from './rules.ts'

/** A run with the dossier it belongs to and the method it follows. */
export interface Doorloop {
  doorloopId: number
  dossierId: number
  nummer: number
  staat: Staat
  trekkerId: number
  trekker: string
  methode: Methode
  methodeVersie: number
  begonnenOp: Date
  versie: number
  dossier: string
  thema: string
  wetten: Wet[]
  /** Null: of the region. */
  gemeente: string | null
  gemeenteNaam: string | null
  looptAf: Datum | null
}

export async function findDoorloop(db: Db, doorloopId: number): Promise<Doorloop | undefined> {
  const { rows } = await sql<Omit<Doorloop, 'methode'> & { methodeId: number; kenmerk: string }>`
    select l.doorloop_id as "doorloopId", l.dossier_id as "dossierId", l.nummer, l.staat, l.trekker as "trekkerId",
           g.naam as trekker, m.methode_id as "methodeId", ${KENMERK} as kenmerk, m.versie as "methodeVersie", l.begonnen_op as "begonnenOp", l.versie,
           d.naam as dossier, d.thema, d.wetten, d.gemeente, gm.naam as "gemeenteNaam", d.loopt_af as "looptAf"
    from beleid.doorloop l
    join beleid.dossier d using (dossier_id)
    join beleid.methode m using (methode_id)
    join platform.gebruiker g on g.gebruiker_id = l.trekker
    left join contracten.gemeente gm on gm.code = d.gemeente
    where l.doorloop_id = ${doorloopId}`.execute(db)
  const [rij] = rows
  if (rij === undefined) return undefined
  const { methodeId, kenmerk, ...doorloop } = rij
  return { ...doorloop, methode: await readInhoud(db, methodeId, kenmerk) }
}

/** Keeps a run in its state until the transaction ends: many may hold it at once, but nobody moves it meanwhile. */
export async function lockDoorloop(tx: Tx, doorloopId: number): Promise<void> {
  await sql`select from beleid.doorloop where doorloop_id = ${doorloopId} for share`.execute(tx)
}

/** One piece of a run with who saved it last. */
export interface Deel<Inhoud> {
  sleutel: string
  aanbodId: number | null
  inhoud: Inhoud
  versie: number
  door: string | null
  op: Date
}

/** All pieces of one kind; the caller knows their form, since only its own action writes them. */
export async function listDelen<Inhoud>(
  db: Db,
  doorloopId: number,
  onderdeel: string,
): Promise<Deel<Inhoud>[]> {
  const { rows } = await sql<Deel<Inhoud>>`
    select d.sleutel, d.aanbod_id as "aanbodId", d.inhoud, d.versie, g.naam as door, d.op
    from beleid.deel d left join platform.gebruiker g on g.gebruiker_id = d.door
    where d.doorloop_id = ${doorloopId} and d.onderdeel = ${onderdeel} order by d.sleutel`.execute(db)
  return rows
}

export async function findDeel<Inhoud>(
  db: Db,
  doorloopId: number,
  onderdeel: string,
  sleutel: string,
): Promise<Deel<Inhoud> | undefined> {
  const { rows } = await sql<Deel<Inhoud>>`
    select d.sleutel, d.aanbod_id as "aanbodId", d.inhoud, d.versie, g.naam as door, d.op
    from beleid.deel d left join platform.gebruiker g on g.gebruiker_id = d.door
    where d.doorloop_id = ${doorloopId} and d.onderdeel = ${onderdeel} and d.sleutel = ${sleutel}`.execute(db)
  return rows[0]
}

/** The last states that a piece has had, newest first; `aantal` null: every one. */
export async function listDeelversies<Inhoud>(
  db: Db,
  doorloopId: number,
  onderdeel: string,
  sleutel: string,
  aantal: number | null = null,
): Promise<Deel<Inhoud>[]> {
  const { rows } = await sql<Deel<Inhoud>>`
    select d.sleutel, null::integer as "aanbodId", d.inhoud, d.versie, g.naam as door, d.op
    from beleid.deel_versie d left join platform.gebruiker g on g.gebruiker_id = d.door
    where d.doorloop_id = ${doorloopId} and d.onderdeel = ${onderdeel} and d.sleutel = ${sleutel}
    order by d.versie desc limit ${aantal}::integer`.execute(db)
  return rows
}

export interface Teschrijven {
  doorloopId: number
  dossierId: number
  onderdeel: string
  sleutel: string
  aanbodId: number | null
  inhoud: object
  /** The version on which it was filled in; 0 when there was none yet. */
  versie: number
  door: number | null
  op: Date
}

/** Writes a piece if nobody else did since `versie`, and keeps the state; answers whether it did. */
export async function writeDeel(tx: Tx, d: Teschrijven): Promise<boolean> {
  const inhoud = JSON.stringify(d.inhoud)
  const { rows } = await sql`
    with geschreven as (
      insert into beleid.deel as nu (doorloop_id, dossier_id, onderdeel, sleutel, aanbod_id, inhoud, door, op)
      select ${d.doorloopId}, ${d.dossierId}, ${d.onderdeel}, ${d.sleutel}, ${d.aanbodId}::integer, ${inhoud}::jsonb,
             ${d.door}::integer, ${d.op}::timestamptz
      on conflict (doorloop_id, onderdeel, sleutel) do update
        set inhoud = excluded.inhoud, door = excluded.door, op = excluded.op, versie = nu.versie + 1
        where nu.versie = ${d.versie}
      returning *)
    insert into beleid.deel_versie (doorloop_id, dossier_id, onderdeel, sleutel, versie, inhoud, door, op)
    select doorloop_id, dossier_id, onderdeel, sleutel, versie, inhoud, door, op from geschreven
    returning versie`.execute(tx)
  return rows.length > 0
}

/** How far every question is. */
export async function mapStanden(db: Db, doorloopId: number): Promise<Standen> {
  const { rows } = await sql<{ sleutel: string; staat: Vraagstand }>`
    select sleutel, inhoud ->> 'staat' as staat from beleid.deel
    where doorloop_id = ${doorloopId} and onderdeel = 'antwoord'`.execute(db)
  return new Map(rows.map(rij => [rij.sleutel, rij.staat]))
}

/** Offers that stand in the inventory of a dossier now. */
export async function countAanbod(db: Db, dossierId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from beleid.aanbod where dossier_id = ${dossierId} and vervallen_op is null`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

export interface Doorloopstap {
  stap: Stap | 'begin'
  toelichting: string
  naar: string | null
  door: string | null
  op: Date
}

/** What happened to a run, newest first. */
export async function listDoorloopstappen(db: Db, doorloopId: number): Promise<Doorloopstap[]> {
  const { rows } = await sql<Doorloopstap>`
    select s.stap, s.toelichting, n.naam as naar, g.naam as door, s.op
    from beleid.doorloop_stap s
    left join platform.gebruiker n on n.gebruiker_id = s.naar
    left join platform.gebruiker g on g.gebruiker_id = s.door
    where s.doorloop_id = ${doorloopId} order by s.stap_id desc`.execute(db)
  return rows
}

export async function insertDoorloop(
  tx: Tx,
  d: { dossierId: number; methodeId: number; trekker: number; door: number | null; op: Date },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with nieuw as (
      insert into beleid.doorloop (dossier_id, nummer, methode_id, trekker, begonnen_op)
      select ${d.dossierId}, coalesce(max(nummer), 0) + 1, ${d.methodeId}, ${d.trekker}, ${d.op}
      from beleid.doorloop where dossier_id = ${d.dossierId} returning doorloop_id, dossier_id)
    insert into beleid.doorloop_stap (doorloop_id, dossier_id, stap, naar, door, op)
    select doorloop_id, dossier_id, 'begin', ${d.trekker}::integer, ${d.door}::integer, ${d.op}::timestamptz from nieuw
    returning doorloop_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Takes a step if the run is still at `versie`; answers whether it did. */
export async function writeStap(
  tx: Tx,
  doorloop: Pick<Doorloop, 'doorloopId' | 'versie'>,
  stap: {
    stap: Stap
    naar: Staat
    trekker: number
    toelichting: string
    overgedragenAan: number | null
    door: number | null
    op: Date
  },
): Promise<boolean> {
  const { rows } = await sql`
    with gezet as (
      update beleid.doorloop set staat = ${stap.naar}, trekker = ${stap.trekker}, versie = versie + 1
      where doorloop_id = ${doorloop.doorloopId} and versie = ${doorloop.versie} returning doorloop_id, dossier_id)
    insert into beleid.doorloop_stap (doorloop_id, dossier_id, stap, toelichting, naar, door, op)
    select doorloop_id, dossier_id, ${stap.stap}, ${stap.toelichting}, ${stap.overgedragenAan}::integer,
           ${stap.door}::integer, ${stap.op}::timestamptz from gezet
    returning 1`.execute(tx)
  return rows.length > 0
}

export interface Doorloopregel {
  doorloopId: number
  nummer: number
  staat: Staat
  trekker: string
  begonnenOp: Date
  methode: string
  conclusies: number
  besluitOp: Datum | null
}

/** Every run of a dossier, newest first. */
export async function listDoorlopen(db: Db, dossierId: number): Promise<Doorloopregel[]> {
  const { rows } = await sql<Doorloopregel>`
    select l.doorloop_id as "doorloopId", l.nummer, l.staat, g.naam as trekker, l.begonnen_op as "begonnenOp",
           m.naam || ', versie ' || m.versie as methode,
           (select count(*) from beleid.conclusie c where c.doorloop_id = l.doorloop_id and c.geschrapt_op is null) as conclusies,
           (select max(b.datum) from beleid.besluit b where b.doorloop_id = l.doorloop_id
              and b.uitkomst like 'vastgesteld%') as "besluitOp"
    from beleid.doorloop l join platform.gebruiker g on g.gebruiker_id = l.trekker join beleid.methode m using (methode_id)
    where l.dossier_id = ${dossierId} order by l.nummer desc`.execute(db)
  return rows
}
