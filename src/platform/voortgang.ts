import { setImmediate } from 'node:timers/promises'
import type { Ctx } from './http/ctx.ts'

/** How far work is, for who waits for it: 'tarieven.csv', row 4,000 of 20,300. */
export interface Voortgang {
  wat: string
  gedaan: number
  van: number
}

/** After so many rows others get a turn, and whoever waits hears how far it is. */
const PER_KEER = 500

/** The same person and time, where work says how far it is to `hoor`. */
export function withMeld(ctx: Ctx, hoor: (voortgang: Voortgang) => void): Ctx {
  return {
    ...ctx,
    namens: gemeenten => withMeld(ctx.namens(gemeenten), hoor),
    meld: async voortgang => {
      hoor(voortgang)
      await setImmediate()
    },
  }
}

/** Within it, what is done is a part called `wat`: of which row is said, and not of which file, by who reads rows. */
export const withNaam = (ctx: Ctx, wat: string): Ctx => ({
  ...ctx,
  meld: voortgang => ctx.meld({ ...voortgang, wat }),
})

/** Goes through rows, and says every so many how far it is. */
export async function eachSaid<T>(
  { meld }: Pick<Ctx, 'meld'>,
  rijen: readonly T[],
  doe: (rij: T) => void,
): Promise<void> {
  for (const [i, rij] of rijen.entries()) {
    if (i % PER_KEER === 0) await meld({ wat: '', gedaan: i, van: rijen.length })
    doe(rij)
  }
}
