import { audit } from '../../../platform/audit.ts'
import type { Datum } from '../../../platform/dates.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Sleutel } from '../../../platform/http/vraag.ts'
import { invalid, notFound, Problem } from '../../../platform/problem.ts'
import { GROND } from '../grond.ts'
import { listAangehouden, setApart } from '../samenloop/store.ts'
import { aangehoudenVan, checkVastleggen, totaalVan } from './rules.ts'
import { findBetalingen, insertGebeurtenissen, lockBetalingen, markBetaald, unmarkBetaald } from './store.ts'

export interface Vastgelegd {
  aantal: number
  bedrag: number
  /** Not paid with the rest: lines that were claimed twice and wait for a judgement. */
  apart: number
  /** Chosen, but paid by somebody else in the meantime. */
  alBetaald: number
}

/**
 * Records that these payments were made on a day. A line that waits for a judgement, or was judged not to be paid, is set apart
 * first: it gets a payment of its own, which can only be recorded once it was judged to be paid. Throws 400 with every reason not to; what somebody else paid in the
 * meantime is left alone and counted.
 */
export async function recordBetalingen(
  ctx: Ctx,
  sleutels: readonly Sleutel[],
  betaaldOp: Datum | undefined,
): Promise<Vastgelegd> {
  return ctx.write(async tx => {
    await lockBetalingen(tx, sleutels)
    const gekozen = await findBetalingen(tx, sleutels)
    const eerst = gekozen.filter(isOpen)
    const aangehouden = await listAangehouden(tx, eerst)
    const apart = eerst.flatMap(b => (b.regel === null ? aangehoudenVan(b, aangehouden) : []))
    await setApart(tx, apart)
    // A declaratie of which every line waits has nothing left to pay.
    const open = (await findBetalingen(tx, sleutels)).filter(b => isOpen(b) && b.bedrag !== 0)
    const bezwaren = checkVastleggen(open, betaaldOp, ctx.vandaag, aangehouden)
    if (betaaldOp === undefined || bezwaren.length > 0)
      throw invalid('De betalingen zijn niet vastgelegd', bezwaren)
    const betaald = await markBetaald(
      tx,
      open.map(({ gemeente, betalingId: id }) => ({ gemeente, id })),
      betaaldOp,
      ctx.wie.id,
    )
    await insertGebeurtenissen(tx, 'betaald', betaald, betaaldOp, ctx.wie.id, ctx.nu)
    if (betaald.length > 0)
      await audit(tx, ctx, 'betaling.vastgelegd', GROND, {
        betalingen: betaald.map(b => `${b.gemeente}.${b.betalingId}`),
      })
    return {
      aantal: betaald.length,
      bedrag: totaalVan(betaald),
      apart: apart.filter(regel => regel.stand === 'te-beoordelen').length,
      alBetaald: gekozen.length - eerst.length,
    }
  })
}

function isOpen({ betaaldOp }: { betaaldOp: Datum | null }): boolean {
  return betaaldOp === null
}

/**
 * Takes back that a payment was made on `betaaldOp`: it is open again, and its history says that this happened. Throws
 * 404 when it may not be seen, 409 when it is not paid on that day (any more).
 */
export async function reverseBetaling(ctx: Ctx, sleutel: Sleutel, betaaldOp: Datum): Promise<void> {
  await ctx.write(async tx => {
    if ((await findBetalingen(tx, [sleutel])).length === 0) throw notFound('Betaling')
    const terug = await unmarkBetaald(tx, sleutel, betaaldOp)
    if (terug.length === 0)
      throw new Problem(
        409,
        'betaling-veranderd',
        'Deze betaling is intussen veranderd',
        'Zij staat niet meer als betaald op die dag.',
      )
    await insertGebeurtenissen(tx, 'teruggedraaid', terug, betaaldOp, ctx.wie.id, ctx.nu)
    await audit(tx, ctx, 'betaling.teruggedraaid', GROND, {
      betalingen: terug.map(b => `${b.gemeente}.${b.betalingId}`),
    })
  })
}
