import { attempt } from '../../db/savepoint.ts'
import type { Tx } from '../../db/tables.ts'
import type { Ctx } from '../../http/ctx.ts'
import type { Upload } from '../../http/upload.ts'
import { notFound, Problem } from '../../problem.ts'
import { withNaam } from '../../voortgang.ts'
import { safeName } from '../bladen/bestandsnaam.ts'
import { insertBundel } from '../bladen/bundel.ts'
import { type Raaksom, sumRaakt } from '../raakt.ts'
import { writeInTurn } from '../rijen.ts'
import type { Teruggang } from '../terugnemen.ts'
import {
  hasChanges,
  type Invoersoort,
  insertInvoer,
  isSame,
  loadBestand,
  type Staat,
  takeInvoer,
  type Uitkomst,
  updateTeruggenomen,
  updateUitkomst,
} from './invoer.ts'

/** A file that was read, with what it comes in as. */
export interface Gelezen extends Upload {
  soort: Invoersoort<unknown>
  inhoud: unknown
}

/** One of the files that are kept already. */
export interface Bewaard {
  soort: Invoersoort<unknown>
  invoerId: number
}

/** Reads a file and keeps it with what it would do; nothing else changes. Throws 400 when it cannot be read. */
export async function addInvoer<I>(ctx: Ctx, soort: Invoersoort<I>, bestand: Upload): Promise<number> {
  const inhoud = await soort.lees(bestand.bytes, ctx)
  const [invoerId = 0] = await writeInTurn(ctx, tx =>
    tryOut(tx, ctx, [{ ...bestand, soort: anyOf(soort), inhoud }]),
  )
  return invoerId
}

/**
 * Keeps files that were chosen together with what they would do, in this order, each on what those before it leave; nothing else
 * changes. `nietGelezen`: what else was sent.
 */
export async function addBundel(
  ctx: Ctx,
  bestanden: readonly Gelezen[],
  nietGelezen: string[],
): Promise<number> {
  return writeInTurn(ctx, async tx => {
    const bundelId = await insertBundel(tx, ctx, { aantal: bestanden.length, nietGelezen })
    await tryOut(tx, ctx, bestanden, bundelId)
    return bundelId
  })
}

async function tryOut(
  tx: Tx,
  ctx: Ctx,
  bestanden: readonly Gelezen[],
  bundelId: number | null = null,
): Promise<number[]> {
  const stukken: Stuk[] = []
  for (const { soort, inhoud, naam, bytes } of bestanden)
    stukken.push({
      soort,
      inhoud,
      naam,
      invoerId: await insertInvoer(tx, ctx, soort, { naam, bytes, bundelId }),
    })
  const uitkomsten = await doAll(tx, ctx, stukken, () => true)
  await keep(tx, ctx, stukken, { uitkomsten, staat: 'beproefd' })
  return stukken.map(({ invoerId }) => invoerId)
}

/** Does what one file says; see `processAll`. */
export async function processInvoer<I>(ctx: Ctx, soort: Invoersoort<I>, invoerId: number): Promise<void> {
  await processAll(ctx, [{ soort: anyOf(soort), invoerId }], null)
}

/**
 * Does what files say, all of it or nothing, as long as that is what was shown. What they meet may have changed since: then nothing is
 * done, and what they would do now is kept to be shown. With faults nothing was done either. Throws 404, or 409 when it was done already
 * or would do something else.
 */
export async function processAll(
  ctx: Ctx,
  bestanden: readonly Bewaard[],
  bundelId: number | null,
): Promise<void> {
  const stukken: Stuk[] = []
  for (const { soort, invoerId } of bestanden) {
    const { naam, bytes } = await loadBestand(ctx, soort.naam, invoerId)
    stukken.push({ soort, invoerId, naam, inhoud: await soort.lees(bytes, ctx) })
  }
  const zelfde = await writeInTurn(ctx, async tx => {
    const getoond: Uitkomst[] = []
    for (const stuk of stukken)
      getoond.push(await takeInvoer(tx, ctx, doelOf(stuk), { staat: 'beproefd', titel: AL_GEDAAN, bundelId }))
    const isShown = (alle: readonly Uitkomst[]) => alle.every((u, i) => isSame(u, getoond[i] ?? u))
    const uitkomsten = await doAll(tx, ctx, stukken, alle => !isShown(alle))
    const gedaan = isShown(uitkomsten) && uitkomsten.every(isGood)
    await keep(tx, ctx, stukken, { uitkomsten, staat: gedaan ? 'verwerkt' : 'beproefd' })
    return isShown(uitkomsten)
  })
  if (!zelfde)
    throw new Problem(
      409,
      'intussen-veranderd',
      'Er is intussen iets veranderd',
      `Bekijk opnieuw wat ${bundelId === null ? 'dit bestand doet' : 'deze bestanden doen'}. Er is nog niets gebeurd.`,
    )
}

const AL_GEDAAN = 'Dit bestand is al verwerkt'

/** Takes back what a file did, all of it or nothing. Throws 404, or 409 when it was not done, or when something was built on it. */
export async function undoInvoer<I>(ctx: Ctx, soort: Invoersoort<I>, invoerId: number): Promise<void> {
  await writeInTurn(ctx, tx => undo(tx, ctx, soort, invoerId))
}

/** What is to be seen of taking back: what leans on it, and what is worth a look; nothing changes. Throws as `undoInvoer` does. */
export async function tryUndo<I>(
  ctx: Ctx,
  soort: Invoersoort<I>,
  invoerId: number,
): Promise<{ raakt: Raaksom[]; letOp: string[] }> {
  return writeInTurn(ctx, async tx => {
    const gedaan = await attempt(tx, () => undo(tx, ctx, soort, invoerId), { undo: () => true })
    if (!gedaan.gelukt) throw gedaan.fout
    return { ...gedaan.waarde, raakt: sumRaakt(gedaan.waarde.raakt) }
  })
}

async function undo<I>(tx: Tx, ctx: Ctx, soort: Invoersoort<I>, invoerId: number): Promise<Teruggang> {
  const doel = { register: soort.naam, invoerId }
  await takeInvoer(tx, ctx, doel, { staat: 'verwerkt', titel: 'Dit bestand is niet verwerkt' })
  if (soort.neemTerug === undefined) throw notFound('Bestand')
  const terug = await soort.neemTerug(tx, ctx, invoerId)
  await updateTeruggenomen(tx, ctx, doel)
  return terug
}

/**
 * Does what files say at once, without showing it first: all of it or nothing, and nothing when it is a trial. A file is kept with
 * what came of it when it changed something. Answers what came of each.
 */
export async function bringIn(
  ctx: Ctx,
  bestanden: readonly Gelezen[],
  { proef }: { proef: boolean },
): Promise<Uitkomst[]> {
  return writeInTurn(ctx, tx =>
    allOrNothing(
      tx,
      () => proef,
      () =>
        inOrder(tx, bestanden, async ({ soort, inhoud, naam, bytes }) => {
          const invoerId = await insertInvoer(tx, ctx, soort, { naam, bytes })
          const uitkomst = await soort.doe(tx, withNaam(ctx, naam), inhoud, invoerId)
          await updateUitkomst(tx, ctx, doelOf({ soort, invoerId }), { uitkomst, staat: 'verwerkt' })
          return uitkomst
        }),
    ),
  )
}

/**
 * Does what one file says at once; see `bringIn`. `invoerId`: under which it was kept, null when nothing was done: it was a trial, has
 * faults, or changes nothing. Throws 400 when it cannot be read.
 */
export async function bringOne<I>(
  ctx: Ctx,
  soort: Invoersoort<I>,
  bestand: Upload,
  opties: { proef: boolean },
): Promise<{ uitkomst: Uitkomst; invoerId: number | null }> {
  let invoerId: number | null = null
  const eigen: Invoersoort<unknown> = {
    ...anyOf(soort),
    doe: (tx, c, inhoud, id) => {
      invoerId = id
      return anyOf(soort).doe(tx, c, inhoud, id)
    },
  }
  const inhoud = await soort.lees(bestand.bytes, ctx)
  const [uitkomst] = await bringIn(ctx, [{ ...bestand, soort: eigen, inhoud }], opties)
  if (uitkomst === undefined) throw new Error('a file came to nothing')
  return { uitkomst, invoerId: opties.proef || !isGood(uitkomst) || !hasChanges(uitkomst) ? null : invoerId }
}

/** A file that is kept, read. */
interface Stuk extends Bewaard {
  inhoud: unknown
  naam: string
}

const doelOf = ({ soort, invoerId }: Bewaard) => ({ register: soort.naam, invoerId })
const isGood = ({ aantalFouten }: Uitkomst) => aantalFouten === 0

/** Each kind reads what it then does: which that is, nobody else needs to know. */
const anyOf = <I>(soort: Invoersoort<I>) => soort as Invoersoort<unknown>

/** What each does, in this order; undone when one has a fault, or when `niet` says so. */
const doAll = (
  tx: Tx,
  ctx: Ctx,
  stukken: readonly Stuk[],
  niet: (uitkomsten: readonly Uitkomst[]) => boolean,
) =>
  allOrNothing(tx, niet, () =>
    inOrder(tx, stukken, ({ soort, inhoud, invoerId, naam }) =>
      soort.doe(tx, withNaam(ctx, safeName(naam)), inhoud, invoerId),
    ),
  )

async function keep(
  tx: Tx,
  ctx: Ctx,
  stukken: readonly Stuk[],
  { uitkomsten, staat }: { uitkomsten: readonly Uitkomst[]; staat: Staat },
): Promise<void> {
  for (const [i, uitkomst] of uitkomsten.entries()) {
    const stuk = stukken[i]
    if (stuk !== undefined) await updateUitkomst(tx, ctx, doelOf(stuk), { uitkomst, staat })
  }
}

/** One after the other; of one with a fault, or that changes nothing, nothing is left for the next. */
async function inOrder<Bestand>(
  tx: Tx,
  bestanden: readonly Bestand[],
  doe: (bestand: Bestand) => Promise<Uitkomst>,
): Promise<Uitkomst[]> {
  const uit: Uitkomst[] = []
  for (const bestand of bestanden) {
    const gedaan = await attempt(tx, () => doe(bestand), { undo: u => !isGood(u) || !hasChanges(u) })
    if (!gedaan.gelukt) throw gedaan.fout
    uit.push(gedaan.waarde)
  }
  return uit
}

async function allOrNothing(
  tx: Tx,
  niet: (uitkomsten: readonly Uitkomst[]) => boolean,
  doe: () => Promise<Uitkomst[]>,
): Promise<Uitkomst[]> {
  const gedaan = await attempt(tx, doe, { undo: alle => !alle.every(isGood) || niet(alle) })
  if (!gedaan.gelukt) throw gedaan.fout
  return gedaan.waarde
}
