import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import { findRow } from '../../../platform/db/lijst.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound, Problem } from '../../../platform/problem.ts'
import { type Invoer, readGegevens, tryGegevens } from '../../../platform/velden/formulier.ts'
import { GROND, getLijst } from '../gegevens/actions.ts'
import { listOpen, maySet, momentOf, STAPPEN, type Stap } from './rules.ts'
import {
  type Bewaard,
  insertWeging,
  markHerzien,
  standVan,
  type Tekst,
  WEGINGEN,
  type Weging,
  writeWeging,
} from './store.ts'
import { ADVIESVELDEN, BESLUITVELDEN, checkBesluit, REDEN } from './velden.ts'

export async function getWeging(db: Db, wegingId: number): Promise<Weging> {
  const weging = await findRow(db, WEGINGEN, wegingId)
  if (!weging) throw notFound('Weging')
  return weging
}

/** Begins a weighing; answers its id. */
export async function makeWeging(ctx: Ctx, tekst: Tekst): Promise<number> {
  return ctx.write(async tx => {
    const door = demandMens(ctx)
    await demandRegionaal(tx, tekst.gemeente)
    const id = await insertWeging(tx, tekst, { stap: 'maak', toelichting: '', door, op: ctx.nu }, null)
    await audit(tx, ctx, 'weging.opgesteld', GROND, { weging: id })
    return id
  })
}

/** Changes the text of a draft. Throws `Botsing` with how the other left it, also as the form has it (`toGegevens`). */
export async function editWeging(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  anders: (weging: Weging) => Partial<Tekst>,
  toGegevens: (weging: Weging) => object,
): Promise<void> {
  await zet(ctx, wegingId, versie, 'wijzig', '', weging => anders(weging), toGegevens)
}

/** A step that says nothing but that it is taken. Throws 409 when it cannot be now. */
export async function takeStap(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  stap: 'leg-voor' | 'haal-terug' | 'pas-aan' | 'herstel',
): Promise<void> {
  await zet(ctx, wegingId, versie, stap, '', weging => {
    const open = stap === 'leg-voor' ? listOpen(weging, weging.lijst) : []
    if (open.length > 0)
      throw new Problem(409, 'weging-niet-af', 'Deze weging is nog niet af', open.join(' '))
    if (stap === 'pas-aan') return ZONDER_ADVIES
    return stap === 'herstel' ? { ...ZONDER_ADVIES, ingetrokkenOp: null } : {}
  })
}

/** What was advised stays in the history; a changed text needs a new advice. */
const ZONDER_ADVIES = { advies: null, adviesTekst: null, adviesDoor: null, adviesOp: null }

/** Withdraws a weighing, or what was decided, with the reason. Throws 400 without one, 409 when it cannot be now. */
export async function withdrawWeging(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  stap: 'trek-in' | 'beeindig',
  invoer: Invoer,
): Promise<void> {
  const { reden } = readGegevens('De stap is niet gezet', REDEN, invoer)
  await zet(ctx, wegingId, versie, stap, reden, () => ({ ingetrokkenOp: ctx.nu }))
}

/** The advice of the privacy officer. Throws 400 without a text, 409 for who wrote it. */
export async function giveAdvies(ctx: Ctx, wegingId: number, versie: number, invoer: Invoer): Promise<void> {
  const { advies, tekst } = readGegevens('Het advies is niet opgeslagen', ADVIESVELDEN, invoer)
  await zet(ctx, wegingId, versie, 'adviseer', advies, () => ({
    advies,
    adviesTekst: tekst,
    adviesDoor: gebruikerIdOf(ctx.wie),
    adviesOp: ctx.nu,
  }))
}

/**
 * The decision. What was decided before gives way. Throws 400 with every fault (`checkBesluit`), 409 for who wrote or advised.
 */
export async function decideWeging(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  invoer: Invoer,
): Promise<void> {
  const { besluit: woord = '' } = tryGegevens({ besluit: BESLUITVELDEN.besluit }, invoer).gegevens
  await zet(ctx, wegingId, versie, 'besluit', woord, weging => {
    const { besluit, voorwaarden, motivering } = readGegevens(
      'Het besluit is niet opgeslagen',
      BESLUITVELDEN,
      invoer,
      { ook: gegevens => checkBesluit(gegevens, weging, ctx.vandaag) },
    )
    return {
      besluit,
      voorwaarden: besluit === 'voorwaarden' ? voorwaarden : '',
      motivering: motivering ?? '',
      besluitDoor: gebruikerIdOf(ctx.wie),
      besluitOp: ctx.nu,
    }
  })
}

/** Begins the next version with the text of this one; this one stays valid until the new one is decided. */
export async function reviseWeging(ctx: Ctx, wegingId: number): Promise<number> {
  return ctx.write(async tx => {
    const door = demandMens(ctx)
    const weging = await getWeging(tx, wegingId)
    await demandRegionaal(tx, weging.gemeente)
    demandStap('herzie', weging, door)
    const { lijstId } = await getLijst(tx)
    const vandaag = momentOf(weging, ctx.vandaag)
    const geldigTot = weging.geldigTot !== null && weging.geldigTot < vandaag ? null : weging.geldigTot
    const tekst = { ...weging, lijstId, geldigVanaf: vandaag, geldigTot }
    const id = await insertWeging(tx, tekst, { stap: 'herzie', toelichting: '', door, op: ctx.nu }, weging)
    await audit(tx, ctx, 'weging.herzien', GROND, { weging: id, van: wegingId })
    return id
  })
}

/** One step of one weighing: load, may it, change, keep, audit. */
async function zet(
  ctx: Ctx,
  wegingId: number,
  versie: number,
  stap: Stap,
  toelichting: string,
  anders: (weging: Weging) => Partial<Bewaard>,
  toGegevens: (weging: Weging) => object = () => ({}),
): Promise<void> {
  const collision = (tx: Tx, nu: Weging) =>
    collisionOf(tx, ctx, 'deze weging', { ...nu, ...toGegevens(nu) }, [
      'uitwisseling.weging_stap',
      { wegingId },
    ])
  await ctx.write(async tx => {
    const door = demandMens(ctx)
    const weging = await getWeging(tx, wegingId)
    await demandRegionaal(tx, weging.gemeente)
    if (weging.versie !== versie) throw await collision(tx, weging)
    demandStap(stap, weging, door)
    const nieuw: Bewaard = { ...weging, ...anders(weging), staat: STAPPEN[stap].naar }
    if (stap === 'wijzig') nieuw.opstellers = [...new Set([...weging.opstellers, door])]
    if (!(await writeWeging(tx, wegingId, versie, nieuw, { stap, toelichting, door, op: ctx.nu })))
      throw await collision(tx, await getWeging(tx, wegingId))
    if (stap === 'besluit') await markHerzien(tx, weging.stam, wegingId)
    await audit(tx, ctx, `weging.${stap}`, GROND, { weging: wegingId })
  })
}

function demandMens(ctx: Ctx): number {
  const door = gebruikerIdOf(ctx.wie)
  if (door === null) throw new Problem(409, 'alleen-een-mens', 'Alleen een mens kan dit doen')
  return door
}

function demandStap(stap: Stap, weging: Weging, door: number): void {
  const mag = maySet(stap, standVan(weging), door)
  if (!mag.ok) throw new Problem(409, 'stap-kan-niet', 'Deze stap kan nu niet', mag.reden)
}
