import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import { shareTurn, takeTurn, waitForTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Domein } from '../../contracten/index.ts'
import { isVerwijderd } from '../waarde/rules.ts'
import type { Versie } from './rules.ts'

export interface ToewijzingVraag {
  gemeente: string
  domein: Domein
  nummer: number
}

export interface Toewijzing extends ToewijzingVraag {
  toewijzingId: number
  clientId: number
  aanbiederId: number
  verwijzer: string
  actueel: Versie
  /** False when the only 301 that brought this state came back as not processed (0001): it counts as not sent (OP286). */
  geldt: boolean
}

/** Whether the provider has this toewijzing: deleted, or never processed, counts as not sent. */
export function isVerzonden({ geldt, actueel }: Pick<Toewijzing, 'geldt' | 'actueel'>): boolean {
  return geldt && !isVerwijderd(actueel)
}

export function toewijzingSleutel(vraag: ToewijzingVraag): string {
  return `${vraag.gemeente}|${vraag.domein}|${vraag.nummer}`
}

/** Referrer of a toewijzing of which none was registered. */
export const VERWIJZER_ONBEKEND = 'onbekend'

interface ToewijzingRij extends VersieRij {
  gemeente: string
  domein: Domein
  nummer: number
  toewijzing_id: number
  client_id: number
  aanbieder_id: number
  verwijzer: string | null
  geldt: boolean
}

interface VersieRij {
  toegewezen_op: string
  categorie: string | null
  code: string | null
  product_id: number | null
  segment_id: number | null
  ingang: Datum
  eind: Datum | null
  reden_wijziging: string | null
  volume: number | null
  eenheid: string | null
  frequentie: string | null
  budget: number | null
  tarief: number | null
  tarief_vanaf: Datum | null
}

const VERSIE_KOLOMMEN = `v.toegewezen_op, v.categorie, v.code, v.product_id, v.segment_id, v.ingang, v.eind,
  v.reden_wijziging, v.volume, v.eenheid, v.frequentie, v.budget, v.tarief, v.tarief_vanaf`

/**
 * The turn in which messages are judged: shared by all intakes, and nobody's while something is taken over or what they are judged by is
 * changed. After the turn of the registers, before that of parties (ADR 27).
 */
const INNAME = 'inname'

/**
 * Until this transaction ends no message is judged and nothing else is taken over, in the whole region. For taking over and going back
 * on it, before the first look at what messages change: what it finds may belong to any party, and a folder brings more than one file. And
 * for the change of a register by which they are judged, before its first row is written.
 */
export async function holdIntake(tx: Tx): Promise<void> {
  await takeTurn(tx, INNAME)
}

/** Keeps two intakes of the same parties from judging on each other's unfinished work, and from what is being taken over. */
export async function lockPartijen(
  tx: Tx,
  partijen: readonly { gemeente: string; aanbiederId: number }[],
): Promise<void> {
  await shareTurn(tx, INNAME)
  const sleutels = [...new Set(partijen.map(p => `${p.gemeente}|${p.aanbiederId}`))].sort()
  await waitForTurn(
    queryKeys(
      tx,
      { sleutel: 'text' },
      sleutels.map(sleutel => [sleutel]),
      `select pg_advisory_xact_lock(hashtextextended(sleutel, 301))
       from (select sleutel from vraag order by sleutel) op_volgorde`,
    ),
  )
}

/** Toewijzingen with their current state, for many numbers in one query. */
export async function mapToewijzingen(
  db: Db,
  vragen: readonly ToewijzingVraag[],
): Promise<Map<string, Toewijzing>> {
  const uniek = new Map(vragen.map(vraag => [toewijzingSleutel(vraag), vraag]))
  const rows = await queryKeys<ToewijzingRij>(
    db,
    { gemeente: 'text', domein: 'text', nummer: 'bigint' },
    [...uniek.values()].map(v => [v.gemeente, v.domein, v.nummer]),
    `select t.gemeente, t.domein, t.nummer, t.toewijzing_id, t.client_id, t.aanbieder_id, t.verwijzer, t.geldt,
            ${VERSIE_KOLOMMEN}
     from vraag
     join toegang.toewijzing t using (gemeente, domein, nummer)
     join toegang.toewijzing_versie v
       on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie`,
  )
  return new Map(rows.map(row => [toewijzingSleutel(row), toToewijzing(row)]))
}

function toToewijzing(row: ToewijzingRij): Toewijzing {
  return {
    gemeente: row.gemeente,
    domein: row.domein,
    nummer: row.nummer,
    toewijzingId: row.toewijzing_id,
    clientId: row.client_id,
    aanbiederId: row.aanbieder_id,
    verwijzer: row.verwijzer ?? VERWIJZER_ONBEKEND,
    geldt: row.geldt,
    actueel: toVersie(row),
  }
}

function toVersie(row: VersieRij): Versie {
  return {
    toegewezenOp: row.toegewezen_op,
    categorie: row.categorie,
    code: row.code,
    productId: row.product_id,
    segmentId: row.segment_id,
    ingang: row.ingang,
    eind: row.eind,
    redenWijziging: row.reden_wijziging,
    volume: row.volume,
    eenheid: row.eenheid,
    frequentie: row.frequentie,
    budget: row.budget,
    tarief: row.tarief,
    tariefVanaf: row.tarief_vanaf,
  }
}

export interface Toestand {
  nummer: number
  /** Null for what was taken over from a file. */
  berichtId: string | null
  invoerId: number | null
  versie: Versie
  /** False when its 301 came back as not processed. */
  geldt: boolean
}

/** Every recorded state per toewijzing (`gemeente|id`), in the order in which they were recorded. */
export async function mapToestanden(
  db: Db,
  toewijzingen: readonly { gemeente: string; toewijzingId: number }[],
): Promise<Map<string, Toestand[]>> {
  const rows = await queryKeys<
    VersieRij & {
      gemeente: string
      toewijzing_id: number
      versie: number
      bericht_id: string | null
      invoer_id: number | null
      geldt: boolean
    }
  >(
    db,
    { gemeente: 'text', toewijzing_id: 'bigint' },
    toewijzingen.map(t => [t.gemeente, t.toewijzingId]),
    `select v.gemeente, v.toewijzing_id, v.versie, v.bericht_id, v.invoer_id, ${VERSIE_KOLOMMEN},
            i.versie is null as geldt
     from vraag join toegang.toewijzing_versie v using (gemeente, toewijzing_id)
     left join toegang.versie_ingetrokken i using (gemeente, toewijzing_id, versie)
     order by v.versie`,
  )
  const out = new Map<string, Toestand[]>()
  for (const row of rows) {
    const sleutel = `${row.gemeente}|${row.toewijzing_id}`
    const toestand = {
      nummer: row.versie,
      berichtId: row.bericht_id,
      invoerId: row.invoer_id,
      versie: toVersie(row),
      geldt: row.geldt,
    }
    out.set(sleutel, [...(out.get(sleutel) ?? []), toestand])
  }
  return out
}

export interface NieuweToewijzing extends ToewijzingVraag {
  clientId: number
  aanbiederId: number
  /** The file that it came with. */
  invoerId?: number | undefined
}

/** Records new toewijzingen with what is registered of their referral; answers their ids and referrers. */
export async function insertToewijzingen(
  tx: Tx,
  nieuwe: readonly NieuweToewijzing[],
): Promise<Map<string, { toewijzingId: number; verwijzer: string }>> {
  const rows = await queryKeys<ToewijzingVraag & { toewijzing_id: number; verwijzer: string | null }>(
    tx,
    {
      gemeente: 'text',
      domein: 'text',
      nummer: 'bigint',
      client_id: 'bigint',
      aanbieder_id: 'integer',
      invoer_id: 'integer',
    },
    nieuwe.map(t => [t.gemeente, t.domein, t.nummer, t.clientId, t.aanbiederId, t.invoerId ?? null]),
    `insert into toegang.toewijzing (gemeente, domein, nummer, client_id, aanbieder_id, invoer_id, verwijzer, probleemcluster, herhaald)
     select v.gemeente, v.domein, v.nummer, v.client_id, v.aanbieder_id, v.invoer_id, w.verwijzer, w.probleemcluster, w.herhaald
     from vraag v left join toegang.verwijzing w using (gemeente, domein, nummer)
     returning gemeente, domein, nummer, toewijzing_id, verwijzer`,
  )
  return new Map(
    rows.map(row => [
      toewijzingSleutel(row),
      { toewijzingId: row.toewijzing_id, verwijzer: row.verwijzer ?? VERWIJZER_ONBEKEND },
    ]),
  )
}

export interface NieuweVersie {
  gemeente: string
  toewijzingId: number
  versienummer: number
  aanbiederId: number
  berichtId?: string | undefined
  invoerId?: number | undefined
  ontvangenOp: Date
  vastgelegdOp: Date
  versie: Versie
  /** False when a later decision (Toewijzingsdatum and -tijd) is already known: then it is history at once. */
  wordtActueel: boolean
}

export async function insertVersies(tx: Tx, versies: readonly NieuweVersie[]): Promise<void> {
  const kolommen = {
    gemeente: 'text',
    toewijzing_id: 'bigint',
    versie: 'integer',
    aanbieder_id: 'integer',
    bericht_id: 'uuid',
    invoer_id: 'integer',
    ontvangen_op: 'timestamptz',
    vastgelegd_op: 'timestamptz',
    toegewezen_op: 'timestamp',
    categorie: 'text',
    code: 'text',
    product_id: 'integer',
    segment_id: 'integer',
    ingang: 'date',
    eind: 'date',
    reden_wijziging: 'text',
    volume: 'bigint',
    eenheid: 'text',
    frequentie: 'text',
    budget: 'bigint',
    tarief: 'integer',
    tarief_vanaf: 'date',
  }
  const rijen = versies.map(({ versie: v, ...rij }) => [
    rij.gemeente,
    rij.toewijzingId,
    rij.versienummer,
    rij.aanbiederId,
    rij.berichtId ?? null,
    rij.invoerId ?? null,
    rij.ontvangenOp,
    rij.vastgelegdOp,
    v.toegewezenOp,
    v.categorie,
    v.code,
    v.productId,
    v.segmentId,
    v.ingang,
    v.eind,
    v.redenWijziging,
    v.volume,
    v.eenheid,
    v.frequentie,
    v.budget,
    v.tarief,
    v.tariefVanaf,
  ])
  await insertBulk(tx, 'toegang.toewijzing_versie', kolommen, rijen)
  const latest = new Map(
    versies
      .filter(v => v.wordtActueel && v.versienummer > 1)
      .map(v => [`${v.gemeente}|${v.toewijzingId}`, v]),
  )
  await queryKeys(
    tx,
    { gemeente: 'text', toewijzing_id: 'bigint', versie: 'integer' },
    [...latest.values()].map(v => [v.gemeente, v.toewijzingId, v.versienummer]),
    `update toegang.toewijzing t set actuele_versie = v.versie, geldt = true
     from vraag v where t.gemeente = v.gemeente and t.toewijzing_id = v.toewijzing_id`,
  )
}

/**
 * Remembers that a message was judged by what stands at these toewijzingen: what a file said there can no longer be taken back, or the
 * answer would have lost its ground. Call it for what is found, before the message itself leaves anything there. What another party
 * was assigned is passed by: only who holds its lock (`lockPartijen`) may mark it, else two would wait in a circle. Does nothing for
 * rows of a file.
 */
export async function markBeantwoord(
  tx: Tx,
  berichten: readonly { gemeente: string; aanbiederId: number; berichtId?: string | undefined }[],
  toewijzingen: Iterable<Toewijzing>,
): Promise<void> {
  const partijen = new Set(
    berichten.flatMap(b => (b.berichtId === undefined ? [] : [`${b.gemeente}|${b.aanbiederId}`])),
  )
  const kolommen = { gemeente: 'text', toewijzing_id: 'bigint' }
  const sleutels = [...toewijzingen]
    .filter(t => partijen.has(`${t.gemeente}|${t.aanbiederId}`))
    .map(t => [t.gemeente, t.toewijzingId])
  for (const tabel of ['toewijzing_versie', 'start_stop'])
    await queryKeys(
      tx,
      kolommen,
      sleutels,
      `update toegang.${tabel} t set beantwoord = true from vraag v
       where t.gemeente = v.gemeente and t.toewijzing_id = v.toewijzing_id and t.invoer_id is not null and not t.beantwoord`,
    )
}
