import type { Datum } from '../../../platform/dates.ts'
import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Melding } from './rules.ts'

interface MeldingRij {
  gemeente: string
  toewijzing_id: number
  soort: 'start' | 'stop'
  categorie: string | null
  code: string | null
  begindatum: Datum
  einddatum: Datum | null
  reden_beeindiging: string | null
  status_aanlevering: string
  invoer_id: number | null
  beantwoord: boolean
}

/** A start or stop as it was received. */
export interface Gemeld extends Melding {
  /** The file that it was taken over from; null when a message said it. */
  invoerId: number | null
  /** True when a message was judged by it since: only of what a file said. */
  beantwoord: boolean
}

/** Starts and stops received before, per toewijzing (`gemeente|id`), in the order of receipt. */
export async function mapMeldingen(
  db: Db,
  toewijzingen: readonly { gemeente: string; toewijzingId: number }[],
): Promise<Map<string, Gemeld[]>> {
  const uniek = new Map(toewijzingen.map(t => [`${t.gemeente}|${t.toewijzingId}`, t]))
  const rows = await queryKeys<MeldingRij>(
    db,
    { gemeente: 'text', toewijzing_id: 'bigint' },
    [...uniek.values()].map(t => [t.gemeente, t.toewijzingId]),
    `select s.gemeente, s.toewijzing_id, soort, categorie, code, begindatum, einddatum, reden_beeindiging, status_aanlevering,
            invoer_id, beantwoord
     from vraag join toegang.start_stop s using (gemeente, toewijzing_id)
     order by s.start_stop_id`,
  )
  const out = new Map<string, Gemeld[]>([...uniek.keys()].map(sleutel => [sleutel, []]))
  for (const row of rows) out.get(`${row.gemeente}|${row.toewijzing_id}`)?.push(toMelding(row))
  return out
}

function toMelding(row: MeldingRij): Gemeld {
  return {
    soort: row.soort,
    ...(row.categorie === null
      ? {}
      : { product: { categorie: row.categorie, ...(row.code === null ? {} : { code: row.code }) } }),
    begindatum: row.begindatum,
    ...(row.einddatum === null ? {} : { einddatum: row.einddatum }),
    ...(row.reden_beeindiging === null ? {} : { redenBeeindiging: row.reden_beeindiging }),
    statusAanlevering: row.status_aanlevering,
    invoerId: row.invoer_id,
    beantwoord: row.beantwoord,
  }
}
