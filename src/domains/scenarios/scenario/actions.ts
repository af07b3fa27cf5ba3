import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { addMonths } from '../../../platform/dates.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Eurocent } from '../../../platform/money.ts'
import { Botsing, type Fout, invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { GROND } from '../../dossiers/index.ts'
import { readMaandreeks, readMaandreeksen } from '../../sturing/index.ts'
import { readBasis, readScenario, type Velden } from './invoer.ts'
import {
  compare,
  judge,
  type Oordeel,
  periodOf,
  type Stand,
  type Verwachting,
  type Werkelijk,
  weightsOf,
} from './rules.ts'
import {
  type Dossierkop,
  endScenario,
  findDossierkop,
  findDossiermethode,
  findScenario,
  hasNaam,
  type Invulling,
  insertScenario,
  listKeuzes,
  listScenarios,
  type Scenario,
  updateScenario,
} from './store.ts'

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

export async function getDossierkop(db: Db, dossierId: number): Promise<Dossierkop> {
  const dossier = await findDossierkop(db, dossierId)
  if (!dossier) throw notFound('Dossier')
  return dossier
}

/** The method for new scenarios of a dossier, or 409: patterns come from a method. */
async function getDossiermethode(db: Db, dossierId: number) {
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
  const scenario = await findScenario(db, dossierId, scenarioId)
  if (!scenario) throw notFound('Scenario')
  const [vergeleken] = await compareScenarios(ctx, db, [scenario])
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
    const keuze = { segmenten: scenario.segmenten, gemeente: scenario.cijfergemeente }
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

/** Adds a scenario (`doel` null) or changes one that is still at `versie`. Throws 400 with every fault, or `Botsing`. */
export async function saveScenario(
  ctx: Ctx,
  dossierId: number,
  doel: { scenarioId: number; versie: number } | null,
  velden: Velden,
  gekozen: readonly string[],
): Promise<number> {
  return ctx.write(async tx => {
    await getDossierkop(tx, dossierId)
    const oud = doel === null ? undefined : await findScenario(tx, dossierId, doel.scenarioId)
    if (doel !== null && oud === undefined) throw notFound('Scenario')
    if (oud?.beeindigdOp) throw beeindigd()
    const invulling = await readInvulling(ctx, tx, dossierId, oud, velden, gekozen)
    const door = gebruikerIdOf(ctx.wie)
    if (oud === undefined || doel === null) {
      const zet = { stap: 'maak', toelichting: '', door, op: ctx.nu } as const
      const id = await insertScenario(tx, dossierId, invulling, zet)
      await audit(tx, ctx, 'scenario.gemaakt', GROND, { dossier: dossierId, scenario: id })
      return id
    }
    const zet = { stap: 'wijzig', toelichting: '', door, op: ctx.nu } as const
    if (!(await updateScenario(tx, oud.scenarioId, doel.versie, invulling, zet)))
      throw await collision(tx, ctx, (await findScenario(tx, dossierId, oud.scenarioId)) ?? oud)
    await audit(tx, ctx, 'scenario.gewijzigd', GROND, { dossier: dossierId, scenario: oud.scenarioId })
    return oud.scenarioId
  })
}

const collision = async (tx: Tx, ctx: Ctx, nu: Scenario) =>
  new Botsing(
    'dit scenario',
    nu,
    await findLaatste(tx, ctx, ['beleid.scenario', { scenarioId: nu.scenarioId }]),
  )

async function readInvulling(
  ctx: Ctx,
  db: Db,
  dossierId: number,
  oud: Scenario | undefined,
  velden: Velden,
  gekozen: readonly string[],
): Promise<Invulling> {
  const methode = oud === undefined ? await getDossiermethode(db, dossierId) : undefined
  const keuzes = await listKeuzes(db)
  const gelezen = readScenario(velden, gekozen, {
    methode: oud?.methode ?? methode?.inhoud ?? { patronen: [] },
    methodeId: oud?.methodeId ?? methode?.methodeId ?? 0,
    segmenten: keuzes.segmenten.map(s => s.waarde),
    gemeenten: keuzes.gemeenten.map(g => g.waarde),
  })
  const naam = (velden.naam ?? '').trim()
  const dubbel: Fout[] =
    naam !== '' && (await hasNaam(db, dossierId, naam, oud?.scenarioId ?? null))
      ? [{ pad: 'naam', melding: 'Dit dossier heeft al een scenario met deze naam.' }]
      : []
  if ('fouten' in gelezen) throw invalid('Het scenario is niet opgeslagen', [...gelezen.fouten, ...dubbel])
  const { basisTekst, ...rest } = gelezen.goed
  const basisWerkelijk = await readVoorjaar(ctx, db, { ...rest, gemeente: rest.cijfergemeente })
  const basis = readBasis(gelezen.goed, basisWerkelijk)
  const fouten = [...dubbel, ...('fouten' in basis ? basis.fouten : [])]
  if ('fouten' in basis || fouten.length > 0) throw invalid('Het scenario is niet opgeslagen', fouten)
  return { ...rest, basis: basis.basis, basisWerkelijk }
}

/** Ends a scenario with a reason, or takes that back. */
export async function endOrRestore(
  ctx: Ctx,
  dossierId: number,
  scenarioId: number,
  versie: number,
  stap: 'beeindig' | 'herstel',
  reden: string,
): Promise<void> {
  const fouten = checkTekst({
    pad: 'reden',
    naam: 'de reden',
    waarde: reden,
    verplicht: stap === 'beeindig',
    max: 2000,
  })
  if (fouten.length > 0) throw invalid('Het scenario is niet beëindigd', fouten)
  await ctx.write(async tx => {
    const scenario = await findScenario(tx, dossierId, scenarioId)
    if (!scenario) throw notFound('Scenario')
    if (scenario.versie !== versie) throw await collision(tx, ctx, scenario)
    if ((scenario.beeindigdOp !== null) !== (stap === 'herstel')) throw beeindigd()
    if (stap === 'herstel' && (await hasNaam(tx, dossierId, scenario.naam, scenarioId)))
      throw new Problem(409, 'naam-bezet', 'Er is intussen een ander scenario met deze naam')
    const zet = { stap, toelichting: reden.trim(), door: gebruikerIdOf(ctx.wie), op: ctx.nu }
    if (!(await endScenario(tx, scenarioId, versie, zet))) throw await collision(tx, ctx, scenario)
    await audit(tx, ctx, stap === 'beeindig' ? 'scenario.beeindigd' : 'scenario.hersteld', GROND, {
      dossier: dossierId,
      scenario: scenarioId,
    })
  })
}

function beeindigd(): Problem {
  return new Problem(
    409,
    'scenario-beeindigd',
    'Dit kan nu niet met dit scenario',
    'Bekijk of het scenario is beëindigd; een beëindigd scenario kunt u herstellen.',
  )
}
