import type { Kluis } from '../../../platform/crypto.ts'
import { isTestBsn } from '../../../platform/crypto.ts'
import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'

export interface Client {
  clientId: number
  /** The number under which this person is counted; never shown. */
  persoon: number
}

export interface ClientVraag {
  gemeente: string
  bsn: string
}

export function clientSleutel(vraag: ClientVraag): string {
  return `${vraag.gemeente}|${vraag.bsn}`
}

/** The residents that these municipalities know under these BSNs, in one query. */
export async function mapClienten(
  db: Db,
  kluis: Kluis,
  vragen: readonly ClientVraag[],
): Promise<Map<string, Client>> {
  const uniek = [...new Map(vragen.map(vraag => [clientSleutel(vraag), vraag])).values()]
  const rows = await queryKeys<{ nr: number; client_id: number; persoon: number }>(
    db,
    { nr: 'integer', gemeente: 'text', bsn_hash: 'bytea' },
    uniek.map((vraag, nr) => [nr, vraag.gemeente, kluis.bsnHash(vraag.bsn)]),
    'select nr, client_id, persoon from vraag join toegang.client using (gemeente, bsn_hash)',
  )
  return new Map(
    rows.flatMap(row => {
      const vraag = uniek[row.nr]
      return vraag ? [[clientSleutel(vraag), { clientId: row.client_id, persoon: row.persoon }] as const] : []
    }),
  )
}

export interface NieuweClient extends ClientVraag {
  naam: string
  geboortedatum: Datum
  geslacht: string
  /** From when the sending municipality is responsible, and the resident lives there as far as it knows. */
  vanaf: Datum
  /** The file that this person came with. */
  invoerId?: number | undefined
}

/** The name of the resident that a toewijzing is for; undefined when it may not be seen. */
export async function findNaam(
  db: Db,
  { gemeente, toewijzingId }: { gemeente: string; toewijzingId: number },
): Promise<string | undefined> {
  const { rows } = await clientOf(db).query<{ naam: string }>(
    `select c.naam from toegang.toewijzing t join toegang.client c using (gemeente, client_id)
     where t.gemeente = $1 and t.toewijzing_id = $2`,
    [gemeente, toewijzingId],
  )
  return rows[0]?.naam
}

/** Records residents that are new to their municipality; those it already knows stay as they are. */
export async function insertClienten(tx: Tx, kluis: Kluis, clienten: readonly NieuweClient[]): Promise<void> {
  const kolommen = {
    gemeente: 'text',
    bsn_hash: 'bytea',
    bsn_versleuteld: 'bytea',
    persoon: 'bigint',
    naam: 'text',
    geboortedatum: 'date',
    geslacht: 'text',
    testdata: 'boolean',
    invoer_id: 'integer',
  }
  const rijen = clienten.map(c => [
    c.gemeente,
    kluis.bsnHash(c.bsn),
    kluis.versleutel(Buffer.from(c.bsn)),
    kluis.persoon(c.bsn),
    c.naam,
    c.geboortedatum,
    c.geslacht,
    isTestBsn(c.bsn),
    c.invoerId ?? null,
  ])
  await insertBulk(tx, 'toegang.client', kolommen, rijen, 'on conflict (gemeente, bsn_hash) do nothing')
  for (const [tabel, kolom] of [
    ['toegang.woonplaats', 'woonplaats'],
    ['toegang.verantwoordelijkheid', 'verantwoordelijke_gemeente'],
  ] as const)
    await queryKeys(
      tx,
      { gemeente: 'text', bsn_hash: 'bytea', vanaf: 'date' },
      clienten.map(c => [c.gemeente, kluis.bsnHash(c.bsn), c.vanaf]),
      `insert into ${tabel} (gemeente, client_id, geldigheid, ${kolom})
       select v.gemeente, c.client_id, daterange(v.vanaf, null), v.gemeente
       from vraag v join toegang.client c using (gemeente, bsn_hash)
       where not exists (select from ${tabel} b where b.gemeente = c.gemeente and b.client_id = c.client_id)`,
    )
}
