import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { Geteld, Lijstlezer } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { type Filter, ONBEANTWOORD, type Staat, TE_LAAT, WACHTEND } from './rules.ts'

/** One message as a list shows it; nothing in it is about a person. */
export interface Berichtregel {
  gemeente: string
  gemeenteNaam: string
  berichtId: string
  richting: 'in' | 'uit'
  soort: string
  domein: 'jw' | 'wmo'
  aanbiederId: number | null
  aanbieder: string | null
  agb: string | null
  afzender: string
  ontvanger: string
  identificatie: string
  dagtekening: Datum | null
  staat: Staat
  regels: number
  bevindingen: number
  ontvangenOp: Date
  antwoordVoor: Datum | null
  verwerktOp: Date | null
  /** Why it could not be judged; null for every other state. */
  reden: string | null
}

/** The columns of `Berichtregel`, of `b` (bericht), `g` (gemeente) and `a` (aanbieder). */
export const BERICHT_KOLOMMEN = sql`b.gemeente, g.naam as "gemeenteNaam", b.bericht_id as "berichtId", b.richting,
  b.soort, b.domein, b.aanbieder_id as "aanbiederId", a.naam as aanbieder, a.agb, b.afzender, b.ontvanger,
  b.identificatie, b.dagtekening, b.staat, b.regels, b.bevindingen, b.ontvangen_op as "ontvangenOp",
  b.antwoord_voor as "antwoordVoor", b.verwerkt_op as "verwerktOp", b.reden`

export const BERICHT_BRON = sql`berichten.bericht b
  join contracten.gemeente g on g.code = b.gemeente
  left join aanbieders.aanbieder a on a.aanbieder_id = b.aanbieder_id`

/** What may be sorted on, by the name in the address. */
const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  ontvangen: sql`b.ontvangen_op`,
  soort: sql`right(b.soort, 3)`,
  aanbieder: sql`a.naam`,
  gemeente: sql`g.naam`,
  staat: sql`b.staat`,
  termijn: sql`b.antwoord_voor`,
  bevindingen: sql`b.bevindingen`,
}

/** Counting stops here: further than this nobody pages, and the answer must stay quick whatever the size. */
export const MEESTE_GETELD = 100_000

export interface Selectie {
  filter: Filter
  /** Repeats what row-level security demands, in a form that the planner can use an index for. */
  scope: Scope
  vandaag: Datum
}

function conditions({ filter, scope, vandaag }: Selectie): RawBuilder<unknown> {
  const { zoek, richting, soort, domein, staat, gemeente, van, tot } = filter
  const eisen: RawBuilder<unknown>[] = [ownRows(scope)]
  if (gemeente !== null) eisen.push(sql`b.gemeente = ${gemeente}`)
  if (richting !== null) eisen.push(sql`b.richting = ${richting}`)
  if (soort !== null) eisen.push(sql`b.soort = any(${[`JW${soort}`, `WMO${soort}`]}::text[])`)
  if (domein !== null) eisen.push(sql`b.domein = ${domein}`)
  if (staat === ONBEANTWOORD) eisen.push(WACHT)
  else if (staat === TE_LAAT) eisen.push(sql`${WACHT} and ${LAAT(vandaag)}`)
  else if (staat !== null) eisen.push(sql`b.staat = ${staat}`)
  if (van !== null) eisen.push(sql`b.ontvangen_op >= ${van}::date`)
  if (tot !== null) eisen.push(sql`b.ontvangen_op < ${tot}::date + 1`)
  if (zoek !== '') {
    const begin = `${likeText(zoek)}%`
    eisen.push(sql`(b.identificatie ilike ${begin} or b.aanbieder_id = any(array(
      select aanbieder_id from aanbieders.aanbieder where agb like ${begin} or naam ilike ${`%${begin}`})))`)
  }
  return sql.join(eisen, sql` and `)
}

const WACHT = sql`b.staat = any(${[...WACHTEND]}::text[])`
const LAAT = (vandaag: Datum) => sql`b.antwoord_voor < ${vandaag}::date`

/** One municipality as an equality: then the index gives the latest rows without sorting. */
function ownRows({ aanbieder, gemeentenClient }: Scope): RawBuilder<unknown> {
  if (aanbieder !== null) return sql`b.aanbieder_id = ${aanbieder}`
  const [enige] = gemeentenClient
  if (enige !== undefined && gemeentenClient.length === 1) return sql`b.gemeente = ${enige}`
  return sql`b.gemeente = any(${[...gemeentenClient]}::text[])`
}

/** The text itself, without the wildcards of LIKE. */
function likeText(tekst: string): string {
  return tekst.replaceAll(/[\\%_]/g, teken => `\\${teken}`)
}

/** One part of the list in the order asked for; the latest comes first among equals. */
export async function listBerichten(
  db: Db,
  selectie: Selectie,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Berichtregel[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`b.ontvangen_op`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const volgorde =
    sortering.kolom === 'ontvangen'
      ? sql`b.ontvangen_op ${richting}, b.bericht_id ${richting}`
      : sql`${kolom} ${richting} nulls last, b.ontvangen_op desc, b.bericht_id desc`
  const { rows } = await sql<Berichtregel>`
    select ${BERICHT_KOLOMMEN} from ${BERICHT_BRON} where ${conditions(selectie)}
    order by ${volgorde}
    limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

/** Where a page of the API ended: the next one goes on after it. */
export interface Plaats {
  ontvangenOp: string
  berichtId: string
}

/** Newest first, from a place on: pages stay right while messages come in, and a late page costs as little as the first. */
export async function listBerichtenNa(
  db: Db,
  selectie: Selectie,
  na: Plaats | undefined,
  aantal: number,
): Promise<(Berichtregel & { plaats: string })[]> {
  const verder = na
    ? sql`and (b.ontvangen_op, b.bericht_id) < (${na.ontvangenOp}::timestamptz, ${na.berichtId}::uuid)`
    : sql``
  const { rows } = await sql<Berichtregel & { plaats: string }>`
    select ${BERICHT_KOLOMMEN}, b.ontvangen_op::text as plaats
    from ${BERICHT_BRON} where ${conditions(selectie)} ${verder}
    order by b.ontvangen_op desc, b.bericht_id desc limit ${aantal}`.execute(db)
  return rows
}

/** How many there are, up to `MEESTE_GETELD`. */
async function countBerichten(db: Db, selectie: Selectie): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select from berichten.bericht b where ${conditions(selectie)} limit ${MEESTE_GETELD}) as geteld`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

export interface Wachtend {
  wachtend: number
  teLaat: number
  /** Of those, what also cannot be judged: said apart, so that no message is counted twice. */
  vast: number
  vastTeLaat: number
}

/** What waits for an answer, and how much of it is late; the filter does not count. */
export async function countWachtend(db: Db, selectie: Selectie): Promise<Wachtend> {
  const zonder = { ...selectie, filter: { ...LEEG, staat: ONBEANTWOORD } as const }
  const laat = LAAT(selectie.vandaag)
  const vast = sql`b.staat = 'niet-te-beoordelen'`
  const { rows } = await sql<Wachtend>`
    select count(*) as wachtend, count(*) filter (where ${laat}) as "teLaat",
      count(*) filter (where ${vast}) as vast, count(*) filter (where ${vast} and ${laat}) as "vastTeLaat"
    from berichten.bericht b where ${conditions(zonder)}`.execute(db)
  return rows[0] ?? { wachtend: 0, teLaat: 0, vast: 0, vastTeLaat: 0 }
}

const LEEG: Filter = {
  zoek: '',
  richting: null,
  soort: null,
  domein: null,
  staat: null,
  gemeente: null,
  van: null,
  tot: null,
}

/** What the filters of an address mean. */
export function selectieVan({
  filter: f,
  scope,
  vandaag,
}: Omit<Selectie, 'filter'> & { filter: Readonly<Record<string, string | undefined>> }): Selectie {
  const filter: Filter = {
    zoek: (f.zoek ?? '').trim().slice(0, 100),
    richting: (f.richting || null) as Filter['richting'],
    soort: f.soort ? Number(f.soort) : null,
    domein: (f.domein || null) as Filter['domein'],
    staat: (f.staat || null) as Filter['staat'],
    gemeente: f.gemeente || null,
    van: f.van || null,
    tot: f.tot || null,
  }
  return { filter, scope, vandaag }
}

export const BERICHTEN: Lijstlezer<Berichtregel, Geteld & Wachtend> = {
  volgorde: Object.keys(VOLGORDE),
  rijen: (db, vraag, { aantal, vanaf }) =>
    listBerichten(db, selectieVan(vraag), vraag.orde, { aantal, vanaf: Math.min(vanaf, MEESTE_GETELD) }),
  async tel(db, vraag) {
    const selectie = selectieVan(vraag)
    return { totaal: await countBerichten(db, selectie), ...(await countWachtend(db, selectie)) }
  },
}

/** The municipalities someone may choose from: their own, or for a provider all. */
export async function listKeuzegemeenten(db: Db, scope: Scope): Promise<{ waarde: string; naam: string }[]> {
  const { rows } = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente
    where ${scope.aanbieder !== null} or code = any(${[...scope.gemeentenClient]}::text[]) order by naam`.execute(
    db,
  )
  return rows
}
