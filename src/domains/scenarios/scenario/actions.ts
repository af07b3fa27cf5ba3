import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { addMonths } from '../../../platform/dates.ts'
import { changeRow } from '../../../platform/db/laatste.ts'
import { type Doel, insertRow, type Rij } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { notFound, orInTheWay, orTaken, Problem, Voorbij } from '../../../platform/problem.ts'
import { type Invoer, readGegevens, tryGegevens } from '../../../platform/velden/formulier.ts'
import { GROND, getDossier } from '../../dossiers/index.ts'
import { readMaandreeks, readMaandreeksen } from '../../sturing/index.ts'
import {
  compare,
  judge,
  type Oordeel,
  periodOf,
  type Stand,
  scenarioPad,
  type Verwachting,
  type Werkelijk,
  weightsOf,
} from './rules.ts'
import {
  findDossiermethode,
  findScenario,
  insertStap,
  listKeuzes,
  listScenarios,
  type Scenario,
  type Scenariomethode,
} from './store.ts'
import { checkBasis, checkKorter, EINDE, keuzesVan, SCENARIO, toGegevens, toRij } from './velden.ts'

/** A scenario held against what was spent. `standen` empty for who may see no figures. */
export interface Vergeleken {
  scenario: Scenario
  verwachting: Verwachting
  werkelijk: readonly Werkelijk[]
  standen: readonly Stand[]
  oordeel: Oordeel
  /** False for who sees policy but no figures. */
  magCijfers: boolean
}

/** The method for new scenarios of a dossier, or 409: patterns come from a method. */
export async function getDossiermethode(db: Db, dossierId: number) {
  const methode = await findDossiermethode(db, dossierId)
  if (!methode)
    throw new Problem(
      409,
      'geen-methode',
      'Er is nog geen methode geladen',
      'Laad eerst de methode van de Wegwijzer: daarin staan de kostenpatronen.',
    )
  return methode
}

/** One scenario beside the real line. Throws 404. */
export async function loadScenario(
  ctx: Ctx,
  db: Db,
  dossierId: number,
  scenarioId: number,
): Promise<Vergeleken> {
  const [vergeleken] = await compareScenarios(ctx, db, [await getScenario(db, dossierId, scenarioId)])
  if (vergeleken === undefined) throw notFound('Scenario')
  return vergeleken
}

/** All scenarios of a dossier beside the real line, those that run first: for its own pages and the page of the dossier. */
export async function loadScenarios(ctx: Ctx, db: Db, dossierId: number): Promise<Vergeleken[]> {
  return compareScenarios(ctx, db, await listScenarios(db, dossierId))
}

/** Every real line is read at once: that of the period, and of the year before for how spend lies over the months. */
async function compareScenarios(ctx: Ctx, db: Db, scenarios: readonly Scenario[]): Promise<Vergeleken[]> {
  const magCijfers = ctx.wie.rechten.has('cijfers.lezen')
  const delen = scenarios.map(scenario => {
    const patroon = scenario.methode.patronen.find(p => p.code === scenario.patroon)
    const verloop = scenario.verloop ?? patroon?.verloop ?? [0]
    const { vanaf, tot } = periodOf({ beginjaar: scenario.beginjaar, verloop })
    const keuze = { segmenten: scenario.segmenten, gemeente: scenario.gemeente }
    const vragen = [
      { ...keuze, vanaf: addMonths(vanaf, -12), tot: addMonths(vanaf, -1) },
      { ...keuze, vanaf, tot },
    ]
    return { scenario, verloop, marge: scenario.marge ?? patroon?.marge ?? 0, vragen }
  })
  const reeksen = magCijfers
    ? await readMaandreeksen(
        db,
        delen.flatMap(deel => deel.vragen),
        ctx.vandaag,
      )
    : []
  return delen.map(({ scenario, verloop, marge }, i) => {
    const [eerder = [], werkelijk = []] = reeksen.slice(2 * i, 2 * i + 2)
    const verwachting: Verwachting = {
      beginjaar: scenario.beginjaar,
      basis: scenario.basis,
      verloop,
      marge,
      gewichten: weightsOf(eerder),
    }
    const standen = compare(verwachting, werkelijk)
    return { scenario, verwachting, werkelijk, standen, oordeel: judge(standen), magCijfers }
  })
}

/** What was spent in the year before `beginjaar`; null when that year is not complete. */
export async function readVoorjaar(
  ctx: Ctx,
  db: Db,
  keuze: { segmenten: readonly number[]; gemeente: string | null; beginjaar: number },
): Promise<Eurocent | null> {
  const { segmenten, gemeente, beginjaar } = keuze
  const jaar = beginjaar - 1
  const periode = { vanaf: `${jaar}-01-01`, tot: `${jaar}-12-01` }
  const reeks = await readMaandreeks(db, { segmenten, gemeente, ...periode }, ctx.vandaag)
  if (!reeks.every(maand => maand.compleet)) return null
  return reeks.reduce((som, maand) => som + maand.bedrag, 0)
}

/** Which scenario is changed, and the version that it was opened at. */
export interface Scenariodoel extends Doel {
  dossierId: number
}

/** Adds a scenario; answers its id. Throws 400 with every fault, or 404. */
export async function addScenario(ctx: Ctx, dossierId: number, invoer: Invoer): Promise<number> {
  const bewaard = ctx.write(async tx => {
    await getDossier(tx, dossierId)
    const { methodeId, inhoud } = await getDossiermethode(tx, dossierId)
    const rij = await readRij(ctx, tx, { dossierId, id: null, methode: inhoud }, invoer)
    const door = gebruikerIdOf(ctx.wie)
    const id = await insertRow(tx, TABEL, { dossierId, methodeId, ...rij, door, op: ctx.nu })
    await record(tx, ctx, { dossierId, id }, 'maak')
    return id
  })
  return orTaken(bewaard, 'naam', BEZET)
}

/** Changes a scenario that runs. Throws 400 with every fault, 404, 409, or `Botsing` with what the other left. */
export async function changeScenario(ctx: Ctx, doel: Scenariodoel, invoer: Invoer): Promise<void> {
  const bewaard = ctx.write(async tx => {
    const { methode } = await getLopend(tx, doel.dossierId, doel.id)
    await update(tx, ctx, doel, await readRij(ctx, tx, { ...doel, methode }, invoer), 'wijzig')
  })
  return orTaken(bewaard, 'naam', BEZET)
}

/** Ends a scenario with a reason. Throws 400, 404, 409 or `Botsing`. */
export async function endScenario(ctx: Ctx, doel: Scenariodoel, invoer: Invoer): Promise<void> {
  const { reden } = readGegevens('Het scenario is niet beëindigd', EINDE, invoer)
  await ctx.write(async tx => {
    await getLopend(tx, doel.dossierId, doel.id)
    await update(tx, ctx, doel, { beeindigdOp: ctx.nu }, 'beeindig', reden)
  })
}

/** Takes that back. Throws 404, `Botsing`, or 409 when it runs, or its name is taken since. */
export async function restoreScenario(ctx: Ctx, doel: Scenariodoel): Promise<void> {
  const bewaard = ctx.write(async tx => {
    const scenario = await getScenario(tx, doel.dossierId, doel.id)
    if (scenario.beeindigdOp === null) throw voorbij(scenario)
    await update(tx, ctx, doel, { beeindigdOp: null }, 'herstel')
  })
  return orInTheWay(bewaard, 'Er is intussen een ander scenario met deze naam.')
}

const TABEL = 'beleid.scenario'
const BEZET = 'Dit dossier heeft al een scenario met deze naam.'
const GEDAAN = { maak: 'gemaakt', wijzig: 'gewijzigd', beeindig: 'beeindigd', herstel: 'hersteld' } as const

async function getScenario(db: Db, dossierId: number, id: number): Promise<Scenario> {
  const scenario = await findScenario(db, dossierId, id)
  if (!scenario) throw notFound('Scenario')
  return scenario
}

/** A scenario that was not ended. Throws 404, or 409 for one that was. */
export async function getLopend(db: Db, dossierId: number, id: number): Promise<Scenario> {
  const scenario = await getScenario(db, dossierId, id)
  if (scenario.beeindigdOp !== null) throw voorbij(scenario)
  return scenario
}

const voorbij = (scenario: Scenario) =>
  new Voorbij(
    'scenario-beeindigd',
    scenarioPad(scenario),
    'Dit kan nu niet met dit scenario',
    'Bekijk of het scenario is beëindigd; een beëindigd scenario kunt u herstellen.',
  )

async function update(
  tx: Tx,
  ctx: Ctx,
  doel: Scenariodoel,
  rij: Rij,
  stap: keyof typeof GEDAAN,
  toelichting?: string,
): Promise<void> {
  const nieuw = { ...rij, door: gebruikerIdOf(ctx.wie), op: ctx.nu }
  await changeRow(tx, ctx, { tabel: TABEL, deze: 'dit scenario' }, doel, nieuw, async () =>
    toGegevens(await getScenario(tx, doel.dossierId, doel.id)),
  )
  await record(tx, ctx, doel, stap, toelichting)
}

async function record(
  tx: Tx,
  ctx: Ctx,
  { dossierId, id }: Omit<Scenariodoel, 'versie'>,
  stap: keyof typeof GEDAAN,
  toelichting = '',
): Promise<void> {
  await insertStap(tx, id, { stap, toelichting, door: gebruikerIdOf(ctx.wie), op: ctx.nu })
  await audit(tx, ctx, `scenario.${GEDAAN[stap]}`, GROND, { dossier: dossierId, scenario: id })
}

/** The row that what was typed becomes. Throws 400 with every fault, also of the base: what was spent is read for that. */
async function readRij(
  ctx: Ctx,
  tx: Tx,
  { dossierId, id, methode }: { dossierId: number; id: number | null; methode: Scenariomethode },
  invoer: Invoer,
) {
  const keuzes = keuzesVan(methode, await listKeuzes(tx))
  const { naam = '', segmenten, gemeente, beginjaar } = tryGegevens(SCENARIO, invoer, { keuzes }).gegevens
  const besteed =
    segmenten === undefined || gemeente === undefined || beginjaar === undefined
      ? undefined
      : await readVoorjaar(ctx, tx, { segmenten: segmenten.map(Number), gemeente, beginjaar })
  const anderen = (await listScenarios(tx, dossierId)).filter(
    s => s.scenarioId !== id && s.beeindigdOp === null,
  )
  const bezet = anderen.some(ander => ander.naam.toLowerCase() === naam.toLowerCase())
  const gegevens = readGegevens('Het scenario is niet opgeslagen', SCENARIO, invoer, {
    keuzes,
    ook: gelezen => [
      ...checkKorter(gelezen),
      ...checkBasis(gelezen, besteed),
      ...(bezet ? [{ pad: 'naam', melding: BEZET }] : []),
    ],
  })
  return toRij(gegevens, besteed ?? null)
}
