import { audit } from '../../../platform/audit.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { unpackFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { berichtenVerwerkt } from '../../../platform/http/metingen.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { alOntvangen, answer, findAntwoorden } from './antwoorden.ts'
import { admit } from './deur.ts'
import { oordeel } from './oordelen.ts'
import { type Inname, type InnameOpties, type Levering, type Post, read, toRij, unreachable } from './post.ts'
import {
  insertBerichten,
  insertBevindingen,
  insertGebeurtenissen,
  listWachtend,
  lockWachtend,
  type NieuweBevinding,
  type NieuweGebeurtenis,
  updateOordelen,
} from './store.ts'
import { type Beoordeeld, weighKop } from './wegen.ts'

export type { Inname, InnameOpties, Levering } from './post.ts'

const GROND = 'Jeugdwet art. 2.15 en Wmo 2015 art. 2.6.7a: berichtenverkeer'

/**
 * Takes in messages: reads and judges them on all four levels, records them with their files, answers them, and books
 * what they change, all in one transaction. What was not committed was not acknowledged either, so a crash loses and
 * doubles nothing: the same bytes again give the first answer again.
 * Throws Problem 403 when this person may not deliver one of these messages; then nothing is recorded.
 */
export async function neemIn(
  ctx: Ctx,
  leveringen: readonly Levering[],
  opties: InnameOpties = {},
): Promise<Inname[]> {
  const gelezen = leveringen.map(levering => read(levering, opties))
  const gemeenten = [...new Set(gelezen.flatMap(g => (g.gemeente === '' ? [] : [g.gemeente])))]
  const breed = ctx.namens(gemeenten)
  return breed.write(async tx => {
    const deur = await admit(tx, ctx, gelezen)
    const nieuw = deur.flatMap(d => ('berichtId' in d && 'aanbiederId' in d ? [d] : []))
    await receive(tx, breed, nieuw)
    const verwerkt = await handle(tx, breed, nieuw)
    const eerder = deur.flatMap(d => ('bekend' in d ? [d.bekend] : []))
    const antwoorden = await findAntwoorden(tx, breed, eerder)
    return deur.map(d => {
      if ('weigering' in d) return d.weigering
      if ('bekend' in d) return alOntvangen(d.bekend, d.soort, antwoorden)
      return verwerkt.get(d.berichtId) ?? unreachable()
    })
  })
}

/**
 * Records a message and leaves the judging to a job: for what takes longer than a request may. Answers as `neemIn`,
 * with `uitkomst` 'ontvangen'.
 */
export async function ontvang(ctx: Ctx, levering: Levering): Promise<Inname> {
  const gelezen = read(levering, {})
  const breed = ctx.namens(gelezen.gemeente === '' ? [] : [gelezen.gemeente])
  return breed.write(async tx => {
    const [deur] = await admit(tx, ctx, [gelezen])
    if (!deur) return unreachable()
    if ('weigering' in deur) return deur.weigering
    if ('bekend' in deur)
      return alOntvangen(deur.bekend, deur.soort, await findAntwoorden(tx, breed, [deur.bekend]))
    await receive(tx, breed, [deur])
    await enqueue(
      tx,
      'berichten_verwerk',
      { gemeente: deur.gemeente, berichtId: deur.berichtId },
      deur.berichtId,
    )
    await audit(tx, ctx, 'bericht.ontvangen', GROND, { berichten: [deur.berichtId] })
    return {
      uitkomst: 'ontvangen',
      soort: deur.inhoud.bericht,
      gemeente: deur.gemeente,
      berichtId: deur.berichtId,
      niveau: null,
      bevindingen: [],
    }
  })
}

/** Judges a message that waits; does nothing when another worker has it or had it. */
export async function verwerkWachtend(ctx: Ctx, gemeente: string, berichtId: string): Promise<void> {
  const breed = ctx.namens([gemeente])
  await breed.write(async tx => {
    const wachtend = await lockWachtend(tx, gemeente, berichtId)
    if (!wachtend) return
    const bytes = await unpackFile(ctx.kluis, wachtend.bestand)
    const gelezen = read({ bytes, ontvangenOp: wachtend.ontvangenOp }, {})
    if (!gelezen.controle.inhoud) throw new Error('a stored message no longer reads')
    const post: Post = {
      ...gelezen,
      inhoud: gelezen.controle.inhoud,
      berichtId,
      aanbiederId: wachtend.aanbiederId,
      vingerafdruk: ctx.kluis.vingerafdruk(bytes),
    }
    await handle(tx, breed, [post])
  })
}

/**
 * Judges whatever waits. A worker that was killed keeps its job locked in the queue for hours, but its row lock on the
 * message died with it: so the messages themselves, not the queue, say what is still to be done.
 */
export async function haalWachtendeIn(ctx: Ctx): Promise<number> {
  const wachtend = await ctx.read(listWachtend)
  for (const { gemeente, berichtId } of wachtend) await verwerkWachtend(ctx, gemeente, berichtId)
  return wachtend.length
}

/** Records messages as they came; none counts yet. */
async function receive(tx: Tx, ctx: Ctx, posten: readonly Post[]): Promise<void> {
  await insertBerichten(tx, await Promise.all(posten.map(post => toRij(ctx, post))))
  await insertGebeurtenissen(
    tx,
    posten.map(post => gebeurtenis(post, 'ontvangen', ctx.wie.id, post.ontvangenOp)),
  )
}

/** Judges recorded messages, books what they change, answers them. */
async function handle(tx: Tx, ctx: Ctx, posten: readonly Post[]): Promise<Map<string, Inname>> {
  const oordelen = await weighKop(tx, ctx, posten)
  const verder = posten.filter(post => !oordelen.has(post.berichtId))
  for (const [berichtId, o] of await oordeel(tx, ctx, verder))
    oordelen.set(berichtId, { ...o, niveau: o.aantalBevindingen > 0 ? 3 : null, geldt: true })
  await updateOordelen(
    tx,
    posten.map(({ gemeente, berichtId }) => {
      const o = oordelen.get(berichtId) ?? unreachable()
      return { ...o, gemeente, berichtId, bevindingen: o.aantalBevindingen, verwerktOp: ctx.nu }
    }),
  )
  const antwoorden = await answer(tx, ctx, posten, oordelen)
  await note(tx, ctx, posten, oordelen)
  return new Map(
    posten.map(post => {
      const o = oordelen.get(post.berichtId) ?? unreachable()
      berichtenVerwerkt.inc({ soort: post.inhoud.bericht, uitkomst: o.staat })
      const antwoord = antwoorden.get(post.berichtId)
      return [
        post.berichtId,
        {
          uitkomst: o.staat,
          soort: post.inhoud.bericht,
          gemeente: post.gemeente,
          berichtId: post.berichtId,
          niveau: o.niveau,
          bevindingen: o.bevindingen,
          ...(antwoord && { antwoord }),
        },
      ]
    }),
  )
}

async function note(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  oordelen: ReadonlyMap<string, Beoordeeld>,
): Promise<void> {
  const bevindingen: NieuweBevinding[] = []
  const gebeurtenissen: NieuweGebeurtenis[] = []
  for (const post of posten) {
    const o = oordelen.get(post.berichtId) ?? unreachable()
    for (const b of o.bevindingen)
      bevindingen.push({
        ...b,
        gemeente: post.gemeente,
        berichtId: post.berichtId,
        aanbiederId: post.aanbiederId,
        niveau: o.niveau ?? 3,
      })
    if (o.staat !== 'ontvangen') gebeurtenissen.push(gebeurtenis(post, 'beoordeeld', ctx.wie.id, ctx.nu))
  }
  await insertBevindingen(tx, bevindingen)
  await insertGebeurtenissen(tx, gebeurtenissen)
  if (posten.length > 0)
    await audit(tx, ctx, 'bericht.verwerkt', GROND, { berichten: posten.map(post => post.berichtId) })
}

function gebeurtenis(
  post: Post,
  soort: NieuweGebeurtenis['soort'],
  door: string,
  op: Date,
): NieuweGebeurtenis {
  return {
    gemeente: post.gemeente,
    berichtId: post.berichtId,
    aanbiederId: post.aanbiederId,
    soort,
    door,
    op,
  }
}
