import { audit } from '../../../platform/audit.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { notFound, Problem } from '../../../platform/problem.ts'
import { GROND } from '../grond.ts'
import { isSleutel } from '../post/rules.ts'
import { insertGebeurtenissen } from '../post/store.ts'
import { findStaat, reopen, type Sleutel } from './store.ts'

/**
 * Lets a message that could not be judged be judged again, by a job: it waits as if it had just come in. Throws 404 when
 * it may not be seen, 409 when it was not given up (any more).
 */
export async function retryBericht(ctx: Ctx, sleutel: Sleutel): Promise<void> {
  const { gemeente, berichtId } = sleutel
  await ctx.write(async tx => {
    const bestaat = isSleutel(gemeente, berichtId) && (await findStaat(tx, sleutel))
    if (!bestaat) throw notFound('Bericht')
    const aanbiederId = await reopen(tx, sleutel)
    if (aanbiederId == null)
      throw new Problem(
        409,
        'bericht-veranderd',
        'Dit bericht hoeft niet opnieuw',
        'Het wacht niet (meer) op een nieuwe poging. Bekijk hoe het er nu voor staat.',
      )
    await insertGebeurtenissen(tx, [
      { gemeente, berichtId, aanbiederId, soort: 'opnieuw', door: ctx.wie.id, op: ctx.nu },
    ])
    await enqueue(tx, 'berichten_verwerk', { gemeente, berichtId }, berichtId)
    await audit(tx, ctx, 'bericht.opnieuw', GROND, { berichten: [berichtId] })
  })
}
