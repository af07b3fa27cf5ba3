import { type RawBuilder, sql } from 'kysely'
import {
  countRows,
  type Geteld,
  gelijkEis,
  type Lijstbron,
  type Lijstlezer,
  listRows,
  searchEis,
} from '../../../platform/db/lijst.ts'
import { columns, insertPart, insertRow } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import { notFound } from '../../../platform/problem.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import type { Opdrachtstaat } from './rules.ts'
import { OPDRACHT } from './velden.ts'

export const TABEL = 'beleid.opdracht'

export interface Opdracht extends Gegevens<typeof OPDRACHT> {
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
  eigenaarNaam: string
  segmentNaam: string | null
  staat: Opdrachtstaat
  resultaat: string
  versie: number
}

const { eigenaar, segment, ...GETYPT } = OPDRACHT

const KOLOMMEN = sql`o.opdracht_id as "opdrachtId", o.conclusie_id as "conclusieId", c.tekst as conclusie,
  c.geschrapt_op is not null as geschrapt, c.doorloop_id as "doorloopId", l.nummer as doorloop,
  o.dossier_id as "dossierId", d.naam as dossier, d.gemeente, gm.naam as "gemeenteNaam", ${columns('o', GETYPT)},
  o.eigenaar::text, e.naam as "eigenaarNaam", o.segment_id::text as segment, s.naam as "segmentNaam", o.staat, o.resultaat,
  o.versie`
const BRON = sql`beleid.opdracht o
  join beleid.conclusie c using (conclusie_id)
  join beleid.doorloop l on l.doorloop_id = c.doorloop_id
  join beleid.dossier d on d.dossier_id = o.dossier_id
  join platform.gebruiker e on e.gebruiker_id = o.eigenaar
  left join contracten.gemeente gm on gm.code = d.gemeente
  left join contracten.segment s on s.segment_id = o.segment_id`

/**
 * True: also what comes from a run that was never laid before college and raad. Who only reads policy sees no drafts.
 */
export type Werkt = boolean

const openbaar = (werkt: Werkt) =>
  werkt ? sql`true` : sql`exists (select from beleid.blad b where b.doorloop_id = l.doorloop_id)`

/** The list for somebody: whether drafts are theirs to see, and who 'mij' is. */
const opdrachtenVoor = (werkt: Werkt, ik: number | null): Lijstbron<Opdracht> => ({
  kolommen: KOLOMMEN,
  van: BRON,
  sleutel: sql`o.opdracht_id`,
  volgorde: { wat: sql`o.wat`, uiterlijk: sql`o.uiterlijk`, eigenaar: sql`e.naam`, dossier: sql`d.naam` },
  eisen: {
    zichtbaar: () => openbaar(werkt),
    zoek: searchEis(sql`o.wat`, sql`c.tekst`, sql`d.naam`),
    bestemming: gelijkEis(sql`o.bestemming`),
    staat: staat =>
      staat === 'te-doen' ? sql`o.staat in ('open', 'opgepakt')` : gelijkEis(sql`o.staat`)(staat),
    van: van => (van === 'mij' ? sql`o.eigenaar = ${ik}` : null),
  },
})

/** The same, with how many are still to do. */
export function makeOpdrachten(
  werkt: Werkt,
  ik: number | null,
): Lijstlezer<Opdracht, Geteld & { open: number }> {
  const bron = opdrachtenVoor(werkt, ik)
  return {
    volgorde: Object.keys(bron.volgorde),
    rijen: (db, { filter, orde }, deel) => listRows(db, bron, filter, orde, deel),
    tel: async (db, { filter }) => ({
      totaal: await countRows(db, bron, filter),
      open: await countRows(db, bron, { ...filter, staat: 'te-doen' }),
    }),
  }
}

/** What this colleague still has to do, the first day first, and how many that are. */
export async function listTeDoen(db: Db, wie: number, aantal: number) {
  const bron = opdrachtenVoor(true, wie)
  const filter = { van: 'mij', staat: 'te-doen' }
  const orde = { kolom: 'uiterlijk', richting: 'op' } as const
  return {
    opdrachten: await listRows(db, bron, filter, orde, { aantal, vanaf: 0 }),
    aantalOpdrachten: await countRows(db, bron, filter),
  }
}

async function listWaar(db: Db, eis: RawBuilder<unknown>): Promise<Opdracht[]> {
  const { rows } =
    await sql<Opdracht>`select ${KOLOMMEN} from ${BRON} where ${eis} order by o.opdracht_id`.execute(db)
  return rows
}

/** Everything that came of a run, by conclusion. */
export const listVanDoorloop = (db: Db, doorloopId: number) =>
  listWaar(db, sql`c.doorloop_id = ${doorloopId}`)

export const listVanDossier = (db: Db, dossierId: number, werkt: Werkt) =>
  listWaar(db, sql`o.dossier_id = ${dossierId} and ${openbaar(werkt)}`)

/** Which conclusions made us do something with this segment; newest first. */
export async function listVanSegment(db: Db, segmentId: number, werkt: Werkt): Promise<Opdracht[]> {
  const eis = sql`o.segment_id = ${segmentId} and o.staat <> 'vervallen' and ${openbaar(werkt)}`
  return (await listWaar(db, eis)).reverse()
}

/** The opdracht, or 404: also for one that is still a draft to who only reads. */
export async function getOpdracht(db: Db, opdrachtId: number, werkt: Werkt = true): Promise<Opdracht> {
  const [opdracht] = await listWaar(db, sql`o.opdracht_id = ${opdrachtId} and ${openbaar(werkt)}`)
  if (opdracht === undefined) throw notFound('Opdracht')
  return opdracht
}

/** Nobody else moves it until the transaction ends. */
export async function lockOpdracht(tx: Tx, opdrachtId: number): Promise<void> {
  await sql`select from beleid.opdracht where opdracht_id = ${opdrachtId} for update`.execute(tx)
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
  { segment: segmentId, ...o }: Gegevens<typeof OPDRACHT>,
  door: number | null,
  op: Date,
): Promise<number> {
  const opdrachtId = await insertRow(tx, TABEL, { ...plaats, ...o, segmentId, door, op })
  await insertStap(tx, { ...plaats, opdrachtId }, { staat: 'open', toelichting: null }, door, op)
  return opdrachtId
}

/** Adds a step to the history of an opdracht. */
export async function insertStap(
  tx: Tx,
  { opdrachtId, dossierId }: Pick<Opdracht, 'opdrachtId' | 'dossierId'>,
  { staat, toelichting }: { staat: Opdrachtstaat; toelichting: string | null },
  door: number | null,
  op: Date,
): Promise<void> {
  const stap = { opdrachtId, dossierId, staat, toelichting: toelichting ?? '', door, op }
  await insertPart(tx, 'beleid.opdracht_stap', stap)
}
