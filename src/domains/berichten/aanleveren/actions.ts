import type { Ctx } from '../../../platform/http/ctx.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Inname, receiveBerichten, receiveForLater } from '../inname/actions.ts'

/** Larger messages are judged by a job: the sender gets a receipt at once. */
export const METEEN = 1024 * 1024

export interface Bestand {
  naam: string
  bytes: Buffer
}

/** What came of one file: taken in, or why not even looked at. */
export type Uitslag = { naam: string } & ({ inname: Inname } | { reden: string })

/**
 * Delivers files by hand: small ones are judged at once and together, so that their order does not matter; large ones
 * are recorded and judged by a job. One file that is refused does not stop the others.
 */
export async function deliverFiles(ctx: Ctx, bestanden: readonly Bestand[]): Promise<Uitslag[]> {
  const uitslagen = new Map<Bestand, Uitslag>()
  const klein = bestanden.filter(b => b.bytes.length > 0 && b.bytes.length <= METEEN)
  for (const bestand of bestanden.filter(b => b.bytes.length === 0))
    uitslagen.set(bestand, { naam: bestand.naam, reden: 'Dit bestand is leeg. Kies een ander bestand.' })
  for (const [bestand, uitslag] of await takeTogether(ctx, klein)) uitslagen.set(bestand, uitslag)
  for (const bestand of bestanden.filter(b => b.bytes.length > METEEN))
    uitslagen.set(bestand, await takeOne(bestand, b => deliverOne(ctx, b.bytes)))
  return bestanden.flatMap(bestand => uitslagen.get(bestand) ?? [])
}

/** Delivers one message; `Inname.uitkomst` is 'ontvangen' when a job goes on with it. Throws Problem 403. */
export async function deliverOne(ctx: Ctx, bytes: Buffer): Promise<Inname> {
  const levering = { bytes, ontvangenOp: ctx.nu }
  if (bytes.length > METEEN) return receiveForLater(ctx, levering)
  const [inname] = await receiveBerichten(ctx, [levering])
  if (!inname) throw new Error('a message that was taken in has no outcome')
  return inname
}

/** Why a message was refused before it was recorded, in one sentence; the findings say the rest. */
export function deurReden(niveau: number | null): string {
  return niveau === 1
    ? 'Er is iets mis met de opbouw van het bericht.'
    : 'De afzender of de ontvanger is hier niet bekend.'
}

/** All in one transaction; when one of them may not be delivered by this person, each by itself. */
async function takeTogether(ctx: Ctx, bestanden: readonly Bestand[]): Promise<Map<Bestand, Uitslag>> {
  if (bestanden.length === 0) return new Map()
  try {
    const innames = await receiveBerichten(
      ctx,
      bestanden.map(({ bytes }) => ({ bytes, ontvangenOp: ctx.nu })),
    )
    return new Map(
      bestanden.flatMap((bestand, i) => {
        const inname = innames[i]
        return inname ? [[bestand, { naam: bestand.naam, inname }] as const] : []
      }),
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const out = new Map<Bestand, Uitslag>()
    for (const bestand of bestanden) out.set(bestand, await takeOne(bestand, b => deliverOne(ctx, b.bytes)))
    return out
  }
}

async function takeOne(bestand: Bestand, neem: (bestand: Bestand) => Promise<Inname>): Promise<Uitslag> {
  try {
    return { naam: bestand.naam, inname: await neem(bestand) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { naam: bestand.naam, reden: [error.titel, error.detail].filter(Boolean).join('. ') }
  }
}
