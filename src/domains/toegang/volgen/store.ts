import { insertBulk } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Melding } from '../levering/rules.ts'

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
