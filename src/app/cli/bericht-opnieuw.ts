import {
  findStaat,
  judgeWaiting,
  listKenmerken,
  redenZin,
  retryBericht,
} from '../../domains/berichten/index.ts'
import { Problem } from '../../platform/problem.ts'
import type { Exitcode } from '../cli.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

/**
 * `samenhang bericht opnieuw GEMEENTE NUMMER`: judges again what could not be judged, and says how it stands then.
 * NUMMER is what the page of the message shows, or its kenmerk, which is never that of another. Exit 0 judged, 1 it still cannot be judged, 2 wrong use or nothing to try again.
 */
export async function opnieuw(argumenten: readonly string[], help: string): Promise<Exitcode> {
  const [gemeente, nummer] = argumenten
  if (gemeente === undefined || nummer === undefined || argumenten.length !== 2) return wrongUse(help)
  return withWerkplek('opnieuw', async werkplek => {
    const ctx = await cliCtx(werkplek)
    const kenmerken = await ctx.read(db => listKenmerken(db, gemeente, nummer))
    if (kenmerken.length > 1)
      return wrongUse(
        `Er zijn ${kenmerken.length} berichten ${nummer} die niet konden worden beoordeeld. Geef het kenmerk van een ervan:\n${kenmerken.join('\n')}`,
      )
    const berichtId = kenmerken[0] ?? nummer
    try {
      await retryBericht(ctx, { gemeente, berichtId })
    } catch (fout) {
      if (fout instanceof Problem) return wrongUse([fout.titel, fout.detail].filter(Boolean).join('. '))
      throw fout
    }
    await judgeWaiting(ctx, gemeente, berichtId)
    const stand = await ctx.read(db => findStaat(db, { gemeente, berichtId }))
    printRegel({
      gemeente,
      bericht: berichtId,
      staat: stand?.staat,
      ...(stand?.reden && { reden: redenZin(stand.reden) }),
    })
    return stand?.staat === 'niet-te-beoordelen' ? 1 : 0
  })
}
