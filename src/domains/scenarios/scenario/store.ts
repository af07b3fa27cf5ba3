import { sql } from 'kysely'
import { columns } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Methode } from '../../doorloop/rules.ts'
import { KOLOMMEN, type Scenariogegevens } from './velden.ts'

/** What a scenario needs of a method: not its questions, circle, matrices and knobs. */
export type Scenariomethode = Pick<Methode, 'patronen' | 'financiering'>

/** As it is kept: percentages in tenths. */
export interface Scenario extends Omit<Scenariogegevens, 'groepKeuze' | 'groep' | 'segmenten' | 'basis'> {
  scenarioId: number
  dossierId: number
  methodeId: number
  methode: Scenariomethode
  groep: string
  segmenten: number[]
  segmentNamen: string[]
  /** Of which figures; null: all municipalities. */
  gemeenteNaam: string | null
  basis: Eurocent
  /** What was really spent in the year before, when that was known on saving. */
  basisWerkelijk: Eurocent | null
  beeindigdOp: Date | null
  versie: number
  door: string | null
  op: Date
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

const SELECT = sql`
  select s.scenario_id as "scenarioId", s.dossier_id as "dossierId", s.methode_id as "methodeId", ${METHODE} as methode,
         ${columns('s', KOLOMMEN)}, s.cijfergemeente as gemeente, g.naam as "gemeenteNaam",
         s.basis_werkelijk as "basisWerkelijk", s.aantal as clienten, s.beeindigd_op as "beeindigdOp", s.versie,
         u.naam as door, s.op,
         array(select c.naam::text from contracten.segment c where c.segment_id = any (s.segmenten) order by c.volgorde)
           as "segmentNamen"
  from beleid.scenario s
  join beleid.methode m using (methode_id)
  left join contracten.gemeente g on g.code = s.cijfergemeente
  left join platform.gebruiker u on u.gebruiker_id = s.door`

/** Those that run first, then those that were ended. */
export async function listScenarios(db: Db, dossierId: number): Promise<Scenario[]> {
  const { rows } = await sql<Scenario>`
    ${SELECT} where s.dossier_id = ${dossierId} order by s.beeindigd_op nulls first, lower(s.naam)`.execute(
    db,
  )
  return rows
}

export async function findScenario(
  db: Db,
  dossierId: number,
  scenarioId: number,
): Promise<Scenario | undefined> {
  const { rows } = await sql<Scenario>`
    ${SELECT} where s.dossier_id = ${dossierId} and s.scenario_id = ${scenarioId}`.execute(db)
  return rows[0]
}

export interface Zet {
  stap: 'maak' | 'wijzig' | 'beeindig' | 'herstel'
  toelichting: string
  door: number | null
  op: Date
}

/** Writes down what was done with a scenario, and how it stands since. */
export async function insertStap(tx: Tx, scenarioId: number, zet: Zet): Promise<void> {
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

/** Segments and municipalities, to compare with. */
export async function listKeuzes(db: Db) {
  const segmenten = await sql<{ waarde: string; naam: string }>`
    select segment_id::text as waarde, naam from contracten.segment order by volgorde`.execute(db)
  const gemeente = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente order by naam`.execute(db)
  return { segmenten: segmenten.rows, gemeente: gemeente.rows }
}
