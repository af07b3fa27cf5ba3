import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { Geteld, Lijstlezer, Lijstvraag } from '../../../platform/db/lijst.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { eigenRijen, type Sleutel } from '../inzien/store.ts'
import { AANGEHOUDEN } from '../samenloop/store.ts'
import type { Betaling } from './rules.ts'

/** `niet`: judged not to be paid; nothing has to be done with it any more. */
export type Staat = 'open' | 'te-laat' | 'betaald' | 'niet'

export interface Filter {
  /** Null shows all. */
  staat: Staat | null
  /** Days on which payments fall due, both inclusive. */
  van: Datum | null
  tot: Datum | null
  aanbieder: number | null
  gemeente: string | null
}

export interface Selectie {
  filter: Filter
  scope: Scope
  vandaag: Datum
}

function conditions({ filter, scope, vandaag }: Selectie): RawBuilder<unknown> {
  // What is left of a declaratie when all its lines are paid apart is no payment.
  const eisen: RawBuilder<unknown>[] = [eigenRijen(scope, 'b'), sql`b.bedrag <> 0`]
  if (filter.staat === 'open') eisen.push(sql`b.betaald_op is null and not ${NIET}`)
  if (filter.staat === 'te-laat')
    eisen.push(sql`b.betaald_op is null and ${TE_BETALEN} > 0 and b.vervalt_op < ${vandaag}::date`)
  if (filter.staat === 'betaald') eisen.push(sql`b.betaald_op is not null`)
  if (filter.staat === 'niet') eisen.push(NIET)
  // What is not paid falls due on no day.
  if (filter.van !== null || filter.tot !== null) eisen.push(sql`not ${NIET}`)
  if (filter.van !== null) eisen.push(sql`b.vervalt_op >= ${filter.van}::date`)
  if (filter.tot !== null) eisen.push(sql`b.vervalt_op <= ${filter.tot}::date`)
  if (filter.aanbieder !== null) eisen.push(sql`b.aanbieder_id = ${filter.aanbieder}`)
  if (filter.gemeente !== null) eisen.push(sql`b.gemeente = ${filter.gemeente}`)
  return sql.join(eisen, sql` and `)
}

/** Money that waits for a judgement, or was judged not to be paid, is not due. */
const AAN = sql`coalesce(w.bedrag, 0)`
const WACHT = sql`coalesce(w.te_beoordelen, 0)`
const TE_BETALEN = sql`(b.bedrag - ${AAN})`
/** Nothing of this payment is paid or waits: all of it was judged not to be paid. */
const NIET = sql`(${AAN} = b.bedrag and ${WACHT} = 0)`
const VERVALT = sql`case when not ${NIET} then b.vervalt_op end`

const BETALING = sql`declaraties.betaling b
  left join ${AANGEHOUDEN()} w on w.gemeente = b.gemeente and w.betaling_id = b.betaling_id`
const BRON = sql`${BETALING}
  join contracten.gemeente g on g.code = b.gemeente
  join aanbieders.aanbieder a on a.aanbieder_id = b.aanbieder_id`

export interface Post {
  gemeente: string
  gemeenteNaam: string
  aanbiederId: number
  aanbieder: string
  aantal: number
  /** Net of what is to be settled. */
  bedrag: number
  teLaat: number
  teVerrekenen: number
  /** Not in `bedrag`: it waits for a judgement. */
  wacht: number
  /** Not in `bedrag`: it was judged not to be paid. */
  niet: number
  /** Null when nothing of it falls due. */
  eerste: Datum | null
}

const POST_VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  aanbieder: sql`a.naam`,
  gemeente: sql`g.naam`,
  aantal: sql`count(*)`,
  bedrag: sql`sum(${TE_BETALEN})`,
  wacht: sql`sum(${WACHT})`,
  laat: sql`"teLaat"`,
  vervalt: sql`min(${VERVALT})`,
}

/** Payments per provider and municipality. */
async function listPosten(
  db: Db,
  selectie: Selectie,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Post[]> {
  const kolom = POST_VOLGORDE[sortering.kolom] ?? sql`min(${VERVALT})`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Post>`
    select b.gemeente, g.naam as "gemeenteNaam", b.aanbieder_id as "aanbiederId", a.naam as aanbieder,
           count(*) as aantal, sum(${TE_BETALEN})::bigint as bedrag, ${LAAT(selectie.vandaag)} as "teLaat",
           ${TE_VERREKENEN} as "teVerrekenen", sum(${WACHT})::bigint as wacht, sum(${AAN} - ${WACHT})::bigint as niet,
           min(${VERVALT}) as eerste
    from ${BRON} where ${conditions(selectie)}
    group by b.gemeente, g.naam, b.aanbieder_id, a.naam
    order by ${kolom} ${richting} nulls last, a.naam, g.naam, b.gemeente, b.aanbieder_id limit ${deel.aantal} offset ${deel.vanaf}`.execute(
    db,
  )
  return rows
}

const LAAT = (vandaag: Datum) => sql`coalesce(sum(${TE_BETALEN}) filter (
  where b.betaald_op is null and ${TE_BETALEN} > 0 and b.vervalt_op < ${vandaag}::date), 0)::bigint`
const TE_VERREKENEN = sql`coalesce(sum(${TE_BETALEN}) filter (where ${TE_BETALEN} < 0), 0)::bigint`

export interface Som {
  posten: number
  aantal: number
  bedrag: number
  teLaat: number
  teVerrekenen: number
  /** Not in `bedrag`: it waits for a judgement. */
  wacht: number
  /** Not in `bedrag`: it was judged not to be paid. */
  niet: number
}

/** Totals of the whole selection, not of one page. */
export async function sumBetalingen(db: Db, selectie: Selectie): Promise<Som> {
  const { rows } = await sql<Som>`
    select count(distinct (b.gemeente, b.aanbieder_id)) as posten, count(*) as aantal,
           coalesce(sum(${TE_BETALEN}), 0)::bigint as bedrag, ${LAAT(selectie.vandaag)} as "teLaat",
           ${TE_VERREKENEN} as "teVerrekenen", coalesce(sum(${WACHT}), 0)::bigint as wacht,
           coalesce(sum(${AAN} - ${WACHT}), 0)::bigint as niet
    from ${BETALING} where ${conditions(selectie)}`.execute(db)
  return rows[0] ?? { posten: 0, aantal: 0, bedrag: 0, teLaat: 0, teVerrekenen: 0, wacht: 0, niet: 0 }
}

export interface Betalingsregel extends Betaling {
  gemeenteNaam: string
  aanbieder: string
  agb: string
  declaratie: string
  maand: Datum
  /** Null when all of it was judged not to be paid. */
  vervaltOp: Datum | null
  /** Part of `bedrag` that waits for a judgement. */
  wacht: number
  /** That, and what was judged not to be paid: none of it is due. */
  aangehouden: number
  /** The one line that is held back; null when there is none, or more. */
  aangehoudenRegel: number | null
}

const REGEL_VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  vervalt: VERVALT,
  aanbieder: sql`a.naam`,
  gemeente: sql`g.naam`,
  declaratie: sql`d.nummer`,
  maand: sql`d.maand`,
  bedrag: sql`b.bedrag`,
  betaald: sql`b.betaald_op`,
}

const REGEL = sql`b.gemeente, b.betaling_id as "betalingId", b.declaratie_id as "declaratieId",
  b.aanbieder_id as "aanbiederId", b.bedrag, ${VERVALT} as "vervaltOp", b.betaald_op as "betaaldOp",
  b.regel, g.naam as "gemeenteNaam", a.naam as aanbieder, a.agb, d.maand, d.dagtekening,
  d.nummer || coalesce(' regel ' || b.regel, '') as declaratie, ${WACHT} as wacht, ${AAN} as aangehouden,
  w.regel as "aangehoudenRegel"`
const REGEL_BRON = sql`${BRON}
  join declaraties.declaratie d on d.gemeente = b.gemeente and d.declaratie_id = b.declaratie_id`

async function listBetalingen(
  db: Db,
  selectie: Selectie,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Betalingsregel[]> {
  const kolom = REGEL_VOLGORDE[sortering.kolom] ?? VERVALT
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Betalingsregel>`
    select ${REGEL} from ${REGEL_BRON} where ${conditions(selectie)}
    order by ${kolom} ${richting} nulls last, b.vervalt_op, b.gemeente, b.betaling_id
    limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

/** What the filters of an address mean. */
function selectieVan({ filter: f, scope, vandaag }: Lijstvraag): Selectie {
  const filter: Filter = {
    staat: (f.staat || null) as Staat | null,
    van: f.van || null,
    tot: f.tot || null,
    aanbieder: f.aanbieder ? Number(f.aanbieder) : null,
    gemeente: f.gemeente || null,
  }
  return { filter, scope, vandaag }
}

export const POSTEN: Lijstlezer<Post, Som & Geteld> = {
  volgorde: Object.keys(POST_VOLGORDE),
  rijen: (db, vraag, deel) => listPosten(db, selectieVan(vraag), vraag.orde, deel),
  tel: async (db, vraag) => {
    const som = await sumBetalingen(db, selectieVan(vraag))
    return { ...som, totaal: som.posten }
  },
}

export const BETALINGEN: Lijstlezer<Betalingsregel, Som & Geteld> = {
  volgorde: Object.keys(REGEL_VOLGORDE),
  rijen: (db, vraag, deel) => listBetalingen(db, selectieVan(vraag), vraag.orde, deel),
  tel: async (db, vraag) => {
    const som = await sumBetalingen(db, selectieVan(vraag))
    return { ...som, totaal: som.aantal }
  },
}

const PAREN = (sleutels: readonly Sleutel[]) => sql`(b.gemeente, b.betaling_id) in (select * from unnest(
  ${sleutels.map(s => s.gemeente)}::text[], ${sleutels.map(s => s.id)}::bigint[]))`

/** These payments, as far as they exist and may be seen; paid ones too. */
export async function findBetalingen(db: Db, sleutels: readonly Sleutel[]): Promise<Betalingsregel[]> {
  const { rows } = await sql<Betalingsregel>`
    select ${REGEL} from ${REGEL_BRON} where ${PAREN(sleutels)}
    order by a.naam, b.vervalt_op, b.gemeente, b.betaling_id`.execute(db)
  return rows
}

/** Keeps these payments as they are until the end of the transaction. */
export async function lockBetalingen(tx: Tx, sleutels: readonly Sleutel[]): Promise<void> {
  await sql`select from declaraties.betaling b where ${PAREN(sleutels)}
    order by b.gemeente, b.betaling_id for update of b`.execute(tx)
}

/**
 * Marks as paid what is still open at this moment and answers exactly that: of two people who pay the same at once,
 * the second gets nothing.
 */
export async function markBetaald(
  tx: Tx,
  sleutels: readonly Sleutel[],
  betaaldOp: Datum,
  door: string,
): Promise<Betaling[]> {
  const { rows } = await sql<Betaling>`
    update declaraties.betaling b set betaald_op = ${betaaldOp}::date, betaald_door = ${door}
    where ${PAREN(sleutels)} and b.betaald_op is null
    returning b.gemeente, b.betaling_id as "betalingId", b.declaratie_id as "declaratieId",
      b.aanbieder_id as "aanbiederId", b.bedrag, b.betaald_op as dagtekening, b.betaald_op as "betaaldOp", b.regel`.execute(
    tx,
  )
  return rows
}

/** Opens one payment again, when it still stands as paid on that day. */
export async function unmarkBetaald(
  tx: Tx,
  { gemeente, id }: Sleutel,
  betaaldOp: Datum,
): Promise<Betaling[]> {
  const { rows } = await sql<Betaling>`
    update declaraties.betaling b set betaald_op = null, betaald_door = null
    where b.gemeente = ${gemeente} and b.betaling_id = ${id} and b.betaald_op = ${betaaldOp}::date
    returning b.gemeente, b.betaling_id as "betalingId", b.declaratie_id as "declaratieId",
      b.aanbieder_id as "aanbiederId", b.bedrag, ${betaaldOp}::date as dagtekening, b.betaald_op as "betaaldOp", b.regel`.execute(
    tx,
  )
  return rows
}

export async function insertGebeurtenissen(
  tx: Tx,
  soort: 'betaald' | 'teruggedraaid',
  betalingen: readonly Betaling[],
  betaaldOp: Datum,
  door: string,
  op: Date,
): Promise<void> {
  await sql`
    insert into declaraties.betaling_gebeurtenis (gemeente, betaling_id, aanbieder_id, bedrag, soort, betaald_op, door, op)
    select gemeente, betaling_id, aanbieder_id, bedrag, ${soort}, ${betaaldOp}::date, ${door}, ${op}
    from unnest(${betalingen.map(b => b.gemeente)}::text[], ${betalingen.map(b => b.betalingId)}::bigint[],
      ${betalingen.map(b => b.aanbiederId)}::integer[], ${betalingen.map(b => b.bedrag)}::bigint[])
      as nieuw (gemeente, betaling_id, aanbieder_id, bedrag)`.execute(tx)
}

export interface Gebeurtenis {
  soort: 'betaald' | 'teruggedraaid'
  betaaldOp: Datum
  door: string
  op: Date
}

/** What happened to one payment, newest first. */
export async function listGebeurtenissen(db: Db, { gemeente, id }: Sleutel): Promise<Gebeurtenis[]> {
  const { rows } = await sql<Gebeurtenis>`
    select soort, betaald_op as "betaaldOp", coalesce(g.naam, door) as door, op from declaraties.betaling_gebeurtenis
    left join platform.gebruiker g on door = 'gebruiker:' || g.gebruiker_id
    where gemeente = ${gemeente} and betaling_id = ${id} order by volgnummer desc`.execute(db)
  return rows
}
