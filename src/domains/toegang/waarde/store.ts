import { type Datum, dateInNederland } from '../../../platform/dates.ts'
import { queryKeys } from '../../../platform/db/bulk.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { mapPrijslijsten, prijslijstSleutel } from '../../contracten/index.ts'
import { gestopteDagen } from '../levering/rules.ts'
import { mapMeldingen } from '../levering/store.ts'
import { horizonOf, type Omstandigheden, type Omvang } from './rules.ts'

export interface ToewijzingSleutel {
  gemeente: string
  toewijzingId: number
}

/** The current state of a toewijzing with all that its value depends on. */
export interface Gewaardeerd extends Omstandigheden {
  gemeente: string
  aanbiederId: number
  omvang: Omvang
  /** To which day it was counted when it was recorded. */
  horizon: Datum
}

interface Rij {
  gemeente: string
  toewijzing_id: number
  aanbieder_id: number
  segment_id: number
  ingang: Datum
  eind: Datum | null
  reden_wijziging: string | null
  volume: number | null
  eenheid: string | null
  frequentie: string | null
  budget: number | null
  vastgelegd_op: Date
  product_id: number | null
}

/** Which product it is, is what the catalogue said of its code when it began: as for a line that is claimed on it. */
const WAARDEN = `
  select t.gemeente, t.toewijzing_id, t.aanbieder_id, v.segment_id, v.ingang, v.eind, v.reden_wijziging, v.volume, v.eenheid,
         v.frequentie, v.budget, v.vastgelegd_op, p.product_id
  from toegang.toewijzing t
  join toegang.toewijzing_versie v
    on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie
  left join contracten.product p on p.wet = t.domein and p.code = v.code and p.geldigheid @> v.ingang`

const TELT = 'v.segment_id is not null and t.geldt'

/** What these toewijzingen are valued by now; those that do not hold, or lie in no segment, are absent. */
export async function listGewaardeerd(
  tx: Tx,
  toewijzingen: readonly ToewijzingSleutel[],
): Promise<Gewaardeerd[]> {
  const rijen = await queryKeys<Rij>(
    tx,
    { gemeente: 'text', toewijzing_id: 'bigint' },
    toewijzingen.map(t => [t.gemeente, t.toewijzingId]),
    `${WAARDEN} join vraag on vraag.gemeente = t.gemeente and vraag.toewijzing_id = t.toewijzing_id where ${TELT}`,
  )
  return complete(tx, rijen)
}

/** The same of all there are, in rounds of `aantal`: read with a cursor, so that memory stays small. */
export async function* readGewaardeerd(tx: Tx, aantal: number): AsyncGenerator<Gewaardeerd[]> {
  const client = clientOf(tx)
  await client.query(`declare toewijzingen no scroll cursor for ${WAARDEN} where ${TELT}`)
  for (;;) {
    const { rows } = await client.query<Rij>(`fetch ${aantal} from toewijzingen`)
    if (rows.length === 0) break
    yield await complete(tx, rows)
  }
  await client.query('close toewijzingen')
}

async function complete(tx: Tx, rijen: readonly Rij[]): Promise<Gewaardeerd[]> {
  const prijslijsten = await mapPrijslijsten(
    tx,
    rijen.flatMap(rij => pricedAt(rij) ?? []),
  )
  const meldingen = await mapMeldingen(
    tx,
    rijen.map(rij => ({ gemeente: rij.gemeente, toewijzingId: rij.toewijzing_id })),
  )
  return rijen.map(rij => {
    const vraag = pricedAt(rij)
    const lijst = vraag && prijslijsten.get(prijslijstSleutel(vraag))
    return {
      gemeente: rij.gemeente,
      aanbiederId: rij.aanbieder_id,
      horizon: horizonOf(dateInNederland(rij.vastgelegd_op)),
      omvang: {
        segmentId: rij.segment_id,
        ingang: rij.ingang,
        eind: rij.eind,
        redenWijziging: rij.reden_wijziging,
        volume: rij.volume,
        eenheid: rij.eenheid,
        frequentie: rij.frequentie,
        budget: rij.budget,
      },
      prijzen: lijst?.prijzen ?? [],
      prijseenheid: lijst?.eenheid ?? null,
      gestopt: gestopteDagen(meldingen.get(`${rij.gemeente}|${rij.toewijzing_id}`) ?? []),
    }
  })
}

const pricedAt = ({ gemeente, aanbieder_id: aanbiederId, product_id: productId }: Rij) =>
  productId === null ? undefined : { gemeente, aanbiederId, productId }
