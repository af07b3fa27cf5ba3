import type { Datum } from '../../../platform/dates.ts'
import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'

export type Domein = 'jw' | 'wmo'
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
  tariefVanaf: Datum | null
}

export interface AfspraakVraag {
  gemeente: string
  aanbiederId: number
  domein: Domein
  code: string
  op: Datum
}

export function afspraakSleutel(vraag: AfspraakVraag): string {
  return `${vraag.gemeente}|${vraag.aanbiederId}|${vraag.domein}|${vraag.code}|${vraag.op}`
}

/**
 * The product in the catalogue and the agreed tarief, for many keys in one query. A product that the catalogue does
 * not know on that day is absent; one that is known but not contracted has `tarief` null.
 */
export async function mapAfspraken(db: Db, vragen: readonly AfspraakVraag[]): Promise<Map<string, Afspraak>> {
  const uniek = new Map(vragen.map(vraag => [afspraakSleutel(vraag), vraag]))
  const rows = await queryKeys<Record<'gemeente' | 'domein' | 'code' | 'op', string> & AfspraakRij>(
    db,
    { gemeente: 'text', aanbieder_id: 'integer', domein: 'text', code: 'text', op: 'date' },
    [...uniek.values()].map(v => [v.gemeente, v.aanbiederId, v.domein, v.code, v.op]),
    `select v.gemeente, v.aanbieder_id, v.domein, v.code, v.op, p.product_id, p.segment_id, p.categorie, p.eenheid,
            p.variant, t.tarief, t.vanaf
     from vraag v
     join contracten.product p on p.wet = v.domein and p.code = v.code and p.geldigheid @> v.op
     left join lateral (
       select t.tarief, lower(t.geldigheid) as vanaf
       from contracten.tarief t
       join contracten.contract_gemeente g on g.contract_id = t.contract_id and g.gemeente = v.gemeente
       where t.aanbieder_id = v.aanbieder_id and t.product_id = p.product_id and t.geldigheid @> v.op
       order by t.contract_id limit 1) t on true`,
  )
  return new Map(
    rows.map(row => [
      afspraakSleutel({
        gemeente: row.gemeente,
        aanbiederId: row.aanbieder_id,
        domein: row.domein as Domein,
        code: row.code,
        op: row.op,
      }),
      {
        productId: row.product_id,
        segmentId: row.segment_id,
        categorie: row.categorie,
        eenheid: row.eenheid,
        variant: row.variant,
        tarief: row.tarief,
        tariefVanaf: row.vanaf,
      },
    ]),
  )
}

interface AfspraakRij {
  aanbieder_id: number
  product_id: number
  segment_id: number
  categorie: string
  eenheid: string
  variant: Variant
  tarief: number | null
  vanaf: Datum | null
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
