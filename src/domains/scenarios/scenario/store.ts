import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Methode } from '../../doorloop/rules.ts'
import type { Doorlooptijd } from './rules.ts'

/** What a scenario says, as it is filled in. */
export interface Invulling {
  naam: string
  groep: string
  methodeId: number
  patroon: string
  /** Null: as the pattern says. Tenths of a percent. */
  verloop: number[] | null
  marge: number | null
  segmenten: number[]
  /** Null: all municipalities. */
  cijfergemeente: string | null
  beginjaar: number
  basis: Eurocent
  /** What was really spent in the year before, when that was known on saving. */
  basisWerkelijk: Eurocent | null
  basisReden: string
  kort: string
  middellang: string
  lang: string
  aannames: string
  doorlooptijd: Doorlooptijd | null
}

/** What a scenario needs of a method: not its questions, circle, matrices and knobs. */
export type Scenariomethode = Pick<Methode, 'patronen' | 'financiering'>

export interface Scenario extends Invulling {
  scenarioId: number
  dossierId: number
  methode: Scenariomethode
  cijfergemeenteNaam: string | null
  segmentNamen: string[]
  beeindigdOp: Date | null
  versie: number
  door: string | null
  op: Date
}

export interface Dossierkop {
  dossierId: number
  naam: string
  gemeente: string | null
  segmenten: number[]
}

export async function findDossierkop(db: Db, dossierId: number): Promise<Dossierkop | undefined> {
  const { rows } = await sql<Dossierkop>`
    select d.dossier_id as "dossierId", d.naam, d.gemeente,
           array(select s.segment_id from beleid.dossier_segment s where s.dossier_id = d.dossier_id order by 1) as segmenten
    from beleid.dossier d where d.dossier_id = ${dossierId}`.execute(db)
  return rows[0]
}

const METHODE = sql`jsonb_build_object(
  'patronen', m.inhoud -> 'patronen', 'financiering', m.inhoud -> 'financiering')`

/** The method of the last run of a dossier, else the newest there is; undefined when there is none at all. */
export async function findDossiermethode(
  db: Db,
  dossierId: number,
): Promise<{ methodeId: number; inhoud: Scenariomethode } | undefined> {
  const { rows } = await sql<{ methodeId: number; inhoud: Scenariomethode }>`
    select m.methode_id as "methodeId", ${METHODE} as inhoud from beleid.methode m
    left join beleid.doorloop l on l.methode_id = m.methode_id and l.dossier_id = ${dossierId}
    order by l.nummer desc nulls last, m.methode_id desc limit 1`.execute(db)
  return rows[0]
}

interface Rij extends Omit<Scenario, 'doorlooptijd'> {
  clienten: number | null
  maandenNu: number | null
  maandenStraks: number | null
  kostenMaand: Eurocent | null
}

const SELECT = sql`
  select s.scenario_id as "scenarioId", s.dossier_id as "dossierId", s.naam, s.groep, s.methode_id as "methodeId",
         ${METHODE} as methode, s.patroon, s.verloop, s.marge, s.segmenten, s.cijfergemeente,
         g.naam as "cijfergemeenteNaam", s.beginjaar, s.basis, s.basis_werkelijk as "basisWerkelijk",
         s.basis_reden as "basisReden", s.kort, s.middellang, s.lang, s.aannames, s.aantal as clienten,
         s.maanden_nu as "maandenNu", s.maanden_straks as "maandenStraks", s.kosten_maand as "kostenMaand",
         s.beeindigd_op as "beeindigdOp", s.versie, u.naam as door, s.op,
         array(select c.naam::text from contracten.segment c where c.segment_id = any (s.segmenten) order by c.volgorde)
           as "segmentNamen"
  from beleid.scenario s
  join beleid.methode m using (methode_id)
  left join contracten.gemeente g on g.code = s.cijfergemeente
  left join platform.gebruiker u on u.gebruiker_id = s.door`

function toScenario({ clienten, maandenNu, maandenStraks, kostenMaand, ...rij }: Rij): Scenario {
  const compleet = clienten !== null && maandenNu !== null && maandenStraks !== null && kostenMaand !== null
  return { ...rij, doorlooptijd: compleet ? { clienten, maandenNu, maandenStraks, kostenMaand } : null }
}

/** Those that run first, then those that were ended. */
export async function listScenarios(db: Db, dossierId: number): Promise<Scenario[]> {
  const { rows } = await sql<Rij>`
    ${SELECT} where s.dossier_id = ${dossierId} order by s.beeindigd_op nulls first, lower(s.naam)`.execute(
    db,
  )
  return rows.map(toScenario)
}

export async function findScenario(
  db: Db,
  dossierId: number,
  scenarioId: number,
): Promise<Scenario | undefined> {
  const { rows } = await sql<Rij>`
    ${SELECT} where s.dossier_id = ${dossierId} and s.scenario_id = ${scenarioId}`.execute(db)
  const [rij] = rows
  return rij && toScenario(rij)
}

export async function hasNaam(
  db: Db,
  dossierId: number,
  naam: string,
  behalve: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    select from beleid.scenario where dossier_id = ${dossierId} and lower(naam) = lower(${naam})
      and beeindigd_op is null and scenario_id is distinct from ${behalve}::integer`.execute(db)
  return rows.length > 0
}

export interface Zet {
  stap: 'maak' | 'wijzig' | 'beeindig' | 'herstel'
  toelichting: string
  door: number | null
  op: Date
}

export async function insertScenario(tx: Tx, dossierId: number, s: Invulling, zet: Zet): Promise<number> {
  const d = s.doorlooptijd
  const { rows } = await sql<{ id: number }>`
    insert into beleid.scenario (dossier_id, naam, groep, methode_id, patroon, verloop, marge, segmenten, cijfergemeente,
      beginjaar, basis, basis_werkelijk, basis_reden, kort, middellang, lang, aannames, aantal, maanden_nu,
      maanden_straks, kosten_maand, door, op)
    values (${dossierId}, ${s.naam}, ${s.groep}, ${s.methodeId}, ${s.patroon}, ${s.verloop}::integer[], ${s.marge},
      ${s.segmenten}::integer[], ${s.cijfergemeente}, ${s.beginjaar}, ${s.basis}, ${s.basisWerkelijk}, ${s.basisReden},
      ${s.kort}, ${s.middellang}, ${s.lang}, ${s.aannames}, ${d?.clienten ?? null}, ${d?.maandenNu ?? null},
      ${d?.maandenStraks ?? null}, ${d?.kostenMaand ?? null}, ${zet.door}, ${zet.op})
    returning scenario_id as id`.execute(tx)
  const id = rows[0]?.id ?? 0
  await insertStap(tx, id, zet)
  return id
}

/** Changes a scenario if it is still at `versie`; answers whether it did. */
export async function updateScenario(
  tx: Tx,
  scenarioId: number,
  versie: number,
  s: Invulling,
  zet: Zet,
): Promise<boolean> {
  const d = s.doorlooptijd
  const { rows } = await sql`
    update beleid.scenario set naam = ${s.naam}, groep = ${s.groep}, methode_id = ${s.methodeId},
      patroon = ${s.patroon}, verloop = ${s.verloop}::integer[], marge = ${s.marge},
      segmenten = ${s.segmenten}::integer[], cijfergemeente = ${s.cijfergemeente}, beginjaar = ${s.beginjaar},
      basis = ${s.basis}, basis_werkelijk = ${s.basisWerkelijk}, basis_reden = ${s.basisReden}, kort = ${s.kort},
      middellang = ${s.middellang}, lang = ${s.lang}, aannames = ${s.aannames}, aantal = ${d?.clienten ?? null},
      maanden_nu = ${d?.maandenNu ?? null}, maanden_straks = ${d?.maandenStraks ?? null},
      kosten_maand = ${d?.kostenMaand ?? null}, versie = versie + 1, door = ${zet.door}, op = ${zet.op}
    where scenario_id = ${scenarioId} and versie = ${versie} returning 1`.execute(tx)
  if (rows.length > 0) await insertStap(tx, scenarioId, zet)
  return rows.length > 0
}

/** Ends a scenario, or takes that back. */
export async function endScenario(tx: Tx, scenarioId: number, versie: number, zet: Zet): Promise<boolean> {
  const { rows } = await sql`
    update beleid.scenario set beeindigd_op = ${zet.stap === 'beeindig' ? zet.op : null}, versie = versie + 1,
      door = ${zet.door}, op = ${zet.op}
    where scenario_id = ${scenarioId} and versie = ${versie} returning 1`.execute(tx)
  if (rows.length > 0) await insertStap(tx, scenarioId, zet)
  return rows.length > 0
}

async function insertStap(tx: Tx, scenarioId: number, zet: Zet): Promise<void> {
  await sql`
    insert into beleid.scenario_stap (scenario_id, dossier_id, versie, stap, toelichting, stand, door, op)
    select scenario_id, dossier_id, versie, ${zet.stap}, ${zet.toelichting}, to_jsonb(s), ${zet.door}::integer, ${zet.op}
    from beleid.scenario s where scenario_id = ${scenarioId}`.execute(tx)
}

export interface Scenariostap {
  stap: Zet['stap']
  toelichting: string
  door: string | null
  op: Date
  versie: number
}

/** What happened to a scenario, newest first. */
export async function listScenariostappen(db: Db, scenarioId: number): Promise<Scenariostap[]> {
  const { rows } = await sql<Scenariostap>`
    select s.stap, s.toelichting, g.naam as door, s.op, s.versie from beleid.scenario_stap s
    left join platform.gebruiker g on g.gebruiker_id = s.door
    where s.scenario_id = ${scenarioId} order by s.versie desc`.execute(db)
  return rows
}

export interface Keuzes {
  segmenten: { waarde: string; naam: string }[]
  gemeenten: { waarde: string; naam: string }[]
}

export async function listKeuzes(db: Db): Promise<Keuzes> {
  const segmenten = await sql<{ waarde: string; naam: string }>`
    select segment_id::text as waarde, naam from contracten.segment order by volgorde`.execute(db)
  const gemeenten = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente order by naam`.execute(db)
  return { segmenten: segmenten.rows, gemeenten: gemeenten.rows }
}
