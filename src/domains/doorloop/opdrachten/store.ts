import { type RawBuilder, sql } from 'kysely'
import type { Datum } from '../../../platform/dates.ts'
import { type Geteld, type Lijstlezer, type Lijstvraag, searchEis } from '../../../platform/db/lijst.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Bestemming, Opdrachtstaat } from './rules.ts'

export interface Opdrachtgegevens {
  bestemming: Bestemming
  wat: string
  eigenaarId: number
  uiterlijk: Datum | null
  segmentId: number | null
}

export interface Opdracht extends Opdrachtgegevens {
  opdrachtId: number
  conclusieId: number
  conclusie: string
  /** The conclusion was struck out after the opdracht was given. */
  geschrapt: boolean
  doorloopId: number
  doorloop: number
  dossierId: number
  dossier: string
  gemeente: string | null
  gemeenteNaam: string | null
  eigenaar: string
  segment: string | null
  staat: Opdrachtstaat
  resultaat: string
  versie: number
}

const KOLOMMEN = sql`o.opdracht_id as "opdrachtId", o.conclusie_id as "conclusieId", c.tekst as conclusie,
  c.geschrapt_op is not null as geschrapt, c.doorloop_id as "doorloopId", l.nummer as doorloop,
  o.dossier_id as "dossierId", d.naam as dossier, d.gemeente, gm.naam as "gemeenteNaam", o.bestemming, o.wat,
  o.eigenaar as "eigenaarId", e.naam as eigenaar, o.uiterlijk, o.segment_id as "segmentId", s.naam as segment, o.staat,
  o.resultaat, o.versie`
const BRON = sql`beleid.opdracht o
  join beleid.conclusie c using (conclusie_id)
  join beleid.doorloop l on l.doorloop_id = c.doorloop_id
  join beleid.dossier d on d.dossier_id = o.dossier_id
  join platform.gebruiker e on e.gebruiker_id = o.eigenaar
  left join contracten.gemeente gm on gm.code = d.gemeente
  left join contracten.segment s on s.segment_id = o.segment_id`

export interface Filter {
  zoek: string | null
  bestemming: Bestemming | null
  staat: Opdrachtstaat | 'te-doen' | null
  /** Only those of this colleague. */
  eigenaar: number | null
}

/**
 * True: also what comes from a run that was never laid before college and raad. Who only reads policy sees no drafts.
 */
export type Werkt = boolean

const openbaar = (werkt: Werkt) =>
  werkt ? sql`true` : sql`exists (select from beleid.blad b where b.doorloop_id = l.doorloop_id)`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  wat: sql`o.wat`,
  uiterlijk: sql`o.uiterlijk`,
  eigenaar: sql`e.naam`,
  dossier: sql`d.naam`,
}

function conditions({ zoek, bestemming, staat, eigenaar }: Filter, werkt: Werkt): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [openbaar(werkt)]
  const gezocht = searchEis(sql`o.wat`, sql`c.tekst`, sql`d.naam`)(zoek ?? '')
  if (gezocht !== null) eisen.push(gezocht)
  if (bestemming !== null) eisen.push(sql`o.bestemming = ${bestemming}`)
  if (staat !== null)
    eisen.push(staat === 'te-doen' ? sql`o.staat in ('open', 'opgepakt')` : sql`o.staat = ${staat}`)
  if (eigenaar !== null) eisen.push(sql`o.eigenaar = ${eigenaar}`)
  return sql.join(eisen, sql` and `)
}

export async function listOpdrachten(
  db: Db,
  filter: Filter,
  werkt: Werkt,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Opdracht[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`o.uiterlijk`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Opdracht>`
    select ${KOLOMMEN} from ${BRON} where ${conditions(filter, werkt)}
    order by ${kolom} ${richting} nulls last, o.opdracht_id limit ${deel.aantal} offset ${deel.vanaf}`.execute(
    db,
  )
  return rows
}

export async function countOpdrachten(db: Db, filter: Filter, werkt: Werkt): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${BRON} where ${conditions(filter, werkt)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** The list for somebody: whether drafts are theirs to see (`Werkt`), and who 'mij' is. */
export function makeOpdrachten(
  werkt: Werkt,
  ik: number | null,
): Lijstlezer<Opdracht, Geteld & { open: number }> {
  const filterOf = ({ filter: f }: Lijstvraag): Filter => ({
    zoek: f.zoek?.trim() || null,
    bestemming: (f.bestemming || null) as Bestemming | null,
    staat: (f.staat || null) as Filter['staat'],
    eigenaar: f.van === 'mij' ? ik : null,
  })
  return {
    volgorde: Object.keys(VOLGORDE),
    rijen: (db, vraag, deel) => listOpdrachten(db, filterOf(vraag), werkt, vraag.orde, deel),
    tel: async (db, vraag) => ({
      totaal: await countOpdrachten(db, filterOf(vraag), werkt),
      open: await countOpdrachten(db, { ...filterOf(vraag), staat: 'te-doen' }, werkt),
    }),
  }
}

/** Everything that came of a run, by conclusion. */
export async function listVanDoorloop(db: Db, doorloopId: number): Promise<Opdracht[]> {
  const { rows } = await sql<Opdracht>`
    select ${KOLOMMEN} from ${BRON} where c.doorloop_id = ${doorloopId} order by o.opdracht_id`.execute(db)
  return rows
}

export async function listVanDossier(db: Db, dossierId: number, werkt: Werkt): Promise<Opdracht[]> {
  const { rows } = await sql<Opdracht>`
    select ${KOLOMMEN} from ${BRON} where o.dossier_id = ${dossierId} and ${openbaar(werkt)} order by o.opdracht_id`.execute(
    db,
  )
  return rows
}

/** Which conclusions made us do something with this segment; newest first. */
export async function listVanSegment(db: Db, segmentId: number, werkt: Werkt): Promise<Opdracht[]> {
  const { rows } = await sql<Opdracht>`
    select ${KOLOMMEN} from ${BRON} where o.segment_id = ${segmentId} and o.staat <> 'vervallen' and ${openbaar(werkt)}
    order by o.opdracht_id desc`.execute(db)
  return rows
}

export async function findOpdracht(
  db: Db,
  opdrachtId: number,
  werkt: Werkt = true,
): Promise<Opdracht | undefined> {
  const { rows } = await sql<Opdracht>`
    select ${KOLOMMEN} from ${BRON} where o.opdracht_id = ${opdrachtId} and ${openbaar(werkt)}`.execute(db)
  return rows[0]
}

export interface Opdrachtstap {
  staat: Opdrachtstaat
  toelichting: string
  door: string | null
  op: Date
}

/** What happened to an opdracht, newest first. */
export async function listOpdrachtstappen(db: Db, opdrachtId: number): Promise<Opdrachtstap[]> {
  const { rows } = await sql<Opdrachtstap>`
    select s.staat, s.toelichting, g.naam as door, s.op
    from beleid.opdracht_stap s left join platform.gebruiker g on g.gebruiker_id = s.door
    where s.opdracht_id = ${opdrachtId} order by s.stap_id desc`.execute(db)
  return rows
}

/** Gives an opdracht, with its first step; answers its id. */
export async function insertOpdracht(
  tx: Tx,
  plaats: { conclusieId: number; dossierId: number },
  o: Opdrachtgegevens,
  door: number | null,
  op: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with nieuw as (
      insert into beleid.opdracht (conclusie_id, dossier_id, bestemming, wat, eigenaar, uiterlijk, segment_id, door, op)
      values (${plaats.conclusieId}, ${plaats.dossierId}, ${o.bestemming}, ${o.wat}, ${o.eigenaarId}, ${o.uiterlijk},
        ${o.segmentId}, ${door}, ${op}) returning opdracht_id, dossier_id)
    insert into beleid.opdracht_stap (opdracht_id, dossier_id, staat, door, op)
    select opdracht_id, dossier_id, 'open', ${door}::integer, ${op}::timestamptz from nieuw
    returning opdracht_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Moves an opdracht if nobody else did since `versie`; answers whether it did. */
export async function writeOpdrachtstap(
  tx: Tx,
  doel: { opdrachtId: number; versie: number },
  stap: {
    staat: Opdrachtstaat
    eigenaarId: number
    resultaat: string
    toelichting: string
    door: number | null
    op: Date
  },
): Promise<boolean> {
  const { rows } = await sql`
    with gezet as (
      update beleid.opdracht set staat = ${stap.staat}, eigenaar = ${stap.eigenaarId}, resultaat = ${stap.resultaat},
        versie = versie + 1
      where opdracht_id = ${doel.opdrachtId} and versie = ${doel.versie} returning opdracht_id, dossier_id)
    insert into beleid.opdracht_stap (opdracht_id, dossier_id, staat, toelichting, door, op)
    select opdracht_id, dossier_id, ${stap.staat}, ${stap.toelichting}, ${stap.door}::integer, ${stap.op}::timestamptz
    from gezet returning 1`.execute(tx)
  return rows.length > 0
}
