import type { Kluis } from '../../../platform/crypto.ts'
import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { type ClientVraag, clientSleutel } from './store.ts'

/** What a 301 says of a person. */
export interface Gegevens {
  naam: string
  geboortedatum: Datum
  geslacht: string
}

/** A message that says it. */
export interface Bron {
  gemeente: string
  berichtId?: string | undefined
  dagtekening: Datum
  identificatie: string
  client: Gegevens & { bsn: string }
}

interface Bekend extends Gegevens {
  /** Dagtekening and identificatie of the message it comes from; '' before these were kept. */
  dagtekening: string
  identificatie: string
}

/** What the residents of these messages are known as now. */
export async function openGegevens(tx: Tx, kluis: Kluis, bronnen: readonly Bron[]): Promise<Gegevensboek> {
  const uniek = [...new Map(bronnen.map(b => [clientSleutel(vraagVan(b)), vraagVan(b)])).values()]
  const rows = await queryKeys<Bekend & { nr: number }>(
    tx,
    { nr: 'integer', gemeente: 'text', bsn_hash: 'bytea' },
    uniek.map((vraag, nr) => [nr, vraag.gemeente, kluis.bsnHash(vraag.bsn)]),
    `select nr, naam, geboortedatum, geslacht, coalesce(gegevens_van::text, '') as dagtekening,
            coalesce(gegevens_volgens, '') as identificatie
     from vraag join toegang.client using (gemeente, bsn_hash)`,
  )
  return new Gegevensboek(
    new Map(
      rows.flatMap(row => {
        const vraag = uniek[row.nr]
        return vraag ? [[clientSleutel(vraag), row] as const] : []
      }),
    ),
  )
}

const vraagVan = ({ gemeente, client: { bsn } }: Bron): ClientVraag => ({ gemeente, bsn })

/**
 * Keeps what is known of residents while a batch of 301s is judged. The message with the latest dagtekening decides
 * (of one day, the highest identificatie), whatever the order of receipt; what it replaces, and what came too late to
 * count, is kept as history.
 */
export class Gegevensboek {
  readonly #nu: Map<string, Bekend>
  readonly #historie: Bron[] = []
  readonly #geraakt = new Map<string, Bron>()

  constructor(bekend: Map<string, Bekend>) {
    this.#nu = bekend
  }

  note(bron: Bron): void {
    const sleutel = clientSleutel(vraagVan(bron))
    const nu = this.#nu.get(sleutel)
    if (nu === undefined || isAnders(nu, bron.client)) this.#historie.push(bron)
    if (nu !== undefined && !isLater(bron, nu)) return
    this.#nu.set(sleutel, {
      ...bron.client,
      dagtekening: bron.dagtekening,
      identificatie: bron.identificatie,
    })
    this.#geraakt.set(sleutel, bron)
  }

  /** Stores it; the residents themselves must be recorded by now. */
  async save(tx: Tx, kluis: Kluis, nu: Date): Promise<void> {
    const sleutel = ({ gemeente, client }: Bron) => [gemeente, kluis.bsnHash(client.bsn)]
    const waarden = ({ client, dagtekening, identificatie }: Bron) => [
      client.naam,
      client.geboortedatum,
      client.geslacht,
      dagtekening,
      identificatie,
    ]
    await queryKeys(
      tx,
      { gemeente: 'text', bsn_hash: 'bytea', ...KOLOMMEN },
      [...this.#geraakt.values()].map(bron => [...sleutel(bron), ...waarden(bron)]),
      `update toegang.client c set naam = v.naam, geboortedatum = v.geboortedatum, geslacht = v.geslacht,
         gegevens_van = v.dagtekening, gegevens_volgens = v.identificatie
       from vraag v where c.gemeente = v.gemeente and c.bsn_hash = v.bsn_hash`,
    )
    const ids = await queryKeys<{ nr: number; client_id: number }>(
      tx,
      { nr: 'integer', gemeente: 'text', bsn_hash: 'bytea' },
      this.#historie.map((bron, nr) => [nr, ...sleutel(bron)]),
      'select nr, client_id from vraag join toegang.client using (gemeente, bsn_hash)',
    )
    await insertBulk(
      tx,
      'toegang.client_gegevens',
      {
        gemeente: 'text',
        client_id: 'bigint',
        ...KOLOMMEN,
        bericht_id: 'uuid',
        vastgelegd_op: 'timestamptz',
      },
      ids.flatMap(({ nr, client_id }) => {
        const bron = this.#historie[nr]
        return bron ? [[bron.gemeente, client_id, ...waarden(bron), bron.berichtId ?? null, nu]] : []
      }),
    )
  }
}

const KOLOMMEN = {
  naam: 'text',
  geboortedatum: 'date',
  geslacht: 'text',
  dagtekening: 'date',
  identificatie: 'text',
} as const

function isAnders(a: Gegevens, b: Gegevens): boolean {
  return a.naam !== b.naam || a.geboortedatum !== b.geboortedatum || a.geslacht !== b.geslacht
}

function isLater(bron: Bron, nu: Bekend): boolean {
  if (bron.dagtekening !== nu.dagtekening) return bron.dagtekening > nu.dagtekening
  return bron.identificatie > nu.identificatie
}
