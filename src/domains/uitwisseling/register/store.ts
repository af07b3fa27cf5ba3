import { sql } from 'kysely'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import { type Datum, dateInNederland } from '../../../platform/dates.ts'
import { type Lijstbron, listRows, searchEis } from '../../../platform/db/lijst.ts'
import { insertRow, updateRow } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Gegevenslijst } from '../gegevens/lijst.ts'
import {
  type Advies,
  type Besluit,
  type Inhoud,
  type Staat,
  type Stand,
  type Stap,
  type Uitwisselvraag,
  type Weegbaar,
  whyNoGrond,
} from './rules.ts'

/** One version of a weighing, as it is kept. */
export interface Weging {
  wegingId: number
  stam: number
  nummer: number
  gemeente: string | null
  gemeenteNaam: string | null
  dossierId: number | null
  dossierNaam: string | null
  lijstId: number
  lijst: Gegevenslijst
  activiteit: string
  doel: string
  inhoud: Inhoud
  geldigVanaf: Datum
  geldigTot: Datum | null
  staat: Staat
  opstellers: number[]
  advies: Advies | null
  adviesTekst: string | null
  adviesDoor: number | null
  adviseur: string | null
  adviesOp: Date | null
  besluit: Besluit | null
  voorwaarden: string | null
  motivering: string | null
  besluitDoor: number | null
  beslisser: string | null
  besluitOp: Date | null
  ingetrokkenOp: Date | null
  /** A later version of the line is being worked on, or was decided. */
  ingehaald: boolean
  versie: number
  op: Date
}

/** Every version that counts, so without those that were replaced, unless that stand is asked. */
export const WEGINGEN: Lijstbron<Weging> = {
  kolommen: sql`w.weging_id as "wegingId", coalesce(w.stam, w.weging_id) as stam, w.nummer, w.gemeente,
  gm.naam as "gemeenteNaam", w.dossier_id as "dossierId", d.naam as "dossierNaam", w.lijst_id as "lijstId", l.inhoud as lijst,
  w.activiteit, w.doel, w.inhoud, w.geldig_vanaf as "geldigVanaf", w.geldig_tot as "geldigTot", w.staat, w.opstellers,
  w.advies, w.advies_tekst as "adviesTekst", w.advies_door as "adviesDoor", a.naam as adviseur, w.advies_op as "adviesOp",
  w.besluit, w.voorwaarden, w.motivering, w.besluit_door as "besluitDoor", b.naam as beslisser,
  w.besluit_op as "besluitOp", w.ingetrokken_op as "ingetrokkenOp", w.versie, w.op,
  exists (select from uitwisseling.weging v where coalesce(v.stam, v.weging_id) = coalesce(w.stam, w.weging_id)
    and v.nummer > w.nummer and (v.staat <> 'ingetrokken' or v.besluit is not null)) as ingehaald`,
  van: sql`uitwisseling.weging w
  join uitwisseling.gegevenslijst l using (lijst_id)
  left join contracten.gemeente gm on gm.code = w.gemeente
  left join beleid.dossier d on d.dossier_id = w.dossier_id
  left join platform.gebruiker a on a.gebruiker_id = w.advies_door
  left join platform.gebruiker b on b.gebruiker_id = w.besluit_door`,
  sleutel: sql`w.weging_id`,
  volgorde: {
    activiteit: sql`lower(w.activiteit)`,
    doel: sql`w.doel`,
    staat: sql`array_position('{concept,ter-advies,geadviseerd,besloten,herzien,ingetrokken}'::text[], w.staat)`,
    geldig: sql`w.geldig_tot`,
    gewijzigd: sql`w.op`,
  },
  eisen: {
    zoek: searchEis(sql`w.activiteit`, sql`w.inhoud ->> 'doelTekst'`, sql`d.naam`),
    staat: staat => (staat === '' ? sql`w.staat <> 'herzien'` : sql`w.staat = ${staat}`),
    domein: domein =>
      domein === '' ? null : sql`w.inhoud -> 'stromen' @> ${JSON.stringify([{ vanDomein: domein }])}::jsonb`,
    gemeente: gemeente =>
      gemeente === '' ? null : gemeente === REGIO ? sql`w.gemeente is null` : sql`w.gemeente = ${gemeente}`,
    dossier: dossier => (dossier === '' ? null : sql`w.dossier_id = ${dossier}::integer`),
  },
}
/** Filter value for what is of the region, where a municipality has its code. */
export const REGIO = 'regio'

/** The newest weighings that are called like this. */
export async function searchWegingen(db: Db, zoek: string): Promise<Weging[]> {
  const nieuwste = { kolom: 'gewijzigd', richting: 'af' } as const
  return listRows(db, WEGINGEN, { zoek }, nieuwste, { aantal: 10, vanaf: 0 })
}

/** Every version of a line, newest first. */
export async function listVersies(db: Db, stam: number): Promise<Weging[]> {
  const { rows } = await sql<Weging>`
    select ${WEGINGEN.kolommen} from ${WEGINGEN.van} where coalesce(w.stam, w.weging_id) = ${stam} order by w.nummer desc`.execute(
    db,
  )
  return rows
}

/** The lines of which a version weighs this purpose for the region or this municipality. */
const lijnenVoor = ({ doel, gemeente }: Pick<Uitwisselvraag, 'doel' | 'gemeente'>) => sql`
  select coalesce(v.stam, v.weging_id) from uitwisseling.weging v
  where v.doel = ${doel} and (v.gemeente is null or v.gemeente = ${gemeente})`

/** What `mayExchange` needs to answer: every version of the lines for this purpose that the asker may see. */
export async function listWeegbaar(
  db: Db,
  vraag: Pick<Uitwisselvraag, 'doel' | 'gemeente'>,
): Promise<(Weegbaar & { bron: Weging })[]> {
  const { rows } = await sql<Weging>`
    select ${WEGINGEN.kolommen} from ${WEGINGEN.van} where coalesce(w.stam, w.weging_id) in (${lijnenVoor(vraag)})
    order by w.weging_id`.execute(db)
  return rows.map(toWeegbaar)
}

/**
 * Of the other lines the one that says best why not: the newest for the region or this municipality, else the newest of all.
 * Empty when nothing was weighed at all.
 */
export async function listNietVoor(
  db: Db,
  vraag: Pick<Uitwisselvraag, 'doel' | 'gemeente'>,
): Promise<(Weegbaar & { bron: Weging })[]> {
  const { rows } = await sql<Weging>`
    select ${WEGINGEN.kolommen} from ${WEGINGEN.van} where coalesce(w.stam, w.weging_id) = (
      select coalesce(a.stam, a.weging_id) from uitwisseling.weging a
      where coalesce(a.stam, a.weging_id) not in (${lijnenVoor(vraag)})
      order by (a.gemeente is null or a.gemeente is not distinct from ${vraag.gemeente}) desc, a.weging_id desc limit 1)`.execute(
    db,
  )
  return rows.map(toWeegbaar)
}

export function toWeegbaar(bron: Weging): Weegbaar & { bron: Weging } {
  const { wegingId, stam, nummer, gemeente, activiteit, doel, inhoud, geldigVanaf, geldigTot } = bron
  const { besluit, besluitOp, ingetrokkenOp, lijst } = bron
  return {
    wegingId,
    stam,
    nummer,
    gemeente,
    activiteit,
    doel,
    stromen: inhoud.stromen,
    geldigVanaf,
    geldigTot,
    besluit:
      besluit === null || besluitOp === null
        ? null
        : { uitkomst: besluit, voorwaarden: bron.voorwaarden ?? '', op: dateInNederland(besluitOp) },
    ingetrokkenOp: ingetrokkenOp === null ? null : dateInNederland(ingetrokkenOp),
    heeftGrond: (nr, datum) => {
      const stroom = inhoud.stromen[nr]
      return stroom !== undefined && whyNoGrond(stroom, lijst, datum) === undefined
    },
    bron,
  }
}

export interface Wegingstap {
  stap: Stap
  toelichting: string
  door: string | null
  op: Date
  versie: number
}

/** What happened to a version, newest first. */
export async function listWegingstappen(db: Db, wegingId: number): Promise<Wegingstap[]> {
  const { rows } = await sql<Wegingstap>`
    select s.stap, s.toelichting, g.naam as door, s.op, s.versie
    from uitwisseling.weging_stap s left join platform.gebruiker g on g.gebruiker_id = s.door
    where s.weging_id = ${wegingId} order by s.versie desc`.execute(db)
  return rows
}

/** What of a weighing is kept; the rest follows from it. */
export type Tekst = Pick<
  Weging,
  'gemeente' | 'dossierId' | 'lijstId' | 'activiteit' | 'doel' | 'inhoud' | 'geldigVanaf' | 'geldigTot'
>
export type Bewaard = Tekst &
  Pick<
    Weging,
    | 'staat'
    | 'opstellers'
    | 'advies'
    | 'adviesTekst'
    | 'adviesDoor'
    | 'adviesOp'
    | 'besluit'
    | 'voorwaarden'
    | 'motivering'
    | 'besluitDoor'
    | 'besluitOp'
    | 'ingetrokkenOp'
  >

export interface Zet {
  stap: Stap
  toelichting: string
  door: number | null
  op: Date
}

/** Begins a version of a weighing; `vorige` when it revises another. Answers its id. */
export async function insertWeging(
  tx: Tx,
  tekst: Tekst,
  zet: Zet,
  vorige: Pick<Weging, 'stam' | 'opstellers'> | null,
): Promise<number> {
  // Who wrote the text that is revised wrote on this one too.
  const opstellers = [...new Set([...(vorige?.opstellers ?? []), zet.door])]
  const stam = vorige?.stam ?? null
  const nummer = sql`(select coalesce(max(nummer), 0) + 1 from uitwisseling.weging
    where coalesce(stam, weging_id) = ${stam})`
  const id = await insertRow(tx, TABEL, { stam, nummer, ...toRij(tekst), opstellers, op: zet.op })
  await insertStap(tx, id, zet)
  return id
}

const TABEL = 'uitwisseling.weging'

/** The columns of the text. */
const toRij = ({
  gemeente,
  dossierId,
  lijstId,
  activiteit,
  doel,
  inhoud,
  geldigVanaf,
  geldigTot,
}: Tekst) => ({
  gemeente,
  dossierId,
  lijstId,
  activiteit,
  doel,
  inhoud: sql`${JSON.stringify(inhoud)}::jsonb`,
  geldigVanaf,
  geldigTot,
})

/** Writes a weighing if it is still at `versie`, with the step that did it; answers whether it did. */
export async function writeWeging(
  tx: Tx,
  wegingId: number,
  versie: number,
  w: Bewaard,
  zet: Zet,
): Promise<boolean> {
  const { staat, opstellers, advies, adviesTekst, adviesDoor, adviesOp, ingetrokkenOp } = w
  const { besluit, voorwaarden, motivering, besluitDoor, besluitOp } = w
  const geschreven = await updateRow(
    tx,
    TABEL,
    { id: wegingId, versie },
    {
      ...toRij(w),
      staat,
      opstellers,
      advies,
      adviesTekst,
      adviesDoor,
      adviesOp,
      besluit,
      voorwaarden,
      motivering,
      besluitDoor,
      besluitOp,
      ingetrokkenOp,
      op: zet.op,
    },
  )
  if (geschreven) await insertStap(tx, wegingId, zet)
  return geschreven
}

async function insertStap(tx: Tx, wegingId: number, zet: Zet): Promise<void> {
  await sql`
    insert into uitwisseling.weging_stap (weging_id, versie, stap, toelichting, stand, door, op)
    select weging_id, versie, ${zet.stap}, ${zet.toelichting}, to_jsonb(w) - 'opstellers', ${zet.door}::integer, ${zet.op}
    from uitwisseling.weging w where weging_id = ${wegingId}`.execute(tx)
}

/** What was decided before in this line gives way to a later decision; it stays readable. */
export async function markHerzien(tx: Tx, stam: number, behalve: number): Promise<void> {
  await sql`
    update uitwisseling.weging set staat = 'herzien'
    where coalesce(stam, weging_id) = ${stam} and weging_id <> ${behalve} and staat = 'besloten'`.execute(tx)
}

export interface Keuzes {
  /** May write weighings of the whole region. */
  regionaal: boolean
  gemeenten: { waarde: string; naam: string }[]
  dossiers: { waarde: string; naam: string }[]
}

/** Municipalities whose policy the asker works on, and the open dossiers that they see; `dossier` also when it is closed. */
export async function listKeuzes(db: Db, dossier: number | null = null): Promise<Keuzes> {
  const gemeenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente
    where code = any ((select app.gemeenten_beleid())::text[]) order by naam`.execute(db)
  const dossiers = await sql<{ waarde: string; naam: string }>`
    select dossier_id::text as waarde, naam from beleid.dossier
    where gesloten_op is null or dossier_id = ${dossier} order by naam`.execute(db)
  return { gemeenten: gemeenten.rows, dossiers: dossiers.rows, regionaal: await isRegionaal(db) }
}

export function standVan(w: Weging): Stand {
  const { staat, opstellers, adviesDoor: adviseur, ingehaald } = w
  return { staat, opstellers, adviseur, besloten: w.besluit !== null, ingehaald }
}
