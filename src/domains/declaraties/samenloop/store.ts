import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { isAangehouden, type Oordeel, type Stand } from './rules.ts'

export interface Regelsleutel {
  gemeente: string
  declaratieId: number
  regel: number
}

/** With what a line overlaps: one at another municipality, or an earlier one on the same toewijzing. */
export type Soort = 'elders' | 'hier'

/** A line that is or was claimed twice; nothing in it is about the person. */
export interface Samenloop extends Regelsleutel {
  gemeenteNaam: string
  aanbieder: string
  nummer: string
  referentie: string
  product: string | null
  code: string
  begin: Datum
  eind: Datum
  bedrag: Eurocent
  toewijzingId: number
  betaaldOp: Datum | null
  /** It has a payment of its own. */
  apart: boolean
  soort: Soort
  stand: Stand
  /** Fingerprint of the lines it overlaps with: for comparing. Never shown as it is (0030_verdediging.sql). */
  over: Buffer
}

export interface Declaratiesleutel {
  gemeente: string
  declaratieId: number
}

/** The lines that were claimed twice, of these declaraties or of all within the scope, and how each stands. */
const GEVONDEN = (van?: readonly Declaratiesleutel[]) =>
  van === undefined
    ? sql`declaraties.list_samenloop()`
    : sql`declaraties.list_samenloop(${van.map(d => d.gemeente)}::text[], ${van.map(d => d.declaratieId)}::bigint[])`

/** Who asks as a provider sees that its money waits, and no more than that. */
const VAN_DE_GEMEENTE = sql`s.gemeente = any ((select app.gemeenten_client())::text[])`

/**
 * The lines of the asker's own municipalities that overlap, or overlapped when it was decided not to pay them; the oldest
 * first. With `van` only those of these declaraties.
 */
export async function listSamenloop(db: Db, van?: readonly Declaratiesleutel[]): Promise<Samenloop[]> {
  if (van?.length === 0) return []
  const { rows } = await sql<Samenloop>`
    select p.gemeente, p.declaratie_id as "declaratieId", p.regel, g.naam as "gemeenteNaam", a.naam as aanbieder, d.nummer,
           p.referentie, c.naam as product, p.code, p.begin, p.eind, p.bedrag,
           p.toewijzing_id as "toewijzingId", s.soort, s.stand, s.over,
           apart.betaling_id is not null as apart,
           case when apart.betaling_id is null then heel.betaald_op else apart.betaald_op end as "betaaldOp"
    from ${GEVONDEN(van)} s
    join declaraties.prestatie p using (gemeente, declaratie_id, regel)
    join declaraties.declaratie d on d.gemeente = p.gemeente and d.declaratie_id = p.declaratie_id
    join contracten.gemeente g on g.code = p.gemeente
    join aanbieders.aanbieder a on a.aanbieder_id = p.aanbieder_id
    left join contracten.product c on c.product_id = p.product_id
    left join declaraties.betaling heel
      on heel.gemeente = p.gemeente and heel.declaratie_id = p.declaratie_id and heel.regel is null
    left join declaraties.betaling apart
      on apart.gemeente = p.gemeente and apart.declaratie_id = p.declaratie_id and apart.regel = p.regel
    where ${VAN_DE_GEMEENTE}
    order by p.begin, p.gemeente, p.declaratie_id, p.regel`.execute(db)
  return rows
}

/** How many lines of the asker's own municipalities wait for a judgement, and their money. */
export async function countTeBeoordelen(db: Db): Promise<{ aantal: number; bedrag: Eurocent }> {
  const { rows } = await sql<{ aantal: number; bedrag: Eurocent }>`
    select count(*) as aantal, coalesce(sum(p.bedrag), 0)::bigint as bedrag
    from ${GEVONDEN()} s join declaraties.prestatie p using (gemeente, declaratie_id, regel)
    where s.stand = 'te-beoordelen' and ${VAN_DE_GEMEENTE}`.execute(db)
  return rows[0] ?? { aantal: 0, bedrag: 0 }
}

/** The lines of these declaraties whose money waits. */
export async function listAangehouden(
  db: Db,
  declaraties: readonly Declaratiesleutel[],
): Promise<Samenloop[]> {
  return (await listSamenloop(db, declaraties)).filter(s => isAangehouden(s.stand))
}

/**
 * What is held back (`bedrag`) of each open payment (`gemeente`, `betaling_id`), how much of that still waits for a judgement
 * (`te_beoordelen`), and the line that is meant when it is one (`regel`), of these declaraties or of all within the scope: as a
 * table to join. Whatever is not decided to be paid is held back.
 */
export const AANGEHOUDEN = (van?: readonly Declaratiesleutel[]) => sql`(
  select w.gemeente, w.betaling_id, sum(p.bedrag)::bigint as bedrag,
    coalesce(sum(p.bedrag) filter (where s.stand = 'te-beoordelen'), 0)::bigint as te_beoordelen,
    case when count(*) = 1 then min(p.regel) end as regel
  from ${GEVONDEN(van)} s
  join declaraties.prestatie p using (gemeente, declaratie_id, regel)
  cross join lateral (
    select b.gemeente, b.betaling_id, b.betaald_op from declaraties.betaling b
    where b.gemeente = p.gemeente and b.declaratie_id = p.declaratie_id and (b.regel is null or b.regel = p.regel)
    order by b.regel nulls last limit 1) w
  where s.stand <> 'betalen' and w.betaald_op is null
  group by w.gemeente, w.betaling_id)`

/** What is held back of a declaratie: because it waits for a judgement, or because it was judged not to be paid. */
export interface Aangehouden {
  wacht: Eurocent
  niet: Eurocent
}

/** How much of what is still open on this declaratie is held back, and why; a provider may know that of its own. */
export async function sumAangehouden(db: Db, declaratie: Declaratiesleutel): Promise<Aangehouden> {
  const { rows } = await sql<Aangehouden>`
    select coalesce(sum(te_beoordelen), 0)::bigint as wacht, coalesce(sum(bedrag - te_beoordelen), 0)::bigint as niet
    from ${AANGEHOUDEN([declaratie])} w`.execute(db)
  return rows[0] ?? { wacht: 0, niet: 0 }
}

/** The same of every declaratie within the scope of which something is held back. */
export async function sumAangehoudenPerDeclaratie(db: Db): Promise<(Aangehouden & Declaratiesleutel)[]> {
  const { rows } = await sql<Aangehouden & Declaratiesleutel>`
    select b.gemeente, b.declaratie_id as "declaratieId", sum(w.te_beoordelen)::bigint as wacht,
      sum(w.bedrag - w.te_beoordelen)::bigint as niet
    from ${AANGEHOUDEN()} w join declaraties.betaling b using (gemeente, betaling_id) group by 1, 2`.execute(
    db,
  )
  return rows
}

/**
 * Makes who judges a line of this declaratie, or pays it, wait for each other: both lock its payments, in the same order.
 */
export async function lockDeclaratie(tx: Tx, { gemeente, declaratieId }: Declaratiesleutel): Promise<void> {
  await sql`
    select from declaraties.betaling where gemeente = ${gemeente} and declaratie_id = ${declaratieId}
    order by gemeente, betaling_id for update`.execute(tx)
}

export async function insertOordeel(
  tx: Tx,
  { gemeente, declaratieId, regel }: Regelsleutel,
  wat: { oordeel: Oordeel; reden: string; over: Buffer; door: string; op: Date },
): Promise<void> {
  await sql`
    insert into declaraties.samenloop_oordeel (gemeente, declaratie_id, regel, oordeel, reden, over, door, op)
    values (${gemeente}, ${declaratieId}, ${regel}, ${wat.oordeel}, ${wat.reden}, ${wat.over}, ${wat.door}, ${wat.op})`.execute(
    tx,
  )
}

export interface Eerder {
  /** Of the judgements of one line the last has the highest. */
  versie: number
  oordeel: Oordeel
  reden: string
  /** By name. */
  door: string
  op: Date
}

/** What was decided about one line, newest first. */
export async function listOordelen(
  db: Db,
  { gemeente, declaratieId, regel }: Regelsleutel,
): Promise<Eerder[]> {
  const { rows } = await sql<Eerder>`
    select o.volgnummer as versie, o.oordeel, o.reden, coalesce(g.naam, o.door) as door, o.op
    from declaraties.samenloop_oordeel o
    left join platform.gebruiker g on o.door = 'gebruiker:' || g.gebruiker_id
    where o.gemeente = ${gemeente} and o.declaratie_id = ${declaratieId} and o.regel = ${regel}
    order by o.volgnummer desc`.execute(db)
  return rows
}

/** Gives these lines a payment of their own, taken off that of their declaratie; what has one already stays as it is. */
export async function setApart(tx: Tx, regels: readonly Regelsleutel[]): Promise<void> {
  await queryKeys(
    tx,
    { gemeente: 'text', declaratie_id: 'bigint', regel: 'integer' },
    regels.map(r => [r.gemeente, r.declaratieId, r.regel]),
    `, apart as (
       insert into declaraties.betaling (gemeente, declaratie_id, aanbieder_id, bedrag, vervalt_op, regel)
       select b.gemeente, b.declaratie_id, b.aanbieder_id, p.bedrag, b.vervalt_op, p.regel
       from vraag v
       join declaraties.prestatie p using (gemeente, declaratie_id, regel)
       join declaraties.betaling b
         on b.gemeente = p.gemeente and b.declaratie_id = p.declaratie_id and b.regel is null and b.betaald_op is null
       on conflict (gemeente, declaratie_id, regel) do nothing
       returning gemeente, declaratie_id, bedrag)
     update declaraties.betaling b set bedrag = b.bedrag - a.som
     from (select gemeente, declaratie_id, sum(bedrag)::bigint as som from apart group by 1, 2) a
     where b.gemeente = a.gemeente and b.declaratie_id = a.declaratie_id and b.regel is null`,
  )
}
