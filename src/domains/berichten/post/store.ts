import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Bevinding, Controleniveau } from '../../istandaard/index.ts'

export type Staat =
  | 'ontvangen'
  | 'verwerkt'
  | 'deels-afgekeurd'
  | 'afgekeurd'
  | 'klaar'
  | 'opgehaald'
  | 'aanvaard'
  | 'geweigerd'
  | 'niet-te-beoordelen'
  | 'overgenomen'

export interface BerichtRij {
  gemeente: string
  berichtId: string
  richting: 'in' | 'uit'
  soort: string
  domein: string
  aanbiederId: number
  afzender: string
  ontvanger: string
  identificatie: string
  dagtekening: Datum | null
  geldt: boolean
  staat: Staat
  antwoordOp: string | null
  vingerafdruk: Buffer
  regels: number
  bevindingen: number
  /** How often judging began. */
  pogingen: number
  ontvangenOp: Date
  antwoordVoor: Datum | null
  verwerktOp: Date | null
  /** The original file, packed. */
  bestand: Buffer
  grootte: number
}

/**
 * Records messages with their files, in and out alike. In the order of their fingerprints: two that record the same ones at the same
 * moment then wait for each other in one direction only.
 */
export async function insertBerichten(tx: Tx, rijen: readonly BerichtRij[]): Promise<void> {
  const berichten = rijen.toSorted((a, b) => Buffer.compare(a.vingerafdruk, b.vingerafdruk))
  await insertBulk(
    tx,
    'berichten.bericht',
    {
      gemeente: 'text',
      bericht_id: 'uuid',
      richting: 'text',
      soort: 'text',
      domein: 'text',
      aanbieder_id: 'integer',
      afzender: 'text',
      ontvanger: 'text',
      identificatie: 'text',
      dagtekening: 'date',
      geldt: 'boolean',
      staat: 'text',
      antwoord_op: 'uuid',
      vingerafdruk: 'bytea',
      regels: 'integer',
      bevindingen: 'integer',
      pogingen: 'integer',
      ontvangen_op: 'timestamptz',
      antwoord_voor: 'date',
      verwerkt_op: 'timestamptz',
    },
    berichten.map(b => [
      b.gemeente,
      b.berichtId,
      b.richting,
      b.soort,
      b.domein,
      b.aanbiederId,
      b.afzender,
      b.ontvanger,
      b.identificatie,
      b.dagtekening,
      b.geldt,
      b.staat,
      b.antwoordOp,
      b.vingerafdruk,
      b.regels,
      b.bevindingen,
      b.pogingen,
      b.ontvangenOp,
      b.antwoordVoor,
      b.verwerktOp,
    ]),
  )
  await insertBulk(
    tx,
    'berichten.bestand',
    { gemeente: 'text', bericht_id: 'uuid', aanbieder_id: 'integer', inhoud: 'bytea', grootte: 'integer' },
    berichten.map(b => [b.gemeente, b.berichtId, b.aanbiederId, b.bestand, b.grootte]),
  )
}

export interface BerichtOordeel {
  gemeente: string
  berichtId: string
  staat: Staat
  geldt: boolean
  regels: number
  bevindingen: number
  verwerktOp: Date
}

/** The state of waiting messages after judging. */
export async function updateOordelen(tx: Tx, oordelen: readonly BerichtOordeel[]): Promise<void> {
  await queryKeys(
    tx,
    {
      gemeente: 'text',
      bericht_id: 'uuid',
      staat: 'text',
      geldt: 'boolean',
      regels: 'integer',
      bevindingen: 'integer',
      verwerkt_op: 'timestamptz',
    },
    oordelen.map(o => [o.gemeente, o.berichtId, o.staat, o.geldt, o.regels, o.bevindingen, o.verwerktOp]),
    `update berichten.bericht b
     set staat = v.staat, geldt = v.geldt, regels = v.regels, bevindingen = v.bevindingen, verwerkt_op = v.verwerkt_op
     from vraag v where b.gemeente = v.gemeente and b.bericht_id = v.bericht_id`,
  )
}

export interface NieuweBevinding extends Bevinding {
  gemeente: string
  berichtId: string
  aanbiederId: number
  niveau: Controleniveau
}

/** At most so many findings of one message are kept; the count on the message is complete. */
const MEESTE = 100

export async function insertBevindingen(tx: Tx, bevindingen: readonly NieuweBevinding[]): Promise<void> {
  const geteld = new Map<string, number>()
  const rijen = bevindingen.flatMap(b => {
    const nummer = (geteld.get(b.berichtId) ?? 0) + 1
    geteld.set(b.berichtId, nummer)
    return nummer > MEESTE
      ? []
      : [[b.gemeente, b.berichtId, nummer, b.aanbiederId, b.niveau, b.regel, b.retourcode, b.pad, b.melding]]
  })
  const kolommen = {
    gemeente: 'text',
    bericht_id: 'uuid',
    volgnummer: 'integer',
    aanbieder_id: 'integer',
    niveau: 'smallint',
    regel: 'text',
    retourcode: 'text',
    pad: 'text',
    melding: 'text',
  }
  await insertBulk(tx, 'berichten.bevinding', kolommen, rijen)
}

export interface NieuweGebeurtenis {
  gemeente: string
  berichtId: string
  aanbiederId: number
  soort:
    | 'ontvangen'
    | 'beoordeeld'
    | 'beantwoord'
    | 'gemaakt'
    | 'opgehaald'
    | 'aanvaard'
    | 'geweigerd'
    | 'niet-te-beoordelen'
    | 'opnieuw'
    | 'overgenomen'
  door: string
  op: Date
}

export async function insertGebeurtenissen(
  tx: Tx,
  gebeurtenissen: readonly NieuweGebeurtenis[],
): Promise<void> {
  const kolommen = {
    gemeente: 'text',
    bericht_id: 'uuid',
    aanbieder_id: 'integer',
    soort: 'text',
    door: 'text',
    op: 'timestamptz',
  }
  await insertBulk(
    tx,
    'berichten.gebeurtenis',
    kolommen,
    gebeurtenissen.map(g => [g.gemeente, g.berichtId, g.aanbiederId, g.soort, g.door, g.op]),
  )
}

export interface Bekend {
  gemeente: string
  berichtId: string
  staat: Staat
  /** It was received, and nobody judged it yet. */
  wacht: boolean
}

/** Messages whose very bytes were received before, by `gemeente|vingerafdruk (hex)`. */
export async function mapByVingerafdruk(
  db: Db,
  vragen: readonly { gemeente: string; vingerafdruk: Buffer }[],
): Promise<Map<string, Bekend>> {
  const rows = await queryKeys<{
    gemeente: string
    vingerafdruk: Buffer
    bericht_id: string
    staat: Staat
    wacht: boolean
  }>(
    db,
    { gemeente: 'text', vingerafdruk: 'bytea' },
    vragen.map(v => [v.gemeente, v.vingerafdruk]),
    `select gemeente, vingerafdruk, bericht_id, staat, staat = 'ontvangen' and verwerkt_op is null as wacht
     from vraag join berichten.bericht using (gemeente, vingerafdruk) where richting = 'in'`,
  )
  return new Map(
    rows.map(row => [
      `${row.gemeente}|${row.vingerafdruk.toString('hex')}`,
      { gemeente: row.gemeente, berichtId: row.bericht_id, staat: row.staat, wacht: row.wacht },
    ]),
  )
}

/** The state of messages and what is kept of their findings. */
export async function mapOordelen(
  db: Db,
  sleutels: readonly { gemeente: string; berichtId: string }[],
): Promise<Map<string, { staat: Staat; bevindingen: Bevinding[] }>> {
  const rows = await queryKeys<{ bericht_id: string; staat: Staat; bevindingen: Bevinding[] }>(
    db,
    { gemeente: 'text', bericht_id: 'uuid' },
    sleutels.map(s => [s.gemeente, s.berichtId]),
    `select bericht_id, b.staat, (
       select coalesce(json_agg(json_build_object('regel', regel, 'retourcode', retourcode, 'pad', pad, 'melding', melding)
         order by volgnummer), '[]')
       from berichten.bevinding v where v.gemeente = b.gemeente and v.bericht_id = b.bericht_id) as bevindingen
     from vraag join berichten.bericht b using (gemeente, bericht_id)`,
  )
  return new Map(rows.map(({ bericht_id, ...oordeel }) => [bericht_id, oordeel]))
}

export interface IdentificatieVraag {
  gemeente: string
  soort: string
  afzender: string
  identificatie: string
}

export function identificatieSleutel(vraag: IdentificatieVraag): string {
  return `${vraag.gemeente}|${vraag.soort}|${vraag.afzender}|${vraag.identificatie}`
}

/** Messages that occupy these identificaties (TR056), with their state. */
export async function mapByIdentificatie(
  db: Db,
  vragen: readonly IdentificatieVraag[],
): Promise<Map<string, Omit<Bekend, 'wacht'>>> {
  const rows = await queryKeys<IdentificatieVraag & { bericht_id: string; staat: Staat }>(
    db,
    { gemeente: 'text', soort: 'text', afzender: 'text', identificatie: 'text' },
    vragen.map(v => [v.gemeente, v.soort, v.afzender, v.identificatie]),
    `select gemeente, soort, afzender, identificatie, bericht_id, staat
     from vraag join berichten.bericht using (gemeente, soort, afzender, identificatie) where geldt`,
  )
  return new Map(
    rows.map(row => [
      identificatieSleutel(row),
      { gemeente: row.gemeente, berichtId: row.bericht_id, staat: row.staat },
    ]),
  )
}

/** These messages count as not sent: their identificaties are free again (OP286). */
export async function freeIdentificaties(
  tx: Tx,
  berichten: readonly { gemeente: string; berichtId: string }[],
): Promise<void> {
  await queryKeys(
    tx,
    { gemeente: 'text', bericht_id: 'uuid' },
    berichten.map(b => [b.gemeente, b.berichtId]),
    `update berichten.bericht b set geldt = false
     from vraag v where b.gemeente = v.gemeente and b.bericht_id = v.bericht_id`,
  )
}

/** Fresh identificaties for outgoing messages: unique for this installation, 12 characters. */
export async function newIdentificaties(tx: Tx, aantal: number): Promise<string[]> {
  if (aantal === 0) return []
  const { rows } = await clientOf(tx).query<{ n: number }>(
    "select nextval('berichten.uitgaand') as n from generate_series(1, $1)",
    [aantal],
  )
  return rows.map(row => `S${String(row.n).padStart(11, '0')}`)
}

/** One waiting message, locked for this transaction; undefined when it was handled or is being handled elsewhere. */
export async function lockWachtend(
  tx: Tx,
  gemeente: string,
  berichtId: string,
): Promise<{ bestand: Buffer; ontvangenOp: Date; aanbiederId: number } | undefined> {
  const { rows } = await clientOf(tx).query<{ inhoud: Buffer; ontvangen_op: Date; aanbieder_id: number }>(
    `select f.inhoud, b.ontvangen_op, b.aanbieder_id
     from berichten.bericht b join berichten.bestand f using (gemeente, bericht_id)
     where b.gemeente = $1 and b.bericht_id = $2 and b.staat = 'ontvangen' and b.verwerkt_op is null
     for update of b skip locked`,
    [gemeente, berichtId],
  )
  const row = rows[0]
  return row && { bestand: row.inhoud, ontvangenOp: row.ontvangen_op, aanbiederId: row.aanbieder_id }
}

/** Messages of every kind that were recorded and not weighed, oldest first; what is only kept (315) is weighed by its header. */
export async function listWachtend(db: Db): Promise<{ gemeente: string; berichtId: string }[]> {
  const { rows } = await clientOf(db).query<{ gemeente: string; bericht_id: string }>(
    `select gemeente, bericht_id from berichten.bericht
     where staat = 'ontvangen' and verwerkt_op is null order by ontvangen_op limit 1000`,
  )
  return rows.map(row => ({ gemeente: row.gemeente, berichtId: row.bericht_id }))
}

/** The known municipality codes among these. */
export async function listGemeenten(db: Db, codes: readonly string[]): Promise<Set<string>> {
  const rows = await queryKeys<{ code: string }>(
    db,
    { code: 'text' },
    [...new Set(codes)].map(code => [code]),
    'select code from vraag join contracten.gemeente using (code)',
  )
  return new Set(rows.map(row => row.code))
}

/** Files by message id. */
export async function mapBestanden(
  db: Db,
  berichten: readonly { gemeente: string; berichtId: string }[],
): Promise<Map<string, Buffer>> {
  const rows = await queryKeys<{ bericht_id: string; inhoud: Buffer }>(
    db,
    { gemeente: 'text', bericht_id: 'uuid' },
    berichten.map(b => [b.gemeente, b.berichtId]),
    'select bericht_id, inhoud from vraag join berichten.bestand using (gemeente, bericht_id)',
  )
  return new Map(rows.map(row => [row.bericht_id, row.inhoud]))
}

/** The answer that went out on a message, if there is one. */
export async function mapAntwoorden(
  db: Db,
  berichten: readonly { gemeente: string; berichtId: string }[],
): Promise<Map<string, { berichtId: string; soort: string }>> {
  const rows = await queryKeys<{ antwoord_op: string; bericht_id: string; soort: string }>(
    db,
    { gemeente: 'text', antwoord_op: 'uuid' },
    berichten.map(b => [b.gemeente, b.berichtId]),
    'select antwoord_op, bericht_id, soort from vraag join berichten.bericht using (gemeente, antwoord_op)',
  )
  return new Map(rows.map(row => [row.antwoord_op, { berichtId: row.bericht_id, soort: row.soort }]))
}
