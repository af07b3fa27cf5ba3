import { audit } from '../../../platform/audit.ts'
import type { Datum } from '../../../platform/dates.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Sleutel } from '../../../platform/http/vraag.ts'
import { invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkVastleggen, totaalVan } from './rules.ts'
import { findBetalingen, insertGebeurtenissen, markBetaald, unmarkBetaald } from './store.ts'

const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'

export interface Vastgelegd {
  aantal: number
  bedrag: number
  /** Chosen, but paid by somebody else in the meantime. */
  alBetaald: number
}

/**
 * Records that these payments were made on a day. Throws 400 with every reason not to; what somebody else paid in the
 * meantime is left alone and counted.
 */
export async function legBetalingenVast(
  ctx: Ctx,
  sleutels: readonly Sleutel[],
  betaaldOp: Datum | undefined,
): Promise<Vastgelegd> {
  return ctx.write(async tx => {
    const gevonden = await findBetalingen(tx, sleutels)
    const open = gevonden.filter(betaling => betaling.betaaldOp === null)
    const bezwaren = checkVastleggen(open, betaaldOp, ctx.vandaag)
    if (betaaldOp === undefined || bezwaren.length > 0)
      throw invalid('De betalingen zijn niet vastgelegd', bezwaren)
    const betaald = await markBetaald(tx, sleutels, betaaldOp, ctx.wie.id)
    await insertGebeurtenissen(tx, 'betaald', betaald, betaaldOp, ctx.wie.id, ctx.nu)
    if (betaald.length > 0)
      await audit(tx, ctx, 'betaling.vastgelegd', GROND, {
        betalingen: betaald.map(b => `${b.gemeente}.${b.betalingId}`),
      })
    return {
      aantal: betaald.length,
      bedrag: totaalVan(betaald),
      alBetaald: gevonden.length - betaald.length,
    }
  })
}

/**
 * Takes back that a payment was made on `betaaldOp`: it is open again, and its history says that this happened. Throws
 * 404 when it may not be seen, 409 when it is not paid on that day (any more).
 */
export async function draaiBetalingTerug(ctx: Ctx, sleutel: Sleutel, betaaldOp: Datum): Promise<void> {
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
