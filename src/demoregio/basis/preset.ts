import gemeentenJson from '../../../regio/zuidoost-utrecht/gemeenten.json' with { type: 'json' }
import indexeringJson from '../../../regio/zuidoost-utrecht/indexering.json' with { type: 'json' }
import productenJson from '../../../regio/zuidoost-utrecht/producten.json' with { type: 'json' }
import segmentenJson from '../../../regio/zuidoost-utrecht/segmenten.json' with { type: 'json' }
import { divideRounded, type Eurocent } from '../../platform/money.ts'

export type Domein = 'jw' | 'wmo'

/**
 * A stroom is a segment or the part of one that has its own target: V verblijf, W wonen, D dagbesteding,
 * A ambulante begeleiding, G jeugd-ggz, C crisis, I individueel, K groep, KV kortdurend verblijf,
 * H huishoudelijke ondersteuning (context, outside the regional purchase).
 */
export type Stroom = 'V' | 'W' | 'D' | 'A' | 'G' | 'C' | 'I' | 'K' | 'KV' | 'H'

export interface Segment {
  code: string
  wet: Domein
  naam: string
  definitie: string
  bron: string
  context: boolean
}

export interface Product {
  code: string
  wet: Domein
  categorie: string
  naam: string
  segment: string
  stroom: Stroom
  /** Code of list WJ756. */
  eenheid: string
  /** Code of list WMO757: 2 per week, 4 per maand, 6 totaal. */
  frequentie: number
  variant: 'inspanningsgericht' | 'outputgericht'
  /** Eurocents per unit in the first contract year; null when the product is claimed in euros. */
  tarief: Eurocent | null
  /** Class 1 (light) to 4 (heavy). */
  zwaarte: number
  gewicht: number
}

export interface GemeentePreset {
  code: string
  naam: string
  inwoners2017: number
  plaatsen: readonly (readonly [string, number])[]
}

export const SEGMENTEN = segmentenJson.segmenten as Segment[]
export const PRODUCTEN = productenJson.producten as Product[]
export const GEMEENTEN = gemeentenJson.gemeenten as unknown as GemeentePreset[]

/** Tarief of a product per year (index 0 = first year), whole eurocents; null for products in euros. */
export function tariefReeks(product: Product, jaren: 'verschoven' | 'origineel'): (Eurocent | null)[] {
  const stappen = jaren === 'verschoven' ? indexeringJson.verschoven : indexeringJson.origineel
  let tarief = product.tarief
  return stappen.map(stap => {
    if (tarief !== null) tarief = divideRounded(tarief * (10_000 + stap), 10_000)
    return tarief
  })
}
