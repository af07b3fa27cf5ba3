import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
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
}

/** Starts and stops received before, per toewijzing (`gemeente|id`), in the order of receipt. */
export async function mapMeldingen(
  db: Db,
  toewijzingen: readonly { gemeente: string; toewijzingId: number }[],
): Promise<Map<string, Melding[]>> {
  const uniek = new Map(toewijzingen.map(t => [`${t.gemeente}|${t.toewijzingId}`, t]))
  const rows = await queryKeys<MeldingRij>(
    db,
    { gemeente: 'text', toewijzing_id: 'bigint' },
    [...uniek.values()].map(t => [t.gemeente, t.toewijzingId]),
    `select s.gemeente, s.toewijzing_id, soort, categorie, code, begindatum, einddatum, reden_beeindiging, status_aanlevering
     from vraag join toegang.start_stop s using (gemeente, toewijzing_id)
     order by s.start_stop_id`,
  )
  const out = new Map<string, Melding[]>([...uniek.keys()].map(sleutel => [sleutel, []]))
  for (const row of rows) out.get(`${row.gemeente}|${row.toewijzing_id}`)?.push(toMelding(row))
  return out
}

function toMelding(row: MeldingRij): Melding {
  return {
    soort: row.soort,
    ...(row.categorie === null
      ? {}
      : { product: { categorie: row.categorie, ...(row.code === null ? {} : { code: row.code }) } }),
    begindatum: row.begindatum,
    ...(row.einddatum === null ? {} : { einddatum: row.einddatum }),
    ...(row.reden_beeindiging === null ? {} : { redenBeeindiging: row.reden_beeindiging }),
    statusAanlevering: row.status_aanlevering,
  }
}

export interface NieuweMelding {
  gemeente: string
  berichtId?: string | undefined
  invoerId?: number | undefined
  domein: string
  aanbiederId: number
  clientId: number
  toewijzingId: number
  ontvangenOp: Date
  melding: Melding
}

export async function insertMeldingen(tx: Tx, meldingen: readonly NieuweMelding[]): Promise<void> {
  const kolommen = {
    gemeente: 'text',
    bericht_id: 'uuid',
    invoer_id: 'integer',
    domein: 'text',
    aanbieder_id: 'integer',
    client_id: 'bigint',
    toewijzing_id: 'bigint',
    ontvangen_op: 'timestamptz',
    soort: 'text',
    categorie: 'text',
    code: 'text',
    begindatum: 'date',
    einddatum: 'date',
    reden_beeindiging: 'text',
    status_aanlevering: 'text',
  }
  const rijen = meldingen.map(({ melding: m, ...rij }) => [
    rij.gemeente,
    rij.berichtId ?? null,
    rij.invoerId ?? null,
    rij.domein,
    rij.aanbiederId,
    rij.clientId,
    rij.toewijzingId,
    rij.ontvangenOp,
    m.soort,
    m.product?.categorie ?? null,
    m.product?.code ?? null,
    m.begindatum,
    m.einddatum ?? null,
    m.redenBeeindiging ?? null,
    m.statusAanlevering,
  ])
  await insertBulk(tx, 'toegang.start_stop', kolommen, rijen)
}
