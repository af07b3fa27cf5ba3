import { audit } from '../../../platform/audit.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { unpackFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { berichtenVerwerkt } from '../../../platform/http/metingen.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { lockPartijen } from '../../toegang/index.ts'
import { GROND } from '../grond.ts'
import { handleApart } from '../herkansing/afzonderen.ts'
import {
  DEEL_VOOR_SLOT,
  MEESTE_POGINGEN,
  makeBewaking,
  redenVan,
  TIJD_PER_BERICHT_MS,
} from '../herkansing/rules.ts'
import {
  countPoging,
  lockOpen,
  markNietTeBeoordelen,
  type Sleutel,
  uncountPoging,
} from '../herkansing/store.ts'
import { recordOnce } from '../post/eenmaal.ts'
import {
  type Beoordeeld,
  type Gelezen,
  type Inname,
  type InnameOpties,
  type Levering,
  type Post,
  read,
  toRij,
  unreachable,
} from '../post/gelezen.ts'
import {
  insertBerichten,
  insertBevindingen,
  insertGebeurtenissen,
  listWachtend,
  lockWachtend,
  type NieuweBevinding,
  type NieuweGebeurtenis,
  updateOordelen,
} from '../post/store.ts'
import { eersteNiveau, niveauVan } from '../uitleg/uitleg.ts'
import { alOntvangen, answer, findAntwoorden, findUitkomsten } from './antwoorden.ts'
import { weighKop } from './kopregels.ts'
import { judgeByDomein } from './oordelen.ts'
import { admit, type Deur } from './toelaten.ts'

export type { Inname, InnameOpties, Levering } from '../post/gelezen.ts'

/**
 * Takes in messages: reads and judges them on all four levels, records them with their files, answers them, and books
 * what they change. In two steps, so that a message that ends the process is known and counted (ADR 0013): first they
 * are recorded, then judged, answered and booked in one transaction. A crash loses and doubles nothing: what was
 * recorded is judged later, and the same bytes again get the same answer. One that cannot be judged stops no other.
 * Throws Problem 403 when this person may not deliver one of these messages; then nothing is recorded.
 */
export async function receiveBerichten(
  ctx: Ctx,
  leveringen: readonly Levering[],
  opties: InnameOpties = {},
): Promise<Inname[]> {
  const gelezen = leveringen.map(levering => read(levering, opties))
  const gemeenten = [...new Set(gelezen.flatMap(g => (g.gemeente === '' ? [] : [g.gemeente])))]
  const breed = ctx.namens(gemeenten)
  const deur = await breed.write(tx => enter(tx, ctx, breed, gelezen, 1))
  const verwerkt = await judgeReceived(breed, deur.filter(isPost), opties)
  const eerder = deur.flatMap(d => ('bekend' in d ? [d.bekend] : []))
  for (const { wacht, gemeente, berichtId } of eerder)
    if (wacht) await judgeWaiting(breed, gemeente, berichtId, opties)
  const antwoorden =
    eerder.length === 0 ? new Map() : await breed.write(tx => findAntwoorden(tx, breed, eerder))
  return deur.map(d => {
    if ('weigering' in d) return d.weigering
    if ('bekend' in d) return alOntvangen(d.bekend, d.soort, antwoorden)
    return verwerkt.get(d.berichtId) ?? unreachable()
  })
}

function isPost(deur: Deur): deur is Post {
  return 'berichtId' in deur
}

/**
 * Records a message and leaves the judging to a job: for what takes longer than a request may. Answers as `receiveBerichten`,
 * with `uitkomst` 'ontvangen'.
 */
export async function receiveForLater(ctx: Ctx, levering: Levering): Promise<Inname> {
  const gelezen = read(levering, {})
  const breed = ctx.namens(gelezen.gemeente === '' ? [] : [gelezen.gemeente])
  return breed.write(async tx => {
    const [deur] = await enter(tx, ctx, breed, [gelezen], 0)
    if (!deur) return unreachable()
    if ('weigering' in deur) return deur.weigering
    if ('bekend' in deur)
      return alOntvangen(deur.bekend, deur.soort, await findAntwoorden(tx, breed, [deur.bekend]))
    await enqueue(
      tx,
      'berichten_verwerk',
      { gemeente: deur.gemeente, berichtId: deur.berichtId },
      deur.berichtId,
    )
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

/**
 * Judges a message that waits; does nothing when another worker has it or had it. That it begins is recorded first: a
 * message with which judging began too often without an end is given up. Throws only what is not about the message.
 */
export async function judgeWaiting(
  ctx: Ctx,
  gemeente: string,
  berichtId: string,
  opties: InnameOpties = {},
): Promise<void> {
  // It waits for who takes over and for other messages of its parties: that it does is no attempt.
  await ctx.waiting(() => judgeOne(ctx.namens([gemeente]), { gemeente, berichtId }, opties))
}

async function judgeOne(breed: Ctx, sleutel: Sleutel, opties: InnameOpties): Promise<void> {
  const { gemeente, berichtId } = sleutel
  const poging = await breed.write(tx => countPoging(tx, sleutel, breed.nu))
  if (poging === undefined) return
  const judge = async (tx: Tx) => {
    const wachtend = await lockWachtend(tx, gemeente, berichtId)
    if (!wachtend) return
    if (poging > MEESTE_POGINGEN) {
      await giveUp(tx, breed, { ...sleutel, aanbiederId: wachtend.aanbiederId }, 'proces')
      return
    }
    const bytes = await unpackFile(breed.kluis, wachtend.bestand)
    const gelezen = read({ bytes, ontvangenOp: wachtend.ontvangenOp }, opties)
    const { inhoud } = gelezen.controle
    const { aanbiederId } = wachtend
    if (!inhoud) await giveUp(tx, breed, { ...sleutel, aanbiederId }, 'fout:onleesbaar')
    else {
      const vingerafdruk = breed.kluis.vingerafdruk(bytes)
      await handleSafely(tx, breed, [{ ...gelezen, inhoud, berichtId, aanbiederId, vingerafdruk }], opties)
    }
  }
  await counted(breed, [sleutel], () => breed.write(judge))
}

/**
 * Judges whatever waits. A worker that was killed keeps its job locked in the queue for hours, but its row lock on the
 * message died with it: so the messages themselves, not the queue, say what is still to be done. What fails is passed
 * by; the first reason is thrown at the end.
 */
export async function catchUp(ctx: Ctx): Promise<number> {
  const wachtend = await ctx.read(listWachtend)
  const fouten: unknown[] = []
  for (const { gemeente, berichtId } of wachtend)
    await judgeWaiting(ctx, gemeente, berichtId).catch(fout => fouten.push(fout))
  if (fouten.length > 0) throw fouten[0]
  return wachtend.length
}

/** Judges what was just recorded, together, and answers how it ended; also of what another judged in between. */
async function judgeReceived(
  ctx: Ctx,
  posten: readonly Post[],
  opties: InnameOpties,
): Promise<Map<string, Inname>> {
  if (posten.length === 0) return new Map()
  const judge = async (tx: Tx) => {
    const open = await lockOpen(tx, posten)
    const isOpen = ({ berichtId }: Post) => open.has(berichtId)
    const doorAnder = await findUitkomsten(
      tx,
      ctx,
      posten.filter(post => !isOpen(post)),
    )
    return new Map([...doorAnder, ...(await handleSafely(tx, ctx, posten.filter(isOpen), opties))])
  }
  return counted(ctx, posten, () => ctx.waiting(() => ctx.write(judge)))
}

/** Judging that was counted; when it stopped, or did not begin, for a reason that is not about the messages, it was no attempt. */
async function counted<T>(
  ctx: Ctx,
  sleutels: readonly { gemeente: string; berichtId: string }[],
  judge: () => Promise<T>,
): Promise<T> {
  try {
    return await judge()
  } catch (fout) {
    await ctx.write(tx => uncountPoging(tx, sleutels)).catch(() => undefined)
    throw fout
  }
}

/** Looks who may come in and records what is new. `pogingen`: 1 when judging begins at once. */
async function enter(
  tx: Tx,
  ctx: Ctx,
  breed: Ctx,
  gelezen: readonly Gelezen[],
  pogingen: number,
): Promise<Deur[]> {
  const [deur] = await recordOnce(
    tx,
    () => admit(tx, ctx, gelezen),
    toegelaten => receive(tx, breed, toegelaten.filter(isPost), pogingen),
  )
  return deur
}

/** Records messages as they came; none counts yet. */
async function receive(tx: Tx, ctx: Ctx, posten: readonly Post[], pogingen: number): Promise<void> {
  if (posten.length === 0) return
  const rijen = await Promise.all(posten.map(post => toRij(ctx, post)))
  await insertBerichten(
    tx,
    rijen.map(rij => ({ ...rij, pogingen })),
  )
  await insertGebeurtenissen(
    tx,
    posten.map(post => gebeurtenis(post, 'ontvangen', ctx.wie.id, post.ontvangenOp)),
  )
  await audit(tx, ctx, 'bericht.ontvangen', GROND, { berichten: posten.map(post => post.berichtId) })
}

/** Judges messages so that one that cannot be judged, or takes too long, stops no other. */
async function handleSafely(
  tx: Tx,
  ctx: Ctx,
  posten: readonly Post[],
  { tijd = TIJD_PER_BERICHT_MS }: InnameOpties,
): Promise<Map<string, Inname>> {
  await lockPartijen(tx, posten)
  const op_volgorde = [...posten].sort(compareByContent)
  const verwerkt = await handleApart<Post, Inname>(tx, op_volgorde, {
    handle: async groep => {
      const limiet = tijd * groep.length
      await clientOf(tx).query(
        `set local statement_timeout = ${Math.ceil(limiet)}; set local lock_timeout = ${Math.ceil(limiet * DEEL_VOOR_SLOT)}`,
      )
      return handle(tx, { ...ctx, bewaak: makeBewaking(limiet) }, groep)
    },
    giveUp: async (post, fout) => giveUp(tx, ctx, post, redenVan(fout), post.inhoud.bericht),
  })
  for (const { uitkomst, soort } of verwerkt.values()) berichtenVerwerkt.inc({ soort: soort ?? '', uitkomst })
  return verwerkt
}

/** One order for the messages of a delivery, whatever the order in which they lie in it (OP080). */
function compareByContent(a: Post, b: Post): number {
  const sleutel = ({ inhoud: { header, bericht }, vingerafdruk }: Post) =>
    [
      header.berichtIdentificatie.dagtekening,
      bericht,
      header.berichtIdentificatie.identificatie,
      vingerafdruk.toString('hex'),
    ].join('|')
  const [x, y] = [sleutel(a), sleutel(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** The message stays as it came, says why, and waits for somebody to have it judged again. */
async function giveUp(
  tx: Tx,
  ctx: Ctx,
  post: { gemeente: string; berichtId: string; aanbiederId: number },
  reden: string,
  soort: string | null = null,
): Promise<Inname> {
  const { gemeente, berichtId } = post
  await markNietTeBeoordelen(tx, post, reden, ctx.nu)
  await insertGebeurtenissen(tx, [gebeurtenis(post, 'niet-te-beoordelen', ctx.wie.id, ctx.nu)])
  await audit(tx, ctx, 'bericht.niet-te-beoordelen', GROND, { berichten: [berichtId] })
  return { uitkomst: 'niet-te-beoordelen', soort, gemeente, berichtId, niveau: null, bevindingen: [] }
}

/** Judges recorded messages, books what they change, answers them. */
async function handle(tx: Tx, ctx: Ctx, posten: readonly Post[]): Promise<Map<string, Inname>> {
  const oordelen = await weighKop(tx, ctx, posten)
  const verder = posten.filter(post => !oordelen.has(post.berichtId))
  for (const [berichtId, o] of await judgeByDomein(tx, ctx, verder))
    oordelen.set(berichtId, { ...o, niveau: eersteNiveau(o.bevindingen), geldt: true })
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
        niveau: niveauVan(b.regel),
      })
    if (o.staat !== 'ontvangen') gebeurtenissen.push(gebeurtenis(post, 'beoordeeld', ctx.wie.id, ctx.nu))
  }
  await insertBevindingen(tx, bevindingen)
  await insertGebeurtenissen(tx, gebeurtenissen)
  if (posten.length > 0)
    await audit(tx, ctx, 'bericht.verwerkt', GROND, { berichten: posten.map(post => post.berichtId) })
}

function gebeurtenis(
  post: { gemeente: string; berichtId: string; aanbiederId: number },
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
