import { type RawBuilder, sql } from 'kysely'
import { addDays, type Datum } from '../../../platform/dates.ts'
import type { Scope } from '../../../platform/db/database.ts'
import type { Geteld, Lijstlezer, Lijstvraag } from '../../../platform/db/lijst.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { mapPrijslijsten, type Prijslijst, prijslijstSleutel } from '../../contracten/index.ts'
import type { Melding } from '../levering/rules.ts'
import type { Geldigheid, Stand } from './rules.ts'

/** One toewijzing in its current state, as a list shows it. */
export interface Toewijzingsregel {
  gemeente: string
  gemeenteNaam: string
  toewijzingId: number
  nummer: number
  domein: 'jw' | 'wmo'
  clientId: number
  client: string
  testdata: boolean
  aanbiederId: number
  aanbieder: string
  product: string | null
  segment: string | null
  categorie: string | null
  code: string | null
  ingang: Datum
  eind: Datum | null
  redenWijziging: string | null
  volume: number | null
  eenheid: string | null
  frequentie: string | null
  budget: number | null
}

export interface Filter {
  /** Exact number, when the search text is one. */ nummer: number | null
  wet: 'jw' | 'wmo' | null
  segment: number | null
  aanbieder: number | null
  gemeente: string | null
  stand: Geldigheid | null
  /** Residents, each as one municipality knows them: what a search by BSN found. Empty does not filter. */
  clienten: readonly { gemeente: string; id: number }[]
  /** Ends on or before this day, and not before today. */
  eindTot: Datum | null
  /** No start was reported, though it is valid. */
  zonderStart: boolean
}

/** Everything that one may see. */
export const GEEN_FILTER: Filter = {
  nummer: null,
  wet: null,
  segment: null,
  aanbieder: null,
  gemeente: null,
  stand: null,
  clienten: [],
  eindTot: null,
  zonderStart: false,
}

export interface Selectie {
  filter: Filter
  scope: Scope
  vandaag: Datum
}

const BRON = sql`toegang.toewijzing t
  join toegang.toewijzing_versie v
    on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie
  join toegang.client c on c.gemeente = t.gemeente and c.client_id = t.client_id
  join contracten.gemeente g on g.code = t.gemeente
  join aanbieders.aanbieder a on a.aanbieder_id = t.aanbieder_id
  left join contracten.product p on p.product_id = v.product_id
  left join contracten.segment s on s.segment_id = v.segment_id`

const KOLOMMEN = sql`t.gemeente, g.naam as "gemeenteNaam", t.toewijzing_id as "toewijzingId", t.nummer, t.domein,
  t.client_id as "clientId", c.naam as client, c.testdata, t.aanbieder_id as "aanbiederId", a.naam as aanbieder,
  p.naam as product, s.naam as segment, v.categorie, v.code, v.ingang, v.eind,
  case when t.geldt then v.reden_wijziging else '13' end as "redenWijziging", v.volume, v.eenheid, v.frequentie, v.budget`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  nummer: sql`t.nummer`,
  client: sql`c.naam`,
  aanbieder: sql`a.naam`,
  product: sql`p.naam`,
  gemeente: sql`g.naam`,
  ingang: sql`v.ingang`,
  eind: sql`v.eind`,
}

const STAND: Readonly<Record<Geldigheid, (vandaag: Datum) => RawBuilder<unknown>>> = {
  geldig: dag =>
    sql`t.geldt and v.reden_wijziging is distinct from '13' and v.ingang <= ${dag}::date and (v.eind is null or v.eind >= ${dag}::date)`,
  toekomstig: dag => sql`t.geldt and v.reden_wijziging is distinct from '13' and v.ingang > ${dag}::date`,
  verlopen: dag => sql`t.geldt and v.reden_wijziging is distinct from '13' and v.eind < ${dag}::date`,
  verwijderd: () => sql`(not t.geldt or v.reden_wijziging = '13')`,
}

/** Repeats what row-level security demands, in a form that the planner can use an index for. */
function eigenRijen(scope: Scope): RawBuilder<unknown> {
  return scope.aanbieder === null
    ? sql`t.gemeente = any(${[...scope.gemeentenClient]}::text[])`
    : sql`t.aanbieder_id = ${scope.aanbieder}`
}

function conditions({ filter, scope, vandaag }: Selectie): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [eigenRijen(scope)]
  if (filter.nummer !== null) eisen.push(sql`t.nummer = ${filter.nummer}`)
  if (filter.wet !== null) eisen.push(sql`t.domein = ${filter.wet}`)
  if (filter.segment !== null) eisen.push(sql`v.segment_id = ${filter.segment}`)
  if (filter.aanbieder !== null) eisen.push(sql`t.aanbieder_id = ${filter.aanbieder}`)
  if (filter.gemeente !== null) eisen.push(sql`t.gemeente = ${filter.gemeente}`)
  if (filter.stand !== null) eisen.push(STAND[filter.stand](vandaag))
  if (filter.clienten.length > 0)
    eisen.push(sql`(t.gemeente, t.client_id) in (select * from unnest(
      ${filter.clienten.map(c => c.gemeente)}::text[], ${filter.clienten.map(c => c.id)}::bigint[]))`)
  if (filter.eindTot !== null) eisen.push(sql`v.eind between ${vandaag}::date and ${filter.eindTot}::date`)
  if (filter.zonderStart)
    eisen.push(sql`not exists (select from toegang.start_stop m
      where m.gemeente = t.gemeente and m.toewijzing_id = t.toewijzing_id)`)
  return sql.join(eisen, sql` and `)
}

/** One part of the list in the order asked for. */
export async function listToewijzingen(
  db: Db,
  selectie: Selectie,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Toewijzingsregel[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`v.ingang`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Toewijzingsregel>`
    select ${KOLOMMEN} from ${BRON} where ${conditions(selectie)}
    order by ${kolom} ${richting} nulls last, t.gemeente, t.toewijzing_id desc
    limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

export async function countToewijzingen(db: Db, selectie: Selectie): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${BRON} where ${conditions(selectie)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** So far ahead the end of a toewijzing is near. */
export const WEKEN_VOORUIT = 6
/** The last day that is near, seen from this one. */
export const lastSoon = (vandaag: Datum) => addDays(vandaag, WEKEN_VOORUIT * 7)

/** What the filters of an address mean. */
function selectieVan({ filter, scope, vandaag }: Lijstvraag): Selectie {
  const { zoek = '', wet, segment, aanbieder, gemeente, stand, client, eindigt, start } = filter
  return {
    scope,
    vandaag,
    filter: {
      // Only a number can be typed here; anything else finds nothing.
      nummer: zoek.trim() === '' ? null : /^[1-9]\d{0,8}$/.test(zoek.trim()) ? Number(zoek) : -1,
      wet: (wet || null) as Filter['wet'],
      segment: segment ? Number(segment) : null,
      aanbieder: aanbieder ? Number(aanbieder) : null,
      gemeente: gemeente || null,
      stand: (stand || null) as Geldigheid | null,
      clienten: client ? client.split(',').map(keyOf) : [],
      eindTot: eindigt ? lastSoon(vandaag) : null,
      zonderStart: Boolean(start),
    },
  }
}

function keyOf(sleutel: string): { gemeente: string; id: number } {
  const [gemeente = '', id = ''] = sleutel.split('.')
  return { gemeente, id: Number(id) }
}

export interface Som extends Geteld {
  /** Of those, valid today, whatever state was asked. */
  geldig: number
}

export const TOEWIJZINGEN: Lijstlezer<Toewijzingsregel, Som> = {
  volgorde: Object.keys(VOLGORDE),
  rijen: (db, vraag, deel) => listToewijzingen(db, selectieVan(vraag), vraag.orde, deel),
  async tel(db, vraag) {
    const selectie = selectieVan(vraag)
    const geldig: Selectie = { ...selectie, filter: { ...selectie.filter, stand: 'geldig' } }
    return {
      totaal: await countToewijzingen(db, selectie),
      geldig: await countToewijzingen(db, geldig),
    }
  },
}

/** The choices of the filters: own municipalities, all segments, and providers that occur in what one may see. */
export async function listKeuzes(db: Db, scope: Scope) {
  const gemeenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente
    where ${scope.aanbieder !== null} or code = any(${[...scope.gemeentenClient]}::text[]) order by naam`.execute(
    db,
  )
  const segmenten = await sql<{ waarde: string; naam: string }>`
    select segment_id::text as waarde, naam from contracten.segment order by volgorde`.execute(db)
  const aanbieders = await sql<{ waarde: string; naam: string }>`
    select aanbieder_id::text as waarde, naam from aanbieders.aanbieder order by naam`.execute(db)
  return { gemeenten: gemeenten.rows, segmenten: segmenten.rows, aanbieders: aanbieders.rows }
}

export interface Toewijzingsblad extends Toewijzingsregel {
  verwijzer: string | null
  verwezenOp: Datum | null
  probleemcluster: string | null
  herhaald: boolean | null
  geboortedatum: Datum
  variant: 'inspanning' | 'output' | 'taak' | null
}

export async function findToewijzing(
  db: Db,
  { gemeente, id }: { gemeente: string; id: number },
): Promise<Toewijzingsblad | undefined> {
  const { rows } = await sql<Toewijzingsblad>`
    select ${KOLOMMEN}, t.verwijzer, w.verwezen_op as "verwezenOp", t.probleemcluster, t.herhaald, c.geboortedatum,
           p.variant
    from ${BRON} left join toegang.verwijzing w on w.gemeente = t.gemeente and w.domein = t.domein and w.nummer = t.nummer
    where t.gemeente = ${gemeente} and t.toewijzing_id = ${id}`.execute(db)
  return rows[0]
}

/** What its product costs through time, as it is agreed now. */
export async function findPrijzen(
  db: Db,
  { gemeente, aanbiederId }: Pick<Toewijzingsblad, 'gemeente' | 'aanbiederId'>,
  { productId }: Pick<Stand, 'productId'>,
): Promise<Prijslijst> {
  const vraag = productId === null ? undefined : { gemeente, aanbiederId, productId }
  const lijsten = await mapPrijslijsten(db, vraag ? [vraag] : [])
  return (vraag && lijsten.get(prijslijstSleutel(vraag))) ?? { eenheid: '', prijzen: [] }
}

/** Every state the toewijzing ever had, oldest first. */
export async function listStanden(
  db: Db,
  { gemeente, id }: { gemeente: string; id: number },
): Promise<Stand[]> {
  const { rows } = await sql<Stand>`
    select versie as nummer, bericht_id as "berichtId", ontvangen_op as "ontvangenOp", vastgelegd_op as "vastgelegdOp",
           toegewezen_op as "toegewezenOp", categorie, code, product_id as "productId", segment_id as "segmentId",
           ingang, eind, reden_wijziging as "redenWijziging", volume, eenheid, frequentie, budget, tarief,
           tarief_vanaf as "tariefVanaf", i.op as "ingetrokkenOp"
    from toegang.toewijzing_versie left join toegang.versie_ingetrokken i using (gemeente, toewijzing_id, versie)
    where gemeente = ${gemeente} and toewijzing_id = ${id} order by versie`.execute(db)
  return rows
}

export interface Clientgegevens {
  naam: string
  geboortedatum: Datum
  /** Dagtekening of the message that said so; null for what was known before messages were kept apart. */
  dagtekening: Datum | null
}

/** What was ever said of a resident, oldest message first; one row when nothing was corrected. */
export async function listClientgegevens(
  db: Db,
  { gemeente, clientId }: { gemeente: string; clientId: number },
): Promise<Clientgegevens[]> {
  const { rows } = await sql<Clientgegevens>`
    select naam, geboortedatum, dagtekening from toegang.client_gegevens
    where gemeente = ${gemeente} and client_id = ${clientId}
    order by dagtekening nulls first, identificatie nulls first, volgnummer`.execute(db)
  return rows
}

export interface Ontvangen extends Melding {
  /** Null for what was taken over from an earlier system. */
  berichtId: string | null
  ontvangenOp: Date
}

/** Starts and stops in the order of receipt, deletions included. */
export async function listStartStop(
  db: Db,
  { gemeente, id }: { gemeente: string; id: number },
): Promise<Ontvangen[]> {
  const { rows } = await sql<{
    soort: 'start' | 'stop'
    categorie: string | null
    code: string | null
    begindatum: Datum
    einddatum: Datum | null
    reden: string | null
    status: string
    berichtId: string | null
    ontvangenOp: Date
  }>`
    select soort, categorie, code, begindatum, einddatum, reden_beeindiging as reden, status_aanlevering as status,
           bericht_id as "berichtId", ontvangen_op as "ontvangenOp"
    from toegang.start_stop where gemeente = ${gemeente} and toewijzing_id = ${id}
    order by ontvangen_op, start_stop_id`.execute(db)
  return rows.map(rij => ({
    soort: rij.soort,
    ...(rij.categorie === null
      ? {}
      : { product: { categorie: rij.categorie, ...(rij.code === null ? {} : { code: rij.code }) } }),
    begindatum: rij.begindatum,
    ...(rij.einddatum === null ? {} : { einddatum: rij.einddatum }),
    ...(rij.reden === null ? {} : { redenBeeindiging: rij.reden }),
    statusAanlevering: rij.status,
    berichtId: rij.berichtId,
    ontvangenOp: rij.ontvangenOp,
  }))
}

/** The residents that municipalities within the scope know under this BSN, by its keyed hash. */
export async function listClientenByBsn(
  db: Db,
  hash: Buffer,
): Promise<{ gemeente: string; clientId: number }[]> {
  const { rows } = await sql<{ gemeente: string; clientId: number }>`
    select gemeente, client_id as "clientId" from toegang.client
    where gemeente in (select code from contracten.gemeente) and bsn_hash = ${hash} order by gemeente`.execute(
    db,
  )
  return rows
}

/** Residents whose name matches, within the scope; `aantal` at the most. */
export async function listClientenByNaam(
  db: Db,
  patroon: string,
  aantal: number,
): Promise<{ gemeente: string; clientId: number }[]> {
  const { rows } = await sql<{ gemeente: string; clientId: number }>`
    select gemeente, client_id as "clientId" from toegang.client
    where naam ilike ${patroon} order by naam, gemeente, client_id limit ${aantal}`.execute(db)
  return rows
}

/** Toewijzingen with this number in any municipality within the scope; both laws number for themselves. */
export async function listByNummer(
  db: Db,
  nummer: number,
): Promise<Pick<Toewijzingsregel, 'gemeente' | 'gemeenteNaam' | 'toewijzingId' | 'nummer' | 'domein'>[]> {
  const { rows } = await sql<
    Pick<Toewijzingsregel, 'gemeente' | 'gemeenteNaam' | 'toewijzingId' | 'nummer' | 'domein'>
  >`
    select t.gemeente, g.naam as "gemeenteNaam", t.toewijzing_id as "toewijzingId", t.nummer, t.domein
    from toegang.toewijzing t join contracten.gemeente g on g.code = t.gemeente
    where t.nummer = ${nummer} order by t.gemeente, t.domein limit 20`.execute(db)
  return rows
}
