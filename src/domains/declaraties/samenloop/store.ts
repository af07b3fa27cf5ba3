import { sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { isAangehouden, type Oordeel, type Stand, standVan } from './rules.ts'

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
  betaaldOp: Datum | null
  /** It has a payment of its own. */
  apart: boolean
  soort: Soort
  stand: Stand
  reden: string | null
}

type Rij = Omit<Samenloop, 'stand'> & { sinds: Date | null; oordeel: Oordeel | null; op: Date | null }

const NIET_GECREDITEERD = (regel: 'p' | 'q') => {
  const r = sql.raw(regel)
  return sql`not exists (select from declaraties.prestatie k where k.gemeente = ${r}.gemeente
    and k.toewijzing_id = ${r}.toewijzing_id and k.categorie = ${r}.categorie and k.code = ${r}.code
    and k.begin = ${r}.begin and k.eind = ${r}.eind and not k.debet and k.keten = ${r}.keten and k.goedgekeurd)`
}

/** The lines within the scope that overlap, or overlapped when it was decided not to pay them; the oldest first. */
export async function listSamenloop(db: Db): Promise<Samenloop[]> {
  const { rows } = await sql<Rij>`
    with laatste as (
      select distinct on (gemeente, declaratie_id, regel) gemeente, declaratie_id, regel, oordeel, reden, op
      from declaraties.samenloop_oordeel order by gemeente, declaratie_id, regel, volgnummer desc),
    nu as (
      select gemeente, declaratie_id, regel, max(sinds) as sinds, bool_and(hier) as hier from (
        select gemeente, declaratie_id, regel, sinds, false as hier from declaraties.list_samenloop()
        union all
        select p.gemeente, p.declaratie_id, p.regel, q.besloten_op, true
        from declaraties.overlap join declaraties.prestatie p using (gemeente, declaratie_id, regel)
        join declaraties.prestatie q on q.gemeente = p.gemeente and q.toewijzing_id = p.toewijzing_id
          and q.categorie = p.categorie and q.code = p.code and q.goedgekeurd and q.debet
          and q.begin <= p.eind and q.eind >= p.begin and (q.begin, q.eind) <> (p.begin, p.eind)
        where ${NIET_GECREDITEERD('q')}) samen
      group by 1, 2, 3)
    select p.gemeente, p.declaratie_id as "declaratieId", p.regel, g.naam as "gemeenteNaam", a.naam as aanbieder, d.nummer,
           p.referentie, c.naam as product, p.code, p.begin, p.eind, p.bedrag, s.sinds, case when coalesce(s.hier, o.regel is not null) then 'hier' else 'elders' end as soort, s.oordeel, s.reden, s.op,
           apart.betaling_id is not null as apart,
           case when apart.betaling_id is null then heel.betaald_op else apart.betaald_op end as "betaaldOp"
    from (select gemeente, declaratie_id, regel, s.sinds, s.hier, l.oordeel, l.reden, l.op
          from nu s full join laatste l using (gemeente, declaratie_id, regel)) s
    join declaraties.prestatie p
      on p.gemeente = s.gemeente and p.declaratie_id = s.declaratie_id and p.regel = s.regel
    join declaraties.declaratie d on d.gemeente = p.gemeente and d.declaratie_id = p.declaratie_id
    join contracten.gemeente g on g.code = p.gemeente
    join aanbieders.aanbieder a on a.aanbieder_id = p.aanbieder_id
    left join contracten.product c on c.product_id = p.product_id
    left join declaraties.overlap o
      on o.gemeente = p.gemeente and o.declaratie_id = p.declaratie_id and o.regel = p.regel
    left join declaraties.betaling heel
      on heel.gemeente = p.gemeente and heel.declaratie_id = p.declaratie_id and heel.regel is null
    left join declaraties.betaling apart
      on apart.gemeente = p.gemeente and apart.declaratie_id = p.declaratie_id and apart.regel = p.regel
    where (s.sinds is not null or s.oordeel = 'niet-betalen')
      and ${NIET_GECREDITEERD('p')}
    order by p.begin, p.gemeente, p.declaratie_id, p.regel`.execute(db)
  return rows.flatMap(({ sinds, oordeel, op, ...rij }) => {
    const stand = standVan({ sinds, oordeel: oordeel && op ? { oordeel, op } : undefined })
    return stand ? [{ ...rij, stand }] : []
  })
}

/** The lines of these declaraties whose money waits. */
export async function listAangehouden(
  db: Db,
  declaraties: readonly { gemeente: string; declaratieId: number }[],
): Promise<Samenloop[]> {
  const gevraagd = new Set(declaraties.map(d => `${d.gemeente}|${d.declaratieId}`))
  return (await listSamenloop(db)).filter(
    s => isAangehouden(s.stand) && gevraagd.has(`${s.gemeente}|${s.declaratieId}`),
  )
}

export async function insertOordeel(
  tx: Tx,
  { gemeente, declaratieId, regel }: Regelsleutel,
  wat: { oordeel: Oordeel; reden: string; door: string; op: Date },
): Promise<void> {
  await sql`
    insert into declaraties.samenloop_oordeel (gemeente, declaratie_id, regel, oordeel, reden, door, op)
    values (${gemeente}, ${declaratieId}, ${regel}, ${wat.oordeel}, ${wat.reden}, ${wat.door}, ${wat.op})`.execute(
    tx,
  )
}

export interface Eerder {
  oordeel: Oordeel
  reden: string
  door: string
  op: Date
}

/** What was decided about one line, newest first. */
export async function listOordelen(
  db: Db,
  { gemeente, declaratieId, regel }: Regelsleutel,
): Promise<Eerder[]> {
  const { rows } = await sql<Eerder>`
    select oordeel, reden, door, op from declaraties.samenloop_oordeel
    where gemeente = ${gemeente} and declaratie_id = ${declaratieId} and regel = ${regel}
    order by volgnummer desc`.execute(db)
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
