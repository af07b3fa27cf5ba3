import type { Datum } from '../../../platform/dates.ts'
import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { orderPrijzen, type Prijs, type Prijslijst } from './rules.ts'
import type { Domein } from './wet.ts'

export type Variant = 'inspanning' | 'output' | 'taak'

export interface Product {
  productId: number
  segmentId: number
  categorie: string
  eenheid: string
  variant: Variant
}

/** What was agreed with one provider for one municipality, product and day. */
export interface Afspraak extends Product {
  /** Eurocents per `eenheid` of the product; null when the product is not in a contract on that day. */
  tarief: Eurocent | null
  /** What a minute of it is said to cost: of a product per hour for information, rounded to whole cents (IV081). */
  minuutTarief: Eurocent | null
  tariefVanaf: Datum | null
  /** A contract of this provider with this municipality covers the product on that day: by its tarief or its segment. */
  gecontracteerd: boolean
}

export interface AfspraakVraag {
  gemeente: string
  aanbiederId: number
  domein: Domein
  code: string
  /** The day of the price and the contract. */
  op: Datum
  /** The day of the catalogue, when it is another: a running toewijzing keeps the code it began with. */
  catalogus?: Datum
}

export function afspraakSleutel(vraag: AfspraakVraag): string {
  return `${vraag.gemeente}|${vraag.aanbiederId}|${vraag.domein}|${vraag.code}|${vraag.op}|${vraag.catalogus ?? vraag.op}`
}

/**
 * The product in the catalogue and the agreed tarief, for many keys in one query. A product that the catalogue does
 * not know on that day is absent; one that is known but not contracted has `tarief` null. What has left the catalogue
 * but is asked by the catalogue of an earlier day keeps its last agreed tarief, as long as a contract covers its segment.
 */
export async function mapAfspraken(db: Db, vragen: readonly AfspraakVraag[]): Promise<Map<string, Afspraak>> {
  const uniek = [...new Map(vragen.map(vraag => [afspraakSleutel(vraag), vraag])).values()]
  const rows = await queryKeys<AfspraakRij>(
    db,
    {
      nr: 'integer',
      gemeente: 'text',
      aanbieder_id: 'integer',
      domein: 'text',
      code: 'text',
      op: 'date',
      catalogus: 'date',
    },
    uniek.map((v, nr) => [nr, v.gemeente, v.aanbiederId, v.domein, v.code, v.op, v.catalogus ?? v.op]),
    `select v.nr, p.product_id, p.segment_id, p.categorie, p.eenheid, p.variant, t.tarief, t.vanaf,
            contracten.tarief_in(t.tarief, p.eenheid, '01') as "minuutTarief",
            t.tarief is not null or exists (
              select from contracten.contractversie c
              join contracten.contract_gemeente g on (g.contract_id, g.begin, g.gemeente) = (c.contract_id, c.begin, v.gemeente)
              join contracten.contract_segment s on (s.contract_id, s.begin) = (c.contract_id, c.begin)
              join contracten.segmentketen k on (k.segment_id, k.boven_id) = (p.segment_id, s.segment_id)
              where c.aanbieder_id = v.aanbieder_id and c.geldigheid @> v.op) as gecontracteerd
     from vraag v
     join contracten.product p on p.wet = v.domein and p.code = v.code and p.geldigheid @> v.catalogus
     left join lateral (
       select t.tarief, t.vanaf from contracten.prijsdagen t
       where (t.product_id, t.aanbieder_id, t.gemeente) = (p.product_id, v.aanbieder_id, v.gemeente) and t.dagen @> v.op
       order by t.rang, t.contract_id limit 1) t on true`,
  )
  return new Map(
    rows.flatMap(({ nr, product_id, segment_id, vanaf, ...row }) => {
      const vraag = uniek[nr]
      const afspraak = { ...row, productId: product_id, segmentId: segment_id, tariefVanaf: vanaf }
      return vraag ? [[afspraakSleutel(vraag), afspraak] as const] : []
    }),
  )
}

interface AfspraakRij {
  nr: number
  product_id: number
  segment_id: number
  categorie: string
  eenheid: string
  variant: Variant
  tarief: number | null
  minuutTarief: number | null
  vanaf: Datum | null
  gecontracteerd: boolean
}

/**
 * The segment that stands for a category without code (an aspecific toewijzing): the one with most products of that
 * category. Absent when the catalogue does not know the category.
 */
export async function mapSegmentenByCategorie(db: Db): Promise<Map<string, number>> {
  const rows = await queryKeys<{ wet: Domein; categorie: string; segment_id: number }>(
    db,
    { een: 'integer' },
    [[1]],
    `select distinct on (wet, categorie) wet, categorie, segment_id from (
       select wet, categorie, segment_id, count(*) as n from contracten.product group by 1, 2, 3) p
     order by wet, categorie, n desc, segment_id`,
  )
  return new Map(rows.map(row => [`${row.wet}|${row.categorie}`, row.segment_id]))
}

export interface PrijslijstVraag {
  gemeente: string
  aanbiederId: number
  /** The product as the catalogue knew it when the help began. */
  productId: number
}

export function prijslijstSleutel({ gemeente, aanbiederId, productId }: PrijslijstVraag): string {
  return `${gemeente}|${aanbiederId}|${productId}`
}

/**
 * What products cost through time, for many keys in one query: on every day the price that `mapAfspraken` gives for it. A product
 * without any price is absent.
 */
export async function mapPrijslijsten(
  db: Db,
  vragen: readonly PrijslijstVraag[],
): Promise<Map<string, Prijslijst>> {
  const uniek = [...new Map(vragen.map(vraag => [prijslijstSleutel(vraag), vraag])).values()]
  const rows = await queryKeys<Prijs & { nr: number; eenheid: string }>(
    db,
    { nr: 'integer', gemeente: 'text', aanbieder_id: 'integer', product_id: 'integer' },
    uniek.map((v, nr) => [nr, v.gemeente, v.aanbiederId, v.productId]),
    `select v.nr, p.eenheid, t.tarief, lower(t.dagen) as begin, upper(t.dagen) - 1 as eind
     from vraag v join contracten.product p using (product_id)
     join contracten.prijsdagen t using (product_id, aanbieder_id, gemeente)
     order by v.nr, t.rang, t.contract_id, t.dagen`,
  )
  return new Map(
    [...Map.groupBy(rows, ({ nr }) => nr)].flatMap(([nr, rijen]) => {
      const vraag = uniek[nr]
      const eenheid = rijen[0]?.eenheid ?? ''
      const prijzen = orderPrijzen(rijen.map(({ begin, eind, tarief }) => ({ begin, eind, tarief })))
      return vraag ? [[prijslijstSleutel(vraag), { eenheid, prijzen }] as const] : []
    }),
  )
}
