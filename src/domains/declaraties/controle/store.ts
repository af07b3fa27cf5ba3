import type { Datum } from '../../../platform/dates.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { EerdereRegel } from './rules.ts'

export interface Indiener {
  gemeente: string
  aanbiederId: number
  domein: string
}

export function indienerSleutel(indiener: Indiener): string {
  return `${indiener.gemeente}|${indiener.aanbiederId}|${indiener.domein}`
}

const INDIENER = { gemeente: 'text', aanbieder_id: 'integer', domein: 'text' }

/** Keeps two intakes of the same aanbieder, municipality and law from judging on each other's unfinished work. */
export async function lockIndieners(tx: Tx, indieners: readonly Indiener[]): Promise<void> {
  const sleutels = [...new Set(indieners.map(indienerSleutel))].sort()
  await queryKeys(
    tx,
    { sleutel: 'text' },
    sleutels.map(sleutel => [sleutel]),
    'select pg_advisory_xact_lock(hashtextextended(sleutel, 323)) from vraag order by sleutel',
  )
}

/** Per indiener: which of these numbers are taken, and the latest month claimed. */
export async function mapDeclaraties(
  db: Db,
  vragen: readonly (Indiener & { nummer: string })[],
): Promise<Map<string, { bekend: Set<string>; laatsteMaand: Datum | undefined }>> {
  const rows = await queryKeys<{
    gemeente: string
    aanbieder_id: number
    domein: string
    laatste: Datum
    bekend: string[]
  }>(
    db,
    { ...INDIENER, nummers: 'text' },
    vragen.map(v => [v.gemeente, v.aanbiederId, v.domein, v.nummer]),
    `select v.gemeente, v.aanbieder_id, v.domein, max(d.maand) as laatste,
            coalesce(array_agg(distinct d.nummer) filter (where d.nummer = v.nummers), '{}') as bekend
     from vraag v
     join declaraties.declaratie d
       on d.gemeente = v.gemeente and d.aanbieder_id = v.aanbieder_id and d.domein = v.domein and d.geldt
     group by 1, 2, 3`,
  )
  return new Map(
    rows.map(row => [
      indienerSleutel({ gemeente: row.gemeente, aanbiederId: row.aanbieder_id, domein: row.domein }),
      { bekend: new Set(row.bekend), laatsteMaand: row.laatste },
    ]),
  )
}

/** Net approved volume (smallest unit: hours as minutes) and amount per toewijzing (`gemeente|id`). */
export async function mapTotalen(
  db: Db,
  toewijzingen: readonly { gemeente: string; toewijzingId: number }[],
): Promise<Map<string, { geleverd: number; gedeclareerd: number }>> {
  const uniek = new Map(toewijzingen.map(t => [`${t.gemeente}|${t.toewijzingId}`, t]))
  const rows = await queryKeys<{
    gemeente: string
    toewijzing_id: number
    geleverd: number
    gedeclareerd: number
  }>(
    db,
    { gemeente: 'text', toewijzing_id: 'bigint' },
    [...uniek.values()].map(t => [t.gemeente, t.toewijzingId]),
    `select p.gemeente, p.toewijzing_id,
            sum(case when debet then 1 else -1 end * volume * case when eenheid = '04' then 60 else 1 end)::bigint as geleverd,
            sum(case when debet then bedrag else -bedrag end)::bigint as gedeclareerd
     from vraag join declaraties.prestatie p using (gemeente, toewijzing_id)
     where p.goedgekeurd group by 1, 2`,
  )
  return new Map(rows.map(row => [`${row.gemeente}|${row.toewijzing_id}`, row]))
}

export interface KetenVraag {
  gemeente: string
  toewijzingId: number
  categorie: string
  code: string
  begin: Datum
  eind: Datum
}

export function ketenSleutel(vraag: KetenVraag): string {
  return `${vraag.gemeente}|${vraag.toewijzingId}|${vraag.categorie}|${vraag.code}|${vraag.begin}|${vraag.eind}`
}

export interface Keten {
  /** Approved debits and credits on this toewijzing, product and ProductPeriode. */
  debets: number
  credits: number
  /** Approved debits on another, overlapping ProductPeriode that were not credited. */
  overlappend: number
}

/** What was approved on one toewijzing × product × ProductPeriode, and on what overlaps with it. */
export async function mapKetens(db: Db, vragen: readonly KetenVraag[]): Promise<Map<string, Keten>> {
  const uniek = new Map(vragen.map(vraag => [ketenSleutel(vraag), vraag]))
  const rows = await queryKeys<Omit<KetenVraag, 'toewijzingId'> & Keten & { toewijzing_id: number }>(
    db,
    {
      gemeente: 'text',
      toewijzing_id: 'bigint',
      categorie: 'text',
      code: 'text',
      begin: 'date',
      eind: 'date',
    },
    [...uniek.values()].map(v => [v.gemeente, v.toewijzingId, v.categorie, v.code, v.begin, v.eind]),
    `select v.gemeente, v.toewijzing_id, v.categorie, v.code, v.begin, v.eind,
            count(*) filter (where p.debet and zelfde) as debets,
            count(*) filter (where not p.debet and zelfde) as credits,
            coalesce(sum(case when p.debet then 1 else -1 end) filter (where not zelfde), 0)::integer as overlappend
     from vraag v
     join declaraties.prestatie p using (gemeente, toewijzing_id, categorie, code)
     cross join lateral (select p.begin = v.begin and p.eind = v.eind as zelfde) z
     where p.goedgekeurd and p.begin <= v.eind and p.eind >= v.begin group by 1, 2, 3, 4, 5, 6`,
  )
  return new Map(rows.map(row => [ketenSleutel({ ...row, toewijzingId: row.toewijzing_id }), row]))
}

export interface ReferentieVraag extends Indiener {
  referentie: string
}

export function referentieSleutel(vraag: ReferentieVraag): string {
  return `${indienerSleutel(vraag)}|${vraag.referentie}`
}

interface RegelRij {
  gemeente: string
  aanbieder_id: number
  domein: string
  referentie: string
  vorige_referentie: string | null
  toewijzing_nummer: number
  categorie: string
  code: string
  begin: Datum
  eind: Datum
  volume: number
  eenheid: string
  tarief: number | null
  bedrag: number
  debet: boolean
  goedgekeurd: boolean
  keten: number
  overgenomen: boolean
}

/** Earlier lines that carry these reference numbers. */
export async function mapRegels(
  db: Db,
  vragen: readonly ReferentieVraag[],
): Promise<Map<string, EerdereRegel>> {
  const uniek = new Map(vragen.map(vraag => [referentieSleutel(vraag), vraag]))
  const rows = await queryKeys<RegelRij>(
    db,
    { ...INDIENER, referentie: 'text' },
    [...uniek.values()].map(v => [v.gemeente, v.aanbiederId, v.domein, v.referentie]),
    `select p.gemeente, p.aanbieder_id, p.domein, p.referentie, p.vorige_referentie, p.toewijzing_nummer, p.categorie, p.code,
            p.begin, p.eind, p.volume, p.eenheid, p.tarief, p.bedrag, p.debet, p.goedgekeurd, p.keten, d.overgenomen
     from vraag join declaraties.prestatie p using (gemeente, aanbieder_id, domein, referentie)
     join declaraties.declaratie d using (gemeente, declaratie_id)
     where p.houdt_referentie`,
  )
  return new Map(
    rows.map(({ aanbieder_id: aanbiederId, vorige_referentie, toewijzing_nummer, ...row }) => [
      referentieSleutel({ ...row, aanbiederId }),
      { ...row, vorigeReferentie: vorige_referentie, toewijzingNummer: toewijzing_nummer },
    ]),
  )
}

export interface NieuweDeclaratie extends Indiener {
  berichtId: string
  nummer: string
  maand: Datum
  dagtekening: Datum
  ingediend: number
  toegekend: number
  regels: number
  regelsAfgekeurd: number
  geldt: boolean
  /** Answered and paid by an older system. */
  overgenomen: boolean
  ontvangenOp: Date
  beslotenOp: Date
}

/** Records declaraties; answers their ids by berichtId. */
export async function insertDeclaraties(
  tx: Tx,
  declaraties: readonly NieuweDeclaratie[],
): Promise<Map<string, number>> {
  const rows = await queryKeys<{ bericht_id: string; declaratie_id: number }>(
    tx,
    {
      ...INDIENER,
      bericht_id: 'uuid',
      nummer: 'text',
      maand: 'date',
      dagtekening: 'date',
      ingediend: 'bigint',
      toegekend: 'bigint',
      regels: 'integer',
      regels_afgekeurd: 'integer',
      geldt: 'boolean',
      overgenomen: 'boolean',
      ontvangen_op: 'timestamptz',
      besloten_op: 'timestamptz',
    },
    declaraties.map(d => [
      d.gemeente,
      d.aanbiederId,
      d.domein,
      d.berichtId,
      d.nummer,
      d.maand,
      d.dagtekening,
      d.ingediend,
      d.toegekend,
      d.regels,
      d.regelsAfgekeurd,
      d.geldt,
      d.overgenomen,
      d.ontvangenOp,
      d.beslotenOp,
    ]),
    `insert into declaraties.declaratie (gemeente, aanbieder_id, domein, bericht_id, nummer, maand, dagtekening, ingediend,
       toegekend, regels, regels_afgekeurd, geldt, overgenomen, ontvangen_op, besloten_op)
     select * from vraag returning bericht_id, declaratie_id`,
  )
  return new Map(rows.map(row => [row.bericht_id, row.declaratie_id]))
}

export const PRESTATIE_KOLOMMEN = {
  gemeente: 'text',
  declaratie_id: 'bigint',
  regel: 'integer',
  aanbieder_id: 'integer',
  domein: 'text',
  client_id: 'bigint',
  toewijzing_id: 'bigint',
  toewijzing_nummer: 'bigint',
  segment_id: 'integer',
  product_id: 'integer',
  categorie: 'text',
  code: 'text',
  begin: 'date',
  eind: 'date',
  volume: 'bigint',
  eenheid: 'text',
  tarief: 'integer',
  bedrag: 'bigint',
  debet: 'boolean',
  referentie: 'text',
  vorige_referentie: 'text',
  houdt_referentie: 'boolean',
  goedgekeurd: 'boolean',
  keten: 'integer',
  ontvangen_op: 'timestamptz',
  besloten_op: 'timestamptz',
} as const

export const BEVINDING_KOLOMMEN = {
  gemeente: 'text',
  declaratie_id: 'bigint',
  regel: 'integer',
  volgnummer: 'integer',
  aanbieder_id: 'integer',
  regelcode: 'text',
  retourcode: 'text',
  melding: 'text',
  feiten: 'jsonb',
} as const

export interface NieuweBetaling {
  gemeente: string
  declaratieId: number
  aanbiederId: number
  bedrag: number
  vervaltOp: Datum
}

export async function insertBetalingen(tx: Tx, betalingen: readonly NieuweBetaling[]): Promise<void> {
  const kolommen = {
    gemeente: 'text',
    declaratie_id: 'bigint',
    aanbieder_id: 'integer',
    bedrag: 'bigint',
    vervalt_op: 'date',
  }
  const rijen = betalingen.map(b => [b.gemeente, b.declaratieId, b.aanbiederId, b.bedrag, b.vervaltOp])
  await insertBulk(tx, 'declaraties.betaling', kolommen, rijen)
}

/** Which toewijzingen (`gemeente|id`) carry approved lines that were not credited (TR385). */
export async function hasGoedgekeurdeRegels(
  tx: Tx,
  toewijzingen: readonly { gemeente: string; toewijzingId: number }[],
): Promise<Set<string>> {
  const rows = await queryKeys<{ gemeente: string; toewijzing_id: number }>(
    tx,
    { gemeente: 'text', toewijzing_id: 'bigint' },
    toewijzingen.map(t => [t.gemeente, t.toewijzingId]),
    `select p.gemeente, p.toewijzing_id
     from vraag join declaraties.prestatie p using (gemeente, toewijzing_id)
     where p.goedgekeurd group by 1, 2 having sum(case when p.debet then 1 else -1 end) > 0`,
  )
  return new Set(rows.map(row => `${row.gemeente}|${row.toewijzing_id}`))
}

/** Remembers approved lines that overlap with another one on the same toewijzing, so that somebody looks at them. */
export async function insertOverlap(
  tx: Tx,
  regels: readonly { gemeente: string; declaratieId: number; regel: number }[],
): Promise<void> {
  await insertBulk(
    tx,
    'declaraties.overlap',
    { gemeente: 'text', declaratie_id: 'bigint', regel: 'integer' },
    regels.map(r => [r.gemeente, r.declaratieId, r.regel]),
  )
}
